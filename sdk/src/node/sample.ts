/** Inputs that everybody can make again from a number, so that a model can be tried out, and a copy of it be tested, without any data. */

import type { Hex } from "../core/bytes.ts";
import { rootOfBytes } from "../core/tree.ts";
import type { MachineModel, Tensor, TensorSlot } from "../machine/model.ts";
import { executeModel } from "../runtime/execute.ts";
import { elementCount, packInputs } from "../runtime/tensors.ts";

/** What a model gives for a sample input. */
export interface TestVector {
  /** Makes the input, see {@link sampleInputs}. */
  readonly seed: number;
  /** Root of the tree over the words of the input, 32 bytes. */
  readonly inputRoot: Hex;
  /** Root of the tree over the words of the output, 32 bytes. */
  readonly outputRoot: Hex;
}

/**
 * Inputs made from a number: floats are the multiples of 2^-24 from 0 to below 1, and everything else is 0 or 1. The bits come from xorshift32, begun with
 * `seed + 1` and the input's place, and are the same everywhere.
 *
 * @param seed - a whole number from 0 to 65,535
 */
export function sampleInputs(model: Pick<MachineModel, "inputs">, seed: number): Record<string, Tensor> {
  return Object.fromEntries(model.inputs.map((slot, place) => [slot.name, sampleTensor(slot, seed, place)]));
}

function sampleTensor({ type, dims }: TensorSlot, seed: number, place: number): Tensor {
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(place + 1, 0x85ebca6b)) >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  const length = elementCount(dims);
  const bits = Array.from({ length }, next);
  const bit = bits.map((word) => word >>> 31);
  switch (type) {
    case "float32":
      return { type, dims, data: Float32Array.from(bits, (word) => (word >>> 8) / 2 ** 24) };
    case "float16":
      return { type, dims, data: Uint16Array.from(bit, (one) => (one === 1 ? 0x3c00 : 0)) };
    case "bfloat16":
      return { type, dims, data: Uint16Array.from(bit, (one) => (one === 1 ? 0x3f80 : 0)) };
    case "int64":
      return { type, dims, data: BigInt64Array.from(bit, BigInt) };
    case "uint64":
      return { type, dims, data: BigUint64Array.from(bit, BigInt) };
    case "int32":
      return { type, dims, data: Int32Array.from(bit) };
    case "uint32":
      return { type, dims, data: Uint32Array.from(bit) };
    case "int16":
      return { type, dims, data: Int16Array.from(bit) };
    case "uint16":
      return { type, dims, data: Uint16Array.from(bit) };
    case "int8":
      return { type, dims, data: Int8Array.from(bit) };
    case "uint8":
    case "bool":
      return { type, dims, data: Uint8Array.from(bit) };
  }
}

/** Runs a model on a sample. */
export function makeVector(model: MachineModel, seed: number): TestVector {
  const input = packInputs(model, sampleInputs(model, seed));
  const { output } = executeModel(model, input);
  const { inputDepth, wordDepth } = model.record;
  return { seed, inputRoot: rootOfBytes(input, inputDepth), outputRoot: rootOfBytes(output, wordDepth) };
}
