import { Op } from "../../machine/opcodes.ts";
import type { Register, Tape } from "../tape/tape.ts";
import { exp } from "./exp.ts";
import { withSignOf } from "./sign.ts";

/**
 * Two minimax approximations by N. Juffa (2019, published for single precision with an error below 1 ulp when multiplications and additions are fused):
 * erf(x) = x + x * p(x^2) below `SMALL`, and 1 - exp(-x - x * q(x)) above.
 */
const SMALL = 0.927734375;
const SMALL_COEFFICIENTS = [
  1.28379166e-1, -3.76125336e-1, 1.12819925e-1, -2.67681349e-2, 4.99119423e-3, -5.96761703e-4,
];
const LARGE_COEFFICIENTS = [
  -1.28717512e-1, -6.34846687e-1, -1.06777877e-1, 2.42546219e-2, -3.88396438e-3, 3.83197126e-4, -1.7285347e-5,
];

/** erf(x). Odd bit for bit; the sign of zero is kept. */
export function erf(t: Tape, x: Register): Register {
  const a = t.op(Op.f32Abs, x);
  const small = t.add(t.mul(t.polynomial(t.mul(a, a), SMALL_COEFFICIENTS), a), a);
  // From 4 on the result is 1; without the bound the polynomial would turn round.
  const bounded = t.min(a, t.f32(4));
  const exponent = t.sub(t.mul(t.polynomial(bounded, LARGE_COEFFICIENTS), bounded), bounded);
  const large = t.sub(t.f32(1), exp(t, exponent));
  return withSignOf(t, t.select(t.op(Op.f32Le, a, t.f32(SMALL)), small, large), x);
}
