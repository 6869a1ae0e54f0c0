import { decodeFunctionResult, encodeFunctionData, type Hash, type Hex } from "viem";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { checked, TERMS, text, word } from "./internal/check.ts";
import { type RequestTerms, requestTuple } from "./internal/parameters.ts";
import type {
  AssayClient,
  EncodedCall,
  EncodeParameters,
  WriteErrorType,
  WriteParameters,
} from "./internal/types.ts";
import {
  type ContractCall,
  encodeContractAction,
  simulateContractAction,
  writeContractAction,
} from "./internal/write.ts";

/** What {@link requestInferenceByRoot} takes. */
export interface RequestInferenceByRootParameters extends WriteParameters, RequestTerms {
  /** Id of the model: a hash of 32 bytes over its record. */
  readonly modelId: Hex;
  /** Root of the input in a tree of the model's `inputDepth`. */
  readonly inputRoot: Hex;
  /** Where the input's bytes are. */
  readonly inputUri: string;
}

/** Hash of the transaction. */
export type RequestInferenceByRootReturnType = Hash;

/** What {@link requestInferenceByRoot} can fail with. */
export type RequestInferenceByRootErrorType = WriteErrorType;

/**
 * Asks for an inference on an input that only its root names. Only who holds the bytes can re-execute it, and readers can refuse such requests.
 * {@link parseRequestInferenceReceipt} reads the receipt.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `VAULT_BALANCE_TOO_LOW` if the free balance is smaller than the fee, `REGISTRY_MODEL_UNKNOWN` if the model is not registered
 */
export async function requestInferenceByRoot(
  client: AssayClient,
  parameters: RequestInferenceByRootParameters,
): Promise<RequestInferenceByRootReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link requestInferenceByRoot} would do now, without sending it; returns the request's id, which depends on the salt. */
export async function simulateRequestInferenceByRoot(
  client: AssayClient,
  parameters: RequestInferenceByRootParameters,
): Promise<Hex> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link requestInferenceByRoot}, for another wallet to send. */
export function encodeRequestInferenceByRoot(
  parameters: EncodeParameters<RequestInferenceByRootParameters>,
): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

function prepare(
  parameters: Omit<RequestInferenceByRootParameters, keyof WriteParameters>,
): ContractCall<Hex> {
  const { modelId, inputRoot, inputUri } = checked(parameters, {
    ...{ ...TERMS, modelId: word, inputRoot: word, inputUri: text },
  });
  const args = [requestTuple(modelId, parameters), inputRoot, inputUri] as const;
  return {
    contract: "InferenceHub",
    functionName: "requestByRoot",
    data: encodeFunctionData({ abi: inferenceHubAbi, functionName: "requestByRoot", args }),
    decode: (data) => decodeFunctionResult({ abi: inferenceHubAbi, functionName: "requestByRoot", data }),
  };
}
