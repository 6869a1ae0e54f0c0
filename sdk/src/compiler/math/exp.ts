import { Op } from "../../machine/opcodes.ts";
import type { Register, Tape } from "../tape/tape.ts";

/** Below `LEAST` the exponential rounds to 0, above `MOST` it overflows, above `MOST_HALF` even half of it does; clamping keeps the exponent in range. */
const LEAST = -104;
const MOST = 89;
const MOST_HALF = 90;

/** log2(e), as a binary32 number. */
const LOG2_E = 1.442695021629333;

/** log(2) in two parts; products of the first with integers up to 2^15 are exact. As in Cephes' expf. */
const LN2_HIGH = 0.693359375;
const LN2_LOW = -2.1219444005469057e-4;

/** exp(r) = 1 + r + r^2 * (c0 + c1 r + ...) on |r| <= log(2)/2: the coefficients of Cephes' expf (S. Moshier). */
const COEFFICIENTS = [
  5.0000001201e-1, 1.6666665459e-1, 4.1665795894e-2, 8.3334519073e-3, 1.3981999507e-3, 1.98756915e-4,
];

/** Below this exp(x) - 1 rounds to -1. */
const LEAST_MINUS_ONE = -20;

/** exp(x). Overflow gives infinity, underflow subnormals and then +0. */
export function exp(t: Tape, x: Register): Register {
  const { n, tail } = reduced(t, t.min(t.max(x, t.f32(LEAST)), t.f32(MOST)));
  return scale(t, t.add(tail, t.f32(1)), t.op(Op.i32TruncSatF32S, n));
}

/** exp(high + low), `low` being a small correction of an argument that binary32 is too short for. */
export function expOfSum(t: Tape, high: Register, low: Register): Register {
  const { n, tail } = reduced(t, t.min(t.max(high, t.f32(LEAST)), t.f32(MOST)), low);
  return scale(t, t.add(tail, t.f32(1)), t.op(Op.i32TruncSatF32S, n));
}

/** exp(x) / 2, which does not overflow where exp(x) just does. */
export function halfExp(t: Tape, x: Register): Register {
  const { n, tail } = reduced(t, t.min(t.max(x, t.f32(LEAST)), t.f32(MOST_HALF)));
  return scale(t, t.add(tail, t.f32(1)), t.op(Op.i32Sub, t.op(Op.i32TruncSatF32S, n), t.i32(1)));
}

/** exp(x) - 1, accurate where exp(x) is close to 1. Of either zero +0. */
export function expMinusOne(t: Tape, x: Register): Register {
  const { n, tail } = reduced(t, t.min(t.max(x, t.f32(LEAST_MINUS_ONE)), t.f32(MOST)));
  // Twice (2^(n-1) * tail + (2^(n-1) - 1/2)), since 2^n itself may not be a binary32 number.
  const half = powerOfTwo(t, t.op(Op.i32Sub, t.op(Op.i32TruncSatF32S, n), t.i32(1)));
  const sum = t.add(t.mul(half, tail), t.sub(half, t.f32(0.5)));
  return t.add(sum, sum);
}

/** The integer n, as a float, and exp(r) - 1, with x = n * log(2) + r and |r| <= log(2)/2. */
function reduced(t: Tape, x: Register, low?: Register): { readonly n: Register; readonly tail: Register } {
  const n = t.op(Op.f32Nearest, t.mul(x, t.f32(LOG2_E)));
  const high = t.sub(t.sub(x, t.mul(n, t.f32(LN2_HIGH))), t.mul(n, t.f32(LN2_LOW)));
  const r = low === undefined ? high : t.add(high, low);
  const tail = t.add(t.mul(t.polynomial(r, COEFFICIENTS), t.mul(r, r)), r);
  return { n, tail };
}

/** `x * 2^n` for -252 <= n <= 254, rounded once if x is not much below 1: by two factors, since 2^n alone may not be a binary32 number. */
function scale(t: Tape, x: Register, n: Register): Register {
  const half = t.op(Op.i32ShrS, n, t.i32(1));
  return t.mul(t.mul(x, powerOfTwo(t, half)), powerOfTwo(t, t.op(Op.i32Sub, n, half)));
}

function powerOfTwo(t: Tape, n: Register): Register {
  return t.op(Op.i32Shl, t.op(Op.i32Add, n, t.i32(127)), t.i32(23));
}
