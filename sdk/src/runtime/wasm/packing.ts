/** Weights laid out anew, once, in the order in which a kernel reads them: vectors of neighbouring outputs one after the other. */

import { count } from "../../machine/budget.ts";
import { ELEMENT_SIZE } from "../../machine/opcodes.ts";
import { type Access, padBytes, rangeOf } from "./access.ts";
import { type Form, LANES, type Nest } from "./nest.ts";

/**
 * A packed operand is `[outer dimensions][panels][reduction][vectors of the panel][lanes]`, without the dimensions along which it does not change.
 */
export interface Packing {
  /** Strides in elements by dimension of the nest. */
  readonly outer: readonly number[];
  /** Elements between neighbouring vectors' panels: a panel of v vectors takes v times this. */
  readonly perVector: number;
  /** By dimension of the reduction, in points that differ; a panel of v vectors has `v · 4` elements for each. */
  readonly inner: readonly number[];
  readonly elements: number;
  /** Vectors of all panels but the last. */
  readonly panelVectors: number;
}

/** Padding may add this much to what a small operand has. */
const SPARE_ELEMENTS = 4096;

/** @returns `undefined` for what is not worth it, or cannot be laid out without growing */
export function packingOf(
  access: Access,
  nest: Nest,
  stage: number,
  panelVectors: number,
): Packing | undefined {
  const { operand, address, guards } = access;
  if (guards.length > 0 && padBytes(operand.type, operand.pad) === undefined) return undefined;
  if (operand.space !== "const" || operand.index !== undefined || access.isPad) return undefined;
  if (access.lanes === "same" || (access.lanes === "next" && access.check === "none")) return undefined;
  const reduction = nest.reductions[stage] ?? [];
  const forms = [address, ...guards.map(({ form }) => form)];
  const varies = (of: (form: Form) => number | undefined): boolean =>
    forms.some((form) => (of(form) ?? 0) !== 0);
  const points = strides(reduction, (d) => varies(({ inner }) => inner[d]), 1);
  const vectors = Math.ceil(nest.width / LANES);
  const perVector = points.total * LANES;
  const outer = strides(nest.extents, (d) => varies((form) => form.outer[d]), perVector * vectors);
  const range = rangeOf(address, nest, reduction);
  const room = access.roomBytes / ELEMENT_SIZE[operand.type];
  const span = Math.max(Math.min(range.most, room) - Math.max(range.least, 0) + 1, 0);
  if ((outer.total / (vectors * LANES)) * nest.width > span + SPARE_ELEMENTS) return undefined;
  return { outer: outer.strides, perVector, inner: points.strides, elements: outer.total, panelVectors };
}

/** Row-major strides over the dimensions that count. */
function strides(
  extents: readonly number[],
  counts: (dimension: number) => boolean,
  unit: number,
): { strides: number[]; total: number } {
  let total = unit;
  const result = extents.map(() => 0);
  for (let d = extents.length - 1; d >= 0; d--) {
    if (!counts(d)) continue;
    result[d] = total;
    total *= extents[d] ?? 1;
  }
  return { strides: result, total };
}

/** Lays an operand out. */
export function pack(
  packing: Packing,
  access: Access,
  nest: Nest,
  stage: number,
  constants: Uint8Array,
): Uint8Array {
  const { type, pad } = access.operand;
  const size = ELEMENT_SIZE[type];
  const room = access.roomBytes / size;
  const source = new DataView(constants.buffer, constants.byteOffset, constants.byteLength);
  const target = new Uint8Array(packing.elements * size);
  const view = new DataView(target.buffer);
  const reduction = nest.reductions[stage] ?? [];
  const read = (address: number, verdict: boolean): number => {
    if (!verdict) return pad;
    if (address < 0 || address >= room) return 0;
    if (size === 1) return source.getUint8(address);
    return 4 * address + 4 <= constants.length
      ? source.getInt32(4 * address, true)
      : lastElement(constants, address);
  };

  const moving = (extents: readonly number[], own: readonly number[]): number[] =>
    extents.map((extent, d) => (own[d] === 0 ? 1 : extent));
  const { panelVectors, perVector } = packing;
  const forms = [access.address, ...access.guards.map(({ form }) => form)];
  forEachPoint(moving(nest.extents, packing.outer), (outer) => {
    const outerValues = forms.map((form) => form.base + dot(form.outer, outer));
    const outerOffset = dot(packing.outer, outer);
    forEachPoint(moving(reduction, packing.inner), (inner) => {
      const values = forms.map((form, k) => outerValues[k]! + dot(form.inner, inner));
      const point = dot(packing.inner, inner);
      for (let element = 0; element < nest.width; element++) {
        const vector = Math.floor(element / LANES);
        const lane = element % LANES;
        const first = vector - (vector % panelVectors);
        const inPanel = Math.min(Math.ceil(nest.width / LANES) - first, panelVectors);
        const at = (k: number): number => values[k]! + forms[k]!.vector * vector + forms[k]!.lanes[lane]!;
        const isHeld = access.guards.every(({ bound }, g) => at(g + 1) >= 0 && at(g + 1) < bound);
        const value = read(at(0), isHeld);
        const offset = outerOffset + first * perVector + (point * inPanel + vector - first) * LANES + lane;
        if (size === 4) view.setInt32(4 * offset, value, true);
        else view.setUint8(offset, value);
      }
    });
  });
  return target;
}

function lastElement(bytes: Uint8Array, address: number): number {
  const word = new Uint8Array(4);
  word.set(bytes.subarray(4 * address, 4 * address + 4));
  return new DataView(word.buffer).getInt32(0, true);
}

function dot(strides: readonly number[], position: readonly number[]): number {
  let sum = 0;
  for (let d = 0; d < position.length; d++) sum += (strides[d] ?? 0) * (position[d] ?? 0);
  return sum;
}

/** All points in row-major order. The list that is handed out is the same every time. */
function forEachPoint(extents: readonly number[], visit: (position: readonly number[]) => void): void {
  const position = extents.map(() => 0);
  for (let rest = count(extents); rest > 0; rest--) {
    visit(position);
    for (let d = extents.length - 1; d >= 0; d--) {
      position[d] = (position[d] ?? 0) + 1;
      if ((position[d] ?? 0) < (extents[d] ?? 1)) break;
      position[d] = 0;
    }
  }
}
