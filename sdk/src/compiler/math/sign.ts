import { Op } from "../../machine/opcodes.ts";
import type { Register, Tape } from "../tape/tape.ts";

const SIGN_BIT = 0x80000000;

/** A non-negative number with the sign of `x`; NaN stays the canonical NaN. */
export function withSignOf(t: Tape, magnitude: Register, x: Register): Register {
  const signed = t.op(Op.i32Or, magnitude, t.op(Op.i32And, x, t.i32(SIGN_BIT)));
  return t.select(t.op(Op.f32Eq, magnitude, magnitude), signed, magnitude);
}

/** -1, 0 or 1; the sign of zero and NaN are kept. */
export function sign(t: Tape, x: Register): Register {
  const isZeroOrNaN = t.op(Op.i32Eq, t.op(Op.f32Gt, t.op(Op.f32Abs, x), t.f32(0)), t.i32(0));
  return t.select(isZeroOrNaN, x, withSignOf(t, t.f32(1), x));
}
