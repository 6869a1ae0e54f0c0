/** Interleaved measurements: on a shared machine only what ran side by side can be compared. */

export type Run = () => unknown;

/**
 * Runs everything in turns and returns the median milliseconds of each.
 *
 * @param milliseconds - how long the whole may take, about
 */
export async function medians<Name extends string>(
  runs: Readonly<Record<Name, Run>>,
  milliseconds: number,
): Promise<Record<Name, number>> {
  const names = Object.keys(runs) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  const begin = performance.now();
  const isWarm = (): boolean => performance.now() - begin > milliseconds / 3;
  for (let round = 0; round < 3 || performance.now() - begin < milliseconds; round++) {
    if (round > 0 && !isWarm()) for (const list of times.values()) list.length = 0;
    for (const name of names) {
      const start = performance.now();
      const result = runs[name]();
      // A run that is over at once is not made to wait for the next turn of the event loop.
      if (result instanceof Promise) await result;
      times.get(name)?.push(performance.now() - start);
    }
  }
  const entries = [...times].map(([name, list]) => [name, median(list)] as const);
  return Object.fromEntries(entries) as Record<Name, number>;
}

function median(list: readonly number[]): number {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
