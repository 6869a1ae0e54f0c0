/** Reductions over axes. */

import { type Fold, Op } from "../../machine/opcodes.ts";
import { fromFloat } from "../../machine/scalar.ts";
import type { GraphBuilder } from "../graph/builder.ts";
import type { NestForm, Value } from "../graph/ir.ts";
import { reshape } from "../graph/movement.ts";
import type { Rule } from "../graph/rule.ts";
import { range } from "../host/movement.ts";
import {
  type DataType,
  elementCount,
  type HostType,
  hostTensor,
  isDataType,
  isFloat,
  toNumbers,
} from "../host/tensor.ts";
import { exp } from "../math/exp.ts";
import { log } from "../math/log.ts";
import type { Register, Tape } from "../tape/tape.ts";
import { ADD, DIV, SUB } from "./arithmetic.ts";
import type { Operator, OperatorContext, OperatorTable } from "./context.ts";
import { FLOATS, NUMBERS, requireType } from "./types.ts";

export interface Reduction {
  readonly fold: Exclude<Fold, "none">;
  /** Bits that the accumulator starts from. */
  readonly init: number;
  /** What is folded; the element itself by default. */
  readonly body?: (t: Tape, x: Register) => Register;
}

/** Folds some axes of a value, which become dimensions of 1 or disappear. */
export function reduce(
  g: GraphBuilder,
  value: Value,
  axes: readonly number[],
  isKept: boolean,
  reduction: Reduction,
): Value {
  const kept = range(value.dims.length).filter((d) => !axes.includes(d));
  const coordinates = value.dims.map(
    (_, d): NestForm =>
      axes.includes(d) ? { reduced: [[axes.indexOf(d), 1]] } : { out: [[kept.indexOf(d), 1]] },
  );
  const { fold, init, body = (_t, x) => x } = reduction;
  if (!isDataType(value.type)) throw g.unsupportedType("The input", value.type);
  const nest = g.nest({
    type: value.type,
    dims: kept.map((d) => value.dims[d]!),
    reduction: axes.map((axis) => value.dims[axis]!),
    fold,
    init,
    operands: [{ source: value, coordinates }],
    body: (t, [x]) => body(t, x!),
  });
  return isKept
    ? reshape(
        g,
        nest,
        value.dims.map((dim, d) => (axes.includes(d) ? 1 : dim)),
      )
    : nest;
}

/** Largest elements along axes. */
export function maximum(g: GraphBuilder, value: Value, axes: readonly number[], isKept: boolean): Value {
  return reduce(g, value, axes, isKept, MAXIMUM(value.type));
}

/** Smallest elements along axes. */
export function minimum(g: GraphBuilder, value: Value, axes: readonly number[], isKept: boolean): Value {
  return reduce(g, value, axes, isKept, MINIMUM(value.type));
}

export function sum(g: GraphBuilder, value: Value, axes: readonly number[], isKept: boolean): Value {
  return reduce(g, value, axes, isKept, SUM(value.type));
}

const INT_MAX = 0x7fffffff;
const INT_MIN = 0x80000000;

type ByType = (type: HostType) => Reduction;
const SUM: ByType = (type) => ({ fold: isFloat(type) ? "f32.add" : "i32.add", init: 0 });
const PRODUCT: ByType = (type) =>
  isFloat(type) ? { fold: "f32.mul", init: fromFloat(1) } : { fold: "i32.mul", init: 1 };
const MAXIMUM: ByType = (type) =>
  isFloat(type)
    ? { fold: "f32.max", init: fromFloat(Number.NEGATIVE_INFINITY) }
    : { fold: "i32.max_s", init: INT_MIN };
const MINIMUM: ByType = (type) =>
  isFloat(type)
    ? { fold: "f32.min", init: fromFloat(Number.POSITIVE_INFINITY) }
    : { fold: "i32.min_s", init: INT_MAX };
const ABSOLUTES: ByType = (type) => ({
  ...SUM(type),
  body: (t, x) => t.op(isFloat(type) ? Op.f32Abs : Op.i32Abs, x),
});
const SQUARES: ByType = (type) => ({
  ...SUM(type),
  body: (t, x) => t.op(isFloat(type) ? Op.f32Mul : Op.i32Mul, x, x),
});

interface Family {
  readonly reduction: ByType;
  /** First opset that takes the axes as an input. */
  readonly axesAsInput: number;
  readonly types?: readonly HostType[];
  /** What follows the fold of `count` elements. */
  readonly finish?: (g: GraphBuilder, folded: Value, count: number) => Value;
}

/** The axes to fold; `undefined` for none at all. */
function readAxes(ctx: OperatorContext, rank: number, axesAsInput: number): readonly number[] | undefined {
  const stated = ctx.opset >= axesAsInput ? ctx.optionalNumbers(1, "axes") : ctx.ints("axes");
  if (stated === undefined || stated.length === 0) {
    return ctx.flag("noop_with_empty_axes", false) ? undefined : range(rank);
  }
  return [...ctx.axes(stated, rank)].sort((a, b) => a - b);
}

function reducer({
  reduction,
  axesAsInput,
  types = NUMBERS,
  finish = (_g, folded) => folded,
}: Family): Operator {
  return {
    attributes: ["axes", "keepdims", "noop_with_empty_axes"],
    translate: (ctx) => {
      const value = requireType(ctx, ctx.input(0), types);
      const axes = readAxes(ctx, value.dims.length, axesAsInput);
      const own = reduction(value.type);
      // Over no axes every element is folded alone.
      if (axes === undefined) return finish(ctx.graph, mapped(ctx.graph, value, own), 1);
      const isKept = ctx.flag("keepdims", true);
      const count = elementCount(axes.map((axis) => value.dims[axis]!));
      return finish(ctx.graph, reduce(ctx.graph, value, axes, isKept, own), count);
    },
  };
}

function mapped(g: GraphBuilder, value: Value, { body }: Reduction): Value {
  return body === undefined ? value : g.pointwise({ emit: (t, [x]) => body(t, x!) }, [value], value.type);
}

function mean(g: GraphBuilder, folded: Value, count: number): Value {
  const type = folded.type as DataType;
  const divisor = isFloat(type) ? hostTensor("float32", [], Float32Array.of(count)) : undefined;
  const rule: Rule = { emit: (t, [x]) => t.op(Op.i32DivS, x!, t.i32(count)) };
  return divisor === undefined
    ? g.pointwise(rule, [folded], type)
    : g.pointwise(DIV, [folded, divisor], type);
}

const ROOT: Rule = { emit: (t, [x]) => t.op(Op.f32Sqrt, x!) };
export const EXP: Rule = { emit: (t, [x]) => exp(t, x!) };
export const LOG: Rule = { emit: (t, [x]) => log(t, x!) };

function translateLogSumExp(ctx: OperatorContext): Value {
  const value = requireType(ctx, ctx.input(0), FLOATS);
  const axes = readAxes(ctx, value.dims.length, 18);
  if (axes === undefined) return value;
  const { graph } = ctx;
  const most = maximum(graph, value, axes, true);
  const shifted = graph.pointwise(EXP, [graph.pointwise(SUB, [value, most], value.type)], value.type);
  const logarithm = graph.pointwise(LOG, [sum(graph, shifted, axes, true)], value.type);
  const result = graph.pointwise(ADD, [logarithm, most], value.type);
  if (ctx.flag("keepdims", true)) return result;
  return reshape(
    graph,
    result,
    value.dims.filter((_, d) => !axes.includes(d)),
  );
}

/** The first or last place at which an extreme stands, the axis becoming a dimension of 1; NaN counts as the extreme. */
function placeOf(g: GraphBuilder, value: Value, axis: number, extreme: ByType, isLast: boolean): Value {
  const best = reduce(g, value, [axis], true, extreme(value.type));
  const kept = range(value.dims.length).filter((d) => d !== axis);
  const place = (d: number): NestForm =>
    d === axis ? { reduced: [[0, 1]] } : { out: [[kept.indexOf(d), 1]] };
  const found = g.nest({
    type: "int64",
    dims: kept.map((d) => value.dims[d]!),
    reduction: [value.dims[axis]!],
    fold: isLast ? "i32.max_s" : "i32.min_s",
    init: isLast ? 0 : INT_MAX,
    operands: [
      { source: g.node(value), coordinates: value.dims.map((_, d) => place(d)) },
      { source: best, coordinates: value.dims.map((_, d) => (d === axis ? {} : place(d))) },
      { source: g.iota([value.dims[axis]!]), coordinates: [{ reduced: [[0, 1]] }] },
    ],
    body: (t, [x, y, i]) => {
      const isBest = isFloat(value.type)
        ? t.op(Op.i32Or, t.op(Op.f32Eq, x!, y!), t.op(Op.f32Ne, x!, x!))
        : t.op(Op.i32Eq, x!, y!);
      return t.select(isBest, i!, t.i32(isLast ? 0 : INT_MAX));
    },
  });
  return reshape(
    g,
    found,
    value.dims.map((dim, d) => (d === axis ? 1 : dim)),
  );
}

/** The first place of the largest element along an axis, which becomes a dimension of 1. */
export function firstPlace(g: GraphBuilder, value: Value, axis: number): Value {
  return placeOf(g, value, axis, MAXIMUM, false);
}

function translateArg(extreme: ByType): Operator["translate"] {
  return (ctx) => {
    const value = requireType(ctx, ctx.input(0), NUMBERS);
    const axis = ctx.axis(ctx.int("axis", 0), value.dims.length);
    const found = placeOf(ctx.graph, value, axis, extreme, ctx.flag("select_last_index", false));
    if (ctx.flag("keepdims", true)) return found;
    return reshape(
      ctx.graph,
      found,
      value.dims.filter((_, d) => d !== axis),
    );
  };
}

/** Running sums, one step for all: every place folds what stands before it, the rest being zero. */
function translateCumSum(ctx: OperatorContext): Value {
  const value = requireType(ctx, ctx.input(0), NUMBERS);
  const axis = ctx.axis(Number(toNumbers(ctx.known(1, "axis"))[0]), value.dims.length);
  const extent = value.dims[axis]!;
  const isReverse = ctx.flag("reverse", false);
  const shift = ctx.flag("exclusive", false) ? 1 : 0;
  // Term r of place i is element i - r - shift, or i + r + shift: outside of the dimension it is zero.
  const along: NestForm = isReverse
    ? { base: shift, out: [[axis, 1]], reduced: [[0, 1]] }
    : { base: 1 - extent - shift, out: [[axis, 1]], reduced: [[0, 1]] };
  return ctx.graph.nest({
    type: value.type as DataType,
    dims: value.dims,
    reduction: [extent],
    ...SUM(value.type),
    operands: [
      { source: value, coordinates: value.dims.map((_, d) => (d === axis ? along : { out: [[d, 1]] })) },
    ],
    body: (_t, [x]) => x!,
  });
}

export const REDUCTIONS: OperatorTable = {
  ReduceSum: reducer({ reduction: SUM, axesAsInput: 13 }),
  ReduceMean: reducer({ reduction: SUM, axesAsInput: 18, finish: mean }),
  ReduceMax: reducer({ reduction: MAXIMUM, axesAsInput: 18, types: [...NUMBERS, "bool"] }),
  ReduceMin: reducer({ reduction: MINIMUM, axesAsInput: 18, types: [...NUMBERS, "bool"] }),
  ReduceProd: reducer({ reduction: PRODUCT, axesAsInput: 18 }),
  ReduceL1: reducer({ reduction: ABSOLUTES, axesAsInput: 18 }),
  ReduceL2: reducer({
    reduction: SQUARES,
    axesAsInput: 18,
    types: FLOATS,
    finish: (g, x) => g.pointwise(ROOT, [x], x.type),
  }),
  ReduceSumSquare: reducer({ reduction: SQUARES, axesAsInput: 18 }),
  ReduceLogSum: reducer({
    reduction: SUM,
    axesAsInput: 18,
    types: FLOATS,
    finish: (g, x) => g.pointwise(LOG, [x], x.type),
  }),
  ReduceLogSumExp: {
    attributes: ["axes", "keepdims", "noop_with_empty_axes"],
    translate: translateLogSumExp,
  },
  ArgMax: { attributes: ["axis", "keepdims", "select_last_index"], translate: translateArg(MAXIMUM) },
  ArgMin: { attributes: ["axis", "keepdims", "select_last_index"], translate: translateArg(MINIMUM) },
  CumSum: { since: 11, attributes: ["exclusive", "reverse"], translate: translateCumSum },
};
