/** What the operators of ai.onnx.ml have in common: rows of features, of any type of number, that are computed with as floats. */

import type { Value } from "../../graph/ir.ts";
import { reshape } from "../../graph/movement.ts";
import type { OperatorContext } from "../context.ts";
import { cast } from "../shape.ts";
import { NUMBERS, requireType } from "../types.ts";

/** An input as floats. */
export function floatInput(ctx: OperatorContext, index = 0): Value {
  return cast(ctx, requireType(ctx, ctx.input(index), NUMBERS), "float32");
}

/** The first input as rows of floats, [count, features]; a vector is one row. */
export function rowsInput(ctx: OperatorContext): Value {
  const value = floatInput(ctx);
  const { dims } = value;
  if (dims.length === 1) return reshape(ctx.graph, value, [1, ...dims]);
  if (dims.length !== 2) throw ctx.mismatch(`[${dims.join(", ")}] where rows of features are taken`);
  return value;
}

/** A list of floats that the node must have. */
export function requiredFloats(ctx: OperatorContext, name: string): readonly number[] {
  const list = ctx.floats(name) ?? [];
  if (list.length === 0) throw ctx.malformed(`attribute ${name} is missing`);
  return list;
}

/** Integers by which classes or categories are called. Texts, which the machine does not have, are refused. */
export function integerNames(ctx: OperatorContext, ints: string, strings: string): readonly number[] {
  const texts = ctx.strings(strings) ?? [];
  if (texts.length > 0) throw ctx.unsupported(strings, texts, `integers, in ${ints}`);
  return ctx.ints(ints) ?? [];
}
