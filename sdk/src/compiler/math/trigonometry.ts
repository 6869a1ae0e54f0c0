import { Op } from "../../machine/opcodes.ts";
import type { Register, Tape } from "../tape/tape.ts";

/** sin(r) = r + r^3 * p(r^2) and cos(r) = 1 - r^2 / 2 + r^4 * q(r^2) on |r| <= pi/4: the coefficients of Cephes' sinf and cosf (S. Moshier). */
const SINE = [-1.6666654611e-1, 8.3321608736e-3, -1.9515295891e-4];
const COSINE = [4.166664568298827e-2, -1.388731625493765e-3, 2.443315711809948e-5];

/**
 * The bits of 2/pi, behind 47 zeros. A number m * 2^(e - 150) with an integer m < 2^24 takes 96 of them from bit e - 104 on: those before it make
 * multiples of four quarters, and those behind it are too small to matter.
 */
const TWO_OVER_PI = [
  0x00000000, 0x0000a2f9, 0x836e4e44, 0x1529fc27, 0x57d1f534, 0xddc0db62, 0x95993c43, 0x9041fe51,
];
const LEAST_EXPONENT = 104;

/** pi/2 as one binary32 number, and in two parts; products of the first part with numbers of 16 bits are exact. */
const HALF_PI = 1.5707963705062866;
const HALF_PI_HIGH = 1.5703125;
const HALF_PI_LOW = 4.838267923332751e-4;
/** What `HALF_PI` has too much. */
const HALF_PI_EXCESS = 4.371138828673793e-8;

const QUARTER_PI = 0.7853981852531433;

/** |x| = n * pi/2 + r + rest with |r| <= pi/4; of n the two lowest bits. */
interface Reduction {
  readonly n: Register;
  readonly r: Register;
  readonly rest: Register;
}

/** sin(x): odd bit for bit, the sign of zero is kept; NaN for infinities. */
export function sin(t: Tape, x: Register): Register {
  const value = rotated(t, x, 0);
  const signed = t.op(Op.i32Xor, value, t.op(Op.i32And, x, t.i32(0x80000000)));
  return withoutInfinities(t, signed, x);
}

/** cos(x): NaN for infinities. */
export function cos(t: Tape, x: Register): Register {
  return withoutInfinities(t, rotated(t, x, 1), x);
}

/** tan(x): odd bit for bit, the sign of zero is kept; NaN for infinities. */
export function tan(t: Tape, x: Register): Register {
  return t.div(sin(t, x), cos(t, x));
}

/** The value, or NaN where x is infinite or NaN; the sign of zero is kept. */
function withoutInfinities(t: Tape, value: Register, x: Register): Register {
  return t.sub(value, t.sub(x, x));
}

/** sin(|x| + quarters * pi / 2) */
function rotated(t: Tape, x: Register, quarters: 0 | 1): Register {
  const { n, r, rest } = reduced(t, t.op(Op.f32Abs, x));
  const z = t.mul(r, r);
  const sine = t.add(r, t.add(t.mul(t.mul(r, z), t.polynomial(z, SINE)), rest));

  const half = t.mul(t.f32(0.5), z);
  const leading = t.sub(t.f32(1), half);
  const lost = t.sub(t.sub(t.f32(1), leading), half);
  const curve = t.mul(t.mul(z, z), t.polynomial(z, COSINE));
  const cosine = t.add(leading, t.add(lost, t.sub(curve, t.mul(r, rest))));

  const turn = t.op(Op.i32Add, n, t.i32(quarters));
  const value = t.select(t.op(Op.i32And, turn, t.i32(1)), cosine, sine);
  return t.select(t.op(Op.i32And, turn, t.i32(2)), t.op(Op.f32Neg, value), value);
}

/** Payne and Hanek's reduction: |x| * 2/pi modulo 4 in integers, its fraction with 62 bits, so that no argument is too large. */
function reduced(t: Tape, a: Register): Reduction {
  const { high, low } = quartersOf(t, a);
  const n = t.op(Op.i32ShrU, t.op(Op.i32Add, high, t.i32(0x20000000)), t.i32(30));
  // The fraction in [-1/2, 1/2), as a sign and 63 bits.
  const signedHigh = t.op(Op.i32Or, t.op(Op.i32Shl, high, t.i32(2)), t.op(Op.i32ShrU, low, t.i32(30)));
  const mask = t.op(Op.i32ShrS, signedHigh, t.i32(31));
  const magnitude = t.op(Op.i32Xor, signedHigh, mask);
  const remainder = t.op(Op.i32Xor, t.op(Op.i32Shl, low, t.i32(2)), mask);

  const leading = t.mul(
    t.op(Op.f32ConvertI32S, t.op(Op.i32And, magnitude, t.i32(0x7ff80000))),
    t.f32(2 ** -32),
  );
  const trailing = t.add(
    t.mul(t.op(Op.f32ConvertI32S, t.op(Op.i32And, magnitude, t.i32(0x0007ffff))), t.f32(2 ** -32)),
    t.mul(t.op(Op.f32ConvertI32U, remainder), t.f32(2 ** -64)),
  );
  const exact = t.mul(leading, t.f32(HALF_PI_HIGH));
  const trailingArc = t.sub(t.mul(trailing, t.f32(HALF_PI)), t.mul(trailing, t.f32(HALF_PI_EXCESS)));
  const inexact = t.add(t.mul(leading, t.f32(HALF_PI_LOW)), trailingArc);
  const sum = t.add(exact, inexact);
  const rest = t.add(t.sub(exact, sum), inexact);

  const sign = t.op(Op.i32And, mask, t.i32(0x80000000));
  const isSmall = t.op(Op.f32Le, a, t.f32(QUARTER_PI));
  return {
    n: t.select(isSmall, t.i32(0), n),
    r: t.select(isSmall, a, t.op(Op.i32Xor, sum, sign)),
    rest: t.select(isSmall, t.f32(0), t.op(Op.i32Xor, rest, sign)),
  };
}

/** a * 2/pi modulo 4, in units of 2^-62. */
function quartersOf(t: Tape, a: Register): { readonly high: Register; readonly low: Register } {
  const exponent = t.op(Op.i32MaxS, t.op(Op.i32ShrU, a, t.i32(23)), t.i32(LEAST_EXPONENT));
  const m = t.op(Op.i32Or, t.op(Op.i32And, a, t.i32(0x7fffff)), t.i32(0x800000));
  const start = t.op(Op.i32Sub, exponent, t.i32(LEAST_EXPONENT));
  const shift = t.op(Op.i32And, start, t.i32(31));
  const words = [0, 1, 2, 3].map((k) => wordAt(t, t.op(Op.i32ShrU, start, t.i32(5)), k));
  const back = t.op(Op.i32Sub, t.i32(31), shift);
  const [top, middle, bottom] = [0, 1, 2].map((k) => {
    // Two shifts, since a shift by 32 is none.
    const next = t.op(Op.i32ShrU, t.op(Op.i32ShrU, words[k + 1]!, t.i32(1)), back);
    return t.op(Op.i32Or, t.op(Op.i32Shl, words[k]!, shift), next);
  });
  const low = t.op(Op.i32Add, t.op(Op.i32Mul, m, middle!), highProduct(t, m, bottom!));
  const carry = isBelow(t, low, t.op(Op.i32Mul, m, middle!));
  const high = t.op(Op.i32Add, t.op(Op.i32Mul, m, top!), highProduct(t, m, middle!));
  return { high: t.op(Op.i32Add, high, carry), low };
}

/** Word `index + offset` of the table, the index being at most 4. */
function wordAt(t: Tape, index: Register, offset: number): Register {
  const word = (i: number): Register => t.i32(TWO_OVER_PI[i + offset]!);
  const isOdd = t.op(Op.i32And, index, t.i32(1));
  const isAboveOne = t.op(Op.i32And, index, t.i32(2));
  const isFour = t.op(Op.i32And, index, t.i32(4));
  const below = t.select(isAboveOne, t.select(isOdd, word(3), word(2)), t.select(isOdd, word(1), word(0)));
  return t.select(isFour, word(4), below);
}

/** The upper 32 bits of the product of two unsigned numbers. */
function highProduct(t: Tape, a: Register, b: Register): Register {
  const upper = (x: Register): Register => t.op(Op.i32ShrU, x, t.i32(16));
  const lower = (x: Register): Register => t.op(Op.i32And, x, t.i32(0xffff));
  const times = (x: Register, y: Register): Register => t.op(Op.i32Mul, x, y);
  const sum = t.op(Op.i32Add, times(upper(a), lower(b)), upper(times(lower(a), lower(b))));
  const cross = t.op(Op.i32Add, lower(sum), times(lower(a), upper(b)));
  return t.op(Op.i32Add, times(upper(a), upper(b)), t.op(Op.i32Add, upper(sum), upper(cross)));
}

/** Whether a < b as unsigned numbers. */
function isBelow(t: Tape, a: Register, b: Register): Register {
  const flipped = (x: Register): Register => t.op(Op.i32Xor, x, t.i32(0x80000000));
  return t.op(Op.i32LtS, flipped(a), flipped(b));
}
