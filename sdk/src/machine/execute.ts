/**
 * Whole tensors of one step: blocks of elements side by side, each operation one loop over a block. The folds keep their order, since every
 * lane has an accumulator of its own. Needs a little-endian host (the runtime's self-test refuses others).
 */

import { FOLD_OPS } from "./budget.ts";
import { encodedLength } from "./encode.ts";
import { BLOCK_LANES, type Nest } from "./forms.ts";
import { advance, load, type OperandLoader, operandLoader, startBlock } from "./gather.ts";
import {
  f32MultiplyAdd,
  i32MultiplyAdd,
  type LaneLoop,
  laneLoop,
  type RegisterFile,
  registerFile,
} from "./lanes.ts";
import { type Memory, tensorBytes, WORD_BYTES } from "./memory.ts";
import { ELEMENT_SIZE, type Fold, Op } from "./opcodes.ts";
import type { Affine, Instruction, Operand, Step } from "./types.ts";
import { isExecutable } from "./validity.ts";

/** An instruction whose registers are lanes of the register file. */
interface LaneInstruction {
  readonly run: LaneLoop;
  readonly out: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

interface Plan {
  readonly nest: Nest;
  readonly file: RegisterFile;
  readonly outerLoaders: readonly OperandLoader[];
  readonly bodyLoaders: readonly OperandLoader[];
  /** Runs once for every point of the reduction and ends with the fold; empty without fold. */
  readonly body: readonly LaneInstruction[];
  readonly epilogue: readonly LaneInstruction[];
  readonly init: number;
  readonly accumulator: number;
  readonly result: number;
}

/**
 * Computes the tensor that a step writes.
 *
 * @param step - what `decodeStep` gave
 * @returns whole words, cut off where the tensor's tree ends; nothing for a step that is not executable (its elements are zeros that nobody wrote)
 */
export function executeStep(step: Step | undefined, stepIndex: number, memory: Memory): Uint8Array {
  if (step === undefined || !isExecutable(step, encodedLength(step), memory.depths)) return new Uint8Array();
  const bytes = tensorBytes(step, memory.depths);
  const elements = bytes / ELEMENT_SIZE[step.type];
  const tensor = new Uint8Array(Math.ceil(bytes / WORD_BYTES) * WORD_BYTES);
  const plan = makePlan(step, stepIndex, memory, Math.min(elements, BLOCK_LANES));
  const words = new Int32Array(tensor.buffer);
  for (let first = 0; first < elements; first += BLOCK_LANES) {
    const count = Math.min(BLOCK_LANES, elements - first);
    computeBlock(plan, first, count);
    const result = plan.file.integers.subarray(plan.result, plan.result + count);
    if (ELEMENT_SIZE[step.type] === 4) words.set(result, first);
    else tensor.set(result, first);
  }
  return tensor;
}

function computeBlock(plan: Plan, first: number, count: number): void {
  const { nest, file, outerLoaders, bodyLoaders, body, accumulator } = plan;
  for (const loader of outerLoaders) {
    startBlock(loader, nest, first, count);
    load(loader, file, count);
  }
  file.integers.copyWithin(accumulator, plan.init, plan.init + count);
  if (body.length > 0) {
    for (const loader of bodyLoaders) startBlock(loader, nest, first, count);
    const position = nest.reduction.map(() => 0);
    for (;;) {
      for (const loader of bodyLoaders) load(loader, file, count);
      runLanes(body, file, count);
      const dimension = nextPoint(position, nest.reduction);
      if (dimension < 0) break;
      for (const loader of bodyLoaders) advance(loader, dimension);
    }
  }
  runLanes(plan.epilogue, file, count);
}

function runLanes(tape: readonly LaneInstruction[], file: RegisterFile, count: number): void {
  for (const { run, out, a, b, c } of tape) run(file, out, a, b, c, count);
}

/** Takes a position to the next one in row-major order; returns the dimension that advanced, -1 at the end. */
function nextPoint(position: number[], extents: readonly number[]): number {
  for (let j = extents.length - 1; j >= 0; j--) {
    const next = (position[j] ?? 0) + 1;
    if (next < (extents[j] ?? 1)) {
      position[j] = next;
      return j;
    }
    position[j] = 0;
  }
  return -1;
}

/** Gives every register its lanes: zero first (what a register that does not exist reads as), then immediates, body and outer registers. */
function makePlan(step: Step, stepIndex: number, memory: Memory, lanes: number): Plan {
  const { bodyOperands, outerOperands, immediates, extents } = step;
  let used = 0;
  const take = (count: number): number[] => Array.from({ length: count }, () => lanes * used++);
  const [zero = 0] = take(1);
  const immediateSlots = take(immediates.length);
  const bodySlots = [...take(bodyOperands.length), ...immediateSlots, ...take(step.body.length)];
  const outerSlots = [...take(outerOperands.length), ...immediateSlots, ...take(1 + step.epilogue.length)];
  const accumulatorPlace = outerOperands.length + immediates.length;
  const accumulator = outerSlots[accumulatorPlace] ?? zero;

  const file = registerFile(lanes * used);
  for (const [j, slot] of immediateSlots.entries())
    file.integers.fill(immediates[j] ?? 0, slot, slot + lanes);
  const nest = makeNest(step);
  const loaders = (operands: readonly Operand[], slots: readonly number[], inner: Nest): OperandLoader[] =>
    operands.map((operand, place) => operandLoader(operand, place, slots, inner, extents, stepIndex, memory));
  return {
    nest,
    file,
    outerLoaders: loaders(outerOperands, outerSlots, { ...nest, reduction: [] }),
    bodyLoaders: loaders(bodyOperands, bodySlots, nest),
    body: bodyWithFold(
      step.fold,
      laneTape(step.body, bodySlots, zero),
      step.body.at(-1),
      bodySlots.at(-1) ?? zero,
      accumulator,
    ),
    epilogue: laneTape(step.epilogue, outerSlots, zero),
    init: step.init < accumulatorPlace ? (outerSlots[step.init] ?? zero) : zero,
    accumulator,
    result: outerSlots.at(-1) ?? zero,
  };
}

/** The last registers of the slots belong to the tape, one to an instruction. */
function laneTape(tape: readonly Instruction[], slots: readonly number[], zero: number): LaneInstruction[] {
  return tape.map(({ op, a, b, c }, place) => {
    const own = slots.length - tape.length + place;
    const slot = (register: number): number => (register < own ? (slots[register] ?? zero) : zero);
    return { run: laneLoop(op), out: slots[own] ?? zero, a: slot(a), b: slot(b), c: slot(c) };
  });
}

/** Appends the fold; a product that is added to the accumulator becomes one loop with it. */
function bodyWithFold(
  fold: Fold,
  tape: readonly LaneInstruction[],
  last: Instruction | undefined,
  value: number,
  accumulator: number,
): LaneInstruction[] {
  const op = FOLD_OPS[fold];
  if (op === undefined) return [];
  const product = tape.at(-1);
  if (product !== undefined) {
    const start = tape.slice(0, -1);
    if (last?.op === Op.f32Mul && op === Op.f32Add)
      return [...start, { ...product, run: f32MultiplyAdd, out: accumulator }];
    if (last?.op === Op.i32Mul && op === Op.i32Add)
      return [...start, { ...product, run: i32MultiplyAdd, out: accumulator }];
  }
  return [...tape, { run: laneLoop(op), out: accumulator, a: accumulator, b: value, c: value }];
}

function makeNest({ extents, reduction, bodyOperands, outerOperands }: Step): Nest {
  const forms: Affine[] = [...bodyOperands, ...outerOperands].flatMap(({ address, guards }) => [
    address,
    ...guards.map(({ affine }) => affine),
  ]);
  const places: number[] = [];
  const joined: number[] = [];
  for (const [j, extent] of extents.entries()) {
    if (extent === 1) continue;
    const outer = places.at(-1);
    const canJoin =
      outer !== undefined && forms.every(({ strides }) => strides[outer] === (strides[j] ?? 0) * extent);
    if (canJoin) {
      places[places.length - 1] = j;
      joined[joined.length - 1] = (joined.at(-1) ?? 1) * extent;
    } else {
      places.push(j);
      joined.push(extent);
    }
  }
  return { places, extents: joined, reduction };
}
