/**
 * The operations of the machine over 32-bit patterns: SPEC.md section 4.2.
 * Registers are unsigned numbers 0 .. 2^32 - 1. This module is the definition that the faster executors are tested against.
 */

import { CANONICAL_NAN, Op } from "./opcodes.ts";

const floats = new Float32Array(1);
const bits = new Uint32Array(floats.buffer);

/** The binary32 value of a pattern; every NaN reads as NaN. */
export function toFloat(pattern: number): number {
  bits[0] = pattern;
  return floats[0] ?? 0;
}

/** The pattern of a number rounded to binary32, NaN being canonical. */
export function fromFloat(value: number): number {
  if (Number.isNaN(value)) return CANONICAL_NAN;
  floats[0] = value;
  return bits[0] ?? 0;
}

/**
 * Applies an operation.
 *
 * @param op - any code; unknown ones give 0
 * @returns the result's pattern
 */
export function applyOp(op: number, a: number, b: number, c: number): number {
  return OPERATIONS.get(op)?.(a, b, c) ?? 0;
}

// A double holds the exact sum or product, or enough of a quotient or root, that rounding it to binary32 is rounding once.
export const f32Add = (a: number, b: number): number => fromFloat(toFloat(a) + toFloat(b));
export const f32Sub = (a: number, b: number): number => fromFloat(toFloat(a) - toFloat(b));
export const f32Mul = (a: number, b: number): number => fromFloat(toFloat(a) * toFloat(b));
export const f32Div = (a: number, b: number): number => fromFloat(toFloat(a) / toFloat(b));
export const f32Sqrt = (a: number): number => fromFloat(Math.sqrt(toFloat(a)));

// Math.min and Math.max give NaN if either is NaN and put -0 below +0, as the machine does.
export const f32Min = (a: number, b: number): number => fromFloat(Math.min(toFloat(a), toFloat(b)));
export const f32Max = (a: number, b: number): number => fromFloat(Math.max(toFloat(a), toFloat(b)));
export const f32Abs = (a: number): number => fromFloat(Math.abs(toFloat(a)));
export const f32Neg = (a: number): number => fromFloat(-toFloat(a));
export const f32Nearest = (a: number): number => fromFloat(nearest(toFloat(a)));
export const f32Floor = (a: number): number => fromFloat(Math.floor(toFloat(a)));
export const f32Ceil = (a: number): number => fromFloat(Math.ceil(toFloat(a)));
export const f32Trunc = (a: number): number => fromFloat(Math.trunc(toFloat(a)));

export const f32Eq = (a: number, b: number): number => Number(toFloat(a) === toFloat(b));
export const f32Ne = (a: number, b: number): number => Number(toFloat(a) !== toFloat(b));
export const f32Lt = (a: number, b: number): number => Number(toFloat(a) < toFloat(b));
export const f32Le = (a: number, b: number): number => Number(toFloat(a) <= toFloat(b));
export const f32Gt = (a: number, b: number): number => Number(toFloat(a) > toFloat(b));
export const f32Ge = (a: number, b: number): number => Number(toFloat(a) >= toFloat(b));

export const i32Add = (a: number, b: number): number => (a + b) >>> 0;
export const i32Sub = (a: number, b: number): number => (a - b) >>> 0;
export const i32Mul = (a: number, b: number): number => Math.imul(a, b) >>> 0;
export const i32DivS = (a: number, b: number): number => (b === 0 ? 0 : ((a | 0) / (b | 0)) >>> 0);
export const i32RemS = (a: number, b: number): number => (b === 0 ? 0 : ((a | 0) % (b | 0)) >>> 0);
export const i32MinS = (a: number, b: number): number => ((a | 0) < (b | 0) ? a : b);
export const i32MaxS = (a: number, b: number): number => ((a | 0) > (b | 0) ? a : b);
export const i32Abs = (a: number): number => ((a | 0) < 0 ? -a >>> 0 : a);
export const i32Neg = (a: number): number => -a >>> 0;
export const i32And = (a: number, b: number): number => (a & b) >>> 0;
export const i32Or = (a: number, b: number): number => (a | b) >>> 0;
export const i32Xor = (a: number, b: number): number => (a ^ b) >>> 0;
export const i32Shl = (a: number, b: number): number => (a << (b & 31)) >>> 0;
export const i32ShrS = (a: number, b: number): number => (a >> (b & 31)) >>> 0;
export const i32ShrU = (a: number, b: number): number => a >>> (b & 31);

export const i32Eq = (a: number, b: number): number => Number(a === b);
export const i32Ne = (a: number, b: number): number => Number(a !== b);
export const i32LtS = (a: number, b: number): number => Number((a | 0) < (b | 0));
export const i32LeS = (a: number, b: number): number => Number((a | 0) <= (b | 0));
export const i32GtS = (a: number, b: number): number => Number((a | 0) > (b | 0));
export const i32GeS = (a: number, b: number): number => Number((a | 0) >= (b | 0));

export const f32ConvertI32S = (a: number): number => fromFloat(a | 0);
export const f32ConvertI32U = (a: number): number => fromFloat(a);
export const i32TruncSatF32S = (a: number): number => saturate(toFloat(a), -0x8000_0000, 0x7fff_ffff);
export const i32TruncSatF32U = (a: number): number => saturate(toFloat(a), 0, 0xffff_ffff);

export const select = (a: number, b: number, c: number): number => (a === 0 ? c : b);

/** Rounds a binary32 value half to even, keeping the sign of zero. */
export function nearest(value: number): number {
  // From 2^23 on every binary32 value is an integer; infinities and NaN are left alone too.
  if (!(Math.abs(value) < 0x80_0000)) return value;
  const isNegative = value < 0 || Object.is(value, -0);
  // Adding 2^52 leaves a double no bits below one, and rounds half to even.
  const rounded = Math.abs(value) + 2 ** 52 - 2 ** 52;
  return isNegative ? -rounded : rounded;
}

function saturate(value: number, least: number, most: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.min(Math.max(Math.trunc(value), least), most) >>> 0;
}

type Operation = (a: number, b: number, c: number) => number;

/** Every operation that exists, by code. */
export const OPERATIONS: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [Op.f32Add, f32Add],
  [Op.f32Sub, f32Sub],
  [Op.f32Mul, f32Mul],
  [Op.f32Div, f32Div],
  [Op.f32Sqrt, f32Sqrt],
  [Op.f32Min, f32Min],
  [Op.f32Max, f32Max],
  [Op.f32Abs, f32Abs],
  [Op.f32Neg, f32Neg],
  [Op.f32Nearest, f32Nearest],
  [Op.f32Floor, f32Floor],
  [Op.f32Ceil, f32Ceil],
  [Op.f32Trunc, f32Trunc],
  [Op.f32Eq, f32Eq],
  [Op.f32Ne, f32Ne],
  [Op.f32Lt, f32Lt],
  [Op.f32Le, f32Le],
  [Op.f32Gt, f32Gt],
  [Op.f32Ge, f32Ge],
  [Op.i32Add, i32Add],
  [Op.i32Sub, i32Sub],
  [Op.i32Mul, i32Mul],
  [Op.i32DivS, i32DivS],
  [Op.i32RemS, i32RemS],
  [Op.i32MinS, i32MinS],
  [Op.i32MaxS, i32MaxS],
  [Op.i32Abs, i32Abs],
  [Op.i32Neg, i32Neg],
  [Op.i32And, i32And],
  [Op.i32Or, i32Or],
  [Op.i32Xor, i32Xor],
  [Op.i32Shl, i32Shl],
  [Op.i32ShrS, i32ShrS],
  [Op.i32ShrU, i32ShrU],
  [Op.i32Eq, i32Eq],
  [Op.i32Ne, i32Ne],
  [Op.i32LtS, i32LtS],
  [Op.i32LeS, i32LeS],
  [Op.i32GtS, i32GtS],
  [Op.i32GeS, i32GeS],
  [Op.f32ConvertI32S, f32ConvertI32S],
  [Op.f32ConvertI32U, f32ConvertI32U],
  [Op.i32TruncSatF32S, i32TruncSatF32S],
  [Op.i32TruncSatF32U, i32TruncSatF32U],
  [Op.select, select],
]);
