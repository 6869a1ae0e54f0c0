/** A stream of pseudo-random numbers, the same on every machine. */
export interface Random {
  /** The next number in [0, 1), a multiple of 2^-32. */
  unit(): number;
  /** The next number in [low, high). */
  uniform(low: number, high: number): number;
  /** Shuffles in place (Fisher-Yates). */
  shuffle(items: Uint32Array): void;
}

/** How many outputs are thrown away so that nearby seeds give unrelated streams. */
const WARM_UP = 16;

/**
 * The generator sfc32: 128 bits of state, additions, shifts and exclusive or on 32-bit words only.
 *
 * @param seed - any 32-bit number.
 */
export function seededRandom(seed: number): Random {
  let a = 0;
  let b = seed | 0;
  let c = 0;
  let counter = 1;

  function next(): number {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  }

  for (let i = 0; i < WARM_UP; i++) next();

  const unit = () => next() / 0x1_0000_0000;

  return {
    unit,
    uniform: (low, high) => low + (high - low) * unit(),
    shuffle(items) {
      for (let last = items.length - 1; last > 0; last--) {
        const other = Math.floor(unit() * (last + 1));
        const moved = items[last]!;
        items[last] = items[other]!;
        items[other] = moved;
      }
    },
  };
}
