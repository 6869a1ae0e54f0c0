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
  /** IEEE-754 binary32. */
  float32: Float32Array;
  /** Bit patterns. */
  float16: Uint16Array;
  /** Bit patterns. */
  bfloat16: Uint16Array;
  /** Two's complement, 64 bits. */
  int64: BigInt64Array;
  /** Two's complement, 32 bits. */
  int32: Int32Array;
  /** Two's complement, 16 bits. */
  int16: Int16Array;
  /** Two's complement, 8 bits. */
  int8: Int8Array;
  /** 64 bits. */
  uint64: BigUint64Array;
  /** 32 bits. */
  uint32: Uint32Array;
  /** 16 bits. */
  uint16: Uint16Array;
  /** 8 bits. */
  uint8: Uint8Array;
  /** 0 or 1. */
  bool: Uint8Array;
}

/** A dense row-major tensor. */
export interface Tensor<T extends TensorType = TensorType> {
  /** Type of the elements. */
  readonly type: T;
  /** Shape; empty for a scalar. */
  readonly dims: readonly number[];
  /** The elements, row-major. */
  readonly data: TensorDataMap[T];
}

/** Where a named input or output stands in the request's or the answer's bytes. */
export interface TensorSlot {
  /** Name in the ONNX graph. */
  readonly name: string;
  /** Type of the elements. */
  readonly type: TensorType;
  /** How the elements are stored in the machine. */
  readonly elementType: ElementType;
  /** Shape; empty for a scalar. */
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
  /** Id of the model: a hash of 32 bytes over its record. */
  readonly modelId: `0x${string}`;
  /** What is registered on-chain of the model. */
  readonly record: ModelRecord;
  /** Encoded steps; the program tree is made of their hashes. */
  readonly program: readonly Uint8Array[];
  /** The same, decoded; `undefined` where the encoding is invalid (such a step writes zeros). */
  readonly steps: readonly (Step | undefined)[];
  /** The constants' bytes. */
  readonly constants: Uint8Array;
  /** Where the named inputs stand in the request's bytes. */
  readonly inputs: readonly TensorSlot[];
  /** Where the named outputs stand in the answer's bytes. */
  readonly outputs: readonly TensorSlot[];
}
