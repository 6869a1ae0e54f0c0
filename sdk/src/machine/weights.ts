/** The constants of the budget: SPEC.md section 5. The referee's gas must stay below what they promise. */

import { Op } from "./opcodes.ts";

/** A step is within budget when neither bound is exceeded. */
export const BUDGET = { gas: 12_000_000, bytes: 96_000 } as const;

export const WEIGHTS = {
  step: 200_000,
  byte: 60,
  load: 700,
  guard: 150,
  term: 20,
  indexed: 300,
  iteration: 250,
  word: 1_100,
} as const;

/** `W_OP` by family; every code that no family names costs `other`. */
const OP_WEIGHTS = { linear: 1_200, quotient: 2_500, float: 700, other: 350 } as const;

const LINEAR: ReadonlySet<number> = new Set([Op.f32Add, Op.f32Sub, Op.f32Mul]);
const QUOTIENT: ReadonlySet<number> = new Set([Op.f32Div, Op.f32Sqrt]);
const FLOAT: ReadonlySet<number> = new Set([
  ...[Op.f32Min, Op.f32Max, Op.f32Abs, Op.f32Neg, Op.f32Nearest, Op.f32Floor, Op.f32Ceil, Op.f32Trunc],
  ...[Op.f32Eq, Op.f32Ne, Op.f32Lt, Op.f32Le, Op.f32Gt, Op.f32Ge],
  ...[Op.f32ConvertI32S, Op.f32ConvertI32U, Op.i32TruncSatF32S, Op.i32TruncSatF32U],
]);

/** `W_OP[op]` of any code 0 .. 255. */
export function opWeight(op: number): number {
  if (LINEAR.has(op)) return OP_WEIGHTS.linear;
  if (QUOTIENT.has(op)) return OP_WEIGHTS.quotient;
  return FLOAT.has(op) ? OP_WEIGHTS.float : OP_WEIGHTS.other;
}
