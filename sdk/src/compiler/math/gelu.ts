import { Op } from "../../machine/opcodes.ts";
import type { Register, Tape } from "../tape/tape.ts";
import { exp, expOfSum } from "./exp.ts";

/**
 * The probability that a standard normal number lies above a is exp(-a^2 / 2) * t * (c0 + c1 t + ...) with t = 1 / (1 + `SCALE` * a): a minimax fit of the
 * relative error over 0 <= a <= `MOST`, which it keeps below 2^-25 before rounding.
 */
const SCALE = 0.34375;
const COEFFICIENTS = [
  0.13712070882320404, 0.13752266764640808, 0.11689438670873642, 0.11200138181447983, -0.037637945264577866,
  0.18832285702228546, -0.2692877948284149, 0.14260214567184448, -0.027538375928997993,
];

/** From -`SMALL` to `SMALL` it is 1/2 - a * (1 - a^2 / (3 * 2) + a^4 / (5 * 2^2 * 2!) - ...) / sqrt(2 pi), the series of the error function. */
const SMALL = 0.5;
const SERIES = [1, -6, 40, -336, 3456, -42_240].map((divisor) => 0.3989422804014327 / divisor);

/** Beyond this the probability times a rounds to zero. */
const MOST = 14.6;

/** The leading half of a significand. */
const HIGH_HALF = 0xfffff000;

/**
 * x times the probability that a standard normal number lies below x. Negative numbers are not computed as a difference from 1, so small results keep
 * their digits, and so does the exponent, whose square is split into two parts.
 */
export function gelu(t: Tape, x: Register): Register {
  const a = t.min(t.op(Op.f32Abs, x), t.f32(MOST));
  const square = t.mul(a, a);
  const high = t.op(Op.i32And, a, t.i32(HIGH_HALF));
  const low = t.sub(a, high);
  const crossed = t.add(t.sub(t.mul(high, high), square), t.mul(t.add(high, high), low));
  const lost = t.add(crossed, t.mul(low, low));
  const density = expOfSum(t, t.mul(square, t.f32(-0.5)), t.mul(lost, t.f32(-0.5)));

  const s = t.div(t.f32(1), t.add(t.f32(1), t.mul(a, t.f32(SCALE))));
  const ratio = t.mul(s, t.polynomial(s, COEFFICIENTS));
  const beyond = t.mul(t.mul(a, ratio), density);
  const large = t.select(t.op(Op.f32Lt, x, t.f32(0)), t.op(Op.f32Neg, beyond), t.sub(x, beyond));
  const small = t.mul(x, t.add(t.f32(0.5), t.mul(x, t.polynomial(square, SERIES))));
  return t.select(t.op(Op.f32Lt, a, t.f32(SMALL)), small, large);
}

/** 2 * sqrt(2 / pi), and 0.044715 times that. */
const LINEAR = 1.5957691216057308;
const CUBIC = 0.07135481627260025;

/** Below this even x * exp(2u) rounds to zero. */
const LEAST = -16;

/**
 * x * (1 + tanh(u)) / 2 with u = sqrt(2 / pi) * (x + 0.044715 * x^3), as x / (1 + exp(-2u)). Of negative numbers the exponential magnifies the rounding of
 * its argument.
 */
export function geluTanh(t: Tape, x: Register): Register {
  const bounded = t.max(x, t.f32(LEAST));
  const slope = t.add(t.mul(t.mul(bounded, bounded), t.f32(CUBIC)), t.f32(LINEAR));
  const e = exp(t, t.op(Op.f32Neg, t.op(Op.f32Abs, t.mul(bounded, slope))));
  const isNegative = t.op(Op.f32Lt, x, t.f32(0));
  return t.div(t.select(isNegative, t.mul(bounded, e), bounded), t.add(t.f32(1), e));
}
