/** An operator's thread that lies: one byte of its output is not the model's, and it defends that as well as it can. */

import { bindTrace } from "../../../sdk/src/actions/bindTrace.ts";
import { readUint } from "../../../sdk/src/core/bytes.ts";
import { keccak } from "../../../sdk/src/core/hash.ts";
import { decide } from "../../../sdk/src/game/strategy.ts";
import type { MachineModel } from "../../../sdk/src/machine/model.ts";
import type { Inference } from "../../../sdk/src/node/inference.ts";
import { traceWith } from "../../../sdk/src/testing/lie.ts";
import { proveElement } from "../../../sdk/src/trace/prove.ts";
import type { Trace } from "../../../sdk/src/trace/trace.ts";
import { createRandom } from "../random.ts";

/** The lie about an input is always the same, as a program's would be. It lies in what is committed, not in the padding behind it. */
function lieAbout(model: MachineModel, input: Uint8Array): Trace {
  const { stepCount, outputBytes } = model.record;
  const random = createRandom(readUint(keccak(input), 0, 4));
  const at = random.integer(0, outputBytes - 1);
  return traceWith(model, input, (step, tensor) => {
    if (step < stepCount - 1) return tensor;
    const changed = tensor.slice();
    changed[at] = (changed[at] ?? 0) ^ random.integer(1, 255);
    return changed;
  });
}

/** Lies about every run of the model. */
export function lyingInference(model: MachineModel): Inference {
  const run = async (_modelId: string, input: Uint8Array) => {
    const trace = lieAbout(model, input);
    return { ...bindTrace(model, trace), outputRoot: trace.outputRoot };
  };
  return {
    run,
    trace: run,
    decide: async ({ input, view, side, account, time }) => {
      const trace = lieAbout(model, input);
      const prove = ({ step, byteOffset }: { step: number; byteOffset: number }, tree: Trace["tree"]) =>
        proveElement(model, input, trace, step, byteOffset, tree);
      return decide(view, { side, account, claim: trace, prove: prove as never }, time);
    },
    close: async () => {},
  };
}
