import { Op } from "../../machine/opcodes.ts";
import type { Register, Tape } from "../tape/tape.ts";
import { exp } from "./exp.ts";
import { log } from "./log.ts";

/** Integer exponents up to this are computed by multiplications alone. */
const MOST_MULTIPLIED = 64;

/**
 * x to a power that is known while compiling. Integers up to 64 by repeated squaring (each multiplication rounds), the reciprocal of that for negative
 * ones, 0.5 as the square root, everything else as {@link pow}.
 */
export function constantPow(t: Tape, x: Register, exponent: number): Register {
  if (exponent === 0.5) return squareRoot(t, x);
  if (exponent === -0.5) return t.div(t.f32(1), squareRoot(t, x));
  if (!Number.isInteger(exponent) || Math.abs(exponent) > MOST_MULTIPLIED) return pow(t, x, t.f32(exponent));
  const magnitude = integerPower(t, x, Math.abs(exponent));
  return exponent < 0 ? t.div(t.f32(1), magnitude) : magnitude;
}

/** pow(-0, 0.5) is +0 and pow(-infinity, 0.5) infinity in C; the first is kept here. */
function squareRoot(t: Tape, x: Register): Register {
  return t.op(Op.f32Sqrt, t.add(x, t.f32(0)));
}

function integerPower(t: Tape, x: Register, exponent: number): Register {
  let square = x;
  let product: Register | undefined;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) product = product === undefined ? square : t.mul(product, square);
    if (rest > 1) square = t.mul(square, square);
  }
  return product ?? t.f32(1);
}

/**
 * x^y as exp(y * log|x|) with the sign that an odd integer y gives; special values are those of C.
 * The relative error is at most (2 + 2 * |y * log(x)|) * 2^-23, since the exponential magnifies the rounding of its argument.
 */
export function pow(t: Tape, x: Register, y: Register): Register {
  const a = t.op(Op.f32Abs, x);
  const one = t.f32(1);
  // 1 to an infinite power would be infinity times zero.
  const magnitude = t.select(t.op(Op.f32Eq, a, one), one, exp(t, t.mul(y, log(t, a))));
  const half = t.mul(y, t.f32(0.5));
  const isInteger = t.op(Op.f32Eq, t.op(Op.f32Trunc, y), y);
  const isOdd = t.op(Op.i32And, isInteger, t.op(Op.f32Ne, t.op(Op.f32Trunc, half), half));
  const hasSign = t.op(Op.i32LtS, x, t.i32(0));
  const signed = t.select(t.op(Op.i32And, hasSign, isOdd), t.op(Op.f32Neg, magnitude), magnitude);
  const isNumber = t.op(Op.f32Gt, x, t.f32(Number.NEGATIVE_INFINITY));
  const isBelowZero = t.op(Op.i32And, t.op(Op.f32Lt, x, t.f32(0)), isNumber);
  const isUndefined = t.op(Op.i32And, isBelowZero, t.op(Op.i32Eq, isInteger, t.i32(0)));
  const value = t.select(isUndefined, t.f32(Number.NaN), signed);
  return t.select(t.op(Op.i32Or, t.op(Op.f32Eq, y, t.f32(0)), t.op(Op.f32Eq, x, one)), one, value);
}
