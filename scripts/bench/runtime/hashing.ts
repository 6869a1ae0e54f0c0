/** What hashing costs beside running a model. */

import { HASH_BYTES, hashPairs, hashUp } from "../../../sdk/src/core/hash.ts";
import { rootOfBytes } from "../../../sdk/src/core/tree.ts";
import { executeModel } from "../../../sdk/src/runtime/execute.ts";
import { packInputs } from "../../../sdk/src/runtime/index.ts";
import { traceOf } from "../../../sdk/src/trace/trace.ts";
import { TraceTree } from "../../../sdk/src/trace/tree.ts";
import { inTurns, type Times } from "./measure.ts";
import type { Subject } from "./subjects.ts";

/** What hashing costs by one kind of time. */
export interface HashingCosts {
  /** Time of the output's root, in parts of a run's. */
  readonly commitment: number;
  readonly nanosecondsPerHash: number;
  /** Time of a run with the whole trace's tree, in runs. */
  readonly traced: number;
  /** Bytes of the trace, in millions, that one thread hashes in a second. */
  readonly megabytesPerSecond: number;
}

export interface Hashing {
  readonly model: string;
  readonly outputBytes: number;
  /** Hashes that the root of the output takes: one for every pair of nodes on the way up. */
  readonly hashes: number;
  /** Those of them that wait for the one before: from where a row has a single pair. */
  readonly single: number;
  /** Nanoseconds of a run, its median. */
  readonly runNanoseconds: number;
  readonly traceBytes: number;
  readonly medians: HashingCosts;
  readonly processor: HashingCosts;
}

/** @param milliseconds - how long the whole may take, about */
export async function measureHashing(
  { name, model, inputs }: Subject,
  milliseconds: number,
): Promise<Hashing> {
  const input = packInputs(model, inputs);
  const { output, tensors } = executeModel(model, input, { keep: "all" });
  const { wordDepth } = model.record;
  const traceBytes = tensors.reduce((sum, { length }) => sum + length, 0);
  const { hashes, single } = hashesOf(output.length, wordDepth);
  const times = await inTurns(
    {
      run: () => executeModel(model, input),
      commit: () => rootOfBytes(output, wordDepth),
      keep: () => executeModel(model, input, { keep: "all" }),
      trace: () => traceOf(model.record, input, tensors),
      tree: () => new TraceTree(tensors, model.record),
    },
    milliseconds,
  );
  const costs = (by: keyof Times): HashingCosts => ({
    commitment: times.commit[by] / times.run[by],
    nanosecondsPerHash: (1e6 * times.commit[by]) / hashes,
    traced: (times.keep[by] + times.trace[by]) / times.run[by],
    megabytesPerSecond: traceBytes / 1e3 / times.tree[by],
  });
  return {
    ...{ model: name, outputBytes: output.length, hashes, single, traceBytes },
    runNanoseconds: 1e6 * times.run.median,
    ...{ medians: costs("median"), processor: costs("processor") },
  };
}

function hashesOf(bytes: number, depth: number): { hashes: number; single: number } {
  let nodes = Math.ceil(bytes / 32);
  let [hashes, single] = [0, 0];
  for (let height = 0; height < depth; height++) {
    nodes = Math.ceil(nodes / 2);
    hashes += nodes;
    if (nodes === 1) single++;
  }
  return { hashes, single };
}

/** Shortest nanoseconds of a hash, called so often that calling costs nothing. */
export interface HashTimes {
  /** In a row of pairs, three at a time. */
  readonly inRows: number;
  /** Of a node and its sibling, each waiting for the one below. */
  readonly oneByOne: number;
}

const ROW = 1020;
const LEVELS = 58;
const REPEATS = 2_000;

export function measureHashes(): HashTimes {
  const row = new Uint8Array(2 * HASH_BYTES * ROW).fill(7);
  const target = new Uint8Array(HASH_BYTES * ROW);
  const [node, siblings] = [new Uint8Array(HASH_BYTES), new Uint8Array(HASH_BYTES * LEVELS)];
  let [inRows, oneByOne] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const start = performance.now();
    hashPairs(row, 0, target, 0, ROW);
    const middle = performance.now();
    hashUp(node, siblings);
    inRows = Math.min(inRows, (1e6 * (middle - start)) / ROW);
    oneByOne = Math.min(oneByOne, (1e6 * (performance.now() - middle)) / LEVELS);
  }
  return { inRows, oneByOne };
}
