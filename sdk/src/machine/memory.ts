/** What a step can read, and how much it can write: SPEC.md section 2. */

import { count } from "./budget.ts";
import { ELEMENT_SIZE, type ElementType, type Space } from "./opcodes.ts";
import type { Depths, Step } from "./types.ts";

/** Bytes of a word, the leaf of every tree. */
export const WORD_BYTES = 32;

/** Bytes beyond the end of an array are zero; bytes beyond what a tree has room for are never read. */
export interface Memory {
  /** The input's bytes. */
  readonly input: Uint8Array;
  /** The constants' bytes. */
  readonly constants: Uint8Array;
  /** Tensors by step number, padded to words or not. */
  readonly steps: readonly Uint8Array[];
  /** Depths of the trees: what lies beyond them reads as zero. */
  readonly depths: Depths;
}

/** Spaces that are read from trees. */
export type TreeSpace = Exclude<Space, "index">;

/** Elements of a type that a space (for `step`: one tensor) has room for. */
export function spaceElements(space: TreeSpace, type: ElementType, depths: Depths): number {
  const depth = { input: depths.inputDepth, const: depths.constantsDepth, step: depths.wordDepth }[space];
  return (WORD_BYTES * 2 ** depth) / ELEMENT_SIZE[type];
}

/** Bytes of the tensor that an executable step writes, without padding, cut off where the tensor's tree ends. */
export function tensorBytes(step: Step, depths: Depths): number {
  return Math.min(count(step.extents) * ELEMENT_SIZE[step.type], WORD_BYTES * 2 ** depths.wordDepth);
}
