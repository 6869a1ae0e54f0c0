import { expect } from "chai";
import { decodeStep } from "../../../sdk/src/machine/decode.ts";
import { evaluateElement, touchedWords } from "../../../sdk/src/machine/element.ts";
import type { Memory } from "../../../sdk/src/machine/memory.ts";
import { Op } from "../../../sdk/src/machine/opcodes.ts";
import { affine, guard, instruction, makeOperand, makeStep, SMALL_MEMORY } from "../../support/builders.ts";
import { OPERAND_CASES } from "../../support/operand-cases.ts";
import { randomSteps, type StepCase } from "../../support/random-steps.ts";
import { printedSeed } from "../../support/seed.ts";
import { TAPE_CASES } from "../../support/tape-cases.ts";
import { VALIDITY_CASES } from "../../support/validity-cases.ts";

const EMPTY: Memory = { ...SMALL_MEMORY, input: new Uint8Array(), constants: new Uint8Array(), steps: [] };

describe("evaluateElement", () => {
  for (const { title, encoding, stepIndex, element, memory, result } of [...OPERAND_CASES, ...TAPE_CASES]) {
    it(`behavior: ${title}`, () => {
      expect(evaluateElement(decodeStep(encoding), stepIndex, element, memory)).to.equal(result);
    });
  }

  it("behavior: executes what is valid and nothing else", () => {
    for (const { title, encoding, stepIndex, element, memory, result } of VALIDITY_CASES)
      expect(evaluateElement(decodeStep(encoding), stepIndex, element, memory), title).to.equal(result);
  });

  it("behavior: elements that are no element give 0", () => {
    const step = makeStep({ immediates: [9] });
    for (const element of [-1, 1, 0.5, Number.NaN, 2 ** 60])
      expect(evaluateElement(step, 0, element, EMPTY)).to.equal(0);
  });

  it("behavior: never throws and always gives bits that the type has room for", () => {
    let zeros = 0;
    let others = 0;
    for (const { encoding, stepIndex, element, memory } of take(4000, printedSeed("any step"))) {
      const step = decodeStep(encoding);
      const value = evaluateElement(step, stepIndex, element, memory);
      const most = step?.type === "i8" || step?.type === "u8" ? 0xff : 0xffffffff;
      if (!Number.isInteger(value) || value < 0 || value > most) expect.fail(`${value}`);
      if (value === 0) zeros++;
      else others++;
    }
    expect(zeros).to.be.greaterThan(100);
    expect(others).to.be.greaterThan(1000);
  });
});

describe("touchedWords", () => {
  const { depths } = SMALL_MEMORY;

  it("default: names the words of every space, trace words by their leaf", () => {
    const step = makeStep({
      ...{ fold: "i32.add", extents: [2], reduction: [5] },
      bodyOperands: [
        makeOperand("input", "i32", affine(12, 0, -2)),
        makeOperand("const", "u8", affine(30, 0, 1)),
        makeOperand("step", "i32", affine(8, 0, 0), { step: 2 }),
      ],
      outerOperands: [makeOperand("step", "u8", affine(0, 40), { step: 1 })],
    });
    const memory = { ...EMPTY, depths };
    expect(touchedWords(step, 3, 0, memory)).to.deep.equal({ input: [0, 1], const: [0, 1], trace: [2, 5] });
    expect(touchedWords(step, 3, 1, memory)).to.deep.equal({ input: [0, 1], const: [0, 1], trace: [3, 5] });
  });

  it("behavior: what is not read is not named", () => {
    const step = makeStep({
      outerOperands: [
        makeOperand("input", "i32", affine(0, 0), { guards: [guard(1, 1, 0)] }),
        makeOperand("input", "i32", affine(16, 0)),
        makeOperand("const", "u8", affine(-1, 0)),
        makeOperand("step", "u8", affine(0, 0), { step: 3 }),
        makeOperand("index", "u8", affine(0, 0)),
      ],
    });
    expect(touchedWords(step, 3, 0, EMPTY)).to.deep.equal({ input: [], const: [], trace: [] });
    const invalid = { ...step, extents: [0] };
    expect(touchedWords(invalid, 3, 0, EMPTY)).to.deep.equal({ input: [], const: [], trace: [] });
    expect(touchedWords(undefined, 3, 0, EMPTY)).to.deep.equal({ input: [], const: [], trace: [] });
  });

  it("behavior: an address that data chose names the word that was read", () => {
    const index = { operand: 0, bound: 64, stride: 1 };
    const step = makeStep({
      outerOperands: [
        makeOperand("input", "u8", affine(0, 0)),
        makeOperand("const", "u8", affine(0, 0), { index }),
      ],
      epilogue: [instruction(Op.i32Add, 1, 1)],
    });
    const touched = (chosen: number) => touchedWords(step, 0, 0, { ...EMPTY, input: Uint8Array.of(chosen) });
    expect(touched(31)).to.deep.equal({ input: [0], const: [0], trace: [] });
    expect(touched(32)).to.deep.equal({ input: [0], const: [1], trace: [] });
  });

  it("behavior: a memory that holds nothing but the touched words gives the same element", () => {
    let touchedAny = 0;
    for (const { encoding, stepIndex, element, memory } of take(2000, printedSeed("only touched"))) {
      const step = decodeStep(encoding);
      const touched = touchedWords(step, stepIndex, element, memory);
      const wordsOfStep = 2 ** memory.depths.wordDepth;
      const ofStep = (j: number) =>
        touched.trace
          .filter((leaf) => Math.floor(leaf / wordsOfStep) === j)
          .map((leaf) => leaf % wordsOfStep);
      const bare: Memory = {
        ...memory,
        input: onlyWords(memory.input, touched.input),
        constants: onlyWords(memory.constants, touched.const),
        steps: memory.steps.map((tensor, j) => onlyWords(tensor, ofStep(j))),
      };
      expect(evaluateElement(step, stepIndex, element, bare)).to.equal(
        evaluateElement(step, stepIndex, element, memory),
      );
      for (const words of [touched.input, touched.const, touched.trace]) {
        if (words.length > 0) touchedAny++;
        expect(words).to.deep.equal([...new Set(words)].sort((a, b) => a - b));
      }
    }
    expect(touchedAny).to.be.greaterThan(500);
  });
});

function onlyWords(bytes: Uint8Array, words: readonly number[]): Uint8Array {
  const kept = new Set(words);
  return bytes.map((byte, at) => (kept.has(Math.floor(at / 32)) ? byte : 0xaa));
}

function* take(count: number, seed: number): Iterable<StepCase> {
  let left = count;
  for (const item of randomSteps(seed)) {
    if (left-- === 0) return;
    yield item;
  }
}
