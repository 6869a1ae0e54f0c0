/** Functions of one float that elementwise operators and the gates of recurrent layers share. */

import { Op } from "../../machine/opcodes.ts";
import { expMinusOne } from "../math/exp.ts";
import type { Register, Tape } from "../tape/tape.ts";

export const isNegative = (t: Tape, x: Register): Register => t.op(Op.f32Lt, x, t.f32(0));

export function leakyRelu(t: Tape, x: Register, alpha: number): Register {
  return t.select(isNegative(t, x), t.mul(x, t.f32(alpha)), x);
}

export function thresholdedRelu(t: Tape, x: Register, alpha: number): Register {
  return t.select(t.op(Op.f32Gt, x, t.f32(alpha)), x, t.f32(0));
}

export function elu(t: Tape, x: Register, alpha: number): Register {
  return t.select(isNegative(t, x), t.mul(t.f32(alpha), expMinusOne(t, x)), x);
}

/** `alpha * x + beta` */
export function line(t: Tape, x: Register, alpha: number, beta: number): Register {
  return t.add(t.mul(x, t.f32(alpha)), t.f32(beta));
}

export function hardSigmoid(t: Tape, x: Register, alpha: number, beta: number): Register {
  return t.max(t.f32(0), t.min(t.f32(1), line(t, x, alpha, beta)));
}

export function softsign(t: Tape, x: Register): Register {
  return t.div(x, t.add(t.f32(1), t.op(Op.f32Abs, x)));
}
