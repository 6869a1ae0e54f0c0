/** A program that is ready to run in one linear memory. */

import { executeStep } from "../../machine/execute.ts";
import type { Memory } from "../../machine/memory.ts";
import { padded } from "./placement.ts";
import { type Kernel, PAGE_BYTES, type Program, type Task } from "./program.ts";
import { type Crew, isWorthSharing } from "./threads.ts";

/** Computes one task. */
type Perform = (task: Task, kernel: Kernel) => void;

const NOTHING = new Uint8Array();

let nextId = 0;

export class Instance {
  readonly program: Program;
  readonly memory: WebAssembly.Memory;
  readonly module: WebAssembly.Module;
  readonly isShared: boolean;
  /** No other instance of this process has it. */
  readonly id: number = nextId++;
  readonly #kernels: Readonly<Record<string, Kernel>>;

  constructor(program: Program, module: WebAssembly.Module, isShared: boolean) {
    const pages = program.memoryBytes / PAGE_BYTES;
    this.program = program;
    this.module = module;
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
   * @param crew - threads that share the work, if the memory is shared
   * @param onTask - is told of every step once its tensor is written
   */
  run(input: Uint8Array, onTask: (task: Task) => void = () => {}, crew?: Crew): void {
    const { module, memory, program } = this;
    if (crew === undefined || !this.isShared || !program.tasks.some(isWorthSharing)) {
      this.#runTasks(input, onTask, ({ units }, kernel) => kernel(0, units));
      return;
    }
    const { perform, end } = crew.begin(this.id, module, memory, program.tasks);
    try {
      this.#runTasks(input, onTask, perform);
    } finally {
      end();
    }
  }

  /** The tensor of a step as whole words, in this memory: gone as soon as its room is used again. Nothing for zeros. */
  tensor(step: number): Uint8Array {
    const region = this.program.tensors[step];
    return region === undefined ? NOTHING : this.#bytes(region.from, padded(region.bytes));
  }

  #runTasks(input: Uint8Array, onTask: (task: Task) => void, perform: Perform): void {
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
