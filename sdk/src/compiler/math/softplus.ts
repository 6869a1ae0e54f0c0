import { Op } from "../../machine/opcodes.ts";
import type { Register, Tape } from "../tape/tape.ts";
import { exp } from "./exp.ts";
import { logOnePlus } from "./log.ts";

/** log(1 + exp(x)), without overflow. */
export function softplus(t: Tape, x: Register): Register {
  const e = exp(t, t.op(Op.f32Neg, t.op(Op.f32Abs, x)));
  return t.add(t.max(x, t.f32(0)), logOnePlus(t, e));
}

/** From here on mish(x) = x, and the square of exp(x) is still finite. */
const MOST = 20;

/** x * tanh(softplus(x)), which is x * n / (n + 2) with n = exp(x) * (exp(x) + 2). */
export function mish(t: Tape, x: Register): Register {
  const e = exp(t, t.min(x, t.f32(MOST)));
  const n = t.mul(e, t.add(e, t.f32(2)));
  const factor = t.div(n, t.add(n, t.f32(2)));
  // Of the smallest numbers the product would be infinity times zero.
  const bounded = t.max(x, t.f32(LEAST));
  return t.mul(bounded, factor);
}

/** Below this even x * exp(x) rounds to zero. */
const LEAST = -128;
