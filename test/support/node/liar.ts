/** The threads of a daemon that lies. The lie about an input is always the same, so that it can be told from the chain alone what should come of it. */

import { bindTrace } from "../../../sdk/src/actions/bindTrace.ts";
import { keccak } from "../../../sdk/src/core/hash.ts";
import { decide } from "../../../sdk/src/game/strategy.ts";
import type { MachineModel } from "../../../sdk/src/machine/model.ts";
import type { Inference } from "../../../sdk/src/node/inference.ts";
import { flipOutputBit, traceWith } from "../../../sdk/src/testing/lie.ts";
import { proveElement } from "../../../sdk/src/trace/prove.ts";
import type { Trace } from "../../../sdk/src/trace/trace.ts";

/**
 * `output`: another answer at the end of an honest run, whose trace anybody can guess. `middle`: a wrong step on the way, with everything after it computed from
 * that. `silent`: as `output`, and never a word about it when it is challenged.
 */
export type Lie = "output" | "middle" | "silent";

function lieAbout(model: MachineModel, input: Uint8Array, lie: Lie): Trace {
  if (lie !== "middle") return traceWith(model, input, flipOutputBit(model));
  const target = Math.floor(model.record.stepCount / 2);
  const { outputRoot } = traceWith(model, input, (_step, tensor) => tensor);
  // Not every wrong element changes the answer: the first one that does is taken.
  for (let element = 0; ; element++) {
    const trace = traceWith(model, input, (step, tensor) => {
      if (step !== target) return tensor;
      const changed = tensor.slice();
      changed[4 * element + 3] = (changed[4 * element + 3] ?? 0) ^ 0x41;
      return changed;
    });
    if (trace.outputRoot !== outputRoot) return trace;
  }
}

export function lyingInference(model: MachineModel, lie: Lie = "output"): Inference {
  const traces = new Map<string, Trace>();
  const traceOf = (input: Uint8Array): Trace => {
    const key = keccak(input).toString();
    const trace = traces.get(key) ?? lieAbout(model, input, lie);
    traces.set(key, trace);
    for (const old of traces.keys()) if (traces.size > 8) traces.delete(old);
    return trace;
  };
  const run = async (_modelId: string, input: Uint8Array) => {
    const trace = traceOf(input);
    return { ...bindTrace(model, trace), outputRoot: trace.outputRoot };
  };
  return {
    run,
    trace: run,
    decide: async ({ input, view, time, ...player }) => {
      if (lie === "silent") return undefined;
      const claim = traceOf(input);
      const prove: Parameters<typeof decide>[1]["prove"] = ({ step, byteOffset }, tree) =>
        proveElement(model, input, claim, step, byteOffset, tree);
      return decide(view, { ...player, claim, prove }, time);
    },
    close: async () => {},
  };
}
