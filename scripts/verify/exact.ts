/**
 * Elementary functions in integer arithmetic: a number x is held as the integer nearest to x * 2^320. Every function is a convergent series or an
 * identity, added up until its terms vanish, so that only the truncation of single operations is lost: results of at least 2^-150 keep some 150 bits.
 * Slow, and meant to be obviously right.
 */

/** x * 2^320, rounded. */
export type Fixed = bigint;

const BITS = 320n;
export const ONE: Fixed = 1n << BITS;

export const mul = (a: Fixed, b: Fixed): Fixed => (a * b) >> BITS;
export const div = (a: Fixed, b: Fixed): Fixed => (a << BITS) / b;

/** A binary32 number, exactly. */
export function fromNumber(x: number): Fixed {
  // 2^172 scales the least subnormal, 2^-149, to an integer that a double holds, and so does 2^-127 * 2^149 the largest.
  const [scaled, shift] = Math.abs(x) < 1 ? [x * 2 ** 172, BITS - 172n] : [x * 2 ** 23, BITS - 23n];
  return BigInt(scaled) << shift;
}

/** The double nearest to a fixed-point number but for the last bit or two: of its 64 leading bits. */
export function toNumber(a: Fixed): number {
  const magnitude = a < 0n ? -a : a;
  const excess = magnitude.toString(2).length - 64;
  const value = excess > 0 ? Number(magnitude >> BigInt(excess)) * 2 ** excess : Number(magnitude);
  return (a < 0n ? -1 : 1) * (value * 2 ** -160) * 2 ** -160;
}

/** The binary32 number nearest to a fixed-point number; no value of a transcendental function lies in the middle between two of them. */
export function roundToBinary32(a: Fixed): number {
  const magnitude = a < 0n ? -a : a;
  const sign = a < 0n ? -1 : 1;
  // The last place of the result: 23 bits below the first one, and never below 2^-149.
  const place = Math.max(magnitude.toString(2).length - 24, Number(BITS) - 149);
  const rounded = (magnitude + (1n << BigInt(place - 1))) >> BigInt(place);
  return Math.fround(sign * Number(rounded) * 2 ** (place - Number(BITS)));
}

export function sqrt(a: Fixed): Fixed {
  if (a === 0n) return 0n;
  const radicand = a << BITS;
  let root = 1n << BigInt(Math.ceil(radicand.toString(2).length / 2));
  for (;;) {
    const next = (root + radicand / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** Adds up terms until they are nothing. */
function series(
  first: Fixed,
  next: (term: Fixed, n: bigint) => Fixed,
  part: (term: Fixed, n: bigint) => Fixed,
): Fixed {
  let sum = 0n;
  let term = first;
  for (let n = 0n; term !== 0n && term !== -1n; n++) {
    sum += part(term, n);
    term = next(term, n);
  }
  return sum;
}

/** z + z^3/3 + z^5/5 + ..., or with alternating signs. */
function oddSeries(z: Fixed, isAlternating: boolean): Fixed {
  const square = isAlternating ? -mul(z, z) : mul(z, z);
  return series(
    z,
    (term) => mul(term, square),
    (term, n) => term / (2n * n + 1n),
  );
}

/** Machin's formula, at 192 bits more than everything else, for arguments up to 2^128. */
const WIDE = 192n;
const PI_WIDE = ((): bigint => {
  const arctangentOfInverse = (k: bigint): bigint => {
    let sum = 0n;
    let power = (1n << (BITS + WIDE + 16n)) / k;
    for (let n = 1n; power !== 0n; n += 2n) {
      sum += n % 4n === 1n ? power / n : -(power / n);
      power /= k * k;
    }
    return sum;
  };
  return (16n * arctangentOfInverse(5n) - 4n * arctangentOfInverse(239n)) >> 16n;
})();
export const PI: Fixed = PI_WIDE >> WIDE;
const LN2: Fixed = 2n * oddSeries(ONE / 3n, false);

export function exp(a: Fixed): Fixed {
  const n = div(a, LN2) >> BITS;
  const r = a - n * LN2;
  const power = series(
    ONE,
    (term, k) => mul(term, r) / (k + 1n),
    (term) => term,
  );
  return n >= 0n ? power << n : power >> -n;
}

export function log(a: Fixed): Fixed {
  const k = BigInt(a.toString(2).length) - BITS;
  const m = k >= 0n ? a >> k : a << -k; // in [1/2, 1)
  return k * LN2 + 2n * oddSeries(div(m - ONE, m + ONE), false);
}

/** Sine and cosine of what is left of the argument after quarters of a turn, and their number. */
function quarters(a: Fixed): { readonly sine: Fixed; readonly cosine: Fixed; readonly turn: number } {
  const wide = a << WIDE;
  const n = (2n * wide + PI_WIDE / 2n) / PI_WIDE - (wide < 0n ? 1n : 0n);
  const r = (2n * wide - n * PI_WIDE) >> (WIDE + 1n);
  const square = mul(r, r);
  const alternating = (first: Fixed, offset: bigint): Fixed =>
    series(
      first,
      (term, k) => -mul(term, square) / ((2n * k + 1n + offset) * (2n * k + 2n + offset)),
      (term) => term,
    );
  return { sine: alternating(r, 1n), cosine: alternating(ONE, 0n), turn: Number(BigInt.asUintN(2, n)) };
}

export function sin(a: Fixed): Fixed {
  const { sine, cosine, turn } = quarters(a);
  return [sine, cosine, -sine, -cosine][turn]!;
}

export function cos(a: Fixed): Fixed {
  const { sine, cosine, turn } = quarters(a);
  return [cosine, -sine, -cosine, sine][turn]!;
}

export const tan = (a: Fixed): Fixed => div(sin(a), cos(a));

export function atan(a: Fixed): Fixed {
  if (a < 0n) return -atan(-a);
  if (a > ONE) return PI / 2n - atan(div(ONE, a));
  const halved = (x: Fixed): Fixed => div(x, ONE + sqrt(ONE + mul(x, x)));
  return 4n * oddSeries(halved(halved(a)), true);
}

export function asin(a: Fixed): Fixed {
  if (a === ONE || a === -ONE) return a > 0n ? PI / 2n : -PI / 2n;
  return atan(div(a, sqrt(ONE - mul(a, a))));
}

export const acos = (a: Fixed): Fixed => PI / 2n - asin(a);

export const sinh = (a: Fixed): Fixed => (exp(a) - exp(-a)) / 2n;
export const cosh = (a: Fixed): Fixed => (exp(a) + exp(-a)) / 2n;
export const expm1 = (a: Fixed): Fixed => exp(a) - ONE;
export const asinh = (a: Fixed): Fixed => (a < 0n ? -asinh(-a) : log(a + sqrt(mul(a, a) + ONE)));
export const acosh = (a: Fixed): Fixed => log(a + sqrt(mul(a, a) - ONE));
export const atanh = (a: Fixed): Fixed => log(div(ONE + a, ONE - a)) / 2n;

export function tanh(a: Fixed): Fixed {
  if (a < 0n) return -tanh(-a);
  const e = exp(-2n * a);
  return div(ONE - e, ONE + e);
}

/** 2/sqrt(pi) * exp(-x^2) * (x + 2x^3/3 + 4x^5/15 + ...): all terms are of one sign. */
export function erf(a: Fixed): Fixed {
  if (a < 0n) return -erf(-a);
  if (a > 12n * ONE) return ONE; // what is missing is below 2^-211, and the factors below lose their digits
  const square = mul(a, a);
  const sum = series(
    a,
    (term, n) => (2n * mul(term, square)) / (2n * n + 3n),
    (term) => term,
  );
  return div(2n * sum, mul(exp(square), sqrt(PI)));
}

export const erfc = (a: Fixed): Fixed => ONE - erf(a);

export function sigmoid(a: Fixed): Fixed {
  const e = exp(a > 0n ? -a : a);
  return div(a > 0n ? ONE : e, ONE + e);
}

export const softplus = (a: Fixed): Fixed => (a > 0n ? a + log(ONE + exp(-a)) : log(ONE + exp(a)));
export const mish = (a: Fixed): Fixed => mul(a, tanh(softplus(a)));
export const gelu = (a: Fixed): Fixed => mul(a, ONE + erf(div(a, sqrt(2n * ONE)))) / 2n;

/** The approximation of gelu by a hyperbolic tangent, as ONNX defines it. */
export function geluTanh(a: Fixed): Fixed {
  const cubic = a + mul((44715n * ONE) / 1_000_000n, mul(a, mul(a, a)));
  const u = mul(sqrt(div(2n * ONE, PI)), cubic);
  return mul(a, sigmoid(2n * u));
}
