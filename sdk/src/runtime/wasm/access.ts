/** How a kernel reads an operand: what its addresses and guards can be, known before anything runs. */

import { ELEMENT_SIZE } from "../../machine/opcodes.ts";
import type { Operand } from "../../machine/types.ts";
import type { Form, Nest } from "./nest.ts";

/** Forms are computed in 32 bits, so nothing may leave them. */
const MOST = 2 ** 31;

export interface AccessGuard {
  readonly bound: number;
  readonly form: Form;
}

/** Where the operand's bytes are. */
export interface Source {
  /** Elements of the operand's type that can be anything but zero. */
  readonly elements: number;
}

export interface Access {
  readonly operand: Operand;
  readonly address: Form;
  /** Those that can fail. */
  readonly guards: readonly AccessGuard[];
  /** Whether a guard fails at every point. */
  readonly isPad: boolean;
  /** How the lanes of a vector lie: all on one element, on neighbours, or anyhow. */
  readonly lanes: "same" | "next" | "any";
  /** Whether an address can lie outside although all guards hold. */
  readonly canMiss: boolean;
  /** Bytes of the source that can be anything but zero. */
  readonly roomBytes: number;
  /**
   * - `none`: every address lies inside;
   * - `pointer`: what fails, fails for a whole vector, and the vector is then read from a row of pads;
   * - `mask`: each lane has a verdict of its own.
   */
  readonly check: "none" | "pointer" | "mask";
  /** Whether anything about it changes along the rows of a tile, along the vectors of a row. */
  readonly variesByRow: boolean;
  readonly variesByVector: boolean;
}

interface Range {
  readonly least: number;
  readonly most: number;
}

/**
 * Analyses the operands of a list in order.
 *
 * @param stage - number of the stage, -1 for outer operands
 * @param sourceOf - where an operand reads; not asked about `index`
 * @returns `undefined` if an address or a guard can leave 32 bits
 */
export function analyse(
  operands: readonly Operand[],
  nest: Nest,
  stage: number,
  sourceOf: (operand: Operand) => Source,
): Access[] | undefined {
  const accesses: Access[] = [];
  const reduction = nest.reductions[stage] ?? [];
  for (const operand of operands) {
    const { space, type, index } = operand;
    const address = nest.form(operand.address, stage);
    const size = ELEMENT_SIZE[type];
    const own = rangeOf(address, nest, reduction);
    const reach = index === undefined ? 0 : index.stride * (index.bound - 1);
    const range = { least: own.least + Math.min(reach, 0), most: own.most + Math.max(reach, 0) };
    if (space !== "index" && size * Math.max(-range.least, range.most) >= MOST) return undefined;

    const all = operand.guards.map(({ bound, affine }) => ({ bound, form: nest.form(affine, stage) }));
    const ranges = all.map(({ form }) => rangeOf(form, nest, reduction));
    if (ranges.some(({ least, most }) => Math.max(-least, most) >= MOST)) return undefined;
    const guards = all.filter(({ bound }, g) => ranges[g]!.least < 0 || ranges[g]!.most >= bound);
    const isPad = all.some(({ bound }, g) => ranges[g]!.most < 0 || ranges[g]!.least >= bound);

    const by = index === undefined ? undefined : accesses[index.operand];
    const lanes = by !== undefined && by.lanes !== "same" ? "any" : laneOrder(address);
    const room = space === "index" ? Number.POSITIVE_INFINITY : sourceOf(operand).elements;
    const canMiss =
      space !== "index" &&
      !isInside(range, room) &&
      !isInside(guardedRange(address, range, guards, nest, reduction), room);
    const guardsVary = guards.some(({ form }) => variesInVector(form));
    const forms = [address, ...guards.map(({ form }) => form)];
    accesses.push({
      ...{ operand, address, guards, isPad, lanes, canMiss },
      roomBytes: space === "index" ? 0 : room * size,
      // A vector whose guards differ by lane is no single element, even if all lanes address one.
      ...(guardsVary && lanes === "same" ? { lanes: "any" as const } : {}),
      check: isPad ? "none" : checkOf(operand, guards.length > 0, canMiss, guardsVary, lanes),
      variesByRow:
        forms.some(({ outer }) => nest.tile >= 0 && outer[nest.tile] !== 0) || by?.variesByRow === true,
      variesByVector: forms.some(({ vector }) => vector !== 0) || by?.variesByVector === true,
    });
  }
  return accesses;
}

function checkOf(
  { space, type, pad, index }: Operand,
  hasGuards: boolean,
  canMiss: boolean,
  guardsVary: boolean,
  lanes: Access["lanes"],
): Access["check"] {
  if (!hasGuards && !canMiss) return "none";
  if (
    space === "index" ||
    index !== undefined ||
    guardsVary ||
    lanes === "any" ||
    (canMiss && lanes === "next")
  )
    return "mask";
  return !hasGuards || padBytes(type, pad) !== undefined ? "pointer" : "mask";
}

/** The byte or the four bytes that read as the pad; `undefined` if no byte of the type does. */
export function padBytes(type: Operand["type"], pad: number): number | undefined {
  if (ELEMENT_SIZE[type] === 4) return pad;
  const byte = pad & 0xff;
  const read = type === "i8" ? (byte << 24) >> 24 : byte;
  return (pad | 0) === read ? byte : undefined;
}

function laneOrder({ lanes, vector }: Form): Access["lanes"] {
  if (lanes.every((offset) => offset === 0) && vector === 0) return "same";
  return lanes.every((offset, lane) => offset === lane) ? "next" : "any";
}

function variesInVector({ lanes, vector }: Form): boolean {
  return vector !== 0 || lanes.some((offset) => offset !== 0);
}

function isInside({ least, most }: Range, room: number): boolean {
  return least >= 0 && most < room;
}

/** Values that a form takes over all points. */
export function rangeOf(form: Form, nest: Nest, reduction: readonly number[]): Range {
  let { base: least, base: most } = form;
  const add = (reach: number): void => {
    least += Math.min(reach, 0);
    most += Math.max(reach, 0);
  };
  for (const [d, extent] of nest.extents.entries()) add((form.outer[d] ?? 0) * (extent - 1));
  for (const [d, extent] of reduction.entries()) add((form.inner[d] ?? 0) * (extent - 1));
  if (form.lanes[2] === 2 * form.lanes[1]) add(form.lanes[1] * (nest.width - 1));
  else {
    add(form.lanes[1]);
    add(form.lanes[2]);
  }
  return { least, most };
}

/** Bounds a form by those of the guards that are a part of it: what is left of it once multiples of the guards are taken away, and the guards' own bounds. */
function guardedRange(
  address: Form,
  full: Range,
  guards: readonly AccessGuard[],
  nest: Nest,
  reduction: readonly number[],
): Range {
  const own = rangeOf(address, nest, reduction);
  let rest = address;
  let least = 0;
  let most = 0;
  for (const { bound, form } of guards) {
    const factor = sharedFactor(rest, form);
    if (factor === 0) continue;
    rest = minus(rest, form, factor);
    least += Math.min(factor * (bound - 1), 0);
    most += Math.max(factor * (bound - 1), 0);
  }
  const range = rangeOf(rest, nest, reduction);
  // What an index adds comes on top.
  return {
    least: range.least + least + (full.least - own.least),
    most: range.most + most + (full.most - own.most),
  };
}

function coefficients({ outer, lanes, inner }: Form): number[] {
  return [...outer, ...inner, lanes[1], lanes[2]];
}

function sharedFactor(form: Form, guard: Form): number {
  const own = coefficients(form);
  const at = coefficients(guard).findIndex((stride, j) => stride !== 0 && (own[j] ?? 0) % stride === 0);
  return at < 0 ? 0 : (own[at] ?? 0) / (coefficients(guard)[at] ?? 1);
}

function minus(form: Form, other: Form, factor: number): Form {
  const less = (list: readonly number[], from: readonly number[]): number[] =>
    list.map((value, j) => value - factor * (from[j] ?? 0));
  const [a = 0, b = 0, c = 0, d = 0] = less(form.lanes, other.lanes);
  return {
    base: form.base - factor * other.base,
    outer: less(form.outer, other.outer),
    lanes: [a, b, c, d],
    vector: form.vector - factor * other.vector,
    inner: less(form.inner, other.inner),
  };
}
