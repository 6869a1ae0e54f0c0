/** Groups of steps that run as one loop nest: single steps, and chains in which each continues the fold of the one before. */

import type { ElementType, Fold } from "../../machine/opcodes.ts";
import type { Instruction, Operand, Step } from "../../machine/types.ts";

/** One fold of a chain. */
export interface Stage {
  readonly fold: Exclude<Fold, "none">;
  readonly reduction: readonly number[];
  readonly operands: readonly Operand[];
  readonly immediates: readonly number[];
  readonly body: readonly Instruction[];
}

/** Outer registers before the accumulator. */
export interface OuterRegisters {
  readonly operands: readonly Operand[];
  readonly immediates: readonly number[];
}

export interface Group {
  /** Numbers of the steps, ascending; only the last one's tensor is written. */
  readonly steps: readonly number[];
  readonly type: ElementType;
  readonly extents: readonly number[];
  /** Of the first step, whose register `init` starts the accumulator. */
  readonly start: OuterRegisters;
  readonly init: number;
  readonly stages: readonly Stage[];
  /** Of the last step. */
  readonly end: OuterRegisters;
  readonly epilogue: readonly Instruction[];
}

/** The group of a single step. */
export function groupOf(step: Step, index: number): Group {
  const outer = { operands: step.outerOperands, immediates: step.immediates };
  const { type, extents, init, epilogue } = step;
  return { steps: [index], type, extents, start: outer, init, stages: stagesOf(step), end: outer, epilogue };
}

function stagesOf({ fold, reduction, bodyOperands, immediates, body }: Step): Stage[] {
  return fold === "none" ? [] : [{ fold, reduction, operands: bodyOperands, immediates, body }];
}

/**
 * Joins chains: a step that starts its accumulator from the elements of the step before, which nobody else reads and which are nothing but its accumulator.
 *
 * @param executable - decoded steps by number; `undefined` for those that write zeros
 */
export function joinChains(executable: readonly (Step | undefined)[]): (Group | undefined)[] {
  const readers = countReaders(executable);
  const groups: (Group | undefined)[] = [];
  for (const [index, step] of executable.entries()) {
    const own = step === undefined ? undefined : groupOf(step, index);
    const before = groups[index - 1];
    if (
      step !== undefined &&
      before !== undefined &&
      readers[index - 1] === 1 &&
      continues(step, index, before)
    ) {
      groups[index - 1] = undefined;
      groups.push({
        ...before,
        steps: [...before.steps, index],
        stages: [...before.stages, ...stagesOf(step)],
        end: { operands: step.outerOperands, immediates: step.immediates },
        epilogue: step.epilogue,
      });
    } else groups.push(own);
  }
  return groups;
}

/** How many operands read each step's tensor. */
function countReaders(steps: readonly (Step | undefined)[]): number[] {
  const readers = steps.map(() => 0);
  for (const [index, step] of steps.entries()) {
    for (const operand of [...(step?.bodyOperands ?? []), ...(step?.outerOperands ?? [])])
      if (operand.space === "step" && operand.step < index)
        readers[operand.step] = (readers[operand.step] ?? 0) + 1;
  }
  return readers;
}

function continues(step: Step, index: number, before: Group): boolean {
  const operand = step.outerOperands[step.init];
  return (
    step.fold !== "none" &&
    before.stages.length > 0 &&
    before.epilogue.length === 0 &&
    isWide(before.type) &&
    before.extents.join() === step.extents.join() &&
    operand !== undefined &&
    operand.space === "step" &&
    operand.step === index - 1 &&
    isWide(operand.type) &&
    operand.guards.length === 0 &&
    operand.index === undefined &&
    operand.address.base === 0 &&
    step.extents.every(
      (extent, j) => extent === 1 || operand.address.strides[j] === rowMajor(step.extents, j),
    ) &&
    step.outerOperands.every(({ index: by }) => by?.operand !== step.init) &&
    !reads(step, step.init)
  );
}

function isWide(type: ElementType): boolean {
  return type === "f32" || type === "i32";
}

/** Whether the epilogue, or an empty one's result, is made from an outer register. */
function reads({ epilogue }: Step, register: number): boolean {
  return epilogue.some(({ a, b, c }) => a === register || b === register || c === register);
}

/** Elements between neighbours along dimension j. */
export function rowMajor(extents: readonly number[], j: number): number {
  return extents.slice(j + 1).reduce((product, extent) => product * extent, 1);
}
