import { expect } from "chai";
import { stepCost } from "../../../sdk/src/machine/budget.ts";
import { encodedLength } from "../../../sdk/src/machine/encode.ts";
import { Op } from "../../../sdk/src/machine/opcodes.ts";
import type { Operand } from "../../../sdk/src/machine/types.ts";
import { opWeight, WEIGHTS } from "../../../sdk/src/machine/weights.ts";
import { affine, guard, instruction, makeOperand, makeStep, SMALL_MEMORY } from "../../support/builders.ts";

const DEPTHS = { inputDepth: 10, constantsDepth: 12, stepDepth: 5, wordDepth: 9 };

/** The numbers as SPEC.md prints them, so that neither changes without the other. */
describe("opWeight", () => {
  it("default: is the table of the specification", () => {
    expect(WEIGHTS).to.deep.equal({
      step: 250_000,
      byte: 300,
      stretch: 700,
      load: 1_500,
      guard: 550,
      near: 90,
      far: 2_000,
      word: 1_100,
    });
    expect([Op.f32Add, Op.f32Sub, Op.f32Sqrt].map(opWeight)).to.deep.equal([820, 820, 820]);
    expect([Op.f32Mul, Op.f32Div].map(opWeight)).to.deep.equal([1050, 1050]);
    for (let op = 0; op < 256; op++) {
      if (op >= Op.f32Add && op <= Op.f32Sqrt) continue;
      const isFloat = (op >= Op.f32Min && op <= Op.f32Trunc) || (op >= Op.f32Eq && op <= Op.f32Ge);
      const isConversion = op >= Op.f32ConvertI32S && op <= Op.i32TruncSatF32U;
      expect(opWeight(op), `${op}`).to.equal(isFloat || isConversion ? 500 : 200);
    }
  });
});

describe("stepCost", () => {
  it("default: a step without operands costs its encoding, one stretch and its tape", () => {
    const step = makeStep({ immediates: [1], epilogue: [instruction(Op.f32Div), instruction(Op.i32Add)] });
    const gas = WEIGHTS.step + WEIGHTS.byte * 28 + WEIGHTS.stretch + 1050 + 200;
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
    // One row, in which up to three blocks of 32 iterations end.
    const stretches = (1 + 3) * (700 + 2 * 1500);
    const iteration = 2 * 90 + 1050 + 820;
    const gas =
      250_000 + 300 * encodedLength(step) + stretches + 100 * iteration + 1100 * Math.ceil(bytes / 32);
    expect(stepCost(step, DEPTHS)).to.deep.equal({ gas, bytes });
  });

  it("behavior: guards and indices count where they stand", () => {
    const index = { operand: 0, bound: 3, stride: 1 };
    const step = makeStep({
      ...{ fold: "i32.max_s", extents: [4], reduction: [7, 11, 1] },
      bodyOperands: [
        makeOperand("index", "i32", affine(0, 1, 1, 2, 1)),
        makeOperand("step", "u8", affine(0, 0, 0, 0, 0), {
          index,
          guards: [guard(1, 0, 0, 0, 0, 0), guard(1, 0, 0, 0, 0, 0)],
        }),
      ],
      outerOperands: [makeOperand("input", "u8", affine(0, 0), { guards: [guard(1, 0, 0)] })],
    });
    const bytes = 77 * (32 + 64 * 14 + 8) + (32 + 64 * 10 + 8);
    const stretches = (7 + 2) * (700 + 1500 + (1500 + 2 * 550));
    const iteration = 90 + 2000 + 200;
    const outer = 1500 + 550 + 2000;
    const gas =
      250_000 + 300 * encodedLength(step) + outer + stretches + 77 * iteration + 1100 * Math.ceil(bytes / 32);
    expect(stepCost(step, DEPTHS)).to.deep.equal({ gas, bytes });
  });

  it("behavior: elements are near along the innermost coordinate that goes anywhere", () => {
    const walking = (space: Operand["space"], reduction: readonly number[], ...strides: number[]) =>
      stepCost(
        makeStep({
          ...{ fold: "i32.add", reduction },
          bodyOperands: [makeOperand(space, "i32", affine(0, 0, ...strides))],
        }),
        DEPTHS,
      ).gas;
    const difference = 6 * (2000 - 90);
    expect(walking("index", [2, 3], 5, 7)).to.equal(walking("index", [2, 3], 5, 1), "addresses are near");
    expect(walking("input", [2, 3], 0, 2) - walking("input", [2, 3], 0, 1)).to.equal(difference);
    expect(walking("input", [2, 3], 0, -1) - walking("input", [2, 3], 0, 1)).to.equal(difference);
    expect(walking("input", [2, 3, 1], 1, 0, 9)).to.equal(walking("input", [2, 3, 1], 1, 1, 9), "a copy");
    expect(walking("index", [1, 1], 0, 0) - walking("index", [1], 0)).to.equal(8 * 300);
    expect(walking("index", [1], 0) - walking("index", [], ...[])).to.equal(8 * 300, "far without a row");
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
