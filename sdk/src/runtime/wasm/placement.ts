/** Where constants, packed weights and tensors stand in a program's memory. */

import { count } from "../../machine/budget.ts";
import { WORD_BYTES } from "../../machine/memory.ts";
import { ELEMENT_SIZE } from "../../machine/opcodes.ts";
import type { Operand } from "../../machine/types.ts";
import { type Access, rangeOf } from "./access.ts";
import type { Group } from "./group.ts";
import { type Arena, joinRanges } from "./layout.ts";
import { pack } from "./packing.ts";
import type { KernelPlan, StageReader } from "./plan.ts";

export interface Region {
  readonly from: number;
  readonly bytes: number;
}

/** Bytes that are there before anything runs. Made when they are needed, and not kept besides the memory. */
export interface FixedBytes {
  readonly from: number;
  readonly make: () => Uint8Array;
}

type Plans = readonly (KernelPlan | undefined)[];

/** Copies what kernels read as it is. Weights that are packed are not among it, so that they are held once. */
export function placeConstants(
  plans: Plans,
  constants: Uint8Array,
  arena: Arena,
  fixed: FixedBytes[],
): ReadonlyMap<Operand, number> {
  const wanted: { operand: Operand; from: number; to: number }[] = [];
  for (const plan of plans) {
    if (plan === undefined) continue;
    const want = (access: Access, stage: number): void => {
      const { operand, address } = access;
      if (operand.space !== "const") return;
      const { least, most } = rangeOf(address, plan.nest, plan.nest.reductions[stage] ?? []);
      const reach = operand.index === undefined ? 0 : operand.index.stride * (operand.index.bound - 1);
      const size = ELEMENT_SIZE[operand.type];
      const from = Math.max(size * (least + Math.min(reach, 0)), 0);
      const to = Math.min(size * (most + Math.max(reach, 0) + 1), constants.length);
      wanted.push({ operand, from: Math.min(from, to), to });
    };
    for (const access of new Set([...plan.start, ...plan.end])) want(access, -1);
    for (const [stage, readers] of plan.stages.entries())
      for (const { access, packing } of readers) if (packing === undefined) want(access, stage);
  }

  const segments = joinRanges(
    wanted.filter(({ from, to }) => from < to).map(({ from, to }) => [from - (from % WORD_BYTES), to]),
  ).map(([from, to]) => {
    const at = arena.allocate(to - from + WORD_BYTES);
    fixed.push({ from: at, make: () => constants.subarray(from, to) });
    return { from, to, at };
  });
  const starts = new Map<Operand, number>();
  for (const { operand, from } of wanted) {
    const segment = segments.find((one) => one.from <= from && from < one.to);
    starts.set(operand, segment === undefined ? 0 : segment.at - segment.from);
  }
  return starts;
}

export function placePacked(
  plans: Plans,
  constants: Uint8Array,
  arena: Arena,
  fixed: FixedBytes[],
): ReadonlyMap<StageReader, number> {
  const places = new Map<StageReader, number>();
  for (const plan of plans) {
    for (const [stage, readers] of plan?.stages.entries() ?? []) {
      for (const reader of readers) {
        const { access, packing } = reader;
        if (plan === undefined || packing === undefined) continue;
        const from = arena.allocate(packing.elements * ELEMENT_SIZE[access.operand.type]);
        fixed.push({ from, make: () => pack(packing, access, plan.nest, stage, constants) });
        places.set(reader, from);
      }
    }
  }
  return places;
}

/**
 * Gives every tensor room from the group that writes it to the last one that reads it. Tensors that are given, and with `reusesRoom` off all others, stay.
 */
export function placeTensors(
  groups: readonly (Group | undefined)[],
  tensorBytes: readonly number[],
  reusesRoom: boolean,
  arena: Arena,
): (Region | undefined)[] {
  const regions: (Region | undefined)[] = tensorBytes.map(() => undefined);
  const joined = new Set(groups.flatMap((group) => group?.steps.slice(0, -1) ?? []));
  const lastUses = tensorBytes.map((_, index) => index);
  for (const [index, group] of groups.entries())
    for (const step of group === undefined ? [] : readSteps(group)) lastUses[step] = index;
  lastUses[tensorBytes.length - 1] = tensorBytes.length;
  const freed = new Map<number, number[]>();
  for (const [step, use] of lastUses.entries()) freed.set(use, [...(freed.get(use) ?? []), step]);

  const place = (step: number): void => {
    const bytes = tensorBytes[step] ?? 0;
    if (bytes > 0 && !joined.has(step)) regions[step] = { from: arena.allocate(padded(bytes)), bytes };
  };
  for (const [step] of tensorBytes.entries()) if (groups[step] === undefined) place(step);
  for (const [index, group] of groups.entries()) {
    if (group !== undefined) place(index);
    if (!reusesRoom) continue;
    for (const step of freed.get(index) ?? []) {
      const region = regions[step];
      if (region !== undefined && groups[step] !== undefined)
        arena.release(region.from, padded(region.bytes));
    }
  }
  return regions;
}

/** Earlier steps whose tensors a group reads. */
function readSteps({ steps, start, end, stages }: Group): number[] {
  const of = (operands: readonly Operand[], reader: number): number[] =>
    operands.filter(({ space, step }) => space === "step" && step < reader).map(({ step }) => step);
  const last = steps.at(-1) ?? 0;
  return [
    ...of(start.operands, steps[0] ?? 0),
    ...of(end.operands, last),
    ...stages.flatMap(({ operands }, stage) => of(operands, steps.at(stage) ?? 0)),
  ];
}

/** Tensors end with a whole word. */
export function padded(bytes: number): number {
  return Math.ceil(bytes / WORD_BYTES) * WORD_BYTES;
}

/** Operations for each element of a group, about. */
export function operationsOf({ stages, epilogue }: Group): number {
  return stages.reduce(
    (sum, { reduction, operands, body }) => sum + count(reduction) * (operands.length + body.length + 1),
    epilogue.length + 1,
  );
}
