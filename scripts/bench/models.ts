/** Programs of one costly step, written by hand, so that the figures follow the machine and not the compiler. */

import { encodeStep } from "../../sdk/src/machine/encode.ts";
import type { MachineModel } from "../../sdk/src/machine/model.ts";
import { Op } from "../../sdk/src/machine/opcodes.ts";
import { makeRecord, modelId } from "../../sdk/src/machine/record.ts";
import type { Affine, Depths, Instruction, Operand, Step } from "../../sdk/src/machine/types.ts";

/** A model with an input and the element that its dispute is about. */
export interface HandMade {
  readonly model: MachineModel;
  readonly input: Uint8Array;
  /** Element of the last step's tensor. */
  readonly element: number;
}

/** Depths of trees as a network of some million weights has them. */
const LARGE: Partial<Depths> = { constantsDepth: 20, stepDepth: 7, wordDepth: 14 };

/** A product of a row of 1,024 weights with a vector of the trace, bias included. */
export function dotProduct(): HandMade {
  const length = 1024;
  const rows = 8;
  const product = step({
    extents: [rows],
    reduction: [length],
    bodyOperands: [operand("step", affine(0, [0, 1])), operand("const", affine(0, [length, 1]))],
    outerOperands: [operand("const", affine(rows * length, [1]))],
    fold: "f32.add",
    body: [instruction(Op.f32Mul, 0, 1)],
  });
  const constants = floats(rows * length + rows, 1);
  return handMade([copy(length), product], floats(length, 2), constants, rows, 5, LARGE);
}

/** A product of a row of 768 signed bytes with a vector of unsigned ones. */
export function byteDotProduct(): HandMade {
  const length = 768;
  const rows = 8;
  const bytes: Step = {
    ...step({ extents: [length], outerOperands: [{ ...operand("input", affine(0, [1])), type: "u8" }] }),
    type: "u8",
  };
  const product: Step = {
    ...step({
      extents: [rows],
      reduction: [length],
      bodyOperands: [
        { ...operand("step", affine(0, [0, 1])), type: "u8" },
        { ...operand("const", affine(0, [length, 1])), type: "i8" },
      ],
      immediates: [0],
      fold: "i32.add",
      body: [instruction(Op.i32Mul, 0, 1)],
    }),
    type: "i32",
    init: 0,
  };
  const constants = floats((rows * length) / 4, 7);
  return handMade([bytes, product], floats(length / 4, 8), constants, rows, 5, LARGE);
}

/** A convolution of 3 x 3 x 64 with padding, bias and ReLU, at a place where no tap is padding. */
export function convolution(): HandMade {
  const [side, channels, filters] = [8, 64, 16];
  const taps = 9 * channels;
  const inside = (strides: readonly number[]) => ({ bound: side, affine: affine(-1, strides) });
  // Indices: y, x, filter, ky, kx, channel.
  const image: Operand = {
    ...operand(
      "step",
      affine(-(side + 1) * channels, [side * channels, channels, 0, side * channels, channels, 1]),
    ),
    guards: [inside([1, 0, 0, 1, 0, 0]), inside([0, 1, 0, 0, 1, 0])],
  };
  const result = step({
    extents: [side, side, filters],
    reduction: [3, 3, channels],
    bodyOperands: [image, operand("const", affine(0, [0, 0, taps, 3 * channels, channels, 1]))],
    outerOperands: [operand("const", affine(filters * taps, [0, 0, 1]))],
    immediates: [0],
    fold: "f32.add",
    body: [instruction(Op.f32Mul, 0, 1)],
    epilogue: [instruction(Op.f32Max, 2, 1)],
  });
  const pixels = side * side * channels;
  const constants = floats(filters * taps + filters, 3);
  const element = (4 * side + 4) * filters + 7;
  return handMade(
    [copy(pixels), result],
    floats(pixels, 4),
    constants,
    side * side * filters,
    element,
    LARGE,
  );
}

/** How many operations {@link exponential} has. */
export const EXPONENTIAL_OPERATIONS = 31;

/** exp(x) of every element: range reduction, a polynomial, and a scale made of two powers of two. */
export function exponential(): HandMade {
  const length = 64;
  const constants = [-104, 89, Math.LOG2E, 0.693359375, -2.1219444005469057e-4, 1].map(bitsOf);
  const [least, most, log2e, high, low, one] = [1, 2, 3, 4, 5, 6];
  const polynomial = [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 0.5];
  const integers = [1, 127, 23];
  const immediates = [...constants, ...polynomial.map(bitsOf), ...integers];
  const [half, bias, mantissa] = [13, 14, 15];
  const tape = new Tape(1 + immediates.length + 1);
  const clamped = tape.add(Op.f32Min, tape.add(Op.f32Max, 0, least), most);
  const n = tape.add(Op.f32Nearest, tape.add(Op.f32Mul, clamped, log2e));
  const rest = tape.add(Op.f32Sub, clamped, tape.add(Op.f32Mul, n, high));
  const r = tape.add(Op.f32Sub, rest, tape.add(Op.f32Mul, n, low));
  let sum = 7;
  for (let coefficient = 8; coefficient < 7 + polynomial.length; coefficient++) {
    sum = tape.add(Op.f32Add, tape.add(Op.f32Mul, sum, r), coefficient);
  }
  const square = tape.add(Op.f32Mul, r, r);
  const tail = tape.add(Op.f32Add, tape.add(Op.f32Mul, sum, square), r);
  const value = tape.add(Op.f32Add, tail, one);
  const exponent = tape.add(Op.i32TruncSatF32S, n);
  const first = tape.add(Op.i32ShrS, exponent, half);
  const second = tape.add(Op.i32Sub, exponent, first);
  const power = (of: number) => tape.add(Op.i32Shl, tape.add(Op.i32Add, of, bias), mantissa);
  const scaled = tape.add(Op.f32Mul, value, power(first));
  tape.add(Op.f32Mul, scaled, power(second));
  if (tape.instructions.length !== EXPONENTIAL_OPERATIONS) {
    throw new Error(`The tape has ${tape.instructions.length} operations.`);
  }
  const result = step({
    extents: [length],
    outerOperands: [operand("step", affine(0, [1]))],
    immediates,
    epilogue: tape.instructions,
  });
  return handMade([copy(length), result], floats(length, 5), new Uint8Array(), length, 21, LARGE);
}

/** A trace of 2^24 words: 200 small steps in tensors with room for 2^19 numbers. Every answer about it but the last shows three full rows. */
export function deepTrace(): HandMade {
  const length = 128;
  const steps = Array.from({ length: 200 }, (_, index) =>
    step({
      extents: [length],
      outerOperands: [
        index === 0 ? operand("input", affine(0, [1])) : operand("step", affine(0, [1]), index - 1),
      ],
      immediates: [bitsOf(1 + 1 / 1024)],
      epilogue: [instruction(Op.f32Mul, 0, 1)],
    }),
  );
  return handMade(steps, floats(length, 6), new Uint8Array(), length, 77, { stepDepth: 8, wordDepth: 16 });
}

function handMade(
  steps: readonly Step[],
  input: Uint8Array,
  constants: Uint8Array,
  outputLength: number,
  element: number,
  depths: Partial<Depths>,
): HandMade {
  const program = steps.map(encodeStep);
  const lengths = steps.map(({ extents }) => extents.reduce((product, extent) => product * extent, 1));
  const record = makeRecord({
    program,
    constants,
    inputBytes: input.length,
    outputBytes: 4 * outputLength,
    largestTensorBytes: 4 * Math.max(...lengths),
    depths,
  });
  const model = {
    modelId: modelId(record),
    record,
    program,
    steps,
    constants,
    inputs: [],
    outputs: [],
  };
  return { model, input, element };
}

/** The first step of most: it takes the input into the trace, so that the costly step reads what another has written. */
function copy(length: number): Step {
  return step({ extents: [length], outerOperands: [operand("input", affine(0, [1]))] });
}

/** A step of f32 that starts from its first outer operand. */
function step(fields: Partial<Step> & Pick<Step, "extents">): Step {
  const nothing = {
    reduction: [],
    bodyOperands: [],
    outerOperands: [],
    immediates: [],
    body: [],
    epilogue: [],
  };
  return { type: "f32", fold: "none", init: 0, ...nothing, ...fields };
}

function operand(space: Operand["space"], address: Affine, of = 0): Operand {
  return { space, type: "f32", step: of, address, guards: [], pad: 0 };
}

function affine(base: number, strides: readonly number[]): Affine {
  return { base, strides };
}

function instruction(op: number, a: number, b = 0, c = 0): Instruction {
  return { op, a, b, c };
}

/** Appends instructions and names their registers. */
class Tape {
  readonly instructions: Instruction[] = [];
  readonly #first: number;

  constructor(first: number) {
    this.#first = first;
  }

  add(op: number, a: number, b = 0): number {
    this.instructions.push(instruction(op, a, b));
    return this.#first + this.instructions.length - 1;
  }
}

function bitsOf(value: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return view.getUint32(0);
}

/** Numbers in -1 .. 1 with 24 random bits each, always the same: what they are decides how long sums are aligned and rounded. */
function floats(count: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(4 * count);
  const view = new DataView(bytes.buffer);
  let state = seed;
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    view.setFloat32(4 * i, (state >>> 8) / 2 ** 23 - 1, true);
  }
  return bytes;
}
