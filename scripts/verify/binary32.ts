const floats = new Float32Array(1);
const patterns = new Uint32Array(floats.buffer);

/** The number with these bits. */
export function numberOf(bits: number): number {
  patterns[0] = bits;
  return floats[0]!;
}

/** The place of a binary32 number among all of them, in order; both zeros have the place 0. */
export function placeOf(value: number): number {
  floats[0] = value;
  const bits = patterns[0]!;
  return bits >= 0x8000_0000 ? 0x8000_0000 - bits : bits;
}

/** Representable numbers between two results; two NaNs have the distance 0, a NaN and a number an infinite one. */
export function distance(actual: number, expected: number): number {
  if (Number.isNaN(actual) || Number.isNaN(expected))
    return Number.isNaN(actual) && Number.isNaN(expected) ? 0 : Number.POSITIVE_INFINITY;
  return Math.abs(placeOf(actual) - placeOf(expected));
}
