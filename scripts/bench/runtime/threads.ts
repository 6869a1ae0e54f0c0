/** What a second thread is worth, and where the time of a run goes. */

import { HASH_BYTES } from "../../../sdk/src/core/hash.ts";
import { executeWith } from "../../../sdk/src/runtime/execute.ts";
import { packInputs } from "../../../sdk/src/runtime/index.ts";
import { wasmInstance } from "../../../sdk/src/runtime/wasm/engine.ts";
import { type Crew, crewOf } from "../../../sdk/src/runtime/wasm/threads.ts";
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
  return {
    ...{ model: name, undisturbed: sum(one) / sum(two) },
    medians: times.one.median / times.two.median,
    traced: times.traced1.median / times.traced2.median,
    node: times.node1.median / times.node2.median,
  };
}

export interface Share {
  readonly model: string;
  readonly step: string;
  /** Part of the run's time. */
  readonly share: number;
}

/** The tasks of a model that take longest. */
export function profile({ name, model, inputs }: Subject): Share[] {
  const instance = wasmInstance(model, { isTraced: false, memoryBytes: MEMORY_BYTES });
  if (instance === undefined) return [];
  const [times = []] = taskMinima(instance, packInputs(model, inputs), [undefined], PROFILE_ROUNDS);
  return instance.program.tasks
    .map(({ step }, task) => ({
      model: name,
      step: `${step}, ${model.stepInfos[step]?.operator ?? ""}`,
      share: (times[task] ?? 0) / sum(times),
    }))
    .toSorted((a, b) => b.share - a.share)
    .slice(0, LONGEST);
}
