/** Proofs about single elements of the run of a compiled model. */

import type { Hex } from "../../sdk/src/core/bytes.ts";
import { rootOfBytes } from "../../sdk/src/core/tree.ts";
import type { MachineModel, Tensor } from "../../sdk/src/machine/model.ts";
import { ELEMENT_SIZE } from "../../sdk/src/machine/opcodes.ts";
import type { Step } from "../../sdk/src/machine/types.ts";
import { executeModel } from "../../sdk/src/runtime/execute.ts";
import { packInputs } from "../../sdk/src/runtime/tensors.ts";
import { proveElement } from "../../sdk/src/trace/prove.ts";
import { TraceTree } from "../../sdk/src/trace/tree.ts";
import type { RefereeCall } from "./referee-calls.ts";

/** A model with everything that it read and wrote for one request. */
export interface ModelRun {
  readonly model: MachineModel;
  readonly input: Uint8Array;
  readonly inputRoot: Hex;
  /** What every step wrote. */
  readonly tensors: readonly Uint8Array[];
}

export function runModel(model: MachineModel, feeds: Readonly<Record<string, Tensor>>): ModelRun {
  const input = packInputs(model, feeds);
  const { tensors } = executeModel(model, input, { keep: "all" });
  return { model, input, inputRoot: rootOfBytes(input, model.record.inputDepth), tensors };
}

/** The call that has the referee compute one element of a step, and what the run says it is. */
export function elementCall(
  { model, input, inputRoot, tensors }: ModelRun,
  index: number,
  element: number,
): { readonly call: RefereeCall; readonly bits: number } {
  const step = model.steps[index]!;
  const tree = treeOf(model, tensors, step);
  const size = ELEMENT_SIZE[step.type];
  const byteOffset = element * size;
  const proof = proveElement(model, input, { tree }, index, byteOffset);
  const { buffer, byteOffset: start } = tensors[index]!;
  const view = new DataView(buffer, start);
  return {
    call: [model.record, inputRoot, tree.root, index, byteOffset, proof],
    bits: size === 4 ? view.getUint32(byteOffset, true) : view.getUint8(byteOffset),
  };
}

/** The trace without the tensors that a step does not read: they change nothing but hashes on the way, and hashing them all takes long. */
function treeOf(
  { record }: MachineModel,
  tensors: readonly Uint8Array[],
  { bodyOperands, outerOperands }: Step,
): TraceTree {
  const operands = [...bodyOperands, ...outerOperands].filter(({ space }) => space === "step");
  const read = new Set(operands.map(({ step }) => step));
  const nothing = new Uint8Array(0);
  return new TraceTree(
    tensors.map((tensor, i) => (read.has(i) ? tensor : nothing)),
    record,
  );
}
