/** Serialized ONNX values of the operator tests, as tensors. */

import { fromBinary } from "@bufbuild/protobuf";
import { type HostTensor, hostTensor } from "../../../sdk/src/compiler/host/tensor.ts";
import { messageSchema, type TensorProto } from "../../../sdk/src/compiler/onnx/schema.ts";
import { readTensor } from "../../../sdk/src/compiler/onnx/tensor.ts";
import { brainToNumber, halfToNumber, numberToBrain, numberToHalf } from "../../../sdk/src/core/half.ts";
import type { Tensor } from "../../../sdk/src/machine/model.ts";

/**
 * @param type - as the graph states it
 * @throws an error of the compiler if the value is no tensor of a type that it knows
 */
export function readValue(bytes: Uint8Array, type: string | undefined): HostTensor {
  const plain = new Uint8Array(bytes);
  const tensor = readTensor(fromBinary(messageSchema("TensorProto"), plain) as unknown as TensorProto);
  // The tests' own files hold the patterns of bfloat16 as uint16.
  if (type !== "bfloat16" || tensor.type !== "uint16") return tensor;
  return hostTensor(type, tensor.dims, Float32Array.from(tensor.data as Uint16Array, brainToNumber));
}

/** The tensor that a request carries. */
export function asTensor({ type, dims, data }: HostTensor): Tensor {
  const patterns = type === "float16" ? numberToHalf : type === "bfloat16" ? numberToBrain : undefined;
  const carried = patterns === undefined ? data : Uint16Array.from(data as Float32Array, patterns);
  return { type, dims, data: carried } as unknown as Tensor;
}

/** The numbers that a tensor of the machine holds. */
function numbersOf({ type, data }: Tensor): ArrayLike<number | bigint> {
  const value = type === "float16" ? halfToNumber : type === "bfloat16" ? brainToNumber : undefined;
  return value === undefined ? data : Float32Array.from(data as Uint16Array, value);
}

export interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
}

/** What ONNX's own runner of these tests demands of floats. */
export const SUITE: Tolerance = { absolute: 1e-7, relative: 1e-3 };
export const EXACT: Tolerance = { absolute: 0, relative: 0 };

/** What is wrong with an output, in words; `undefined` if nothing is. */
export function fault(
  actual: Tensor | undefined,
  expected: HostTensor,
  { absolute, relative }: Tolerance,
): string | undefined {
  if (actual === undefined) return "it is missing";
  if (actual.type !== expected.type) return `its type is ${actual.type} instead of ${expected.type}`;
  if (actual.dims.join() !== expected.dims.join())
    return `its shape is [${actual.dims}] instead of [${expected.dims}]`;
  const numbers = numbersOf(actual);
  for (const [i, b] of Array.from(expected.data as ArrayLike<number | bigint>).entries()) {
    const a = numbers[i]!;
    if (a === b || (Number.isNaN(Number(a)) && Number.isNaN(Number(b)))) continue;
    const isClose = Math.abs(Number(a) - Number(b)) <= absolute + relative * Math.abs(Number(b));
    if (typeof b === "bigint" || !isClose) return `element ${i} is ${a} instead of ${b}`;
  }
  return undefined;
}
