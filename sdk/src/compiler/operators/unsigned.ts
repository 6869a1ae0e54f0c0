/** Registers as numbers from 0 to 2^32 - 1, where the machine's own operations take them for numbers with a sign. */

import { Op } from "../../machine/opcodes.ts";
import type { Register, Tape } from "../tape/tape.ts";

/** The order of unsigned registers as that of signed ones. */
export const flipped = (t: Tape, x: Register): Register => t.op(Op.i32Xor, x, t.i32(0x80000000));
export const isBelow = (t: Tape, a: Register, b: Register): Register =>
  t.op(Op.i32LtS, flipped(t, a), flipped(t, b));

/** Quotient and remainder of unsigned registers, from the signed division of the upper 31 bits; a divisor of 0 gives 0 and the dividend. */
export function divideUnsigned(t: Tape, a: Register, b: Register): readonly [Register, Register] {
  const isLarge = t.op(Op.i32LtS, b, t.i32(0));
  const upper = t.op(Op.i32Shl, t.op(Op.i32DivS, t.op(Op.i32ShrU, a, t.i32(1)), b), t.i32(1));
  const estimate = t.select(isLarge, t.i32(0), upper);
  const rest = t.op(Op.i32Sub, a, t.op(Op.i32Mul, estimate, b));
  const isShort = t.op(Op.i32Eq, isBelow(t, rest, b), t.i32(0));
  const one = t.op(Op.i32And, isShort, t.op(Op.i32Ne, b, t.i32(0)));
  return [t.op(Op.i32Add, estimate, one), t.select(one, t.op(Op.i32Sub, rest, b), rest)];
}
