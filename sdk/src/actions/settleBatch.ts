import { encodeFunctionData, type Hash, type Hex, parseEventLogs } from "viem";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { BATCH, checked } from "./internal/check.ts";
import { nameOf, REQUEST_STATUSES, type RequestStatus } from "./internal/names.ts";
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
import type { Batch } from "./makeBatch.ts";

/** What {@link settleBatch} takes. */
export interface SettleBatchParameters extends WriteParameters {
  /** The batch: {@link makeBatch} and the receipt of its commitment give it. */
  readonly batch: Batch;
}

/** Hash of the transaction. */
export type SettleBatchReturnType = Hash;

/** What {@link settleBatch} can fail with. */
export type SettleBatchErrorType = WriteErrorType;

/**
 * Records that a batch is final, or void, and unlocks its operator's stake. Anyone can, once its window is over and no game is open against it.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `HUB_WINDOW_OPEN` if the window is not over, `HUB_GAMES_OPEN` if a game is open, `HUB_BATCH_STATUS_MISMATCH` if it has ended before or does not exist
 */
export async function settleBatch(
  client: AssayClient,
  parameters: SettleBatchParameters,
): Promise<SettleBatchReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link settleBatch} would do now, without sending it. */
export async function simulateSettleBatch(
  client: AssayClient,
  parameters: SettleBatchParameters,
): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link settleBatch}, for another wallet to send. */
export function encodeSettleBatch(parameters: EncodeParameters<SettleBatchParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** How the batch ended. */
export interface SettleBatchReceipt {
  /** The batch. */
  readonly batchId: Hex;
  /** `final`, or `void` if a game ended undecided. */
  readonly status: RequestStatus;
}

/**
 * How the batch ended.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link settleBatch}
 */
export function parseSettleBatchReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): SettleBatchReceipt {
  const logs = logsOf(receipt, parameters, "InferenceHub");
  const events = parseEventLogs({ abi: inferenceHubAbi, eventName: "BatchEnded", logs });
  const { batchId, status } = eventOf(events, "BatchEnded", parameters, "InferenceHub").args;
  return { batchId, status: nameOf(REQUEST_STATUSES, status) };
}

function prepare(parameters: Omit<SettleBatchParameters, keyof WriteParameters>): ContractCall<void> {
  const { batch } = checked(parameters, { batch: BATCH });
  return {
    contract: "InferenceHub",
    functionName: "settleBatch",
    data: encodeFunctionData({ abi: inferenceHubAbi, functionName: "settleBatch", args: [batch] }),
    decode: decodeNothing,
  };
}
