/** What a dispute needs to know about one run. */

import type { Hex } from "../core/bytes.ts";
import { rootOfBytes } from "../core/tree.ts";
import type { ModelRecord } from "../machine/types.ts";
import { sourceOf, type TensorSource } from "./source.ts";
import { TraceTree } from "./tree.ts";

/** A run, with every word of it at hand. */
export interface Trace {
  /** The answer: exactly `record.outputBytes` bytes. */
  readonly outputBytes: Uint8Array;
  /** Root of the tree over the words of the input, 32 bytes. */
  readonly inputRoot: Hex;
  /** Root of the last step's tensor. */
  readonly outputRoot: Hex;
  /** Root of the tree over all words that the run writes, 32 bytes. */
  readonly traceRoot: Hex;
  /** The tree, which gives any node or proof on demand. */
  readonly tree: TraceTree;
}

/**
 * The trace of a run.
 *
 * @param inputBytes - the request's bytes
 * @param tensors - what the steps wrote, in order; kept, not copied
 * @param cacheBytes - see `TraceTree`
 * @param roots - see `TraceTree`
 */
export function traceOf(
  record: ModelRecord,
  inputBytes: Uint8Array,
  tensors: readonly Uint8Array[] | TensorSource,
  cacheBytes?: number,
  roots?: Uint8Array,
): Trace {
  const source = "tensor" in tensors ? tensors : sourceOf(tensors);
  const tree = new TraceTree(source, record, cacheBytes, roots);
  const outputBytes = new Uint8Array(record.outputBytes);
  outputBytes.set(tree.tensor(record.stepCount - 1).subarray(0, record.outputBytes));
  return {
    outputBytes,
    inputRoot: rootOfBytes(inputBytes, record.inputDepth),
    outputRoot: tree.stepRoot(record.stepCount - 1),
    traceRoot: tree.root,
    tree,
  };
}
