/** Operators on shapes, and those that make constants. */

import { halfToNumber, numberToHalf } from "../../core/half.ts";
import { Op } from "../../machine/opcodes.ts";
import type { GraphBuilder } from "../graph/builder.ts";
import { roundingTo } from "../graph/halves.ts";
import type { Item, Value } from "../graph/ir.ts";
import { expand, reshape } from "../graph/movement.ts";
import type { Rule } from "../graph/rule.ts";
import { range } from "../host/movement.ts";
import {
  allocate,
  elementCount,
  floatScalar,
  floatTensor,
  HOST_TYPES,
  type HostTensor,
  type HostType,
  hostTensor,
  int64Scalar,
  int64Vector,
  isFloat,
  isHalf,
  isHostType,
  isUnsigned,
  toNumbers,
  typeName,
} from "../host/tensor.ts";
import { LIMITS } from "../limits.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";
import { INTEGERS, toFloat, wrapped } from "./types.ts";

function translateReshape(ctx: OperatorContext): Value {
  const value = ctx.input(0);
  const wanted = ctx.numbers(1, "shape");
  const keepsZero = ctx.flag("allowzero", false);
  const dims = wanted.map((dim, d) => {
    if (dim !== 0 || keepsZero) return dim;
    const own = value.dims[d];
    if (own === undefined)
      throw ctx.mismatch(`shape [${wanted.join(", ")}] keeps dimension ${d}, which the input does not have`);
    return own;
  });
  const open = dims.filter((dim) => dim === -1).length;
  if (open > 1 || dims.some((dim) => dim < -1))
    throw ctx.mismatch(`shape [${wanted.join(", ")}] is impossible`);
  const rest = elementCount(dims.filter((dim) => dim !== -1));
  const inferred = elementCount(value.dims) / rest;
  if (open === 1 && !Number.isInteger(inferred)) {
    throw ctx.mismatch(`[${value.dims.join(", ")}] cannot become [${wanted.join(", ")}]`);
  }
  return reshape(
    ctx.graph,
    value,
    dims.map((dim) => (dim === -1 ? inferred : dim)),
  );
}

function translateFlatten(ctx: OperatorContext): Value {
  const value = ctx.input(0);
  const rank = value.dims.length;
  const stated = ctx.int("axis", 1);
  const axis = stated === rank ? rank : ctx.axis(stated, rank);
  return reshape(ctx.graph, value, [
    elementCount(value.dims.slice(0, axis)),
    elementCount(value.dims.slice(axis)),
  ]);
}

/** From opset 13 on axes are an input. */
function axesOf(ctx: OperatorContext): readonly number[] | undefined {
  return ctx.opset >= 13 ? ctx.optionalNumbers(1, "axes") : ctx.ints("axes");
}

function translateSqueeze(ctx: OperatorContext): Value {
  const value = ctx.input(0);
  const stated = axesOf(ctx);
  const axes = stated === undefined ? undefined : ctx.axes(stated, value.dims.length);
  for (const axis of axes ?? []) {
    if (value.dims[axis] !== 1) throw ctx.mismatch(`axis ${axis} of [${value.dims.join(", ")}] is not 1`);
  }
  return reshape(
    ctx.graph,
    value,
    value.dims.filter((dim, d) => (axes === undefined ? dim !== 1 : !axes.includes(d))),
  );
}

function translateUnsqueeze(ctx: OperatorContext): Value {
  const value = ctx.input(0);
  const stated = axesOf(ctx);
  if (stated === undefined) throw ctx.malformed("it has no axes");
  const axes = ctx.axes(stated, value.dims.length + stated.length);
  const rest = [...value.dims];
  const dims = range(value.dims.length + axes.length).map((d) => (axes.includes(d) ? 1 : rest.shift()!));
  return reshape(ctx.graph, value, dims);
}

function translateShape(ctx: OperatorContext): Value {
  const { dims } = ctx.input(0);
  const rank = dims.length;
  const place = (stated: number): number => Math.min(rank, Math.max(0, stated < 0 ? stated + rank : stated));
  return int64Vector(dims.slice(place(ctx.int("start", 0)), place(ctx.int("end", rank))));
}

function translateConstant(ctx: OperatorContext): Value {
  const whole = ctx.int("value_int");
  const wholes = ctx.ints("value_ints");
  const tensor = ctx.tensor("value");
  const { attributes } = ctx.node;
  const number = attributes.get("value_float");
  const numbers = attributes.get("value_floats");
  if (tensor !== undefined) return tensor;
  if (whole !== undefined) return int64Scalar(whole);
  if (wholes !== undefined) return int64Vector(wholes);
  if (number?.kind === "float") return floatScalar(number.value);
  if (numbers?.kind === "floats") return floatTensor([numbers.value.length], numbers.value);
  throw ctx.malformed("it has no value");
}

function translateConstantOfShape(ctx: OperatorContext): Value {
  const dims = sizes(ctx, ctx.numbers(0, "shape"));
  const value = ctx.tensor("value") ?? floatScalar(0);
  if (value.data.length !== 1) throw ctx.malformed(`its value has ${value.data.length} elements`);
  const { graph } = ctx;
  graph.checkSize(dims);
  return expand(graph, reshape(graph, value, []), dims);
}

/** Checked dimensions. */
export function sizes(ctx: OperatorContext, dims: readonly number[]): readonly number[] {
  if (dims.some((dim) => !Number.isSafeInteger(dim) || dim < 0))
    throw ctx.mismatch(`shape [${dims.join(", ")}] is impossible`);
  return dims;
}

function translateRange(ctx: OperatorContext): Value {
  const inputs = [ctx.known(0, "start"), ctx.known(1, "limit"), ctx.known(2, "delta")];
  const [start = 0, limit = 0, delta = 0] = inputs.map((input) => toNumbers(input)[0]);
  const type = inputs[0]!.type;
  const count = Math.max(0, Math.ceil((limit - start) / delta));
  if (delta === 0 || !(count <= LIMITS.foldedGrowth))
    throw ctx.mismatch(`from ${start} to ${limit} by ${delta}`);
  const data = allocate(type, count);
  for (let i = 0; i < count; i++)
    data[i] = data instanceof BigInt64Array ? BigInt(start + i * delta) : start + i * delta;
  return hostTensor(type, [count], data);
}

/** Between types as C does it, save that floats out of range become the nearest integer and NaN becomes 0. */
function conversion(g: GraphBuilder, from: HostType, to: HostType): Rule {
  if (isHalf(to)) {
    const { emit } = roundingTo(g, to);
    return { emit: (t, [x], types) => emit(t, [isFloat(from) ? x! : toFloat(t, x!, from)], types) };
  }
  return {
    emit: (t, [x]) => {
      if (isFloat(from)) {
        if (isFloat(to)) return x!;
        if (to === "bool") return t.op(Op.f32Ne, x!, t.f32(0));
        return wrapped(t, t.op(isUnsigned(to) ? Op.i32TruncSatF32U : Op.i32TruncSatF32S, x!), to);
      }
      if (isFloat(to)) return toFloat(t, x!, from);
      return to === "bool" ? t.op(Op.i32Ne, x!, t.i32(0)) : wrapped(t, x!, to);
    },
  };
}

export function cast(ctx: OperatorContext, value: Value, to: HostType): Value {
  if (value.type === to) return value;
  if (value.kind === "host") return castHost(ctx, value, to);
  // Of numbers from 2^31 on, 32 bits with a sign cannot hold.
  if (isUnsigned(value.type) && to === "int64")
    throw ctx.graph.unsupportedType("The input", value.type, INTEGERS);
  return ctx.graph.pointwise(conversion(ctx.graph, value.type, to), [value], to);
}

/** Known tensors may be of types that the machine does not have. */
function castHost(ctx: OperatorContext, value: HostTensor, to: HostType): HostTensor {
  ctx.graph.charge(value.data.length);
  if (to === "bfloat16") roundingTo(ctx.graph, to);
  const data = allocate(to, value.data.length);
  const isBig = data instanceof BigInt64Array || data instanceof BigUint64Array;
  const convert = (item: number | bigint): number | bigint => {
    if (to === "bool") return Number(Number(item) !== 0);
    if (isHalf(to)) return halfToNumber(numberToHalf(Number(item)));
    if (isFloat(to)) return Number(item);
    const whole = typeof item === "bigint" ? item : toInteger(item, isBig ? 63 : 31, isUnsigned(to));
    return isBig ? whole : Number(BigInt.asUintN(32, whole));
  };
  for (let i = 0; i < data.length; i++) data[i] = convert(value.data[i]!);
  return hostTensor(to, value.dims, data);
}

/** The nearest integer towards zero that has a sign and `bits` bits, or none and one bit more; 0 for NaN. */
function toInteger(value: number, bits: number, isPositive: boolean): bigint {
  if (Number.isNaN(value)) return 0n;
  if (isPositive) {
    if (value >= 2 * 2 ** bits) return 2n ** BigInt(bits + 1) - 1n;
    return value < 0 ? 0n : BigInt(Math.trunc(value));
  }
  const most = 2n ** BigInt(bits) - 1n;
  if (value >= 2 ** bits) return most;
  return value < -(2 ** bits) ? -most - 1n : BigInt(Math.trunc(value));
}

function translateCast(ctx: OperatorContext): Value {
  const type = typeName(ctx.int("to", 0));
  if (!isHostType(type)) throw ctx.graph.unsupportedType("The result", type, HOST_TYPES);
  return cast(ctx, ctx.input(0), type);
}

function translateNonZero(ctx: OperatorContext): Value {
  const value = ctx.known(0, "input");
  ctx.graph.charge(value.data.length);
  const places = toNumbers(value).flatMap((item, i) => (item === 0 ? [] : [i]));
  const strides = value.dims.map((_, d) => elementCount(value.dims.slice(d + 1)));
  const coordinates = strides.flatMap((stride, d) =>
    places.map((place) => Math.floor(place / stride) % value.dims[d]!),
  );
  return reshape(ctx.graph, int64Vector(coordinates), [value.dims.length, places.length]);
}

function translateEyeLike(ctx: OperatorContext): Value {
  const [rows = 0, columns = 0, ...others] = ctx.input(0).dims;
  if (others.length > 0) throw ctx.mismatch("the input is not a matrix");
  const type = ctx.has("dtype") ? typeName(ctx.int("dtype", 1)) : ctx.input(0).type;
  if (!isHostType(type)) throw ctx.graph.unsupportedType("The result", type, HOST_TYPES);
  const shift = ctx.int("k", 0);
  ctx.graph.checkList(rows * columns);
  const ones = range(rows * columns).map((i) => Number((i % columns) - Math.floor(i / columns) === shift));
  return cast(ctx, floatTensor([rows, columns], ones), type);
}

/** Without training, or with nothing to drop, it does nothing. */
function translateDropout(ctx: OperatorContext): readonly Value[] {
  const isTraining = ctx.optional(2) !== undefined && ctx.numbers(2, "training_mode")[0] !== 0;
  if (isTraining && ctx.optionalFractions(1, "ratio")?.[0] !== 0)
    throw ctx.unsupported("training_mode", 1, "0, or a ratio of 0");
  const value = ctx.input(0);
  if (ctx.node.outputs.length < 2) return [value];
  return [value, expand(ctx.graph, hostTensor("bool", [], Uint8Array.of(1)), value.dims)];
}

const identity = (ctx: OperatorContext): Item => ctx.item(0);

export const SHAPES: OperatorTable = {
  Reshape: { attributes: ["allowzero"], translate: translateReshape },
  Flatten: { attributes: ["axis"], translate: translateFlatten },
  Squeeze: { attributes: ["axes"], translate: translateSqueeze },
  Unsqueeze: { attributes: ["axes"], translate: translateUnsqueeze },
  Shape: { attributes: ["start", "end"], translate: translateShape },
  Size: { translate: (ctx) => int64Scalar(elementCount(ctx.input(0).dims)) },
  Identity: { translate: identity },
  Dropout: { attributes: ["ratio", "seed"], translate: translateDropout },
  Constant: {
    attributes: ["value", "value_int", "value_ints", "value_float", "value_floats"],
    translate: translateConstant,
  },
  ConstantOfShape: { since: 9, attributes: ["value"], translate: translateConstantOfShape },
  Range: { since: 11, translate: translateRange },
  Cast: { attributes: ["to", "saturate"], translate: translateCast },
  CastLike: {
    since: 15,
    attributes: ["saturate"],
    translate: (ctx) => cast(ctx, ctx.input(0), ctx.input(1).type),
  },
  NonZero: { since: 9, translate: translateNonZero },
  EyeLike: { since: 9, attributes: ["dtype", "k"], translate: translateEyeLike },
};
