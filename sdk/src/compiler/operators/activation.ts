/** Elementwise operators of one input. */

import { Op } from "../../machine/opcodes.ts";
import type { Value } from "../graph/ir.ts";
import { reshape } from "../graph/movement.ts";
import type { Rule } from "../graph/rule.ts";
import { elementCount, type HostType, isFloat } from "../host/tensor.ts";
import { erf } from "../math/erf.ts";
import { exp, expMinusOne } from "../math/exp.ts";
import { gelu, geluTanh } from "../math/gelu.ts";
import { acosh, asinh, atanh, cosh, sinh } from "../math/hyperbolic.ts";
import { acos, asin, atan } from "../math/inverse-trigonometry.ts";
import { log } from "../math/log.ts";
import { sigmoid } from "../math/sigmoid.ts";
import { sign } from "../math/sign.ts";
import { mish, softplus } from "../math/softplus.ts";
import { tanh } from "../math/tanh.ts";
import { cos, sin, tan } from "../math/trigonometry.ts";
import type { Register, Tape } from "../tape/tape.ts";
import { MAX, MIN } from "./arithmetic.ts";
import type { Operator, OperatorContext, OperatorTable } from "./context.ts";
import { elu, hardSigmoid, isNegative, leakyRelu, softsign, thresholdedRelu } from "./functions.ts";
import { ALL_INTEGERS, FLOATS, NUMBERS, requireSameType, requireType, wrapped } from "./types.ts";

type Make = (ctx: OperatorContext) => Rule;

function unary(
  make: Make,
  attributes: readonly string[] = [],
  types: readonly HostType[] = FLOATS,
  since = 7,
): Operator {
  return {
    since,
    attributes,
    translate: (ctx) => {
      const value = requireType(ctx, ctx.input(0), types);
      return ctx.graph.pointwise(make(ctx), [value], value.type);
    },
  };
}

/** A function of floats. */
function float(compute: (t: Tape, x: Register) => Register, wide?: (x: number) => number): Make {
  return () => ({
    emit: (t, [x]) => compute(t, x!),
    ...(wide === undefined ? {} : { wide: (x) => wide(x!) }),
  });
}

/** An operation that the machine has for floats and for integers. */
function both(f32: number, i32: number, big: (x: bigint) => bigint, wide: (x: number) => number): Make {
  return () => ({
    emit: (t, [x], [type]) => (isFloat(type) ? t.op(f32, x!) : wrapped(t, t.op(i32, x!), type)),
    big: (x) => BigInt.asIntN(64, big(x!)),
    wide: (x) => wide(x!),
  });
}

/** A function with numbers that come from attributes. */
function parametric<T>(
  read: (ctx: OperatorContext) => T,
  compute: (t: Tape, x: Register, parameters: T) => Register,
): Make {
  return (ctx) => {
    const parameters = read(ctx);
    return { emit: (t, [x]) => compute(t, x!, parameters) };
  };
}

const alphaBeta =
  (alpha: number, beta: number) =>
  (ctx: OperatorContext): { alpha: number; beta: number } => ({
    alpha: ctx.float("alpha", alpha),
    beta: ctx.float("beta", beta),
  });

const zero = (t: Tape): Register => t.f32(0);
const one = (t: Tape): Register => t.f32(1);

const RELU: Rule = {
  emit: (t, [x], [type]) => (isFloat(type) ? t.max(x!, zero(t)) : t.op(Op.i32MaxS, x!, t.i32(0))),
};

/** The sign of anything: -1, 0 or 1. */
const SIGN: Rule = {
  emit: (t, [x], [type]) =>
    isFloat(type)
      ? sign(t, x!)
      : t.op(Op.i32Sub, t.op(Op.i32GtS, x!, t.i32(0)), t.op(Op.i32LtS, x!, t.i32(0))),
};

const BITWISE_NOT: Rule = {
  emit: (t, [x], [type]) => wrapped(t, t.op(Op.i32Xor, x!, t.i32(-1)), type),
  big: (x) => BigInt.asIntN(64, ~x!),
};
const NOT: Rule = { emit: (t, [x]) => t.op(Op.i32Xor, x!, t.i32(1)) };

function predicate(
  test: (t: Tape, x: Register, ctx: OperatorContext) => Register,
  since: number,
  attributes: readonly string[] = [],
): Operator {
  return {
    since,
    attributes,
    translate: (ctx) => {
      const value = requireType(ctx, ctx.input(0), FLOATS);
      return ctx.graph.pointwise({ emit: (t, [x]) => test(t, x!, ctx) }, [value], "bool");
    },
  };
}

function translateClip(ctx: OperatorContext): Value {
  const value = requireType(ctx, ctx.input(0), NUMBERS);
  const { type } = value;
  const { graph } = ctx;
  if (ctx.opset < 11) {
    const least = ctx.optionalFloat("min");
    const most = ctx.optionalFloat("max");
    const emit: Rule["emit"] = (t, [x]) => {
      const raised = least === undefined ? x! : t.max(x!, t.f32(least));
      return most === undefined ? raised : t.min(raised, t.f32(most));
    };
    return graph.pointwise({ emit }, [value], type);
  }
  const limit = (index: number): Value | undefined => {
    const bound = ctx.optional(index);
    if (bound === undefined) return undefined;
    requireSameType(ctx, [value, bound]);
    if (elementCount(bound.dims) !== 1)
      throw ctx.mismatch(`a limit has the shape [${bound.dims.join(", ")}] instead of one element`);
    return reshape(graph, bound, []);
  };
  const least = limit(1);
  const most = limit(2);
  const raised = least === undefined ? value : graph.pointwise(MAX, [value, least], type);
  return most === undefined ? raised : graph.pointwise(MIN, [raised, most], type);
}

function translatePRelu(ctx: OperatorContext): Value {
  const value = requireType(ctx, ctx.input(0), FLOATS);
  const emit: Rule["emit"] = (t, [x, slope]) => t.select(isNegative(t, x!), t.mul(x!, slope!), x!);
  const given = ctx.input(1);
  // Before opset 7 slopes stood for channels.
  const isPerChannel = ctx.opset < 7 && given.dims.length === 1 && given.dims[0] !== 1;
  const slopes = isPerChannel
    ? reshape(ctx.graph, given, [given.dims[0]!, ...value.dims.slice(2).map(() => 1)])
    : given;
  const dims = ctx.graph.broadcast([value.dims, slopes.dims]);
  if (dims.some((dim, d) => dim !== value.dims[d]))
    throw ctx.mismatch("the slopes have more elements than the input");
  return ctx.graph.pointwise({ emit }, [value, slopes], value.type);
}

export const ACTIVATIONS: OperatorTable = {
  Neg: unary(
    both(
      Op.f32Neg,
      Op.i32Neg,
      (x) => -x,
      (x) => -x,
    ),
    [],
    NUMBERS,
  ),
  Abs: unary(
    both(Op.f32Abs, Op.i32Abs, (x) => (x < 0n ? -x : x), Math.abs),
    [],
    NUMBERS,
  ),
  Sign: unary(() => SIGN, [], NUMBERS, 9),
  Relu: unary(() => RELU, [], NUMBERS),
  BitwiseNot: unary(() => BITWISE_NOT, [], ALL_INTEGERS, 18),
  Not: unary(() => NOT, [], ["bool"]),
  Sqrt: unary(float((t, x) => t.op(Op.f32Sqrt, x), Math.sqrt)),
  Floor: unary(float((t, x) => t.op(Op.f32Floor, x), Math.floor)),
  Ceil: unary(float((t, x) => t.op(Op.f32Ceil, x), Math.ceil)),
  Round: unary(
    float((t, x) => t.op(Op.f32Nearest, x)),
    [],
    FLOATS,
    11,
  ),
  Reciprocal: unary(
    float(
      (t, x) => t.div(one(t), x),
      (x) => 1 / x,
    ),
  ),
  Exp: unary(float(exp)),
  Log: unary(float(log)),
  Erf: unary(float(erf), [], FLOATS, 9),
  Sigmoid: unary(float(sigmoid)),
  Tanh: unary(float(tanh)),
  Sin: unary(float(sin)),
  Cos: unary(float(cos)),
  Tan: unary(float(tan)),
  Asin: unary(float(asin)),
  Acos: unary(float(acos)),
  Atan: unary(float(atan)),
  Sinh: unary(float(sinh), [], FLOATS, 9),
  Cosh: unary(float(cosh), [], FLOATS, 9),
  Asinh: unary(float(asinh), [], FLOATS, 9),
  Acosh: unary(float(acosh), [], FLOATS, 9),
  Atanh: unary(float(atanh), [], FLOATS, 9),
  Shrink: unary(
    parametric(
      (ctx) => ({ bias: ctx.float("bias", 0), limit: ctx.float("lambd", 0.5) }),
      (t, x, { bias, limit }) => {
        const above = t.select(t.op(Op.f32Gt, x, t.f32(limit)), t.sub(x, t.f32(bias)), zero(t));
        return t.select(t.op(Op.f32Lt, x, t.f32(-limit)), t.add(x, t.f32(bias)), above);
      },
    ),
    ["bias", "lambd"],
    FLOATS,
    9,
  ),
  Softplus: unary(float(softplus)),
  Softsign: unary(float(softsign)),
  Mish: unary(float(mish), [], FLOATS, 18),
  HardSwish: unary(
    float((t, x) => t.mul(x, hardSigmoid(t, x, 1 / 6, 0.5))),
    [],
    FLOATS,
    14,
  ),
  HardSigmoid: unary(
    parametric(alphaBeta(0.2, 0.5), (t, x, { alpha, beta }) => hardSigmoid(t, x, alpha, beta)),
    ["alpha", "beta"],
  ),
  LeakyRelu: unary(
    parametric(alphaBeta(0.01, 0), (t, x, { alpha }) => leakyRelu(t, x, alpha)),
    ["alpha"],
  ),
  ThresholdedRelu: unary(
    parametric(alphaBeta(1, 0), (t, x, { alpha }) => thresholdedRelu(t, x, alpha)),
    ["alpha"],
    FLOATS,
    10,
  ),
  Elu: unary(
    parametric(alphaBeta(1, 0), (t, x, { alpha }) => elu(t, x, alpha)),
    ["alpha"],
  ),
  Celu: unary(
    parametric(alphaBeta(1, 0), (t, x, { alpha }) => {
      const negative = t.mul(t.f32(alpha), expMinusOne(t, t.div(t.min(x, zero(t)), t.f32(alpha))));
      return t.add(t.max(x, zero(t)), negative);
    }),
    ["alpha"],
    FLOATS,
    12,
  ),
  Selu: unary(
    parametric(
      (ctx) => ({
        alpha: ctx.float("alpha", 1.6732631921768188),
        gamma: ctx.float("gamma", 1.0507010221481323),
      }),
      (t, x, { alpha, gamma }) => t.mul(t.f32(gamma), elu(t, x, alpha)),
    ),
    ["alpha", "gamma"],
  ),
  Gelu: unary(
    parametric(
      (ctx) => ctx.string("approximate", "none") === "tanh",
      (t, x, isTanh) => (isTanh ? geluTanh : gelu)(t, x),
    ),
    ["approximate"],
    FLOATS,
    20,
  ),
  IsNaN: predicate((t, x) => t.op(Op.f32Ne, x, x), 9),
  IsInf: predicate(
    (t, x, ctx) => {
      const isPlus = t.op(Op.f32Eq, x, t.f32(Number.POSITIVE_INFINITY));
      const isMinus = t.op(Op.f32Eq, x, t.f32(Number.NEGATIVE_INFINITY));
      const plus = ctx.flag("detect_positive", true) ? isPlus : t.i32(0);
      return t.op(Op.i32Or, plus, ctx.flag("detect_negative", true) ? isMinus : t.i32(0));
    },
    10,
    ["detect_positive", "detect_negative"],
  ),
  Clip: { attributes: ["min", "max"], translate: translateClip },
  PRelu: { translate: translatePRelu },
};
