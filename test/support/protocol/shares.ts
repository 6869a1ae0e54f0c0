/** Who gets what of a slashed lock: the rule, written down once more. */

/** Half to the earliest opened, the larger one if there are two; the other half in equal parts to at most eight others. */
export function rewardShares(pool: bigint, sequences: readonly number[]): bigint[] {
  const order = [...sequences].sort((a, b) => a - b);
  const half = pool / 2n;
  const others = BigInt(Math.min(order.length, 9) - 1);
  return sequences.map((sequence) => {
    const rank = order.indexOf(sequence);
    if (rank === 0) return pool - half;
    return rank < 9 ? half / others : 0n;
  });
}

export function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
