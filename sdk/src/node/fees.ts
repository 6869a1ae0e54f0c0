/**
 * What a transaction pays. A move of a game belongs to a clock, and pays the more the less of it is left: nothing is won by thrift that loses a bond.
 *
 *     share of the clock that is left   1 ........ 1/2 ................. margin ..... 0
 *     priority fee                      tip        tip + rise^3 * (maxTip - tip)      maxTip
 *     fee cap                           2 * base fee + priority fee                   maxFee
 */

/** Wei per gas. */
export interface Fees {
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

/** What may be paid. */
export interface FeeTerms {
  /** Wei per gas, whatever happens. */
  readonly maxFee: bigint;
  /** Priority fee of what has time, in wei per gas. */
  readonly tip: bigint;
  /** Priority fee of what has none left, in wei per gas. Not less than `tip`, even if it is given so. */
  readonly maxTip: bigint;
  /** Percent by which a transaction pays more that takes the place of another one. */
  readonly bumpPercent: number;
  /** Seconds before the end of a clock from which on `maxFee` and `maxTip` are paid; of a short clock the last quarter. */
  readonly clockMarginSeconds: number;
}

/** When something has to have happened. */
export interface Deadline {
  /** Unix second of the chain at which it is too late. */
  readonly at: number;
  /** Seconds that there are for it in total. */
  readonly seconds: number;
}

/** A share in these parts, so that everything is computed in integers. */
const PARTS = 1n << 16n;

/**
 * The fees of a first attempt: never above `maxFee`, and for the same base fee never less with less time left. Rounded down.
 *
 * @param baseFee - of the latest block, in wei per gas
 * @param deadline - nothing for what has time
 * @param now - Unix second of the chain
 */
export function feesAt(baseFee: bigint, terms: FeeTerms, deadline?: Deadline, now = 0): Fees {
  const { maxFee, tip } = terms;
  const most = larger(tip, terms.maxTip);
  const urgency = deadline === undefined ? 0n : urgencyOf(deadline, now, terms);
  const wanted = tip + ((most - tip) * urgency ** 3n) / PARTS ** 3n;
  const maxFeePerGas = urgency === PARTS ? maxFee : smaller(maxFee, 2n * baseFee + wanted);
  return { maxFeePerGas, maxPriorityFeePerGas: smaller(wanted, maxFeePerGas) };
}

/**
 * The fees of an attempt that takes the place of another one: both more by at least `bumpPercent`, rounded up, as nodes demand.
 *
 * @returns nothing if the cap leaves no room for it
 */
export function feesAfter(
  last: Fees,
  baseFee: bigint,
  terms: FeeTerms,
  deadline?: Deadline,
  now = 0,
): Fees | undefined {
  const { maxFee, maxTip, bumpPercent } = terms;
  const raised = (wei: bigint): bigint => (wei * BigInt(100 + bumpPercent) + 99n) / 100n;
  const least = raised(last.maxFeePerGas);
  if (least > maxFee) return undefined;
  const wanted = feesAt(baseFee, terms, deadline, now);
  const tip = larger(raised(last.maxPriorityFeePerGas), wanted.maxPriorityFeePerGas);
  const cap = larger(larger(least, wanted.maxFeePerGas), smaller(maxFee, 2n * baseFee + tip));
  // Behind the last attempt that there is room for none could follow the clock any more.
  if (deadline !== undefined && raised(cap) > maxFee)
    return { maxFeePerGas: maxFee, maxPriorityFeePerGas: smaller(larger(tip, maxTip), maxFee) };
  return { maxFeePerGas: cap, maxPriorityFeePerGas: smaller(tip, cap) };
}

/** Whether the clock asks for so much more by now that an attempt is replaced without waiting. */
export function isOutpaced(
  last: Fees,
  baseFee: bigint,
  terms: FeeTerms,
  deadline: Deadline,
  now: number,
): boolean {
  const { maxPriorityFeePerGas: wanted } = feesAt(baseFee, terms, deadline, now);
  const { maxPriorityFeePerGas: paid } = last;
  return wanted > paid && wanted * 100n >= paid * BigInt(100 + terms.bumpPercent);
}

/** How much of the way from half of the clock to its margin is gone, in {@link PARTS}. */
function urgencyOf({ at, seconds }: Deadline, now: number, { clockMarginSeconds }: FeeTerms): bigint {
  const margin = Math.min(clockMarginSeconds, Math.floor(seconds / 4));
  const calm = Math.floor(seconds / 2);
  const remaining = at - now;
  if (remaining <= margin) return PARTS;
  if (remaining >= calm) return 0n;
  return (BigInt(calm - remaining) * PARTS) / BigInt(calm - margin);
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
