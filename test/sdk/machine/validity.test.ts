import { expect } from "chai";
import { decodeStep } from "../../../sdk/src/machine/decode.ts";
import { brokenRule, isExecutable } from "../../../sdk/src/machine/validity.ts";
import { affine, guard, makeOperand, makeStep, SMALL_MEMORY } from "../../support/builders.ts";
import { VALIDITY_CASES } from "../../support/validity-cases.ts";

describe("brokenRule", () => {
  for (const { title, encoding, memory, rule } of VALIDITY_CASES) {
    it(`behavior: ${title}`, () => {
      const step = decodeStep(encoding);
      if (step === undefined) expect(rule).to.be.oneOf([1, 2, 6]);
      else expect(brokenRule(step, encoding.length, memory.depths)).to.equal(rule);
    });
  }

  it("behavior: every rule is broken and kept by some case", () => {
    expect(new Set(VALIDITY_CASES.map(({ rule }) => rule))).to.deep.equal(
      new Set([undefined, 1, 2, 3, 4, 5, 6, 7]),
    );
  });

  it("behavior: a step that was never encoded is held to the form too", () => {
    const operand = makeOperand("index", "i32", affine(0, 0));
    const { depths } = SMALL_MEMORY;
    expect(brokenRule(makeStep(), 4097, depths)).to.equal(1);
    expect(brokenRule(makeStep({ extents: Array(9).fill(1) }), 20, depths)).to.equal(2);
    const guards = Array(9).fill(guard(1, 0, 0));
    expect(brokenRule(makeStep({ outerOperands: [{ ...operand, guards }] }), 20, depths)).to.equal(2);
    const index = { operand: 0, bound: 1, stride: 0 };
    expect(brokenRule(makeStep({ outerOperands: [{ ...operand, index }] }), 20, depths)).to.equal(2);
  });
});

describe("isExecutable", () => {
  it("default: follows the rules", () => {
    expect(isExecutable(makeStep(), 16, SMALL_MEMORY.depths)).to.equal(true);
    expect(isExecutable(makeStep({ extents: [0] }), 16, SMALL_MEMORY.depths)).to.equal(false);
    expect(isExecutable(undefined, 16, SMALL_MEMORY.depths)).to.equal(false);
  });
});
