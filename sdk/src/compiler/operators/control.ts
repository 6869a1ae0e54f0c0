/** Conditions and loops that are decided while compiling: the chosen branch, or every iteration, becomes part of the graph. */

import { OnnxDataDependentError, OnnxLimitError } from "../errors.ts";
import type { Value } from "../graph/ir.ts";
import { concat, reshape } from "../graph/movement.ts";
import { hostTensor, int64Scalar } from "../host/tensor.ts";
import { LIMITS } from "../limits.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";

function translateIf(ctx: OperatorContext): readonly Value[] {
  const condition = ctx.numbers(0, "condition")[0];
  return ctx.subgraphs.translate(ctx.subgraph(condition ? "then_branch" : "else_branch"), []);
}

function translateLoop(ctx: OperatorContext): readonly Value[] {
  const body = ctx.subgraph("body");
  const trips = ctx.optional(0) === undefined ? Number.POSITIVE_INFINITY : ctx.numbers(0, "trip count")[0]!;
  let goesOn = ctx.optional(1) === undefined ? true : ctx.numbers(1, "condition")[0] !== 0;
  let carried = ctx.inputs.slice(2).map((_, i) => ctx.input(i + 2));
  const scanned: Value[][] = body.outputs.slice(1 + carried.length).map(() => []);
  for (let i = 0; goesOn && i < trips; i++) {
    if (i >= LIMITS.loopIterations) throw new OnnxLimitError("Iterations of a loop", i + 1, LIMITS.loopIterations, { at: ctx.at });
    const going = hostTensor("bool", [], Uint8Array.of(1));
    const [condition, ...results] = ctx.subgraphs.translate(body, [int64Scalar(i), going, ...carried]);
    if (condition === undefined || results.length < carried.length) throw ctx.malformed("its body has too few outputs");
    if (condition.kind !== "host") throw new OnnxDataDependentError("The condition of its body", { at: ctx.at });
    goesOn = Number(condition.data[0]) !== 0;
    carried = results.slice(0, carried.length);
    for (const [j, item] of results.slice(carried.length).entries()) {
      scanned[j]!.push(reshape(ctx.graph, item, [1, ...item.dims]));
    }
  }
  return [...carried, ...stacked(ctx, scanned)];
}

/** The values of all iterations along a new first dimension. */
function stacked(ctx: OperatorContext, lists: readonly (readonly Value[])[]): readonly Value[] {
  return lists.map((list) => {
    if (list.length === 0) throw ctx.mismatch("a loop of no iterations gives a tensor without elements");
    return concat(ctx.graph, list, 0);
  });
}

export const CONTROLS: OperatorTable = {
  If: { attributes: ["then_branch", "else_branch"], translate: translateIf },
  Loop: { attributes: ["body"], translate: translateLoop },
};
