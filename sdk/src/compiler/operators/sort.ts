/** The largest or smallest elements, in order, by counting for every element how many come before it. */

import { Op } from "../../machine/opcodes.ts";
import type { NestForm, Value } from "../graph/ir.ts";
import type { Rule } from "../graph/rule.ts";
import { type DataType, isFloat } from "../host/tensor.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";
import { NUMBERS, requireType } from "./types.ts";

/** Integers that are ordered as the elements are: NaN beyond infinity, both zeros the same. */
function keyRule(isLargestFirst: boolean): Rule {
  return {
    emit: (t, [x], [type]) => {
      let key = x!;
      if (isFloat(type)) {
        const bits = t.add(x!, t.f32(0));
        const flips = t.op(Op.i32And, t.op(Op.i32ShrS, bits, t.i32(31)), t.i32(0x7fffffff));
        key = t.op(Op.i32Xor, bits, flips);
      }
      return isLargestFirst ? t.op(Op.i32Xor, key, t.i32(-1)) : key;
    },
  };
}

function translateTopK(ctx: OperatorContext): readonly Value[] {
  const value = requireType(ctx, ctx.input(0), NUMBERS);
  const { graph } = ctx;
  const { dims } = value;
  const axis = ctx.axis(ctx.int("axis", -1), dims.length);
  const count = ctx.opset >= 10 ? ctx.numbers(1, "k")[0] : ctx.int("k");
  const extent = dims[axis]!;
  if (count === undefined || count < 1 || count > extent)
    throw ctx.mismatch(`the first ${count} of ${extent} elements`);
  const keys = graph.node(graph.pointwise(keyRule(ctx.flag("largest", true)), [value], "int32"));
  const at = (d: number, along: NestForm): NestForm => (d === axis ? along : { out: [[d, 1]] });
  const places = graph.iota([extent]);
  const inner: NestForm = { reduced: [[0, 1]] };
  const outer: NestForm = { out: [[axis, 1]] };

  const ranks = graph.nest({
    ...{ type: "int32" as const, dims, reduction: [extent], fold: "i32.add" as const, init: 0 },
    operands: [
      { source: keys, coordinates: dims.map((_, d) => at(d, inner)) },
      { source: keys, coordinates: dims.map((_, d) => at(d, outer)) },
      { source: places, coordinates: [inner] },
      { source: places, coordinates: [outer] },
    ],
    body: (t, [other, own, j, i]) => {
      const isBefore = t.op(Op.i32And, t.op(Op.i32Eq, other!, own!), t.op(Op.i32LtS, j!, i!));
      return t.op(Op.i32Or, t.op(Op.i32LtS, other!, own!), isBefore);
    },
  });
  // Exactly one element has each rank, so that adding the bits of all others as zeros gives its own.
  const picked = (source: Value, type: DataType, coordinates: readonly NestForm[]): Value =>
    graph.nest({
      ...{
        type,
        dims: dims.map((dim, d) => (d === axis ? count : dim)),
        reduction: [extent],
        fold: "i32.add",
        init: 0,
      },
      operands: [
        { source: ranks, coordinates: dims.map((_, d) => at(d, inner)) },
        { source: graph.iota([count]), coordinates: [outer] },
        { source, coordinates },
      ],
      body: (t, [rank, place, x]) => t.select(t.op(Op.i32Eq, rank!, place!), x!, t.bits(0)),
    });
  return [
    picked(
      value,
      value.type as DataType,
      dims.map((_, d) => at(d, inner)),
    ),
    picked(places, "int64", [inner]),
  ];
}

export const SORTS: OperatorTable = {
  TopK: { attributes: ["axis", "k", "largest", "sorted"], translate: translateTopK },
};
