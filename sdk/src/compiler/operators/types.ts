/** Checks of element types, shared by the operators. */

import { Op } from "../../machine/opcodes.ts";
import type { Value } from "../graph/ir.ts";
import { DATA_TYPES, type HostType } from "../host/tensor.ts";
import type { Register, Tape } from "../tape/tape.ts";
import type { OperatorContext } from "./context.ts";

export const FLOATS: readonly HostType[] = ["float32"];
export const NUMBERS: readonly HostType[] = ["float32", "int32", "int64", "int8", "uint8"];
export const INTEGERS: readonly HostType[] = ["int32", "int64", "int8", "uint8"];
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
  if (type === "int8") return t.op(Op.i32ShrS, t.op(Op.i32Shl, x, t.i32(24)), t.i32(24));
  return x;
}
