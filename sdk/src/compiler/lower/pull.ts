/** Follows coordinates through views down to the tensor that holds the elements. */

import type { IrNode, ViewNode } from "../graph/ir.ts";
import { elementCount, rowMajorStrides } from "../host/tensor.ts";
import { combine, digits, type Form, rangeOf, ZERO } from "./forms.ts";
import { joinedAxes, type Placement } from "./placement.ts";

/** The coordinate of some neighbouring dimensions as one: their row-major place. */
export interface Piece {
  readonly count: number;
  readonly form: Form;
}

/** Coordinates in all dimensions of a node. */
export type Pieces = readonly Piece[];

export interface FormGuard {
  readonly bound: number;
  readonly form: Form;
}

/** Coordinates in a node that no longer is a view. */
export interface Place {
  readonly node: IrNode;
  readonly pieces: Pieces;
  readonly guards: readonly FormGuard[];
  readonly pad: number;
  readonly index: PlaceIndex | undefined;
}

/** A dimension of the node's whose coordinate is an element of another tensor. */
export interface PlaceIndex {
  readonly dimension: number;
  readonly source: IrNode;
  readonly pieces: Pieces;
}

/** Thrown when coordinates are not affine: the node must be written to memory before it is read in this way. */
export class NeedsMemory {
  readonly node: IrNode;
  constructor(node: IrNode) {
    this.node = node;
  }
}

/** Coordinates given dimension by dimension. */
export function piecesOf(forms: readonly Form[]): Pieces {
  return forms.map((form) => ({ count: 1, form }));
}

/**
 * Follows views until a node that is no view, or that lies in memory.
 *
 * @param isStored - whether a node lies in memory
 * @throws {NeedsMemory} if a view must be written to memory
 */
export function pull(start: IrNode, pieces: Pieces, isStored: (node: IrNode) => boolean): Place {
  let place: Place = { node: start, pieces, guards: [], pad: 0, index: undefined };
  while (place.node.kind === "view" && !isStored(place.node)) {
    // Only memory can be indexed.
    if (place.index !== undefined) throw new NeedsMemory(place.node);
    place = throughView(place.node, place);
  }
  return place;
}

function throughView(node: ViewNode, place: Place): Place {
  const { view, source, dims } = node;
  const alone = (isNeeded: (d: number) => boolean): Form[] => perDimension(node, place.pieces, isNeeded);
  const next = (forms: Pieces): Place => ({ ...place, node: source, pieces: forms });
  switch (view.kind) {
    case "reshape":
      return next(reshaped(place.pieces, dims, source.dims));
    case "permute": {
      const forms = alone(() => true);
      const result = new Array<Form>(dims.length).fill(ZERO);
      for (const [d, from] of view.order.entries()) result[from] = forms[d]!;
      return next(piecesOf(result));
    }
    case "slice": {
      const isCut = (d: number): boolean => dims[d] !== source.dims[d] || view.steps[d] !== 1;
      return next(
        mapDimensions(node, place.pieces, isCut, (form, d) =>
          combine(view.starts[d]!, [[form, view.steps[d]!]]),
        ),
      );
    }
    case "expand":
      return next(broadcast(node, place.pieces, dims, source.dims));
    case "pad": {
      if (place.guards.length > 0 && place.pad !== view.fill) throw new NeedsMemory(node);
      const guards = [...place.guards];
      const isPadded = (d: number): boolean => dims[d] !== source.dims[d];
      const shifted = mapDimensions(node, place.pieces, isPadded, (form, d) => {
        const inner = combine(-view.before[d]!, [[form, 1]]);
        const [least, greatest] = rangeOf(inner);
        if (least < 0 || greatest >= source.dims[d]!) guards.push({ bound: source.dims[d]!, form: inner });
        return inner;
      });
      return { ...next(shifted), guards, pad: guards.length > 0 ? view.fill : place.pad };
    }
    case "repeat":
      return next(
        mapDimensions(
          node,
          place.pieces,
          (d) => d === view.axis,
          (form) => (digits(form, [source.dims[view.axis]!, view.factor]) ?? fail(node))[0]!,
        ),
      );
    case "tile": {
      const extent = source.dims[view.axis]!;
      const repeats = dims[view.axis]! / extent;
      return next(
        mapDimensions(
          node,
          place.pieces,
          (d) => d === view.axis,
          (form) => (digits(form, [repeats, extent]) ?? fail(node))[1]!,
        ),
      );
    }
    case "gather": {
      const forms = alone(() => true);
      const rank = view.index.dims.length;
      const outer = forms.slice(0, view.axis);
      const inner = forms.slice(view.axis + rank);
      const index = {
        dimension: view.axis,
        source: view.index,
        pieces: piecesOf(forms.slice(view.axis, view.axis + rank)),
      };
      return { ...next(piecesOf([...outer, ZERO, ...inner])), index };
    }
  }
}

function fail(node: IrNode): never {
  throw new NeedsMemory(node);
}

/** Coordinates of the dimensions one by one; the others' are ZERO where `isNeeded` is false and they cannot be told apart. */
function perDimension(node: IrNode, pieces: Pieces, isNeeded: (d: number) => boolean): Form[] {
  const forms: Form[] = [];
  for (const { count, form } of pieces) {
    const first = forms.length;
    const own = node.dims.slice(first, first + count);
    if (count === 1) forms.push(form);
    else if (own.some((_, j) => isNeeded(first + j))) forms.push(...(digits(form, own) ?? fail(node)));
    else forms.push(...own.map(() => ZERO));
  }
  return forms;
}

/** Changes the coordinates of some dimensions; the others stay joined as they are. */
function mapDimensions(
  node: IrNode,
  pieces: Pieces,
  isChanged: (d: number) => boolean,
  change: (form: Form, d: number) => Form,
): Pieces {
  const forms = perDimension(node, pieces, isChanged);
  let first = 0;
  return pieces.flatMap((piece) => {
    const start = first;
    first += piece.count;
    const own = Array.from({ length: piece.count }, (_, j) => start + j);
    if (!own.some(isChanged)) return [piece];
    return own.map((d) => ({ count: 1, form: isChanged(d) ? change(forms[d]!, d) : forms[d]! }));
  });
}

/** Coordinates in a tensor some of whose dimensions of 1 are repeated to `dims`. */
export function broadcast(
  node: IrNode,
  pieces: Pieces,
  dims: readonly number[],
  source: readonly number[],
): Pieces {
  return mapDimensions(
    node,
    pieces,
    (d) => dims[d] !== source[d],
    () => ZERO,
  );
}

/** Regroups coordinates: wherever the products of the leading dimensions meet, a new piece begins. */
function reshaped(pieces: Pieces, from: readonly number[], to: readonly number[]): Pieces {
  const result: Piece[] = [];
  const rest = [...pieces];
  let taken = 0;
  let first = 0;
  while (first < to.length || rest.length > 0) {
    const parts: { form: Form; extent: number }[] = [];
    let last = first;
    let have = 1;
    let want = 1;
    do {
      if (have < want || (have === want && last >= to.length)) {
        const piece = rest.shift()!;
        const extent = elementCount(from.slice(taken, taken + piece.count));
        taken += piece.count;
        have *= extent;
        parts.push({ form: piece.form, extent });
      } else {
        want *= to[last]!;
        last++;
      }
    } while (have !== want);
    const units = rowMajorStrides(parts.map(({ extent }) => extent));
    const form = combine(
      0,
      parts.map((part, j) => [part.extent === 1 ? ZERO : part.form, units[j]!] as const),
    );
    if (last > first) result.push({ count: last - first, form });
    first = last;
  }
  return result;
}

/**
 * The address of a place in memory.
 *
 * @returns `undefined` if it is not affine in the coordinates
 */
export function addressIn(placement: Placement, pieces: Pieces): Form | undefined {
  const parts: (readonly [Form, number])[] = [];
  let first = 0;
  for (const { count, form } of pieces) {
    const axes = joinedAxes(placement.dims.slice(first, first + count).flat());
    first += count;
    if (axes.length === 1) parts.push([form, axes[0]!.stride]);
    if (axes.length <= 1) continue;
    const split = digits(
      form,
      axes.map(({ extent }) => extent),
    );
    if (split === undefined) return undefined;
    for (const [j, digit] of split.entries()) parts.push([digit, axes[j]!.stride]);
  }
  return combine(placement.base, parts);
}
