/** Sequences of tensors. They exist while compiling only: what is taken out of one is known, whatever the tensors hold. */

import type { Item, Sequence, Value } from "../graph/ir.ts";
import { concat, reshape, split } from "../graph/movement.ts";
import { range } from "../host/movement.ts";
import { int64Scalar } from "../host/tensor.ts";
import { LIMITS } from "../limits.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";
import { sizes } from "./shape.ts";

function sequence(ctx: OperatorContext, items: readonly Value[]): Sequence {
  if (items.some(({ type }) => type !== items[0]?.type))
    throw ctx.malformed("its tensors are of different types");
  return { kind: "sequence", items };
}

/** A place in a sequence, counted from the front; `length` more than the last may be meant. */
function place(ctx: OperatorContext, input: number, length: number, fallback: number): number {
  const stated = ctx.optionalNumbers(input, "position")?.[0] ?? fallback;
  const result = stated < 0 ? stated + length : stated;
  if (result >= 0 && result <= fallback) return result;
  throw ctx.mismatch(`position ${stated} in a sequence of ${length}`);
}

function translateAt(ctx: OperatorContext): Value {
  const items = ctx.sequence(0);
  ctx.input(1);
  return items[place(ctx, 1, items.length, items.length - 1)]!;
}

function translateInsert(ctx: OperatorContext): Sequence {
  const items = ctx.sequence(0);
  ctx.graph.checkList(items.length + 1);
  return sequence(ctx, items.toSpliced(place(ctx, 2, items.length, items.length), 0, ctx.input(1)));
}

function translateErase(ctx: OperatorContext): Sequence {
  const items = ctx.sequence(0);
  if (items.length === 0) throw ctx.mismatch("the sequence is empty");
  return sequence(ctx, items.toSpliced(place(ctx, 1, items.length, items.length - 1), 1));
}

function translateSplit(ctx: OperatorContext): Sequence {
  const value = ctx.input(0);
  const axis = ctx.axis(ctx.int("axis", 0), value.dims.length);
  const extent = value.dims[axis]!;
  const given = ctx.optional(1);
  const stated = given === undefined ? [1] : ctx.numbers(1, "split");
  const isSize = given === undefined || given.dims.length === 0;
  if (isSize && !(stated[0]! >= 1)) throw ctx.mismatch(`parts of ${stated[0]} elements`);
  const lengths = isSize
    ? range(Math.ceil(extent / stated[0]!)).map((i) => Math.min(stated[0]!, extent - i * stated[0]!))
    : sizes(ctx, stated);
  if (lengths.reduce((sum, length) => sum + length, 0) !== extent)
    throw ctx.mismatch(`parts [${lengths.join(", ")}] of ${extent} elements`);
  const parts = split(ctx.graph, value, axis, lengths);
  if (given !== undefined || ctx.flag("keepdims", true)) return sequence(ctx, parts);
  const dims = value.dims.filter((_, d) => d !== axis);
  return sequence(
    ctx,
    parts.map((part) => reshape(ctx.graph, part, dims)),
  );
}

function translateConcat(ctx: OperatorContext): Value {
  const items = ctx.sequence(0);
  const isNew = ctx.flag("new_axis", false);
  const stated = ctx.int("axis");
  if (stated === undefined || items.length === 0)
    throw ctx.malformed("it has no axis, or nothing to concatenate");
  const axis = ctx.axis(stated, items[0]!.dims.length + Number(isNew));
  const parts = isNew
    ? items.map((item) => reshape(ctx.graph, item, item.dims.toSpliced(axis, 0, 1)))
    : items;
  return concat(ctx.graph, parts, axis);
}

/** The body for every tensor of the first sequence, and those of the others at the same place; tensors are the same for all. */
function translateMap(ctx: OperatorContext): readonly Item[] {
  const body = ctx.subgraph("body");
  const count = ctx.sequence(0).length;
  const inputs = ctx.inputs.map((_, i) => ctx.item(i));
  if (inputs.some((item) => item.kind === "sequence" && item.items.length !== count))
    throw ctx.mismatch("the sequences have different lengths");
  if (count > LIMITS.loopIterations)
    throw ctx.mismatch(`a sequence of more than ${LIMITS.loopIterations} tensors`);
  const results = range(count).map((i) => {
    const own = inputs.map((item) => (item.kind === "sequence" ? item.items[i]! : item));
    return ctx.subgraphs.translate(body, own).map((item, j) => ctx.tensorOf(item, `output ${j} of its body`));
  });
  return body.outputs.map((_, j) =>
    sequence(
      ctx,
      results.map((list) => list[j]!),
    ),
  );
}

const since = 11;

export const SEQUENCES: OperatorTable = {
  SequenceConstruct: { since, translate: (ctx) => sequence(ctx, ctx.all()) },
  SequenceEmpty: { since, attributes: ["dtype"], translate: () => ({ kind: "sequence", items: [] }) },
  SequenceAt: { since, translate: translateAt },
  SequenceInsert: { since, translate: translateInsert },
  SequenceErase: { since, translate: translateErase },
  SequenceLength: { since, translate: (ctx) => int64Scalar(ctx.sequence(0).length) },
  SequenceMap: { since: 17, attributes: ["body"], translate: translateMap },
  SplitToSequence: { since, attributes: ["axis", "keepdims"], translate: translateSplit },
  ConcatFromSequence: { since, attributes: ["axis", "new_axis"], translate: translateConcat },
};
