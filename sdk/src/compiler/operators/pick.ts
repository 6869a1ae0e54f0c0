/** Picks and reorders elements in ways that depend on other tensors. */

import { Op } from "../../machine/opcodes.ts";
import type { Value } from "../graph/ir.ts";
import { expand, gather, pad, reshape } from "../graph/movement.ts";
import { range } from "../host/movement.ts";
import { elementCount, hostTensor, int64Vector } from "../host/tensor.ts";
import { indicesOf, type OperatorContext, type OperatorTable } from "./context.ts";
import { pickAlong, scatterFlat } from "./scatter.ts";
import { sizes } from "./shape.ts";
import { positive } from "./windows.ts";

/** Keeps what a known list of truth values says. */
function translateCompress(ctx: OperatorContext): Value {
  const { graph } = ctx;
  const given = ctx.input(0);
  const axis = ctx.int("axis");
  const value = axis === undefined ? reshape(graph, given, [elementCount(given.dims)]) : given;
  const along = axis === undefined ? 0 : ctx.axis(axis, value.dims.length);
  const flags = ctx.numbers(1, "condition");
  if (flags.length > value.dims[along]!)
    throw ctx.mismatch(`${flags.length} conditions for ${value.dims[along]}`);
  return gather(graph, value, int64Vector(flags.flatMap((flag, i) => (flag === 0 ? [] : [i]))), along);
}

/** Turns the first elements of every sequence round; the lengths may be of the request. */
function translateReverseSequence(ctx: OperatorContext): Value {
  const { graph } = ctx;
  const value = ctx.input(0);
  const lengths = indicesOf(ctx, 1);
  const [time, batch] = [ctx.int("time_axis", 0), ctx.int("batch_axis", 1)];
  if (value.dims.length < 2 || time + batch !== 1 || time * batch !== 0)
    throw ctx.unsupported("time_axis", time, "0 and 1 for the two axes");
  if (lengths.dims.join() !== `${value.dims[batch]}`)
    throw ctx.mismatch(`lengths [${lengths.dims.join(", ")}] for ${value.dims[batch]} sequences`);
  const along = (axis: number): number[] => value.dims.map((dim, d) => (d === axis ? dim : 1));
  const places = reshape(graph, graph.iota([value.dims[time]!]), along(time));
  const turned = graph.pointwise(
    {
      emit: (t, [length, i]) => {
        const mirrored = t.op(Op.i32Sub, t.op(Op.i32Sub, length!, t.i32(1)), i!);
        return t.select(t.op(Op.i32LtS, i!, length!), mirrored, i!);
      },
    },
    [reshape(graph, lengths, along(batch)), places],
    "int64",
  );
  return pickAlong(ctx, value, expand(graph, turned, value.dims), time);
}

/** Puts the elements that a pool kept back to where it says that they stood. */
function translateMaxUnpool(ctx: OperatorContext): Value {
  const { graph } = ctx;
  const value = ctx.input(0);
  const index = indicesOf(ctx, 1);
  const rank = value.dims.length - 2;
  const kernel = ctx.ints("kernel_shape");
  if (kernel === undefined || kernel.length !== rank || index.dims.join() !== value.dims.join())
    throw ctx.mismatch(`a kernel [${kernel?.join(", ") ?? ""}] and indices [${index.dims.join(", ")}]`);
  const strides = positive(ctx, "strides", rank);
  const pads = ctx.ints("pads") ?? new Array<number>(2 * rank).fill(0);
  const places = kernel.map(
    (extent, d) => (value.dims[2 + d]! - 1) * strides[d]! + extent - pads[d]! - pads[rank + d]!,
  );
  const dims = sizes(ctx, [...value.dims.slice(0, 2), ...places]);
  graph.checkSize(dims);
  const flat = (item: Value): Value => reshape(graph, item, [elementCount(item.dims)]);
  const empty = expand(graph, hostTensor("float32", [], Float32Array.of(0)), [elementCount(dims)]);
  const whole = reshape(graph, scatterFlat(ctx, empty, flat(index), flat(value)), dims);
  const wanted = ctx.optionalNumbers(2, "output_shape") ?? dims;
  if (wanted.length !== dims.length || wanted.some((dim, d) => dim < dims[d]!))
    throw ctx.mismatch(`[${dims.join(", ")}] in an output of [${wanted.join(", ")}]`);
  return pad(
    graph,
    whole,
    dims.map(() => 0),
    wanted.map((dim, d) => dim - dims[d]!),
    0,
  );
}

/** The middle of every axis, cut or padded with zeros to a size. */
function translateCenterCropPad(ctx: OperatorContext): Value {
  const value = ctx.input(0);
  const wanted = sizes(ctx, ctx.numbers(1, "shape"));
  const axes = ctx.axes(ctx.ints("axes") ?? range(value.dims.length), value.dims.length);
  if (wanted.length !== axes.length) throw ctx.mismatch(`${wanted.length} sizes for ${axes.length} axes`);
  ctx.graph.checkSize(wanted);
  const more = value.dims.map((dim, d) => (axes.includes(d) ? wanted[axes.indexOf(d)]! - dim : 0));
  const before = more.map((count) => Math.trunc(count / 2));
  return pad(
    ctx.graph,
    value,
    before,
    more.map((count, d) => count - before[d]!),
    0,
  );
}

export const PICKS: OperatorTable = {
  Compress: { since: 9, attributes: ["axis"], translate: translateCompress },
  ReverseSequence: {
    since: 10,
    attributes: ["time_axis", "batch_axis"],
    translate: translateReverseSequence,
  },
  MaxUnpool: { since: 9, attributes: ["kernel_shape", "strides", "pads"], translate: translateMaxUnpool },
  CenterCropPad: { since: 18, attributes: ["axes"], translate: translateCenterCropPad },
};
