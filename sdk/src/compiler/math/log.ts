import { Op } from "../../machine/opcodes.ts";
import type { Register, Tape } from "../tape/tape.ts";

/** Bits of the binary32 numbers sqrt(1/2), 1 and 2^-126, and of infinity. */
const BITS_SQRT_HALF = 0x3f3504f3;
const BITS_ONE = 0x3f800000;
const BITS_LEAST_NORMAL = 0x00800000;
const BITS_INFINITY = 0x7f800000;

/** log(2) in two parts, and the series of log((1 + s) / (1 - s)) in s^2: the constants of FreeBSD's logf (e_logf.c, Sun Microsystems). */
const LN2_HIGH = 6.9313812256e-1;
const LN2_LOW = 9.0580006145e-6;
const ODD = [0.66666662693, 0.28498786688];
const EVEN = [0.40000972152, 0.24279078841];

/** log(x): -infinity of either zero, NaN for negative numbers. */
export function log(t: Tape, x: Register): Register {
  const isSubnormal = t.op(Op.f32Lt, x, t.bits(BITS_LEAST_NORMAL));
  const normal = t.select(isSubnormal, t.mul(x, t.f32(2 ** 23)), x);

  // normal = 2^k * m with sqrt(1/2) <= m < sqrt(2), taken from the bits
  const shifted = t.op(Op.i32Add, normal, t.i32(BITS_ONE - BITS_SQRT_HALF));
  const exponent = t.op(
    Op.i32Sub,
    t.op(Op.i32ShrS, shifted, t.i32(23)),
    t.select(isSubnormal, t.i32(127 + 23), t.i32(127)),
  );
  const k = t.op(Op.f32ConvertI32S, exponent);
  const m = t.op(Op.i32Add, t.op(Op.i32And, shifted, t.i32(0x7fffff)), t.i32(BITS_SQRT_HALF));

  const f = t.sub(m, t.f32(1));
  const s = t.div(f, t.add(t.f32(2), f));
  const z = t.mul(s, s);
  const w = t.mul(z, z);
  const series = t.add(t.mul(w, t.polynomial(w, EVEN)), t.mul(z, t.polynomial(w, ODD)));
  const halfSquare = t.mul(t.mul(f, f), t.f32(0.5));
  const low = t.add(t.mul(s, t.add(halfSquare, series)), t.mul(k, t.f32(LN2_LOW)));
  const finite = t.add(t.add(t.sub(low, halfSquare), f), t.mul(k, t.f32(LN2_HIGH)));

  const positive = t.select(t.op(Op.f32Eq, x, t.bits(BITS_INFINITY)), x, finite);
  const nonNegative = t.select(t.op(Op.f32Eq, x, t.f32(0)), t.f32(Number.NEGATIVE_INFINITY), positive);
  // Also true of NaN, which no comparison but this one can be.
  return t.select(t.op(Op.f32Ge, x, t.f32(0)), nonNegative, t.f32(Number.NaN));
}

/**
 * log(1 + x) for x >= 0, accurate where 1 + x is close to 1: what rounding the sum has lost is put back as the first term of the series around it.
 * The result for infinity is NaN.
 */
export function logOnePlus(t: Tape, x: Register): Register {
  const sum = t.add(t.f32(1), x);
  const lost = t.sub(x, t.sub(sum, t.f32(1)));
  return t.add(log(t, sum), t.div(lost, sum));
}
