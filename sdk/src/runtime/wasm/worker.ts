/** What runs in a worker. The function is sent to it as text, so it uses nothing from outside of itself. */

/** One run's work. */
export interface WorkerJob {
  readonly instance: number;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: SharedArrayBuffer;
  /** By task: the kernel's name, its parts, and how many of them are taken at a time. */
  readonly parts: readonly { readonly kernel: string; readonly units: number; readonly chunk: number }[];
}

/** @param listen - calls the function that it is given with every job */
export function serve(listen: (work: (job: WorkerJob) => void) => void): void {
  const SPINS = 20_000;
  const PAUSE_MILLISECONDS = 50;
  let known = -1;
  let kernels: Record<string, (from: number, to: number) => void> = {};

  const run = (job: WorkerJob, control: Int32Array): void => {
    if (known !== job.instance) {
      kernels = new WebAssembly.Instance(job.module, { env: { memory: job.memory } })
        .exports as typeof kernels;
      known = job.instance;
    }
    for (;;) {
      const phase = Atomics.load(control, 0);
      if (phase < 0) return;
      const part = job.parts[phase - 1];
      if (part !== undefined) {
        const next = 2 * phase;
        for (;;) {
          const from = Atomics.add(control, next, part.chunk);
          if (from >= part.units) break;
          const to = Math.min(from + part.chunk, part.units);
          try {
            kernels[part.kernel]?.(from, to);
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
