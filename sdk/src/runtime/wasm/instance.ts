/** A program that is ready to run in one linear memory. */

import { rootBytesOf } from "../../core/tree.ts";
import { executeStep } from "../../machine/execute.ts";
import type { Memory } from "../../machine/memory.ts";
import { padded } from "./placement.ts";
import { type Kernel, PAGE_BYTES, type Program, type Task } from "./program.ts";
import { type Crew, isWorthSharing, type SharedRun } from "./threads.ts";

/** Is told of a task once its tensor is written, and can have the root of the tree of some depth over it. */
export type OnTask = (task: Task, rootOf: (depth: number) => Uint8Array) => void;

const NOTHING = new Uint8Array();

/** One thread does everything. */
const ALONE: Omit<SharedRun, "end"> = {
  perform: ({ units }, kernel) => kernel(0, units),
  rootOf: (_task, tensor, depth) => rootBytesOf(tensor, depth),
};

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
   * @param isHashed - whether `onTask` asks for roots
   */
  run(input: Uint8Array, onTask: OnTask = () => {}, crew?: Crew, isHashed = false): void {
    const { module, memory, program } = this;
    if (crew === undefined || !this.isShared || !(isHashed || program.tasks.some(isWorthSharing))) {
      this.#runTasks(input, onTask, ALONE);
      return;
    }
    const shared = crew.begin(this.id, module, memory, program, isHashed);
    try {
      this.#runTasks(input, onTask, shared);
    } finally {
      shared.end();
    }
  }

  /** The tensor of a step as whole words, in this memory: gone as soon as its room is used again. Nothing for zeros. */
  tensor(step: number): Uint8Array {
    const region = this.program.tensors[step];
    return region === undefined ? NOTHING : this.#bytes(region.from, padded(region.bytes));
  }

  #runTasks(input: Uint8Array, onTask: OnTask, { perform, rootOf }: Omit<SharedRun, "end">): void {
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
      onTask(task, (depth) => rootOf(task, tensor, depth));
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
