/** Loop nests to steps of the machine: one, or a chain of them if the reduction is too long for the budget. */

import { stepCost } from "../../machine/budget.ts";
import { encodedLength } from "../../machine/encode.ts";
import { ELEMENT_SIZE } from "../../machine/opcodes.ts";
import type { Affine, Depths, Operand, Step } from "../../machine/types.ts";
import { brokenRule } from "../../machine/validity.ts";
import { rowMajorStrides } from "../host/tensor.ts";
import { LIMITS } from "../limits.ts";
import { assemble, type Expression, type Places } from "../tape/assemble.ts";
import { type Register, usedSlots } from "../tape/tape.ts";
import type { ConstantPool } from "./constants.ts";
import type { Line, LoopNest, LoopOperand } from "./loops.ts";
import { type Chunk, chunkOf, cut, cutCount } from "./split.ts";

/** What one step may cost; never more than the machine's budget. */
export interface Budget {
  readonly gas: number;
  readonly bytes: number;
}

export interface Provability {
  readonly depths: Depths;
  readonly budget: Budget;
}

/** Why a loop nest cannot be made into steps. */
export interface Unprovable {
  readonly problem: string;
  readonly context: Readonly<Record<string, unknown>>;
}

export function isUnprovable(result: ChunkedNest | Unprovable): result is Unprovable {
  return "problem" in result;
}

/** A loop nest cut to fit the budget. */
export interface ChunkedNest {
  readonly nest: LoopNest;
  readonly chunks: readonly Chunk[];
}

/** Cuts the reduction of a loop nest so that every step is within budget. */
export function chunk(nest: LoopNest, limits: Provability): ChunkedNest | Unprovable {
  const whole = stepOf(nest, "only", 0, placeNowhere);
  const context = describe(whole, limits.depths);
  const rule = brokenRule(whole, encodedLength(whole), limits.depths);
  if (rule === undefined && isWithin(whole, limits)) return { nest, chunks: [wholeChunk(nest)] };
  // A reduction that is too long is cut just as one that is too dear.
  if (rule !== undefined && rule !== 4 && rule !== 7) return { problem: RULES[rule], context };
  const parts =
    nest.fold === undefined
      ? []
      : [stepOf(nest, "first", 0, placeNowhere), stepOf(nest, "last", 0, placeNowhere)];
  const fits = (dimension: number, extent: number): boolean => {
    const inner = nest.reduction.map((length, j) => ({ dimension: j, extent: length })).slice(dimension + 1);
    const box = { starts: nest.reduction.map(() => 0), loops: [{ dimension, extent }, ...inner] };
    return parts.every((part) => isWithin(chunkOf(part, box), limits));
  };
  const count = nest.fold === undefined ? Number.POSITIVE_INFINITY : cutCount(nest.reduction, fits);
  if (count === Number.POSITIVE_INFINITY) {
    return { problem: "not even one iteration is within the budget", context };
  }
  if (count > LIMITS.steps) return { problem: `it would take ${count} steps`, context };
  return { nest, chunks: cut(nest.reduction, fits)! };
}

/**
 * The steps of a cut loop nest, in order. The last one writes the result.
 *
 * @param first - number of the first step
 */
export function emitSteps({ nest, chunks }: ChunkedNest, first: number, pool: ConstantPool): Step[] {
  const last = chunks.length - 1;
  return chunks.map((box, j) => {
    const place: PlaceConstant = (bytes) => pool.offsetOf(bytes);
    if (last === 0) return stepOf(nest, "only", first, place);
    const part = j === 0 ? "first" : j === last ? "last" : "middle";
    return chunkOf(stepOf(nest, part, first + j - 1, place), box);
  });
}

type PlaceConstant = (bytes: Uint8Array) => number;
const placeNowhere: PlaceConstant = () => 0;

const RULES = {
  1: "its encoding is longer than 4,096 bytes",
  2: "it has more than 8 loops, or an operand more than 8 guards",
  3: "it has a body without a fold",
  4: "a loop is too long",
  5: "it needs more than 256 registers",
  6: "an address is too large",
} as const;

function wholeChunk({ reduction }: LoopNest): Chunk {
  return {
    starts: reduction.map(() => 0),
    loops: reduction.map((extent, dimension) => ({ dimension, extent })),
  };
}

function isWithin(step: Step, { depths, budget }: Provability): boolean {
  const cost = stepCost(step, depths);
  return cost.gas <= budget.gas && cost.bytes <= budget.bytes;
}

function describe(step: Step, depths: Depths): Readonly<Record<string, unknown>> {
  const { extents, reduction } = step;
  return { extents, reduction, length: encodedLength(step), ...stepCost(step, depths) };
}

/**
 * A step over the whole reduction.
 *
 * @param part - `first` and `middle` write the bare accumulator; `middle` and `last` continue from what the step `previous` wrote
 */
function stepOf(
  { type, extents, reduction, outer, fold }: LoopNest,
  part: "only" | "first" | "middle" | "last",
  previous: number,
  place: PlaceConstant,
): Step {
  const { tape } = outer;
  const partial: LoopOperand = {
    space: "step",
    type,
    step: previous,
    address: { base: 0, strides: rowMajorStrides(extents) },
    guards: [],
    pad: 0,
    index: undefined,
    constant: undefined,
  };
  const available = [...outer.operands, partial];
  const isContinued = part === "middle" || part === "last";
  const isFinal = part === "only" || part === "last";
  const epilogue: Expression = { tape, result: isFinal ? outer.result : tape.accumulator() };
  const init: Register = isContinued ? tape.operand(outer.operands.length) : (fold?.init ?? epilogue.result);
  const slots = [...usedSlots(tape, epilogue.result), ...(fold === undefined ? [] : usedSlots(tape, init))];
  const [outerPlaces, outerOperands] = keep(available, slots, place);
  if (fold === undefined) {
    const assembly = assemble(epilogue, outerPlaces);
    return { type, fold: "none", extents, reduction: [], bodyOperands: [], outerOperands, ...assembly };
  }
  const [bodyPlaces, bodyOperands] = keep(fold.operands, usedSlots(fold.tape, fold.result), place);
  const assembly = assemble(epilogue, outerPlaces, { body: fold, bodyPlaces, init });
  return { type, fold: fold.fold, extents, reduction, bodyOperands, outerOperands, ...assembly };
}

/** The operands that are used, those that only index others included, and where each stands. */
function keep(
  operands: readonly LoopOperand[],
  slots: readonly number[],
  place: PlaceConstant,
): readonly [Places, readonly Operand[]] {
  const used = new Set(slots);
  for (const slot of used) {
    const index = operands[slot]!.index;
    if (index !== undefined) used.add(index.operand);
  }
  const order = [...used].sort((a, b) => a - b);
  const places = new Map(order.map((slot, j) => [slot, j]));
  return [places, order.map((slot) => operandOf(operands[slot]!, places, place))];
}

function operandOf(operand: LoopOperand, places: Places, place: PlaceConstant): Operand {
  const { space, type, step, address, guards, pad, index, constant } = operand;
  const start = constant === undefined ? 0 : place(constant) / ELEMENT_SIZE[type];
  const affine = ({ base, strides }: Line, offset = 0): Affine => ({ base: base + offset, strides });
  return {
    space,
    type,
    step,
    address: affine(address, start),
    ...(index === undefined ? {} : { index: { ...index, operand: places.get(index.operand)! } }),
    guards: guards.map(({ bound, line }) => ({ bound, affine: affine(line) })),
    pad: guards.length > 0 ? pad : 0,
  };
}
