/** A program that is ready to run in one linear memory. */

import { executeStep } from "../../machine/execute.ts";
import type { Memory } from "../../machine/memory.ts";
import { padded } from "./placement.ts";
import { PAGE_BYTES, type Program, type Task } from "./program.ts";

/** Computes the parts `from .. to - 1` of a step. */
export type Kernel = (from: number, to: number) => void;

/** Computes one task; replaced where threads share the work. */
export type Perform = (task: Task, kernel: Kernel) => void;

const NOTHING = new Uint8Array();

export class Instance {
  readonly program: Program;
  readonly memory: WebAssembly.Memory;
  readonly isShared: boolean;
  readonly #kernels: Readonly<Record<string, Kernel>>;

  constructor(program: Program, module: WebAssembly.Module, isShared: boolean) {
    const pages = program.memoryBytes / PAGE_BYTES;
    this.program = program;
    this.isShared = isShared;
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: isShared });
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.memory } });
    this.#kernels = exports as Record<string, Kernel>;
    for (const { from, make } of program.fixed) {
      const bytes = make();
      this.#bytes(from, bytes.length).set(bytes);
    }
  }

  /**
   * Runs all steps.
   *
   * @param input - not longer than the program's input
   * @param onTask - is told of every step once its tensor is written
   */
  run(input: Uint8Array, perform: Perform = performAlone, onTask: (task: Task) => void = () => {}): void {
    const { program } = this;
    const { from, bytes } = program.input;
    const target = this.#bytes(from, bytes);
    target.set(input);
    target.fill(0, input.length);
    for (const task of program.tasks) {
      const region = program.tensors[task.step];
      if (region === undefined) continue;
      const tensor = this.#bytes(region.from, padded(region.bytes));
      if (task.kernel === undefined) tensor.set(this.#computeByReference(task.step, input));
      else {
        perform(task, this.#kernels[task.kernel] as Kernel);
        tensor.fill(0, region.bytes);
      }
      onTask(task);
    }
  }

  /** The tensor of a step as whole words, in this memory: gone as soon as its room is used again. Nothing for zeros. */
  tensor(step: number): Uint8Array {
    const region = this.program.tensors[step];
    return region === undefined ? NOTHING : this.#bytes(region.from, padded(region.bytes));
  }

  #computeByReference(step: number, input: Uint8Array): Uint8Array {
    const { parts } = this.program;
    const memory: Memory = {
      input,
      constants: parts.constants,
      steps: parts.steps.map((_, index) => (index < step ? this.tensor(index) : NOTHING)),
      depths: parts.depths,
    };
    return executeStep(parts.steps[step], step, memory);
  }

  #bytes(from: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, from, length);
  }
}

function performAlone({ units }: Task, kernel: Kernel): void {
  kernel(0, units);
}
