import { expect } from "chai";
import { compileKernel } from "../../../scripts/verify/kernel.ts";
import { HEAD_DIGITS, HEADS, readReport } from "../../../scripts/verify/report.ts";
import { scanHead } from "../../../scripts/verify/scan.ts";
import { MATH_FUNCTIONS } from "../../../sdk/src/compiler/math/accuracy.ts";
import { Tape } from "../../../sdk/src/compiler/tape/tape.ts";
import { createRandom } from "../../support/random.ts";
import { printedSeed } from "../../support/seed.ts";

const SAMPLED_HEADS = 3;

describe("transcendental functions: the committed scan of all arguments", () => {
  const report = readReport();

  it("behavior: every function was scanned, and what it promises is what was found", () => {
    for (const { name, bounds } of MATH_FUNCTIONS) {
      const { worst, heads } = report[name]!;
      expect(
        worst.map(({ ulp }) => ulp),
        name,
      ).to.deep.equal(bounds.map(({ ulp }) => ulp));
      expect(heads.length, name).to.equal(HEADS * HEAD_DIGITS);
    }
    const names = MATH_FUNCTIONS.map(({ name }) => name);
    expect(Object.keys(report).toSorted()).to.deep.equal(names.toSorted());
  });

  for (const [name, { heads }] of Object.entries(report)) {
    it(`behavior: ${name} gives the committed results for all arguments of some exponents`, () => {
      const { emit } = MATH_FUNCTIONS.find((each) => each.name === name)!;
      const tape = new Tape();
      const kernel = compileKernel(tape, emit(tape, tape.operand(0)));
      const random = createRandom(printedSeed(name));
      for (let i = 0; i < SAMPLED_HEADS; i++) {
        const head = random.integer(0, HEADS - 1);
        const digest = scanHead(kernel, head).toString("hex").slice(0, HEAD_DIGITS);
        expect(digest, `head ${head}`).to.equal(heads.slice(HEAD_DIGITS * head, HEAD_DIGITS * (head + 1)));
      }
    });
  }
});
