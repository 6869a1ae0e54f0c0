import { encodeFunctionData, type Hash, type Hex, parseEventLogs } from "viem";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { bigUint, checked, shape, TERMS, uint, word } from "./internal/check.ts";
import { type RequestTerms, requestTuple } from "./internal/parameters.ts";
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

/** The terms of the request as it was made, its salt among them. */
export type ReopenTerms = RequestTerms & Required<Pick<RequestTerms, "salt">>;

/** What {@link reopenRequest} takes. */
export interface ReopenRequestParameters extends WriteParameters {
  /** The request. */
  readonly requestId: Hex;
  /** Its model. */
  readonly modelId: Hex;
  /** What it was made with, to the last value. */
  readonly terms: ReopenTerms;
  /** The new deadline: a result must be committed before this Unix second. */
  readonly deadline: number;
}

/** Hash of the transaction. */
export type ReopenRequestReturnType = Hash;

/** What {@link reopenRequest} can fail with. */
export type ReopenRequestErrorType = WriteErrorType;

/**
 * Gives a request whose deadline has passed another one, and operators another chance, where {@link expireRequest} would refund it. The requester only. An operator that had accepted pays the profile's penalty to the requester.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `HUB_REQUEST_MISMATCH` if the sender did not make this request, or not with these terms, `HUB_DEADLINE_NOT_PASSED` if the deadline is ahead, `HUB_DEADLINE_NOT_AHEAD` if the new one is not
 */
export async function reopenRequest(
  client: AssayClient,
  parameters: ReopenRequestParameters,
): Promise<ReopenRequestReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link reopenRequest} would do now, without sending it. */
export async function simulateReopenRequest(
  client: AssayClient,
  parameters: ReopenRequestParameters,
): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link reopenRequest}, for another wallet to send. */
export function encodeReopenRequest(parameters: EncodeParameters<ReopenRequestParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** The request's new deadline. */
export interface ReopenRequestReceipt {
  /** The request. */
  readonly requestId: Hex;
  /** A result must be committed before this Unix second. */
  readonly deadline: number;
  /** What the operator that had accepted has paid to the requester, in the token's smallest unit. */
  readonly penalty: bigint;
}

/**
 * The request's new deadline.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link reopenRequest}
 */
export function parseReopenRequestReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): ReopenRequestReceipt {
  const logs = logsOf(receipt, parameters, "InferenceHub");
  const events = parseEventLogs({ abi: inferenceHubAbi, eventName: "RequestReopened", logs });
  return eventOf(events, "RequestReopened", parameters, "InferenceHub").args;
}

function prepare(parameters: Omit<ReopenRequestParameters, keyof WriteParameters>): ContractCall<void> {
  const { requestId, modelId, terms, deadline } = checked(parameters, {
    requestId: word,
    modelId: word,
    terms: shape({ ...TERMS, salt: bigUint(256) }),
    deadline: uint(40),
  });
  return {
    contract: "InferenceHub",
    functionName: "reopen",
    data: encodeFunctionData({
      abi: inferenceHubAbi,
      functionName: "reopen",
      args: [requestId, requestTuple(modelId, terms), deadline],
    }),
    decode: decodeNothing,
  };
}
