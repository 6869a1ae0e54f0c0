import { executeStep } from "../../sdk/src/machine/execute.ts";
import type { MachineModel, StepInfo } from "../../sdk/src/machine/model.ts";
import { executeModel } from "../../sdk/src/runtime/execute.ts";
import { type Trace, traceOf } from "../../sdk/src/trace/trace.ts";

/**
 * The trace of an operator that wants another answer: it exchanges the two largest scores where the last layer with weights computes them, and runs the
 * rest of the model honestly, so that everything but one layer of its trace is consistent and its output is that of a model that saw something else.
 */
export function lyingTrace(model: MachineModel, steps: readonly StepInfo[], inputBytes: Uint8Array): Trace {
  const { record, constants } = model;
  const { tensors: honest } = executeModel(model, inputBytes, { keep: "all" });
  const target = steps.findLastIndex(({ operator }) => /Gemm|MatMul|Conv/.test(operator));

  const tensors: Uint8Array[] = honest.slice(0, target);
  tensors.push(exchangeLargest(honest[target] ?? new Uint8Array(), scoreCount(model, target)));
  const memory = { input: inputBytes, constants, steps: tensors, depths: record };
  for (let index = target + 1; index < record.stepCount; index++) {
    tensors.push(executeStep(model.steps[index], index, memory));
  }
  return traceOf(record, inputBytes, tensors);
}

function scoreCount(model: MachineModel, step: number): number {
  return (model.steps[step]?.extents ?? []).reduce((product, extent) => product * extent, 1);
}

function exchangeLargest(tensor: Uint8Array, count: number): Uint8Array {
  const lie = tensor.slice();
  const scores = new Float32Array(lie.buffer, lie.byteOffset, count);
  const order = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const [first = 0, second = 0] = order;
  [scores[first], scores[second]] = [scores[second] ?? 0, scores[first] ?? 0];
  return lie;
}
