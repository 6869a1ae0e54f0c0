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

/** One run's work. */
export interface WorkerJob {
  readonly instance: number;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: SharedArrayBuffer;
  /** By phase. */
  readonly tasks: readonly SharedTask[];
  /** What hashes pairs of words, and where roots of subtrees go, for runs whose tensors are hashed. */
  readonly hasher: WebAssembly.Module | undefined;
  readonly nodes: SharedArrayBuffer;
  /** Words of a subtree, a power of two. */
  readonly subtreeWords: number;
}

/** @param listen - calls the function that it is given with every job */
export function serve(listen: (work: (job: WorkerJob) => void) => void): void {
  const SPINS = 20_000;
  const PAUSE_MILLISECONDS = 50;
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
    job: WorkerJob,
    tree: { from: number; to: number },
    from: number,
    to: number,
  ): void => {
    if (job.hasher === undefined) throw new Error();
    hasher ??= makeHasher(job.hasher);
    const size = 32 * job.subtreeWords;
    for (let unit = from; unit < to; unit++) {
      hasher.bytes.set(new Uint8Array(job.memory.buffer, tree.from + size * unit, size));
      for (let pairs = job.subtreeWords / 2; pairs > 1; pairs /= 2) hasher.hash(pairs);
      hasher.hashUp(1);
      new Uint8Array(job.nodes, tree.to + 32 * unit, 32).set(hasher.bytes.subarray(0, 32));
    }
  };

  const run = (job: WorkerJob, control: Int32Array): void => {
    if (known !== job.instance) {
      kernels = new WebAssembly.Instance(job.module, { env: { memory: job.memory } })
        .exports as typeof kernels;
      known = job.instance;
    }
    for (;;) {
      const phase = Atomics.load(control, 0);
      if (phase < 0) return;
      const task = job.tasks[phase - 1];
      if (task !== undefined) {
        const next = 2 * phase;
        for (;;) {
          const from = Atomics.add(control, next, task.chunk);
          if (from >= task.units) break;
          const to = Math.min(from + task.chunk, task.units);
          try {
            if (task.tree !== undefined) hashSubtrees(job, task.tree, from, to);
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
  listen((job) => {
    const control = new Int32Array(job.control);
    try {
      run(job, control);
    } catch {
      // There is no room here for the kernels. The other threads do without this one.
      known = -1;
    }
  });
}
