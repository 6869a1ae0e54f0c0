/** Short ways to write steps down in tests. */

import type { Memory } from "../../sdk/src/machine/memory.ts";
import type { ElementType, Space } from "../../sdk/src/machine/opcodes.ts";
import type { Affine, Guard, Instruction, Operand, Step } from "../../sdk/src/machine/types.ts";

/** A step of one i32 element that is 0, with some fields replaced. */
export function makeStep(fields: Partial<Step> = {}): Step {
  return {
    type: "i32",
    fold: "none",
    extents: [1],
    reduction: [],
    bodyOperands: [],
    outerOperands: [],
    immediates: [],
    init: 0,
    body: [],
    epilogue: [],
    ...fields,
  };
}

export function affine(base: number, ...strides: number[]): Affine {
  return { base, strides };
}

/** An operand without guards and index, unless they are given. */
export function makeOperand(
  space: Space,
  type: ElementType,
  address: Affine,
  fields: Partial<Operand> = {},
): Operand {
  return { space, type, step: 0, address, guards: [], pad: 0, ...fields };
}

export function guard(bound: number, base: number, ...strides: number[]): Guard {
  return { bound, affine: { base, strides } };
}

export function instruction(op: number, a = 0, b = 0, c = 0): Instruction {
  return { op, a, b, c };
}

/** Little-endian words of 32 bits. */
export function wordBytes(...patterns: number[]): Uint8Array {
  const bytes = new Uint8Array(4 * patterns.length);
  const view = new DataView(bytes.buffer);
  for (const [place, pattern] of patterns.entries()) view.setUint32(4 * place, pattern, true);
  return bytes;
}

/** Two words to a space and three earlier steps; of what there is room for, some is not written. */
export const SMALL_MEMORY: Memory = {
  input: wordBytes(
    ...[10, 20, 30, 40, 50, 60, 70, 80],
    // 1.5, -2, a signalling NaN, -0, infinity; then integers at the ends
    ...[0x3fc00000, 0xc0000000, 0x7fa12345, 0x80000000, 0x7f800000, 0xffffffff, 0x7fffffff, 0x4b800000],
  ),
  constants: Uint8Array.of(1, 2, 0x7f, 0x80, 0xff, 6, 7, 8, 9),
  steps: [wordBytes(...Array.from({ length: 16 }, (_, j) => 100 + j)), wordBytes(7, 8), new Uint8Array()],
  depths: { inputDepth: 1, constantsDepth: 1, stepDepth: 2, wordDepth: 1 },
};
