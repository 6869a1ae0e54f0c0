/** Linear models and support vector regression. */

import { Op } from "../../../machine/opcodes.ts";
import type { Value } from "../../graph/ir.ts";
import { permute, reshape } from "../../graph/movement.ts";
import type { Rule } from "../../graph/rule.ts";
import { floatScalar, floatTensor } from "../../host/tensor.ts";
import { exp } from "../../math/exp.ts";
import { constantPow } from "../../math/pow.ts";
import { tanh } from "../../math/tanh.ts";
import type { Register, Tape } from "../../tape/tape.ts";
import { named, type OperatorContext, type OperatorTable } from "../context.ts";
import { product } from "../matmul.ts";
import { integerNames, requiredFloats, rowsInput } from "./rows.ts";
import { bestLabel, bothScores, thresholdLabel, transformOf } from "./scores.ts";

/** Scores [rows, targets] of the rows by weights that stand target by target. */
function linearScores(ctx: OperatorContext, rows: Value, targets: number): Value {
  const weights = requiredFloats(ctx, "coefficients");
  const intercepts = ctx.floats("intercepts") ?? [];
  const features = rows.dims[1]!;
  if (weights.length !== targets * features || (intercepts.length !== 0 && intercepts.length !== targets))
    throw ctx.mismatch(
      `${weights.length} coefficients and ${intercepts.length} intercepts for ${targets} targets of ${features} features`,
    );
  const init = intercepts.length === 0 ? undefined : floatTensor([1, targets], intercepts);
  const matrix = permute(ctx.graph, floatTensor([targets, features], weights), [1, 0]);
  return product(ctx.graph, rows, matrix, init);
}

function translateLinearRegressor(ctx: OperatorContext): Value {
  const targets = ctx.int("targets", 1);
  if (targets < 1) throw ctx.unsupported("targets", targets, "numbers of at least 1");
  const { apply } = transformOf(ctx);
  return apply(ctx, linearScores(ctx, rowsInput(ctx), targets));
}

function translateLinearClassifier(ctx: OperatorContext): readonly Value[] {
  const labels = integerNames(ctx, "classlabels_ints", "classlabels_strings");
  const rows = rowsInput(ctx);
  const coefficients = requiredFloats(ctx, "coefficients").length;
  const targets = coefficients / rows.dims[1]!;
  const { name, apply } = transformOf(ctx);
  const scores = linearScores(ctx, rows, Math.ceil(targets));
  if (targets === 1) {
    const pair = labels.length === 2 ? ([labels[0]!, labels[1]!] as const) : ([0, 1] as const);
    const label = thresholdLabel(ctx, scores, 0, pair);
    if (labels.length !== 2) return [label, apply(ctx, scores)];
    return [label, bothScores(ctx, scores, name, true)];
  }
  if (labels.length !== targets) throw ctx.mismatch(`${labels.length} labels for ${targets} classes`);
  return [bestLabel(ctx, scores, labels), apply(ctx, scores)];
}

interface Kernel {
  /** What is added up over the features. */
  readonly body: (t: Tape, args: readonly Register[]) => Register;
  readonly finish: (
    t: Tape,
    x: Register,
    parameters: readonly [gamma: number, offset: number, degree: number],
  ) => Register;
}

const times: Kernel["body"] = (t, [x, y]) => t.mul(x!, y!);
const scaled = (t: Tape, x: Register, gamma: number, offset: number): Register =>
  t.add(t.mul(t.f32(gamma), x), t.f32(offset));

const KERNELS: Readonly<Record<string, Kernel>> = {
  LINEAR: { body: times, finish: (_t, x) => x },
  POLY: {
    body: times,
    finish: (t, x, [gamma, offset, degree]) => constantPow(t, scaled(t, x, gamma, offset), degree),
  },
  SIGMOID: { body: times, finish: (t, x, [gamma, offset]) => tanh(t, scaled(t, x, gamma, offset)) },
  RBF: {
    body: (t, [x, y]) => {
      const apart = t.sub(x!, y!);
      return t.mul(apart, apart);
    },
    finish: (t, x, [gamma]) => exp(t, t.mul(t.f32(-gamma), x)),
  },
};

/** The sum of coefficients times kernels of the row and each support vector; without any, a linear model. */
function translateSvmRegressor(ctx: OperatorContext): Value {
  const { graph } = ctx;
  const rows = rowsInput(ctx);
  const [count, features] = [rows.dims[0]!, rows.dims[1]!];
  const supports = ctx.int("n_supports", 0);
  const coefficients = requiredFloats(ctx, "coefficients");
  const vectors = supports > 0 ? requiredFloats(ctx, "support_vectors") : [];
  const [gamma = 0, offset = 0, degree = 0] = ctx.floats("kernel_params") ?? [];
  const kernel = named(KERNELS, ctx.string("kernel_type", "LINEAR"));
  if (kernel === undefined)
    throw ctx.unsupported("kernel_type", ctx.string("kernel_type", ""), Object.keys(KERNELS).join(", "));
  const { name, apply } = transformOf(ctx);
  if (name !== "NONE") throw ctx.unsupported("post_transform", name, "NONE");
  const own = supports > 0 ? supports : features;
  if (coefficients.length !== own || vectors.length !== supports * features || supports < 0)
    throw ctx.mismatch(
      `${coefficients.length} coefficients and ${vectors.length} numbers of ${supports} support vectors for ${features} features`,
    );
  const weights = floatTensor([own, 1], coefficients);
  const plain = (): Value => {
    const sums = graph.nest({
      ...{ type: "float32", dims: [count, supports], reduction: [features], fold: "f32.add", init: 0 },
      operands: [
        { source: rows, coordinates: [{ out: [[0, 1]] }, { reduced: [[0, 1]] }] },
        {
          source: floatTensor([supports, features], vectors),
          coordinates: [{ out: [[1, 1]] }, { reduced: [[0, 1]] }],
        },
      ],
      body: kernel.body,
    });
    const emit: Rule["emit"] = (t, [x]) => kernel.finish(t, x!, [gamma, offset, degree]);
    return graph.pointwise({ emit }, [sums], "float32");
  };
  const sum = product(graph, supports > 0 ? plain() : rows, weights, undefined);
  const rho = floatScalar(ctx.floats("rho")?.[0] ?? 0);
  const isOneClass = ctx.flag("one_class", false);
  const emit: Rule["emit"] = (t, [x, r]) => {
    const value = t.add(x!, r!);
    return isOneClass ? t.select(t.op(Op.f32Gt, value, t.f32(0)), t.f32(1), t.f32(-1)) : value;
  };
  return apply(ctx, graph.pointwise({ emit }, [reshape(graph, sum, [count, 1]), rho], "float32"));
}

export const LINEAR_MODELS: OperatorTable = {
  LinearClassifier: {
    since: 1,
    attributes: [
      ...["coefficients", "intercepts", "classlabels_ints", "classlabels_strings"],
      ...["multi_class", "post_transform"],
    ],
    translate: translateLinearClassifier,
  },
  LinearRegressor: {
    since: 1,
    attributes: ["coefficients", "intercepts", "post_transform", "targets"],
    translate: translateLinearRegressor,
  },
  SVMRegressor: {
    since: 1,
    attributes: [
      ...["coefficients", "kernel_params", "kernel_type", "n_supports", "one_class"],
      ...["post_transform", "rho", "support_vectors"],
    ],
    translate: translateSvmRegressor,
  },
};
