import { expect } from "chai";
import { distance, numberOf } from "../../../scripts/verify/binary32.ts";
import { REFERENCES } from "../../../scripts/verify/double.ts";
import { HEADS } from "../../../scripts/verify/report.ts";
import { boundOf } from "../../../scripts/verify/scan.ts";
import { MATH_FUNCTIONS } from "../../../sdk/src/compiler/math/accuracy.ts";
import { prepare } from "../../../sdk/src/compiler/tape/evaluate.ts";
import { Tape } from "../../../sdk/src/compiler/tape/tape.ts";
import { createRandom } from "../../support/random.ts";
import { printedSeed } from "../../support/seed.ts";

describe("transcendental functions", () => {
  for (const { name, emit, bounds } of MATH_FUNCTIONS) {
    it(`behavior: ${name} keeps its bound at every exponent`, () => {
      const tape = new Tape();
      const run = prepare(tape, emit(tape, tape.operand(0)));
      const { value } = REFERENCES[name]!;
      const random = createRandom(printedSeed(name));
      for (let head = 0; head < HEADS; head++) {
        for (let i = 0; i < 40; i++) {
          const bits = ((head << 23) | (i === 0 ? 0 : i === 1 ? 0x7fffff : random.bits() >>> 9)) >>> 0;
          const x = numberOf(bits);
          const { ulp } = bounds[boundOf(bounds, x)]!;
          const error = distance(numberOf(run([bits])), Math.fround(value(x)));
          if (error > ulp) expect(error, `${name}(${x})`).to.be.at.most(ulp);
        }
      }
    });
  }
});
