/** Matrix products. */

import type { GraphBuilder } from "../graph/builder.ts";
import type { NestForm, Value } from "../graph/ir.ts";
import { permute, reshape } from "../graph/movement.ts";
import type { Rule } from "../graph/rule.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";
import { FLOATS, requireType } from "./types.ts";

/** The product of stacks of matrices, [..., M, K] and [..., K, N], broadcast as numpy does; `init` is added first. */
export function product(g: GraphBuilder, left: Value, right: Value, init: Value | undefined): Value {
  const [rows, inner] = left.dims.slice(-2);
  const [height, columns] = right.dims.slice(-2);
  if (inner !== height || rows === undefined || inner === undefined || columns === undefined) {
    throw g.mismatch(`[${left.dims.join(", ")}] and [${right.dims.join(", ")}] cannot be multiplied`);
  }
  const batch = g.broadcast([left.dims.slice(0, -2), right.dims.slice(0, -2)]);
  const rank = batch.length;
  const stack = (value: Value): NestForm[] => {
    const missing = rank - (value.dims.length - 2);
    return value.dims.slice(0, -2).map((dim, d): NestForm => (dim === 1 ? {} : { out: [[d + missing, 1]] }));
  };
  return g.nest({
    type: "float32",
    dims: [...batch, rows, columns],
    reduction: [inner],
    fold: "f32.add",
    init: init ?? 0,
    operands: [
      { source: left, coordinates: [...stack(left), { out: [[rank, 1]] }, { reduced: [[0, 1]] }] },
      { source: right, coordinates: [...stack(right), { reduced: [[0, 1]] }, { out: [[rank + 1, 1]] }] },
    ],
    body: (t, [a, b]) => t.mul(a!, b!),
  });
}

function translateMatMul(ctx: OperatorContext): Value {
  const left = requireType(ctx, ctx.input(0), FLOATS);
  const right = requireType(ctx, ctx.input(1), FLOATS);
  if (left.dims.length === 0 || right.dims.length === 0)
    throw ctx.mismatch("a number cannot be multiplied as a matrix");
  // A vector on the left is a row, one on the right a column; their dimension of 1 disappears again.
  const isRow = left.dims.length === 1;
  const isColumn = right.dims.length === 1;
  const { graph } = ctx;
  const a = isRow ? reshape(graph, left, [1, ...left.dims]) : left;
  const b = isColumn ? reshape(graph, right, [...right.dims, 1]) : right;
  const result = product(graph, a, b, undefined);
  const dims = [
    ...result.dims.slice(0, -2),
    ...(isRow ? [] : [result.dims.at(-2)!]),
    ...(isColumn ? [] : [result.dims.at(-1)!]),
  ];
  return reshape(graph, result, dims);
}

function translateGemm(ctx: OperatorContext): Value {
  const { graph } = ctx;
  const matrix = (index: number, isTransposed: boolean): Value => {
    const value = requireType(ctx, ctx.input(index), FLOATS);
    if (value.dims.length !== 2)
      throw ctx.mismatch(`input ${index} of shape [${value.dims.join(", ")}] is not a matrix`);
    return isTransposed ? permute(graph, value, [1, 0]) : value;
  };
  const left = matrix(0, ctx.flag("transA", false));
  const right = matrix(1, ctx.flag("transB", false));
  const bias = ctx.optional(2);
  const alpha = ctx.float("alpha", 1);
  const beta = ctx.float("beta", 1);
  const dims = [left.dims[0]!, right.dims[1]!];
  if (
    bias !== undefined &&
    (bias.dims.length > 2 || graph.broadcast([bias.dims, dims]).some((dim, d) => dim !== dims[d]))
  ) {
    throw ctx.mismatch(
      `input 2 of shape [${bias.dims.join(", ")}] cannot be broadcast to [${dims.join(", ")}]`,
    );
  }
  if (alpha === 1 && (beta === 1 || bias === undefined)) return product(graph, left, right, bias);
  const emit: Rule["emit"] = (t, [x, c]) => {
    const scaled = t.mul(x!, t.f32(alpha));
    return c === undefined || beta === 0 ? scaled : t.add(scaled, t.mul(c, t.f32(beta)));
  };
  const plain = product(graph, left, right, undefined);
  return graph.pointwise({ emit }, bias === undefined ? [plain] : [plain, bias], "float32");
}

export const PRODUCTS: OperatorTable = {
  MatMul: { translate: translateMatMul },
  Gemm: {
    attributes: ["alpha", "beta", "transA", "transB"],
    earlyAttributes: ["broadcast"],
    translate: translateGemm,
  },
};
