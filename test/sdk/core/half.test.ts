import { expect } from "chai";
import { roundToHalf } from "../../../sdk/src/compiler/math/half.ts";
import { prepare } from "../../../sdk/src/compiler/tape/evaluate.ts";
import { Tape } from "../../../sdk/src/compiler/tape/tape.ts";
import { brainToNumber, halfToNumber, numberToBrain, numberToHalf } from "../../../sdk/src/core/half.ts";
import { createRandom } from "../../support/random.ts";
import { printedSeed } from "../../support/seed.ts";

const PATTERNS = Array.from({ length: 0x10000 }, (_, pattern) => pattern);
const FLOAT = new Float32Array(1);
const BITS = new Uint32Array(FLOAT.buffer);
const floatOf = (bits: number): number => {
  BITS[0] = bits;
  return FLOAT[0]!;
};
const bitsOf = (value: number): number => {
  FLOAT[0] = value;
  return BITS[0]!;
};

/** The nearest of all patterns of positive numbers, found by bisection; of two the even one. */
function nearest(value: number, infinity: number, numberOf: (pattern: number) => number): number {
  const sign = bitsOf(value) >= 0x80000000 ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  // Beyond the largest number stands, for rounding, the next power of two.
  const place = (pattern: number): number =>
    pattern < infinity ? numberOf(pattern) : 2 * numberOf(infinity - 1) - numberOf(infinity - 2);
  let [low, high] = [0, infinity];
  if (magnitude >= place(infinity)) return sign | infinity;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (place(middle) <= magnitude) low = middle;
    else high = middle;
  }
  const [below, above] = [magnitude - place(low), place(high) - magnitude];
  return sign | (below < above || (below === above && low % 2 === 0) ? low : high);
}

describe("core: floats of 16 bits", () => {
  const random = createRandom(printedSeed("floats of 16 bits"));
  const patterns = [0, 0x80000000, 0x7f800000, 0x33000000, 0x33000001, 0x477fefff, 0x477ff000, 0x38800000];
  const cases = [
    ...patterns.map(floatOf),
    ...Array.from({ length: 20_000 }, () => floatOf(random.bits())),
    // Exponents at which halves are neither zero nor infinite.
    ...Array.from({ length: 20_000 }, () =>
      floatOf((random.bits() & 0x807fffff) | (random.integer(100, 145) << 23)),
    ),
  ].filter((value) => !Number.isNaN(value));

  it("default: every binary16 number survives", () => {
    const wrong = PATTERNS.filter((pattern) => {
      const isNone = (pattern & 0x7fff) > 0x7c00;
      return numberToHalf(halfToNumber(pattern)) !== (isNone ? 0x7e00 : pattern);
    });
    expect(wrong).to.deep.equal([]);
  });

  it("default: every bfloat16 number survives", () => {
    const wrong = PATTERNS.filter((pattern) => {
      const isNone = (pattern & 0x7fff) > 0x7f80;
      return numberToBrain(brainToNumber(pattern)) !== (isNone ? 0x7fc0 : pattern);
    });
    expect(wrong).to.deep.equal([]);
  });

  it("behavior: binary32 numbers become the nearest, ties even", () => {
    for (const value of cases) {
      expect(numberToHalf(value), String(value)).to.equal(nearest(value, 0x7c00, halfToNumber));
      expect(numberToBrain(value), String(value)).to.equal(nearest(value, 0x7f80, brainToNumber));
    }
  });

  it("behavior: the compiler rounds alike", () => {
    const tape = new Tape();
    const run = prepare(tape, roundToHalf(tape, tape.operand(0)));
    for (const value of cases)
      expect(run([bitsOf(value)])).to.equal(bitsOf(halfToNumber(numberToHalf(value))));
    expect(run([0x7fc00000])).to.equal(0x7fc00000);
  });
});
