/**
 * The same functions as `exact.ts` has, in double precision: what billions of results are compared with. Every one states how far it can be from the exact
 * value; where that leaves open which binary32 number is nearest, `exact.ts` decides. That the statement holds is measured at many points of every exponent.
 */

import * as exact from "./exact.ts";

export interface Reference {
  readonly value: (x: number) => number;
  readonly exact: (x: exact.Fixed) => exact.Fixed;
  /** The relative error of `value`, at most. */
  readonly error: number;
  /** Of arguments of a smaller magnitude `value` rounds to the binary32 number that the exact value rounds to, however close that is to the middle of two. */
  readonly certainBelow: number;
}

/** What fdlibm, which JavaScript engines use, promises of its functions is less than 2^-52; short compositions of them lose a few bits. */
const USUAL = 2 ** -44;

/** Below this x is the nearest binary32 number to every odd function with slope one at zero, and a double cannot tell the difference. */
const TINY = 2 ** -30;

const CENTRES_PER_UNIT = 8;
const LARGEST_ARGUMENT = 11;
const DEGREE = 15;

/** Taylor coefficients of exp(z^2) * erfc(z) around centres. With y its value, y' = 2zy - 2/sqrt(pi), and so on for higher derivatives. */
const SCALED_COMPLEMENT: readonly Float64Array[] = Array.from(
  { length: CENTRES_PER_UNIT * LARGEST_ARGUMENT },
  (_, k) => {
    const centre = exact.fromNumber((k + 0.5) / CENTRES_PER_UNIT);
    const square = exact.mul(centre, centre);
    const value = exact.mul(exact.exp(square), exact.erfc(centre));
    const slope = 2n * exact.mul(centre, value) - exact.div(2n * exact.ONE, exact.sqrt(exact.PI));
    const coefficients = [value, slope];
    for (let n = 1; n < DEGREE; n++) {
      const sum = exact.mul(centre, coefficients[n]!) + coefficients[n - 1]!;
      coefficients.push((2n * sum) / BigInt(n + 1));
    }
    return Float64Array.from(coefficients, exact.toNumber);
  },
);

/** exp(z^2) * erfc(z) for 0 <= z < `LARGEST_ARGUMENT`. */
function scaledComplement(z: number): number {
  const k = Math.floor(z * CENTRES_PER_UNIT);
  const coefficients = SCALED_COMPLEMENT[k]!;
  const distance = z - (k + 0.5) / CENTRES_PER_UNIT;
  let sum = 0;
  for (let n = DEGREE; n >= 0; n--) sum = sum * distance + coefficients[n]!;
  return sum;
}

/** The squares are exact, since x has 24 bits. */
function erf(x: number): number {
  const a = Math.abs(x);
  if (a > 6) return Math.sign(x);
  if (a >= 0.5) return Math.sign(x) * (1 - Math.exp(-x * x) * scaledComplement(a));
  let term = x;
  let sum = x;
  for (let n = 1; n < 14; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

/**
 * Both forms of gelu for |x| below `TINY`: x / 2, and above it by less than a double can tell. Halves of subnormal numbers lie in the middle of two binary32
 * numbers, of which the upper one is nearer.
 */
function aboveHalf(x: number): number {
  const half = x / 2;
  return half + Math.abs(half) * 2 ** -52;
}

function gelu(x: number): number {
  const a = Math.abs(x);
  if (a < TINY) return aboveHalf(x);
  if (!(a <= 15)) return x < 0 ? -0 : x;
  const tail = 0.5 * Math.exp(-0.5 * x * x) * scaledComplement(a * Math.SQRT1_2);
  return x * (x > 0 ? 1 - tail : tail);
}

const sigmoid = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

function geluTanh(x: number): number {
  if (x < -30) return -0;
  if (Math.abs(x) < TINY) return aboveHalf(x);
  return x * sigmoid(2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x));
}

function mish(x: number): number {
  if (x > 40 || x < -200) return x > 0 ? x : -0;
  const e = Math.exp(x);
  return (x * (e * (e + 2))) / (e * (e + 2) + 2);
}

const odd =
  (f: (x: number) => number) =>
  (x: number): number =>
    Math.abs(x) < TINY ? x : f(x);

function reference(
  value: (x: number) => number,
  exactly: (x: exact.Fixed) => exact.Fixed,
  { error = USUAL, certainBelow = 0 }: Partial<Pick<Reference, "error" | "certainBelow">> = {},
): Reference {
  return { value, exact: exactly, error, certainBelow };
}

/** By the names of `MATH_FUNCTIONS`. */
export const REFERENCES: Readonly<Record<string, Reference>> = {
  exp: reference(Math.exp, exact.exp),
  expMinusOne: reference(Math.expm1, exact.expm1),
  log: reference(Math.log, exact.log),
  sigmoid: reference(sigmoid, exact.sigmoid),
  softplus: reference(
    (x) => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x))),
    exact.softplus,
  ),
  mish: reference(mish, exact.mish),
  erf: reference(erf, exact.erf),
  gelu: reference(gelu, exact.gelu, { certainBelow: TINY }),
  // The exponent's rounding errors count some hundred times.
  geluTanh: reference(geluTanh, exact.geluTanh, { error: 2 ** -40, certainBelow: TINY }),
  tanh: reference(odd(Math.tanh), exact.tanh),
  sinh: reference(odd(Math.sinh), exact.sinh),
  cosh: reference(Math.cosh, exact.cosh),
  asinh: reference(odd(Math.asinh), exact.asinh),
  acosh: reference(Math.acosh, exact.acosh),
  atanh: reference(odd(Math.atanh), exact.atanh),
  sin: reference(odd(Math.sin), exact.sin),
  cos: reference(Math.cos, exact.cos),
  tan: reference(odd(Math.tan), exact.tan),
  asin: reference(odd(Math.asin), exact.asin),
  acos: reference(Math.acos, exact.acos),
  atan: reference(odd(Math.atan), exact.atan),
};
