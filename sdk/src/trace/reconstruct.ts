/** Guesses the trace of an operator that lies as most would. */

import type { Hex } from "../core/bytes.ts";
import { rootFrom, rootOfBytes } from "../core/tree.ts";
import type { ModelRecord } from "../machine/types.ts";
import type { TraceTree } from "./tree.ts";

/** What a commitment says. */
export interface CommittedResult {
  /** Root of the tree over the words of the output, 32 bytes. */
  readonly outputRoot: Hex;
  /** Root of the tree over all words that the run writes, 32 bytes. */
  readonly traceRoot: Hex;
  /** The output's bytes. */
  readonly output: Uint8Array;
}

/**
 * The operator's trace, if it is the right one but for the output: the lie that costs an operator least. Whether it is takes one path of hashes to find out.
 *
 * @param truth - the right trace
 * @returns nothing if the commitment is bound to another trace
 */
export function reconstructTrace(
  record: ModelRecord,
  truth: TraceTree,
  { outputRoot, traceRoot, output }: CommittedResult,
): TraceTree | undefined {
  if (!differsInOutputOnly(record, truth, { outputRoot, traceRoot })) return undefined;
  if (rootOfBytes(output, record.wordDepth) !== outputRoot.toLowerCase()) return undefined;
  return truth.withTensor(record.stepCount - 1, output);
}

/** Whether a commitment's trace is the right one but for the output. */
export function differsInOutputOnly(
  record: ModelRecord,
  truth: TraceTree,
  { outputRoot, traceRoot }: Pick<CommittedResult, "outputRoot" | "traceRoot">,
): boolean {
  const last = record.stepCount - 1;
  return rootFrom(outputRoot, last, truth.stepProof(last)) === traceRoot.toLowerCase();
}
