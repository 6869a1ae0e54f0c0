import { type Address, encodeFunctionData, type Hash, type Hex, parseEventLogs, zeroHash } from "viem";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { asHex } from "./internal/bytes.ts";
import { bytes, checked, listOf, optional, word } from "./internal/check.ts";
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
  decodeNothing,
  encodeContractAction,
  simulateContractAction,
  writeContractAction,
} from "./internal/write.ts";

/** What {@link commitResult} takes. */
export interface CommitResultParameters extends WriteParameters {
  /** The request. */
  readonly requestId: Hex;
  /** Exactly the model's `outputBytes`. */
  readonly output: BytesLike;
  /** Root of the execution trace (eager: anybody can defend the result). Default: none (lazy: the sender posts it when challenged). */
  readonly traceRoot?: Hex;
  /** Eager only: the `stepDepth` siblings from the last step's tensor to `traceRoot`, from the bottom upwards. {@link bindTrace} gives them. */
  readonly outputProof?: readonly Hex[];
}

/** Hash of the transaction. */
export type CommitResultReturnType = Hash;

/** What {@link commitResult} can fail with. */
export type CommitResultErrorType = WriteErrorType;

/**
 * Posts a result. The challenge window starts. An operator that the request names may commit without having accepted.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `HUB_OPERATOR_MISMATCH` if the request is not the sender's to answer, `HUB_DEADLINE_PASSED` if it is too late, `HUB_OUTPUT_LENGTH_MISMATCH` if the output is not as long as the model's, `OUTPUT_PROOF_MISMATCH` if the trace does not end in it
 *
 * @example
 * const run = await traceBytes(model, input);
 * await commitResult(client, { deployment, requestId, ...bindTrace(model, run) }); // eager
 * await commitResult(client, { deployment, requestId, output: run.outputBytes }); // lazy
 */
export async function commitResult(
  client: AssayClient,
  parameters: CommitResultParameters,
): Promise<CommitResultReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link commitResult} would do now, without sending it. */
export async function simulateCommitResult(
  client: AssayClient,
  parameters: CommitResultParameters,
): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link commitResult}, for another wallet to send. */
export function encodeCommitResult(parameters: EncodeParameters<CommitResultParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link commitResult} says. */
export interface CommitResultReceipt {
  /** The request. */
  readonly requestId: Hex;
  /** Who is bound by the result. */
  readonly operator: Address;
  /** Root of the output. */
  readonly outputRoot: Hex;
  /** Root of the trace; zero for a lazy commitment. */
  readonly traceRoot: Hex;
  /** The answer; empty where only its root was given. */
  readonly output: Hex;
  /** From this Unix second on no challenge can be opened. */
  readonly windowEndsAt: number;
}

/**
 * The commitment.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link commitResult} or {@link commitResultByRoot}
 */
export function parseCommitResultReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): CommitResultReceipt {
  const logs = logsOf(receipt, parameters, "InferenceHub");
  const events = parseEventLogs({ abi: inferenceHubAbi, eventName: "ResultCommitted", logs });
  return eventOf(events, "ResultCommitted", parameters, "InferenceHub").args;
}

function prepare(parameters: Omit<CommitResultParameters, keyof WriteParameters>): ContractCall<void> {
  const {
    requestId,
    output,
    traceRoot = zeroHash,
    outputProof = [],
  } = checked(parameters, {
    requestId: word,
    output: bytes,
    traceRoot: optional(word),
    outputProof: optional(listOf(word)),
  });
  return {
    contract: "InferenceHub",
    functionName: "commit",
    data: encodeFunctionData({
      abi: inferenceHubAbi,
      functionName: "commit",
      args: [requestId, asHex(output), traceRoot, outputProof],
    }),
    decode: decodeNothing,
  };
}
