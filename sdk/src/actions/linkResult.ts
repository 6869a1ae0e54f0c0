import { encodeFunctionData, type Hash, type Hex, parseEventLogs } from "viem";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { checked, INCLUSION } from "./internal/check.ts";
import { eventOf, logsOf, type ReceiptLike } from "./internal/receipts.ts";
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
  decodeNothing,
  encodeContractAction,
  simulateContractAction,
  writeContractAction,
} from "./internal/write.ts";
import type { BatchInclusion } from "./makeBatch.ts";

/** What {@link linkResult} takes. */
export interface LinkResultParameters extends WriteParameters {
  /** A result, and the proof that its batch contains it: {@link makeBatch} gives it. */
  readonly inclusion: BatchInclusion;
}

/** Hash of the transaction. */
export type LinkResultReturnType = Hash;

/** What {@link linkResult} can fail with. */
export type LinkResultErrorType = WriteErrorType;

/**
 * Has a result of a published batch answer its request, before the request's deadline. Anyone can. The request becomes final with the batch.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `HUB_BATCH_NOT_PUBLISHED` if the batch was committed to by its root alone, `HUB_BATCH_BEFORE_REQUEST` if it is older than the request, `HUB_BATCH_PROFILE_MISMATCH` or `HUB_BATCH_RESULT_MISMATCH` if it is about something else, `HUB_OPERATOR_MISMATCH` if another operator is to answer, `HUB_DEADLINE_PASSED` if it is too late
 */
export async function linkResult(
  client: AssayClient,
  parameters: LinkResultParameters,
): Promise<LinkResultReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link linkResult} would do now, without sending it. */
export async function simulateLinkResult(
  client: AssayClient,
  parameters: LinkResultParameters,
): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link linkResult}, for another wallet to send. */
export function encodeLinkResult(parameters: EncodeParameters<LinkResultParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** The answer. */
export interface LinkResultReceipt {
  /** The request that is answered. */
  readonly requestId: Hex;
  /** The batch that answers it. */
  readonly batchId: Hex;
  /** Number of the result in the batch, from 0. */
  readonly index: number;
  /** Root of the output. */
  readonly outputRoot: Hex;
}

/**
 * The answer.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link linkResult}
 */
export function parseLinkResultReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): LinkResultReceipt {
  const logs = logsOf(receipt, parameters, "InferenceHub");
  const events = parseEventLogs({ abi: inferenceHubAbi, eventName: "ResultLinked", logs });
  return eventOf(events, "ResultLinked", parameters, "InferenceHub").args;
}

function prepare(parameters: Omit<LinkResultParameters, keyof WriteParameters>): ContractCall<void> {
  const { inclusion } = checked(parameters, { inclusion: INCLUSION });
  return {
    contract: "InferenceHub",
    functionName: "linkResult",
    data: encodeFunctionData({ abi: inferenceHubAbi, functionName: "linkResult", args: [inclusion] }),
    decode: decodeNothing,
  };
}
