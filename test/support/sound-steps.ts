/** Random steps that keep the rules, nearly all, and read mostly where there is something. */

import type { Memory } from "../../sdk/src/machine/memory.ts";
import {
  ELEMENT_SIZE,
  ELEMENT_TYPES,
  type ElementType,
  FOLDS,
  Op,
  SPACES,
  type Space,
} from "../../sdk/src/machine/opcodes.ts";
import type { Affine, Guard, Instruction, Operand, Step } from "../../sdk/src/machine/types.ts";
import { randomPattern } from "./patterns.ts";
import type { Random } from "./random.ts";

const OPS: readonly number[] = Object.values(Op);

/** @param elements - how many the tensor may have, roughly */
export function randomStep(random: Random, memory: Memory, elements = 300): Step {
  const extents = randomExtents(random, random.chance(0.05) ? 8 : random.integer(0, 4), elements);
  if (elements > 300 && extents.length > 0) extents[extents.length - 1] = random.integer(100, 700);
  const fold = random.chance(0.35) ? "none" : random.pick(FOLDS);
  const hasFold = fold !== "none";
  const reduction = hasFold ? randomExtents(random, random.chance(0.05) ? 8 : random.integer(0, 3), 40) : [];
  const bodyOperands = hasFold ? randomOperands(random, memory, [...extents, ...reduction]) : [];
  const outerOperands = randomOperands(random, memory, extents);
  const immediates = Array.from({ length: random.integer(0, 3) }, () => randomPattern(random));
  const isPlain = random.chance(0.2);
  const body = hasFold
    ? randomTape(random, bodyOperands.length + immediates.length, isPlain ? 1 : random.integer(0, 6))
    : [];
  const outerRegisters = outerOperands.length + immediates.length + 1;
  return {
    type: random.pick(ELEMENT_TYPES),
    fold,
    extents,
    reduction,
    bodyOperands,
    outerOperands,
    immediates,
    init: random.chance(0.9) ? random.integer(0, outerRegisters - 1) : random.integer(0, 255),
    body,
    epilogue: randomTape(random, outerRegisters, isPlain ? 0 : random.integer(0, 6)),
  };
}

function randomExtents(random: Random, rank: number, most: number): number[] {
  let room = most;
  return Array.from({ length: rank }, () => {
    const extent = Math.min(random.integer(1, 7), Math.max(room, 1));
    room = Math.floor(room / extent);
    return extent;
  });
}

function randomOperands(random: Random, memory: Memory, extents: readonly number[]): Operand[] {
  const operands: Operand[] = [];
  const total = random.integer(0, 4);
  for (let place = 0; place < total; place++) operands.push(randomOperand(random, memory, extents, place));
  return operands;
}

function randomOperand(random: Random, memory: Memory, extents: readonly number[], place: number): Operand {
  const space: Space = random.pick(SPACES);
  const type = random.pick(ELEMENT_TYPES);
  const step =
    space === "step" || random.chance(0.05)
      ? random.integer(0, Math.max(memory.steps.length - 1, 0) + (random.chance(0.1) ? 2 : 0))
      : 0;
  const guards = Array.from(
    { length: random.chance(0.3) ? random.integer(1, random.chance(0.05) ? 8 : 2) : 0 },
    () => randomGuard(random, extents),
  );
  const index =
    place > 0 && random.chance(0.25)
      ? {
          index: {
            operand: random.integer(0, place - 1),
            bound: random.integer(1, 9),
            stride: random.integer(-4, 9),
          },
        }
      : {};
  return {
    space,
    type,
    step,
    address: randomAddress(random, extents, roomOf(space, type, step, memory)),
    ...index,
    guards,
    pad: guards.length > 0 ? randomPattern(random) : 0,
  };
}

function roomOf(space: Space, type: ElementType, step: number, memory: Memory): number {
  const bytes = {
    input: memory.input,
    const: memory.constants,
    step: memory.steps[step] ?? new Uint8Array(),
    index: new Uint8Array(64),
  }[space];
  return Math.floor(bytes.length / ELEMENT_SIZE[type]);
}

/** Mostly inside of the space. */
function randomAddress(random: Random, extents: readonly number[], room: number): Affine {
  const isRowMajor = random.chance(0.4);
  let next = 1;
  const strides = extents
    .toReversed()
    .map((extent) => {
      const stride = isRowMajor ? next : random.chance(0.4) ? 0 : random.integer(-3, 8);
      next *= extent;
      return stride;
    })
    .reverse();
  if (random.chance(0.03)) return { base: random.integer(-(2 ** 47), 2 ** 47), strides };
  if (random.chance(0.1)) return { base: random.integer(-8, room + 8), strides };
  const lowest = strides.reduce((sum, stride, j) => sum + Math.min(stride, 0) * ((extents[j] ?? 1) - 1), 0);
  const highest = strides.reduce((sum, stride, j) => sum + Math.max(stride, 0) * ((extents[j] ?? 1) - 1), 0);
  return { base: -lowest + random.integer(0, Math.max(room - 1 - (highest - lowest), 0)), strides };
}

function randomGuard(random: Random, extents: readonly number[]): Guard {
  const strides = extents.map(() => (random.chance(0.5) ? 0 : random.integer(-2, 2)));
  return {
    bound: random.chance(0.95) ? random.integer(1, 9) : 2 ** 31 - 1,
    affine: { base: random.integer(-3, 4), strides },
  };
}

/** @param registers - how many there are before the tape's own */
export function randomTape(random: Random, registers: number, length: number): Instruction[] {
  return Array.from({ length }, (_, place) => {
    const register = (): number => {
      if (random.chance(0.03)) return random.integer(0, 255);
      // Now and then its own register, or a later one.
      const next = Math.max(registers + place - 1, 0) + (random.chance(0.03) ? random.integer(1, 2) : 0);
      return Math.min(random.integer(Math.max(next - 5, 0), next), 255);
    };
    const op = random.chance(0.05) ? random.integer(0, 255) : random.pick(OPS);
    return { op, a: register(), b: register(), c: register() };
  });
}
