/** Pools. */

import type { Fold } from "../../machine/opcodes.ts";
import { fromFloat } from "../../machine/scalar.ts";
import type { GraphBuilder } from "../graph/builder.ts";
import type { NestForm, Value } from "../graph/ir.ts";
import { range } from "../host/movement.ts";
import { type DataType, elementCount, floatTensor, rowMajorStrides } from "../host/tensor.ts";
import { DIV } from "./arithmetic.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";
import { reduce } from "./reduce.ts";
import { FLOATS, requireType } from "./types.ts";
import { readWindows, WINDOW_ATTRIBUTES, type Window } from "./windows.ts";

/** Folds windows; elements outside of the input read as `pad`. The result lies with its channels last. */
function pool(
  g: GraphBuilder,
  input: Value,
  windows: readonly Window[],
  fold: Exclude<Fold, "none">,
  pad: number,
): Value {
  const places = windows.map(({ output }) => output);
  const forms = windows.map(
    ({ stride, dilation, before }, d): NestForm => ({
      base: -before,
      out: [[2 + d, stride]],
      reduced: [[d, dilation]],
    }),
  );
  return g.nest({
    type: input.type as DataType,
    dims: [input.dims[0]!, input.dims[1]!, ...places],
    reduction: windows.map(({ kernel }) => kernel),
    storage: [0, ...places.map((_, d) => 2 + d), 1],
    fold,
    init: pad,
    operands: [{ source: input, pad, coordinates: [{ out: [[0, 1]] }, { out: [[1, 1]] }, ...forms] }],
    body: (_t, [x]) => x!,
  });
}

function windowsOf(ctx: OperatorContext, input: Value): readonly Window[] {
  const kernel = ctx.ints("kernel_shape");
  if (kernel === undefined) throw ctx.malformed("attribute kernel_shape is missing");
  if (input.dims.length < 3)
    throw ctx.mismatch(`an input [${input.dims.join(", ")}] has no spatial dimensions`);
  return readWindows(ctx, input.dims.slice(2), kernel, ctx.flag("ceil_mode", false));
}

function translateMaxPool(ctx: OperatorContext): Value {
  const input = requireType(ctx, ctx.input(0), ["float32", "int8", "uint8"]);
  if (ctx.int("storage_order", 0) !== 0) throw ctx.unsupported("storage_order", 1, "0");
  const windows = windowsOf(ctx, input);
  if (input.type === "float32")
    return pool(ctx.graph, input, windows, "f32.max", fromFloat(Number.NEGATIVE_INFINITY));
  return pool(ctx.graph, input, windows, "i32.max_s", input.type === "int8" ? -128 : 0);
}

/** How many elements each place of a dimension averages. */
function counts(
  { input, output, kernel, stride, dilation, before, after }: Window,
  isPadCounted: boolean,
): number[] {
  const [least, most] = isPadCounted ? [-before, input + after] : [0, input];
  return range(output).map((place) => {
    // Elements start + k * dilation of least .. most - 1, k being 0 .. kernel - 1.
    const start = place * stride - before;
    const first = Math.max(0, Math.ceil((least - start) / dilation));
    const last = Math.min(kernel - 1, Math.ceil((most - start) / dilation) - 1);
    return last - first + 1;
  });
}

function translateAveragePool(ctx: OperatorContext): Value {
  const input = requireType(ctx, ctx.input(0), FLOATS);
  const windows = windowsOf(ctx, input);
  const sum = pool(ctx.graph, input, windows, "f32.add", 0);
  const dims = windows.map(({ output }) => output);
  ctx.graph.checkList(elementCount(dims));
  const perDimension = windows.map((window) => counts(window, ctx.flag("count_include_pad", false)));
  const strides = rowMajorStrides(dims);
  const divisors = range(elementCount(dims)).map((i) =>
    perDimension.reduce((product, list, d) => product * list[Math.floor(i / strides[d]!) % dims[d]!]!, 1),
  );
  const isUniform = divisors.every((count) => count === divisors[0]);
  const divisor = isUniform ? floatTensor([], [divisors[0]!]) : floatTensor([1, 1, ...dims], divisors);
  return ctx.graph.pointwise(DIV, [sum, divisor], "float32");
}

/** Spatial dimensions of a global pool. */
function spatial(ctx: OperatorContext): readonly number[] {
  const input = requireType(ctx, ctx.input(0), FLOATS);
  if (input.dims.length < 3)
    throw ctx.mismatch(`an input [${input.dims.join(", ")}] has no spatial dimensions`);
  return range(input.dims.length - 2, 2);
}

export const POOLS: OperatorTable = {
  MaxPool: { attributes: [...WINDOW_ATTRIBUTES, "ceil_mode", "storage_order"], translate: translateMaxPool },
  AveragePool: {
    attributes: [...WINDOW_ATTRIBUTES, "ceil_mode", "count_include_pad"],
    translate: translateAveragePool,
  },
  GlobalMaxPool: {
    translate: (ctx) =>
      reduce(ctx.graph, ctx.input(0), spatial(ctx), true, {
        fold: "f32.max",
        init: fromFloat(Number.NEGATIVE_INFINITY),
      }),
  },
  GlobalAveragePool: {
    translate: (ctx) => {
      const axes = spatial(ctx);
      const sum = reduce(ctx.graph, ctx.input(0), axes, true, { fold: "f32.add", init: 0 });
      const count = elementCount(axes.map((axis) => ctx.input(0).dims[axis]!));
      return ctx.graph.pointwise(DIV, [sum, floatTensor([], [count])], "float32");
    },
  },
};
