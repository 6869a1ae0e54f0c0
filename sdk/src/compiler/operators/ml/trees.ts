/** Ensembles of decision trees: random forests, gradient boosting and single trees. */

import { Op } from "../../../machine/opcodes.ts";
import { fromFloat } from "../../../machine/scalar.ts";
import type { Value } from "../../graph/ir.ts";
import { expand, gather, reshape, slice } from "../../graph/movement.ts";
import type { Rule } from "../../graph/rule.ts";
import { range } from "../../host/movement.ts";
import { elementCount, floatTensor, int64Vector } from "../../host/tensor.ts";
import type { Register, Tape } from "../../tape/tape.ts";
import { ADD } from "../arithmetic.ts";
import { named, type OperatorContext, type OperatorTable } from "../context.ts";
import { type Reduction, reduce } from "../reduce.ts";
import { type Forest, NODE_ATTRIBUTES, OUTCOMES, readForest } from "./forest.ts";
import { integerNames, rowsInput } from "./rows.ts";
import { bestLabel, bothScores, thresholdLabel, transformOf } from "./scores.ts";

/** The leaf that every row reaches in every tree, [rows, trees]: all take one branch at a time, and wait at leaves. */
function leaves(ctx: OperatorContext, rows: Value, forest: Forest): Value {
  const { graph } = ctx;
  const [count, features] = [rows.dims[0]!, rows.dims[1]!];
  graph.checkList(count);
  graph.unroll(forest.depth);
  const flat = reshape(graph, rows, [elementCount(rows.dims)]);
  const starts = reshape(graph, int64Vector(range(count, 0, features)), [count, 1]);
  const list = (values: readonly number[]): Value => int64Vector(values);
  const [featureIds, outcomes] = [list(forest.features), list(forest.outcomes)];
  const values = floatTensor([forest.values.length], forest.values);
  // Of every node first the branch for no, then that for yes.
  const branches = list(forest.no.flatMap((no, node) => [no, forest.yes[node]!]));
  const place: Rule["emit"] = (t, [feature, start]) => t.op(Op.i32Add, feature!, start!);
  const branch: Rule["emit"] = (t, [node, x, value, taken]) =>
    t.op(Op.i32Add, t.op(Op.i32Add, node!, node!), isTaken(t, x!, value!, taken!));
  const roots = reshape(graph, list(forest.roots), [1, forest.roots.length]);
  let node = expand(graph, roots, [count, forest.roots.length]);
  for (let level = 0; level < forest.depth; level++) {
    const at = graph.pointwise({ emit: place }, [gather(graph, featureIds, node, 0), starts], "int64");
    const read = [
      gather(graph, flat, at, 0),
      gather(graph, values, node, 0),
      gather(graph, outcomes, node, 0),
    ];
    node = gather(graph, branches, graph.pointwise({ emit: branch }, [node, ...read], "int64"), 0);
  }
  return node;
}

/** 1 if comparing ends with one of the outcomes. */
function isTaken(t: Tape, x: Register, value: Register, outcomes: Register): Register {
  const outcome = t.select(
    t.op(Op.f32Lt, x, value),
    t.i32(OUTCOMES.less),
    t.select(
      t.op(Op.f32Eq, x, value),
      t.i32(OUTCOMES.equal),
      t.select(t.op(Op.f32Gt, x, value), t.i32(OUTCOMES.greater), t.i32(OUTCOMES.unordered)),
    ),
  );
  return t.op(Op.i32Ne, t.op(Op.i32And, outcome, outcomes), t.i32(0));
}

const INFINITY = Number.POSITIVE_INFINITY;
const SUM: Reduction = { fold: "f32.add", init: 0 };

/** What the trees' weights become together; a target without any has 0. */
const AGGREGATES: Readonly<Record<string, Reduction>> = {
  SUM,
  AVERAGE: SUM,
  MIN: { fold: "f32.min", init: fromFloat(INFINITY) },
  MAX: { fold: "f32.max", init: fromFloat(-INFINITY) },
};

/** Scores by row and target, without base values. */
function aggregate(ctx: OperatorContext, rows: Value, forest: Forest, targets: number): Value {
  const { graph } = ctx;
  const name = ctx.string("aggregate_function", "SUM");
  const reduction = named(AGGREGATES, name);
  if (reduction === undefined)
    throw ctx.unsupported("aggregate_function", name, Object.keys(AGGREGATES).join(", "));
  const dims = [forest.features.length, targets];
  graph.checkList(elementCount(dims));
  const neutral = name === "MIN" ? INFINITY : name === "MAX" ? -INFINITY : 0;
  const table = new Float32Array(elementCount(dims)).fill(neutral);
  for (const { node, target, weight } of forest.weights) {
    const place = node * targets + target;
    table[place] = table[place] === neutral ? weight : combined(name, table[place]!, weight);
  }
  const reached = gather(graph, floatTensor(dims, table), leaves(ctx, rows, forest), 0);
  const folded = reduce(graph, reached, [1], false, reduction);
  const emit: Rule["emit"] = (t, [x]) =>
    name === "AVERAGE"
      ? t.div(x!, t.f32(forest.roots.length))
      : t.select(t.op(Op.f32Eq, x!, t.f32(neutral)), t.f32(0), x!);
  return name === "SUM" ? folded : graph.pointwise({ emit }, [folded], "float32");
}

/** Of a leaf that has several weights for one target. */
function combined(name: string, a: number, b: number): number {
  if (name === "MIN") return Math.min(a, b);
  return name === "MAX" ? Math.max(a, b) : a + b;
}

function withBase(ctx: OperatorContext, scores: Value, base: readonly number[]): Value {
  return ctx.graph.pointwise(ADD, [scores, floatTensor([base.length], base)], "float32");
}

function translateRegressor(ctx: OperatorContext): Value {
  const rows = rowsInput(ctx);
  const targets = ctx.int("n_targets", 1);
  if (targets < 1) throw ctx.unsupported("n_targets", targets, "numbers of at least 1");
  const { name, apply } = transformOf(ctx);
  // Runtimes and the specification disagree about transforming a single target.
  if (targets === 1 && name !== "NONE") throw ctx.unsupported("post_transform", name, "NONE for one target");
  const base = ctx.floats("base_values") ?? [];
  if (base.length !== 0 && base.length !== targets)
    throw ctx.mismatch(`${base.length} base values for ${targets} targets`);
  const scores = aggregate(ctx, rows, readForest(ctx, "target", rows.dims[1]!, targets), targets);
  return apply(ctx, base.length === 0 ? scores : withBase(ctx, scores, base));
}

function translateClassifier(ctx: OperatorContext): readonly Value[] {
  const labels = integerNames(ctx, "classlabels_int64s", "classlabels_strings");
  const classes = labels.length;
  if (classes < 2) throw ctx.unsupported("classlabels_int64s", labels, "at least two classes");
  const rows = rowsInput(ctx);
  const { name, apply } = transformOf(ctx);
  const forest = readForest(ctx, "class", rows.dims[1]!, classes);
  const base = ctx.floats("base_values") ?? [];
  const isBinary = classes === 2 && new Set(forest.weights.map(({ target }) => target)).size === 1;
  const scores = aggregate(ctx, rows, forest, classes);
  if (!isBinary) {
    if (base.length !== 0 && base.length !== classes)
      throw ctx.mismatch(`${base.length} base values for ${classes} classes`);
    const all = base.length === 0 ? scores : withBase(ctx, scores, base);
    return [bestLabel(ctx, all, labels), apply(ctx, all)];
  }
  // The weights are those of one class, the other's being what they leave.
  const target = forest.weights[0]!.target;
  const cut = new Map([[1, { start: target, step: 1, count: 1 }]]);
  const own = slice(ctx.graph, scores, cut);
  const score = base.length === 0 ? own : withBase(ctx, own, base.slice(-1));
  const arePositive = forest.weights.every(({ weight }) => weight >= 0);
  const label = thresholdLabel(ctx, score, arePositive ? 0.5 : 0, [labels[0]!, labels[1]!]);
  return [label, bothScores(ctx, score, name, arePositive)];
}

export const TREES: OperatorTable = {
  TreeEnsembleClassifier: {
    since: 1,
    attributes: [
      ...["base_values", "class_ids", "class_nodeids", "class_treeids", "class_weights"],
      ...["classlabels_int64s", "classlabels_strings", "post_transform", ...NODE_ATTRIBUTES],
    ],
    translate: translateClassifier,
  },
  TreeEnsembleRegressor: {
    since: 1,
    attributes: [
      ...["aggregate_function", "base_values", "n_targets", "post_transform"],
      ...["target_ids", "target_nodeids", "target_treeids", "target_weights", ...NODE_ATTRIBUTES],
    ],
    translate: translateRegressor,
  },
};
