/** A model that is ready to run: what the compiler emits and the runtime, the trace and the game take. */

import type { ElementType } from "./opcodes.ts";
import type { ModelRecord, Step } from "./types.ts";

/**
 * Types of tensors at the boundary. What the machine has no element type for is held in a larger or narrower one: `float16` and `bfloat16` as the f32
 * numbers that they are, `int16` and `uint16` as i32, `uint32` as the bits of an i32, `bool` as u8 0 or 1; `int64` and `uint64` are narrowed to 32 bits
 * (values that do not fit are refused).
 */
export type TensorType =
  | ("float32" | "float16" | "bfloat16")
  | ("int64" | "int32" | "int16" | "int8")
  | ("uint64" | "uint32" | "uint16" | "uint8" | "bool");

/** The array that holds the elements of each type of tensor. */
export interface TensorDataMap {
  float32: Float32Array;
  /** Bit patterns. */
  float16: Uint16Array;
  /** Bit patterns. */
  bfloat16: Uint16Array;
  int64: BigInt64Array;
  int32: Int32Array;
  int16: Int16Array;
  int8: Int8Array;
  uint64: BigUint64Array;
  uint32: Uint32Array;
  uint16: Uint16Array;
  uint8: Uint8Array;
  bool: Uint8Array;
}

/** A dense row-major tensor. */
export interface Tensor<T extends TensorType = TensorType> {
  readonly type: T;
  readonly dims: readonly number[];
  readonly data: TensorDataMap[T];
}

/** Where a named input or output stands in the request's or the answer's bytes. */
export interface TensorSlot {
  readonly name: string;
  readonly type: TensorType;
  /** How the elements are stored in the machine. */
  readonly elementType: ElementType;
  readonly dims: readonly number[];
  /** Offset in bytes, a multiple of 32. */
  readonly byteOffset: number;
  /** Length in bytes without padding. */
  readonly byteLength: number;
}

/** What each step is for, so that a dispute can be told in the words of the model. Not part of the model's identity. */
export interface StepInfo {
  /** Names of the ONNX nodes that the step computes, in order. */
  readonly nodes: readonly string[];
  /** Their operator types, for instance `Conv+Relu`. */
  readonly operator: string;
}

/** A model that is ready to run. */
export interface MachineModel {
  readonly modelId: `0x${string}`;
  readonly record: ModelRecord;
  /** Encoded steps; the program tree is made of their hashes. */
  readonly program: readonly Uint8Array[];
  /** The same, decoded; `undefined` where the encoding is invalid (such a step writes zeros). */
  readonly steps: readonly (Step | undefined)[];
  readonly constants: Uint8Array;
  readonly inputs: readonly TensorSlot[];
  readonly outputs: readonly TensorSlot[];
}
