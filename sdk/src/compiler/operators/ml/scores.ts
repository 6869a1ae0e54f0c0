/** What classifiers and regressors do with the scores that they have computed. */

import { Op } from "../../../machine/opcodes.ts";
import type { Value } from "../../graph/ir.ts";
import { concat, gather, reshape } from "../../graph/movement.ts";
import type { Rule } from "../../graph/rule.ts";
import { int64Vector } from "../../host/tensor.ts";
import { exp } from "../../math/exp.ts";
import { sigmoid } from "../../math/sigmoid.ts";
import { DIV } from "../arithmetic.ts";
import { named, type OperatorContext } from "../context.ts";
import { softmax } from "../normalize.ts";
import { firstPlace, maximum, sum } from "../reduce.ts";

const LOGISTIC: Rule = { emit: (t, [x]) => sigmoid(t, x!) };

type Transform = (ctx: OperatorContext, scores: Value) => Value;

/** Softmax in which scores that are as good as zero stay so. */
const softmaxZero: Transform = ({ graph }, scores) => {
  const isZero: Rule["emit"] = (t, [x]) => t.op(Op.f32Le, t.op(Op.f32Abs, x!), t.f32(1e-7));
  const most = maximum(graph, scores, [1], true);
  const powers: Rule = {
    emit: (t, [x, m], types) => t.select(isZero(t, [x!], types), t.f32(0), exp(t, t.sub(x!, m!))),
  };
  const total = sum(graph, graph.pointwise(powers, [scores, most], "float32"), [1], true);
  const all: Rule = {
    emit: (t, [x, m], types) =>
      t.select(isZero(t, [x!], types), t.mul(x!, exp(t, t.op(Op.f32Neg, m!))), exp(t, t.sub(x!, m!))),
  };
  return graph.pointwise(DIV, [graph.pointwise(all, [scores, most], "float32"), total], "float32");
};

const TRANSFORMS: Readonly<Record<string, Transform>> = {
  NONE: (_ctx, scores) => scores,
  LOGISTIC: ({ graph }, scores) => graph.pointwise(LOGISTIC, [scores], "float32"),
  SOFTMAX: ({ graph }, scores) => softmax(graph, scores, 1),
  SOFTMAX_ZERO: softmaxZero,
};

/** The node's `post_transform`. */
export function transformOf(ctx: OperatorContext): { readonly name: string; readonly apply: Transform } {
  const name = ctx.string("post_transform", "NONE");
  const apply = named(TRANSFORMS, name);
  if (apply === undefined) throw ctx.unsupported("post_transform", name, Object.keys(TRANSFORMS).join(", "));
  return { name, apply };
}

/** For every row the label of the first of the largest scores. */
export function bestLabel(ctx: OperatorContext, scores: Value, labels: readonly number[]): Value {
  const { graph } = ctx;
  const place = reshape(graph, firstPlace(graph, scores, 1), [scores.dims[0]!]);
  return gather(graph, int64Vector(labels), place, 0);
}

/** For every row one of two labels: the second one where the score, [rows, 1], is above a threshold. */
export function thresholdLabel(
  ctx: OperatorContext,
  score: Value,
  threshold: number,
  [negative, positive]: readonly [number, number],
): Value {
  const emit: Rule["emit"] = (t, [x]) =>
    t.select(t.op(Op.f32Gt, x!, t.f32(threshold)), t.i32(positive), t.i32(negative));
  return ctx.graph.pointwise({ emit }, [reshape(ctx.graph, score, [score.dims[0]!])], "int64");
}

/**
 * The scores of two classes from that of the second one, [rows, 1]: what it leaves of 1, or its negative; of LOGISTIC both are the function of the score and of its
 * negative.
 */
export function bothScores(ctx: OperatorContext, score: Value, transform: string, isShare: boolean): Value {
  const { graph } = ctx;
  const isLogistic = transform === "LOGISTIC";
  const other: Rule = {
    emit: (t, [x]) => (isShare && !isLogistic ? t.sub(t.f32(1), x!) : t.op(Op.f32Neg, x!)),
  };
  const both = concat(graph, [graph.pointwise(other, [score], "float32"), score], 1);
  return isLogistic ? graph.pointwise(LOGISTIC, [both], "float32") : both;
}
