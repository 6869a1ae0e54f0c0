/** A small seeded generator of random numbers (sfc32), so that a failing case can be had again from the seed that a test prints. */

export interface Random {
  /** 32 random bits as an unsigned number. */
  bits(): number;
  /** An integer in `least .. most`, both inclusive. */
  integer(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  bytes(length: number): Uint8Array;
}

export function createRandom(seed: number): Random {
  let a = seed >>> 0;
  let b = 0x9e3779b9;
  let c = 0x243f6a88;
  let counter = 1;
  const bits = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 16; i++) bits();

  const unit = (): number => bits() / 2 ** 32;
  const integer = (least: number, most: number): number => least + Math.floor(unit() * (most - least + 1));
  return {
    bits,
    integer,
    chance: (probability) => unit() < probability,
    pick: <T>(list: readonly T[]): T => {
      if (list.length === 0) throw new RangeError("nothing to pick from");
      return list[integer(0, list.length - 1)] as T;
    },
    bytes: (length) => Uint8Array.from({ length }, () => bits() & 0xff),
  };
}
