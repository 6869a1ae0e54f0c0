/** Pools. */

import { type Fold, Op } from "../../machine/opcodes.ts";
import { fromFloat } from "../../machine/scalar.ts";
import type { GraphBuilder } from "../graph/builder.ts";
import type { NestForm, Value } from "../graph/ir.ts";
import { permute } from "../graph/movement.ts";
import { range } from "../host/movement.ts";
import { type DataType, elementCount, floatTensor, rowMajorStrides } from "../host/tensor.ts";
import { constantPow } from "../math/pow.ts";
import type { Register, Tape } from "../tape/tape.ts";
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
  body: (t: Tape, x: Register) => Register = (_t, x) => x,
): Value {
  const places = windows.map(({ output }) => output);
  return g.nest({
    type: input.type as DataType,
    dims: [input.dims[0]!, input.dims[1]!, ...places],
    reduction: windows.map(({ kernel }) => kernel),
    storage: [0, ...places.map((_, d) => 2 + d), 1],
    fold,
    init: pad,
    operands: [{ source: input, pad, coordinates: windowCoordinates(windows) }],
    body: (t, [x]) => body(t, x!),
  });
}

/** Batch and channel, and an element of the window for every spatial dimension. */
function windowCoordinates(windows: readonly Window[]): readonly NestForm[] {
  const forms = windows.map(
    ({ stride, dilation, before }, d): NestForm => ({
      base: -before,
      out: [[2 + d, stride]],
      reduced: [[d, dilation]],
    }),
  );
  return [{ out: [[0, 1]] }, { out: [[1, 1]] }, ...forms];
}

function windowsOf(ctx: OperatorContext, input: Value): readonly Window[] {
  const kernel = ctx.ints("kernel_shape");
  if (kernel === undefined) throw ctx.malformed("attribute kernel_shape is missing");
  if (input.dims.length < 3)
    throw ctx.mismatch(`an input [${input.dims.join(", ")}] has no spatial dimensions`);
  return readWindows(ctx, input.dims.slice(2), kernel, ctx.flag("ceil_mode", false));
}

function translateMaxPool(ctx: OperatorContext): readonly Value[] {
  const input = requireType(ctx, ctx.input(0), ["float32", "int8", "uint8"]);
  const windows = windowsOf(ctx, input);
  const isReal = input.type === "float32";
  const least = isReal ? fromFloat(Number.NEGATIVE_INFINITY) : input.type === "int8" ? -128 : 0;
  const most = pool(ctx.graph, input, windows, isReal ? "f32.max" : "i32.max_s", least);
  if ((ctx.node.outputs[1] ?? "") === "") return [most];
  return [most, places(ctx, input, windows, most, least)];
}

const INT_MAX = 0x7fffffff;

/** The first row-major place, in the whole input, at which the largest element of each window stands; or the first by columns, as MATLAB counts. */
function places(
  ctx: OperatorContext,
  input: Value,
  windows: readonly Window[],
  most: Value,
  least: number,
): Value {
  const { graph } = ctx;
  const rank = windows.length;
  const isByColumns = ctx.int("storage_order", 0) === 1;
  const turned = range(rank).map((d) => 2 + rank - 1 - d);
  const order = [0, 1, ...turned];
  const numbers: Value = isByColumns
    ? permute(graph, graph.iota(order.map((d) => input.dims[d]!)), order)
    : graph.iota(input.dims);
  const own = windowCoordinates(windows);
  return graph.nest({
    type: "int64",
    dims: most.dims,
    reduction: windows.map(({ kernel }) => kernel),
    fold: "i32.min_s",
    init: INT_MAX,
    operands: [
      { source: input, pad: least, coordinates: own },
      { source: most, coordinates: most.dims.map((_, d): NestForm => ({ out: [[d, 1]] })) },
      { source: numbers, pad: INT_MAX, coordinates: own },
    ],
    body: (t, [x, best, place]) => {
      const isSame = t.op(Op.i32Eq, x!, best!);
      const isBest = input.type === "float32" ? t.op(Op.i32Or, isSame, t.op(Op.f32Eq, x!, best!)) : isSame;
      return t.select(isBest, place!, t.i32(INT_MAX));
    },
  });
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

/** (Σ |x|^p)^(1/p) */
function lpNorm(ctx: OperatorContext, fold: (term: (t: Tape, x: Register) => Register) => Value): Value {
  const p = ctx.int("p", 2);
  if (p < 1) throw ctx.unsupported("p", p, "positive integers");
  const total = fold((t, x) => constantPow(t, t.op(Op.f32Abs, x), p));
  return ctx.graph.pointwise({ emit: (t, [x]) => constantPow(t, x!, 1 / p) }, [total], "float32");
}

function translateLpPool(ctx: OperatorContext): Value {
  const input = requireType(ctx, ctx.input(0), FLOATS);
  const windows = windowsOf(ctx, input);
  return lpNorm(ctx, (term) => pool(ctx.graph, input, windows, "f32.add", 0, term));
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
  LpPool: { attributes: [...WINDOW_ATTRIBUTES, "ceil_mode", "p"], translate: translateLpPool },
  GlobalLpPool: {
    attributes: ["p"],
    translate: (ctx) => {
      const axes = spatial(ctx);
      return lpNorm(ctx, (body) =>
        reduce(ctx.graph, ctx.input(0), axes, true, { fold: "f32.add", init: 0, body }),
      );
    },
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
