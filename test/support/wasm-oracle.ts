/**
 * The machine's operations as the host's WebAssembly computes them: one hand-assembled function for each, so that the reference is compared with
 * something that shares no line with it. What SPEC.md section 4.2 adds to WebAssembly is added here: canonical NaN, and results where it traps.
 */

import { CANONICAL_NAN, Op } from "../../sdk/src/machine/opcodes.ts";

type OpName = Exclude<keyof typeof Op, "zero">;

const GET = [0, 1, 2].map((local) => [0x20, local]);
const [A = [], B = [], C = []] = GET;
const AS_FLOAT = [0xbe];
const AS_BITS = [0xbc];
const ZERO = [0x41, 0x00];
const SELECT = [0x1b];

const unaryFloat = (code: number): number[] => [...A, ...AS_FLOAT, code, ...AS_BITS];
const binaryFloat = (code: number): number[] => [...A, ...AS_FLOAT, ...B, ...AS_FLOAT, code, ...AS_BITS];
const compareFloat = (code: number): number[] => [...A, ...AS_FLOAT, ...B, ...AS_FLOAT, code];
const binaryInteger = (code: number): number[] => [...A, ...B, code];

/** The instructions of each operation, from registers a, b, c to the result. */
const BODIES: Readonly<Record<OpName, readonly number[]>> = {
  f32Add: binaryFloat(0x92),
  f32Sub: binaryFloat(0x93),
  f32Mul: binaryFloat(0x94),
  f32Div: binaryFloat(0x95),
  f32Sqrt: unaryFloat(0x91),
  f32Min: binaryFloat(0x96),
  f32Max: binaryFloat(0x97),
  f32Abs: unaryFloat(0x8b),
  f32Neg: unaryFloat(0x8c),
  f32Nearest: unaryFloat(0x90),
  f32Floor: unaryFloat(0x8e),
  f32Ceil: unaryFloat(0x8d),
  f32Trunc: unaryFloat(0x8f),
  f32Eq: compareFloat(0x5b),
  f32Ne: compareFloat(0x5c),
  f32Lt: compareFloat(0x5d),
  f32Le: compareFloat(0x5f),
  f32Gt: compareFloat(0x5e),
  f32Ge: compareFloat(0x60),
  i32Add: binaryInteger(0x6a),
  i32Sub: binaryInteger(0x6b),
  i32Mul: binaryInteger(0x6c),
  i32DivS: binaryInteger(0x6d),
  i32RemS: binaryInteger(0x6f),
  i32MinS: [...A, ...B, ...A, ...B, 0x48, ...SELECT],
  i32MaxS: [...A, ...B, ...A, ...B, 0x4a, ...SELECT],
  i32Abs: [...ZERO, ...A, 0x6b, ...A, ...A, ...ZERO, 0x48, ...SELECT],
  i32Neg: [...ZERO, ...A, 0x6b],
  i32And: binaryInteger(0x71),
  i32Or: binaryInteger(0x72),
  i32Xor: binaryInteger(0x73),
  i32Shl: binaryInteger(0x74),
  i32ShrS: binaryInteger(0x75),
  i32ShrU: binaryInteger(0x76),
  i32Eq: binaryInteger(0x46),
  i32Ne: binaryInteger(0x47),
  i32LtS: binaryInteger(0x48),
  i32LeS: binaryInteger(0x4c),
  i32GtS: binaryInteger(0x4a),
  i32GeS: binaryInteger(0x4e),
  f32ConvertI32S: [...A, 0xb2, ...AS_BITS],
  f32ConvertI32U: [...A, 0xb3, ...AS_BITS],
  i32TruncSatF32S: [...A, ...AS_FLOAT, 0xfc, 0x00],
  i32TruncSatF32U: [...A, ...AS_FLOAT, 0xfc, 0x01],
  select: [...B, ...C, ...A, ...SELECT],
};

/** How many registers an operation reads. */
export function arity(name: OpName): 1 | 2 | 3 {
  if (name === "select") return 3;
  const isUnary = !BODIES[name].some((byte, at, body) => byte === 0x20 && body[at + 1] === 1);
  return isUnary ? 1 : 2;
}

/** All operations by name. */
export const OP_NAMES: readonly OpName[] = Object.keys(BODIES) as OpName[];

/** Whether the result is a float, whose NaNs are canonical. */
function isFloatResult(name: OpName): boolean {
  const code = Op[name];
  return code < Op.f32Eq || name === "f32ConvertI32S" || name === "f32ConvertI32U";
}

/**
 * The result of an operation.
 *
 * @returns an unsigned number
 */
export function oracle(name: OpName, a: number, b: number, c: number): number {
  if (name === "i32DivS" && (b === 0 || (a === 0x80000000 && b === 0xffffffff))) return b === 0 ? 0 : a;
  if (name === "i32RemS" && b === 0) return 0;
  const result = functions[name](a, b, c) >>> 0;
  return isFloatResult(name) && (result & 0x7fffffff) > 0x7f800000 ? CANONICAL_NAN : result;
}

const functions = instantiate();

function instantiate(): Record<OpName, (a: number, b: number, c: number) => number> {
  const section = (id: number, items: readonly (readonly number[])[]): number[] => {
    const content = [...leb(items.length), ...items.flat()];
    return [id, ...leb(content.length), ...content];
  };
  const i32 = 0x7f;
  const name = (text: string): number[] => [text.length, ...new TextEncoder().encode(text)];
  const bytes = Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [[0x60, 3, i32, i32, i32, 1, i32]]),
    ...section(
      3,
      OP_NAMES.map(() => [0]),
    ),
    ...section(
      7,
      OP_NAMES.map((op, index) => [...name(op), 0x00, ...leb(index)]),
    ),
    ...section(
      10,
      OP_NAMES.map((op) => [...leb(BODIES[op].length + 2), 0, ...BODIES[op], 0x0b]),
    ),
  ]);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  return exports as Record<OpName, (a: number, b: number, c: number) => number>;
}

function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)];
}
