/** Moves elements without computing: mostly views, which cost nothing. */

import { Op } from "../../machine/opcodes.ts";
import { range } from "../host/movement.ts";
import { allocate, elementCount, type HostTensor, hostTensor, toNumbers } from "../host/tensor.ts";
import type { GraphBuilder } from "./builder.ts";
import { foldGather } from "./fold-view.ts";
import type { Value } from "./ir.ts";
import type { Rule } from "./rule.ts";

/** Parts that one step of a concatenation takes. */
const MOST_PARTS = 16;

export function reshape(g: GraphBuilder, value: Value, dims: readonly number[]): Value {
  if (elementCount(dims) !== elementCount(value.dims)) {
    throw g.mismatch(`[${value.dims.join(", ")}] cannot become [${dims.join(", ")}]`);
  }
  return isSame(value.dims, dims) ? value : g.view(value, dims, { kind: "reshape" });
}

/** Dimension d of the result is dimension `order[d]` of the value. */
export function permute(g: GraphBuilder, value: Value, order: readonly number[]): Value {
  if (order.length !== value.dims.length) {
    throw g.mismatch(`[${value.dims.join(", ")}] has not ${order.length} dimensions`);
  }
  if (order.every((from, d) => from === d)) return value;
  return g.view(
    value,
    order.map((from) => value.dims[from]!),
    { kind: "permute", order },
  );
}

export interface Cut {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/**
 * Takes every `step`-th coordinate of some dimensions.
 *
 * @throws {OnnxShapeMismatchError} if a coordinate does not exist
 */
export function slice(g: GraphBuilder, value: Value, cuts: ReadonlyMap<number, Cut>): Value {
  const all = value.dims.map((extent, d) => cuts.get(d) ?? { start: 0, step: 1, count: extent });
  for (const [d, { start, step, count }] of all.entries()) {
    const ends = count === 0 ? [] : [start, start + step * (count - 1)];
    if (!ends.every((end) => end >= 0 && end < value.dims[d]!))
      throw g.mismatch(
        `[${value.dims.join(", ")}] has no coordinates ${ends.join(" to ")} in dimension ${d}`,
      );
  }
  const dims = all.map(({ count }) => count);
  if (isSame(dims, value.dims) && all.every(({ step }) => step === 1)) return value;
  const steps = all.map(({ step }) => step);
  return g.view(value, dims, { kind: "slice", starts: all.map(({ start }) => start), steps });
}

/** Repeats dimensions of 1, adding more in front where ranks differ. */
export function expand(g: GraphBuilder, value: Value, dims: readonly number[]): Value {
  const same = g.withRank(value, dims.length);
  return isSame(same.dims, dims) ? same : g.view(same, dims, { kind: "expand" });
}

/** Adds elements with the bits `fill` around a value; negative numbers cut elements off. */
export function pad(
  g: GraphBuilder,
  value: Value,
  before: readonly number[],
  after: readonly number[],
  fill: number,
): Value {
  const cuts = new Map<number, Cut>();
  for (const [d, extent] of value.dims.entries()) {
    const start = Math.max(0, -before[d]!);
    const count = extent - start - Math.max(0, -after[d]!);
    if (count < 0) throw g.mismatch(`pads cut more than the ${extent} elements of dimension ${d}`);
    if (count < extent) cuts.set(d, { start, step: 1, count });
  }
  const inner = slice(g, value, cuts);
  const added = before.map((n) => Math.max(0, n));
  const dims = inner.dims.map((extent, d) => extent + added[d]! + Math.max(0, after[d]!));
  if (isSame(dims, inner.dims)) return inner;
  return g.view(inner, dims, { kind: "pad", before: added, fill: fill >>> 0 });
}

/** Every part is zero, as bits, outside of its place, so that the parts can be joined by "or". */
const JOIN: Rule = { emit: (t, args) => args.reduce((all, part) => t.op(Op.i32Or, all, part)) };

export function concat(g: GraphBuilder, values: readonly Value[], axis: number): Value {
  const first = values[0];
  if (first === undefined) throw g.mismatch("nothing to concatenate");
  for (const { dims } of values) {
    if (dims.length !== first.dims.length || dims.some((dim, d) => d !== axis && dim !== first.dims[d])) {
      const shapes = values.map((value) => `[${value.dims.join(", ")}]`);
      throw g.mismatch(`${shapes.join(" and ")} cannot be concatenated along axis ${axis}`);
    }
  }
  const parts = values.filter(({ dims }) => dims[axis] !== 0);
  if (parts.length <= 1) return parts[0] ?? first;
  const hosts = parts.filter((part) => part.kind === "host");
  if (hosts.length === parts.length) {
    g.charge(hosts.reduce((sum, { data }) => sum + data.length, 0));
    return concatHosts(hosts, axis);
  }
  if (parts.length > MOST_PARTS) {
    const size = Math.ceil(parts.length / MOST_PARTS);
    const groups = range(Math.ceil(parts.length / size)).map((i) => parts.slice(i * size, (i + 1) * size));
    return concat(
      g,
      groups.map((group) => concat(g, group, axis)),
      axis,
    );
  }

  const total = parts.reduce((sum, { dims }) => sum + dims[axis]!, 0);
  let start = 0;
  const placed = parts.flatMap((part) => {
    const own = part.dims[axis]!;
    const before = part.dims.map((_, d) => (d === axis ? start : 0));
    const after = part.dims.map((_, d) => (d === axis ? total - start - own : 0));
    start += own;
    return part.kind === "host" && isZero(part) ? [] : [pad(g, part, before, after, 0)];
  });
  return placed.length === 1 ? placed[0]! : g.pointwise(JOIN, placed, first.type);
}

function isZero({ data }: HostTensor): boolean {
  return Array.prototype.every.call(data, (value: number | bigint) => Object.is(Number(value), 0));
}

function concatHosts(parts: readonly HostTensor[], axis: number): HostTensor {
  const { type, dims } = parts[0]!;
  const total = parts.reduce((sum, part) => sum + part.dims[axis]!, 0);
  const result = dims.map((dim, d) => (d === axis ? total : dim));
  const data = allocate(type, elementCount(result));
  const blocks = elementCount(dims.slice(0, axis));
  let place = 0;
  for (let block = 0; block < blocks; block++) {
    for (const part of parts) {
      const length = part.data.length / blocks;
      for (let i = 0; i < length; i++) data[place++] = part.data[block * length + i]!;
    }
  }
  return hostTensor(type, result, data);
}

/** Negative coordinates count from the end. */
function wrapped(extent: number): Rule {
  return {
    emit: (t, [x]) => t.select(t.op(Op.i32LtS, x!, t.i32(0)), t.op(Op.i32Add, x!, t.i32(extent)), x!),
  };
}

/** Picks elements along an axis by coordinates; the dimensions of `index` take the axis' place. Coordinates that depend on the request are clamped. */
export function gather(g: GraphBuilder, value: Value, index: Value, axis: number): Value {
  const extent = value.dims[axis]!;
  const dims = [...value.dims.slice(0, axis), ...index.dims, ...value.dims.slice(axis + 1)];
  if (index.kind !== "host") {
    if (elementCount(dims) === 0) throw g.mismatch(`picks from [${value.dims.join(", ")}], which is empty`);
    const places = g.node(g.pointwise(wrapped(extent), [index], index.type));
    return g.copy(g.view(g.node(value), dims, { kind: "gather", axis, index: places }));
  }
  g.checkList(index.data.length);
  const picks = toNumbers(index).map((c) => (c < 0 ? c + extent : c));
  const outside = picks.findIndex((c) => !(c >= 0 && c < extent));
  if (outside >= 0)
    throw g.mismatch(`coordinate ${toNumbers(index)[outside]} lies outside of the ${extent} of axis ${axis}`);
  const known = hostTensor("int64", index.dims, BigInt64Array.from(picks, BigInt));
  g.checkSize(dims);
  if (value.kind === "host" && g.canFold(elementCount(dims), value.data.length))
    return foldGather(value, axis, known);
  const step = picks.length > 1 ? picks[1]! - picks[0]! : 1;
  if (step !== 0 && picks.every((c, i) => c === picks[0]! + i * step)) {
    const cut = { start: picks[0] ?? 0, step, count: picks.length };
    return reshape(g, slice(g, value, new Map([[axis, cut]])), dims);
  }
  return g.copy(g.view(value, dims, { kind: "gather", axis, index: g.node(known) }));
}

/** Splits an axis into consecutive parts. */
export function split(g: GraphBuilder, value: Value, axis: number, sizes: readonly number[]): Value[] {
  let start = 0;
  return sizes.map((count) => {
    const cut = { start, step: 1, count };
    start += count;
    return slice(g, value, new Map([[axis, cut]]));
  });
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((item, j) => item === b[j]);
}
