import { type Address, encodeFunctionData, type Hash, type Hex, parseEventLogs } from "viem";
import { resultDeliveryAbi } from "../abis/generated/ResultDelivery.ts";

import { address, checked, uint, word } from "./internal/check.ts";
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

/** What {@link subscribeDelivery} takes. */
export interface SubscribeDeliveryParameters extends WriteParameters {
  /** A request of the sender's. */
  readonly requestId: Hex;
  /** The contract that gets the result, an `IInferenceReceiver`. */
  readonly receiver: Address;
  /** Gas that it gets, at least; at most 10,000,000. */
  readonly gasLimit: number;
}

/** Hash of the transaction. */
export type SubscribeDeliveryReturnType = Hash;

/** What {@link subscribeDelivery} can fail with. */
export type SubscribeDeliveryErrorType = WriteErrorType;

/**
 * Asks that the result be brought to a contract once it is final. The requester only; again, as long as it has not been delivered, to change where to or with how much gas.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `DELIVERY_CALLER_NOT_REQUESTER` if the sender did not make the request, `DELIVERY_GAS_TOO_LARGE` if it is more gas than fits into a transaction, `DELIVERY_NOT_DUE` if it was delivered
 */
export async function subscribeDelivery(
  client: AssayClient,
  parameters: SubscribeDeliveryParameters,
): Promise<SubscribeDeliveryReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link subscribeDelivery} would do now, without sending it. */
export async function simulateSubscribeDelivery(
  client: AssayClient,
  parameters: SubscribeDeliveryParameters,
): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link subscribeDelivery}, for another wallet to send. */
export function encodeSubscribeDelivery(
  parameters: EncodeParameters<SubscribeDeliveryParameters>,
): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** The subscription. */
export interface SubscribeDeliveryReceipt {
  /** The request. */
  readonly requestId: Hex;
  /** Who gets the result. */
  readonly receiver: Address;
  /** Gas that it gets, at least. */
  readonly gasLimit: number;
}

/**
 * The subscription.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link subscribeDelivery}
 */
export function parseSubscribeDeliveryReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): SubscribeDeliveryReceipt {
  const logs = logsOf(receipt, parameters, "ResultDelivery");
  const events = parseEventLogs({ abi: resultDeliveryAbi, eventName: "DeliverySubscribed", logs });
  return eventOf(events, "DeliverySubscribed", parameters, "ResultDelivery").args;
}

function prepare(parameters: Omit<SubscribeDeliveryParameters, keyof WriteParameters>): ContractCall<void> {
  const { requestId, receiver, gasLimit } = checked(parameters, {
    requestId: word,
    receiver: address,
    gasLimit: uint(32),
  });
  return {
    contract: "ResultDelivery",
    functionName: "subscribe",
    data: encodeFunctionData({
      abi: resultDeliveryAbi,
      functionName: "subscribe",
      args: [requestId, receiver, gasLimit],
    }),
    decode: decodeNothing,
  };
}
