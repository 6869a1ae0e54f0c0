/** From the steps of a model to one WebAssembly module and the plan of its memory. A pure function. */

import { WasmModule } from "../../core/wasm/module.ts";
import { count } from "../../machine/budget.ts";
import { spaceElements, WORD_BYTES } from "../../machine/memory.ts";
import { ELEMENT_SIZE } from "../../machine/opcodes.ts";
import type { Depths, Operand, Step } from "../../machine/types.ts";
import type { Source } from "./access.ts";
import { type Group, groupOf, joinChains } from "./group.ts";
import { emitKernel, unitsOf } from "./kernel.ts";
import { Arena } from "./layout.ts";
import { PadRowTable } from "./pad-rows.ts";
import {
  type FixedBytes,
  operationsOf,
  placeConstants,
  placePacked,
  placeTensors,
  type Region,
} from "./placement.ts";
import { planKernel } from "./plan.ts";
import { PAD_ROW_BYTES } from "./reduce.ts";

export interface ProgramParts {
  readonly depths: Depths;
  readonly inputBytes: number;
  readonly constants: Uint8Array;
  /** By number; `undefined` for those that write zeros, and for tensors that are given. */
  readonly steps: readonly (Step | undefined)[];
  /** Bytes of each step's tensor without padding, as far as it is stored; 0 for zeros. */
  readonly tensorBytes: readonly number[];
  /** Whether chains of steps may run as one, so that the tensors in between are never written. */
  readonly joinsChains: boolean;
  /** Whether the room of a tensor is used again once nobody reads it. */
  readonly reusesRoom: boolean;
}

/** Computes the parts `from .. to - 1` of a step. */
export type Kernel = (from: number, to: number) => void;

/** What is done for a step. */
export interface Task {
  readonly step: number;
  /** The kernel's name; without one the reference computes the step. */
  readonly kernel?: string;
  /** Parts that can be computed side by side. */
  readonly units: number;
  /** About how many operations it takes. */
  readonly work: number;
}

export interface Program {
  readonly parts: ProgramParts;
  readonly tasks: readonly Task[];
  readonly memoryBytes: number;
  /** Bytes that are written before the first run. */
  readonly fixed: readonly FixedBytes[];
  readonly input: Region;
  /** By step; `undefined` for zeros and for what is never written. Padded to whole words. */
  readonly tensors: readonly (Region | undefined)[];
  /** Writes the module; `undefined` if it would be longer than any sensible model's. */
  readonly makeModule: (isShared: boolean) => Uint8Array<ArrayBuffer> | undefined;
}

export const PAGE_BYTES = 65_536;

/** Real models of a hundred steps have half a megabyte. */
const MOST_CODE_BYTES = 2 ** 24;

/** Packed weights of a model may take twice what its constants have, and this much. */
const SPARE_PACKED_BYTES = 2 ** 20;

export function makeProgram(parts: ProgramParts): Program {
  const { depths, constants, steps, tensorBytes } = parts;
  const groups = parts.joinsChains
    ? joinChains(steps)
    : steps.map((step, index) => (step === undefined ? undefined : groupOf(step, index)));
  const sourceOf = ({ space, type, step }: Operand, reader: number): Source => {
    if (space === "index") return { elements: 0 };
    const bytes = {
      input: parts.inputBytes,
      const: constants.length,
      step: step < reader ? (tensorBytes[step] ?? 0) : 0,
    }[space];
    return { elements: Math.min(Math.ceil(bytes / ELEMENT_SIZE[type]), spaceElements(space, type, depths)) };
  };
  const pads = new PadRowTable();
  let packedRoom = 2 * constants.length + SPARE_PACKED_BYTES;
  const takePacked = (bytes: number): boolean => {
    const fits = bytes <= packedRoom;
    if (fits) packedRoom -= bytes;
    return fits;
  };
  const plans = groups.map((group, index) => {
    if (group === undefined || isCutOff(group, tensorBytes[index] ?? 0)) return undefined;
    const plan = planKernel(group, sourceOf, takePacked);
    return plan !== undefined && pads.admit(plan) ? plan : undefined;
  });

  const arena = new Arena();
  const padRows = pads.place(arena, PAD_ROW_BYTES);
  const fixed: FixedBytes[] = [...padRows.fixed];
  const input = { from: arena.allocate(parts.inputBytes + WORD_BYTES), bytes: parts.inputBytes };
  const constantStarts = placeConstants(plans, constants, arena, fixed);
  const packed = placePacked(plans, constants, arena, fixed);
  const tensors = placeTensors(groups, tensorBytes, parts.reusesRoom, arena);
  const memoryBytes = Math.ceil(arena.bytes / PAGE_BYTES) * PAGE_BYTES;

  const tasks: Task[] = [];
  for (const [index, group] of groups.entries()) {
    if (group === undefined) continue;
    const plan = plans[index];
    const work = (tensorBytes[index] ?? 0) * operationsOf(group);
    if (plan === undefined) tasks.push({ step: index, units: 1, work });
    else tasks.push({ step: index, kernel: `s${index}`, units: unitsOf(plan), work });
  }
  const startOf = (operand: Operand): number => {
    const { space, step } = operand;
    if (space === "input") return input.from;
    // What is not there is never read, since every address of it is out of range.
    return (space === "const" ? constantStarts.get(operand) : tensors[step]?.from) ?? 0;
  };
  const makeModule = (isShared: boolean): Uint8Array<ArrayBuffer> | undefined => {
    const module = new WasmModule({ pages: memoryBytes / PAGE_BYTES, isShared });
    for (const [index, plan] of plans.entries()) {
      if (plan === undefined) continue;
      if (module.codeBytes > MOST_CODE_BYTES) return undefined;
      emitKernel(module.addFunction(`s${index}`, ["i32", "i32"]), plan, {
        startOf,
        packedAt: (reader) => packed.get(reader) ?? 0,
        output: tensors[index]?.from ?? 0,
        padRows: padRows.at,
      });
    }
    return module.toBytes();
  };
  return { parts, tasks, memoryBytes, fixed, input, tensors, makeModule };
}

/** Whether the tensor is longer than its tree has room for. */
function isCutOff({ extents, type }: Group, stored: number): boolean {
  return count(extents) * ELEMENT_SIZE[type] !== stored;
}
