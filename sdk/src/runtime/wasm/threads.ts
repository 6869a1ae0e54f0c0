/**
 * Threads that share the outputs of a step. Every output is computed by one thread from start to end, so their number cannot change a bit. A worker takes
 * parts as long as there are any: one that comes late finds nothing to do, and nobody waits for it.
 */

import { concatBytes } from "../../core/bytes.ts";
import { HASH_BYTES } from "../../core/hash.ts";
import { rootBytesOf } from "../../core/tree.ts";
import { hasherModule } from "../../core/wasm/hasher.ts";
import { padded, type Region } from "./placement.ts";
import type { Kernel, Program, Task } from "./program.ts";
import { type SharedTask, serve, type WorkerJob, type WorkerPlan } from "./worker.ts";

/** What the two kinds of worker have in common. */
interface Worker {
  postMessage(message: unknown): void;
  /** Node's workers keep the process alive until told otherwise. */
  unref?(): void;
  terminate(): unknown;
}

/** Places in the control memory: the phase, which is the number of a task plus one, or -1 at the end; a failure; then two counters for each task. */
const PHASE = 0;
const FAILURE = 1;
const COUNTERS = 2;

/** Parts that each thread should find, so that none waits long for the last one. */
const PARTS_PER_THREAD = 6;

/** Operations below which a step is not worth the shared work. */
const LEAST_WORK = 2 ** 17;

/** Height of the subtrees that one thread hashes at a time. */
const SUBTREE_HEIGHT = 9;
const SUBTREE_BYTES = HASH_BYTES * 2 ** SUBTREE_HEIGHT;

const SPINS = 2_000;
const POLL_MILLISECONDS = 1;
const START_MILLISECONDS = 10_000;

/** The workers, each with the id of the plan that it got last. */
const workers: { readonly worker: Worker; plan: number }[] = [];
let starting: Promise<unknown> = Promise.resolve();

/** Some threads besides the one that calls. */
export class Crew {
  readonly size: number;

  constructor(size: number) {
    this.size = size;
  }

  /**
   * Gives the workers one run's tasks and returns how the caller performs them, and has their tensors hashed. `end` lets the workers go.
   *
   * @param instance - number of the instance, by which a worker knows it again
   * @param isHashed - whether tensors are hashed
   */
  begin(
    instance: number,
    module: WebAssembly.Module,
    memory: WebAssembly.Memory,
    { tasks, tensors }: Pick<Program, "tasks" | "tensors">,
    isHashed: boolean,
  ): SharedRun {
    const plan = planOf(this.size + 1, { instance, module, memory }, { tasks, tensors }, isHashed);
    const { computed, hashed, places, nodeBytes } = plan;
    const control = new Int32Array(new SharedArrayBuffer(plan.controlBytes));
    const nodes = isHashed ? new SharedArrayBuffer(nodeBytes) : undefined;
    const { id } = plan.shared;
    for (const member of workers.slice(0, this.size)) {
      const job: WorkerJob = {
        id,
        plan: member.plan === id ? undefined : plan.shared,
        control: control.buffer,
        nodes,
      };
      member.plan = id;
      member.worker.postMessage(job);
    }
    return {
      perform: (task, kernel) => {
        const place = places.get(task) ?? -1;
        const part = computed[place];
        if (part !== undefined && isWorthSharing(task)) share(control, place, part, kernel);
        else kernel(0, task.units);
      },
      rootOf: (task, tensor, depth) => {
        const place = places.get(task) ?? -1;
        const part = hashed[place];
        if (part?.tree === undefined || nodes === undefined || part.units < 2)
          return rootBytesOf(tensor, depth);
        const roots = new Uint8Array(nodes, part.tree.to, HASH_BYTES * part.units);
        share(control, tasks.length + place, part, (from, to) => {
          for (let unit = from; unit < to; unit++) roots.set(subtreeRoot(tensor, unit), HASH_BYTES * unit);
        });
        // What is left is smaller than a subtree.
        const isWhole = tensor.length === SUBTREE_BYTES * part.units;
        const all = isWhole ? roots : concatBytes(roots, subtreeRoot(tensor, part.units));
        return rootBytesOf(all, depth - SUBTREE_HEIGHT, SUBTREE_HEIGHT);
      },
      end: () => announce(control, -1),
    };
  }
}

/** What a crew does for one run. */
export interface SharedRun {
  readonly perform: (task: Task, kernel: Kernel) => void;
  /** Root of the tree over the tensor that a task wrote, padded to whole words. */
  readonly rootOf: (task: Task, tensor: Uint8Array, depth: number) => Uint8Array;
  readonly end: () => void;
}

/** What is the same in all runs of an instance. */
interface Plan {
  /** What workers get of it. */
  readonly shared: WorkerPlan;
  /** By task. */
  readonly computed: readonly SharedTask[];
  readonly hashed: readonly SharedTask[];
  readonly places: ReadonlyMap<Task, number>;
  readonly controlBytes: number;
  /** Bytes of the roots of subtrees. */
  readonly nodeBytes: number;
}

const plansByTasks = new WeakMap<readonly Task[], Map<string, Plan>>();
let nextPlan = 0;

function planOf(
  threads: number,
  of: Pick<WorkerPlan, "instance" | "module" | "memory">,
  { tasks, tensors }: Pick<Program, "tasks" | "tensors">,
  isHashed: boolean,
): Plan {
  const plans = plansByTasks.get(tasks) ?? new Map<string, Plan>();
  plansByTasks.set(tasks, plans);
  const hasher = isHashed ? hasherModule() : undefined;
  const key = `${of.instance} ${threads} ${isHashed} ${hasher !== undefined}`;
  const known = plans.get(key);
  if (known !== undefined) return known;
  const chunked = (units: number): Pick<SharedTask, "units" | "chunk"> => {
    return { units, chunk: Math.max(Math.floor(units / (threads * PARTS_PER_THREAD)), 1) };
  };
  const computed = tasks.map(({ kernel = "", units }): SharedTask => ({ kernel, ...chunked(units) }));
  const trees = isHashed ? treesOf(tasks.map(({ step }) => tensors[step])) : [];
  const hashed = trees.map(({ units, ...tree }): SharedTask => ({ tree, ...chunked(units) }));
  const shared = [...computed, ...hashed];
  const plan: Plan = {
    shared: {
      ...{ id: nextPlan++, ...of, tasks: shared, hasher, subtreeWords: 2 ** SUBTREE_HEIGHT },
    },
    ...{ computed, hashed, places: new Map(tasks.map((task, place) => [task, place])) },
    controlBytes: 4 * (COUNTERS + 2 * shared.length),
    nodeBytes: HASH_BYTES * trees.reduce((sum, { units }) => sum + units, 0),
  };
  plans.set(key, plan);
  return plan;
}

/** By tensor: where it starts, its whole subtrees, and where their roots go. */
function treesOf(tensors: readonly (Region | undefined)[]): { from: number; to: number; units: number }[] {
  let to = 0;
  return tensors.map((region) => {
    const units = region === undefined ? 0 : Math.floor(padded(region.bytes) / SUBTREE_BYTES);
    const tree = { from: region?.from ?? 0, to, units };
    to += HASH_BYTES * units;
    return tree;
  });
}

function subtreeRoot(tensor: Uint8Array, unit: number): Uint8Array {
  return rootBytesOf(tensor.subarray(SUBTREE_BYTES * unit, SUBTREE_BYTES * (unit + 1)), SUBTREE_HEIGHT);
}

/** Whether more than one thread makes a task shorter. */
export function isWorthSharing({ units, work }: Task): boolean {
  return units > 1 && work >= LEAST_WORK;
}

function announce(control: Int32Array, phase: number): void {
  Atomics.store(control, PHASE, phase);
  Atomics.notify(control, PHASE);
}

function share(control: Int32Array, place: number, { units, chunk }: SharedTask, kernel: Kernel): void {
  const next = COUNTERS + 2 * place;
  const done = next + 1;
  announce(control, place + 1);
  for (;;) {
    const from = Atomics.add(control, next, chunk);
    if (from >= units) break;
    const to = Math.min(from + chunk, units);
    kernel(from, to);
    Atomics.add(control, done, to - from);
  }
  for (let spins = 0; Atomics.load(control, done) < units; spins++) if (spins > SPINS) pause(control, done);
  // What a worker could not finish is computed again, or fails here, where the caller sees it.
  if (Atomics.exchange(control, FAILURE, 0) !== 0) kernel(0, units);
}

/** Sleeps a little; where that is not allowed, as on a page's main thread, it does not. */
function pause(control: Int32Array, place: number): void {
  try {
    Atomics.wait(control, place, Atomics.load(control, place), POLL_MILLISECONDS);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

/**
 * The crew for so many threads.
 *
 * @returns `undefined` where one thread is all that there is: without shared memory, without workers, or when they cannot be started
 */
export async function crewOf(threads: number): Promise<Crew | undefined> {
  if (threads < 2 || typeof SharedArrayBuffer === "undefined") return undefined;
  const grown = starting.then(() => grow(threads - 1));
  starting = grown.catch(() => undefined);
  await starting;
  const size = Math.min(threads - 1, workers.length);
  return size === 0 ? undefined : new Crew(size);
}

async function grow(size: number): Promise<void> {
  while (workers.length < size) {
    const worker = await start();
    if (worker === undefined) return;
    workers.push({ worker, plan: -1 });
  }
}

interface NodeWorker extends Worker {
  once(event: string, listener: (value: unknown) => void): unknown;
}

interface NodeThreads {
  readonly Worker: new (code: string, options: { readonly eval: true }) => NodeWorker;
}

/** Node's own module, looked up while running: in a browser there is none, and no bundler finds it. */
function nodeThreads(): NodeThreads | undefined {
  const host = Reflect.get(globalThis, "process") as
    | { readonly getBuiltinModule?: (name: string) => unknown }
    | undefined;
  return host?.getBuiltinModule?.("node:worker_threads") as NodeThreads | undefined;
}

/** Bundlers that keep the names of functions put calls of this into them. */
const PRELUDE = "const __name = (f) => f;";

/** Starts a worker and waits until it says that it runs. */
function start(): Promise<Worker | undefined> {
  const node = nodeThreads();
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), START_MILLISECONDS);
    const settle = (worker: Worker | undefined): void => {
      clearTimeout(timer);
      worker?.unref?.();
      resolve(worker);
    };
    try {
      if (node !== undefined) {
        const listen = 'const listen = (f) => require("node:worker_threads").parentPort.on("message", f);';
        const ready = 'require("node:worker_threads").parentPort.postMessage("ready");';
        const worker = new node.Worker(`${PRELUDE}${listen}(${serve.toString()})(listen);${ready}`, {
          eval: true,
        });
        worker.once("message", () => settle(worker));
        worker.once("error", () => settle(undefined));
        return;
      }
      const code = `${PRELUDE}(${serve.toString()})((f) => { onmessage = ({ data }) => f(data); });postMessage("ready");`;
      const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
      const worker = new globalThis.Worker(url);
      worker.onmessage = () => settle(worker);
      worker.onerror = () => settle(undefined);
    } catch {
      // Workers may be forbidden, by a page's policy for one.
      settle(undefined);
    }
  });
}
