import { encodeFunctionData, type Hash, type Hex, zeroHash } from "viem";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { checked, listOf, optional, text, word } from "./internal/check.ts";
import type {
  AssayClient,
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

/** Longest output that is published with its commitment; of a longer one the hub takes the root alone. */
export const MAX_PUBLISHED_OUTPUT_BYTES = 122_880;

/** What {@link commitResultByRoot} takes. */
export interface CommitResultByRootParameters extends WriteParameters {
  /** The request. */
  readonly requestId: Hex;
  /** Root of exactly the model's `outputBytes` in a tree of its `wordDepth`. {@link bindTrace} gives it. */
  readonly outputRoot: Hex;
  /** Where the output's bytes are. */
  readonly outputUri: string;
  /** Root of the execution trace (eager: anybody can defend the result). Default: none (lazy: the sender posts it when challenged). */
  readonly traceRoot?: Hex;
  /** Eager only: the `stepDepth` siblings from the last step's tensor to `traceRoot`, from the bottom upwards. {@link bindTrace} gives them. */
  readonly outputProof?: readonly Hex[];
}

/** Hash of the transaction. */
export type CommitResultByRootReturnType = Hash;

/** What {@link commitResultByRoot} can fail with. */
export type CommitResultByRootErrorType = WriteErrorType;

/**
 * Posts a result that is too long for a transaction, more than {@link MAX_PUBLISHED_OUTPUT_BYTES}, by its root. The challenge window starts, and whoever
 * reads the result gets its bytes elsewhere. {@link parseCommitResultReceipt} reads the receipt.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} as {@link commitResult}; `HUB_OUTPUT_NOT_PUBLISHED` if the output fits into a transaction
 *
 * @example
 * const run = await traceBytes(model, input);
 * const { outputRoot, traceRoot, outputProof } = bindTrace(model, run);
 * await commitResultByRoot(client, { deployment, requestId, outputRoot, outputUri, traceRoot, outputProof }); // eager
 * await commitResultByRoot(client, { deployment, requestId, outputRoot, outputUri }); // lazy
 */
export async function commitResultByRoot(
  client: AssayClient,
  parameters: CommitResultByRootParameters,
): Promise<CommitResultByRootReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link commitResultByRoot} would do now, without sending it. */
export async function simulateCommitResultByRoot(
  client: AssayClient,
  parameters: CommitResultByRootParameters,
): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link commitResultByRoot}, for another wallet to send. */
export function encodeCommitResultByRoot(
  parameters: EncodeParameters<CommitResultByRootParameters>,
): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

function prepare(parameters: Omit<CommitResultByRootParameters, keyof WriteParameters>): ContractCall<void> {
  const {
    requestId,
    outputRoot,
    outputUri,
    traceRoot = zeroHash,
    outputProof = [],
  } = checked(parameters, {
    requestId: word,
    outputRoot: word,
    outputUri: text,
    traceRoot: optional(word),
    outputProof: optional(listOf(word)),
  });
  return {
    contract: "InferenceHub",
    functionName: "commitByRoot",
    data: encodeFunctionData({
      abi: inferenceHubAbi,
      functionName: "commitByRoot",
      args: [requestId, outputRoot, outputUri, traceRoot, outputProof],
    }),
    decode: decodeNothing,
  };
}
