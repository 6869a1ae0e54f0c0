import { decodeFunctionResult, encodeFunctionData, type Hash, type Hex, parseEventLogs } from "viem";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { checked, INCLUSION } from "./internal/check.ts";
import { logsOf, type ReceiptLike } from "./internal/receipts.ts";
import type {
  AssayClient,
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
import type { BatchInclusion } from "./makeBatch.ts";

/** What {@link showResult} takes. */
export interface ShowResultParameters extends WriteParameters {
  /** A result, and the proof that its batch contains it: {@link makeBatch} gives it. */
  readonly inclusion: BatchInclusion;
}

/** Hash of the transaction. */
export type ShowResultReturnType = Hash;

/** What {@link showResult} can fail with. */
export type ShowResultErrorType = WriteErrorType;

/**
 * Makes one result of a batch readable, and open to challenges, under an id of its own. Anyone can; again changes nothing.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `HUB_BATCH_STATUS_MISMATCH` if there is no such batch, `HUB_BATCH_PROOF_MISMATCH` if it does not contain the result, `REGISTRY_MODEL_UNKNOWN` if the model is not registered
 */
export async function showResult(
  client: AssayClient,
  parameters: ShowResultParameters,
): Promise<ShowResultReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link showResult} would do now, without sending it; returns the id of the result. */
export async function simulateShowResult(
  client: AssayClient,
  parameters: ShowResultParameters,
): Promise<Hex> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link showResult}, for another wallet to send. */
export function encodeShowResult(parameters: EncodeParameters<ShowResultParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** The result that was shown. */
export interface ShowResultReceipt {
  /** What it is read and challenged as. */
  readonly resultId: Hex;
  /** The batch that contains it. */
  readonly batchId: Hex;
  /** The request that it answers, or what its requester and the operator agreed upon. */
  readonly requestId: Hex;
  /** Number of the result in the batch, from 0. */
  readonly index: number;
  /** The model. */
  readonly modelId: Hex;
  /** Root of the input. */
  readonly inputRoot: Hex;
  /** Root of the output. */
  readonly outputRoot: Hex;
  /** Root of the trace, or zero: the operator has to post it when challenged. */
  readonly traceRoot: Hex;
}

/** The result that was shown; `undefined` if it was shown before. */
export function parseShowResultReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): ShowResultReceipt | undefined {
  const logs = logsOf(receipt, parameters, "InferenceHub");
  const events = parseEventLogs({ abi: inferenceHubAbi, eventName: "ResultShown", logs });
  return events[0]?.args;
}

function prepare(parameters: Omit<ShowResultParameters, keyof WriteParameters>): ContractCall<Hex> {
  const { inclusion } = checked(parameters, { inclusion: INCLUSION });
  return {
    contract: "InferenceHub",
    functionName: "showResult",
    data: encodeFunctionData({ abi: inferenceHubAbi, functionName: "showResult", args: [inclusion] }),
    decode: (data) => decodeFunctionResult({ abi: inferenceHubAbi, functionName: "showResult", data }),
  };
}
