/** Collects the nodes of one step into tapes and operands, over loop variables whose order is not yet chosen. */

import type { Fold } from "../../machine/opcodes.ts";
import type { IrNode, NestForm, NestNode, NestOperand, PointwiseNode } from "../graph/ir.ts";
import { type Register, Tape } from "../tape/tape.ts";
import { uniformBits } from "./constants.ts";
import { Atom, atomForm, combine, digits, type Form, isSameForm, rangeOf } from "./forms.ts";
import { joinedAxes, type Placement } from "./placement.ts";
import {
  addressIn,
  broadcast,
  type FormGuard,
  NeedsMemory,
  type Pieces,
  type Place,
  piecesOf,
  pull,
} from "./pull.ts";

/** An operand whose address is a form over loop variables. */
export interface FormOperand {
  readonly node: IrNode;
  readonly placement: Placement;
  readonly address: Form;
  readonly guards: readonly FormGuard[];
  readonly pad: number;
  readonly index: { readonly operand: number; readonly bound: number; readonly stride: number } | undefined;
}

/** A step before its loops have an order. */
export interface Group {
  /** Loop variables of each dimension of the result. */
  readonly dims: readonly Atom[];
  readonly outer: {
    readonly tape: Tape;
    readonly result: Register;
    readonly operands: readonly FormOperand[];
  };
  readonly nest: GroupNest | undefined;
  /** The nodes that the step computes, in the order in which they compute. */
  readonly nodes: readonly IrNode[];
}

export interface GroupNest {
  readonly node: NestNode;
  readonly fold: Fold;
  readonly tape: Tape;
  readonly result: Register;
  readonly operands: readonly FormOperand[];
  readonly init: Register;
  readonly reduction: readonly Atom[];
  /** Coordinates of the nest's own dimensions. */
  readonly coordinates: readonly Form[];
}

/** What the builder asks about memory. */
export interface Storage {
  /** Where a node lies, if it does. */
  placementOf(node: IrNode): Placement | undefined;
  /** A row-major copy of a node, if there is one. */
  copyOf(node: IrNode): Placement | undefined;
  isInlined(node: IrNode): boolean;
}

/**
 * Collects everything that is computed in the step of `root`.
 *
 * @throws {NeedsMemory} if some node must be written to memory first
 */
export function collectGroup(root: IrNode, storage: Storage): Group {
  return new GroupBuilder(root, storage).build();
}

class GroupBuilder {
  readonly #root: IrNode;
  readonly #storage: Storage;
  readonly #tape = new Tape();
  readonly #operands: FormOperand[] = [];
  readonly #values = new Map<IrNode, readonly { readonly pieces: Pieces; readonly register: Register }[]>();
  readonly #nodes: IrNode[] = [];
  #nest: GroupNest | undefined;

  constructor(root: IrNode, storage: Storage) {
    this.#root = root;
    this.#storage = storage;
  }

  build(): Group {
    const dims = this.#root.dims.map((extent) => new Atom(extent));
    const pieces = piecesOf(dims.map(atomForm));
    const result =
      this.#root.kind === "view" || this.#storage.placementOf(this.#root) !== undefined
        ? this.#load(this.#root, pieces, true)
        : this.#compute(this.#root, pieces);
    const nodes = this.#nodes.length === 0 ? [this.#root] : this.#nodes;
    return { dims, outer: { tape: this.#tape, result, operands: this.#operands }, nest: this.#nest, nodes };
  }

  /** The value of a node at some coordinates. */
  #load(node: IrNode, pieces: Pieces, isRoot = false): Register {
    const isStored = (other: IrNode): boolean =>
      !(isRoot && other === node) && this.#storage.placementOf(other) !== undefined;
    const place = pull(node, pieces, isStored);
    if (this.#storage.placementOf(place.node) === undefined) {
      if (place.guards.length > 0 || place.index !== undefined || !this.#storage.isInlined(place.node)) {
        throw new NeedsMemory(place.node);
      }
      return this.#compute(place.node, place.pieces);
    }
    const bits =
      place.node.kind === "constant" && place.guards.length === 0 ? uniformBits(place.node) : undefined;
    if (bits !== undefined) return this.#tape.bits(bits);
    const slot = operandSlot(this.#operands, node, pieces, this.#storage, isStored);
    return this.#tape.operand(slot);
  }

  #compute(node: IrNode, pieces: Pieces): Register {
    const values = this.#values.get(node) ?? [];
    const known = values.find((value) => isSamePieces(value.pieces, pieces));
    if (known !== undefined) return known.register;
    let register: Register;
    if (node.kind === "pointwise") register = this.#pointwise(node, pieces);
    else if (node.kind === "nest") register = this.#fold(node, pieces);
    else throw new NeedsMemory(node);
    this.#values.set(node, [...values, { pieces, register }]);
    this.#nodes.push(node);
    return register;
  }

  #pointwise(node: PointwiseNode, pieces: Pieces): Register {
    const args = node.inputs.map((input) =>
      this.#load(input, broadcast(node, pieces, node.dims, input.dims)),
    );
    return node.emit(this.#tape, args);
  }

  #fold(node: NestNode, pieces: Pieces): Register {
    // A step has one reduction; a second one, or the same one at other coordinates, needs a step of its own.
    if (this.#nest !== undefined) throw new NeedsMemory(node);
    const coordinates: Form[] = [];
    for (const { count, form } of pieces) {
      const own = node.dims.slice(coordinates.length, coordinates.length + count);
      const parts = count === 1 ? [form] : digits(form, own);
      if (parts === undefined) throw new NeedsMemory(node);
      coordinates.push(...parts);
    }
    const reduction = node.reduction.map((extent) => new Atom(extent));
    const tape = new Tape();
    const operands: FormOperand[] = [];
    const args = node.operands.map((operand) => {
      const forms = operand.coordinates.map((form) => substitute(form, coordinates, reduction));
      return tape.operand(nestOperand(operands, operand, forms, this.#storage));
    });
    const { init } = node;
    const start =
      typeof init === "number"
        ? this.#tape.bits(init)
        : this.#load(init, broadcast(node, pieces, node.dims, init.dims));
    this.#nest = {
      node,
      fold: node.fold,
      tape,
      result: node.body(tape, args),
      operands,
      init: start,
      reduction,
      coordinates,
    };
    return this.#tape.accumulator();
  }
}

function isSamePieces(a: Pieces, b: Pieces): boolean {
  return (
    a.length === b.length &&
    a.every((piece, j) => piece.count === b[j]!.count && isSameForm(piece.form, b[j]!.form))
  );
}

function substitute(form: NestForm, out: readonly Form[], reduction: readonly Atom[]): Form {
  return combine(form.base ?? 0, [
    ...(form.out ?? []).map(([d, factor]) => [out[d]!, factor] as const),
    ...(form.reduced ?? []).map(([d, factor]) => [atomForm(reduction[d]!), factor] as const),
  ]);
}

function nestOperand(
  list: FormOperand[],
  operand: NestOperand,
  forms: readonly Form[],
  storage: Storage,
): number {
  const guards: FormGuard[] = [];
  for (const [d, form] of forms.entries()) {
    const [least, greatest] = rangeOf(form);
    const bound = operand.source.dims[d]!;
    if (least < 0 || greatest >= bound) guards.push({ bound, form });
  }
  const isStored = (node: IrNode): boolean => storage.placementOf(node) !== undefined;
  return operandSlot(list, operand.source, piecesOf(forms), storage, isStored, guards, operand.pad);
}

/** Adds the operand that reads a node at some coordinates to a list, unless it is there. */
function operandSlot(
  list: FormOperand[],
  source: IrNode,
  pieces: Pieces,
  storage: Storage,
  isStored: (node: IrNode) => boolean,
  outerGuards: readonly FormGuard[] = [],
  outerPad = 0,
): number {
  const place = pull(source, pieces, isStored);
  const guards = [...outerGuards, ...place.guards];
  // An operand has one pad value.
  if (outerGuards.length > 0 && place.guards.length > 0 && place.pad !== outerPad)
    throw new NeedsMemory(source);
  const pad = place.guards.length > 0 ? place.pad : outerPad;
  const placement = storage.placementOf(place.node);
  if (placement === undefined) throw new NeedsMemory(place.node);

  const copy = storage.copyOf(place.node);
  const guarded = { ...place, guards, pad };
  const plain = operandIn(guarded, placement) ?? (copy && operandIn(guarded, copy));
  if (plain === undefined) throw new NeedsMemory(place.node);
  let operand = plain;
  if (place.index !== undefined) {
    // Along a dimension of one element there is nothing to choose.
    const axis = joinedAxes(plain.placement.dims[place.index.dimension]!)[0];
    if (axis !== undefined) {
      const index = operandSlot(list, place.index.source, place.index.pieces, storage, isStored);
      operand = { ...plain, index: { operand: index, bound: axis.extent, stride: axis.stride } };
    }
  }
  const found = operand;
  const same = list.findIndex((other) => isSameOperand(other, found));
  if (same >= 0) return same;
  list.push(found);
  return list.length - 1;
}

/** @returns `undefined` if the place has no affine address in this placement, or its indexed dimension is not in one piece */
function operandIn(
  { node, pieces, guards, pad, index }: Place,
  placement: Placement,
): FormOperand | undefined {
  if (index !== undefined && joinedAxes(placement.dims[index.dimension]!).length > 1) return undefined;
  const address = addressIn(placement, pieces);
  return address && { node, placement, address, guards, pad: guards.length > 0 ? pad : 0, index: undefined };
}

function isSameOperand(a: FormOperand, b: FormOperand): boolean {
  return (
    a.node === b.node &&
    a.placement === b.placement &&
    a.pad === b.pad &&
    a.index?.operand === b.index?.operand &&
    a.index?.stride === b.index?.stride &&
    a.guards.length === b.guards.length &&
    isSameForm(a.address, b.address) &&
    a.guards.every(
      ({ bound, form }, j) => bound === b.guards[j]!.bound && isSameForm(form, b.guards[j]!.form),
    )
  );
}
