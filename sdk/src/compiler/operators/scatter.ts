/** Gathers and scatters by coordinates that are tensors of their own. */

import { Op } from "../../machine/opcodes.ts";
import { fromFloat } from "../../machine/scalar.ts";
import type { GraphBuilder, NestSpec } from "../graph/builder.ts";
import type { Value } from "../graph/ir.ts";
import { expand, gather, reshape } from "../graph/movement.ts";
import type { Rule } from "../graph/rule.ts";
import { range } from "../host/movement.ts";
import {
  type DataType,
  elementCount,
  hostTensor,
  int64Vector,
  isFloat,
  rowMajorStrides,
  toNumbers,
} from "../host/tensor.ts";
import { SELECT } from "./arithmetic.ts";
import { indicesOf, named, type OperatorContext, type OperatorTable } from "./context.ts";
import { requireSameType } from "./types.ts";

/** `coordinate * stride`, negative coordinates counting from the end, others clamped, plus what else is given. */
function addressRule(extents: readonly number[], strides: readonly number[]): Rule {
  return {
    emit: (t, args) => {
      const terms = extents.map((extent, k) => {
        const c = args[k]!;
        const wrapped = t.select(t.op(Op.i32LtS, c, t.i32(0)), t.op(Op.i32Add, c, t.i32(extent)), c);
        const inside = t.op(Op.i32MinS, t.op(Op.i32MaxS, wrapped, t.i32(0)), t.i32(extent - 1));
        return t.op(Op.i32Mul, inside, t.i32(strides[k]!));
      });
      return [...terms, ...args.slice(extents.length)].reduce((sum, term) => t.op(Op.i32Add, sum, term));
    },
  };
}

/** Places along one axis of a tensor of this shape: `stride * coordinate`, broadcastable. */
function placesAlong(g: GraphBuilder, dims: readonly number[], axis: number, stride: number): Value {
  g.checkList(dims[axis]!);
  return reshape(
    g,
    int64Vector(range(dims[axis]!, 0, stride)),
    dims.map((dim, d) => (d === axis ? dim : 1)),
  );
}

/** For every element of `index` the row-major place in `dims` at which only the coordinate along the axis is the element instead of its own. */
function elementAddresses(ctx: OperatorContext, dims: readonly number[], index: Value, axis: number): Value {
  if (index.dims.length !== dims.length || index.dims.some((dim, d) => d !== axis && dim > dims[d]!)) {
    throw ctx.mismatch(`indices [${index.dims.join(", ")}] into [${dims.join(", ")}]`);
  }
  const strides = rowMajorStrides(dims);
  const others = range(dims.length).filter((d) => d !== axis);
  const bases = others.map((d) => placesAlong(ctx.graph, index.dims, d, strides[d]!));
  return ctx.graph.pointwise(addressRule([dims[axis]!], [strides[axis]!]), [index, ...bases], index.type);
}

function translateGatherElements(ctx: OperatorContext): Value {
  const value = ctx.input(0);
  return pickAlong(ctx, value, indicesOf(ctx, 1), ctx.axis(ctx.int("axis", 0), value.dims.length));
}

/** For every element of `index` the element of the value whose coordinate along the axis it is, the others being its own. */
export function pickAlong(ctx: OperatorContext, value: Value, index: Value, axis: number): Value {
  const address = elementAddresses(ctx, value.dims, index, axis);
  return gather(ctx.graph, reshape(ctx.graph, value, [elementCount(value.dims)]), address, 0);
}

/** Addresses of the slices that the last dimension of `index` names, counted in slices of `dims`. */
function sliceAddresses(ctx: OperatorContext, dims: readonly number[], index: Value): Value {
  const { graph } = ctx;
  const depth = index.dims.at(-1) ?? 0;
  if (depth < 1 || depth > dims.length)
    throw ctx.mismatch(`indices [${index.dims.join(", ")}] into [${dims.join(", ")}]`);
  const named = dims.slice(0, depth);
  const outer = index.dims.slice(0, -1);
  const last = index.dims.length - 1;
  const coordinates = range(depth).map((k) =>
    reshape(graph, gather(graph, index, int64Vector([k]), last), outer),
  );
  return graph.pointwise(addressRule(named, rowMajorStrides(named)), coordinates, index.type);
}

function translateGatherNd(ctx: OperatorContext): Value {
  const value = ctx.input(0);
  const index = indicesOf(ctx, 1);
  const { graph } = ctx;
  const batch = ctx.int("batch_dims", 0);
  if (batch < 0 || batch >= Math.min(value.dims.length, index.dims.length))
    throw ctx.unsupported("batch_dims", batch, "less than both ranks");
  const depth = index.dims.at(-1) ?? 0;
  const own = value.dims.slice(batch);
  const inner = own.slice(depth);
  const stacks = value.dims.slice(0, batch);
  const count = elementCount(own.slice(0, depth));
  let address = sliceAddresses(ctx, own, index);
  const strides = rowMajorStrides(stacks);
  for (const d of stacks.keys()) {
    const base = placesAlong(
      graph,
      [...stacks, ...address.dims.slice(batch).map(() => 1)],
      d,
      strides[d]! * count,
    );
    address = graph.pointwise(addressRule([], []), [address, base], index.type);
  }
  return gather(graph, reshape(graph, value, [elementCount(stacks) * count, ...inner]), address, 0);
}

interface Folding extends Pick<NestSpec, "fold"> {
  /** Bits that change nothing. */
  readonly neutral: number;
}

function foldingOf(reduction: string, isReal: boolean): Folding | undefined {
  const folds: Readonly<Record<string, Folding>> = {
    add: { fold: isReal ? "f32.add" : "i32.add", neutral: 0 },
    mul: { fold: isReal ? "f32.mul" : "i32.mul", neutral: isReal ? fromFloat(1) : 1 },
    max: {
      fold: isReal ? "f32.max" : "i32.max_s",
      neutral: isReal ? fromFloat(Number.NEGATIVE_INFINITY) : 0x80000000,
    },
    min: {
      fold: isReal ? "f32.min" : "i32.min_s",
      neutral: isReal ? fromFloat(Number.POSITIVE_INFINITY) : 0x7fffffff,
    },
  };
  return named(folds, reduction);
}

/** Elements of `updates` at the addresses, all of them vectors; of several at one address the last. Every element looks at all addresses that depend on the request. */
export function scatterFlat(ctx: OperatorContext, value: Value, address: Value, updates: Value): Value {
  const { graph } = ctx;
  const type = requireSameType(ctx, [value, updates]) as DataType;
  const reduction = ctx.string("reduction", "none");
  const count = value.dims[0]!;
  const match = (body: NestSpec["body"], rest: Pick<NestSpec, "fold" | "init" | "type">): Value =>
    graph.nest({
      ...{ dims: [count], reduction: [updates.dims[0]!], body },
      ...rest,
      operands: [
        { source: address, coordinates: [{ reduced: [[0, 1]] }] },
        { source: graph.iota([count]), coordinates: [{ out: [[0, 1]] }] },
        {
          source: rest.type === "int64" ? graph.iota(updates.dims) : updates,
          coordinates: [{ reduced: [[0, 1]] }],
        },
      ],
    });
  if (reduction !== "none") {
    const folding = foldingOf(reduction, isFloat(type));
    if (folding === undefined) throw ctx.unsupported("reduction", reduction, "none, add, mul, max, min");
    const body: NestSpec["body"] = (t, [a, o, x]) =>
      t.select(t.op(Op.i32Eq, a!, o!), x!, t.bits(folding.neutral));
    return match(body, { fold: folding.fold, init: value, type });
  }
  const last: NestSpec["body"] = (t, [a, o, u]) => t.select(t.op(Op.i32Eq, a!, o!), u!, t.i32(-1));
  const source =
    address.kind === "host"
      ? lastWriters(ctx, toNumbers(address), count)
      : match(last, { fold: "i32.max_s", init: -1, type: "int64" });
  const isWritten = graph.pointwise({ emit: (t, [u]) => t.op(Op.i32GeS, u!, t.i32(0)) }, [source], "bool");
  const safe = graph.pointwise({ emit: (t, [u]) => t.op(Op.i32MaxS, u!, t.i32(0)) }, [source], "int64");
  return graph.pointwise(SELECT, [isWritten, gather(graph, updates, safe, 0), value], type);
}

/** For every element the number of the last update that names it, or -1. */
function lastWriters(ctx: OperatorContext, addresses: readonly number[], count: number): Value {
  ctx.graph.checkList(count);
  const writers = new BigInt64Array(count).fill(-1n);
  for (const [update, address] of addresses.entries()) writers[address] = BigInt(update);
  return hostTensor("int64", [count], writers);
}

function translateScatterElements(ctx: OperatorContext): Value {
  const value = ctx.input(0);
  const index = indicesOf(ctx, 1);
  const updates = ctx.input(2);
  const axis = ctx.axis(ctx.int("axis", 0), value.dims.length);
  const { graph } = ctx;
  if (updates.dims.join() !== index.dims.join())
    throw ctx.mismatch(`updates [${updates.dims.join(", ")}] for indices [${index.dims.join(", ")}]`);
  const flat = (item: Value): Value => reshape(graph, item, [elementCount(item.dims)]);
  const address = flat(elementAddresses(ctx, value.dims, index, axis));
  return reshape(graph, scatterFlat(ctx, flat(value), address, flat(updates)), value.dims);
}

function translateScatterNd(ctx: OperatorContext): Value {
  const value = ctx.input(0);
  const index = indicesOf(ctx, 1);
  const { graph } = ctx;
  const inner = elementCount(value.dims.slice(index.dims.at(-1) ?? 0));
  const slices = sliceAddresses(ctx, value.dims, index);
  const rows = elementCount(slices.dims);
  const updates = ctx.input(2);
  if (elementCount(updates.dims) !== rows * inner)
    throw ctx.mismatch(`updates [${updates.dims.join(", ")}] for ${rows} slices of ${inner}`);
  const whole = expand(graph, reshape(graph, slices, [rows, 1]), [rows, inner]);
  const address = graph.pointwise(
    { emit: (t, [s, i]) => t.op(Op.i32Add, t.op(Op.i32Mul, s!, t.i32(inner)), i!) },
    [whole, placesAlong(graph, [1, inner], 1, 1)],
    index.type,
  );
  const count = elementCount(value.dims);
  const result = scatterFlat(
    ctx,
    reshape(graph, value, [count]),
    reshape(graph, address, [rows * inner]),
    reshape(graph, updates, [rows * inner]),
  );
  return reshape(graph, result, value.dims);
}

export const SCATTERS: OperatorTable = {
  GatherElements: { since: 11, attributes: ["axis"], translate: translateGatherElements },
  GatherND: { since: 11, attributes: ["batch_dims"], translate: translateGatherNd },
  Scatter: { since: 9, until: 10, attributes: ["axis"], translate: translateScatterElements },
  ScatterElements: { since: 11, attributes: ["axis", "reduction"], translate: translateScatterElements },
  ScatterND: { since: 11, attributes: ["reduction"], translate: translateScatterNd },
};
