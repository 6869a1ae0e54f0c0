/** How contracts say that a moment is not known: the largest number there is room for. */
const NEVER = 2 ** 40 - 1;

/** A Unix second, or `undefined` where a contract does not know it. */
export function knownMoment(second: number): number | undefined {
  return second === NEVER ? undefined : second;
}
