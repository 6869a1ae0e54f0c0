/** What runs in a worker. The function is sent to it as text, so it uses nothing from outside of itself. */

/** What several threads do for a task: parts of a kernel, or subtrees of the tree over its tensor. */
export interface SharedTask {
  /** The kernel's name, of tasks that are computed. */
  readonly kernel?: string;
  /** Of trees: the first byte of the tensor, and where in `nodes` the subtrees' roots go. */
  readonly tree?: { readonly from: number; readonly to: number };
  readonly units: number;
  /** How many are taken at a time. */
  readonly chunk: number;
}

/** What is the same in all runs of an instance by so many threads. */
export interface WorkerPlan {
  /** No other plan of this process has it. */
  readonly id: number;
  readonly instance: number;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** By phase. */
  readonly tasks: readonly SharedTask[];
  /** What hashes pairs of words, for runs whose tensors are hashed. */
  readonly hasher: WebAssembly.Module | undefined;
  /** Words of a subtree, a power of two. */
  readonly subtreeWords: number;
}

/** One run's work. */
export interface WorkerJob {
  /** The plan's id, and the plan itself if the worker did not get it with its last job. */
  readonly id: number;
  readonly plan: WorkerPlan | undefined;
  readonly control: SharedArrayBuffer;
  /** Where roots of subtrees go, for runs whose tensors are hashed. */
  readonly nodes: SharedArrayBuffer | undefined;
}

/** @param listen - calls the function that it is given with every job */
export function serve(listen: (work: (job: WorkerJob) => void) => void): void {
  const SPINS = 20_000;
  const PAUSE_MILLISECONDS = 50;
  let plan: WorkerPlan | undefined;
  let known = -1;
  let kernels: Record<string, (from: number, to: number) => void> = {};
  let hasher:
    | { bytes: Uint8Array; hash: (pairs: number) => void; hashUp: (levels: number) => void }
    | undefined;

  const makeHasher = (module: WebAssembly.Module): NonNullable<typeof hasher> => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    return {
      bytes: new Uint8Array(memory.buffer),
      ...(exports as Pick<NonNullable<typeof hasher>, "hash" | "hashUp">),
    };
  };

  /** Reduces subtrees to their roots, each within the hasher's own memory. */
  const hashSubtrees = (
    { hasher: module, memory, subtreeWords }: WorkerPlan,
    nodes: SharedArrayBuffer | undefined,
    tree: { from: number; to: number },
    from: number,
    to: number,
  ): void => {
    if (module === undefined || nodes === undefined) throw new Error();
    hasher ??= makeHasher(module);
    const size = 32 * subtreeWords;
    for (let unit = from; unit < to; unit++) {
      hasher.bytes.set(new Uint8Array(memory.buffer, tree.from + size * unit, size));
      for (let pairs = subtreeWords / 2; pairs > 1; pairs /= 2) hasher.hash(pairs);
      hasher.hashUp(1);
      new Uint8Array(nodes, tree.to + 32 * unit, 32).set(hasher.bytes.subarray(0, 32));
    }
  };

  const run = (own: WorkerPlan, control: Int32Array, nodes: SharedArrayBuffer | undefined): void => {
    const { instance, module, memory, tasks } = own;
    if (known !== instance) {
      kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as typeof kernels;
      known = instance;
    }
    for (;;) {
      const phase = Atomics.load(control, 0);
      if (phase < 0) return;
      const task = tasks[phase - 1];
      if (task !== undefined) {
        const next = 2 * phase;
        for (;;) {
          const from = Atomics.add(control, next, task.chunk);
          if (from >= task.units) break;
          const to = Math.min(from + task.chunk, task.units);
          try {
            if (task.tree !== undefined) hashSubtrees(own, nodes, task.tree, from, to);
            else if (task.kernel !== undefined) kernels[task.kernel]?.(from, to);
          } catch {
            Atomics.store(control, 1, 1);
          }
          Atomics.add(control, next + 1, to - from);
        }
        Atomics.notify(control, next + 1);
      }
      let spins = 0;
      while (spins < SPINS && Atomics.load(control, 0) === phase) spins++;
      if (spins === SPINS) Atomics.wait(control, 0, phase, PAUSE_MILLISECONDS);
    }
  };
  listen(({ id, plan: given, control, nodes }) => {
    plan = given ?? plan;
    if (plan?.id !== id) return;
    try {
      run(plan, new Int32Array(control), nodes);
    } catch {
      // There is no room here for the kernels. The other threads do without this one.
      known = -1;
    }
  });
}
