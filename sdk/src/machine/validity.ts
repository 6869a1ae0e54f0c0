/** Which steps are executed and which write zeros: SPEC.md section 4.4. */

import { count, stepCost } from "./budget.ts";
import { MAX_RANK, MAX_STEP_BYTES } from "./encode.ts";
import type { Affine, Depths, Operand, Step } from "./types.ts";
import { BUDGET } from "./weights.ts";

const MAX_EXTENT = 2 ** 31 - 1;
const MAX_ELEMENTS = 2 ** 40;
const MAX_ITERATIONS = 2 ** 24;
const MAX_REGISTERS = 256;
const ADDRESS_BOUND = 2 ** 48;

/**
 * Whether a step is executed.
 *
 * @param step - what `decodeStep` gave
 * @param encodedLength - bytes of its encoding
 * @param depths - of the model's record
 * @returns `false` for a step that writes a tensor of zeros
 */
export function isExecutable(step: Step | undefined, encodedLength: number, depths: Depths): step is Step {
  return step !== undefined && brokenRule(step, encodedLength, depths) === undefined;
}

/** The number, in SPEC.md section 4.4, of the first rule that a decoded step breaks; `undefined` if it keeps them all. */
export function brokenRule(
  step: Step,
  encodedLength: number,
  depths: Depths,
): 1 | 2 | 3 | 4 | 5 | 6 | 7 | undefined {
  if (encodedLength > MAX_STEP_BYTES) return 1;
  if (!keepsForm(step)) return 2;
  if (step.fold === "none" && step.reduction.length + step.bodyOperands.length + step.body.length > 0)
    return 3;
  if (!keepsBounds(step)) return 4;
  const { immediates } = step;
  if (step.bodyOperands.length + immediates.length + step.body.length > MAX_REGISTERS) return 5;
  if (step.outerOperands.length + immediates.length + 1 + step.epilogue.length > MAX_REGISTERS) return 5;
  if (!keepsAddresses(step)) return 6;
  const { gas, bytes } = stepCost(step, depths);
  return gas <= BUDGET.gas && bytes <= BUDGET.bytes ? undefined : 7;
}

function keepsForm(step: Step): boolean {
  const keeps = (operand: Operand, place: number): boolean =>
    operand.guards.length <= MAX_RANK && (operand.index === undefined || operand.index.operand < place);
  if (step.extents.length > MAX_RANK || step.reduction.length > MAX_RANK) return false;
  return step.bodyOperands.every(keeps) && step.outerOperands.every(keeps);
}

function keepsBounds(step: Step): boolean {
  const keeps = (bound: number): boolean => bound >= 1 && bound <= MAX_EXTENT;
  const operandKeeps = ({ guards, index }: Operand): boolean =>
    guards.every(({ bound }) => keeps(bound)) && (index === undefined || keeps(index.bound));
  if (!step.extents.every(keeps) || !step.reduction.every(keeps)) return false;
  if (!step.bodyOperands.every(operandKeeps) || !step.outerOperands.every(operandKeeps)) return false;
  return count(step.extents) <= MAX_ELEMENTS && count(step.reduction) <= MAX_ITERATIONS;
}

function keepsAddresses(step: Step): boolean {
  const keeps = (operands: readonly Operand[], extents: readonly number[]): boolean =>
    operands.every(({ address, index, guards }) => {
      const reach = index === undefined ? 0 : Math.abs(index.stride) * (index.bound - 1);
      return (
        magnitude(address, extents) + reach < ADDRESS_BOUND &&
        guards.every(({ affine }) => magnitude(affine, extents) < ADDRESS_BOUND)
      );
    });
  return (
    keeps(step.bodyOperands, [...step.extents, ...step.reduction]) && keeps(step.outerOperands, step.extents)
  );
}

/** Largest absolute value that an affine form can be thought to take. Inexact only far above the bound. */
export function magnitude(affine: Affine, extents: readonly number[]): number {
  let sum = Math.abs(affine.base);
  for (const [j, stride] of affine.strides.entries()) sum += Math.abs(stride) * ((extents[j] ?? 1) - 1);
  return sum;
}
