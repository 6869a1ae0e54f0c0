/** Compiles an expression of one operand into WebAssembly that evaluates it at billions of arguments, four at a time. */

import { type Register, scheduled, type Tape, type TapeNode } from "../../sdk/src/compiler/tape/tape.ts";
import { CANONICAL_NAN, Op } from "../../sdk/src/machine/opcodes.ts";

export interface Kernel {
  /** The bits of the results for the arguments whose bits are `start`, `start + 1`, ...; valid until the next call. */
  evaluate(start: number): Uint32Array;
}

/** Arguments of one call. */
export const KERNEL_WIDTH = 2 ** 20;

const SIMD = 0xfd;
const V128 = 0x7b;
const I32 = 0x7f;

/** Codes of the vector instructions that are an operation of the machine as they are, or but for NaNs. */
const VECTOR: Readonly<Record<number, number>> = {
  ...{ [Op.f32Add]: 0xe4, [Op.f32Sub]: 0xe5, [Op.f32Mul]: 0xe6, [Op.f32Div]: 0xe7, [Op.f32Sqrt]: 0xe3 },
  ...{ [Op.f32Min]: 0xe8, [Op.f32Max]: 0xe9, [Op.f32Abs]: 0xe0, [Op.f32Neg]: 0xe1 },
  ...{ [Op.f32Nearest]: 0x6a, [Op.f32Floor]: 0x68, [Op.f32Ceil]: 0x67, [Op.f32Trunc]: 0x69 },
  ...{ [Op.f32Eq]: 0x41, [Op.f32Ne]: 0x42, [Op.f32Lt]: 0x43, [Op.f32Gt]: 0x44, [Op.f32Le]: 0x45 },
  ...{ [Op.f32Ge]: 0x46, [Op.i32Eq]: 0x37, [Op.i32Ne]: 0x38, [Op.i32LtS]: 0x39, [Op.i32GtS]: 0x3b },
  ...{ [Op.i32LeS]: 0x3d, [Op.i32GeS]: 0x3f, [Op.i32Add]: 0xae, [Op.i32Sub]: 0xb1, [Op.i32Mul]: 0xb5 },
  ...{ [Op.i32MinS]: 0xb6, [Op.i32MaxS]: 0xb8, [Op.i32Abs]: 0xa0, [Op.i32Neg]: 0xa1 },
  ...{ [Op.i32And]: 0x4e, [Op.i32Or]: 0x50, [Op.i32Xor]: 0x51 },
  ...{ [Op.i32TruncSatF32S]: 0xf8, [Op.i32TruncSatF32U]: 0xf9 },
  ...{ [Op.f32ConvertI32S]: 0xfa, [Op.f32ConvertI32U]: 0xfb },
};

/** Vector shifts take one distance for all lanes; where it is not known, lanes are shifted one by one. */
const SHIFTS: Readonly<Record<number, { readonly vector: number; readonly scalar: number }>> = {
  [Op.i32Shl]: { vector: 0xab, scalar: 0x74 },
  [Op.i32ShrS]: { vector: 0xac, scalar: 0x75 },
  [Op.i32ShrU]: { vector: 0xad, scalar: 0x76 },
};

const isComparison = (op: number): boolean =>
  (op >= Op.f32Eq && op <= Op.f32Ge) || (op >= Op.i32Eq && op <= Op.i32GeS);
const isFloatResult = (op: number): boolean => op < Op.f32Eq;

const [START, POINTER, INDEX, FIRST_NODE] = [0, 1, 2, 3];

/** Prepares the kernel of an expression that reads operand 0 only. */
export function compileKernel(tape: Tape, result: Register): Kernel {
  const order = scheduled(tape, result);
  const places = new Map(order.map((register, place) => [register, FIRST_NODE + place]));
  const exposed = exposedNaNs(tape, order, result);
  const code = order.flatMap((register) => [
    ...nodeCode(tape, tape.nodes[register]!, (arg) => places.get(arg)!, exposed.has(register)),
    ...[0x21, ...leb(places.get(register)!)],
  ]);
  const body = [
    ...[0x03, 0x40], // loop
    ...code,
    ...[0x20, POINTER, 0x20, INDEX, 0x41, 2, 0x74, 0x6a], // pointer + 4 * index
    ...[0x20, ...leb(places.get(result)!), SIMD, 0x0b, 4, 0],
    ...[0x20, INDEX, 0x41, 4, 0x6a, 0x22, INDEX, 0x41, ...signedLeb(KERNEL_WIDTH), 0x49, 0x0d, 0], // index += 4; if below the width, again
    0x0b,
  ];
  const locals = [2, 1, I32, ...leb(order.length), V128];
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes(locals, body)));
  const { memory, run } = exports as {
    memory: WebAssembly.Memory;
    run: (start: number, pointer: number) => void;
  };
  const results = new Uint32Array(memory.buffer, 0, KERNEL_WIDTH);
  return {
    evaluate(start) {
      run(start | 0, 0);
      return results;
    },
  };
}

/** The registers whose bits matter even if they are a NaN: those that are read as anything but a float, and the result. */
function exposedNaNs(tape: Tape, order: readonly Register[], result: Register): ReadonlySet<Register> {
  const exposed = new Set([result]);
  for (const register of order) {
    const node = tape.nodes[register]!;
    if (node.kind !== "op") continue;
    const readsFloats =
      node.op <= Op.f32Ge || node.op === Op.i32TruncSatF32S || node.op === Op.i32TruncSatF32U;
    if (!readsFloats) for (const arg of node.args) exposed.add(arg);
  }
  return exposed;
}

function nodeCode(
  tape: Tape,
  node: TapeNode,
  place: (register: Register) => number,
  isExposed: boolean,
): number[] {
  const get = (register: Register): number[] => [0x20, ...leb(place(register))];
  if (node.kind === "operand") {
    // splat(start + index) + (0, 1, 2, 3)
    const first = [0x20, START, 0x20, INDEX, 0x6a, SIMD, 0x11];
    return [...first, ...constant([0, 1, 2, 3]), SIMD, ...leb(0xae)];
  }
  if (node.kind === "immediate") return constant(new Array<number>(4).fill(node.bits));
  if (node.kind === "accumulator") throw new Error("The expression reads an accumulator.");
  const [a, b, c] = node.args;
  if (node.op === Op.select) {
    const condition = [...get(a!), ...constant([0, 0, 0, 0]), SIMD, 0x38];
    return [...get(b!), ...get(c!), ...condition, SIMD, 0x52];
  }
  const shift = SHIFTS[node.op];
  if (shift !== undefined) return shiftCode(shift, get(a!), get(b!), tape.immediate(b!));
  const operation = VECTOR[node.op];
  if (operation === undefined) throw new Error(`The kernel has no operation 0x${node.op.toString(16)}.`);
  const code = [...node.args.flatMap(get), SIMD, ...leb(operation)];
  if (isComparison(node.op)) return [...code, ...constant([1, 1, 1, 1]), SIMD, 0x4e];
  if (!isFloatResult(node.op) || !isExposed) return code;
  // bitselect(result, canonical NaN, result == result); the result is computed twice, which the compiler of the engine sees
  const nans = constant(new Array<number>(4).fill(CANONICAL_NAN));
  return [...code, ...nans, ...code, ...code, SIMD, 0x41, SIMD, 0x52];
}

function shiftCode(
  { vector, scalar }: { readonly vector: number; readonly scalar: number },
  value: readonly number[],
  distance: readonly number[],
  known: number | undefined,
): number[] {
  if (known !== undefined) return [...value, 0x41, ...signedLeb(known & 31), SIMD, ...leb(vector)];
  const lanes = [0, 1, 2, 3].flatMap((lane) => [
    ...[...value, SIMD, 0x1b, lane, ...distance, SIMD, 0x1b, lane, scalar],
    ...[SIMD, 0x1c, lane],
  ]);
  return [...value, ...lanes];
}

function constant(lanes: readonly number[]): number[] {
  return [SIMD, 0x0c, ...new Uint8Array(Uint32Array.from(lanes).buffer)];
}

function moduleBytes(locals: readonly number[], body: readonly number[]): Uint8Array<ArrayBuffer> {
  const section = (id: number, content: readonly number[]): number[] => [
    id,
    ...leb(content.length),
    ...content,
  ];
  const name = (text: string): number[] => [text.length, ...new TextEncoder().encode(text)];
  const code = [...locals, ...body, 0x0b];
  const pages = (4 * KERNEL_WIDTH) / 65_536;
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, 2, I32, I32, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, ...leb(pages)]),
    ...section(7, [2, ...name("memory"), 2, 0, ...name("run"), 0, 0]),
    ...section(10, [1, ...leb(code.length), ...code]),
  ]);
}

function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)];
}

function signedLeb(value: number): number[] {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signedLeb(value >>> 7)];
}
