/** Powers. */

import { Op } from "../../machine/opcodes.ts";
import type { Value } from "../graph/ir.ts";
import type { Rule } from "../graph/rule.ts";
import { range } from "../host/movement.ts";
import { isFloat, isUnsigned } from "../host/tensor.ts";
import { constantPow, pow } from "../math/pow.ts";
import { MUL } from "./arithmetic.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";
import { EARLY_BROADCAST, pair } from "./early.ts";
import { ALL_NUMBERS, NUMBERS, toFloat, wrapped } from "./types.ts";

function translatePow(ctx: OperatorContext): Value {
  const [base, exponent] = pair(ctx, ALL_NUMBERS);
  const { graph } = ctx;
  const known = exponent.kind === "host" && exponent.data.length === 1 ? Number(exponent.data[0]) : undefined;
  const dims = graph.broadcast([base.dims, exponent.dims]);
  const wide = graph.withRank(base, dims.length);
  if (isFloat(base.type)) {
    if (known !== undefined) return graph.pointwise(constantPower(known), [wide], base.type);
    const emit: Rule["emit"] = (t, [x, y], [, type]) => pow(t, x!, toFloat(t, y!, type));
    return graph.pointwise({ emit }, [base, exponent], base.type);
  }
  if (isFloat(exponent.type)) {
    if (isUnsigned(base.type)) throw graph.unsupportedType("The base", base.type, NUMBERS);
    const emit: Rule["emit"] = (t, [x, y]) => {
      const power = known === undefined ? pow(t, t.op(Op.f32ConvertI32S, x!), y!) : undefined;
      const value = power ?? constantPow(t, t.op(Op.f32ConvertI32S, x!), known!);
      return wrapped(t, t.op(Op.i32TruncSatF32S, value), base.type);
    };
    return graph.pointwise({ emit }, known === undefined ? [base, exponent] : [wide], base.type);
  }
  if (known !== undefined && Number.isInteger(known) && known >= 1 && known <= 64)
    return range(known - 1).reduce((product) => graph.pointwise(MUL, [product, wide], base.type), wide);
  return graph.pointwise(INTEGER_POWER, [base, exponent], base.type);
}

/** Powers of integers by repeated squaring, modulo 2^32. A negative exponent gives what is left of the reciprocal: 1, -1 or 0. */
const INTEGER_POWER: Rule = {
  emit: (t, [base, exponent], [type, exponentType]) => {
    let square = base!;
    let product = t.i32(1);
    for (let bit = 0; bit < 32; bit++) {
      const isSet = t.op(Op.i32And, exponent!, t.i32(2 ** bit));
      product = t.select(isSet, t.op(Op.i32Mul, product, square), product);
      square = t.op(Op.i32Mul, square, square);
    }
    const power = wrapped(t, product, type);
    if (isUnsigned(exponentType)) return power;
    const isOne = t.op(Op.i32Eq, t.op(Op.i32Abs, base!), t.i32(1));
    // 1 and -1 are their own reciprocals, so that the parity of the exponent alone counts.
    const odd = t.select(t.op(Op.i32And, exponent!, t.i32(1)), base!, t.i32(1));
    return t.select(t.op(Op.i32LtS, exponent!, t.i32(0)), t.select(isOne, odd, t.i32(0)), power);
  },
};

/** Of doubles only what multiplications and roots give: Math.pow differs between JavaScript engines. */
function constantPower(power: number): Rule {
  const emit: Rule["emit"] = (t, [x]) => constantPow(t, x!, power);
  if (power === 0.5) return { emit, wide: (x) => Math.sqrt(x!) };
  if (!Number.isInteger(power) || power < 0 || power > 64) return { emit };
  return { emit, wide: (x) => range(power).reduce((product) => product * x!, 1) };
}

export const POWERS: OperatorTable = {
  Pow: { earlyAttributes: EARLY_BROADCAST, translate: translatePow },
};
