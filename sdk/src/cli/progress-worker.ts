/** The thread of `progress.ts`: draws one line, again and again, until it is ended. */

import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";
import { SingleBar } from "cli-progress";
import { seconds } from "./duration.ts";
import type { ProgressJob } from "./progress.ts";

const STDERR = 2;
const DELAY_MS = 500;
const PAUSE_MS = 100;

const { title, total, done, columns } = workerData as ProgressJob;
const parts = new Int32Array(done);
const started = Date.now();

/** The other thread is busy, so nothing can be sent through it: this one writes to the terminal itself. */
const stream = {
  isTTY: true,
  // A line that fills the last column would go on in the next one, and be left behind there.
  columns: Math.max(1, columns - 1),
  write: (text: string): boolean => {
    writeSync(STDERR, text);
    return true;
  },
} as unknown as NodeJS.WritableStream;

setTimeout(() => {
  const format = total > 1 ? `${title} [{bar}] {value}/{total}  {time}` : `${title}  {time}`;
  const bar = new SingleBar({ format, stream, barsize: 24, linewrap: true });
  const time = (): { time: string } => ({ time: seconds(Math.floor((Date.now() - started) / 1_000)) });
  bar.start(total, Atomics.load(parts, 0), time());
  setInterval(() => bar.update(Atomics.load(parts, 0), time()), PAUSE_MS);
}, DELAY_MS);
