import { Op } from "../../machine/opcodes.ts";
import type { Register, Tape } from "../tape/tape.ts";

/** Bits of 2^-14, the least normal binary16 number, and of 2^16, to which what is beyond the largest rounds. */
const BITS_LEAST_NORMAL = 0x38800000;
const BITS_OVERFLOW = 0x47800000;
const BITS_INFINITY = 0x7f800000;

/** The nearest binary16 number, ties to even, as the binary32 number that it is. NaN stays NaN. */
export function roundToHalf(t: Tape, x: Register): Register {
  const magnitude = t.op(Op.f32Abs, x);
  const normal = dropBits(t, magnitude, 13);
  const isInfinite = t.op(Op.i32GeS, normal, t.i32(BITS_OVERFLOW));
  const bounded = t.select(isInfinite, t.bits(BITS_INFINITY), normal);
  // Below 2^-14 halves are the multiples of 2^-24, to which adding 1/2 rounds.
  const small = t.sub(t.add(magnitude, t.f32(0.5)), t.f32(0.5));
  const rounded = t.select(t.op(Op.i32LtS, magnitude, t.i32(BITS_LEAST_NORMAL)), small, bounded);
  const signed = t.op(Op.i32Or, rounded, t.op(Op.i32And, x, t.i32(0x80000000)));
  return t.select(t.op(Op.f32Eq, x, x), signed, t.f32(Number.NaN));
}

/** Rounds the bits as an integer to a multiple of 2^count, ties to even. */
function dropBits(t: Tape, x: Register, count: number): Register {
  const isOdd = t.op(Op.i32And, t.op(Op.i32ShrU, x, t.i32(count)), t.i32(1));
  const raised = t.op(Op.i32Add, t.op(Op.i32Add, x, t.i32(2 ** (count - 1) - 1)), isOdd);
  return t.op(Op.i32And, raised, t.i32(-(2 ** count)));
}
