import {
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  type Hash,
  type Hex,
  parseEventLogs,
} from "viem";
import { resultDeliveryAbi } from "../abis/generated/ResultDelivery.ts";
import { asHex } from "./internal/bytes.ts";
import { bytes, checked, uint, word } from "./internal/check.ts";
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

/** What {@link deliverResult} takes. */
export interface DeliverResultParameters extends WriteParameters {
  /** The request. */
  readonly requestId: Hex;
  /** Exactly the model's `outputBytes`; {@link getResult} gives it. */
  readonly output: BytesLike;
  /** What the receiver gets, exactly: at least what was subscribed, more if the first attempts failed for want of gas. */
  readonly gasLimit: number;
}

/** Hash of the transaction. */
export type DeliverResultReturnType = Hash;

/** What {@link deliverResult} can fail with. */
export type DeliverResultErrorType = WriteErrorType;

/**
 * Brings a final result to the contract that it was subscribed for. Anyone can. A receiver that fails is recorded and harms nobody: the transaction succeeds, and the delivery can be tried again.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `DELIVERY_NOT_DUE` if nobody has subscribed or it was delivered, `HUB_NOT_FINAL` if the result can still change, `DELIVERY_OUTPUT_MISMATCH` if the bytes are not the result, `DELIVERY_GAS_BELOW_SUBSCRIBED` if it is less gas than the receiver is due
 */
export async function deliverResult(
  client: AssayClient,
  parameters: DeliverResultParameters,
): Promise<DeliverResultReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link deliverResult} would do now, without sending it; returns whether the receiver would accept it. */
export async function simulateDeliverResult(
  client: AssayClient,
  parameters: DeliverResultParameters,
): Promise<boolean> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link deliverResult}, for another wallet to send. */
export function encodeDeliverResult(parameters: EncodeParameters<DeliverResultParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What became of an attempt to deliver. */
export interface DeliverResultReceipt {
  /** The request. */
  readonly requestId: Hex;
  /** The contract that was called. */
  readonly receiver: Address;
  /** Whether it has accepted the result, once and for all. */
  readonly isDelivered: boolean;
  /** The beginning of what a receiver that failed has said; `undefined` if it has accepted. */
  readonly reason: Hex | undefined;
}

/**
 * The attempt.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link deliverResult}
 */
export function parseDeliverResultReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): DeliverResultReceipt {
  const logs = logsOf(receipt, parameters, "ResultDelivery");
  const [failure] = parseEventLogs({ abi: resultDeliveryAbi, eventName: "DeliveryFailed", logs });
  if (failure !== undefined) {
    const { requestId, receiver, reason } = failure.args;
    return { requestId, receiver, isDelivered: false, reason };
  }
  const events = parseEventLogs({ abi: resultDeliveryAbi, eventName: "ResultDelivered", logs });
  const { requestId, receiver } = eventOf(events, "ResultDelivered", parameters, "ResultDelivery").args;
  return { requestId, receiver, isDelivered: true, reason: undefined };
}

function prepare(parameters: Omit<DeliverResultParameters, keyof WriteParameters>): ContractCall<boolean> {
  const { requestId, output, gasLimit } = checked(parameters, {
    requestId: word,
    output: bytes,
    gasLimit: uint(53),
  });
  return {
    contract: "ResultDelivery",
    functionName: "deliver",
    data: encodeFunctionData({
      abi: resultDeliveryAbi,
      functionName: "deliver",
      args: [requestId, asHex(output), BigInt(gasLimit)],
    }),
    decode: (data) => decodeFunctionResult({ abi: resultDeliveryAbi, functionName: "deliver", data }),
  };
}
