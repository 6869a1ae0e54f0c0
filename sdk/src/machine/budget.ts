/** What proving one element on-chain can cost at most: SPEC.md section 5. */

import { encodedLength } from "./encode.ts";
import { ELEMENT_SIZE, type Fold, Op } from "./opcodes.ts";
import type { Depths, Instruction, Operand, Step } from "./types.ts";
import { BLOCK, opWeight, WEIGHTS } from "./weights.ts";

export interface StepCost {
  /** Gas of its worst proof, at most. */
  readonly gas: number;
  /** Calldata of its worst proof, in bytes. */
  readonly bytes: number;
}

/** The operation that a fold applies; `undefined` for `none`. */
export const FOLD_OPS: Readonly<Record<Fold, number | undefined>> = {
  none: undefined,
  "f32.add": Op.f32Add,
  "f32.mul": Op.f32Mul,
  "f32.min": Op.f32Min,
  "f32.max": Op.f32Max,
  "i32.add": Op.i32Add,
  "i32.mul": Op.i32Mul,
  "i32.min_s": Op.i32MinS,
  "i32.max_s": Op.i32MaxS,
};

/** The cost that the budget bounds. Exact for steps that keep the other rules of validity. */
export function stepCost(step: Step, depths: Depths): StepCost {
  const iterations = count(step.reduction);
  const foldOp = FOLD_OPS[step.fold];
  // The innermost coordinate of the reduction that goes anywhere; the rows along it, cut where blocks of iterations may end.
  const inner = step.reduction.findLastIndex((extent) => extent !== 1);
  const stretches = iterations / (step.reduction[inner] ?? 1) + Math.floor(iterations / BLOCK);

  let stretch: number = WEIGHTS.stretch;
  let iteration = tape(step.body) + (foldOp === undefined ? 0 : opWeight(foldOp));
  let outer = 0;
  let bytes = 0;
  for (const operand of step.bodyOperands) {
    const stride = inner < 0 ? undefined : operand.address.strides[step.extents.length + inner];
    stretch += loadWeight(operand);
    iteration += isNear(operand, stride) ? WEIGHTS.near : WEIGHTS.far;
    bytes += bodyOpening(operand, step, iterations, depths);
  }
  for (const operand of step.outerOperands) {
    outer += loadWeight(operand) + WEIGHTS.far;
    bytes += operand.space === "index" ? 0 : oneWord(operand, depths);
  }
  const gas =
    WEIGHTS.step +
    WEIGHTS.byte * encodedLength(step) +
    outer +
    tape(step.epilogue) +
    stretches * stretch +
    iterations * iteration +
    WEIGHTS.word * Math.ceil(bytes / 32);
  return { gas, bytes };
}

/** Product of extents; 1 when there are none. */
export function count(extents: readonly number[]): number {
  return extents.reduce((product, extent) => product * extent, 1);
}

/** Weight of loading an operand for a stretch, or once if it is an outer one, without its elements. */
function loadWeight({ guards }: Operand): number {
  return WEIGHTS.load + guards.length * WEIGHTS.guard;
}

/** Whether neighbouring iterations read neighbouring elements, or the same. */
function isNear({ space, index }: Operand, stride: number | undefined): boolean {
  if (index !== undefined || stride === undefined) return false;
  return space === "index" || stride === 0 || stride === 1;
}

function tape(instructions: readonly Instruction[]): number {
  return instructions.reduce((sum, { op }) => sum + opWeight(op), 0);
}

function treeDepth(operand: Operand, depths: Depths): number {
  if (operand.space === "input") return depths.inputDepth;
  return operand.space === "const" ? depths.constantsDepth : depths.stepDepth + depths.wordDepth;
}

function oneWord(operand: Operand, depths: Depths): number {
  return opening(1, 1, treeDepth(operand, depths));
}

function opening(runs: number, words: number, depth: number): number {
  return runs * (32 * words + 64 * depth + 8);
}

/** The cheapest way to split the reduction into runs of words: outer dimensions one by one, inner ones as a whole. */
function bodyOpening(operand: Operand, step: Step, iterations: number, depths: Depths): number {
  if (operand.space === "index") return 0;
  if (operand.index !== undefined) return iterations * oneWord(operand, depths);
  const { reduction } = step;
  const strides = operand.address.strides.slice(step.extents.length);
  const perWord = 32 / ELEMENT_SIZE[operand.type];
  const depth = treeDepth(operand, depths);
  let runs = iterations;
  let span = 0;
  let least = opening(runs, 1, depth);
  for (let k = reduction.length - 1; k >= 0; k--) {
    const extent = reduction[k] ?? 1;
    runs /= extent;
    span += Math.abs(strides[k] ?? 0) * (extent - 1);
    const words = span === 0 ? 1 : Math.floor((span + perWord - 1) / perWord) + 1;
    least = Math.min(least, opening(runs, words, depth));
  }
  return least;
}
