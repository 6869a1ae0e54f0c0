/** Gives the loops of a step an order: that of the result in memory, and that of the reduction. */

import { ELEMENT_SIZE, type ElementType, type Fold, type Space } from "../../machine/opcodes.ts";
import { elementCount, rowMajorStrides } from "../host/tensor.ts";
import type { Expression } from "../tape/assemble.ts";
import type { Register } from "../tape/tape.ts";
import { relayout } from "./constants.ts";
import { type Atom, type Form, factorOf, resolve } from "./forms.ts";
import type { FormOperand, Group, GroupNest } from "./group.ts";
import type { Axis } from "./placement.ts";

/** `base + Σ strides[j] * loop[j]`. */
export interface Line {
  readonly base: number;
  readonly strides: readonly number[];
}

export interface LoopOperand {
  readonly space: Space;
  readonly type: ElementType;
  readonly step: number;
  readonly address: Line;
  readonly guards: readonly { readonly bound: number; readonly line: Line }[];
  readonly pad: number;
  readonly index: FormOperand["index"];
  /** The elements of a constant, already in the order of the loops; the address counts from their start. */
  readonly constant: Uint8Array | undefined;
}

/** A step whose reduction may still be too long to be proven at once. */
export interface LoopNest {
  readonly type: ElementType;
  readonly extents: readonly number[];
  readonly reduction: readonly number[];
  readonly outer: Expression & { readonly operands: readonly LoopOperand[] };
  readonly fold:
    | (Expression & {
        readonly fold: Fold;
        readonly operands: readonly LoopOperand[];
        readonly init: Register;
      })
    | undefined;
  /** For every dimension of the result the axes that it consists of in memory. */
  readonly dims: readonly (readonly Axis[])[];
}

/**
 * Orders the loops of a group.
 *
 * @param isRowMajor - whether the result must lie in the order of its dimensions; otherwise the order is taken from what the step reads
 */
export function orderLoops(group: Group, type: ElementType, isRowMajor: boolean): LoopNest {
  const logical = group.dims.flatMap((dim) => dim.leaves);
  const order = isRowMajor ? logical : preferredOrder(group, logical);
  const reduced = group.nest === undefined ? [] : reductionOrder(group.nest);
  const atoms = [...order, ...reduced];
  const outer = group.outer.operands.map((operand) => line(operand, order));
  const body = group.nest?.operands.map((operand) => line(operand, atoms)) ?? [];

  const strides = rowMajorStrides(order.map(({ extent }) => extent));
  const dims = group.dims.map((dim) =>
    dim.leaves.map((atom) => ({ extent: atom.extent, stride: strides[order.indexOf(atom)]! })),
  );
  const join = joinLoops(atoms, order.length, [...outer, ...body]);
  const { nest } = group;
  return {
    type,
    extents: join.extents.slice(0, join.outerCount),
    reduction: join.extents.slice(join.outerCount),
    outer: { ...group.outer, operands: outer.map((operand) => join.apply(operand, join.outerCount)) },
    fold: nest && {
      fold: nest.fold,
      tape: nest.tape,
      result: nest.result,
      init: nest.init,
      operands: body.map((operand) => join.apply(operand, join.extents.length)),
    },
    dims,
  };
}

/** The order in which a nest wants its result, or in which the largest operand lies. */
function preferredOrder({ nest, outer }: Group, logical: readonly Atom[]): readonly Atom[] {
  if (nest !== undefined) {
    const wanted = nest.node.storage.flatMap((d) => byFactor(resolve(nest.coordinates[d]!)));
    return wanted.length === logical.length ? wanted : logical;
  }
  let largest: { readonly form: Form; readonly elements: number } | undefined;
  for (const { placement, address } of outer.operands) {
    if (placement.constant !== undefined || placement.space === "index") continue;
    const form = resolve(address);
    const elements = elementCount(form.terms.map(({ atom }) => atom.extent));
    if (largest === undefined || elements > largest.elements) largest = { form, elements };
  }
  if (largest === undefined) return logical;
  const { form } = largest;
  const read = byFactor({ base: 0, terms: form.terms.filter(({ atom }) => logical.includes(atom)) });
  return [...logical.filter((atom) => !read.includes(atom)), ...read];
}

/** Reductions walk the first tensor that they read in the order in which it lies. */
function reductionOrder({ operands, reduction }: GroupNest): readonly Atom[] {
  const logical = reduction.flatMap((atom) => atom.leaves);
  const isTensor = ({ placement }: FormOperand): boolean =>
    placement.constant === undefined && placement.space !== "index";
  const leader = operands.find(isTensor) ?? operands[0];
  if (leader === undefined) return logical;
  const form = resolve(leader.address);
  const distance = (atom: Atom): number => Math.abs(factorOf(form, atom));
  return [...logical].sort((a, b) => distance(b) - distance(a));
}

/** Variables by the distance that they span, the largest first. */
function byFactor(form: Form): readonly Atom[] {
  return [...form.terms].sort((a, b) => Math.abs(b.factor) - Math.abs(a.factor)).map(({ atom }) => atom);
}

function line(operand: FormOperand, atoms: readonly Atom[]): LoopOperand {
  const { placement, pad, index } = operand;
  const lineOf = (form: Form): Line => {
    const resolved = resolve(form);
    return { base: resolved.base, strides: atoms.map((atom) => factorOf(resolved, atom)) };
  };
  const guards = operand.guards.map(({ bound, form }) => ({ bound, line: lineOf(form) }));
  const { space, type, step, constant } = placement;
  const address = lineOf(operand.address);
  const whole = { space, type, step, address, guards, pad, index, constant };
  if (constant === undefined || guards.length > 0 || index !== undefined) return whole;

  // Lay the constant out as the loops read it, unless that would repeat elements.
  const size = ELEMENT_SIZE[type];
  const read = atoms
    .map((atom, j) => ({ j, extent: atom.extent, stride: address.strides[j]! }))
    .filter(({ stride }) => stride !== 0);
  const extents = read.map(({ extent }) => extent);
  if (elementCount(extents) * size > constant.length) return whole;
  const strides = new Array<number>(atoms.length).fill(0);
  for (const [place, stride] of rowMajorStrides(extents).entries()) strides[read[place]!.j] = stride;
  return { ...whole, constant: relayout(constant, size, address.base, read), address: { base: 0, strides } };
}

/** Joins neighbouring loops wherever every operand walks them as one. */
function joinLoops(
  atoms: readonly Atom[],
  outerCount: number,
  operands: readonly LoopOperand[],
): {
  extents: readonly number[];
  outerCount: number;
  apply(operand: LoopOperand, loops: number): LoopOperand;
} {
  const lines = operands.flatMap(({ address, guards }) => [address, ...guards.map((guard) => guard.line)]);
  const groups: number[][] = [];
  for (const [j, atom] of atoms.entries()) {
    const last = groups.at(-1)?.at(-1);
    const canJoin =
      last !== undefined &&
      j !== outerCount &&
      // Lines of outer operands have no strides over the reduction.
      lines.every(({ strides }) => (strides[last] ?? 0) === (strides[j] ?? 0) * atom.extent);
    if (canJoin) groups.at(-1)!.push(j);
    else groups.push([j]);
  }
  const joinedLine = ({ base, strides }: Line, loops: number): Line => ({
    base,
    strides: groups.slice(0, loops).map((group) => strides[group.at(-1)!]!),
  });
  return {
    extents: groups.map((group) => elementCount(group.map((j) => atoms[j]!.extent))),
    outerCount: groups.filter(([first]) => first! < outerCount).length,
    apply: (operand, loops) => ({
      ...operand,
      address: joinedLine(operand.address, loops),
      guards: operand.guards.map(({ bound, line: guard }) => ({ bound, line: joinedLine(guard, loops) })),
    }),
  };
}
