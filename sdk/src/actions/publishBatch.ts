import { type Address, decodeFunctionResult, encodeFunctionData, type Hash, type Hex } from "viem";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { address, checked, listOf, shape, word } from "./internal/check.ts";
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
import type { BatchResult } from "./makeBatch.ts";

/** What {@link publishBatch} takes. */
export interface PublishBatchParameters extends WriteParameters {
  /** Whose stake backs the batch: the sender, or whose signer the sender is. */
  readonly operator: Address;
  /** The profile that the batch will live under; that of the requests that it is to answer. */
  readonly profileId: Hex;
  /** The model of all results. */
  readonly modelId: Hex;
  /** At most the profile's `maxBatchResults`; in the order that numbers them from 0. */
  readonly results: readonly Pick<BatchResult, "requestId" | "inputRoot" | "outputRoot">[];
}

/** Hash of the transaction. */
export type PublishBatchReturnType = Hash;

/** What {@link publishBatch} can fail with. */
export type PublishBatchErrorType = WriteErrorType;

/**
 * Commits to results of one model and publishes them, with one lock and one challenge window. {@link linkResult} then has each of them answer its request.
 * {@link parseCommitBatchReceipt} reads the receipt, and {@link makeBatch} with `published` gives the proofs.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} as {@link commitBatch}; `REGISTRY_MODEL_UNKNOWN` if the model is not registered
 */
export async function publishBatch(
  client: AssayClient,
  parameters: PublishBatchParameters,
): Promise<PublishBatchReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link publishBatch} would do now, without sending it; returns the batch's id. */
export async function simulatePublishBatch(
  client: AssayClient,
  parameters: PublishBatchParameters,
): Promise<Hex> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link publishBatch}, for another wallet to send. */
export function encodePublishBatch(parameters: EncodeParameters<PublishBatchParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

function prepare(parameters: Omit<PublishBatchParameters, keyof WriteParameters>): ContractCall<Hex> {
  const { operator, profileId, modelId, results } = checked(parameters, {
    operator: address,
    profileId: word,
    modelId: word,
    results: listOf(shape({ requestId: word, inputRoot: word, outputRoot: word })),
  });
  const args = [operator, profileId, modelId, results] as const;
  return {
    contract: "InferenceHub",
    functionName: "publishBatch",
    data: encodeFunctionData({ abi: inferenceHubAbi, functionName: "publishBatch", args }),
    decode: (data) => decodeFunctionResult({ abi: inferenceHubAbi, functionName: "publishBatch", data }),
  };
}
