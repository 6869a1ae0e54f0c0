/** 32-bit patterns at which operations change their behaviour. */

import { createRandom, type Random } from "./random.ts";

const FLOATS = [
  ...[0x00000000, 0x00000001, 0x00000002, 0x00400000, 0x007fffff, 0x00800000, 0x00800001], // zero, subnormals, least normal
  ...[0x33800000, 0x34000000, 0x3effffff, 0x3f000000, 0x3f000001, 0x3f7fffff, 0x3f800000, 0x3f800001], // 2^-24, 2^-23, around 1/2 and 1
  ...[0x3fbfffff, 0x3fc00000, 0x3fc00001, 0x40000000, 0x40200000, 0x40600000], // around 1.5, 2, 2.5, 3.5
  ...[0x3eaaaaab, 0x40490fdb, 0x5f3759df], // 1/3, pi, a large one
  ...[0x4a7fffff, 0x4affffff, 0x4b000000, 0x4b000001, 0x4b7fffff, 0x4b800000, 0x4b800001], // around 2^22, 2^23, 2^24
  ...[0x4effffff, 0x4f000000, 0x4f000001, 0x4f7fffff, 0x4f800000], // around 2^31, 2^32
  ...[0x7f000000, 0x7f7fffff, 0x7f800000], // 2^127, greatest finite, infinity
  ...[0x7f800001, 0x7fa00000, 0x7fc00000, 0x7fc12345, 0x7fffffff], // NaNs: signalling, quiet, with payload
];

const INTEGERS = [
  2, 3, 5, 7, 31, 32, 33, 63, 127, 128, 255, 256, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7ffffffe, 0xfffffffe,
  0xffffffe0, 0xdeadbeef,
];

/** Boundary values of binary32 with both signs, and of i32. Ascending, without repetition. */
export const BOUNDARY_PATTERNS: readonly number[] = [
  ...new Set([...FLOATS, ...FLOATS.map((pattern) => (pattern | 0x80000000) >>> 0), ...INTEGERS]),
].sort((a, b) => a - b);

/** Fewer, for all pairs of them: one of each kind. */
export const PAIR_PATTERNS: readonly number[] = BOUNDARY_PATTERNS.filter((pattern) => {
  const magnitude = pattern & 0x7fffffff;
  const kinds = [
    ...[0x00000000, 0x00000001, 0x007fffff, 0x00800000, 0x33800000, 0x34000000, 0x3effffff, 0x3f000000],
    ...[0x3f7fffff, 0x3f800000, 0x3f800001, 0x3fc00000, 0x40200000, 0x4b000000, 0x4b7fffff, 0x4b800000],
    ...[0x4effffff, 0x4f000000, 0x4f800000, 0x7f7fffff, 0x7f800000, 0x7fa00000, 0x7fc12345],
  ];
  return (
    kinds.includes(magnitude) ||
    [2, 3, 31, 33, 128, 255, 0x7ffffffe, 0xfffffffe, 0xdeadbeef].includes(pattern)
  );
});

const scratch = new DataView(new ArrayBuffer(4));

export function floatBits(value: number): number {
  scratch.setFloat32(0, value);
  return scratch.getUint32(0);
}

/** A register's worth of bits of a kind that makes interesting results likely. */
export function randomPattern(random: Random): number {
  switch (random.integer(0, 6)) {
    case 0:
      return random.pick(BOUNDARY_PATTERNS);
    case 1:
      return random.bits();
    case 2:
      return random.integer(-8, 8) >>> 0;
    case 3:
      return floatBits(random.integer(-16, 16) / 2);
    default: // a float whose exponent lies near that of 1
      return ((random.bits() & 0x807fffff) | (random.integer(117, 137) << 23)) >>> 0;
  }
}

/** Bytes that read as interesting values of every element type. */
export function randomData(random: Random, length: number): Uint8Array {
  const padded = new Uint8Array(Math.ceil(length / 4) * 4);
  const view = new DataView(padded.buffer);
  for (let offset = 0; offset < padded.length; offset += 4)
    view.setUint32(offset, randomPattern(random), true);
  return padded.slice(0, length);
}

/** Pairs of patterns for a campaign of random operations. */
export function* randomPairs(seed: number): Generator<readonly [number, number], never> {
  const random = createRandom(seed);
  for (;;) {
    const a = randomPattern(random);
    // Every now and then two values that are close, whose sum or difference cancels.
    const b = random.chance(0.2)
      ? ((a ^ (random.chance(0.5) ? 0x80000000 : 0)) + random.integer(-3, 3)) >>> 0
      : randomPattern(random);
    yield [a, b];
  }
}
