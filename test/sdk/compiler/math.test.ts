import { expect } from "chai";
import { exp } from "../../../sdk/src/compiler/math/exp.ts";
import { constantPow, pow } from "../../../sdk/src/compiler/math/pow.ts";
import { sign } from "../../../sdk/src/compiler/math/sign.ts";
import { prepare } from "../../../sdk/src/compiler/tape/evaluate.ts";
import { type Register, Tape } from "../../../sdk/src/compiler/tape/tape.ts";
import { fromFloat, toFloat } from "../../../sdk/src/machine/scalar.ts";
import { createRandom } from "../../support/random.ts";

type Compute = (t: Tape, ...args: readonly Register[]) => Register;

/** The function over numbers. */
function compiled(compute: Compute, arity = 1): (...args: readonly number[]) => number {
  const tape = new Tape();
  const args = Array.from({ length: arity }, (_, slot) => tape.operand(slot));
  const run = prepare(tape, compute(tape, ...args));
  return (...values) => toFloat(run(values.map(fromFloat)));
}

/** Distance in representable numbers. */
function ulps(actual: number, expected: number): number {
  if (Number.isNaN(actual) || Number.isNaN(expected))
    return Object.is(actual, expected) ? 0 : Number.POSITIVE_INFINITY;
  const place = (value: number): number => {
    const bits = fromFloat(value);
    return bits >= 0x8000_0000 ? 0x8000_0000 - bits : bits;
  };
  return Math.abs(place(actual) - place(Math.fround(expected)));
}

/** Evenly spaced numbers of an interval. */
function* evenly(least: number, most: number, count: number): Generator<number> {
  for (let i = 0; i < count; i++) yield Math.fround(least + ((most - least) * i) / count);
}

describe("exp", () => {
  it("behavior: never decreases", () => {
    const run = compiled(exp);
    let last = 0;
    for (const x of evenly(-104, 89, 200_000)) {
      const value = run(x);
      if (value < last) expect(value, `exp(${x})`).to.be.at.least(last);
      last = value;
    }
  });
});

describe("sign", () => {
  it("default: -1, 0, 1", () => {
    const run = compiled(sign);
    expect([-3, 2 ** -149, Number.POSITIVE_INFINITY].map((x) => run(x))).to.deep.equal([-1, 1, 1]);
    expect(Object.is(run(-0), -0)).to.equal(true);
    expect(run(Number.NaN)).to.be.NaN;
  });
});

describe("pow", () => {
  it("behavior: within its stated bound", () => {
    const run = compiled(pow, 2);
    const random = createRandom(23);
    for (let i = 0; i < 50_000; i++) {
      const x = Math.fround(2 ** ((random.bits() / 2 ** 32) * 40 - 20));
      const y = Math.fround((random.bits() / 2 ** 32) * 8 - 4);
      const exact = x ** y;
      if (exact > 3e38 || exact < 1.2e-38) continue;
      const bound = (2 + 2 * Math.abs(y * Math.log(x))) * 2 ** -23;
      if (Math.abs(run(x, y) / exact - 1) > bound)
        expect(run(x, y) / exact - 1, `${x} ** ${y}`).to.be.within(-bound, bound);
    }
  });

  it("behavior: special values are those of C", () => {
    const run = compiled(pow, 2);
    const [infinity, nan] = [Number.POSITIVE_INFINITY, Number.NaN];
    const cases: readonly (readonly [number, number, number])[] = [
      ...([
        [-2, 0.5, nan],
        [-infinity, 0.5, infinity],
        [-infinity, -0.5, 0],
        [nan, 2, nan],
        [2, nan, nan],
      ] as const),
      ...([
        [0, 2, 0],
        [0, -1, infinity],
        [-0, 3, -0],
        [-0, 2, 0],
        [-0, -1, -infinity],
        [-0, -2, infinity],
      ] as const),
      ...([
        [-0, 0.5, 0],
        [0, 0, 1],
        [5, 0, 1],
        [5, -0, 1],
        [nan, 0, 1],
        [1, nan, 1],
        [-infinity, 0, 1],
      ] as const),
      ...([
        [2, infinity, infinity],
        [0.5, infinity, 0],
        [2, -infinity, 0],
        [0.5, -infinity, infinity],
      ] as const),
      ...([
        [-1, infinity, 1],
        [-1, -infinity, 1],
        [1, infinity, 1],
        [-1, 3, -1],
        [-1, 4, 1],
      ] as const),
      ...([
        [infinity, 2, infinity],
        [infinity, -2, 0],
        [-infinity, 3, -infinity],
        [-infinity, 2, infinity],
      ] as const),
      ...([
        [-infinity, -3, -0],
        [-infinity, -2, 0],
        [0, infinity, 0],
        [0, -infinity, infinity],
      ] as const),
    ];
    for (const [x, y, expected] of cases)
      expect(Object.is(run(x, y), expected), `${x} ** ${y} = ${run(x, y)}, not ${expected}`).to.equal(true);
    for (const [x, y, expected] of [
      [-2, 3, -8],
      [-2, 2, 4],
      [-3, -1, -1 / 3],
    ] as const)
      expect(ulps(run(x, y), expected), `${x} ** ${y}`).to.be.at.most(2);
  });

  it("behavior: constant exponents", () => {
    for (const exponent of [0, 1, 2, 3, 4, 5, 7, 10, 64, -1, -2, -3, 0.5, -0.5]) {
      const run = compiled((t, x) => constantPow(t, x!, exponent));
      for (const x of [0.3, 0.7, 1, 1.5, 2]) {
        const bound = Math.max(1, 2 * Math.abs(exponent));
        expect(ulps(run(Math.fround(x)), Math.fround(x) ** exponent), `${x} ** ${exponent}`).to.be.at.most(
          bound,
        );
      }
    }
  });
});
