/** Checks of element types, shared by the operators. */

import { Op } from "../../machine/opcodes.ts";
import type { Value } from "../graph/ir.ts";
import { DATA_TYPES, type HostType, isFloat, isUnsigned } from "../host/tensor.ts";
import type { Register, Tape } from "../tape/tape.ts";
import type { OperatorContext } from "./context.ts";

export const FLOATS: readonly HostType[] = ["float32"];
export const NUMBERS: readonly HostType[] = ["float32", "int32", "int64", "int8", "uint8"];
export const INTEGERS: readonly HostType[] = ["int32", "int64", "int8", "uint8"];
/** With those that only arithmetic, comparisons and conversions know how to compute with. */
export const ALL_NUMBERS: readonly HostType[] = [...NUMBERS, "int16", "uint16", "uint32", "uint64"];
export const ALL_INTEGERS: readonly HostType[] = ALL_NUMBERS.filter((type) => type !== "float32");
export const ANY: readonly HostType[] = DATA_TYPES;

/** Refuses values of the request that are of another type. Known values may be of any: folding decides. */
export function requireType(ctx: OperatorContext, value: Value, types: readonly HostType[]): Value {
  if (value.kind !== "host" && !types.includes(value.type))
    throw ctx.graph.unsupportedType("An input", value.type, types);
  return value;
}

/** Refuses inputs of different types. */
export function requireSameType(ctx: OperatorContext, values: readonly Value[]): HostType {
  const type = values[0]?.type ?? "float32";
  for (const value of values) {
    if (value.type !== type) throw ctx.malformed(`inputs are of different types, ${type} and ${value.type}`);
  }
  return type;
}

/** Brings the result of 32-bit integer arithmetic back into the range of a smaller type. */
export function wrapped(t: Tape, x: Register, type: HostType | undefined): Register {
  if (type === "uint8") return t.op(Op.i32And, x, t.i32(0xff));
  if (type === "uint16") return t.op(Op.i32And, x, t.i32(0xffff));
  if (type === "int8") return t.op(Op.i32ShrS, t.op(Op.i32Shl, x, t.i32(24)), t.i32(24));
  if (type === "int16") return t.op(Op.i32ShrS, t.op(Op.i32Shl, x, t.i32(16)), t.i32(16));
  return x;
}

/** The number that a register of a type holds, as a float. */
export function toFloat(t: Tape, x: Register, type: HostType | undefined): Register {
  if (isFloat(type)) return x;
  return t.op(isUnsigned(type) ? Op.f32ConvertI32U : Op.f32ConvertI32S, x);
}
