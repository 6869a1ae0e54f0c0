/** The threads of a daemon on a computer whose fast engine computes wrongly. The other one is sound. */

import { bindTrace } from "../../../sdk/src/actions/bindTrace.ts";
import { keccakHex } from "../../../sdk/src/core/hash.ts";
import type { MachineModel } from "../../../sdk/src/machine/model.ts";
import { createInference, type Inference } from "../../../sdk/src/node/inference.ts";
import type { ModelStore } from "../../../sdk/src/node/model-store.ts";
import { flipOutputBit, traceWith } from "../../../sdk/src/testing/lie.ts";

/** `output`: another answer, with the trace that ends in it. `trace`: the right answer, with a wrong word on the way. */
export type Fault = "output" | "trace";

/** @param isFaulty - whether it computes wrongly now */
export function faultyInference(
  models: ModelStore,
  model: MachineModel,
  fault: Fault,
  isFaulty: () => boolean = () => true,
): Inference {
  const sound = createInference({ models, workers: 1, runSeconds: 60, maxMemoryMb: 256 });
  const spoiled = (input: Uint8Array) => bindTrace(model, traceWith(model, input, flipOutputBit(model)));
  return {
    ...sound,
    run: async (modelId, input) => {
      if (fault !== "output" || !isFaulty()) return sound.run(modelId, input);
      const { output, outputRoot } = spoiled(input);
      return { output, outputRoot };
    },
    trace: async (modelId, input, isSecondOpinion = false) => {
      const right = await sound.trace(modelId, input, isSecondOpinion);
      if (isSecondOpinion || !isFaulty()) return right;
      return fault === "output" ? spoiled(input) : { ...right, traceRoot: keccakHex(input) };
    },
  };
}
