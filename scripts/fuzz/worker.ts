/** Judges hostile files one after another, in a process of its own: what crashes it, hangs it or fills its memory leaves the campaign alive. */

import { hostileCase, type Kind } from "../../test/support/hostile/cases.ts";
import { judge } from "../../test/support/hostile/judge.ts";
import { createRandom } from "../../test/support/random.ts";

export interface Question {
  readonly kind: Kind;
  readonly seed: number;
}

export interface Answer extends Question {
  readonly about: string;
  readonly fileBytes: number;
  /** A code of an error, `compiled`, `ran`, or `not encodable`. */
  readonly outcome: string;
  /** What must not happen, if it did. */
  readonly finding?: string;
  /** Of the processor. */
  readonly seconds: number;
  /** The most that the process ever had in memory. */
  readonly memoryBytes: number;
}

export function answer({ kind, seed }: Question): Answer {
  const file = hostileCase(kind, seed);
  const start = process.cpuUsage();
  let outcome = "not encodable";
  let finding: string | undefined;
  try {
    if (file !== undefined) outcome = judge(file.bytes, createRandom(seed));
  } catch (error) {
    outcome = "finding";
    finding = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const { user, system } = process.cpuUsage(start);
  return {
    ...{ kind, seed, about: file?.about ?? "", fileBytes: file?.bytes.length ?? 0, outcome },
    ...(finding === undefined ? {} : { finding }),
    seconds: (user + system) / 1e6,
    memoryBytes: 1024 * process.resourceUsage().maxRSS,
  };
}

if (import.meta.main) process.on("message", (question: Question) => process.send!(answer(question)));
