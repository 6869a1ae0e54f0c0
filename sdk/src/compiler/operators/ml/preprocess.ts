/** Scaling, filling in and encoding of features, as scikit-learn's transformers are exported. */

import { Op } from "../../../machine/opcodes.ts";
import type { Value } from "../../graph/ir.ts";
import { concat, gather, pad, reshape } from "../../graph/movement.ts";
import type { Rule } from "../../graph/rule.ts";
import { range } from "../../host/movement.ts";
import { type DataType, floatTensor, int64Vector, toNumbers } from "../../host/tensor.ts";
import { indicesOf, named, type OperatorContext, type OperatorTable } from "../context.ts";
import { maximum, reduce } from "../reduce.ts";
import { cast } from "../shape.ts";
import { NUMBERS, requireType } from "../types.ts";
import { floatInput, integerNames, requiredFloats } from "./rows.ts";

/** A list with one number for every feature, or one for all. */
function perFeature(ctx: OperatorContext, name: string, list: readonly number[], value: Value): Value {
  const features = value.dims.at(-1) ?? 1;
  if (list.length !== 1 && (list.length !== features || value.dims.length > 2))
    throw ctx.mismatch(`${list.length} numbers in ${name} for [${value.dims.join(", ")}]`);
  return floatTensor([list.length], list);
}

function translateScaler(ctx: OperatorContext): Value {
  const value = floatInput(ctx);
  const list = (name: string): Value => perFeature(ctx, name, requiredFloats(ctx, name), value);
  const emit: Rule["emit"] = (t, [x, offset, scale]) => t.mul(t.sub(x!, offset!), scale!);
  return ctx.graph.pointwise({ emit }, [value, list("offset"), list("scale")], "float32");
}

/** Rows that have nothing to be divided by stay as they are. */
const OR_ITSELF =
  (divide: Rule["emit"]): Rule["emit"] =>
  (t, args, types) =>
    t.select(t.op(Op.f32Eq, args[1]!, t.f32(0)), args[0]!, divide(t, args, types));

const QUOTIENT = OR_ITSELF((t, [x, by]) => t.div(x!, by!));
const ROOT_QUOTIENT = OR_ITSELF((t, [x, by]) => {
  const root = t.op(Op.f32Sqrt, t.div(t.mul(x!, x!), by!));
  return t.select(t.op(Op.f32Lt, x!, t.f32(0)), t.op(Op.f32Neg, root), root);
});

function translateNormalizer(ctx: OperatorContext): Value {
  const { graph } = ctx;
  const value = floatInput(ctx);
  const last = value.dims.length - 1;
  if (last !== 0 && last !== 1) throw ctx.mismatch(`[${value.dims.join(", ")}] where rows are taken`);
  const norm = ctx.string("norm", "MAX");
  const bodies = named(
    {
      MAX: () => maximum(graph, value, [last], true),
      L1: () =>
        reduce(graph, value, [last], true, { fold: "f32.add", init: 0, body: (t, x) => t.op(Op.f32Abs, x) }),
      L2: () => reduce(graph, value, [last], true, { fold: "f32.add", init: 0, body: (t, x) => t.mul(x, x) }),
    },
    norm,
  );
  if (bodies === undefined) throw ctx.unsupported("norm", norm, "MAX, L1, L2");
  return graph.pointwise({ emit: norm === "L2" ? ROOT_QUOTIENT : QUOTIENT }, [value, bodies()], "float32");
}

function translateBinarizer(ctx: OperatorContext): Value {
  const threshold = ctx.float("threshold", 0);
  const emit: Rule["emit"] = (t, [x]) => t.select(t.op(Op.f32Gt, x!, t.f32(threshold)), t.f32(1), t.f32(0));
  return ctx.graph.pointwise({ emit }, [floatInput(ctx)], "float32");
}

/** Replaces one value, which may be NaN. */
function translateImputer(ctx: OperatorContext): Value {
  const value = requireType(ctx, ctx.input(0), ["float32", "int32", "int64"]);
  const isReal = value.type === "float32";
  const name = isReal ? "imputed_value_floats" : "imputed_value_int64s";
  const list = (isReal ? ctx.floats(name) : ctx.ints(name)) ?? [];
  if (list.length === 0) throw ctx.malformed(`attribute ${name} is missing`);
  const floats = perFeature(ctx, name, list, value);
  const filling = isReal ? floats : cast(ctx, int64Vector(list), value.type);
  const replaced = isReal ? ctx.float("replaced_value_float", 0) : ctx.int("replaced_value_int64", 0);
  const emit: Rule["emit"] = (t, [x, other]) => {
    const isReplaced = !isReal
      ? t.op(Op.i32Eq, x!, t.i32(replaced))
      : Number.isNaN(replaced)
        ? t.op(Op.f32Ne, x!, x!)
        : t.op(Op.f32Eq, x!, t.f32(replaced));
    return t.select(isReplaced, other!, x!);
  };
  return ctx.graph.pointwise({ emit }, [value, filling], value.type);
}

function translateArrayFeatureExtractor(ctx: OperatorContext): Value {
  const { graph } = ctx;
  const value = ctx.input(0);
  const rows = value.dims.length === 1 ? reshape(graph, value, [1, ...value.dims]) : value;
  const index = indicesOf(ctx, 1);
  const last = rows.dims.length - 1;
  if (last < 1 || index.dims.slice(0, -1).some((dim) => dim !== 1))
    throw ctx.mismatch(`indices [${index.dims.join(", ")}] into [${value.dims.join(", ")}]`);
  if (index.kind === "host" && toNumbers(index).some((place) => place < 0))
    throw ctx.mismatch("a negative index");
  return gather(graph, rows, reshape(graph, index, [index.dims.at(-1) ?? 1]), last);
}

/** Joins features, of every input so many as the node says: what an input has not is zero. */
function translateFeatureVectorizer(ctx: OperatorContext): Value {
  const counts = ctx.ints("inputdimensions") ?? [];
  if (counts.length !== ctx.inputs.length)
    throw ctx.mismatch(`${counts.length} inputdimensions for ${ctx.inputs.length} inputs`);
  const parts = counts.map((count, i) => {
    const value = floatInput(ctx, i);
    if (value.dims.length !== 2 || count < 1)
      throw ctx.mismatch(`${count} features of [${value.dims.join(", ")}]`);
    return pad(ctx.graph, value, [0, 0], [0, count - value.dims[1]!], 0);
  });
  return concat(ctx.graph, parts, 1);
}

/** A new last dimension with 1 at the place of the element among the categories; all zeros if it is none of them. */
function translateOneHotEncoder(ctx: OperatorContext): Value {
  const categories = integerNames(ctx, "cats_int64s", "cats_strings");
  if (categories.length === 0) throw ctx.malformed("it has no categories");
  const given = requireType(ctx, ctx.input(0), NUMBERS);
  const value = cast(ctx, given, "int64");
  const emit: Rule["emit"] = (t, [x, category]) =>
    t.select(t.op(Op.i32Eq, x!, category!), t.f32(1), t.f32(0));
  const apart = reshape(ctx.graph, value, [...value.dims, 1]);
  return ctx.graph.pointwise({ emit }, [apart, int64Vector(categories)], "float32");
}

/** Keys and values of a node, of whichever of the types that numbers have. */
function numbersOf(ctx: OperatorContext, part: "keys" | "values"): readonly [DataType, readonly number[]] {
  const texts = ctx.strings(`${part}_strings`) ?? [];
  if (texts.length > 0) throw ctx.unsupported(`${part}_strings`, texts, "integers and floats");
  const floats = ctx.floats(`${part}_floats`);
  if (floats !== undefined) return ["float32", floats];
  const ints = ctx.ints(`${part}_int64s`) ?? [];
  if (ints.length === 0) throw ctx.malformed(`it has no ${part}`);
  return ["int64", ints];
}

/** Looks every element up among the keys: the value of the first one that is it, or the default. */
function translateLabelEncoder(ctx: OperatorContext): Value {
  const { graph } = ctx;
  const [from, keys] = numbersOf(ctx, "keys");
  const [to, values] = numbersOf(ctx, "values");
  if (keys.length !== values.length) throw ctx.mismatch(`${keys.length} keys for ${values.length} values`);
  const value = requireType(ctx, ctx.input(0), [from]);
  const count = keys.length;
  graph.checkList(count);
  const place = graph.nest({
    ...{ type: "int64", dims: value.dims, reduction: [count], fold: "i32.min_s", init: count },
    operands: [
      { source: value, coordinates: value.dims.map((_, d) => ({ out: [[d, 1]] })) },
      {
        source: from === "float32" ? floatTensor([count], keys) : int64Vector(keys),
        coordinates: [{ reduced: [[0, 1]] }],
      },
      { source: int64Vector(range(count)), coordinates: [{ reduced: [[0, 1]] }] },
    ],
    body: (t, [x, key, i]) => {
      const areNaN = (): number => t.op(Op.i32And, t.op(Op.f32Ne, x!, x!), t.op(Op.f32Ne, key!, key!));
      const isKey =
        from === "float32" ? t.op(Op.i32Or, t.op(Op.f32Eq, x!, key!), areNaN()) : t.op(Op.i32Eq, x!, key!);
      return t.select(isKey, i!, t.i32(count));
    },
  });
  const missing = to === "float32" ? ctx.float("default_float", 0) : ctx.int("default_int64", -1);
  const all = [...values, missing];
  return gather(graph, to === "float32" ? floatTensor([count + 1], all) : int64Vector(all), place, 0);
}

export const PREPROCESSORS: OperatorTable = {
  ArrayFeatureExtractor: { since: 1, translate: translateArrayFeatureExtractor },
  Binarizer: { since: 1, attributes: ["threshold"], translate: translateBinarizer },
  FeatureVectorizer: { since: 1, attributes: ["inputdimensions"], translate: translateFeatureVectorizer },
  Imputer: {
    since: 1,
    attributes: [
      ...["imputed_value_floats", "imputed_value_int64s", "replaced_value_float", "replaced_value_int64"],
    ],
    translate: translateImputer,
  },
  LabelEncoder: {
    since: 2,
    attributes: [
      ...["keys_floats", "keys_int64s", "keys_strings", "values_floats", "values_int64s", "values_strings"],
      ...["default_float", "default_int64", "default_string"],
    ],
    translate: translateLabelEncoder,
  },
  Normalizer: { since: 1, attributes: ["norm"], translate: translateNormalizer },
  OneHotEncoder: {
    since: 1,
    attributes: ["cats_int64s", "cats_strings", "zeros"],
    translate: translateOneHotEncoder,
  },
  Scaler: { since: 1, attributes: ["offset", "scale"], translate: translateScaler },
};
