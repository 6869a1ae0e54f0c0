/**
 * Where logs go. Nobody may be reading them, or nobody any more: a daemon whose output is stuck must go on with its games, so that lines wait in memory up to a
 * limit, are dropped beyond it, and are given up when the reader is gone. The logging library's own output stops the whole process in both cases.
 */

import { fstatSync } from "node:fs";
import { Socket } from "node:net";
import type { Writable } from "node:stream";

/** Bytes that wait to be read. */
const MOST_WAITING = 4 * 2 ** 20;

/** Writes lines to a file descriptor. Whoever reads a pipe or a socket slowly, or not at all, keeps nobody waiting. */
export class LogOutput {
  readonly #stream: Writable;
  #dropped = 0;
  #isGone = false;

  constructor(descriptor: number) {
    this.#stream = streamOf(descriptor);
    this.#stream.on("error", () => {
      this.#isGone = true;
    });
  }

  write(line: string): void {
    if (this.#isGone) return;
    const waiting = this.#stream.writableLength;
    if (waiting + line.length > MOST_WAITING) {
      this.#dropped++;
      return;
    }
    if (this.#dropped > 0 && waiting <= MOST_WAITING / 2) {
      const notice = { level: "warn", time: new Date().toISOString(), dropped: this.#dropped };
      const msg = "nobody has read the log, and lines were lost";
      this.#dropped = 0;
      this.#stream.write(`${JSON.stringify({ ...notice, msg })}\n`);
    }
    this.#stream.write(line);
  }
}

/** Files and terminals take everything at once; Node.js would wait for whoever reads a pipe. */
function streamOf(descriptor: number): Writable {
  const stat = fstatSync(descriptor);
  if (!stat.isFIFO() && !stat.isSocket()) return process.stdout;
  const socket = new Socket({ fd: descriptor, readable: false, writable: true });
  // What waits for a reader keeps no process alive.
  socket.unref();
  return socket;
}
