/** Sums of products by a formula. */

import { Op } from "../../machine/opcodes.ts";
import type { NestForm, Value } from "../graph/ir.ts";
import { range } from "../host/movement.ts";
import { type DataType, isFloat } from "../host/tensor.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";
import { NUMBERS, requireSameType, requireType } from "./types.ts";

/** Labels of the dimensions of each input, and of the result. A dimension of an ellipsis is labelled by its place from the end. */
interface Formula {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
}

function parse(ctx: OperatorContext, equation: string, ranks: readonly number[]): Formula {
  const [left = "", right] = equation.replaceAll(" ", "").split("->");
  const terms = left.split(",");
  if (terms.length !== ranks.length || !/^[A-Za-z.,]*(->[A-Za-z.]*)?$/.test(equation.replaceAll(" ", ""))) {
    throw ctx.unsupported("equation", equation, `letters and "..." for ${ranks.length} inputs`);
  }
  let most = 0;
  const label = (term: string, rank: number): string[] => {
    const [before = "", after] = term.split("...");
    if (after === undefined) return [...before];
    const open = rank - before.length - after.length;
    if (open < 0) throw ctx.mismatch(`"${term}" for ${rank} dimensions`);
    most = Math.max(most, open);
    return [...before, ...range(open).map((i) => `.${open - i}`), ...after];
  };
  const inputs = terms.map((term, i) => label(term, ranks[i]!));
  const dots = range(most).map((i) => `.${most - i}`);
  if (right !== undefined) {
    const [before = "", after] = right.split("...");
    return { inputs, output: after === undefined ? [...before] : [...before, ...dots, ...after] };
  }
  // Without a right side: what stands once, in alphabetical order.
  const all = inputs.flat();
  const once = [...new Set(all)].filter(
    (item) => !item.startsWith(".") && all.indexOf(item) === all.lastIndexOf(item),
  );
  return { inputs, output: [...dots, ...once.sort()] };
}

function translateEinsum(ctx: OperatorContext): Value {
  const values = ctx.all().map((value) => requireType(ctx, value, NUMBERS));
  const type = requireSameType(ctx, values) as DataType;
  const equation = ctx.string("equation", "");
  const { inputs, output } = parse(
    ctx,
    equation,
    values.map(({ dims }) => dims.length),
  );
  const sizes = new Map<string, number>();
  for (const [i, labels] of inputs.entries()) {
    const { dims } = values[i]!;
    if (labels.length !== dims.length) throw ctx.mismatch(`"${equation}" for an input [${dims.join(", ")}]`);
    for (const [d, name] of labels.entries()) {
      const known = sizes.get(name) ?? 1;
      if (known !== 1 && dims[d] !== 1 && dims[d] !== known)
        throw ctx.mismatch(`"${equation}": ${name} is ${known} and ${dims[d]}`);
      sizes.set(name, Math.max(known, dims[d]!));
    }
  }
  if (output.some((name) => !sizes.has(name)) || new Set(output).size < output.length) {
    throw ctx.unsupported("equation", equation, "a right side with labels of the left side, each once");
  }
  const summed = [...sizes.keys()].filter((name) => !output.includes(name));
  const form = (name: string, dim: number): NestForm => {
    if (dim === 1) return {};
    const place = output.indexOf(name);
    return place >= 0 ? { out: [[place, 1]] } : { reduced: [[summed.indexOf(name), 1]] };
  };
  const multiply = isFloat(type) ? Op.f32Mul : Op.i32Mul;
  return ctx.graph.nest({
    type,
    dims: output.map((name) => sizes.get(name)!),
    reduction: summed.map((name) => sizes.get(name)!),
    fold: isFloat(type) ? "f32.add" : "i32.add",
    init: 0,
    operands: values.map((source, i) => ({
      source,
      coordinates: inputs[i]!.map((name, d) => form(name, source.dims[d]!)),
    })),
    body: (t, args) => args.reduce((product, arg) => t.op(multiply, product, arg)),
  });
}

export const SUMS: OperatorTable = {
  Einsum: { since: 12, attributes: ["equation"], translate: translateEinsum },
};
