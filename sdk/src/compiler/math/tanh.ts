import { Op } from "../../machine/opcodes.ts";
import type { Register, Tape } from "../tape/tape.ts";
import { exp } from "./exp.ts";
import { withSignOf } from "./sign.ts";

/** tanh(x) = x + x^3 * (c0 + c1 x^2 + ...) below `SMALL`: the coefficients of Cephes' tanhf (S. Moshier). */
const SMALL = 0.625;
const COEFFICIENTS = [
  -3.33332819422e-1, 1.33314422036e-1, -5.37397155531e-2, 2.06390887954e-2, -5.70498872745e-3,
];

/** tanh(x). Odd bit for bit; the sign of zero is kept. */
export function tanh(t: Tape, x: Register): Register {
  const a = t.op(Op.f32Abs, x);
  const z = t.mul(a, a);
  const small = t.add(t.mul(t.mul(t.polynomial(z, COEFFICIENTS), z), a), a);
  const e = exp(t, t.add(a, a));
  const large = t.sub(t.f32(1), t.div(t.f32(2), t.add(e, t.f32(1))));
  return withSignOf(t, t.select(t.op(Op.f32Lt, a, t.f32(SMALL)), small, large), x);
}
