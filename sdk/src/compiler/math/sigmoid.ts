import { Op } from "../../machine/opcodes.ts";
import type { Register, Tape } from "../tape/tape.ts";
import { exp } from "./exp.ts";

/**
 * 1 / (1 + exp(-x)). The exponential is always of a negative number, so that nothing overflows
 * and small results keep their digits.
 */
export function sigmoid(t: Tape, x: Register): Register {
  const e = exp(t, t.op(Op.f32Neg, t.op(Op.f32Abs, x)));
  const isNegative = t.op(Op.f32Lt, x, t.f32(0));
  return t.div(t.select(isNegative, e, t.f32(1)), t.add(t.f32(1), e));
}
