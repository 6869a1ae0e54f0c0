/** Sends hostile files to a worker, and notices when it dies, hangs or takes more than the compiler's limits promise. */

import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { MOST_SECONDS, mostMemoryBytes } from "../../sdk/src/compiler/limits.ts";
import type { Kind } from "../../test/support/hostile/cases.ts";
import type { Answer, Question } from "./worker.ts";

/** A worker that is busy for so long, whatever else the machine does, hangs. */
const HANGS_AFTER_SECONDS = 10 * MOST_SECONDS;
/** The most that a process had in memory never falls: a fresh one shows again what a single file takes. */
const RETIRES_AT_BYTES = 2 ** 29;
/** What Node itself, the machine's two engines and the largest files of the campaign take. */
const BASE_BYTES = 2 ** 28;

export interface Finding extends Question {
  readonly about: string;
  readonly problem: string;
}

/** What files of one kind came to. */
export interface Tally {
  readonly kind: Kind;
  /** Seed of the first file; the others follow. */
  readonly seed: number;
  files: number;
  readonly outcomes: Record<string, number>;
  longestSeconds: number;
  mostMemoryBytes: number;
}

export class Campaign {
  readonly tallies: Tally[];
  readonly findings: Finding[] = [];
  #worker: ChildProcess | undefined;

  constructor(kinds: readonly Kind[], seed: number) {
    this.tallies = kinds.map((kind) => ({
      ...{ kind, seed, files: 0, outcomes: {}, longestSeconds: 0, mostMemoryBytes: 0 },
    }));
  }

  /** Judges one file. */
  async judge(question: Question): Promise<void> {
    const reply = await this.#ask(question);
    if (typeof reply === "string") {
      this.findings.push({ ...question, about: "", problem: reply });
      this.dismiss();
      return;
    }
    const { kind, about, outcome, finding, seconds, memoryBytes, fileBytes } = reply;
    const tally = this.tallies.find((each) => each.kind === kind)!;
    tally.files++;
    tally.outcomes[outcome] = (tally.outcomes[outcome] ?? 0) + 1;
    tally.longestSeconds = Math.max(tally.longestSeconds, seconds);
    tally.mostMemoryBytes = Math.max(tally.mostMemoryBytes, memoryBytes);
    const problems = [
      finding,
      seconds > MOST_SECONDS ? `it took ${seconds.toFixed(1)} s` : undefined,
      memoryBytes > mostMemoryBytes(fileBytes) + BASE_BYTES ? `it took ${memoryBytes} bytes` : undefined,
    ];
    for (const problem of problems)
      if (problem !== undefined) this.findings.push({ ...question, about, problem });
    if (memoryBytes > RETIRES_AT_BYTES) this.dismiss();
  }

  #ask(question: Question): Promise<Answer | string> {
    this.#worker ??= fork(join(import.meta.dirname, "worker.ts"), {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const worker = this.#worker;
    return new Promise((resolve) => {
      const settle = (result: Answer | string): void => {
        clearTimeout(timer);
        worker.removeAllListeners();
        resolve(result);
      };
      const timer = setTimeout(
        () => settle(`it hangs for ${HANGS_AFTER_SECONDS} s`),
        1000 * HANGS_AFTER_SECONDS,
      );
      worker.once("message", (message) => settle(message as Answer));
      worker.once("exit", (code, signal) => settle(`the process ended with ${code ?? signal}`));
      worker.once("error", (error) => settle(`the process failed: ${error.message}`));
      worker.send(question);
    });
  }

  /** Ends the worker, so that the memory that it had is not held against other kinds. */
  dismiss(): void {
    this.#worker?.removeAllListeners();
    this.#worker?.kill("SIGKILL");
    this.#worker = undefined;
  }
}
