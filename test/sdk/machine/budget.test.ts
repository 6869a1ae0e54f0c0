import { expect } from "chai";
import { stepCost } from "../../../sdk/src/machine/budget.ts";
import { encodedLength } from "../../../sdk/src/machine/encode.ts";
import { Op } from "../../../sdk/src/machine/opcodes.ts";
import { opWeight, WEIGHTS } from "../../../sdk/src/machine/weights.ts";
import { affine, guard, instruction, makeOperand, makeStep, SMALL_MEMORY } from "../../support/builders.ts";

const DEPTHS = { inputDepth: 10, constantsDepth: 12, stepDepth: 5, wordDepth: 9 };

/** The numbers as SPEC.md prints them, so that neither changes without the other. */
describe("opWeight", () => {
  it("default: is the table of the specification", () => {
    expect(WEIGHTS).to.deep.equal({
      step: 200_000,
      byte: 60,
      load: 700,
      guard: 150,
      term: 20,
      indexed: 300,
      iteration: 250,
      word: 1_100,
    });
    expect([Op.f32Add, Op.f32Sub, Op.f32Mul].map(opWeight)).to.deep.equal([1200, 1200, 1200]);
    expect([Op.f32Div, Op.f32Sqrt].map(opWeight)).to.deep.equal([2500, 2500]);
    for (let op = 0; op < 256; op++) {
      if (op >= Op.f32Add && op <= Op.f32Sqrt) continue;
      const isFloat = (op >= Op.f32Min && op <= Op.f32Trunc) || (op >= Op.f32Eq && op <= Op.f32Ge);
      const isConversion = op >= Op.f32ConvertI32S && op <= Op.i32TruncSatF32U;
      expect(opWeight(op), `${op}`).to.equal(isFloat || isConversion ? 700 : 350);
    }
  });
});

describe("stepCost", () => {
  it("default: a step without operands costs its encoding, one iteration and its tape", () => {
    const step = makeStep({ immediates: [1], epilogue: [instruction(Op.f32Div), instruction(Op.i32Add)] });
    const gas = WEIGHTS.step + WEIGHTS.byte * 28 + WEIGHTS.iteration + 2500 + 350;
    expect(encodedLength(step)).to.equal(28);
    expect(stepCost(step, DEPTHS)).to.deep.equal({ gas, bytes: 0 });
  });

  it("behavior: a dot product opens one run of words for each operand", () => {
    const step = makeStep({
      ...{ type: "f32", fold: "f32.add", extents: [4, 5], reduction: [100] },
      bodyOperands: [
        makeOperand("input", "f32", affine(0, 100, 0, 1)),
        makeOperand("const", "i8", affine(0, 0, 100, 1)),
      ],
      ...{ immediates: [0], body: [instruction(Op.f32Mul, 0, 1)] },
    });
    // Spans of 99 elements: floor((99 + 7) / 8) + 1 words of f32, floor((99 + 31) / 32) + 1 words of i8.
    const bytes = 32 * 14 + 64 * 10 + 8 + (32 * 5 + 64 * 12 + 8);
    const iteration = 250 + 2 * (700 + 3 * 20) + 1200 + 1200;
    const gas = 200_000 + 60 * encodedLength(step) + 100 * iteration + 1100 * Math.ceil(bytes / 32);
    expect(stepCost(step, DEPTHS)).to.deep.equal({ gas, bytes });
  });

  it("behavior: guards, terms and indices count where they stand", () => {
    const index = { operand: 0, bound: 3, stride: 1 };
    const step = makeStep({
      ...{ fold: "i32.max_s", extents: [4], reduction: [7, 11] },
      bodyOperands: [
        makeOperand("index", "i32", affine(0, 1, 1, 1)),
        makeOperand("step", "u8", affine(0, 0, 0, 0), {
          index,
          guards: [guard(1, 0, 0, 0, 0), guard(1, 0, 0, 0, 0)],
        }),
      ],
      outerOperands: [makeOperand("input", "u8", affine(0, 0), { guards: [guard(1, 0, 0)] })],
    });
    const bytes = 77 * (32 + 64 * 14 + 8) + (32 + 64 * 10 + 8);
    const iteration = 250 + (700 + 3 * 20) + (700 + 2 * 150 + 3 * 3 * 20 + 300) + 350;
    const outer = 700 + 150 + 1 * 2 * 20;
    const gas = 200_000 + 60 * encodedLength(step) + outer + 77 * iteration + 1100 * Math.ceil(bytes / 32);
    expect(stepCost(step, DEPTHS)).to.deep.equal({ gas, bytes });
  });

  it("behavior: a reduction is split where it is cheapest", () => {
    const walking = (...strides: number[]) =>
      stepCost(
        makeStep({
          fold: "i32.add",
          reduction: [6, 4],
          bodyOperands: [makeOperand("input", "i32", affine(0, 0, ...strides))],
        }),
        DEPTHS,
      ).bytes;
    const opening = (words: number): number => 32 * words + 64 * 10 + 8;
    expect(walking(0, 0)).to.equal(opening(1));
    expect(walking(4, 1)).to.equal(opening(4), "one run of all");
    expect(walking(1000, 1)).to.equal(6 * opening(2), "six runs");
    expect(walking(1000, -1)).to.equal(6 * opening(2), "six runs backwards");
    expect(walking(100_000, 10_000)).to.equal(24 * opening(1), "every word for itself");
    expect(walking(0, 10_000)).to.equal(24 * opening(1), "the same words again and again");
  });

  it("behavior: costs of steps that are refused anyway are numbers too", () => {
    const step = makeStep({
      fold: "i32.add",
      reduction: [2 ** 31, 2 ** 31, 2 ** 31],
      body: [instruction(0)],
    });
    expect(stepCost(step, SMALL_MEMORY.depths).gas).to.be.greaterThan(2 ** 90);
  });
});
