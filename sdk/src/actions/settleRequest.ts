import { encodeFunctionData, type Hash, type Hex, parseEventLogs } from "viem";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { checked, word } from "./internal/check.ts";
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

/** What {@link settleRequest} takes. */
export interface SettleRequestParameters extends WriteParameters {
  /** The request. */
  readonly requestId: Hex;
}

/** Hash of the transaction. */
export type SettleRequestReturnType = Hash;

/** What {@link settleRequest} can fail with. */
export type SettleRequestErrorType = WriteErrorType;

/**
 * Ends a commitment whose window is over and that no game is open against: it becomes final, or void if a game ended undecided. Anyone can.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `HUB_WINDOW_OPEN` if the window is not over, `HUB_GAMES_OPEN` if the result is disputed, `HUB_STATUS_MISMATCH` if there is no result or the request has ended
 */
export async function settleRequest(
  client: AssayClient,
  parameters: SettleRequestParameters,
): Promise<SettleRequestReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link settleRequest} would do now, without sending it. */
export async function simulateSettleRequest(
  client: AssayClient,
  parameters: SettleRequestParameters,
): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link settleRequest}, for another wallet to send. */
export function encodeSettleRequest(parameters: EncodeParameters<SettleRequestParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link settleRequest} says. */
export interface SettleRequestReceipt {
  /** The request. */
  readonly requestId: Hex;
  /** How it ended. */
  readonly status: RequestStatus;
}

/**
 * How the request ended.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link settleRequest}
 */
export function parseSettleRequestReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): SettleRequestReceipt {
  const logs = logsOf(receipt, parameters, "InferenceHub");
  const events = parseEventLogs({ abi: inferenceHubAbi, eventName: "RequestEnded", logs });
  const { args } = eventOf(events, "RequestEnded", parameters, "InferenceHub");
  return { ...args, status: nameOf(REQUEST_STATUSES, args.status) };
}

function prepare(parameters: Omit<SettleRequestParameters, keyof WriteParameters>): ContractCall<void> {
  const { requestId } = checked(parameters, { requestId: word });
  return {
    contract: "InferenceHub",
    functionName: "settle",
    data: encodeFunctionData({ abi: inferenceHubAbi, functionName: "settle", args: [requestId] }),
    decode: decodeNothing,
  };
}
