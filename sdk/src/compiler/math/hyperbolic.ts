import { Op } from "../../machine/opcodes.ts";
import type { Register, Tape } from "../tape/tape.ts";
import { halfExp } from "./exp.ts";
import { log, logOnePlus } from "./log.ts";
import { withSignOf } from "./sign.ts";

/** sinh(x) = x + x^3 * (1/3! + x^2/5! + ...) below 1; the terms left out are below 2^-32 of the result. */
const SINH = [1 / 6, 1 / 120, 1 / 5040, 1 / 362_880, 1 / 39_916_800];

/** atanh(x) = x + x^3 * (1/3 + x^2/5 + ...) below 1/4. */
const ATANH = [1 / 3, 1 / 5, 1 / 7, 1 / 9, 1 / 11, 1 / 13];

/** asinh(x) = x + x^3 * (-1/6 + 3/40 x^2 - ...) below 1/4. */
const ASINH = [-1 / 6, 3 / 40, -15 / 336, 105 / 3456, -945 / 42_240];

/** From here on the square of a number swallows one, and its own square is still finite. */
const LARGE = 2 ** 13;
const LN2 = 0.6931471824645996;

/** sinh(x): odd bit for bit, the sign of zero is kept. */
export function sinh(t: Tape, x: Register): Register {
  const a = t.op(Op.f32Abs, x);
  const z = t.mul(a, a);
  const small = t.add(t.mul(t.mul(t.polynomial(z, SINH), z), a), a);
  const half = halfExp(t, a);
  const large = t.sub(half, t.div(t.f32(0.25), half));
  return withSignOf(t, t.select(t.op(Op.f32Lt, a, t.f32(1)), small, large), x);
}

/** cosh(x) */
export function cosh(t: Tape, x: Register): Register {
  const half = halfExp(t, t.op(Op.f32Abs, x));
  return t.add(half, t.div(t.f32(0.25), half));
}

/** asinh(x): odd bit for bit, the sign of zero is kept. */
export function asinh(t: Tape, x: Register): Register {
  const a = t.op(Op.f32Abs, x);
  const z = t.mul(a, a);
  const small = t.add(t.mul(t.mul(t.polynomial(z, ASINH), z), a), a);
  const root = t.op(Op.f32Sqrt, t.add(z, t.f32(1)));
  const middle = logOnePlus(t, t.add(a, t.div(z, t.add(t.f32(1), root))));
  const large = t.add(log(t, a), t.f32(LN2));
  const rest = t.select(t.op(Op.f32Lt, a, t.f32(LARGE)), middle, large);
  return withSignOf(t, t.select(t.op(Op.f32Lt, a, t.f32(0.25)), small, rest), x);
}

/** acosh(x): NaN below 1. */
export function acosh(t: Tape, x: Register): Register {
  const excess = t.sub(x, t.f32(1));
  // sqrt(x^2 - 1), written so that nothing cancels close to 1
  const root = t.op(Op.f32Sqrt, t.mul(excess, t.add(x, t.f32(1))));
  const middle = logOnePlus(t, t.add(excess, root));
  const large = t.add(log(t, x), t.f32(LN2));
  const value = t.select(t.op(Op.f32Gt, x, t.f32(LARGE)), large, middle);
  return t.select(t.op(Op.f32Ge, x, t.f32(1)), value, t.f32(Number.NaN));
}

/** atanh(x): infinite at -1 and 1, NaN beyond them; odd bit for bit, the sign of zero is kept. */
export function atanh(t: Tape, x: Register): Register {
  const a = t.op(Op.f32Abs, x);
  const z = t.mul(a, a);
  const small = t.add(t.mul(t.mul(t.polynomial(z, ATANH), z), a), a);
  // log((1 + a) / (1 - a)) / 2; the quotient is far enough from 1.
  const ratio = t.div(t.add(a, a), t.sub(t.f32(1), a));
  const middle = t.mul(t.f32(0.5), logOnePlus(t, ratio));
  const isOne = t.op(Op.f32Eq, a, t.f32(1));
  const rest = t.select(isOne, t.f32(Number.POSITIVE_INFINITY), middle);
  return withSignOf(t, t.select(t.op(Op.f32Lt, a, t.f32(0.25)), small, rest), x);
}
