import type { Hex } from "viem";
import type { MachineModel } from "../machine/model.ts";
import type { Trace } from "../trace/trace.ts";

/** What binds an operator to a trace, see {@link commitResult} and {@link postTrace}. */
export interface BoundTrace {
  /** The answer. */
  readonly output: Uint8Array;
  /** Root of the answer, see {@link commitResultByRoot}. */
  readonly outputRoot: Hex;
  /** Root of the tree over all words that the run writes, 32 bytes. */
  readonly traceRoot: Hex;
  /** From the last step's tensor to `traceRoot`, from the bottom upwards. */
  readonly outputProof: readonly Hex[];
}

/** The answer of a run, the root of its trace, and the proof that the one is the end of the other. */
export function bindTrace({ record }: Pick<MachineModel, "record">, trace: Trace): BoundTrace {
  return {
    output: trace.outputBytes,
    outputRoot: trace.outputRoot,
    traceRoot: trace.traceRoot,
    outputProof: trace.tree.stepProof(record.stepCount - 1),
  };
}
