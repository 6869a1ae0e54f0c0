/** What a second thread is worth, and where the time of a run goes. */

import { HASH_BYTES } from "../../../sdk/src/core/hash.ts";
import { count } from "../../../sdk/src/machine/budget.ts";
import { decodeStep } from "../../../sdk/src/machine/decode.ts";
import { Op } from "../../../sdk/src/machine/opcodes.ts";
import { executeWith } from "../../../sdk/src/runtime/execute.ts";
import { packInputs } from "../../../sdk/src/runtime/index.ts";
import { wasmInstance } from "../../../sdk/src/runtime/wasm/engine.ts";
import type { Instance } from "../../../sdk/src/runtime/wasm/instance.ts";
import type { Task } from "../../../sdk/src/runtime/wasm/program.ts";
import { type Crew, crewOf, isWorthSharing } from "../../../sdk/src/runtime/wasm/threads.ts";
import { inTurns, sum, taskMinima } from "./measure.ts";
import { nodePeer } from "./peers.ts";
import type { Subject } from "./subjects.ts";

const MEMORY_BYTES = 2 ** 31;
const LONGEST = 6;

/** Runs of which each task's shortest counts: on a busy machine two threads seldom run at the same time. */
const ROUNDS = 600;
const PROFILE_ROUNDS = 100;

export interface Threads {
  readonly model: string;
  /** Speed with two threads over speed with one, from the sums of the tasks' shortest times. */
  readonly undisturbed: number;
  /** The same from medians of whole runs, of runs with the roots of their traces, and onnxruntime-node's in the same turns. */
  readonly medians: number;
  readonly traced: number;
  readonly node: number;
  /** Of the median run with two threads. */
  readonly parts: ThreadParts;
}

/** Where the time of a run with two threads goes, in parts of it. */
export interface ThreadParts {
  /** Half of what one thread takes alone, undisturbed, for the steps that both share. */
  readonly half: number;
  /** Steps that are too short to be shared. */
  readonly unshared: number;
  /** Waking the other thread, and waiting for its last part of each step, undisturbed. */
  readonly joining: number;
  /** What the medians have beyond the shortest times: other work on the same processors. */
  readonly disturbed: number;
  /** The same of the median run with one thread, in parts of that. */
  readonly disturbedAlone: number;
  /** Shortest microseconds in which a run's tasks are handed over. */
  readonly handOver: number;
}

/** @param milliseconds - how long the comparison of whole runs may take, about */
export async function measureThreads(subject: Subject, milliseconds: number): Promise<Threads> {
  const { name, model, inputs } = subject;
  const input = packInputs(model, inputs);
  const crew = await crewOf(2);
  const instance = wasmInstance(model, { isTraced: false, memoryBytes: MEMORY_BYTES, isShared: true });
  if (instance === undefined || crew === undefined) throw new Error("There are no threads here.");
  const [one = [], two = []] = taskMinima(instance, input, [undefined, crew], ROUNDS);
  const traced = (by: Crew | undefined) => () => {
    const roots = new Uint8Array(HASH_BYTES * model.record.stepCount);
    executeWith(model, input, { roots }, by);
  };
  const [node1, node2] = [await nodePeer(subject, 1), await nodePeer(subject, 2)];
  const times = await inTurns(
    {
      ...{
        one: () => executeWith(model, input, {}, undefined),
        two: () => executeWith(model, input, {}, crew),
      },
      ...{ traced1: traced(undefined), traced2: traced(crew) },
      ...{ node1, node2 },
    },
    milliseconds,
  );
  const { tasks } = instance.program;
  const [ofShared, ofRest] = [true, false].map(
    (isShared) => (list: readonly number[]) =>
      sum(list.filter((_, task) => isWorthSharing(tasks[task] as Task) === isShared)),
  ) as [(list: readonly number[]) => number, (list: readonly number[]) => number];
  const whole = times.two.median;
  const parts: ThreadParts = {
    half: ofShared(one) / 2 / whole,
    unshared: ofRest(two) / whole,
    joining: (ofShared(two) - ofShared(one) / 2) / whole,
    disturbed: (whole - sum(two)) / whole,
    disturbedAlone: (times.one.median - sum(one)) / times.one.median,
    handOver: await handOver(crew, instance),
  };
  return {
    ...{ model: name, undisturbed: sum(one) / sum(two), parts },
    medians: times.one.median / times.two.median,
    traced: times.traced1.median / times.traced2.median,
    node: times.node1.median / times.node2.median,
  };
}

async function handOver(crew: Crew, { id, module, memory, program }: Instance): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    const shared = crew.begin(id, module, memory, program, false);
    best = Math.min(best, 1e3 * (performance.now() - start));
    shared.end();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return best;
}

export interface Share {
  readonly model: string;
  readonly step: string;
  /** Part of the run's time. */
  readonly share: number;
  /** Multiply-adds in parts of what the processor can do at most; 0 if it is about something else. */
  readonly ofCeiling: number;
}

/** The tasks of a model that take longest. */
export function profile({ name, model, inputs }: Subject, ceiling: number): Share[] {
  const instance = wasmInstance(model, { isTraced: false, memoryBytes: MEMORY_BYTES });
  if (instance === undefined) return [];
  const [times = []] = taskMinima(instance, packInputs(model, inputs), [undefined], PROFILE_ROUNDS);
  const { tasks } = instance.program;
  return tasks
    .map(({ step }, task) => {
      // Chains of steps are one task, that of their last step.
      const first = (tasks[task - 1]?.step ?? -1) + 1;
      const multiplyAdds = sum(model.program.slice(first, step + 1).map(multiplyAddsOf));
      const milliseconds = times[task] ?? 0;
      return {
        model: name,
        step: `${step}, ${model.stepInfos[step]?.operator ?? ""}`,
        share: milliseconds / sum(times),
        ofCeiling: multiplyAdds / milliseconds / ceiling,
      };
    })
    .toSorted((a, b) => b.share - a.share)
    .slice(0, LONGEST);
}

/** Of steps that add up products, whatever else they do. */
function multiplyAddsOf(encoding: Uint8Array): number {
  const step = decodeStep(encoding);
  if (step?.fold !== "f32.add" || step.body.at(-1)?.op !== Op.f32Mul) return 0;
  return count(step.extents) * count(step.reduction);
}
