/** Conditions and loops that are decided while compiling: the chosen branch, or every iteration, becomes part of the graph. */

import { OnnxLimitError } from "../errors.ts";
import type { Item, Value } from "../graph/ir.ts";
import { concat, reshape, slice } from "../graph/movement.ts";
import { range } from "../host/movement.ts";
import { hostTensor, int64Scalar } from "../host/tensor.ts";
import { LIMITS } from "../limits.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";

function translateIf(ctx: OperatorContext): readonly Item[] {
  const condition = ctx.numbers(0, "condition")[0];
  return ctx.subgraphs.translate(ctx.subgraph(condition ? "then_branch" : "else_branch"), []);
}

function translateLoop(ctx: OperatorContext): readonly Item[] {
  const body = ctx.subgraph("body");
  const trips = ctx.optional(0) === undefined ? Number.POSITIVE_INFINITY : ctx.numbers(0, "trip count")[0]!;
  let goesOn = ctx.optional(1) === undefined ? true : ctx.numbers(1, "condition")[0] !== 0;
  let carried: readonly Item[] = ctx.inputs.slice(2).map((_, i) => ctx.item(i + 2));
  const scanned: Value[][] = body.outputs.slice(1 + carried.length).map(() => []);
  for (let i = 0; goesOn && i < trips; i++) {
    if (i >= LIMITS.loopIterations)
      throw new OnnxLimitError("Iterations of a loop", i + 1, LIMITS.loopIterations, { at: ctx.at });
    const inputs = [int64Scalar(i), hostTensor("bool", [], Uint8Array.of(1)), ...carried];
    const [condition, ...results] = ctx.subgraphs.translate(body, inputs);
    if (condition === undefined || results.length < carried.length)
      throw ctx.malformed("its body has too few outputs");
    const going = ctx.tensorOf(condition, "its body's condition");
    if (going.kind !== "host") throw ctx.dataDependent("body's condition", going);
    goesOn = Number(going.data[0]) !== 0;
    carried = results.slice(0, carried.length);
    for (const [j, item] of results.slice(carried.length).entries()) {
      const value = ctx.tensorOf(item, `output ${carried.length + j} of its body`);
      scanned[j]!.push(reshape(ctx.graph, value, [1, ...value.dims]));
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
