import { type Address, encodeFunctionData, type Hash, type Hex, parseEventLogs } from "viem";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { address, checked, optional, word } from "./internal/check.ts";
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

/** What {@link acceptRequest} takes. */
export interface AcceptRequestParameters extends WriteParameters {
  /** The request. */
  readonly requestId: Hex;
  /** Whose stake is locked, where the sender is its signer. Default: the sender. */
  readonly operator?: Address;
}

/** Hash of the transaction. */
export type AcceptRequestReturnType = Hash;

/** What {@link acceptRequest} can fail with. */
export type AcceptRequestErrorType = WriteErrorType;

/**
 * Binds an operator to commit before the request's deadline, and locks the profile's `lock` of its stake. The operator is the sender, or who has named the sender by {@link setSigner}.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `HUB_STATUS_MISMATCH` if the request is not open, `HUB_OPERATOR_MISMATCH` if it names another operator, `HUB_DEADLINE_PASSED` if it is too late, `HUB_STAKE_TOO_LOW` or `VAULT_UNLOCKED_STAKE_TOO_LOW` if the stake is too small
 */
export async function acceptRequest(
  client: AssayClient,
  parameters: AcceptRequestParameters,
): Promise<AcceptRequestReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link acceptRequest} would do now, without sending it. */
export async function simulateAcceptRequest(
  client: AssayClient,
  parameters: AcceptRequestParameters,
): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link acceptRequest}, for another wallet to send. */
export function encodeAcceptRequest(parameters: EncodeParameters<AcceptRequestParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link acceptRequest} says. */
export interface AcceptRequestReceipt {
  /** The request. */
  readonly requestId: Hex;
  /** Who is bound now. */
  readonly operator: Address;
  /** Stake that was locked, in the token's smallest unit. */
  readonly lock: bigint;
}

/**
 * The acceptance.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link acceptRequest}
 */
export function parseAcceptRequestReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): AcceptRequestReceipt {
  const logs = logsOf(receipt, parameters, "InferenceHub");
  const events = parseEventLogs({ abi: inferenceHubAbi, eventName: "RequestAccepted", logs });
  return eventOf(events, "RequestAccepted", parameters, "InferenceHub").args;
}

function prepare(parameters: Omit<AcceptRequestParameters, keyof WriteParameters>): ContractCall<void> {
  const { requestId, operator } = checked(parameters, { requestId: word, operator: optional(address) });
  const abi = inferenceHubAbi;
  const contract = "InferenceHub";
  if (operator === undefined) {
    const data = encodeFunctionData({ abi, functionName: "accept", args: [requestId] });
    return { contract, functionName: "accept", data, decode: decodeNothing };
  }
  const data = encodeFunctionData({ abi, functionName: "acceptFor", args: [requestId, operator] });
  return { contract, functionName: "acceptFor", data, decode: decodeNothing };
}
