/** The constants of the budget: SPEC.md section 5. The referee's gas must stay below what they promise. */

import { Op } from "./opcodes.ts";

/** A step is within budget when neither bound is exceeded. */
export const BUDGET = { gas: 12_000_000, bytes: 96_000 } as const;

/** Iterations of a reduction that the referee evaluates at a time, at least. */
export const BLOCK = 32;

/** What the parts of a step count towards its budget. */
export const WEIGHTS = {
  step: 250_000,
  byte: 300,
  stretch: 700,
  load: 1_500,
  guard: 550,
  near: 90,
  far: 2_000,
  word: 1_100,
} as const;

/** `W_OP` by family; every code that no family names costs `other`. */
const OP_WEIGHTS = { sum: 820, product: 1_050, float: 500, other: 200 } as const;

const SUM: ReadonlySet<number> = new Set([Op.f32Add, Op.f32Sub, Op.f32Sqrt]);
const PRODUCT: ReadonlySet<number> = new Set([Op.f32Mul, Op.f32Div]);
const FLOAT: ReadonlySet<number> = new Set([
  ...[Op.f32Min, Op.f32Max, Op.f32Abs, Op.f32Neg, Op.f32Nearest, Op.f32Floor, Op.f32Ceil, Op.f32Trunc],
  ...[Op.f32Eq, Op.f32Ne, Op.f32Lt, Op.f32Le, Op.f32Gt, Op.f32Ge],
  ...[Op.f32ConvertI32S, Op.f32ConvertI32U, Op.i32TruncSatF32S, Op.i32TruncSatF32U],
]);

/** `W_OP[op]` of any code 0 .. 255. */
export function opWeight(op: number): number {
  if (SUM.has(op)) return OP_WEIGHTS.sum;
  if (PRODUCT.has(op)) return OP_WEIGHTS.product;
  return FLOAT.has(op) ? OP_WEIGHTS.float : OP_WEIGHTS.other;
}
