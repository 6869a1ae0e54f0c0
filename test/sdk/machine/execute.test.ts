import { expect } from "chai";
import { decodeStep } from "../../../sdk/src/machine/decode.ts";
import { evaluateElement } from "../../../sdk/src/machine/element.ts";
import { executeStep } from "../../../sdk/src/machine/execute.ts";
import { type Memory, tensorBytes } from "../../../sdk/src/machine/memory.ts";
import { ELEMENT_SIZE, Op } from "../../../sdk/src/machine/opcodes.ts";
import type { Step } from "../../../sdk/src/machine/types.ts";
import { isExecutable } from "../../../sdk/src/machine/validity.ts";
import { affine, guard, instruction, makeOperand, makeStep, SMALL_MEMORY } from "../../support/builders.ts";
import { OPERAND_CASES } from "../../support/operand-cases.ts";
import { randomData } from "../../support/patterns.ts";
import { createRandom, type Random } from "../../support/random.ts";
import { randomSteps } from "../../support/random-steps.ts";
import { printedSeed } from "../../support/seed.ts";
import { TAPE_CASES } from "../../support/tape-cases.ts";

const CASES = 3000;
/** Elements that are compared of each tensor; all if there are fewer. */
const SAMPLES = 40;
/** Longer tensors are left out. */
const MOST_BYTES = 2 ** 18;

/** Stored bits of an element of a tensor. */
function elementOf(tensor: Uint8Array, step: Step, element: number): number {
  const view = new DataView(tensor.buffer, tensor.byteOffset, tensor.byteLength);
  return ELEMENT_SIZE[step.type] === 4 ? view.getUint32(4 * element, true) : view.getUint8(element);
}

function expectElements(step: Step, stepIndex: number, memory: Memory, random: Random, title: string): void {
  const bytes = tensorBytes(step, memory.depths);
  const elements = bytes / ELEMENT_SIZE[step.type];
  const tensor = executeStep(step, stepIndex, memory);
  expect(tensor.length).to.equal(Math.ceil(bytes / 32) * 32);
  expect(tensor.subarray(bytes).every((byte) => byte === 0)).to.equal(true);
  for (let sample = 0; sample < Math.min(elements, SAMPLES); sample++) {
    const element = elements <= SAMPLES ? sample : random.integer(0, elements - 1);
    const expected = evaluateElement(step, stepIndex, element, memory);
    const actual = elementOf(tensor, step, element);
    if (actual !== expected) expect(actual, `${title}, element ${element}`).to.equal(expected);
  }
}

describe("executeStep", () => {
  it("default: gives the elements of random steps", () => {
    const seed = printedSeed("random steps");
    const random = createRandom(seed);
    const seen = new Set<string>();
    let number = 0;
    for (const { kind, encoding, stepIndex, memory } of randomSteps(seed)) {
      if (number++ === CASES) break;
      const step = decodeStep(encoding);
      if (!isExecutable(step, encoding.length, memory.depths)) {
        expect(executeStep(step, stepIndex, memory)).to.have.length(0);
        continue;
      }
      if (tensorBytes(step, memory.depths) > MOST_BYTES) continue;
      seen.add(kind);
      expectElements(step, stepIndex, memory, random, `case ${number} (${kind})`);
    }
    expect(seen).to.include.all.keys("sound", "wide", "crowded", "mutated");
  });

  it("behavior: gives the elements of hand-built steps", () => {
    for (const { title, encoding, stepIndex, element, memory, result } of [...OPERAND_CASES, ...TAPE_CASES]) {
      const step = decodeStep(encoding);
      if (step === undefined || tensorBytes(step, memory.depths) < element) continue;
      const tensor = executeStep(step, stepIndex, memory);
      if (element * ELEMENT_SIZE[step.type] >= tensor.length) continue;
      expect(elementOf(tensor, step, element), title).to.equal(result);
    }
  });

  it("behavior: a padded convolution over several blocks", () => {
    const random = createRandom(printedSeed("convolution"));
    const [height, width, channels, kernels] = [9, 11, 3, 17];
    const memory: Memory = {
      input: randomData(random, 4 * height * width * channels),
      constants: randomData(random, 4 * kernels * 9 * channels),
      ...{ steps: [], depths: { inputDepth: 6, constantsDepth: 6, stepDepth: 0, wordDepth: 8 } },
    };
    const [row, column] = [width * channels, channels];
    const step = makeStep({
      ...{ type: "f32", fold: "f32.add", extents: [height, width, kernels], reduction: [3, 3, channels] },
      bodyOperands: [
        makeOperand("input", "f32", affine(-row - column, row, column, 0, row, column, 1), {
          guards: [guard(height, -1, 1, 0, 0, 1, 0, 0), guard(width, -1, 0, 1, 0, 0, 1, 0)],
        }),
        makeOperand("const", "f32", affine(0, 0, 0, 9 * channels, 3 * channels, channels, 1)),
      ],
      ...{ immediates: [0], body: [instruction(Op.f32Mul, 0, 1)], epilogue: [instruction(Op.f32Max, 0, 1)] },
    });
    expectElements(step, 0, memory, random, "convolution");
  });

  it("behavior: every block of elements starts afresh", () => {
    const counting = makeOperand("index", "i32", affine(0, 1, 1));
    const memory = { ...SMALL_MEMORY, depths: { ...SMALL_MEMORY.depths, wordDepth: 8 } };
    // The accumulator starts from an operand, from 0 by its own number, and from 0 by a number beyond.
    for (const init of [0, 1, 2]) {
      const step = makeStep({
        ...{ fold: "i32.add", extents: [1500], reduction: [3], bodyOperands: [counting], init },
        outerOperands: [makeOperand("index", "i32", affine(5, 1))],
      });
      const words = new Int32Array(executeStep(step, 0, memory).buffer);
      for (let element = 0; element < 1500; element++)
        if (words[element] !== 3 * element + 3 + (init === 0 ? 5 + element : 0))
          expect.fail(`element ${element}`);
    }
  });

  it("behavior: addresses beyond 32 bits", () => {
    const wide = (base: number, stride: number) => makeOperand("index", "i32", affine(base, stride));
    const step = makeStep({
      extents: [600],
      outerOperands: [
        wide(2 ** 47, -(2 ** 31)),
        makeOperand("input", "u8", affine(2 ** 40, -(2 ** 31)), {
          guards: [guard(2 ** 31 - 1, 2 ** 40, -(2 ** 31))],
          pad: 9,
        }),
        makeOperand("input", "u8", affine(2 ** 33, 0), {
          index: { operand: 0, bound: 5, stride: -(2 ** 31) },
        }),
      ],
      epilogue: [instruction(Op.i32Add, 0, 1), instruction(Op.i32Add, 2, 4)],
    });
    const memory = { ...SMALL_MEMORY, depths: { ...SMALL_MEMORY.depths, wordDepth: 8 } };
    expectElements(step, 0, memory, createRandom(1), "wide");
  });

  it("behavior: cuts a tensor off where its tree ends, and reads nothing of what is cut off", () => {
    const { depths } = SMALL_MEMORY;
    const counting = makeStep({ extents: [17], outerOperands: [makeOperand("index", "i32", affine(1, 1))] });
    const tensor = executeStep(counting, 0, SMALL_MEMORY);
    expect(tensor).to.have.length(64);
    expect(elementOf(tensor, counting, 15)).to.equal(16);
    // An array longer than the tree, as nobody should hold it.
    const longer = new Uint8Array(128).fill(1);
    const reading = makeStep({
      type: "u8",
      extents: [64],
      outerOperands: [makeOperand("step", "u8", affine(1, 1))],
    });
    const read = executeStep(reading, 1, { ...SMALL_MEMORY, steps: [longer], depths });
    expect([...read]).to.deep.equal([...Array(63).fill(1), 0]);
    expectElements(reading, 1, { ...SMALL_MEMORY, steps: [longer] }, createRandom(1), "longer");
  });

  it("behavior: memory may start and end anywhere within its buffer", () => {
    const random = createRandom(printedSeed("unaligned"));
    const bytes = randomData(random, 64);
    const step = makeStep({ extents: [16], outerOperands: [makeOperand("input", "i32", affine(0, 1))] });
    for (let start = 0; start < 5; start++)
      for (let end = 50; end < 64; end++) {
        const memory = { ...SMALL_MEMORY, input: bytes.subarray(start, end) };
        expectElements(step, 0, memory, random, `bytes ${start} to ${end}`);
      }
  });

  it("behavior: keeps every bit of a NaN that is only moved", () => {
    const nans = [0x7fa00001, 0xffa00001, 0x7f800001, 0xffffffff, 0x7fc00001];
    const input = new Uint8Array(Uint32Array.from(nans).buffer);
    const step = makeStep({
      type: "f32",
      extents: [5],
      outerOperands: [makeOperand("input", "f32", affine(0, 1))],
    });
    const tensor = executeStep(step, 0, { ...SMALL_MEMORY, input });
    expect([...new Uint32Array(tensor.buffer, 0, 5)]).to.deep.equal(nans);
  });

  it("behavior: a step that is not executable writes nothing", () => {
    expect(executeStep(undefined, 0, SMALL_MEMORY)).to.have.length(0);
    expect(executeStep(makeStep({ extents: [2 ** 31] }), 0, SMALL_MEMORY)).to.have.length(0);
  });
});
