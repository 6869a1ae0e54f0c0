import {
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  type Hash,
  type Hex,
  parseEventLogs,
} from "viem";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
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
  encodeContractAction,
  simulateContractAction,
  writeContractAction,
} from "./internal/write.ts";
import type { Batch } from "./makeBatch.ts";

/** What {@link commitBatch} takes. */
export interface CommitBatchParameters extends WriteParameters {
  /** Whose stake backs the batch: the sender, or whose signer the sender is. */
  readonly operator: Address;
  /** The profile that the batch will live under. */
  readonly profileId: Hex;
  /** Root of the tree over the results, see {@link makeBatch}. */
  readonly root: Hex;
  /** Number of results, at most the profile's `maxBatchResults`. */
  readonly count: number;
}

/** Hash of the transaction. */
export type CommitBatchReturnType = Hash;

/** What {@link commitBatch} can fail with. */
export type CommitBatchErrorType = WriteErrorType;

/**
 * Commits to many results by one root, with one lock and one challenge window. The results are not published: those who are given theirs, with its proof, can check and
 * challenge it. {@link publishBatch} publishes them, which alone can answer requests on-chain.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `HUB_BATCH_COUNT_OUT_OF_RANGE` if there are more results than the profile lets share a lock, `HUB_BATCH_EXISTS` if the very same batch was committed to before, `HUB_OPERATOR_MISMATCH` if the sender may not commit for the operator, `VAULT_UNLOCKED_STAKE_TOO_LOW` if the stake is too small
 */
export async function commitBatch(
  client: AssayClient,
  parameters: CommitBatchParameters,
): Promise<CommitBatchReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link commitBatch} would do now, without sending it; returns the batch's id. */
export async function simulateCommitBatch(
  client: AssayClient,
  parameters: CommitBatchParameters,
): Promise<Hex> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link commitBatch}, for another wallet to send. */
export function encodeCommitBatch(parameters: EncodeParameters<CommitBatchParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** The commitment to a batch. */
export interface CommitBatchReceipt {
  /** The batch's id. */
  readonly batchId: Hex;
  /** The batch as it has to be named from now on. */
  readonly batch: Batch;
}

/**
 * The commitment.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link commitBatch} or {@link publishBatch}
 */
export function parseCommitBatchReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): CommitBatchReceipt {
  const logs = logsOf(receipt, parameters, "InferenceHub");
  const events = parseEventLogs({ abi: inferenceHubAbi, eventName: "BatchCommitted", logs });
  const { args } = eventOf(events, "BatchCommitted", parameters, "InferenceHub");
  const { batchId, ...batch } = args;
  return { batchId, batch };
}

function prepare(parameters: Omit<CommitBatchParameters, keyof WriteParameters>): ContractCall<Hex> {
  const { operator, profileId, root, count } = checked(parameters, {
    operator: address,
    profileId: word,
    root: word,
    count: uint(32),
  });
  const args = [operator, profileId, root, count] as const;
  return {
    contract: "InferenceHub",
    functionName: "commitBatch",
    data: encodeFunctionData({ abi: inferenceHubAbi, functionName: "commitBatch", args }),
    decode: (data) => decodeFunctionResult({ abi: inferenceHubAbi, functionName: "commitBatch", data }),
  };
}
