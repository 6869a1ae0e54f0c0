/**
 * A million operand pairs per operation of f32 and conversion, fewer for the others, and a digest of the results. `test/contracts/machine/Tape.t.sol` makes the same pairs with the same generator
 * in the EVM, so that only the digest has to travel from one to the other.
 */

/** Pairs that an operation is applied to. */
export function campaignPairs(op: number): number {
  const family = op >> 4;
  const isFloat = family === 1 || family === 2 || family === 5;
  return isFloat ? 2 ** 20 : 2 ** 17;
}

/** Patterns at which operations change their behaviour; 32 of them. */
export const CAMPAIGN_PATTERNS: readonly number[] = [
  ...[0x00000000, 0x80000000, 0x00000001, 0x007fffff, 0x00800000, 0x00ffffff, 0x33800000, 0x34000000],
  ...[0x3f000000, 0x3f7fffff, 0x3f800000, 0x3f800001, 0x3fc00000, 0x40200000, 0x40490fdb, 0x4affffff],
  ...[0x4b000000, 0x4b800000, 0x4effffff, 0x4f000000, 0x4f7fffff, 0x4f800000, 0x7f7fffff, 0x7f800000],
  ...[0x7f800001, 0x7fc12345, 0x7fffffff, 0xffffffff, 0xbf800000, 0xcf000000, 0xff800000, 0x0000001f],
];

/** What an operation is applied to: `c` only counts for `select`. */
export type Operands = readonly [a: number, b: number, c: number];

/** The operands of one operation, in order. The seed follows from the code. */
export function* campaignOperands(op: number): Generator<Operands, void> {
  let state = Math.imul(op + 1, 0x9e3779b1) >>> 0;
  // xorshift32
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  const pattern = (previous: number): number => {
    const r = next();
    const kind = Math.imul(r, 0x85ebca6b) >>> 29;
    const listed = CAMPAIGN_PATTERNS[r & 31] as number;
    switch (kind) {
      case 0: // any bits
      case 1:
        return r;
      case 2: // a listed pattern
        return listed;
      case 3: // next to a listed pattern
        return (listed + ((r >>> 5) & 3) - 1) >>> 0;
      case 4: // an exponent near the previous one
        return (((previous + (((r & 7) - 3) << 23)) & 0x7f800000) | (r & 0x807fffff)) >>> 0;
      case 5: // close to the previous one with the other sign
        return (previous ^ 0x80000000 ^ (r & 15)) >>> 0;
      case 6: // between 2^-8 and 2^8
        return ((r & 0x807fffff) | (0x3b800000 + ((r >>> 28) << 23))) >>> 0;
      default: // few bits, hence ties
        return ((r & 0xff800000) | ((r & 7) << 20)) >>> 0;
    }
  };
  const pairs = campaignPairs(op);
  let b = 0;
  for (let i = 0; i < pairs; i++) {
    const a = pattern(b);
    b = pattern(a);
    yield [a, b, state];
  }
}

/** 64 bits that depend on every result and on their order. */
export function campaignDigest(op: number, apply: (a: number, b: number, c: number) => number): bigint {
  let high = 0x811c9dc5;
  let low = 0;
  for (const [a, b, c] of campaignOperands(op)) {
    const result = apply(a, b, c);
    high = Math.imul(high ^ result, 0x01000193) >>> 0;
    low = (Math.imul(low, 31) + result) >>> 0;
  }
  return (BigInt(high) << 32n) | BigInt(low);
}
