/** The machine's operations on vectors of four lanes: SPEC.md section 4.2. */

import type { FunctionBody } from "../../core/wasm/function.ts";
import { Code, Simd } from "../../core/wasm/opcodes.ts";
import { CANONICAL_NAN, Op } from "../../machine/opcodes.ts";

/**
 * A vector that is computed somewhere. WebAssembly leaves the bits of a NaN open, so the result of arithmetic counts as `loose` until somebody looks at its
 * bits: an integer operation, an address, memory. Arithmetic itself gives the same from any NaN.
 */
export interface Value {
  readonly push: () => void;
  readonly isLoose: boolean;
  /** Bits that all lanes have, if they are known. */
  readonly known?: number;
}

/** How an operation treats the bits of a NaN that it is given. */
type Kind = "arithmetic" | "comparison" | "integer" | "conversion";

interface Plain {
  readonly code: number;
  readonly kind: Kind;
  readonly operands: 1 | 2;
}

const plain = (kind: Kind, operands: 1 | 2, codes: Readonly<Record<number, number>>): [number, Plain][] =>
  Object.entries(codes).map(([op, code]) => [Number(op), { code, kind, operands }]);

/** Operations that are one instruction. Comparisons give all ones, from which the lowest bit is kept. */
const PLAIN: ReadonlyMap<number, Plain> = new Map([
  ...plain("arithmetic", 2, {
    [Op.f32Add]: Simd.f32Add,
    [Op.f32Sub]: Simd.f32Sub,
    [Op.f32Mul]: Simd.f32Mul,
    [Op.f32Div]: Simd.f32Div,
    [Op.f32Min]: Simd.f32Min,
    [Op.f32Max]: Simd.f32Max,
  }),
  ...plain("arithmetic", 1, {
    [Op.f32Sqrt]: Simd.f32Sqrt,
    [Op.f32Abs]: Simd.f32Abs,
    [Op.f32Neg]: Simd.f32Neg,
    [Op.f32Nearest]: Simd.f32Nearest,
    [Op.f32Floor]: Simd.f32Floor,
    [Op.f32Ceil]: Simd.f32Ceil,
    [Op.f32Trunc]: Simd.f32Trunc,
  }),
  ...plain("comparison", 2, {
    [Op.f32Eq]: Simd.f32Eq,
    [Op.f32Ne]: Simd.f32Ne,
    [Op.f32Lt]: Simd.f32Lt,
    [Op.f32Le]: Simd.f32Le,
    [Op.f32Gt]: Simd.f32Gt,
    [Op.f32Ge]: Simd.f32Ge,
  }),
  ...plain("integer", 2, {
    [Op.i32Add]: Simd.i32Add,
    [Op.i32Sub]: Simd.i32Sub,
    [Op.i32Mul]: Simd.i32Mul,
    [Op.i32MinS]: Simd.i32MinS,
    [Op.i32MaxS]: Simd.i32MaxS,
    [Op.i32And]: Simd.and,
    [Op.i32Or]: Simd.or,
    [Op.i32Xor]: Simd.xor,
    [Op.i32Eq]: Simd.i32Eq,
    [Op.i32Ne]: Simd.i32Ne,
    [Op.i32LtS]: Simd.i32LtS,
    [Op.i32LeS]: Simd.i32LeS,
    [Op.i32GtS]: Simd.i32GtS,
    [Op.i32GeS]: Simd.i32GeS,
  }),
  ...plain("integer", 1, {
    [Op.i32Abs]: Simd.i32Abs,
    [Op.i32Neg]: Simd.i32Neg,
    [Op.f32ConvertI32S]: Simd.convertS,
    [Op.f32ConvertI32U]: Simd.convertU,
  }),
  ...plain("conversion", 1, {
    [Op.i32TruncSatF32S]: Simd.truncSatS,
    [Op.i32TruncSatF32U]: Simd.truncSatU,
  }),
]);

const FIRST_I32_COMPARISON = Op.i32Eq;
const LAST_I32_COMPARISON = Op.i32GeS;

const VECTOR_SHIFT: ReadonlyMap<number, number> = new Map([
  [Op.i32Shl, Simd.i32Shl],
  [Op.i32ShrS, Simd.i32ShrS],
  [Op.i32ShrU, Simd.i32ShrU],
]);

/** What one lane of an operation without a vector instruction does. */
const LANE_CODE: ReadonlyMap<number, (typeof Code)[keyof typeof Code]> = new Map([
  [Op.i32Shl, Code.i32Shl],
  [Op.i32ShrS, Code.i32ShrS],
  [Op.i32ShrU, Code.i32ShrU],
  [Op.i32DivS, Code.i32DivS],
  [Op.i32RemS, Code.i32RemS],
]);

/** How many operands an operation looks at; 0 for codes that do not exist. */
export function operandCount(op: number): number {
  if (op === Op.select) return 3;
  return PLAIN.get(op)?.operands ?? (LANE_CODE.has(op) ? 2 : 0);
}

/** Puts the result on the stack and says whether it is loose. */
export function emitOperation(f: FunctionBody, op: number, a: Value, b: Value, c: Value): boolean {
  if (op === Op.select) {
    // Beside an exact NaN, whose bits must stay, a loose one is made exact now.
    const isLoose = b.isLoose && c.isLoose;
    for (const value of [b, c])
      if (isLoose) value.push();
      else pushExact(f, value);
    a.push();
    f.splat(0).simd(Simd.i32Ne).simd(Simd.bitselect);
    return isLoose;
  }
  if (emitClamp(f, op, a, b)) return true;
  const found = PLAIN.get(op);
  if (found !== undefined) {
    const { kind, code, operands } = found;
    for (const value of operands === 2 ? [a, b] : [a])
      if (kind === "integer") pushExact(f, value);
      else value.push();
    f.simd(code);
    if (kind === "comparison" || (op >= FIRST_I32_COMPARISON && op <= LAST_I32_COMPARISON))
      f.splat(1).simd(Simd.and);
    return kind === "arithmetic";
  }
  const shift = VECTOR_SHIFT.get(op);
  if (shift !== undefined && b.known !== undefined) {
    pushExact(f, a);
    f.i32(b.known & 31).simd(shift);
  } else if (LANE_CODE.has(op)) emitByLane(f, op, a, b);
  else f.splat(0);
  return false;
}

/**
 * Minimum and maximum with a constant, as the cheaper pseudo-minimum and -maximum: `pmax(x, c)` is `x < c ? c : x`, which keeps a NaN and differs from
 * the maximum only in max(-0, +0), and `pmin` only in min(+0, -0). Adding +0 afterwards makes the former right.
 */
function emitClamp(f: FunctionBody, op: number, a: Value, b: Value): boolean {
  if (op !== Op.f32Max && op !== Op.f32Min) return false;
  const [value, bound] = b.known === undefined ? [b, a] : [a, b];
  const bits = bound.known === undefined ? undefined : bound.known >>> 0;
  const isNan = bits === undefined || (bits & 0x7fffffff) > 0x7f800000;
  if (isNan || (op === Op.f32Min && bits === 0x80000000)) return false;
  value.push();
  bound.push();
  f.simd(op === Op.f32Max ? Simd.f32PMax : Simd.f32PMin);
  if (op === Op.f32Max && bits === 0) f.splat(0).simd(Simd.f32Add);
  return true;
}

/** Puts a value with the canonical NaN on the stack. */
export function pushExact(f: FunctionBody, value: Value): void {
  value.push();
  if (!value.isLoose) return;
  const held = f.local("v128");
  f.tee(held).splat(CANONICAL_NAN).get(held).get(held).simd(Simd.f32Eq).simd(Simd.bitselect);
  f.release("v128", held);
}

function emitByLane(f: FunctionBody, op: number, a: Value, b: Value): void {
  const [left, right] = [f.local("v128"), f.local("v128")];
  pushExact(f, a);
  f.set(left);
  pushExact(f, b);
  f.set(right);
  const [dividend, divisor] = [f.local("i32"), f.local("i32")];
  const code = LANE_CODE.get(op) ?? Code.i32Shl;
  f.splat(0);
  for (let lane = 0; lane < 4; lane++) {
    f.get(left).lane(Simd.i32ExtractLane, lane).set(dividend);
    f.get(right).lane(Simd.i32ExtractLane, lane).set(divisor);
    if (op === Op.i32DivS || op === Op.i32RemS) emitDivision(f, code, dividend, divisor);
    else f.get(dividend).get(divisor).op(code);
    f.lane(Simd.i32ReplaceLane, lane);
  }
  f.release("v128", left, right);
  f.release("i32", dividend, divisor);
}

/** Divides by 1 where the instruction would trap; x / 0 = x rem 0 = 0, x / -1 = -x, x rem -1 = 0. */
function emitDivision(f: FunctionBody, code: (typeof Code)[keyof typeof Code], x: number, y: number): void {
  const pushSafely = (): void => {
    // y + 1 is 0 or 1 exactly for y = -1 and y = 0.
    f.get(x).i32(1).get(y).get(y).i32(1).op(Code.i32Add).i32(2).op(Code.i32LtU).op(Code.select).op(code);
  };
  if (code === Code.i32RemS) {
    pushSafely();
    return;
  }
  f.i32(0).i32(0).get(x).op(Code.i32Sub);
  pushSafely();
  f.get(y).i32(-1).op(Code.i32Eq).op(Code.select);
  f.get(y).op(Code.i32Eqz).op(Code.select);
}
