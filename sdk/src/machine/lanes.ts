/**
 * The operations over blocks of lanes: register r of a block is the lanes `r .. r + count - 1` of one register file that is seen both as integers
 * and as floats. One plain loop per operation that models use much, so that each is compiled for itself; the others go through the scalar definition.
 */

import { CANONICAL_NAN, Op } from "./opcodes.ts";
import { applyOp, nearest } from "./scalar.ts";

/** Two views of one buffer. */
export interface RegisterFile {
  readonly floats: Float32Array;
  readonly integers: Int32Array;
}

/** Computes lanes `out ..` from the lanes at a, b and c. `out` may be one of them. */
export type LaneLoop = (
  file: RegisterFile,
  out: number,
  a: number,
  b: number,
  c: number,
  count: number,
) => void;

export function registerFile(lanes: number): RegisterFile {
  const buffer = new ArrayBuffer(4 * lanes);
  return { floats: new Float32Array(buffer), integers: new Int32Array(buffer) };
}

/** The loop of an operation; unknown codes write zeros. */
export function laneLoop(op: number): LaneLoop {
  return LOOPS.get(op) ?? scalarLoop(op);
}

function scalarLoop(op: number): LaneLoop {
  return ({ integers: i }, out, a, b, c, count) => {
    for (let l = 0; l < count; l++)
      i[out + l] = applyOp(op, i[a + l]! >>> 0, i[b + l]! >>> 0, i[c + l]! >>> 0);
  };
}

/** `out = out + a * b` in f32, both rounded: the body and fold of a dot product in one loop. */
export const f32MultiplyAdd: LaneLoop = ({ floats: f, integers: i }, out, a, b, _c, count) => {
  for (let l = 0; l < count; l++) {
    const value = f[out + l]! + Math.fround(f[a + l]! * f[b + l]!);
    if (value === value) f[out + l] = value;
    else i[out + l] = CANONICAL_NAN;
  }
};

/** `out = out + a * b` in i32. */
export const i32MultiplyAdd: LaneLoop = ({ integers: i }, out, a, b, _c, count) => {
  for (let l = 0; l < count; l++) i[out + l] = i[out + l]! + Math.imul(i[a + l]!, i[b + l]!);
};

/** Replaces the NaNs of a register, whatever their bits, by the canonical one. */
function canonicalise({ floats: f, integers: i }: RegisterFile, out: number, count: number): void {
  for (let l = 0; l < count; l++) if (f[out + l] !== f[out + l]) i[out + l] = CANONICAL_NAN;
}

const f32Add: LaneLoop = ({ floats: f, integers: i }, out, a, b, _c, count) => {
  for (let l = 0; l < count; l++) {
    const value = f[a + l]! + f[b + l]!;
    if (value === value) f[out + l] = value;
    else i[out + l] = CANONICAL_NAN;
  }
};

const f32Sub: LaneLoop = ({ floats: f, integers: i }, out, a, b, _c, count) => {
  for (let l = 0; l < count; l++) {
    const value = f[a + l]! - f[b + l]!;
    if (value === value) f[out + l] = value;
    else i[out + l] = CANONICAL_NAN;
  }
};

const f32Mul: LaneLoop = ({ floats: f, integers: i }, out, a, b, _c, count) => {
  for (let l = 0; l < count; l++) {
    const value = f[a + l]! * f[b + l]!;
    if (value === value) f[out + l] = value;
    else i[out + l] = CANONICAL_NAN;
  }
};

const f32Div: LaneLoop = ({ floats: f, integers: i }, out, a, b, _c, count) => {
  for (let l = 0; l < count; l++) {
    const value = f[a + l]! / f[b + l]!;
    if (value === value) f[out + l] = value;
    else i[out + l] = CANONICAL_NAN;
  }
};

const f32Sqrt: LaneLoop = (file, out, a, _b, _c, count) => {
  const { floats: f } = file;
  for (let l = 0; l < count; l++) f[out + l] = Math.sqrt(f[a + l]!);
  canonicalise(file, out, count);
};

const f32Min: LaneLoop = (file, out, a, b, _c, count) => {
  const { floats: f } = file;
  for (let l = 0; l < count; l++) f[out + l] = Math.min(f[a + l]!, f[b + l]!);
  canonicalise(file, out, count);
};

const f32Max: LaneLoop = (file, out, a, b, _c, count) => {
  const { floats: f } = file;
  for (let l = 0; l < count; l++) f[out + l] = Math.max(f[a + l]!, f[b + l]!);
  canonicalise(file, out, count);
};

const f32Abs: LaneLoop = (file, out, a, _b, _c, count) => {
  const { integers: i } = file;
  for (let l = 0; l < count; l++) i[out + l] = i[a + l]! & 0x7fffffff;
  canonicalise(file, out, count);
};

const f32Neg: LaneLoop = (file, out, a, _b, _c, count) => {
  const { integers: i } = file;
  for (let l = 0; l < count; l++) i[out + l] = i[a + l]! ^ 0x80000000;
  canonicalise(file, out, count);
};

const f32Nearest: LaneLoop = (file, out, a, _b, _c, count) => {
  const { floats: f } = file;
  for (let l = 0; l < count; l++) f[out + l] = nearest(f[a + l]!);
  canonicalise(file, out, count);
};

const f32Floor: LaneLoop = (file, out, a, _b, _c, count) => {
  const { floats: f } = file;
  for (let l = 0; l < count; l++) f[out + l] = Math.floor(f[a + l]!);
  canonicalise(file, out, count);
};

const f32Lt: LaneLoop = ({ floats: f, integers: i }, out, a, b, _c, count) => {
  for (let l = 0; l < count; l++) i[out + l] = f[a + l]! < f[b + l]! ? 1 : 0;
};

const f32Le: LaneLoop = ({ floats: f, integers: i }, out, a, b, _c, count) => {
  for (let l = 0; l < count; l++) i[out + l] = f[a + l]! <= f[b + l]! ? 1 : 0;
};

const f32Gt: LaneLoop = ({ floats: f, integers: i }, out, a, b, _c, count) => {
  for (let l = 0; l < count; l++) i[out + l] = f[a + l]! > f[b + l]! ? 1 : 0;
};

const f32Ge: LaneLoop = ({ floats: f, integers: i }, out, a, b, _c, count) => {
  for (let l = 0; l < count; l++) i[out + l] = f[a + l]! >= f[b + l]! ? 1 : 0;
};

const i32Add: LaneLoop = ({ integers: i }, out, a, b, _c, count) => {
  for (let l = 0; l < count; l++) i[out + l] = i[a + l]! + i[b + l]!;
};

const i32Sub: LaneLoop = ({ integers: i }, out, a, b, _c, count) => {
  for (let l = 0; l < count; l++) i[out + l] = i[a + l]! - i[b + l]!;
};

const i32Mul: LaneLoop = ({ integers: i }, out, a, b, _c, count) => {
  for (let l = 0; l < count; l++) i[out + l] = Math.imul(i[a + l]!, i[b + l]!);
};

const i32MinS: LaneLoop = ({ integers: i }, out, a, b, _c, count) => {
  for (let l = 0; l < count; l++) i[out + l] = Math.min(i[a + l]!, i[b + l]!);
};

const i32MaxS: LaneLoop = ({ integers: i }, out, a, b, _c, count) => {
  for (let l = 0; l < count; l++) i[out + l] = Math.max(i[a + l]!, i[b + l]!);
};

const i32And: LaneLoop = ({ integers: i }, out, a, b, _c, count) => {
  for (let l = 0; l < count; l++) i[out + l] = i[a + l]! & i[b + l]!;
};

const i32Shl: LaneLoop = ({ integers: i }, out, a, b, _c, count) => {
  for (let l = 0; l < count; l++) i[out + l] = i[a + l]! << i[b + l]!;
};

const i32ShrS: LaneLoop = ({ integers: i }, out, a, b, _c, count) => {
  for (let l = 0; l < count; l++) i[out + l] = i[a + l]! >> i[b + l]!;
};

const f32ConvertI32S: LaneLoop = ({ floats: f, integers: i }, out, a, _b, _c, count) => {
  for (let l = 0; l < count; l++) f[out + l] = i[a + l]!;
};

const select: LaneLoop = ({ integers: i }, out, a, b, c, count) => {
  for (let l = 0; l < count; l++) i[out + l] = i[a + l] !== 0 ? i[b + l]! : i[c + l]!;
};

const LOOPS: ReadonlyMap<number, LaneLoop> = new Map<number, LaneLoop>([
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
  [Op.f32Lt, f32Lt],
  [Op.f32Le, f32Le],
  [Op.f32Gt, f32Gt],
  [Op.f32Ge, f32Ge],
  [Op.i32Add, i32Add],
  [Op.i32Sub, i32Sub],
  [Op.i32Mul, i32Mul],
  [Op.i32MinS, i32MinS],
  [Op.i32MaxS, i32MaxS],
  [Op.i32And, i32And],
  [Op.i32Shl, i32Shl],
  [Op.i32ShrS, i32ShrS],
  [Op.f32ConvertI32S, f32ConvertI32S],
  [Op.select, select],
]);
