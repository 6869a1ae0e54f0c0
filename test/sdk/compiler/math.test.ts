import { expect } from "chai";
import { erf } from "../../../sdk/src/compiler/math/erf.ts";
import { exp } from "../../../sdk/src/compiler/math/exp.ts";
import { log } from "../../../sdk/src/compiler/math/log.ts";
import { constantPow, pow } from "../../../sdk/src/compiler/math/pow.ts";
import { sigmoid } from "../../../sdk/src/compiler/math/sigmoid.ts";
import { sign } from "../../../sdk/src/compiler/math/sign.ts";
import { tanh } from "../../../sdk/src/compiler/math/tanh.ts";
import { cos, sin } from "../../../sdk/src/compiler/math/trigonometry.ts";
import { prepare } from "../../../sdk/src/compiler/tape/evaluate.ts";
import { type Register, scheduled, Tape } from "../../../sdk/src/compiler/tape/tape.ts";
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

/** Numbers of every sign and exponent, with significands at both ends and in between. */
function* samples(perExponent: number): Generator<number> {
  const random = createRandom(17);
  for (let head = 0; head < 512; head++) {
    for (let i = 0; i < perExponent; i++) {
      const significand = i === 0 ? 0 : i === 1 ? 0x7fffff : random.bits() >>> 9;
      yield toFloat(((head << 23) | significand) >>> 0);
    }
  }
}

/** Evenly spaced numbers of an interval. */
function* evenly(least: number, most: number, count: number): Generator<number> {
  for (let i = 0; i < count; i++) yield Math.fround(least + ((most - least) * i) / count);
}

/** In double precision: the series near zero, the continued fraction of erfc beyond. */
function exactErf(x: number): number {
  const a = Math.abs(x);
  if (Number.isNaN(x) || a > 6) return Number.isNaN(x) ? x : Math.sign(x);
  if (a >= 2.5) {
    let fraction = 0;
    for (let n = 120; n > 0; n--) fraction = n / 2 / (a + fraction);
    return Math.sign(x) * (1 - Math.exp(-a * a) / Math.sqrt(Math.PI) / (a + fraction));
  }
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-20 * Math.abs(sum); n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 * sum) / Math.sqrt(Math.PI);
}

const exactSigmoid = (x: number): number =>
  x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));

const FUNCTIONS: Readonly<
  Record<
    string,
    { compute: Compute; exact: (x: number) => number; bound: number; interval: readonly [number, number] }
  >
> = {
  exp: { compute: exp, exact: Math.exp, bound: 1, interval: [-104, 89] },
  log: { compute: log, exact: Math.log, bound: 1, interval: [0, 4] },
  sigmoid: { compute: sigmoid, exact: exactSigmoid, bound: 3, interval: [-20, 20] },
  tanh: { compute: tanh, exact: Math.tanh, bound: 2, interval: [-10, 10] },
  erf: { compute: erf, exact: exactErf, bound: 2, interval: [-4.5, 4.5] },
};

for (const [name, { compute, exact, bound, interval }] of Object.entries(FUNCTIONS)) {
  describe(name, () => {
    it(`behavior: within ${bound} ulp at every exponent`, () => {
      const run = compiled(compute);
      let worst = 0;
      for (const x of samples(300)) {
        const error = ulps(run(x), exact(x));
        if (error > bound) expect(error, `${name}(${x})`).to.be.at.most(bound);
        worst = Math.max(worst, error);
      }
      for (const x of evenly(...interval, 150_000)) {
        const error = ulps(run(x), exact(x));
        if (error > bound) expect(error, `${name}(${x})`).to.be.at.most(bound);
        worst = Math.max(worst, error);
      }
      expect(worst).to.be.greaterThan(0);
    });

    it("behavior: NaN gives the canonical NaN", () => {
      const tape = new Tape();
      const run = prepare(tape, compute(tape, tape.operand(0)));
      for (const bits of [0x7fc00000, 0x7f800001, 0xffffffff]) expect(run([bits])).to.equal(0x7fc00000);
    });

    it("behavior: leaves room on the tape", () => {
      const tape = new Tape();
      expect(scheduled(tape, compute(tape, tape.operand(0))).length).to.be.at.most(120);
    });
  });
}

describe("exp", () => {
  it("behavior: overflow, underflow and their neighbours", () => {
    const run = compiled(exp);
    expect(run(Number.POSITIVE_INFINITY)).to.equal(Number.POSITIVE_INFINITY);
    expect(run(89)).to.equal(Number.POSITIVE_INFINITY);
    expect(run(88.72283172607422)).to.equal(Math.fround(Math.exp(88.72283172607422)));
    expect(run(-103)).to.equal(2 ** -149);
    expect(run(-104)).to.equal(0);
    expect(run(Number.NEGATIVE_INFINITY)).to.equal(0);
    expect(run(0)).to.equal(1);
    expect(run(-0)).to.equal(1);
  });

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

describe("log", () => {
  it("behavior: zeros, negative numbers, infinity", () => {
    const run = compiled(log);
    expect(run(0)).to.equal(Number.NEGATIVE_INFINITY);
    expect(run(-0)).to.equal(Number.NEGATIVE_INFINITY);
    expect(run(-1)).to.be.NaN;
    expect(run(Number.NEGATIVE_INFINITY)).to.be.NaN;
    expect(run(Number.POSITIVE_INFINITY)).to.equal(Number.POSITIVE_INFINITY);
    expect(run(1)).to.equal(0);
  });
});

describe("tanh and erf", () => {
  it("behavior: odd bit for bit", () => {
    for (const compute of [tanh, erf]) {
      const run = compiled(compute);
      expect(Object.is(run(-0), -0)).to.equal(true);
      for (const x of samples(5))
        if (!Number.isNaN(x)) expect(Object.is(run(-x), -run(x)), String(x)).to.equal(true);
    }
  });
});

describe("sin and cos", () => {
  it("behavior: within 2^-22 up to 8192", () => {
    for (const [compute, exact] of [
      [sin, Math.sin],
      [cos, Math.cos],
    ] as const) {
      const run = compiled(compute);
      for (const x of [...samples(100), ...evenly(-8192, 8192, 100_000), ...evenly(-4, 4, 50_000)]) {
        if (!(Math.abs(x) <= 8192)) continue;
        const error = Math.abs(run(x) - exact(x));
        if (error > 2 ** -22) expect(error, String(x)).to.be.at.most(2 ** -22);
      }
      expect(run(Number.POSITIVE_INFINITY)).to.be.NaN;
      expect(run(Number.NaN)).to.be.NaN;
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

  it("behavior: signs and edges are those of C", () => {
    const run = compiled(pow, 2);
    const cases: readonly (readonly [number, number, number])[] = [
      [-2, 3, -8],
      [-2, 2, 4],
      [-2, 0.5, Number.NaN],
      [0, 2, 0],
      [0, -1, Number.POSITIVE_INFINITY],
      [5, 0, 1],
      [Number.NaN, 0, 1],
      [1, Number.NaN, 1],
      [2, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
      [0.5, Number.POSITIVE_INFINITY, 0],
    ];
    for (const [x, y, expected] of cases) expect(ulps(run(x, y), expected), `${x} ** ${y}`).to.be.at.most(2);
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
