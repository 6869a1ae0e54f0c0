/** Elementwise operators of two or more inputs. */

import { Op } from "../../machine/opcodes.ts";
import type { Value } from "../graph/ir.ts";
import type { Rule } from "../graph/rule.ts";
import { range } from "../host/movement.ts";
import { floatScalar, type HostType, isFloat, toNumbers } from "../host/tensor.ts";
import { constantPow, pow } from "../math/pow.ts";
import type { Operator, OperatorContext, OperatorTable } from "./context.ts";
import { broadcastEarly, EARLY_BROADCAST } from "./early.ts";
import { ANY, INTEGERS, NUMBERS, requireSameType, requireType, wrapped } from "./types.ts";

const wrap64 = (value: bigint): bigint => BigInt.asIntN(64, value);

function rule(
  f32: number,
  i32: number,
  big: (a: bigint, b: bigint) => bigint,
  wide: (a: number, b: number) => number,
): Rule {
  return {
    emit: (t, [a, b], [type]) => (isFloat(type) ? t.op(f32, a!, b!) : wrapped(t, t.op(i32, a!, b!), type)),
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
);
export const MIN = rule(Op.f32Min, Op.i32MinS, (a, b) => (a < b ? a : b), Math.min);
export const MAX = rule(Op.f32Max, Op.i32MaxS, (a, b) => (a > b ? a : b), Math.max);

function compare(f32: number, i32: number, test: (a: number | bigint, b: number | bigint) => boolean): Rule {
  return {
    emit: (t, [a, b], [type]) => t.op(isFloat(type) ? f32 : i32, a!, b!),
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

const LOGIC: Readonly<Record<string, Rule>> = {
  And: { emit: (t, [a, b]) => t.op(Op.i32And, a!, b!) },
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

/** Two inputs as they are broadcast. */
function pair(ctx: OperatorContext, types: readonly HostType[]): readonly [Value, Value] {
  const first = requireType(ctx, ctx.input(0), types);
  return [first, broadcastEarly(ctx, first, requireType(ctx, ctx.input(1), types))];
}

function binary(operation: Rule, types: readonly HostType[] = NUMBERS): Operator {
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
      const values = ctx.all().map((value) => requireType(ctx, value, NUMBERS));
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

function translatePow(ctx: OperatorContext): Value {
  const [base, exponent] = pair(ctx, NUMBERS);
  const { graph } = ctx;
  if (!isFloat(base.type)) {
    if (exponent.kind !== "host") throw ctx.dataDependent("exponent", exponent);
    const [power, ...others] = toNumbers(exponent);
    if (power === undefined || others.length > 0 || !Number.isInteger(power) || power < 0 || power > 64) {
      throw ctx.unsupported("exponent", power, "one integer from 0 to 64 for powers of integers");
    }
    if (power === 0) return graph.pointwise({ emit: (t) => t.i32(1), big: () => 1n }, [base], base.type);
    return range(power - 1).reduce((product) => graph.pointwise(MUL, [product, base], base.type), base);
  }
  if (exponent.kind === "host" && exponent.data.length === 1) {
    const dims = graph.broadcast([base.dims, exponent.dims]);
    return graph.pointwise(
      constantPower(Number(exponent.data[0])),
      [graph.withRank(base, dims.length)],
      base.type,
    );
  }
  const emit: Rule["emit"] = (t, [x, y], [, type]) =>
    pow(t, x!, isFloat(type) ? y! : t.op(Op.f32ConvertI32S, y!));
  return graph.pointwise({ emit }, [base, exponent], base.type);
}

/** Of doubles only what multiplications and roots give: Math.pow differs between JavaScript engines. */
function constantPower(power: number): Rule {
  const emit: Rule["emit"] = (t, [x]) => constantPow(t, x!, power);
  if (power === 0.5) return { emit, wide: (x) => Math.sqrt(x!) };
  if (!Number.isInteger(power) || power < 0 || power > 64) return { emit };
  return { emit, wide: (x) => range(power).reduce((product) => product * x!, 1) };
}

function translateWhere(ctx: OperatorContext): Value {
  const values = [1, 2].map((index) => requireType(ctx, ctx.input(index), ANY));
  const type = requireSameType(ctx, values);
  return ctx.graph.pointwise(SELECT, [requireType(ctx, ctx.input(0), ["bool"]), ...values], type);
}

function translateMod(ctx: OperatorContext): Value {
  const values = [ctx.input(0), ctx.input(1)].map((value) => requireType(ctx, value, NUMBERS));
  const type = requireSameType(ctx, values);
  const isC = ctx.flag("fmod", false);
  if (isFloat(type) && !isC) throw ctx.unsupported("fmod", 0, "fmod = 1 for floats");
  return ctx.graph.pointwise(remainder(isC), values, type);
}

function translateBitShift(ctx: OperatorContext): Value {
  const values = [ctx.input(0), ctx.input(1)].map((value) => requireType(ctx, value, ["uint8"]));
  const type = requireSameType(ctx, values);
  const op = ctx.string("direction", "") === "LEFT" ? Op.i32Shl : Op.i32ShrU;
  return ctx.graph.pointwise({ emit: (t, [a, b]) => wrapped(t, t.op(op, a!, b!), type) }, values, type);
}

const BOOLS: readonly HostType[] = ["bool"];

export const ARITHMETIC: OperatorTable = {
  Add: binary(ADD),
  Sub: binary(SUB),
  Mul: binary(MUL),
  Div: binary(DIV),
  Mod: { since: 10, attributes: ["fmod"], translate: translateMod },
  Pow: { earlyAttributes: EARLY_BROADCAST, translate: translatePow },
  Min: variadic(MIN),
  Max: variadic(MAX),
  Sum: variadic(ADD),
  Mean: { translate: translateMean },
  Equal: predicate(COMPARISONS.Equal!, ANY),
  Less: predicate(COMPARISONS.Less!, NUMBERS),
  Greater: predicate(COMPARISONS.Greater!, NUMBERS),
  LessOrEqual: predicate(COMPARISONS.LessOrEqual!, NUMBERS, 12),
  GreaterOrEqual: predicate(COMPARISONS.GreaterOrEqual!, NUMBERS, 12),
  And: predicate(LOGIC.And!, BOOLS),
  Or: predicate(LOGIC.Or!, BOOLS),
  Xor: predicate(LOGIC.Xor!, BOOLS),
  BitwiseAnd: { ...binary(LOGIC.And!, INTEGERS), since: 18 },
  BitwiseOr: { ...binary(LOGIC.Or!, INTEGERS), since: 18 },
  BitwiseXor: { ...binary(LOGIC.Xor!, INTEGERS), since: 18 },
  BitShift: { since: 11, attributes: ["direction"], translate: translateBitShift },
  Where: { since: 9, translate: translateWhere },
};
