/** Runs models in threads of their own, so that a long or hostile run never keeps a daemon from its games. */

import { Worker } from "node:worker_threads";
import type { Hex } from "viem";
import { AssayError } from "../core/errors.ts";
import type { Move } from "../game/moves.ts";
import type { GameView, Side } from "../game/state.ts";
import type { ModelStore } from "./model-store.ts";

/** What a model gives. */
export interface Answer {
  /** The output's bytes, as they are committed to. */
  readonly output: Uint8Array;
  /** Root of the tree over the words of the output, 32 bytes. */
  readonly outputRoot: Hex;
}

/** What can be bound with an answer, so that anybody can defend it. */
export interface TracedAnswer extends Answer {
  /** Root of the tree over all words that the run writes, 32 bytes. */
  readonly traceRoot: Hex;
  /** Siblings from the last step's tensor to `traceRoot`, from the bottom upwards. */
  readonly outputProof: readonly Hex[];
}

/** A game that somebody has to move in. */
export interface Turn {
  /** Id of the model: a hash of 32 bytes over its record. */
  readonly modelId: Hex;
  /** The request's bytes. */
  readonly input: Uint8Array;
  /** The game as the chain has it. */
  readonly view: GameView;
  /** Side to move for. */
  readonly side: Side;
  /** Who sends the moves. */
  readonly account: Hex;
  /** Salt of the challenge; only a reveal needs it. */
  readonly salt?: Hex;
  /** What the operator has committed to, for a challenger that may guess the rest of its trace. */
  readonly committedOutput?: Uint8Array;
  /** Unix second of the latest block. */
  readonly time: number;
}

/** Computes for a daemon. */
export interface Inference {
  /** Runs a model on the bytes of a request. */
  run(modelId: Hex, input: Uint8Array): Promise<Answer>;
  /** Runs a model and its trace. `isSecondOpinion` computes on the reference, which shares no code with the fast engine. */
  trace(modelId: Hex, input: Uint8Array, isSecondOpinion?: boolean): Promise<TracedAnswer>;
  /** What `decide` of `@assay/sdk/game` suggests, with this computer's trace as the player's. */
  decide(turn: Turn): Promise<Move | undefined>;
  /** Ends all threads. What still runs is rejected. */
  close(): Promise<void>;
}

export interface InferenceOptions {
  readonly models: ModelStore;
  /** Threads for answers and checks; disputes have one more. */
  readonly workers: number;
  readonly runSeconds: number;
  readonly maxMemoryMb: number;
  /** Called after every run. */
  readonly onRun?: (kind: string, seconds: number, error: AssayError | undefined) => void;
}

/** A run of a model that did not end as it should. */
export class InferenceError extends AssayError {
  override readonly name = "InferenceError";

  constructor(code: string, problem: string, context: Readonly<Record<string, unknown>>) {
    super(code, `A run of model ${String(context.modelId)} ${problem}.`, {
      recovery: "Raise the limit that it met, or take the model off the list.",
      context,
    });
  }
}

/** What a thread is asked to do, and what it answers. */
export type Job =
  | { readonly kind: "run" }
  | { readonly kind: "trace"; readonly isSecondOpinion: boolean }
  | { readonly kind: "decide"; readonly turn: Omit<Turn, "input" | "modelId"> };

export interface JobMessage {
  readonly id: number;
  readonly modelId: Hex;
  readonly directory: string;
  readonly input: Uint8Array;
  readonly maxMemoryBytes: number;
  readonly job: Job;
}

export type JobAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly code: string; readonly message: string };

interface Waiting {
  readonly message: Omit<JobMessage, "id">;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: AssayError) => void;
}

/** The thread's file lies beside this one, in the sources and in the package. */
function workerUrl(): URL {
  return new URL(
    import.meta.url.endsWith(".ts") ? "./inference-worker.ts" : "./inference-worker.js",
    import.meta.url,
  );
}

/** One thread and what waits for it. A thread that dies or takes too long is replaced; only the job that it had is lost. */
class Thread {
  readonly #options: InferenceOptions;
  readonly #queue: Waiting[] = [];
  #worker: Worker | undefined;
  #current:
    | (Waiting & { readonly id: number; readonly startedAt: number; readonly timer: NodeJS.Timeout })
    | undefined;
  #nextId = 1;
  #isClosed = false;

  constructor(options: InferenceOptions) {
    this.#options = options;
  }

  get load(): number {
    return this.#queue.length + (this.#current === undefined ? 0 : 1);
  }

  push(message: Omit<JobMessage, "id">): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ message, resolve, reject });
      this.#start();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const stopped = (modelId: Hex) => new InferenceError("INFERENCE_STOPPED", "was stopped", { modelId });
    for (const { message, reject } of this.#queue.splice(0)) reject(stopped(message.modelId));
    if (this.#current !== undefined) this.#end(stopped(this.#current.message.modelId));
    await this.#worker?.terminate();
  }

  #start(): void {
    if (this.#current !== undefined || this.#isClosed) return;
    const next = this.#queue.shift();
    if (next === undefined) return;
    const { modelId } = next.message;
    const { runSeconds } = this.#options;
    const timer = setTimeout(() => {
      this.#discard(
        new InferenceError("INFERENCE_TIMEOUT", `took more than ${runSeconds} seconds`, {
          modelId,
          runSeconds,
        }),
      );
    }, runSeconds * 1_000);
    this.#current = { ...next, id: this.#nextId++, startedAt: performance.now(), timer };
    this.#worker ??= this.#spawn();
    this.#worker.postMessage({ id: this.#current.id, ...next.message } satisfies JobMessage);
  }

  #spawn(): Worker {
    const worker = new Worker(workerUrl(), { name: "assay inference" });
    worker.on("message", (answer: JobAnswer) => {
      if (answer.id !== this.#current?.id) return;
      const { modelId } = this.#current.message;
      if (answer.ok) this.#end(undefined, answer.value);
      else this.#end(new InferenceError(answer.code, `failed: ${answer.message}`, { modelId }));
    });
    const onDeath = (problem: string) => () => {
      if (this.#worker !== worker) return;
      const modelId = this.#current?.message.modelId;
      this.#discard(new InferenceError("INFERENCE_CRASHED", problem, { modelId }));
    };
    worker.once("error", onDeath("ended its thread with an error"));
    worker.once("exit", onDeath("ended its thread"));
    worker.unref();
    return worker;
  }

  #discard(error: InferenceError): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
    this.#end(error);
  }

  #end(error: AssayError | undefined, value?: unknown): void {
    const current = this.#current;
    if (current === undefined) return;
    this.#current = undefined;
    clearTimeout(current.timer);
    const seconds = (performance.now() - current.startedAt) / 1_000;
    this.#options.onRun?.(current.message.job.kind, seconds, error);
    if (error === undefined) current.resolve(value);
    else current.reject(error);
    this.#start();
  }
}

/** Threads that run the models of a store. */
export function createInference(options: InferenceOptions): Inference {
  const threads = Array.from({ length: options.workers }, () => new Thread(options));
  const disputes = new Thread(options);
  const maxMemoryBytes = options.maxMemoryMb * 2 ** 20;
  const ask = async (thread: Thread, modelId: Hex, input: Uint8Array, job: Job): Promise<unknown> => {
    const directory = options.models.directoryOf(modelId);
    return thread.push({ modelId, directory, input, maxMemoryBytes, job });
  };
  const idlest = (): Thread => threads.reduce((best, thread) => (thread.load < best.load ? thread : best));
  return {
    run: (modelId, input) => ask(idlest(), modelId, input, { kind: "run" }) as Promise<Answer>,
    // The reference takes long: no game waits for it.
    trace: (modelId, input, isSecondOpinion = false) =>
      ask(isSecondOpinion ? idlest() : disputes, modelId, input, {
        kind: "trace",
        isSecondOpinion,
      }) as Promise<TracedAnswer>,
    decide: ({ modelId, input, ...turn }) =>
      ask(disputes, modelId, input, { kind: "decide", turn }) as Promise<Move | undefined>,
    close: async () => {
      await Promise.all([...threads, disputes].map((thread) => thread.close()));
    },
  };
}
