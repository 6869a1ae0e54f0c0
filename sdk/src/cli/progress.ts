/** Shows that long work goes on: this thread computes, and another one draws. */

import { Worker } from "node:worker_threads";
import type { OutputOptions } from "./output.ts";

/** Says that one part of the work is done. */
export type Tick = () => void;

/** What the drawing thread is told. */
export interface ProgressJob {
  readonly title: string;
  /** Parts of the work. */
  readonly total: number;
  /** One 32-bit number: parts that are done. */
  readonly done: SharedArrayBuffer;
  /** Width of the terminal, which the drawing thread does not see. */
  readonly columns: number;
}

/**
 * Runs work, and shows its progress on the terminal if there is one and it takes longer than a moment.
 *
 * @param total - parts of the work; with one part only the time is shown
 */
export async function withProgress<result>(
  options: OutputOptions,
  title: string,
  total: number,
  work: (tick: Tick) => result | Promise<result>,
): Promise<result> {
  if (options.json === true || !process.stderr.isTTY) return work(() => {});
  const done = new SharedArrayBuffer(4);
  const job: ProgressJob = { title, total, done, columns: process.stderr.columns || 80 };
  const file = import.meta.url.endsWith(".ts") ? "./progress-worker.ts" : "./progress-worker.js";
  const drawer = new Worker(new URL(file, import.meta.url), { workerData: job });
  // Without it the work is the same.
  drawer.on("error", () => {});
  drawer.unref();
  try {
    return await work(() => void Atomics.add(new Int32Array(done), 0, 1));
  } finally {
    await drawer.terminate();
    // The line belongs to whatever is printed next.
    process.stderr.write("\r\u001b[2K");
  }
}
