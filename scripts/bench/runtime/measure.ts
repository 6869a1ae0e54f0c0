/** Measurements on a machine that does other things as well: what is compared runs in turns, and what is stated alone is processor time. */

import type { Instance } from "../../../sdk/src/runtime/wasm/instance.ts";
import type { Crew } from "../../../sdk/src/runtime/wasm/threads.ts";

/** So that each task runs some times with nothing in between, on a busy machine too. */
const LEAST_ROUNDS = 200;

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

export function median(list: readonly number[]): number {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Milliseconds of processor time that this thread takes for one run. The clock is coarse, so that many runs are measured at a time. */
export function processorTime(run: Run, milliseconds: number): number {
  run();
  const begin = performance.now();
  const start = process.threadCpuUsage();
  let runs = 0;
  while (runs < 3 || performance.now() - begin < milliseconds) {
    run();
    runs++;
  }
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000 / runs;
}

/**
 * The least milliseconds that each task of a program takes, by the crew that works on it, all in turns. Tasks are so short that nothing interrupts all of their
 * runs: the sum is what a run takes on a machine that does nothing else.
 */
export function taskMinima(
  instance: Instance,
  input: Uint8Array,
  crews: readonly (Crew | undefined)[],
  milliseconds: number,
): number[][] {
  const minima = crews.map(() => instance.program.tasks.map(() => Number.POSITIVE_INFINITY));
  const begin = performance.now();
  for (let round = 0; round < LEAST_ROUNDS || performance.now() - begin < milliseconds; round++) {
    for (const [c, crew] of crews.entries()) {
      const own = minima[c] ?? [];
      let task = 0;
      let last = performance.now();
      instance.run(
        input,
        () => {
          const now = performance.now();
          own[task] = Math.min(own[task] ?? 0, now - last);
          task++;
          last = now;
        },
        crew,
      );
    }
  }
  return minima;
}

export function sum(list: readonly number[]): number {
  return list.reduce((total, value) => total + value, 0);
}
