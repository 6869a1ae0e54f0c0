/** Losses of classifications: what models that were exported together with their loss end in. */

import { Op } from "../../machine/opcodes.ts";
import type { Value } from "../graph/ir.ts";
import { gather, reshape } from "../graph/movement.ts";
import type { Rule } from "../graph/rule.ts";
import { range } from "../host/movement.ts";
import { elementCount, floatScalar, int64Scalar } from "../host/tensor.ts";
import { DIV, MUL, SELECT } from "./arithmetic.ts";
import { indicesOf, type OperatorContext, type OperatorTable } from "./context.ts";
import { logSoftmax } from "./normalize.ts";
import { sum } from "./reduce.ts";
import { pickAlong } from "./scatter.ts";
import { FLOATS, requireType } from "./types.ts";

const NEGATE: Rule = { emit: (t, [x]) => t.op(Op.f32Neg, x!) };
const DIFFERS: Rule = { emit: (t, [a, b]) => t.op(Op.i32Ne, a!, b!) };

/** -weight[target] * scores[target] for every place, zero where the target is to be ignored; then all of them, their mean by weight, or their sum. */
function lossOf(ctx: OperatorContext, scores: Value): Value {
  const { graph } = ctx;
  const target = indicesOf(ctx, 1);
  const weight = ctx.optional(2);
  const ignored = ctx.int("ignore_index");
  const reduction = ctx.string("reduction", "mean");
  const [batch = 1, classes = 1, ...places] = scores.dims;
  if (target.dims.join() !== [batch, ...places].join())
    throw ctx.mismatch(`targets [${target.dims.join(", ")}] for scores [${scores.dims.join(", ")}]`);
  if (weight !== undefined && weight.dims.join() !== `${classes}`)
    throw ctx.mismatch(`weights [${weight.dims.join(", ")}] for ${classes} classes`);
  const chosen = pickAlong(ctx, scores, reshape(graph, target, [batch, 1, ...places]), 1);
  const negated = graph.pointwise(NEGATE, [reshape(graph, chosen, target.dims)], "float32");

  const counts = (value: Value): Value => {
    if (ignored === undefined) return value;
    const isCounted = graph.pointwise(DIFFERS, [target, int64Scalar(ignored)], "bool");
    return graph.pointwise(SELECT, [isCounted, value, floatScalar(0)], "float32");
  };
  const own = weight === undefined ? undefined : gather(graph, requireType(ctx, weight, FLOATS), target, 0);
  const losses = counts(own === undefined ? negated : graph.pointwise(MUL, [negated, own], "float32"));
  if (reduction === "none") return losses;
  if (reduction !== "mean" && reduction !== "sum")
    throw ctx.unsupported("reduction", reduction, "none, mean, sum");
  const axes = range(target.dims.length);
  const total = sum(graph, losses, axes, false);
  if (reduction === "sum") return total;
  const isWeighted = own !== undefined || ignored !== undefined;
  const shares = isWeighted ? counts(own ?? graph.pointwise(ONE, [negated], "float32")) : undefined;
  const divisor =
    shares === undefined ? floatScalar(elementCount(target.dims)) : sum(graph, shares, axes, false);
  return graph.pointwise(DIV, [total, divisor], "float32");
}

const ONE: Rule = { emit: (t) => t.f32(1) };

export const LOSSES: OperatorTable = {
  NegativeLogLikelihoodLoss: {
    since: 12,
    attributes: ["ignore_index", "reduction"],
    translate: (ctx) => lossOf(ctx, requireType(ctx, ctx.input(0), FLOATS)),
  },
  SoftmaxCrossEntropyLoss: {
    since: 12,
    attributes: ["ignore_index", "reduction"],
    translate: (ctx) => {
      const logarithms = logSoftmax(ctx.graph, requireType(ctx, ctx.input(0), FLOATS), 1);
      return [lossOf(ctx, logarithms), logarithms];
    },
  },
};
