import { Op } from "../../machine/opcodes.ts";
import type { Register, Tape } from "../tape/tape.ts";

/** 2 / pi, as a binary32 number. */
const TWO_OVER_PI = 0.6366197466850281;

/** pi / 2 in three parts; products of the first two with integers up to 2^13 are exact. Twice the parts of pi / 4 in Cephes' sinf (S. Moshier). */
const HALF_PI = [1.5703125, 4.837512969970703e-4, 7.549789948768648e-8];

/** sin(r) = r + r^3 * p(r^2) and cos(r) = 1 - r^2 / 2 + r^4 * q(r^2) on |r| <= pi/4: the coefficients of Cephes' sinf and cosf. */
const SINE = [-1.6666654611e-1, 8.3321608736e-3, -1.9515295891e-4];
const COSINE = [4.166664568298827e-2, -1.388731625493765e-3, 2.443315711809948e-5];

/**
 * sin(x + quarters * pi / 2) with an error of at most 2^-22 for |x| <= 8192 (tested). Beyond that the argument has few digits left within a turn, and
 * the error grows with it. NaN for NaN and infinities.
 */
function rotated(t: Tape, x: Register, quarters: 0 | 1): Register {
  const n = t.op(Op.f32Nearest, t.mul(x, t.f32(TWO_OVER_PI)));
  const r = HALF_PI.reduce((rest, part) => t.sub(rest, t.mul(n, t.f32(part))), x);
  const z = t.mul(r, r);
  const sine = t.add(r, t.mul(t.mul(r, z), t.polynomial(z, SINE)));
  const curve = t.mul(t.mul(z, z), t.polynomial(z, COSINE));
  const cosine = t.add(t.sub(t.f32(1), t.mul(t.f32(0.5), z)), curve);

  const turn = t.op(Op.i32Add, t.op(Op.i32TruncSatF32S, n), t.i32(quarters));
  const value = t.select(t.op(Op.i32And, turn, t.i32(1)), cosine, sine);
  return t.select(t.op(Op.i32And, turn, t.i32(2)), t.op(Op.f32Neg, value), value);
}

export function sin(t: Tape, x: Register): Register {
  return rotated(t, x, 0);
}

export function cos(t: Tape, x: Register): Register {
  return rotated(t, x, 1);
}
