/** The nouns of the tensor machine: see SPEC.md sections 3 and 4. */

import type { ElementType, Fold, Space } from "./opcodes.ts";

/** `base + Σ strides[j] * index[j]`, in elements. Body operands have one stride per (extent, reduction) index, outer operands one per extent. */
export interface Affine {
  /** Offset of the first element, in elements. */
  readonly base: number;
  /** Elements from one value of an index to the next, by index. */
  readonly strides: readonly number[];
}

/** Holds when the affine coordinate lies in `[0, bound)`. */
export interface Guard {
  /** How many values are allowed, from 0. */
  readonly bound: number;
  /** The coordinate. */
  readonly affine: Affine;
}

/** Adds `stride * clamp(register[operand], 0, bound - 1)` to the address; `operand` is an earlier one of the same list. */
export interface OperandIndex {
  /** Place of the operand in its list. */
  readonly operand: number;
  /** How many values are allowed, from 0. */
  readonly bound: number;
  /** Elements from one value to the next. */
  readonly stride: number;
}

/** An operand of a step: a space, an element type and an affine address. */
export interface Operand {
  /** Where it is read from. */
  readonly space: Space;
  /** How its elements are stored. */
  readonly type: ElementType;
  /** Number of the step that is read; 0 outside of the space `step`. */
  readonly step: number;
  /** Which element is read, by the indices. */
  readonly address: Affine;
  /** An earlier operand whose value is added to the address, as Gather needs it. */
  readonly index?: OperandIndex;
  /** All must hold, or the operand reads as `pad`. */
  readonly guards: readonly Guard[];
  /** 32 bits that the operand reads as when a guard fails; 0 when there are no guards. */
  readonly pad: number;
}

/** Appends one register: `op` over registers a, b, c. */
export interface Instruction {
  /** Code of the operation, one of `Op`. */
  readonly op: number;
  /** First register. */
  readonly a: number;
  /** Second register; unused by operations of one operand. */
  readonly b: number;
  /** Third register; only `select` has one. */
  readonly c: number;
}

/** A step of a program: a loop nest that writes one tensor. */
export interface Step {
  /** How its elements are stored. */
  readonly type: ElementType;
  /** How the values of the body are joined, left to right. */
  readonly fold: Fold;
  /** Shape of the tensor that the step writes. */
  readonly extents: readonly number[];
  /** Extents of the indices that are folded over; none for elementwise steps. */
  readonly reduction: readonly number[];
  /** Loaded for each element and each index of the reduction. */
  readonly bodyOperands: readonly Operand[];
  /** Loaded once for each element. */
  readonly outerOperands: readonly Operand[];
  /** 32-bit patterns as unsigned numbers. */
  readonly immediates: readonly number[];
  /** Outer register (outer operand or immediate) that the accumulator starts from. */
  readonly init: number;
  /** Computes the value that is folded. */
  readonly body: readonly Instruction[];
  /** Computes the element from the fold's result. */
  readonly epilogue: readonly Instruction[];
}

/** Depths of the trees of a model. */
export interface Depths {
  /** Levels of the tree over the input's words. */
  readonly inputDepth: number;
  /** Levels of the tree over the constants' words. */
  readonly constantsDepth: number;
  /** Levels of the trace above the tensors of steps. */
  readonly stepDepth: number;
  /** Levels of the trace from a tensor's root to its words. */
  readonly wordDepth: number;
}

/** What is registered on-chain; hashes to the model id. */
export interface ModelRecord extends Depths {
  /** Version of the machine that gives the steps their meaning. */
  readonly machineVersion: number;
  /** Root of the tree over the hashes of the steps. */
  readonly programRoot: `0x${string}`;
  /** Root of the tree over the constants' words. */
  readonly constantsRoot: `0x${string}`;
  /** Steps of the program; the last one writes the output. */
  readonly stepCount: number;
  /** Length of the input. */
  readonly inputBytes: number;
  /** Length of the output. */
  readonly outputBytes: number;
}
