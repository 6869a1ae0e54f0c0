import { decodeStep } from "../machine/decode.ts";
import { executeStep } from "../machine/execute.ts";
import type { MachineModel } from "../machine/model.ts";
import { type Trace, traceOf } from "../trace/trace.ts";

/** What a liar puts in the place of a step's tensor. It may change its argument. */
export type Tamper = (stepIndex: number, tensor: Uint8Array) => Uint8Array;

/** Runs a model with a substitution after every step; what follows is computed from the substitutes, so that the lie is consistent. */
export function traceWith(model: MachineModel, inputBytes: Uint8Array, tamper: Tamper): Trace {
  const { record, program, constants } = model;
  const tensors: Uint8Array[] = [];
  const memory = { input: inputBytes, constants, steps: tensors, depths: record };
  for (const [index, encoding] of program.entries()) {
    tensors.push(tamper(index, executeStep(decodeStep(encoding), index, memory)));
  }
  return traceOf(record, inputBytes, tensors);
}

/** The smallest lie: one bit of the answer. */
export function flipOutputBit({ record }: Pick<MachineModel, "record">): Tamper {
  return (stepIndex, tensor) => {
    if (stepIndex !== record.stepCount - 1) return tensor;
    const lie = tensor.slice();
    lie[0] = (lie[0] ?? 0) ^ 1;
    return lie;
  };
}
