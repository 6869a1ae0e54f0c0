/** Collects the nodes of one step into tapes and operands, over loop variables whose order is not yet chosen. */

import type { Fold } from "../../machine/opcodes.ts";
import type { IrNode, NestForm, NestNode, NestOperand, PointwiseNode } from "../graph/ir.ts";
import { type Register, Tape } from "../tape/tape.ts";
import type { Buffer } from "./buffer.ts";
import { uniformBits } from "./constants.ts";
import { Atom, atomForm, combine, digits, type Form, isSameForm, rangeOf } from "./forms.ts";
import { addressIn, broadcast, type FormGuard, NeedsBuffer, type Pieces, piecesOf, pull } from "./pull.ts";

/** An operand whose address is a form over loop variables. */
export interface FormOperand {
  readonly node: IrNode;
  readonly buffer: Buffer;
  readonly address: Form;
  readonly guards: readonly FormGuard[];
  readonly pad: number;
  readonly index: { readonly operand: number; readonly bound: number; readonly stride: number } | undefined;
}

/** A step before its loops have an order. */
export interface Group {
  /** Loop variables of each dimension of the result. */
  readonly dims: readonly Atom[];
  readonly outer: { readonly tape: Tape; readonly result: Register; readonly operands: readonly FormOperand[] };
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
  bufferOf(node: IrNode): Buffer | undefined;
  /** A row-major copy of a node, if there is one. */
  copyOf(node: IrNode): Buffer | undefined;
  isInlined(node: IrNode): boolean;
}

/**
 * Collects everything that is computed in the step of `root`.
 *
 * @throws {NeedsBuffer} if some node must be written to memory first
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
      this.#root.kind === "view" || this.#storage.bufferOf(this.#root) !== undefined
        ? this.#load(this.#root, pieces, true)
        : this.#compute(this.#root, pieces);
    const nodes = this.#nodes.length === 0 ? [this.#root] : this.#nodes;
    return { dims, outer: { tape: this.#tape, result, operands: this.#operands }, nest: this.#nest, nodes };
  }

  /** The value of a node at some coordinates. */
  #load(node: IrNode, pieces: Pieces, isRoot = false): Register {
    const isStored = (other: IrNode): boolean =>
      !(isRoot && other === node) && this.#storage.bufferOf(other) !== undefined;
    const place = pull(node, pieces, isStored);
    if (this.#storage.bufferOf(place.node) === undefined) {
      if (place.guards.length > 0 || place.index !== undefined || !this.#storage.isInlined(place.node)) {
        throw new NeedsBuffer(place.node);
      }
      return this.#compute(place.node, place.pieces);
    }
    const bits = place.node.kind === "constant" && place.guards.length === 0 ? uniformBits(place.node) : undefined;
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
    else throw new NeedsBuffer(node);
    this.#values.set(node, [...values, { pieces, register }]);
    this.#nodes.push(node);
    return register;
  }

  #pointwise(node: PointwiseNode, pieces: Pieces): Register {
    const args = node.inputs.map((input) => this.#load(input, broadcast(node, pieces, node.dims, input.dims)));
    return node.emit(this.#tape, args);
  }

  #fold(node: NestNode, pieces: Pieces): Register {
    // A step has one reduction; a second one, or the same one at other coordinates, needs a step of its own.
    if (this.#nest !== undefined) throw new NeedsBuffer(node);
    const coordinates: Form[] = [];
    for (const { count, form } of pieces) {
      const own = node.dims.slice(coordinates.length, coordinates.length + count);
      const parts = count === 1 ? [form] : digits(form, own);
      if (parts === undefined) throw new NeedsBuffer(node);
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
      typeof init === "number" ? this.#tape.bits(init) : this.#load(init, broadcast(node, pieces, node.dims, init.dims));
    this.#nest = { node, fold: node.fold, tape, result: node.body(tape, args), operands, init: start, reduction, coordinates };
    return this.#tape.accumulator();
  }
}

function isSamePieces(a: Pieces, b: Pieces): boolean {
  return a.length === b.length && a.every((piece, j) => piece.count === b[j]!.count && isSameForm(piece.form, b[j]!.form));
}

function substitute(form: NestForm, out: readonly Form[], reduction: readonly Atom[]): Form {
  return combine(form.base ?? 0, [
    ...(form.out ?? []).map(([d, factor]) => [out[d]!, factor] as const),
    ...(form.reduced ?? []).map(([d, factor]) => [atomForm(reduction[d]!), factor] as const),
  ]);
}

function nestOperand(list: FormOperand[], operand: NestOperand, forms: readonly Form[], storage: Storage): number {
  const guards: FormGuard[] = [];
  for (const [d, form] of forms.entries()) {
    const [least, greatest] = rangeOf(form);
    const bound = operand.source.dims[d]!;
    if (least < 0 || greatest >= bound) guards.push({ bound, form });
  }
  const isStored = (node: IrNode): boolean => storage.bufferOf(node) !== undefined;
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
  if (outerGuards.length > 0 && place.guards.length > 0 && place.pad !== outerPad) throw new NeedsBuffer(source);
  const pad = place.guards.length > 0 ? place.pad : outerPad;
  const buffer = storage.bufferOf(place.node);
  if (buffer === undefined) throw new NeedsBuffer(place.node);

  let operand = operandIn(place.node, buffer, place.pieces, guards, pad);
  if (operand === undefined) {
    const copy = storage.copyOf(place.node);
    operand = copy && operandIn(place.node, copy, place.pieces, guards, pad);
    if (operand === undefined) throw new NeedsBuffer(place.node);
  }
  if (place.index !== undefined) {
    const { dimension } = place.index;
    const axes = operand.buffer.dims[dimension]!;
    if (axes.length !== 1) throw new NeedsBuffer(place.node);
    const index = operandSlot(list, place.index.source, place.index.pieces, storage, isStored);
    operand = { ...operand, index: { operand: index, bound: axes[0]!.extent, stride: axes[0]!.stride } };
  }
  const found = operand;
  const same = list.findIndex((other) => isSameOperand(other, found));
  if (same >= 0) return same;
  list.push(found);
  return list.length - 1;
}

function operandIn(
  node: IrNode,
  buffer: Buffer,
  pieces: Pieces,
  guards: readonly FormGuard[],
  pad: number,
): FormOperand | undefined {
  const address = addressIn(buffer, pieces);
  return address && { node, buffer, address, guards, pad: guards.length > 0 ? pad : 0, index: undefined };
}

function isSameOperand(a: FormOperand, b: FormOperand): boolean {
  return (
    a.node === b.node &&
    a.buffer === b.buffer &&
    a.pad === b.pad &&
    a.index?.operand === b.index?.operand &&
    a.index?.stride === b.index?.stride &&
    a.guards.length === b.guards.length &&
    isSameForm(a.address, b.address) &&
    a.guards.every(({ bound, form }, j) => bound === b.guards[j]!.bound && isSameForm(form, b.guards[j]!.form))
  );
}
