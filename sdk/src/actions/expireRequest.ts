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

/** What {@link expireRequest} takes. */
export interface ExpireRequestParameters extends WriteParameters {
  /** The request. */
  readonly requestId: Hex;
}

/** Hash of the transaction. */
export type ExpireRequestReturnType = Hash;

/** What {@link expireRequest} can fail with. */
export type ExpireRequestErrorType = WriteErrorType;

/**
 * Refunds the fee of a request that nobody committed to in time. Anyone can. An operator that had accepted pays the profile's penalty.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `HUB_DEADLINE_NOT_PASSED` if there is time left, `HUB_STATUS_MISMATCH` if a result is posted or the request has ended
 */
export async function expireRequest(
  client: AssayClient,
  parameters: ExpireRequestParameters,
): Promise<ExpireRequestReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link expireRequest} would do now, without sending it. */
export async function simulateExpireRequest(
  client: AssayClient,
  parameters: ExpireRequestParameters,
): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link expireRequest}, for another wallet to send. */
export function encodeExpireRequest(parameters: EncodeParameters<ExpireRequestParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link expireRequest} says. */
export interface ExpireRequestReceipt {
  /** The request. */
  readonly requestId: Hex;
  /** How it ended. */
  readonly status: RequestStatus;
}

/**
 * How the request ended.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link expireRequest}
 */
export function parseExpireRequestReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): ExpireRequestReceipt {
  const logs = logsOf(receipt, parameters, "InferenceHub");
  const events = parseEventLogs({ abi: inferenceHubAbi, eventName: "RequestEnded", logs });
  const { args } = eventOf(events, "RequestEnded", parameters, "InferenceHub");
  return { ...args, status: nameOf(REQUEST_STATUSES, args.status) };
}

function prepare(parameters: Omit<ExpireRequestParameters, keyof WriteParameters>): ContractCall<void> {
  const { requestId } = checked(parameters, { requestId: word });
  return {
    contract: "InferenceHub",
    functionName: "expire",
    data: encodeFunctionData({ abi: inferenceHubAbi, functionName: "expire", args: [requestId] }),
    decode: decodeNothing,
  };
}
