import { expect } from "chai";
import { MATH_FUNCTIONS } from "../../../sdk/src/compiler/math/accuracy.ts";
import { prepare } from "../../../sdk/src/compiler/tape/evaluate.ts";
import { scheduled, Tape } from "../../../sdk/src/compiler/tape/tape.ts";
import { fromFloat, toFloat } from "../../../sdk/src/machine/scalar.ts";

const INFINITY = Number.POSITIVE_INFINITY;
const LEAST = 2 ** -149;
const LARGEST = toFloat(0x7f7fffff);
const HALF_PI = Math.fround(Math.PI / 2);

type Cases = readonly (readonly [x: number, expected: number])[];

/** Infinities, zeros, the least subnormal, overflow and underflow, and the ends of domains. */
const SPECIAL: Readonly<Record<string, Cases>> = {
  exp: [
    [INFINITY, INFINITY],
    [-INFINITY, 0],
    [0, 1],
    [-0, 1],
    [LEAST, 1],
    [88.72283172607422, Math.fround(Math.exp(88.72283172607422))],
    [88.72284698486328, INFINITY],
    [LARGEST, INFINITY],
    [-103.5, LEAST],
    [-104, 0],
    [-LARGEST, 0],
  ],
  expMinusOne: [
    [INFINITY, INFINITY],
    [-INFINITY, -1],
    [0, 0],
    [-0, 0],
    [2 * LEAST, 2 * LEAST],
    [-2 * LEAST, -2 * LEAST],
    [LARGEST, INFINITY],
    [-LARGEST, -1],
  ],
  log: [
    [INFINITY, INFINITY],
    [-INFINITY, Number.NaN],
    [0, -INFINITY],
    [-0, -INFINITY],
    [-LEAST, Number.NaN],
    [1, 0],
    [LEAST, Math.fround(Math.log(LEAST))],
    [LARGEST, Math.fround(Math.log(LARGEST))],
  ],
  sigmoid: [
    [INFINITY, 1],
    [-INFINITY, 0],
    [0, 0.5],
    [-0, 0.5],
    [-103.5, LEAST],
    [-104, 0],
    [LARGEST, 1],
  ],
  softplus: [
    [INFINITY, INFINITY],
    [-INFINITY, 0],
    [LARGEST, LARGEST],
    [-LARGEST, 0],
    [-103.5, LEAST],
    [0, Math.fround(Math.LN2)],
  ],
  mish: [
    [INFINITY, INFINITY],
    [-INFINITY, -0],
    [LARGEST, LARGEST],
    [-LARGEST, -0],
    [0, 0],
    [-0, -0],
  ],
  erf: [
    [INFINITY, 1],
    [-INFINITY, -1],
    [0, 0],
    [-0, -0],
    [LARGEST, 1],
  ],
  gelu: [
    [INFINITY, INFINITY],
    [-INFINITY, -0],
    [LARGEST, LARGEST],
    [-LARGEST, -0],
    [0, 0],
    [-0, -0],
  ],
  geluTanh: [
    [INFINITY, INFINITY],
    [-INFINITY, -0],
    [LARGEST, LARGEST],
    [-LARGEST, -0],
    [0, 0],
    [-0, -0],
  ],
  tanh: [
    [INFINITY, 1],
    [-INFINITY, -1],
    [0, 0],
    [-0, -0],
    [LEAST, LEAST],
    [-LARGEST, -1],
  ],
  sinh: [
    [INFINITY, INFINITY],
    [-INFINITY, -INFINITY],
    [-0, -0],
    [LEAST, LEAST],
    [89.41598510742188, Math.fround(Math.sinh(89.41598510742188))],
    [89.41600036621094, INFINITY],
    [-LARGEST, -INFINITY],
  ],
  cosh: [
    [INFINITY, INFINITY],
    [-INFINITY, INFINITY],
    [0, 1],
    [-0, 1],
    [LEAST, 1],
    [-89.41598510742188, Math.fround(Math.cosh(89.41598510742188))],
    [-89.41600036621094, INFINITY],
  ],
  asinh: [
    [INFINITY, INFINITY],
    [-INFINITY, -INFINITY],
    [-0, -0],
    [LEAST, LEAST],
    [LARGEST, Math.fround(Math.asinh(LARGEST))],
  ],
  acosh: [
    [INFINITY, INFINITY],
    [-INFINITY, Number.NaN],
    [1, 0],
    [0, Number.NaN],
    [-0, Number.NaN],
    [0.9999999403953552, Number.NaN],
    [-1, Number.NaN],
    [-1e19, Number.NaN],
    [LARGEST, Math.fround(Math.acosh(LARGEST))],
  ],
  atanh: [
    [INFINITY, Number.NaN],
    [1, INFINITY],
    [-1, -INFINITY],
    [1.0000001192092896, Number.NaN],
    [-2, Number.NaN],
    [-0, -0],
    [-LEAST, -LEAST],
  ],
  sin: [
    [INFINITY, Number.NaN],
    [-INFINITY, Number.NaN],
    [0, 0],
    [-0, -0],
    [LEAST, LEAST],
    [-LEAST, -LEAST],
    [LARGEST, Math.fround(Math.sin(LARGEST))],
  ],
  cos: [
    [INFINITY, Number.NaN],
    [-INFINITY, Number.NaN],
    [0, 1],
    [-0, 1],
    [LEAST, 1],
    [-LARGEST, Math.fround(Math.cos(LARGEST))],
  ],
  tan: [
    [INFINITY, Number.NaN],
    [-INFINITY, Number.NaN],
    [0, 0],
    [-0, -0],
    [LEAST, LEAST],
    [HALF_PI, Math.fround(Math.tan(HALF_PI))],
  ],
  asin: [
    [INFINITY, Number.NaN],
    [1, HALF_PI],
    [-1, -HALF_PI],
    [1.0000001192092896, Number.NaN],
    [-0, -0],
    [LEAST, LEAST],
  ],
  acos: [
    [-INFINITY, Number.NaN],
    [1, 0],
    [-1, Math.fround(Math.PI)],
    [-1.0000001192092896, Number.NaN],
    [0, HALF_PI],
    [-0, HALF_PI],
  ],
  atan: [
    [INFINITY, HALF_PI],
    [-INFINITY, -HALF_PI],
    [LARGEST, HALF_PI],
    [0, 0],
    [-0, -0],
    [-LEAST, -LEAST],
  ],
};

const ODD = ["erf", "tanh", "sinh", "asinh", "atanh", "sin", "tan", "asin", "atan"];
const EVEN = ["cosh", "cos"];

/** Numbers of every sign and exponent. */
const NUMBERS = Array.from({ length: 4 * 255 }, (_, i) => toFloat((i << 21) | (i * 8191)));

describe("special values of transcendental functions", () => {
  for (const { name, emit } of MATH_FUNCTIONS) {
    const tape = new Tape();
    const result = emit(tape, tape.operand(0));
    const run = prepare(tape, result);
    const compute = (x: number): number => toFloat(run([fromFloat(x)]));

    it(`behavior: ${name} of infinities, zeros, the least and the largest numbers`, () => {
      expect(SPECIAL[name]).to.have.length.greaterThan(3);
      for (const [x, expected] of SPECIAL[name]!) {
        const actual = compute(x);
        expect(Object.is(actual, expected), `${name}(${x}) = ${actual}, not ${expected}`).to.equal(true);
      }
    });

    it(`behavior: ${name} of NaN is the canonical NaN`, () => {
      for (const bits of [0x7fc00000, 0x7f800001, 0x7fffffff, 0xff800001, 0xffffffff])
        expect(run([bits])).to.equal(0x7fc00000);
    });

    it(`behavior: ${name} leaves room on the tape`, () => {
      expect(scheduled(tape, result).length).to.be.at.most(200);
    });

    if (ODD.includes(name) || EVEN.includes(name))
      it(`behavior: ${name} is ${ODD.includes(name) ? "odd" : "even"} bit for bit`, () => {
        for (const x of NUMBERS) {
          const [plus, minus] = [compute(x), compute(-x)];
          expect(Object.is(minus, ODD.includes(name) ? -plus : plus), `${name}(${x})`).to.equal(true);
        }
      });
  }
});
