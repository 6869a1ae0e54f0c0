/** Models that are put together by hand. */

import { count } from "../../sdk/src/machine/budget.ts";
import { decodeStep } from "../../sdk/src/machine/decode.ts";
import { encodeStep } from "../../sdk/src/machine/encode.ts";
import { tensorBytes } from "../../sdk/src/machine/memory.ts";
import type { MachineModel, TensorSlot, TensorType } from "../../sdk/src/machine/model.ts";
import { ELEMENT_SIZE, type ElementType } from "../../sdk/src/machine/opcodes.ts";
import { makeRecord, modelId } from "../../sdk/src/machine/record.ts";
import type { Depths, Step } from "../../sdk/src/machine/types.ts";

const STORED_AS: Readonly<Record<TensorType, ElementType>> = {
  ...{ float32: "f32", float16: "f32", bfloat16: "f32" },
  ...{ int64: "i32", int32: "i32", int16: "i32", int8: "i8" },
  ...{ uint64: "i32", uint32: "i32", uint16: "i32", uint8: "u8", bool: "u8" },
};

/** A named tensor: its type and shape. */
export type Shape = readonly [name: string, type: TensorType, ...dims: number[]];

/** Slots one after the other, each on a whole word. */
export function makeSlots(...shapes: readonly Shape[]): TensorSlot[] {
  let byteOffset = 0;
  return shapes.map(([name, type, ...dims]) => {
    const elementType = STORED_AS[type];
    const byteLength = count(dims) * ELEMENT_SIZE[elementType];
    const slot = { name, type, elementType, dims, byteOffset, byteLength };
    byteOffset += Math.ceil(byteLength / 32) * 32;
    return slot;
  });
}

export interface ModelParts {
  /** Steps, or encodings that may be anything. */
  readonly program: readonly (Step | Uint8Array)[];
  readonly constants?: Uint8Array;
  readonly inputs: readonly TensorSlot[];
  readonly outputs: readonly TensorSlot[];
  readonly depths?: Partial<Depths>;
}

export function makeModel({
  program,
  constants = new Uint8Array(),
  inputs,
  outputs,
  depths = {},
}: ModelParts): MachineModel {
  const encodings = program.map((step) => (step instanceof Uint8Array ? step : encodeStep(step)));
  const steps = encodings.map(decodeStep);
  const anyDepths = { inputDepth: 32, constantsDepth: 32, stepDepth: 12, wordDepth: 28 };
  const sizes = steps.map((step) =>
    step === undefined ? 0 : Math.min(tensorBytes(step, anyDepths), 2 ** 33),
  );
  const record = makeRecord({
    ...{ program: encodings, constants, depths },
    inputBytes: Math.max(end(inputs), 1),
    outputBytes: Math.max(end(outputs), 1),
    largestTensorBytes: Math.max(...sizes),
  });
  return { modelId: modelId(record), record, program: encodings, steps, constants, inputs, outputs };
}

function end(slots: readonly TensorSlot[]): number {
  return Math.max(0, ...slots.map(({ byteOffset, byteLength }) => byteOffset + byteLength));
}
