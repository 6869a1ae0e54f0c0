/**
 * Conditions and loops. What is decided while compiling is part of the graph alone: the chosen branch, every iteration. Where the request decides,
 * both branches are computed, or every iteration that there may be, and then chosen from, so all must give tensors of the same types and shapes.
 */

import { CompilerError, OnnxLimitError } from "../errors.ts";
import type { Item, Value } from "../graph/ir.ts";
import { concat, reshape, slice } from "../graph/movement.ts";
import { range } from "../host/movement.ts";
import { hostTensor, int64Scalar } from "../host/tensor.ts";
import { LIMITS } from "../limits.ts";
import { AND, SELECT } from "./arithmetic.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";
import { requireType } from "./types.ts";

function translateIf(ctx: OperatorContext): readonly Item[] {
  const condition = ctx.input(0);
  const branch = (name: string): readonly Item[] => ctx.subgraphs.translate(ctx.subgraph(name), []);
  if (condition.kind === "host")
    return branch(ctx.numbers(0, "condition")[0] ? "then_branch" : "else_branch");
  const [taken, other] = bothOf(ctx, condition, branch);
  if (taken.length !== other.length)
    throw ctx.malformed(`its branches have ${taken.length} and ${other.length} outputs`);
  return taken.map((item, i) => choose(ctx, condition, item, other[i]!));
}

/** Where only one branch can be translated, as for one size of an input, the condition had better be known. */
function bothOf(
  ctx: OperatorContext,
  condition: Value,
  branch: (name: string) => readonly Item[],
): readonly [readonly Item[], readonly Item[]] {
  try {
    return [branch("then_branch"), branch("else_branch")];
  } catch (error) {
    if (CompilerError.is(error) && error.code === "ONNX_SHAPE_MISMATCH")
      throw ctx.dataDependent("condition", condition, error);
    throw error;
  }
}

/** One of two values, elements of a size and type, by a truth value of the request. */
function choose(ctx: OperatorContext, condition: Value, taken: Item, other: Item): Item {
  if (taken === other) return taken;
  if (taken.kind === "sequence" || other.kind === "sequence") {
    const others = other.kind === "sequence" ? other.items : undefined;
    if (taken.kind !== "sequence" || taken.items.length !== others?.length)
      throw ctx.dataDependent("condition", condition);
    const items = taken.items.map((item, i) =>
      ctx.tensorOf(choose(ctx, condition, item, others[i]!), "an item"),
    );
    return { kind: "sequence", items };
  }
  if (taken.type !== other.type || taken.dims.join() !== other.dims.join()) {
    const [own, others] = [taken, other].map(({ type, dims }) => `${type}[${dims.join(", ")}]`);
    throw ctx.dataDependent(`condition, which decides between ${own} and ${others},`, condition);
  }
  return ctx.graph.pointwise(SELECT, [scalarOf(ctx, condition), taken, other], taken.type);
}

function scalarOf(ctx: OperatorContext, condition: Value): Value {
  return reshape(ctx.graph, requireType(ctx, condition, ["bool"]), []);
}

function translateLoop(ctx: OperatorContext): readonly Item[] {
  const body = ctx.subgraph("body");
  const trips = ctx.optional(0) === undefined ? Number.POSITIVE_INFINITY : ctx.numbers(0, "trip count")[0]!;
  const yes = hostTensor("bool", [], Uint8Array.of(1));
  let going = ctx.optional(1) ?? yes;
  let carried: readonly Item[] = ctx.inputs.slice(2).map((_, i) => ctx.item(i + 2));
  const scanned: Value[][] = body.outputs.slice(1 + carried.length).map(() => []);
  for (let i = 0; i < trips; i++) {
    if (going.kind === "host" && Number(going.data[0]) === 0) break;
    // Without a bound nobody knows how many iterations to compute, and how many there are is the length of what they give.
    if (going.kind !== "host" && (trips === Number.POSITIVE_INFINITY || scanned.length > 0))
      throw ctx.dataDependent(i === 0 ? "condition" : "body's condition", going);
    if (i >= LIMITS.loopIterations)
      throw new OnnxLimitError("Iterations of a loop", i + 1, LIMITS.loopIterations, { at: ctx.at });
    const [next, ...results] = ctx.subgraphs.translate(body, [int64Scalar(i), yes, ...carried]);
    if (next === undefined || results.length < carried.length)
      throw ctx.malformed("its body has too few outputs");
    const before = carried;
    carried = results.slice(0, before.length);
    for (const [j, item] of results.slice(before.length).entries()) {
      const value = ctx.tensorOf(item, `output ${before.length + j} of its body`);
      scanned[j]!.push(reshape(ctx.graph, value, [1, ...value.dims]));
    }
    const goesOn = ctx.tensorOf(next, "its body's condition");
    if (going.kind === "host") going = goesOn;
    else {
      const condition = going;
      carried = carried.map((item, j) => choose(ctx, condition, item, before[j]!));
      going = ctx.graph.pointwise(
        AND,
        [condition, goesOn].map((item) => scalarOf(ctx, item)),
        "bool",
      );
    }
  }
  return [...carried, ...stacked(ctx, scanned)];
}

/** A loop over the slices of its inputs. */
function translateScan(ctx: OperatorContext): readonly Value[] {
  const body = ctx.subgraph("body");
  const count = ctx.int("num_scan_inputs") ?? 0;
  const states = ctx.inputs.length - count;
  const { graph } = ctx;
  const listed = (name: string, length: number): readonly number[] =>
    ctx.ints(name) ?? new Array<number>(length).fill(0);
  const outputs = body.outputs.length - states;
  if (count < 1 || states < 0 || outputs < 0)
    throw ctx.malformed(`${count} inputs to scan of ${ctx.inputs.length}`);
  const isReversed = listed("scan_input_directions", count);
  const isPrepended = listed("scan_output_directions", outputs);
  const outputAxes = listed("scan_output_axes", outputs);
  const scanned = range(count).map((i) => {
    const value = ctx.input(states + i);
    const axis = ctx.axis(listed("scan_input_axes", count)[i] ?? 0, value.dims.length);
    return { value, axis, extent: value.dims[axis]! };
  });
  const trips = scanned[0]!.extent;
  if (scanned.some(({ extent }) => extent !== trips))
    throw ctx.mismatch("the inputs to scan have different lengths");
  if (trips > LIMITS.loopIterations) {
    throw new OnnxLimitError("Iterations of a loop", trips, LIMITS.loopIterations, { at: ctx.at });
  }
  let carried = range(states).map((i) => ctx.input(i));
  const lists: Value[][] = range(outputs).map(() => []);
  for (let trip = 0; trip < trips; trip++) {
    const slices = scanned.map(({ value, axis }, i) => {
      const start = isReversed[i] === 1 ? trips - 1 - trip : trip;
      const part = slice(graph, value, new Map([[axis, { start, step: 1, count: 1 }]]));
      return reshape(
        graph,
        part,
        value.dims.filter((_, d) => d !== axis),
      );
    });
    const results = ctx.subgraphs
      .translate(body, [...carried, ...slices])
      .map((item, i) => ctx.tensorOf(item, `output ${i} of its body`));
    carried = results.slice(0, states);
    for (const [i, item] of results.slice(states).entries()) lists[i]!.push(item);
  }
  const stacks = lists.map((list, i) => {
    const axis = ctx.axis(outputAxes[i] ?? 0, list[0]!.dims.length + 1);
    const ordered = isPrepended[i] === 1 ? list.toReversed() : list;
    return concat(
      graph,
      ordered.map((item) => reshape(graph, item, item.dims.toSpliced(axis, 0, 1))),
      axis,
    );
  });
  return [...carried, ...stacks];
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
  Scan: {
    since: 9,
    attributes: [
      ...["body", "num_scan_inputs", "scan_input_axes", "scan_input_directions"],
      ...["scan_output_axes", "scan_output_directions"],
    ],
    translate: translateScan,
  },
  Loop: { attributes: ["body"], translate: translateLoop },
};
