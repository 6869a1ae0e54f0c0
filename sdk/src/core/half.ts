/** Floats of 16 bits as the binary32 numbers that they are, and back. */

const FLOAT = new Float32Array(1);
const BITS = new Uint32Array(FLOAT.buffer);

/** The value of an IEEE-754 binary16 pattern. */
export function halfToNumber(pattern: number): number {
  const sign = pattern & 0x8000 ? -1 : 1;
  const exponent = (pattern >> 10) & 0x1f;
  const fraction = pattern & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The pattern of the binary16 number nearest to a binary32 one, ties to even; 0x7e00 for NaN. */
export function numberToHalf(value: number): number {
  FLOAT[0] = value;
  const bits = BITS[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return 0x7e00;
  // Below 2^-14 halves are the multiples of 2^-24, to which adding 1/2 rounds.
  if (magnitude < 0x38800000) return sign | ((Math.fround(Math.abs(FLOAT[0]!) + 0.5) - 0.5) * 2 ** 24);
  const rounded = (magnitude + 0xfff + ((magnitude >> 13) & 1)) >>> 13;
  return sign | Math.min(rounded - (0x38000000 >>> 13), 0x7c00);
}

/** The value of a bfloat16 pattern: the upper half of a binary32 one. */
export function brainToNumber(pattern: number): number {
  BITS[0] = (pattern & 0xffff) << 16;
  return FLOAT[0]!;
}

/** The pattern of the bfloat16 number nearest to a binary32 one, ties to even; 0x7fc0 for NaN. */
export function numberToBrain(value: number): number {
  FLOAT[0] = value;
  const bits = BITS[0]!;
  if ((bits & 0x7fffffff) > 0x7f800000) return 0x7fc0;
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}
