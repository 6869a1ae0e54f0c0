import { Op } from "../../machine/opcodes.ts";
import type { Register, Tape } from "../tape/tape.ts";
import { withSignOf } from "./sign.ts";

/** asin(x) = x + x^3 * (c0 + c1 x^2 + ...) up to 1/2: the coefficients of Cephes' asinf (S. Moshier). */
const ARCSINE = [1.6666752422e-1, 7.4953002686e-2, 4.5470025998e-2, 2.4181311049e-2, 4.2163199048e-2];

/** atan(x) = x + x^3 * (c0 + c1 x^2 + ...) up to tan(pi/8): the coefficients of Cephes' atanf. */
const ARCTANGENT = [-3.33329491539e-1, 1.99777106478e-1, -1.38776856032e-1, 8.05374449538e-2];

/** pi/2 and pi/4 as sums of two binary32 numbers. */
const HALF_PI = [1.5707963705062866, -4.371138828673793e-8] as const;
const QUARTER_PI = [0.7853981852531433, -2.1855694143368964e-8] as const;

/** tan(pi/8) and tan(3 pi/8), about. */
const TAN_EIGHTH = 0.4142135679721832;
const TAN_THREE_EIGHTHS = 2.4142136573791504;

/** asin(x): NaN outside of [-1, 1]; odd bit for bit, the sign of zero is kept. */
export function asin(t: Tape, x: Register): Register {
  const a = t.op(Op.f32Abs, x);
  const { isSmall, series, root } = arcsineParts(t, a);
  // asin(a) = pi/2 - 2 asin(sqrt((1 - a) / 2))
  const twice = t.add(root, root);
  const large = t.add(t.sub(t.f32(HALF_PI[0]), twice), t.sub(t.f32(HALF_PI[1]), t.mul(twice, series)));
  return withSignOf(t, t.select(isSmall, t.add(a, t.mul(a, series)), large), x);
}

/** acos(x): NaN outside of [-1, 1]. */
export function acos(t: Tape, x: Register): Register {
  const a = t.op(Op.f32Abs, x);
  const { isSmall, series, root } = arcsineParts(t, a);
  const isNegative = t.op(Op.f32Lt, x, t.f32(0));
  const arc = t.add(x, t.sub(t.mul(x, series), t.f32(HALF_PI[1])));
  const small = t.sub(t.f32(HALF_PI[0]), arc);
  const twice = t.add(root, root);
  const correction = t.mul(twice, series);
  const nearOne = t.add(twice, correction);
  const nearMinusOne = t.sub(t.f32(2 * HALF_PI[0]), t.add(twice, t.sub(correction, t.f32(2 * HALF_PI[1]))));
  return t.select(isSmall, small, t.select(isNegative, nearMinusOne, nearOne));
}

/** Up to 1/2 the series of asin(a) / a - 1; above it that of the sine of half the complementary angle, and this sine. */
function arcsineParts(t: Tape, a: Register) {
  const isSmall = t.op(Op.f32Le, a, t.f32(0.5));
  const z = t.select(isSmall, t.mul(a, a), t.mul(t.f32(0.5), t.sub(t.f32(1), a)));
  return { isSmall, series: t.mul(z, t.polynomial(z, ARCSINE)), root: t.op(Op.f32Sqrt, z) };
}

/** atan(x): odd bit for bit, the sign of zero is kept. */
export function atan(t: Tape, x: Register): Register {
  const a = t.op(Op.f32Abs, x);
  const isLarge = t.op(Op.f32Gt, a, t.f32(TAN_THREE_EIGHTHS));
  const isMiddle = t.op(Op.f32Gt, a, t.f32(TAN_EIGHTH));
  // -1/a, or (a - 1) / (a + 1), or a
  const numerator = t.select(isLarge, t.f32(-1), t.select(isMiddle, t.sub(a, t.f32(1)), a));
  const denominator = t.select(isLarge, a, t.select(isMiddle, t.add(a, t.f32(1)), t.f32(1)));
  const r = t.div(numerator, denominator);
  const z = t.mul(r, r);
  const part = (i: 0 | 1): Register =>
    t.select(isLarge, t.f32(HALF_PI[i]), t.select(isMiddle, t.f32(QUARTER_PI[i]), t.f32(0)));
  const arc = t.add(r, t.add(t.mul(t.mul(z, r), t.polynomial(z, ARCTANGENT)), part(1)));
  return withSignOf(t, t.add(part(0), arc), x);
}
