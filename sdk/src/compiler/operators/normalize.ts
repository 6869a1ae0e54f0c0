/** Softmax and normalizations. */

import { Op } from "../../machine/opcodes.ts";
import type { GraphBuilder } from "../graph/builder.ts";
import type { Value } from "../graph/ir.ts";
import { reshape } from "../graph/movement.ts";
import type { Rule } from "../graph/rule.ts";
import { range } from "../host/movement.ts";
import { elementCount, floatScalar, floatTensor, toNumbers } from "../host/tensor.ts";
import { constantPow } from "../math/pow.ts";
import { ADD, DIV, MUL, SUB } from "./arithmetic.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";
import { type Convolution, convolutionOf, convolve, scaleConvolution } from "./conv.ts";
import { EXP, firstPlace, LOG, maximum, sum } from "./reduce.ts";
import { FLOATS, requireType } from "./types.ts";

/** Before opset 13 all dimensions from the axis on were one. */
function overAxis(ctx: OperatorContext, compute: (value: Value, axis: number) => Value): Value {
  const value = requireType(ctx, ctx.input(0), FLOATS);
  const { dims } = value;
  if (ctx.opset >= 13) return compute(value, ctx.axis(ctx.int("axis", -1), dims.length));
  const stated = ctx.int("axis", 1);
  const axis = stated === dims.length ? stated : ctx.axis(stated, dims.length);
  const flat = [elementCount(dims.slice(0, axis)), elementCount(dims.slice(axis))];
  return reshape(ctx.graph, compute(reshape(ctx.graph, value, flat), 1), dims);
}

/** exp(x - max) / Σ exp(x - max), in four steps. */
export function softmax(g: GraphBuilder, value: Value, axis: number): Value {
  const shifted = g.pointwise(SUB, [value, maximum(g, value, [axis], true)], "float32");
  const e = g.pointwise(EXP, [shifted], "float32");
  return g.pointwise(DIV, [e, sum(g, e, [axis], true)], "float32");
}

export function logSoftmax(g: GraphBuilder, value: Value, axis: number): Value {
  const shifted = g.pointwise(SUB, [value, maximum(g, value, [axis], true)], "float32");
  const total = sum(g, g.pointwise(EXP, [shifted], "float32"), [axis], true);
  return g.pointwise(SUB, [shifted, g.pointwise(LOG, [total], "float32")], "float32");
}

/** 1 for the first of the largest elements along the axis, 0 for the others. */
function hardmax(ctx: OperatorContext, value: Value, axis: number): Value {
  const { graph } = ctx;
  const first = firstPlace(graph, value, axis);
  const places = reshape(
    graph,
    graph.iota([value.dims[axis]!]),
    value.dims.map((dim, d) => (d === axis ? dim : 1)),
  );
  const rule: Rule = { emit: (t, [x, i]) => t.select(t.op(Op.i32Eq, x!, i!), t.f32(1), t.f32(0)) };
  return graph.pointwise(rule, [first, places], "float32");
}

function canScale({ graph }: OperatorContext, { weights }: Convolution): boolean {
  const count = elementCount(weights.dims);
  return graph.canFold(count, count);
}

/** y = (x - mean) / sqrt(variance + epsilon) * scale + shift for every channel. Into the weights of the convolution before it where that is all that reads it. */
function translateBatchNormalization(ctx: OperatorContext): Value | readonly Value[] {
  const value = requireType(ctx, ctx.input(0), FLOATS);
  if (ctx.opset < 7 && !ctx.flag("is_test", false)) throw ctx.unsupported("is_test", 0, "1");
  if (!ctx.flag("spatial", true)) throw ctx.unsupported("spatial", 0, "1");
  const epsilon = ctx.float("epsilon", 1e-5);
  const channels = value.dims[1] ?? 1;
  const parameters = [1, 2, 3, 4].map((index) => {
    const parameter = requireType(ctx, ctx.input(index), FLOATS);
    if (elementCount(parameter.dims) !== channels)
      throw ctx.mismatch(`${elementCount(parameter.dims)} parameters for ${channels} channels`);
    return parameter;
  });
  const dims = value.dims.map((_, d) => (d === 1 ? channels : 1)).slice(1);
  if (ctx.flag("training_mode", false)) return trained(ctx, value, parameters, dims, epsilon);
  const hosts = parameters.flatMap((parameter) => (parameter.kind === "host" ? [toNumbers(parameter)] : []));
  const [gamma, beta, mean, variance] = hosts;
  if (gamma === undefined || beta === undefined || mean === undefined || variance === undefined) {
    const [scale, shift, center, spread] = parameters.map((parameter) => reshape(ctx.graph, parameter, dims));
    const { graph } = ctx;
    const root: Rule = { emit: (t, [x]) => t.op(Op.f32Sqrt, t.add(x!, t.f32(epsilon))) };
    const deviation = graph.pointwise(root, [spread!], "float32");
    const centered = graph.pointwise(SUB, [value, center!], "float32");
    const scaled = graph.pointwise(
      MUL,
      [graph.pointwise(DIV, [centered, deviation], "float32"), scale!],
      "float32",
    );
    return graph.pointwise(ADD, [scaled, shift!], "float32");
  }
  const scale = gamma.map((factor, c) => factor / Math.sqrt(variance[c]! + epsilon));
  const shift = beta.map((offset, c) => offset - mean[c]! * scale[c]!);
  const convolution = convolutionOf(value);
  const folded =
    convolution && ctx.isOnlyReader(0) && canScale(ctx, convolution)
      ? scaleConvolution(convolution, scale, shift)
      : undefined;
  if (folded !== undefined) return convolve(ctx.graph, folded);
  const scaled = ctx.graph.pointwise(MUL, [value, floatTensor(dims, scale)], "float32");
  return ctx.graph.pointwise(ADD, [scaled, floatTensor(dims, shift)], "float32");
}

/** (x - mean) / sqrt(variance + epsilon) over some axes, by two passes. */
function standardize(
  g: GraphBuilder,
  value: Value,
  axes: readonly number[],
  epsilon: number,
): Readonly<Record<"normal" | "centered" | "mean" | "variance" | "deviation", Value>> {
  const count = floatScalar(elementCount(axes.map((axis) => value.dims[axis]!)));
  const mean = g.pointwise(DIV, [sum(g, value, axes, true), count], "float32");
  const centered = g.pointwise(SUB, [value, mean], "float32");
  const squares = g.pointwise({ emit: (t, [x]) => t.mul(x!, x!) }, [centered], "float32");
  const variance = g.pointwise(DIV, [sum(g, squares, axes, true), count], "float32");
  const inverse: Rule = { emit: (t, [x]) => t.div(t.f32(1), t.op(Op.f32Sqrt, t.add(x!, t.f32(epsilon)))) };
  const deviation = g.pointwise(inverse, [variance], "float32");
  const normal = g.pointwise(MUL, [centered, deviation], "float32");
  return { normal, centered, mean, variance, deviation };
}

/** By the mean and variance of the batch itself; those given move towards them. */
function trained(
  ctx: OperatorContext,
  value: Value,
  [scale, shift, mean, variance]: readonly Value[],
  dims: readonly number[],
  epsilon: number,
): readonly Value[] {
  const { graph } = ctx;
  const axes = range(value.dims.length).filter((d) => d !== 1);
  const { normal, mean: own, variance: spread } = standardize(graph, value, axes, epsilon);
  const result = scaleAndShift(graph, normal, reshape(graph, scale!, dims), reshape(graph, shift!, dims));
  const momentum = ctx.float("momentum", 0.9);
  const emit: Rule["emit"] = (t, [old, fresh]) =>
    t.add(t.mul(old!, t.f32(momentum)), t.mul(fresh!, t.f32(1 - momentum)));
  const moved = [
    [mean!, own],
    [variance!, spread],
  ].map(([old, fresh]) => graph.pointwise({ emit }, [old!, reshape(graph, fresh!, old!.dims)], "float32"));
  return [result, ...moved];
}

/** (x - mean) / (deviation + 1e-9) */
function translateMeanVariance(ctx: OperatorContext): Value {
  const value = requireType(ctx, ctx.input(0), FLOATS);
  const { graph } = ctx;
  const axes = ctx.axes(ctx.ints("axes") ?? [0, 2, 3], value.dims.length);
  const { centered, variance } = standardize(graph, value, axes, 0);
  const emit: Rule["emit"] = (t, [x, v]) => t.div(x!, t.add(t.op(Op.f32Sqrt, v!), t.f32(1e-9)));
  return graph.pointwise({ emit }, [centered, variance], "float32");
}

function scaleAndShift(
  g: GraphBuilder,
  value: Value,
  scale: Value | undefined,
  shift: Value | undefined,
): Value {
  const scaled = scale === undefined ? value : g.pointwise(MUL, [value, scale], "float32");
  return shift === undefined ? scaled : g.pointwise(ADD, [scaled, shift], "float32");
}

function translateLayerNormalization(ctx: OperatorContext): readonly Value[] {
  const value = requireType(ctx, ctx.input(0), FLOATS);
  const first = ctx.axis(ctx.int("axis", -1), value.dims.length);
  const axes = range(value.dims.length - first, first);
  const { normal, mean, deviation } = standardize(ctx.graph, value, axes, ctx.float("epsilon", 1e-5));
  return [scaleAndShift(ctx.graph, normal, ctx.input(1), ctx.optional(2)), mean, deviation];
}

function translateInstanceNormalization(ctx: OperatorContext): Value {
  const value = requireType(ctx, ctx.input(0), FLOATS);
  const axes = range(value.dims.length - 2, 2);
  const { normal } = standardize(ctx.graph, value, axes, ctx.float("epsilon", 1e-5));
  const dims = [value.dims[1]!, ...axes.map(() => 1)];
  const parameter = (index: number): Value => reshape(ctx.graph, ctx.input(index), dims);
  return scaleAndShift(ctx.graph, normal, parameter(1), parameter(2));
}

function translateGroupNormalization(ctx: OperatorContext): Value {
  const value = requireType(ctx, ctx.input(0), FLOATS);
  const groups = ctx.int("num_groups", 1);
  const [batch = 1, channels = 1, ...places] = value.dims;
  if (groups < 1 || channels % groups !== 0) throw ctx.mismatch(`${channels} channels in ${groups} groups`);
  const { graph } = ctx;
  const grouped = reshape(graph, value, [batch, groups, channels / groups, ...places]);
  const { normal } = standardize(
    graph,
    grouped,
    range(grouped.dims.length - 2, 2),
    ctx.float("epsilon", 1e-5),
  );
  // Opset 18 has one parameter for every group, later ones for every channel.
  const isPerGroup = ctx.opset < 21;
  const dims = isPerGroup
    ? [groups, 1, ...places.map(() => 1)]
    : [groups, channels / groups, ...places.map(() => 1)];
  const parameter = (index: number): Value => reshape(graph, ctx.input(index), dims);
  return reshape(graph, scaleAndShift(graph, normal, parameter(1), parameter(2)), value.dims);
}

function translateLpNormalization(ctx: OperatorContext): Value {
  const value = requireType(ctx, ctx.input(0), FLOATS);
  const axis = ctx.axis(ctx.int("axis", -1), value.dims.length);
  const p = ctx.int("p", 2);
  if (p !== 1 && p !== 2) throw ctx.unsupported("p", p, "1, 2");
  const { graph } = ctx;
  const term: Rule = { emit: (t, [x]) => (p === 1 ? t.op(Op.f32Abs, x!) : t.mul(x!, x!)) };
  const total = sum(graph, graph.pointwise(term, [value], "float32"), [axis], true);
  const norm =
    p === 1 ? total : graph.pointwise({ emit: (t, [x]) => t.op(Op.f32Sqrt, x!) }, [total], "float32");
  return graph.pointwise(DIV, [value, norm], "float32");
}

/** x / (bias + alpha / size * Σ x^2)^beta, the sum going over `size` neighbouring channels. */
function translateLrn(ctx: OperatorContext): Value {
  const value = requireType(ctx, ctx.input(0), FLOATS);
  const size = ctx.int("size") ?? 1;
  const { graph } = ctx;
  const squares = graph.nest({
    ...{ type: "float32", dims: value.dims, reduction: [size], fold: "f32.add", init: 0 },
    operands: [
      {
        source: value,
        coordinates: value.dims.map((_, d) => ({
          ...(d === 1 ? { base: -Math.floor((size - 1) / 2), reduced: [[0, 1] as const] } : {}),
          out: [[d, 1] as const],
        })),
      },
    ],
    body: (t, [x]) => t.mul(x!, x!),
  });
  const alpha = ctx.float("alpha", 0.0001) / size;
  const beta = ctx.float("beta", 0.75);
  const bias = ctx.float("bias", 1);
  const emit: Rule["emit"] = (t, [x, sum]) =>
    t.div(x!, constantPow(t, t.add(t.f32(bias), t.mul(t.f32(alpha), sum!)), beta));
  return graph.pointwise({ emit }, [value, squares], "float32");
}

export const NORMALIZATIONS: OperatorTable = {
  Softmax: {
    attributes: ["axis"],
    translate: (ctx) => overAxis(ctx, (value, axis) => softmax(ctx.graph, value, axis)),
  },
  Hardmax: {
    attributes: ["axis"],
    translate: (ctx) => overAxis(ctx, (value, axis) => hardmax(ctx, value, axis)),
  },
  LogSoftmax: {
    attributes: ["axis"],
    translate: (ctx) => overAxis(ctx, (value, axis) => logSoftmax(ctx.graph, value, axis)),
  },
  BatchNormalization: {
    attributes: ["epsilon", "momentum", "spatial", "training_mode"],
    earlyAttributes: ["is_test"],
    translate: translateBatchNormalization,
  },
  LayerNormalization: {
    since: 17,
    attributes: ["axis", "epsilon", "stash_type"],
    translate: translateLayerNormalization,
  },
  InstanceNormalization: { attributes: ["epsilon"], translate: translateInstanceNormalization },
  GroupNormalization: {
    since: 18,
    attributes: ["epsilon", "num_groups", "stash_type"],
    translate: translateGroupNormalization,
  },
  MeanVarianceNormalization: { since: 9, attributes: ["axes"], translate: translateMeanVariance },
  LRN: { attributes: ["alpha", "beta", "bias", "size"], translate: translateLrn },
  LpNormalization: { attributes: ["axis", "p"], translate: translateLpNormalization },
};
