/** Single steps on the WebAssembly engine, over a memory that is given. */

import type { Memory } from "../../sdk/src/machine/memory.ts";
import { tensorBytes } from "../../sdk/src/machine/memory.ts";
import type { Step } from "../../sdk/src/machine/types.ts";
import { Instance } from "../../sdk/src/runtime/wasm/instance.ts";
import { makeProgram, type Program } from "../../sdk/src/runtime/wasm/program.ts";

export function stepProgram(step: Step, stepIndex: number, memory: Memory): Program {
  const given = memory.steps.slice(0, stepIndex);
  const missing = Array.from({ length: stepIndex - given.length }, () => 0);
  return makeProgram({
    depths: memory.depths,
    inputBytes: memory.input.length,
    constants: memory.constants,
    steps: [...given.map(() => undefined), ...missing.map(() => undefined), step],
    tensorBytes: [...given.map(({ length }) => length), ...missing, tensorBytes(step, memory.depths)],
    ...{ joinsChains: false, reusesRoom: false },
  });
}

/** The tensor that an executable step writes, as whole words, and whether a kernel computed it. */
export function executeOnWasm(
  step: Step,
  stepIndex: number,
  memory: Memory,
): { tensor: Uint8Array; hasKernel: boolean } {
  const program = stepProgram(step, stepIndex, memory);
  const instance = new Instance(
    program,
    new WebAssembly.Module(program.makeModule(false) ?? new Uint8Array()),
    false,
  );
  for (const [index, tensor] of memory.steps.slice(0, stepIndex).entries())
    instance.tensor(index).set(tensor);
  instance.run(memory.input);
  return { tensor: instance.tensor(stepIndex).slice(), hasKernel: program.tasks[0]?.kernel !== undefined };
}
