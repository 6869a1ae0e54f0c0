/** Steps that are dear, each kind in another way, many of them at the edge of the budget: what the referee's gas is held against. */

import { encodeStep } from "../../sdk/src/machine/encode.ts";
import { type Fold, Op } from "../../sdk/src/machine/opcodes.ts";
import type { Depths, Instruction, Operand, Step } from "../../sdk/src/machine/types.ts";
import { isExecutable } from "../../sdk/src/machine/validity.ts";
import { affine, guard, instruction, makeOperand, makeStep } from "./builders.ts";
import { createRandom } from "./random.ts";
import type { StepQuestion } from "./referee-calls.ts";

export interface WorstStep {
  readonly title: string;
  readonly question: StepQuestion;
  readonly step: Step;
}

const DEPTHS: Depths = { inputDepth: 12, constantsDepth: 12, stepDepth: 7, wordDepth: 12 };
/** Every tree but the trace has room for this much, and so has one tensor. */
const SPACE_BYTES = 32 * 2 ** 12;
const DEEP: Depths = { inputDepth: 32, constantsDepth: 32, stepDepth: 12, wordDepth: 28 };

/** The largest n up to a bound for which the step is executable. */
function largest(most: number, make: (n: number) => Step, depths: Depths): Step {
  const isLegal = (n: number): boolean => {
    try {
      const step = make(n);
      return isExecutable(step, encodeStep(step).length, depths);
    } catch {
      return false; // too long to be encoded
    }
  };
  let [low, high] = [1, most + 1];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isLegal(middle)) low = middle;
    else high = middle;
  }
  return make(low);
}

const random = createRandom(11);

/** Tensor and constants of patterns that a generator makes. */
function patterns(next: () => number): Uint8Array {
  const view = new DataView(new ArrayBuffer(SPACE_BYTES));
  for (let offset = 0; offset < SPACE_BYTES; offset += 4) view.setUint32(offset, next() >>> 0, true);
  return new Uint8Array(view.buffer);
}

const ANY_BYTES = random.bytes(SPACE_BYTES);

function worst(
  title: string,
  most: number,
  make: (n: number) => Step,
  data: Uint8Array = ANY_BYTES,
  depths: Depths = DEPTHS,
): WorstStep {
  const step = largest(most, make, depths);
  const memory = { input: data, constants: data, steps: [data, data], depths };
  return { title, step, question: { encoding: encodeStep(step), memory, stepIndex: 2, element: 0 } };
}

const reducing = (reduction: readonly number[], fields: Partial<Step>): Step =>
  makeStep({ extents: [], fold: "i32.add", immediates: [0], reduction, ...fields });
const constants = (base: number, ...strides: number[]): Operand =>
  makeOperand("const", "f32", affine(base, ...strides));
const times = <T>(count: number, item: T): T[] => Array<T>(count).fill(item);

const ones = 0x3f800000;
/** Operands for which each family of operations takes longest. */
const TAPES: readonly (readonly [name: keyof typeof Op, a: number, b: number])[] = [
  ["f32Add", ones, 0xbf7fff00],
  ["f32Mul", 0x40490fdb, 0x7f7fffff],
  ["f32Mul", 0x3f800001, 0x00000001],
  ["f32Div", 1, 3],
  ["f32Sqrt", 1, 0],
  ["f32Nearest", ones, 0],
  ["f32ConvertI32S", 0x80000000, 0],
  ["i32TruncSatF32S", 0xbf800000, 0],
  ["f32Ge", 0, 0],
  ["i32MinS", 0, 0],
  ["i32GeS", 0, 0],
  ["select", 1, 2],
];

function tapes(): WorstStep[] {
  return TAPES.flatMap(([name, a, b]) => {
    const one: Instruction = instruction(Op[name], 0, 1);
    const fields = { immediates: [a, b] };
    return [
      worst(`${name} in one long reduction`, 1500, (n) => reducing([n], { ...fields, body: [one] })),
      worst(`${name} 60 times in a body`, 33, (n) => reducing([n], { ...fields, body: times(60, one) })),
      worst(`${name} in the longest epilogue`, 255, (n) =>
        makeStep({ ...fields, extents: [], epilogue: times(n, one) }),
      ),
    ];
  });
}

function folds(): WorstStep[] {
  const all: readonly Fold[] = [
    ...(["f32.add", "f32.mul", "f32.min", "f32.max"] as const),
    ...(["i32.add", "i32.mul", "i32.min_s", "i32.max_s"] as const),
  ];
  return all.map((fold) =>
    worst(`fold ${fold}`, 3000, (n) => reducing([n], { fold, immediates: [0x00800001] })),
  );
}

/** Dot products over data of some kinds. */
function dotProducts(): WorstStep[] {
  const kinds: Readonly<Record<string, () => number>> = {
    ordinary: () => (0x3f000000 + (random.bits() % 0x1000000)) | (random.bits() & 0x80000000),
    cancelling: () => ones + (random.bits() & 0x80000001),
    subnormal: () => random.bits() % 0x800000,
    "with products that are subnormal": () =>
      (0x1f000000 + (random.bits() % 0x1000000)) | (random.bits() & 0x80000000),
    huge: () => 0x7e800000 + (random.bits() % 0x800000),
    "of NaN": () => 0x7fc00000,
  };
  return Object.entries(kinds).map(([kind, next]) =>
    worst(
      `dot product, ${kind}`,
      2 ** 15,
      (n) =>
        reducing([n], {
          ...{ type: "f32", fold: "f32.add", body: [instruction(Op.f32Mul, 0, 1)] },
          bodyOperands: [makeOperand("step", "f32", affine(0, 1)), constants(16, 1)],
        }),
      patterns(next),
    ),
  );
}

/** Sums of products of bytes, which have a way of their own: rows as short and as cut up as can be. */
function byteProducts(): WorstStep[] {
  const bytes = (title: string, make: (n: number) => readonly [readonly number[], readonly Operand[]]) =>
    worst(title, 2 ** 15, (n) => {
      const [reduction, bodyOperands] = make(n);
      return reducing(reduction, { bodyOperands, body: [instruction(Op.i32Mul, 0, 1)] });
    });
  const rows = (row: number, fields: Partial<Operand> = {}): Operand[] => [
    makeOperand("step", "u8", affine(1, row, 1), fields),
    makeOperand("const", "i8", affine(3, row, 1), fields),
  ];
  const cut = [guard(200, -1, 0, 1), guard(100, 98, 0, -1)];
  return [
    bytes("products of bytes in one row", (n) => [
      [n],
      [makeOperand("step", "u8", affine(1, 1)), makeOperand("const", "i8", affine(3, 1))],
    ]),
    ...[2, 3, 31, 33].map((row) =>
      bytes(`products of bytes in rows of ${row}`, (n) => [[n, row], rows(row)]),
    ),
    bytes("products of bytes in padded rows", (n) => [[n, 100], rows(100, { guards: cut, pad: 7 })]),
    bytes("products of bytes in short padded rows", (n) => [[n, 3], rows(3, { guards: cut, pad: 7 })]),
    bytes("products of bytes across the end of the space", (n) => [
      [n, 3],
      times(2, makeOperand("const", "u8", affine(SPACE_BYTES - 2, 0, 1))),
    ]),
    bytes("products of bytes with as many constants as there is room for", (n) => [
      [2],
      [
        ...rows(0).map((operand) => ({ ...operand, address: affine(5, 1) })),
        ...times(Math.min(n, 250), makeOperand("const", "u8", affine(77, 0))),
      ],
    ]),
  ];
}

function loads(): WorstStep[] {
  const body = (title: string, make: (n: number) => readonly [readonly number[], readonly Operand[]]) =>
    worst(title, 2 ** 15, (n) => {
      const [reduction, bodyOperands] = make(n);
      return reducing(reduction, { bodyOperands });
    });
  const far = (n: number): number => 24 * (n - 1);
  return [
    body("nothing but iterations", (n) => [[n], []]),
    body("nothing but rows", (n) => [[n, 2], []]),
    ...[2, 3, 31, 33].map((row) =>
      body(`contiguous rows of ${row}`, (n) => [[n, row], times(4, constants(1, row % 8, 1))]),
    ),
    body("contiguous words", (n) => [[n], times(2, constants(1, 1))]),
    body("contiguous bytes", (n) => [[n], times(2, makeOperand("const", "i8", affine(1, 1)))]),
    body("the same element in short rows", (n) => [[n, 2], times(4, constants(1, 0, 0))]),
    body("rows across the end of the space", (n) => [[n, 2], times(2, constants(SPACE_BYTES / 4 - 1, 0, 1))]),
    body("elements far apart, backwards", (n) => [[n], [constants(far(n), -24)]]),
    body("elements far apart, in sweeps backwards", (n) => [[n, 100], [constants(far(100), 0, -24)]]),
    body("elements far apart, in a zigzag", (n) => [[3, n, 2], [constants(48 * n, 0, -48, -24)]]),
    body("a whole word for every element", (n) => [[n], [constants(0, 8)]]),
    body("every second word", (n) => [[n], [constants(0, 16)]]),
    body("elements that data chooses", (n) => [
      [n],
      [
        makeOperand("index", "i32", affine(0, 1)),
        makeOperand("const", "f32", affine(30_000, 0), { index: { operand: 0, bound: 256, stride: -113 } }),
      ],
    ]),
    body("guards in short rows", (n) => [
      [n, 2],
      times(2, { ...constants(1, 0, 1), guards: times(8, guard(200, -1, 0, 1)) }),
    ]),
    body("guards in long rows", (n) => [
      [n, 100],
      times(2, { ...constants(1, 0, 1), guards: times(8, guard(200, 199, 0, -1)) }),
    ]),
    ...[32, 33].map((iterations) =>
      worst(`as many immediates as there are registers, ${iterations} times`, 255, (n) =>
        reducing([iterations], { immediates: times(n, 7) }),
      ),
    ),
    worst("as many outer operands as the bytes allow", 255, (n) =>
      makeStep({
        extents: [],
        outerOperands: Array.from({ length: n }, (_, i) => constants(32_000 - 307 * (i % 100))),
      }),
    ),
    worst("as many outer addresses as the encoding allows", 255, (n) =>
      makeStep({ extents: [], outerOperands: times(n, makeOperand("index", "i32", affine(0))) }),
    ),
    worst(
      "words of the deepest trace",
      255,
      (n) =>
        makeStep({
          extents: [],
          outerOperands: Array.from({ length: n }, (_, i) =>
            makeOperand("step", "f32", affine(i * 1e8), { step: i % 2 }),
          ),
        }),
      ANY_BYTES,
      DEEP,
    ),
  ];
}

/** All of them. */
export function worstSteps(): readonly WorstStep[] {
  return [...tapes(), ...folds(), ...dotProducts(), ...byteProducts(), ...loads()];
}
