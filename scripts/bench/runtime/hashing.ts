/** What hashing costs beside running a model. */

import { rootOfBytes } from "../../../sdk/src/core/tree.ts";
import { executeModel } from "../../../sdk/src/runtime/execute.ts";
import { packInputs } from "../../../sdk/src/runtime/index.ts";
import { traceOf } from "../../../sdk/src/trace/trace.ts";
import { TraceTree } from "../../../sdk/src/trace/tree.ts";
import { processorTime } from "./measure.ts";
import type { Subject } from "./subjects.ts";

export interface Hashing {
  readonly model: string;
  readonly outputBytes: number;
  /** Hashes that the root of the output takes: one for every pair of nodes on the way up. */
  readonly hashes: number;
  /** Processor time of the output's root, in parts of a run's. */
  readonly commitment: number;
  readonly nanosecondsPerHash: number;
  readonly traceBytes: number;
  /** Processor time of a run with the whole trace's tree, in runs. */
  readonly traced: number;
  /** Bytes of the trace, in millions, that one thread hashes in a second. */
  readonly megabytesPerSecond: number;
}

/** @param milliseconds - how long the whole may take, about */
export function measureHashing({ name, model, inputs }: Subject, milliseconds: number): Hashing {
  const input = packInputs(model, inputs);
  const { output, tensors } = executeModel(model, input, { keep: "all" });
  const { wordDepth } = model.record;
  const traceBytes = tensors.reduce((sum, { length }) => sum + length, 0);
  const time = (run: () => unknown): number => processorTime(run, milliseconds / 5);
  const inference = time(() => executeModel(model, input));
  const commitment = time(() => rootOfBytes(output, wordDepth));
  const keeping = time(() => executeModel(model, input, { keep: "all" }));
  const hashing = time(() => traceOf(model.record, input, tensors));
  const tree = time(() => new TraceTree(tensors, model.record));
  const hashes = hashesOf(output.length, wordDepth);
  return {
    model: name,
    ...{ outputBytes: output.length, hashes, traceBytes },
    commitment: commitment / inference,
    nanosecondsPerHash: (1e6 * commitment) / hashes,
    traced: (keeping + hashing) / inference,
    megabytesPerSecond: traceBytes / 1e3 / tree,
  };
}

function hashesOf(bytes: number, depth: number): number {
  let nodes = Math.ceil(bytes / 32);
  let hashes = 0;
  for (let height = 0; height < depth; height++) {
    nodes = Math.ceil(nodes / 2);
    hashes += nodes;
  }
  return hashes;
}
