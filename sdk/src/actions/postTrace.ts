import { encodeFunctionData, type Hash, type Hex, parseEventLogs } from "viem";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { checked, listOf, word } from "./internal/check.ts";
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

/** What {@link postTrace} takes. */
export interface PostTraceParameters extends WriteParameters {
  /** The request. */
  readonly requestId: Hex;
  /** Root of the execution trace. */
  readonly traceRoot: Hex;
  /** The `stepDepth` siblings from the last step's tensor to `traceRoot`, from the bottom upwards. {@link bindTrace} gives them. */
  readonly outputProof: readonly Hex[];
}

/** Hash of the transaction. */
export type PostTraceReturnType = Hash;

/** What {@link postTrace} can fail with. */
export type PostTraceErrorType = WriteErrorType;

/**
 * Binds the trace of a lazy commitment of the sender, which can be done once.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `HUB_OPERATOR_MISMATCH` if the commitment is not the sender's, `HUB_TRACE_KNOWN` if it has a trace already, `OUTPUT_PROOF_MISMATCH` if the trace does not end in the committed output
 */
export async function postTrace(
  client: AssayClient,
  parameters: PostTraceParameters,
): Promise<PostTraceReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link postTrace} would do now, without sending it. */
export async function simulatePostTrace(client: AssayClient, parameters: PostTraceParameters): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link postTrace}, for another wallet to send. */
export function encodePostTrace(parameters: EncodeParameters<PostTraceParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link postTrace} says. */
export interface PostTraceReceipt {
  /** The request. */
  readonly requestId: Hex;
  /** Root of the execution trace. */
  readonly traceRoot: Hex;
}

/**
 * The trace that was bound.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link postTrace}
 */
export function parsePostTraceReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): PostTraceReceipt {
  const logs = logsOf(receipt, parameters, "InferenceHub");
  const events = parseEventLogs({ abi: inferenceHubAbi, eventName: "TracePosted", logs });
  return eventOf(events, "TracePosted", parameters, "InferenceHub").args;
}

function prepare(parameters: Omit<PostTraceParameters, keyof WriteParameters>): ContractCall<void> {
  const { requestId, traceRoot, outputProof } = checked(parameters, {
    requestId: word,
    traceRoot: word,
    outputProof: listOf(word),
  });
  return {
    contract: "InferenceHub",
    functionName: "postTrace",
    data: encodeFunctionData({
      abi: inferenceHubAbi,
      functionName: "postTrace",
      args: [requestId, traceRoot, outputProof],
    }),
    decode: decodeNothing,
  };
}
