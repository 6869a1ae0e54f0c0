/** The nouns of the tensor machine: see SPEC.md sections 3 and 4. */

import type { ElementType, Fold, Space } from "./opcodes.ts";

/** `base + Σ strides[j] * index[j]`, in elements. Body operands have one stride per (extent, reduction) index, outer operands one per extent. */
export interface Affine {
  readonly base: number;
  readonly strides: readonly number[];
}

/** Holds when the affine coordinate lies in `[0, bound)`. */
export interface Guard {
  readonly bound: number;
  readonly affine: Affine;
}

/** Adds `stride * clamp(register[operand], 0, bound - 1)` to the address; `operand` is an earlier one of the same list. */
export interface OperandIndex {
  readonly operand: number;
  readonly bound: number;
  readonly stride: number;
}

/** An operand of a step: a space, an element type and an affine address. */
export interface Operand {
  readonly space: Space;
  readonly type: ElementType;
  /** Number of the step that is read; 0 outside of the space `step`. */
  readonly step: number;
  readonly address: Affine;
  readonly index?: OperandIndex;
  readonly guards: readonly Guard[];
  /** 32 bits that the operand reads as when a guard fails; 0 when there are no guards. */
  readonly pad: number;
}

/** Appends one register: `op` over registers a, b, c. */
export interface Instruction {
  readonly op: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** A step of a program: a loop nest that writes one tensor. */
export interface Step {
  readonly type: ElementType;
  readonly fold: Fold;
  readonly extents: readonly number[];
  readonly reduction: readonly number[];
  readonly bodyOperands: readonly Operand[];
  readonly outerOperands: readonly Operand[];
  /** 32-bit patterns as unsigned numbers. */
  readonly immediates: readonly number[];
  /** Outer register (outer operand or immediate) that the accumulator starts from. */
  readonly init: number;
  readonly body: readonly Instruction[];
  readonly epilogue: readonly Instruction[];
}

/** Depths of the trees of a model. */
export interface Depths {
  readonly inputDepth: number;
  readonly constantsDepth: number;
  readonly stepDepth: number;
  readonly wordDepth: number;
}

/** What is registered on-chain; hashes to the model id. */
export interface ModelRecord extends Depths {
  readonly machineVersion: number;
  readonly programRoot: `0x${string}`;
  readonly constantsRoot: `0x${string}`;
  readonly stepCount: number;
  readonly inputBytes: number;
  readonly outputBytes: number;
}
