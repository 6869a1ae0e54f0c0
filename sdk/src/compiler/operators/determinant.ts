/** Determinants, by elimination with the largest pivot of each column. */

import { Op } from "../../machine/opcodes.ts";
import type { Value } from "../graph/ir.ts";
import { type Cut, expand, reshape, slice } from "../graph/movement.ts";
import type { Rule } from "../graph/rule.ts";
import { range } from "../host/movement.ts";
import { elementCount, int64Vector } from "../host/tensor.ts";
import { MUL, SELECT } from "./arithmetic.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";
import { firstPlace } from "./reduce.ts";
import { pickAlong } from "./scatter.ts";
import { FLOATS, requireType } from "./types.ts";

const ABSOLUTE: Rule = { emit: (t, [x]) => t.op(Op.f32Abs, x!) };
const EQUAL: Rule = { emit: (t, [a, b]) => t.op(Op.i32Eq, a!, b!) };

/** What is left of a row: itself less a multiple of the pivot's row. A column of zeros is left as it is, its pivot making the product zero. */
const ELIMINATE: Rule = {
  emit: (t, [element, first, above, pivot]) => {
    const factor = t.select(t.op(Op.f32Eq, pivot!, t.f32(0)), t.f32(0), t.div(first!, pivot!));
    return t.sub(element!, t.mul(factor, above!));
  },
};

/** The pivot, negative where another row than the first one has it and takes its place. */
const SIGNED: Rule = { emit: (t, [pivot, place]) => t.select(place!, t.op(Op.f32Neg, pivot!), pivot!) };

function translateDet(ctx: OperatorContext): Value {
  const value = requireType(ctx, ctx.input(0), FLOATS);
  const { graph } = ctx;
  const batch = value.dims.slice(0, -2);
  const [rows = 0, columns = 0] = value.dims.slice(-2);
  if (value.dims.length < 2 || rows !== columns || rows < 1)
    throw ctx.mismatch(`the determinant of [${value.dims.join(", ")}], which are no square matrices`);
  graph.unroll(rows);
  let matrix = reshape(graph, value, [elementCount(batch), rows, rows]);
  const pivots: Value[] = [];
  for (let size = rows; size > 1; size--) {
    const part = (from: Value, ...cuts: readonly (readonly [axis: number, start: number, count: number])[]) =>
      slice(
        graph,
        from,
        new Map(cuts.map(([axis, start, count]): [number, Cut] => [axis, { start, step: 1, count }])),
      );
    const column = graph.pointwise(ABSOLUTE, [part(matrix, [2, 0, 1])], "float32");
    const place = firstPlace(graph, column, 1);
    const top = pickAlong(ctx, matrix, expand(graph, place, [elementCount(batch), 1, size]), 1);
    const pivot = part(top, [2, 0, 1]);
    const others = reshape(graph, int64Vector(range(size - 1, 1)), [1, size - 1, 1]);
    const isMoved = graph.pointwise(EQUAL, [others, place], "bool");
    const moved = [isMoved, part(matrix, [1, 0, 1]), part(matrix, [1, 1, size - 1])];
    const rest = graph.pointwise(SELECT, moved, "float32");
    const terms = [part(rest, [2, 1, size - 1]), part(rest, [2, 0, 1]), part(top, [2, 1, size - 1]), pivot];
    matrix = graph.pointwise(ELIMINATE, terms, "float32");
    pivots.push(graph.pointwise(SIGNED, [pivot, place], "float32"));
  }
  const product = pivots.reduceRight((last, pivot) => graph.pointwise(MUL, [pivot, last], "float32"), matrix);
  return reshape(graph, product, batch);
}

export const DETERMINANTS: OperatorTable = { Det: { since: 11, translate: translateDet } };
