/** What the engine holds while a model runs. */

import { workload } from "../../../sdk/src/runtime/limits.ts";
import { programOf } from "../../../sdk/src/runtime/wasm/engine.ts";
import { PAGE_BYTES } from "../../../sdk/src/runtime/wasm/program.ts";
import type { Subject } from "./subjects.ts";

export interface Memory {
  readonly model: string;
  readonly weightBytes: number;
  /** Most bytes of tensors that are needed at one time, input and outputs among them. */
  readonly liveBytes: number;
  /** What the engine holds: its memory, and the constants that it was given. */
  readonly heldBytes: number;
  /** Of its memory. */
  readonly pages: number;
  /** Constants as kernels read them, and rows of pads. */
  readonly fixedBytes: number;
  /** From the last byte of anything to the end of the last page. */
  readonly unusedBytes: number;
}

export function measureMemory({ name, model }: Subject): Memory {
  const weightBytes = model.constants.length;
  const liveBytes = workload(model, "last").memoryBytes;
  const program = programOf(model, false);
  if (program === undefined) throw new Error(`The engine does not take ${name}.`);
  const fixed = program.fixed.map(({ from, make }) => ({ from, bytes: make().length }));
  const tensors = program.tensors.filter((region) => region !== undefined);
  const ends = [...fixed, ...tensors, program.input].map(({ from, bytes }) => from + bytes);
  const { memoryBytes } = program;
  return {
    ...{ model: name, weightBytes, liveBytes, heldBytes: weightBytes + memoryBytes },
    pages: memoryBytes / PAGE_BYTES,
    fixedBytes: fixed.reduce((sum, { bytes }) => sum + bytes, 0),
    unusedBytes: memoryBytes - Math.max(...ends),
  };
}
