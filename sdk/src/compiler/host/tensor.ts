/** Tensors that are known while compiling. */

import type { ElementType } from "../../machine/opcodes.ts";

/** Types by the codes of `TensorProto.DataType`. */
const TYPES_BY_CODE = [
  ...["undefined", "float32", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool"],
  ...["float16", "float64", "uint32", "uint64", "complex64", "complex128", "bfloat16"],
  ...["float8e4m3fn", "float8e4m3fnuz", "float8e5m2", "float8e5m2fnuz", "uint4", "int4", "float4e2m1"],
] as const;

/** The name of a code of `TensorProto.DataType`, for instance `float32` or `type 99`. */
export function typeName(code: number): string {
  return TYPES_BY_CODE[code] ?? `type ${code}`;
}

/** How the compiler holds the elements of each type; `float16` and `bfloat16` as the binary32 values that they are. */
const ARRAYS = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Float32Array,
  bfloat16: Float32Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
} as const;

export type HostType = keyof typeof ARRAYS;
export type HostData = InstanceType<(typeof ARRAYS)[HostType]>;

export interface HostTensor {
  readonly kind: "host";
  readonly type: HostType;
  readonly dims: readonly number[];
  readonly data: HostData;
}

export const HOST_TYPES = Object.keys(ARRAYS) as readonly HostType[];

export function isHostType(type: string): type is HostType {
  return Object.hasOwn(ARRAYS, type);
}

export function isFloat(type: HostType | undefined): boolean {
  return type === "float32" || type === "float64" || type === "float16" || type === "bfloat16";
}

/** Floats of 16 bits. */
export type HalfType = "float16" | "bfloat16";

export function isHalf(type: HostType | undefined): type is HalfType {
  return type === "float16" || type === "bfloat16";
}

/** Integers whose bits are those of an i32 register, but mean numbers from 0 to 2^32 - 1. */
export function isUnsigned(type: HostType | undefined): boolean {
  return type === "uint32" || type === "uint64";
}

/** Types that tensors computed from the request can have, and how the machine stores them. */
export const ELEMENT_TYPE_OF = {
  ...{ float32: "f32", float16: "f32", bfloat16: "f32" },
  ...{ int64: "i32", int32: "i32", int16: "i32", int8: "i8" },
  ...{ uint64: "i32", uint32: "i32", uint16: "i32", uint8: "u8", bool: "u8" },
} as const satisfies Partial<Record<HostType, ElementType>>;

export type DataType = keyof typeof ELEMENT_TYPE_OF;
export const DATA_TYPES = Object.keys(ELEMENT_TYPE_OF) as readonly DataType[];

export function isDataType(type: string): type is DataType {
  return Object.hasOwn(ELEMENT_TYPE_OF, type);
}

export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

/** Elements that lie between neighbours of each dimension of a dense row-major tensor. */
export function rowMajorStrides(dims: readonly number[]): number[] {
  const strides = new Array<number>(dims.length).fill(1);
  for (let axis = dims.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1]! * dims[axis + 1]!;
  return strides;
}

/** An array of zeros for elements of a type. */
export function allocate(type: HostType, length: number): HostData {
  return new ARRAYS[type](length);
}

export function hostTensor(type: HostType, dims: readonly number[], data: HostData): HostTensor {
  return { kind: "host", type, dims, data };
}

/** A vector of 64-bit integers, the type that ONNX gives to shapes and axes. */
export function int64Vector(values: readonly number[]): HostTensor {
  return hostTensor("int64", [values.length], BigInt64Array.from(values, BigInt));
}

export function int64Scalar(value: number): HostTensor {
  return hostTensor("int64", [], BigInt64Array.of(BigInt(value)));
}

export function floatTensor(dims: readonly number[], values: ArrayLike<number>): HostTensor {
  return hostTensor("float32", dims, Float32Array.from(values));
}

export function floatScalar(value: number): HostTensor {
  return floatTensor([], [value]);
}

/** The elements as numbers; 64-bit integers beyond 2^53 are rounded. */
export function toNumbers(tensor: HostTensor): number[] {
  return Array.from(tensor.data as ArrayLike<number | bigint>, Number);
}
