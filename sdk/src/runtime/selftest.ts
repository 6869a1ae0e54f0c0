/**
 * Known answers that a computer must give before it may be trusted with a stake. They hold what hosts are known to get wrong: subnormals flushed to zero,
 * wider intermediate results, other roundings of halves, NaN bits, the order of bytes.
 */

import { AssayError } from "../core/errors.ts";
import { evaluateElement } from "../machine/element.ts";
import { executeStep } from "../machine/execute.ts";
import type { Memory } from "../machine/memory.ts";
import { Op } from "../machine/opcodes.ts";
import { applyOp } from "../machine/scalar.ts";
import type { Operand, Step } from "../machine/types.ts";

/** What is tested; replaced only to test the test. */
export interface Machine {
  readonly applyOp: typeof applyOp;
  readonly evaluateElement: typeof evaluateElement;
  readonly executeStep: typeof executeStep;
}

/** Operation, operands, result. */
const KNOWN: readonly (readonly [op: number, a: number, b: number, result: number])[] = [
  [Op.f32Add, 0x3f800000, 0x33800000, 0x3f800000], // 1 + 2^-24: a tie goes to even
  [Op.f32Add, 0x3f800001, 0x33800000, 0x3f800002],
  [Op.f32Add, 0x4b800000, 0x3f800000, 0x4b800000], // 2^24 + 1
  [Op.f32Add, 0x00000001, 0x00000001, 0x00000002], // subnormals stay
  [Op.f32Add, 0x7f7fffff, 0x73000000, 0x7f800000], // rounds up to infinity
  [Op.f32Add, 0x7f800000, 0xff800000, 0x7fc00000],
  [Op.f32Sub, 0x7fa00001, 0x3f800000, 0x7fc00000], // one NaN for all
  [Op.f32Sub, 0x00800000, 0x00000001, 0x007fffff],
  [Op.f32Mul, 0x00800000, 0x3f000000, 0x00400000],
  [Op.f32Mul, 0x00000001, 0x3f000000, 0x00000000], // half of the least: a tie goes to even
  [Op.f32Mul, 0x00000003, 0x3f000000, 0x00000002],
  [Op.f32Mul, 0x3f800001, 0x3f800001, 0x3f800002],
  [Op.f32Mul, 0x80000000, 0x7f800000, 0x7fc00000],
  [Op.f32Div, 0x3f800000, 0x40400000, 0x3eaaaaab],
  [Op.f32Div, 0x00000001, 0x40000000, 0x00000000],
  [Op.f32Div, 0x3f800000, 0x80000000, 0xff800000],
  [Op.f32Sqrt, 0x40000000, 0, 0x3fb504f3],
  [Op.f32Sqrt, 0x00000001, 0, 0x1a3504f3],
  [Op.f32Sqrt, 0x80000000, 0, 0x80000000],
  [Op.f32Sqrt, 0xbf800000, 0, 0x7fc00000],
  [Op.f32Min, 0x00000000, 0x80000000, 0x80000000],
  [Op.f32Max, 0x80000000, 0x00000000, 0x00000000],
  [Op.f32Max, 0x7fc00001, 0x3f800000, 0x7fc00000],
  [Op.f32Abs, 0xffc12345, 0, 0x7fc00000],
  [Op.f32Neg, 0x00000000, 0, 0x80000000],
  [Op.f32Nearest, 0x3f000000, 0, 0x00000000], // 0.5 to 0, 1.5 and 2.5 to 2
  [Op.f32Nearest, 0x3fc00000, 0, 0x40000000],
  [Op.f32Nearest, 0x40200000, 0, 0x40000000],
  [Op.f32Nearest, 0xbf000000, 0, 0x80000000],
  [Op.f32Nearest, 0x4affffff, 0, 0x4b000000],
  [Op.f32Floor, 0xbf000000, 0, 0xbf800000],
  [Op.f32Ceil, 0xbf000000, 0, 0x80000000],
  [Op.f32Trunc, 0xc0200000, 0, 0xc0000000],
  [Op.f32Ne, 0x7fc00000, 0x7fc00000, 1],
  [Op.f32Le, 0x80000000, 0x00000000, 1],
  [Op.i32Mul, 0xffffffff, 0x7fffffff, 0x80000001],
  [Op.i32DivS, 0x80000000, 0xffffffff, 0x80000000],
  [Op.i32DivS, 0xfffffff9, 2, 0xfffffffd],
  [Op.i32RemS, 0xfffffff9, 2, 0xffffffff],
  [Op.i32DivS, 7, 0, 0],
  [Op.i32Abs, 0x80000000, 0, 0x80000000],
  [Op.i32ShrS, 0x80000000, 33, 0xc0000000],
  [Op.i32ShrU, 0x80000000, 31, 1],
  [Op.f32ConvertI32S, 0x01000003, 0, 0x4b800002],
  [Op.f32ConvertI32U, 0xffffffff, 0, 0x4f800000],
  [Op.i32TruncSatF32S, 0xcf000001, 0, 0x80000000],
  [Op.i32TruncSatF32S, 0x7fc00000, 0, 0],
  [Op.i32TruncSatF32U, 0xbf7fffff, 0, 0],
  [Op.i32TruncSatF32U, 0x4f7fffff, 0, 0xffffff00],
  [0xff, 1, 1, 0],
];

const operand = (
  space: Operand["space"],
  type: Operand["type"],
  base: number,
  strides: readonly number[],
): Operand => ({
  ...{ space, type, step: 0, address: { base, strides }, guards: [], pad: 0 },
});

/** A product of matrices in an order that matters: 2^24 + 1 + 1 is 2^24 from the left. The second row meets an infinity times zero. */
const PRODUCT: Step = {
  ...{ type: "f32", fold: "f32.add", extents: [2], reduction: [3] },
  bodyOperands: [operand("input", "f32", 0, [3, 1]), operand("const", "f32", 0, [0, 1])],
  ...{
    outerOperands: [],
    immediates: [0],
    init: 0,
    body: [{ op: Op.f32Mul, a: 0, b: 1, c: 0 }],
    epilogue: [],
  },
};

/** Bytes with sign, one outside of what there is, one padded. */
const BYTES: Step = {
  ...{ type: "i8", fold: "none", extents: [4], reduction: [], bodyOperands: [] },
  outerOperands: [
    {
      ...operand("const", "i8", -2, [1]),
      guards: [{ bound: 3, affine: { base: 0, strides: [1] } }],
      pad: 100,
    },
    operand("index", "i32", 0, [1]),
  ],
  ...{ immediates: [], init: 9, body: [], epilogue: [{ op: Op.i32Sub, a: 0, b: 1, c: 0 }] },
};

const MEMORY: Memory = {
  input: ofWords([0x4b800000, 0x3f800000, 0x3f800000, 0x00000001, 0x7f800000, 0x3f800000]),
  constants: ofWords([0x3f800000, 0x3f800000, 0x3f800000]),
  steps: [],
  depths: { inputDepth: 0, constantsDepth: 0, stepDepth: 0, wordDepth: 0 },
};

const CASES: readonly {
  readonly step: Step;
  readonly memory: Memory;
  readonly elements: readonly number[];
}[] = [
  { step: PRODUCT, memory: MEMORY, elements: [0x4b800000, 0x7f800000] },
  {
    step: PRODUCT,
    memory: { ...MEMORY, constants: ofWords([0x3f000000, 0, 0x3f800000]) },
    elements: [0x4b000001, 0x7fc00000],
  },
  { step: BYTES, memory: { ...MEMORY, constants: Uint8Array.of(0x80, 7) }, elements: [0, 0xff, 0x7e, 0x61] },
];

/**
 * Tests this computer.
 *
 * @throws {SelfTestError} naming the first answer that is wrong
 */
export function runSelfTest(machine: Machine = { applyOp, evaluateElement, executeStep }): void {
  if (new Uint8Array(Uint32Array.of(1).buffer)[0] !== 1)
    throw new SelfTestError("byte order", "big-endian", "little-endian");
  for (const [op, a, b, expected] of KNOWN) {
    const actual = machine.applyOp(op, a, b, 0);
    if (actual !== expected)
      throw new SelfTestError(`operation ${hex(op)} of ${hex(a)}, ${hex(b)}`, hex(actual), hex(expected));
  }
  for (const [number, { step, memory, elements }] of CASES.entries()) {
    const tensor = machine.executeStep(step, 0, memory);
    const view = new DataView(tensor.buffer, tensor.byteOffset, tensor.byteLength);
    for (const [element, expected] of elements.entries()) {
      const single = machine.evaluateElement(step, 0, element, memory);
      const whole = step.type === "f32" ? view.getUint32(4 * element, true) : view.getUint8(element);
      if (single !== expected)
        throw new SelfTestError(`element ${element} of step ${number}`, hex(single), hex(expected));
      if (whole !== expected)
        throw new SelfTestError(`element ${element} of tensor ${number}`, hex(whole), hex(expected));
    }
  }
}

function ofWords(patterns: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * patterns.length);
  const view = new DataView(bytes.buffer);
  for (const [place, pattern] of patterns.entries()) view.setUint32(4 * place, pattern, true);
  return bytes;
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}

/** This computer does not compute as the machine must. */
export class SelfTestError extends AssayError {
  override readonly name = "SelfTestError";

  constructor(subject: string, actual: string, expected: string) {
    super("SELF_TEST_FAILED", `The self-test failed: ${subject} gives ${actual} instead of ${expected}.`, {
      context: { subject, actual, expected },
      recovery: "Do not stake anything on this computer's answers; try another JavaScript engine.",
    });
  }
}
