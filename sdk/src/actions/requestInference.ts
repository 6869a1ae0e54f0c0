import {
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  type Hash,
  type Hex,
  parseEventLogs,
} from "viem";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import type { MachineModel, Tensor } from "../machine/model.ts";
import { packInputs } from "../runtime/tensors.ts";
import { asHex } from "./internal/bytes.ts";
import { bytes, checked, listOf, RECORD, record, shape, TERMS, word } from "./internal/check.ts";
import { type RequestTerms, requestTuple } from "./internal/parameters.ts";
import { eventOf, logsOf, type ReceiptLike } from "./internal/receipts.ts";
import type {
  AssayClient,
  BytesLike,
  DeploymentParameter,
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

/** A compiled model with one tensor for every input, by name. */
export interface NamedInputs {
  /** The model, with its constants. */
  readonly model: Pick<MachineModel, "modelId" | "record" | "inputs">;
  /** Tensors by the names of the model's inputs. */
  readonly inputs: Readonly<Record<string, Tensor>>;
}

/** The id of a registered model with the input as its bytes. */
export interface RawInput {
  /** Id of the model: a hash of 32 bytes over its record. */
  readonly modelId: Hex;
  /** Exactly the model's `inputBytes`: its inputs, each padded to 32 bytes, little-endian. */
  readonly input: BytesLike;
}

type Terms = WriteParameters & RequestTerms;

/** What {@link requestInference} takes. */
export type RequestInferenceParameters = (Terms & NamedInputs) | (Terms & RawInput);

/** Hash of the transaction. */
export type RequestInferenceReturnType = Hash;

/** What {@link requestInference} can fail with. */
export type RequestInferenceErrorType = WriteErrorType;

/**
 * Asks for an inference. The fee moves from the sender's free balance into escrow, and the input's bytes are published with the transaction.
 *
 * @returns hash of the transaction; {@link parseRequestInferenceReceipt} finds the request's id in its receipt
 * @throws {ContractRevertError} `VAULT_BALANCE_TOO_LOW` if the free balance is smaller than the fee, `REGISTRY_MODEL_UNKNOWN` if the model is not registered
 * @throws {TensorError} if a tensor does not fit the model
 *
 * @example
 * const hash = await requestInference(client, {
 *   deployment,
 *   model,
 *   inputs: { image: { type: "float32", dims: [1, 1, 28, 28], data: pixels } },
 *   profileId,
 *   fee: 10n ** 18n,
 *   deadline: Math.floor(Date.now() / 1000) + 3600,
 * });
 * const receipt = await waitForTransactionReceipt(client, { hash });
 * const { requestId } = parseRequestInferenceReceipt(receipt, { deployment });
 */
export async function requestInference(
  client: AssayClient,
  parameters: RequestInferenceParameters,
): Promise<RequestInferenceReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link requestInference} would do now, without sending it; returns the request's id, which depends on the salt. */
export async function simulateRequestInference(
  client: AssayClient,
  parameters: RequestInferenceParameters,
): Promise<Hex> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link requestInference}, for another wallet to send. */
export function encodeRequestInference(
  parameters: EncodeParameters<RequestInferenceParameters>,
): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link requestInference} says. */
export interface RequestInferenceReceipt {
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
  /** Account that asked, and whose free balance paid the fee. */
  readonly requester: Address;
  /** Root of the input, as the hub has computed it or was given. */
  readonly inputRoot: Hex;
}

/**
 * The request that was made.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link requestInference} or {@link requestInferenceByRoot}
 */
export function parseRequestInferenceReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): RequestInferenceReceipt {
  const logs = logsOf(receipt, parameters, "InferenceHub");
  const events = parseEventLogs({ abi: inferenceHubAbi, eventName: "InferenceRequested", logs });
  const { args } = eventOf(events, "InferenceRequested", parameters, "InferenceHub");
  return { requestId: args.requestId, requester: args.requester, inputRoot: args.inputRoot };
}

/** A request's model and the bytes of its input, after all of its parameters have been checked. */
export function packedRequest(parameters: RequestTerms & (NamedInputs | RawInput)): RawInput {
  record(parameters, "parameters");
  if (!("model" in parameters)) return checked(parameters, { ...TERMS, modelId: word, input: bytes });
  const named = shape({ modelId: word, record: RECORD, inputs: listOf(record) });
  const { model, inputs } = checked(parameters, { ...TERMS, model: named, inputs: record });
  return { modelId: model.modelId, input: packInputs(model, inputs) };
}

function prepare(parameters: RequestTerms & (NamedInputs | RawInput)): ContractCall<Hex> {
  const { modelId, input } = packedRequest(parameters);
  const args = [requestTuple(modelId, parameters), asHex(input)] as const;
  return {
    contract: "InferenceHub",
    functionName: "request",
    data: encodeFunctionData({ abi: inferenceHubAbi, functionName: "request", args }),
    decode: (data) => decodeFunctionResult({ abi: inferenceHubAbi, functionName: "request", data }),
  };
}
