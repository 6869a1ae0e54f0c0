/** Elementwise operators of two or more inputs. */

import { Op } from "../../machine/opcodes.ts";
import type { Value } from "../graph/ir.ts";
import type { Rule } from "../graph/rule.ts";
import { floatScalar, type HostType, isFloat, isUnsigned } from "../host/tensor.ts";
import type { Register, Tape } from "../tape/tape.ts";
import type { Operator, OperatorContext, OperatorTable } from "./context.ts";
import { EARLY_BROADCAST, pair } from "./early.ts";
import { ALL_INTEGERS, ALL_NUMBERS, ANY, requireSameType, requireType, wrapped } from "./types.ts";
import { divideUnsigned, flipped, isBelow } from "./unsigned.ts";

const wrap64 = (value: bigint): bigint => BigInt.asIntN(64, value);

function rule(
  f32: number,
  i32: number,
  big: (a: bigint, b: bigint) => bigint,
  wide: (a: number, b: number) => number,
  /** Of unsigned registers; by default as of signed ones. */
  u32 = (t: Tape, a: Register, b: Register): Register => t.op(i32, a, b),
): Rule {
  return {
    emit: (t, [a, b], [type]) => {
      if (isFloat(type)) return t.op(f32, a!, b!);
      return isUnsigned(type) ? u32(t, a!, b!) : wrapped(t, t.op(i32, a!, b!), type);
    },
    big: (a, b) => wrap64(big(a!, b!)),
    wide: (a, b) => wide(a!, b!),
  };
}

export const ADD = rule(
  Op.f32Add,
  Op.i32Add,
  (a, b) => a + b,
  (a, b) => a + b,
);
export const SUB = rule(
  Op.f32Sub,
  Op.i32Sub,
  (a, b) => a - b,
  (a, b) => a - b,
);
export const MUL = rule(
  Op.f32Mul,
  Op.i32Mul,
  (a, b) => a * b,
  (a, b) => a * b,
);
export const DIV = rule(
  Op.f32Div,
  Op.i32DivS,
  (a, b) => (b === 0n ? 0n : a / b),
  (a, b) => a / b,
  (t, a, b) => divideUnsigned(t, a, b)[0],
);
export const MIN = rule(
  Op.f32Min,
  Op.i32MinS,
  (a, b) => (a < b ? a : b),
  Math.min,
  (t, a, b) => t.select(isBelow(t, b, a), b, a),
);
export const MAX = rule(
  Op.f32Max,
  Op.i32MaxS,
  (a, b) => (a > b ? a : b),
  Math.max,
  (t, a, b) => t.select(isBelow(t, a, b), b, a),
);

function compare(f32: number, i32: number, test: (a: number | bigint, b: number | bigint) => boolean): Rule {
  return {
    emit: (t, [a, b], [type]) => {
      if (isFloat(type)) return t.op(f32, a!, b!);
      return isUnsigned(type) ? t.op(i32, flipped(t, a!), flipped(t, b!)) : t.op(i32, a!, b!);
    },
    big: (a, b) => BigInt(test(a!, b!)),
    wide: (a, b) => Number(test(a!, b!)),
  };
}

const COMPARISONS: Readonly<Record<string, Rule>> = {
  Equal: compare(Op.f32Eq, Op.i32Eq, (a, b) => a === b),
  Less: compare(Op.f32Lt, Op.i32LtS, (a, b) => a < b),
  LessOrEqual: compare(Op.f32Le, Op.i32LeS, (a, b) => a <= b),
  Greater: compare(Op.f32Gt, Op.i32GtS, (a, b) => a > b),
  GreaterOrEqual: compare(Op.f32Ge, Op.i32GeS, (a, b) => a >= b),
};

/** Of truth values and of bits. */
export const AND: Rule = { emit: (t, [a, b]) => t.op(Op.i32And, a!, b!) };

const LOGIC: Readonly<Record<string, Rule>> = {
  And: AND,
  Or: { emit: (t, [a, b]) => t.op(Op.i32Or, a!, b!) },
  Xor: { emit: (t, [a, b]) => t.op(Op.i32Xor, a!, b!) },
};

/** a != 0 ? b : c */
export const SELECT: Rule = {
  emit: (t, [a, b, c]) => t.select(a!, b!, c!),
  big: (a, b, c) => (a === 0n ? c! : b!),
  wide: (a, b, c) => (a === 0 ? c! : b!),
};

/** Remainder with the sign of the divisor, as in Python, or of the dividend, as in C. */
function remainder(isC: boolean): Rule {
  return {
    emit: (t, [a, b], [type]) => {
      if (isFloat(type)) return t.sub(a!, t.mul(t.op(Op.f32Trunc, t.div(a!, b!)), b!));
      if (isUnsigned(type)) return divideUnsigned(t, a!, b!)[1];
      const rest = t.op(Op.i32RemS, a!, b!);
      if (isC) return rest;
      const isOther = t.op(Op.i32LtS, t.op(Op.i32Xor, rest, b!), t.i32(0));
      const isWrong = t.op(Op.i32And, isOther, t.op(Op.i32Ne, rest, t.i32(0)));
      return t.select(isWrong, t.op(Op.i32Add, rest, b!), rest);
    },
    big: (a, b) => {
      if (b === 0n) return 0n;
      const rest = a! % b!;
      return !isC && rest !== 0n && rest < 0n !== b! < 0n ? rest + b! : rest;
    },
  };
}

function binary(operation: Rule, types: readonly HostType[] = ALL_NUMBERS): Operator {
  return {
    earlyAttributes: EARLY_BROADCAST,
    translate: (ctx) => {
      const values = pair(ctx, types);
      return ctx.graph.pointwise(operation, values, requireSameType(ctx, values));
    },
  };
}

function predicate(operation: Rule, types: readonly HostType[], since = 7): Operator {
  return {
    since,
    earlyAttributes: EARLY_BROADCAST,
    translate: (ctx) => {
      const values = pair(ctx, types);
      requireSameType(ctx, values);
      return ctx.graph.pointwise(operation, values, "bool");
    },
  };
}

/** Folds any number of inputs from the left, in one step. */
function variadic(operation: Rule): Operator {
  return {
    translate: (ctx) => {
      const values = ctx.all().map((value) => requireType(ctx, value, ALL_NUMBERS));
      const type = requireSameType(ctx, values);
      if (values.length === 0) throw ctx.malformed("it has no inputs");
      return values
        .slice(1)
        .reduce((sum, value) => ctx.graph.pointwise(operation, [sum, value], type), values[0]!);
    },
  };
}

function translateMean(ctx: OperatorContext): Value {
  const values = ctx.all();
  const type = requireSameType(ctx, values);
  const sum = values
    .slice(1)
    .reduce((total, value) => ctx.graph.pointwise(ADD, [total, value], type), ctx.input(0));
  return ctx.graph.pointwise(DIV, [sum, floatScalar(values.length)], type);
}

function translateWhere(ctx: OperatorContext): Value {
  const values = [1, 2].map((index) => requireType(ctx, ctx.input(index), ANY));
  const type = requireSameType(ctx, values);
  return ctx.graph.pointwise(SELECT, [requireType(ctx, ctx.input(0), ["bool"]), ...values], type);
}

function translateMod(ctx: OperatorContext): Value {
  const values = [ctx.input(0), ctx.input(1)].map((value) => requireType(ctx, value, ALL_NUMBERS));
  const type = requireSameType(ctx, values);
  const isC = ctx.flag("fmod", false);
  if (isFloat(type) && !isC) throw ctx.unsupported("fmod", 0, "fmod = 1 for floats");
  return ctx.graph.pointwise(remainder(isC), values, type);
}

function translateBitShift(ctx: OperatorContext): Value {
  const values = pair(ctx, ["uint8", "uint16", "uint32", "uint64"]);
  const type = requireSameType(ctx, values);
  const direction = ctx.string("direction", "");
  if (direction !== "LEFT" && direction !== "RIGHT")
    throw ctx.unsupported("direction", direction, "LEFT, RIGHT");
  const isLeft = direction === "LEFT";
  const emit: Rule["emit"] = (t, [a, b]) => {
    const shifted = wrapped(t, t.op(isLeft ? Op.i32Shl : Op.i32ShrU, a!, b!), type);
    // The machine looks at five bits of the distance only.
    return t.select(t.op(Op.i32LtS, flipped(t, b!), flipped(t, t.i32(32))), shifted, t.i32(0));
  };
  const big = (a: bigint, b: bigint): bigint => (isLeft ? BigInt.asUintN(64, a << b) : a >> b);
  return ctx.graph.pointwise({ emit, big: (a, b) => (b! > 63n ? 0n : big(a!, b!)) }, values, type);
}

const BOOLS: readonly HostType[] = ["bool"];

export const ARITHMETIC: OperatorTable = {
  Add: binary(ADD),
  Sub: binary(SUB),
  Mul: binary(MUL),
  Div: binary(DIV),
  Mod: { since: 10, attributes: ["fmod"], translate: translateMod },
  Min: variadic(MIN),
  Max: variadic(MAX),
  Sum: variadic(ADD),
  Mean: { translate: translateMean },
  Equal: predicate(COMPARISONS.Equal!, ANY),
  Less: predicate(COMPARISONS.Less!, ALL_NUMBERS),
  Greater: predicate(COMPARISONS.Greater!, ALL_NUMBERS),
  LessOrEqual: predicate(COMPARISONS.LessOrEqual!, ALL_NUMBERS, 12),
  GreaterOrEqual: predicate(COMPARISONS.GreaterOrEqual!, ALL_NUMBERS, 12),
  And: predicate(LOGIC.And!, BOOLS),
  Or: predicate(LOGIC.Or!, BOOLS),
  Xor: predicate(LOGIC.Xor!, BOOLS),
  BitwiseAnd: { ...binary(LOGIC.And!, ALL_INTEGERS), since: 18 },
  BitwiseOr: { ...binary(LOGIC.Or!, ALL_INTEGERS), since: 18 },
  BitwiseXor: { ...binary(LOGIC.Xor!, ALL_INTEGERS), since: 18 },
  BitShift: { since: 11, attributes: ["direction"], translate: translateBitShift },
  Where: { since: 9, translate: translateWhere },
};
