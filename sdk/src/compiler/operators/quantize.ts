/** Quantization, and products of bytes, which the machine computes exactly. */

import { Op } from "../../machine/opcodes.ts";
import type { Value } from "../graph/ir.ts";
import { reshape } from "../graph/movement.ts";
import type { Rule } from "../graph/rule.ts";
import { range } from "../host/movement.ts";
import { elementCount, floatScalar, type HostType, hostTensor, typeName } from "../host/tensor.ts";
import type { Register, Tape } from "../tape/tape.ts";
import { DIV, MUL } from "./arithmetic.ts";
import { convolution, matrixProduct } from "./bytes.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";
import { maximum, minimum } from "./reduce.ts";
import { requireType } from "./types.ts";
import { WINDOW_ATTRIBUTES } from "./windows.ts";

const BYTES: readonly HostType[] = ["int8", "uint8"];
const RANGES: Partial<Record<HostType, readonly [number, number]>> = { int8: [-128, 127], uint8: [0, 255] };

/** round(x) + zero, limited to the range of a type of bytes. */
function saturate(t: Tape, x: Register, zero: Register, type: HostType): Register {
  const [least, most] = RANGES[type]!;
  // Far outside of any byte, so that adding the zero point cannot overflow.
  const bounded = t.min(t.max(t.op(Op.f32Nearest, x), t.f32(-65536)), t.f32(65536));
  const whole = t.op(Op.i32Add, t.op(Op.i32TruncSatF32S, bounded), zero);
  return t.op(Op.i32MinS, t.op(Op.i32MaxS, whole, t.i32(least)), t.i32(most));
}

/** A scale or zero point, which is one number or one for every place of an axis, as it is broadcast. */
function alongAxis(ctx: OperatorContext, value: Value, parameter: Value): Value {
  if (elementCount(parameter.dims) === 1) return reshape(ctx.graph, parameter, []);
  const axis = ctx.axis(ctx.int("axis", 1), value.dims.length);
  if (parameter.dims.length !== 1 || parameter.dims[0] !== value.dims[axis]) {
    throw ctx.mismatch(
      `parameters [${parameter.dims.join(", ")}] along axis ${axis} of [${value.dims.join(", ")}]`,
    );
  }
  return reshape(
    ctx.graph,
    parameter,
    value.dims.slice(axis).map((dim, d) => (d === 0 ? dim : 1)),
  );
}

function quantized(ctx: OperatorContext, value: Value, scale: Value, zero: Value, type: HostType): Value {
  const emit: Rule["emit"] = (t, [x, s, z]) => saturate(t, t.div(x!, s!), z!, type);
  return ctx.graph.pointwise({ emit }, [value, scale, zero], type);
}

function translateQuantize(ctx: OperatorContext): Value {
  const value = requireType(ctx, ctx.input(0), ["float32"]);
  if (ctx.int("block_size", 0) !== 0) throw ctx.unsupported("block_size", ctx.int("block_size"), "0");
  const stated = ctx.int("output_dtype", 0);
  const type = ctx.optional(2)?.type ?? (stated === 0 ? "uint8" : typeName(stated));
  if (type !== "int8" && type !== "uint8") throw ctx.graph.unsupportedType("The result", type, BYTES);
  const zero = ctx.optional(2) ?? hostTensor(type, [], type === "int8" ? Int8Array.of(0) : Uint8Array.of(0));
  return quantized(ctx, value, alongAxis(ctx, value, ctx.input(1)), alongAxis(ctx, value, zero), type);
}

function translateDequantize(ctx: OperatorContext): Value {
  const value = requireType(ctx, ctx.input(0), [...BYTES, "int32"]);
  if (ctx.int("block_size", 0) !== 0) throw ctx.unsupported("block_size", ctx.int("block_size"), "0");
  const scale = alongAxis(ctx, value, requireType(ctx, ctx.input(1), ["float32"]));
  const zero = ctx.optional(2);
  const emit: Rule["emit"] = (t, [x, s, z]) => {
    const whole = z === undefined ? x! : t.op(Op.i32Sub, x!, z);
    return t.mul(t.op(Op.f32ConvertI32S, whole), s!);
  };
  const inputs = zero === undefined ? [value, scale] : [value, scale, alongAxis(ctx, value, zero)];
  return ctx.graph.pointwise({ emit }, inputs, "float32");
}

function translateDynamicQuantize(ctx: OperatorContext): readonly Value[] {
  const value = requireType(ctx, ctx.input(0), ["float32"]);
  const { graph } = ctx;
  const axes = range(value.dims.length);
  const most = maximum(graph, value, axes, false);
  const least = minimum(graph, value, axes, false);
  const span: Rule = { emit: (t, [a, b]) => t.sub(t.max(a!, t.f32(0)), t.min(b!, t.f32(0))) };
  const scale = graph.pointwise(
    DIV,
    [graph.pointwise(span, [most, least], "float32"), floatScalar(255)],
    "float32",
  );
  const start: Rule = {
    emit: (t, [b, s]) => saturate(t, t.div(t.sub(t.f32(0), t.min(b!, t.f32(0))), s!), t.i32(0), "uint8"),
  };
  const zero = graph.pointwise(start, [least, scale], "uint8");
  return [quantized(ctx, value, scale, zero, "uint8"), scale, zero];
}

/** An integer sum back to bytes: sum * (scaleA * scaleB / scaleY), rounded, plus the zero point. */
function requantized(
  ctx: OperatorContext,
  sum: Value,
  scales: readonly [Value, Value, Value],
  zero: Value,
  axis: number,
): Value {
  const { graph } = ctx;
  const shaped = scales.map((scale) =>
    elementCount(scale.dims) === 1
      ? reshape(graph, scale, [])
      : reshape(
          graph,
          scale,
          sum.dims.slice(axis).map((dim, d) => (d === 0 ? dim : 1)),
        ),
  );
  const factor = graph.pointwise(
    DIV,
    [graph.pointwise(MUL, [shaped[0]!, shaped[1]!], "float32"), shaped[2]!],
    "float32",
  );
  const type = zero.type;
  if (type !== "int8" && type !== "uint8") throw graph.unsupportedType("The result", type, BYTES);
  const emit: Rule["emit"] = (t, [x, f, z]) => saturate(t, t.mul(t.op(Op.f32ConvertI32S, x!), f!), z!, type);
  return graph.pointwise({ emit }, [sum, factor, reshape(graph, zero, [])], type);
}

function bytes(ctx: OperatorContext, index: number): Value {
  return requireType(ctx, ctx.input(index), BYTES);
}

export const QUANTIZATIONS: OperatorTable = {
  QuantizeLinear: {
    since: 10,
    attributes: ["axis", "saturate", "block_size", "output_dtype"],
    translate: translateQuantize,
  },
  DequantizeLinear: { since: 10, attributes: ["axis", "block_size"], translate: translateDequantize },
  DynamicQuantizeLinear: { since: 11, translate: translateDynamicQuantize },
  MatMulInteger: {
    since: 10,
    translate: (ctx) => matrixProduct(ctx, bytes(ctx, 0), bytes(ctx, 1), ctx.optional(2), ctx.optional(3)),
  },
  ConvInteger: {
    since: 10,
    attributes: [...WINDOW_ATTRIBUTES, "group"],
    translate: (ctx) =>
      convolution(ctx, bytes(ctx, 0), bytes(ctx, 1), ctx.optional(2), ctx.optional(3), undefined),
  },
  QLinearMatMul: {
    since: 10,
    translate: (ctx) => {
      const sum = matrixProduct(ctx, bytes(ctx, 0), bytes(ctx, 3), ctx.input(2), ctx.input(5));
      return requantized(
        ctx,
        sum,
        [ctx.input(1), ctx.input(4), ctx.input(6)],
        ctx.input(7),
        sum.dims.length - 1,
      );
    },
  },
  QLinearConv: {
    since: 10,
    attributes: [...WINDOW_ATTRIBUTES, "group"],
    translate: (ctx) => {
      const sum = convolution(ctx, bytes(ctx, 0), bytes(ctx, 3), ctx.input(2), ctx.input(5), ctx.optional(8));
      return requantized(ctx, sum, [ctx.input(1), ctx.input(4), ctx.input(6)], ctx.input(7), 1);
    },
  },
};
