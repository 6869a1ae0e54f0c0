/** Turns one step with its memory into a model, a trace and a proof: what the referee is asked with. */

import type { Hex } from "../../sdk/src/core/bytes.ts";
import { rootOfBytes } from "../../sdk/src/core/tree.ts";
import { decodeStep } from "../../sdk/src/machine/decode.ts";
import { type Memory, WORD_BYTES } from "../../sdk/src/machine/memory.ts";
import type { MachineModel } from "../../sdk/src/machine/model.ts";
import { MACHINE_VERSION } from "../../sdk/src/machine/opcodes.ts";
import { constantsRoot, modelId, programRoot } from "../../sdk/src/machine/record.ts";
import type { ModelRecord } from "../../sdk/src/machine/types.ts";
import { elementSize, proveElement } from "../../sdk/src/trace/prove.ts";
import { TraceTree } from "../../sdk/src/trace/tree.ts";

/** A step, what it can read, and the element that is asked for. */
export interface StepQuestion {
  readonly encoding: Uint8Array;
  readonly memory: Memory;
  readonly stepIndex: number;
  readonly element: number;
}

/** The arguments of `IReferee.execute`, in order. */
export type RefereeCall = readonly [
  record: ModelRecord,
  inputRoot: Hex,
  traceRoot: Hex,
  step: number,
  byteOffset: number,
  proof: Uint8Array,
];

/** The call that proves one element, and the bytes of that element. */
export function refereeCall(question: StepQuestion): { readonly call: RefereeCall; readonly size: 1 | 4 } {
  const { encoding, stepIndex, element } = question;
  const { depths, ...memory } = question.memory;
  // What has no place in its tree is no part of it.
  const clip = (bytes: Uint8Array, depth: number): Uint8Array => bytes.subarray(0, WORD_BYTES * 2 ** depth);
  const input = clip(memory.input, depths.inputDepth);
  const constants = clip(memory.constants, depths.constantsDepth);
  const tensors = memory.steps.map((tensor) => clip(tensor, depths.wordDepth));
  const program = Array.from({ length: stepIndex + 1 }, (_, i) =>
    i < stepIndex ? Uint8Array.of(i) : encoding,
  );
  const record: ModelRecord = {
    machineVersion: MACHINE_VERSION,
    programRoot: programRoot(program, depths.stepDepth),
    constantsRoot: constantsRoot(constants, depths.constantsDepth),
    ...depths,
    stepCount: program.length,
    inputBytes: Math.max(input.length, 1),
    outputBytes: 1,
  };
  const model: MachineModel = {
    modelId: modelId(record),
    record,
    program,
    steps: [],
    constants,
    inputs: [],
    outputs: [],
  };
  const tree = new TraceTree(tensors, depths);
  const size = elementSize(decodeStep(encoding), encoding.length, depths);
  const byteOffset = element * size;
  const proof = proveElement(model, input, { tree }, stepIndex, byteOffset);
  return {
    call: [record, rootOfBytes(input, depths.inputDepth), tree.root, stepIndex, byteOffset, proof],
    size,
  };
}
