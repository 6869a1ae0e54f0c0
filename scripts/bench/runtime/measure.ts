/** Measurements on a machine that does other things as well: what is compared runs in turns, and processor time stands beside the medians. */

import type { Instance } from "../../../sdk/src/runtime/wasm/instance.ts";
import type { Crew } from "../../../sdk/src/runtime/wasm/threads.ts";

export type Run = () => unknown;

export interface Times {
  /** Median milliseconds of a run. */
  readonly median: number;
  /** Milliseconds of processor time that a run takes, of all threads. */
  readonly processor: number;
}

/**
 * Runs everything in turns.
 *
 * @param milliseconds - how long the whole may take, about
 */
export async function inTurns<Name extends string>(
  runs: Readonly<Record<Name, Run>>,
  milliseconds: number,
): Promise<Record<Name, Times>> {
  const names = Object.keys(runs) as Name[];
  const times = new Map<Name, { wall: number[]; processor: number }>();
  const begin = performance.now();
  let isWarm = false;
  for (let round = 0; round < 3 || performance.now() - begin < milliseconds; round++) {
    if (!isWarm) times.clear();
    isWarm ||= performance.now() - begin > milliseconds / 3;
    for (const name of names) {
      const own = times.get(name) ?? { wall: [], processor: 0 };
      times.set(name, own);
      const used = process.cpuUsage();
      const start = performance.now();
      const result = runs[name]();
      // A run that is over at once is not made to wait for the next turn of the event loop.
      if (result instanceof Promise) await result;
      own.wall.push(performance.now() - start);
      const { user, system } = process.cpuUsage(used);
      own.processor += (user + system) / 1000;
    }
  }
  const entries = [...times].map(
    ([name, { wall, processor }]) =>
      [name, { median: median(wall), processor: processor / wall.length }] as const,
  );
  return Object.fromEntries(entries) as Record<Name, Times>;
}

export function median(list: readonly number[]): number {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/**
 * The least milliseconds that each task of a program takes, by the crew that works on it, all in turns. Tasks are so short that nothing interrupts all of their
 * runs: the sum is what a run takes on a machine that does nothing else.
 */
export function taskMinima(
  instance: Instance,
  input: Uint8Array,
  crews: readonly (Crew | undefined)[],
  rounds: number,
): number[][] {
  const minima = crews.map(() => instance.program.tasks.map(() => Number.POSITIVE_INFINITY));
  for (let round = 0; round < rounds; round++) {
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
