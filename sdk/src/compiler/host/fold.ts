/** Computes elementwise expressions and reductions of tensors that are known while compiling. */

import { FOLD_OPS } from "../../machine/budget.ts";
import { applyOp } from "../../machine/scalar.ts";
import type { NestForm, NestNode } from "../graph/ir.ts";
import type { Rule } from "../graph/rule.ts";
import { prepare } from "../tape/evaluate.ts";
import { Tape } from "../tape/tape.ts";
import { fromRegisters, toRegisters } from "./bits.ts";
import {
  allocate,
  type DataType,
  elementCount,
  type HostData,
  type HostTensor,
  type HostType,
  hostTensor,
  isDataType,
  rowMajorStrides,
} from "./tensor.ts";

const BIG: readonly HostType[] = ["int64", "uint64"];
const WIDE: readonly HostType[] = ["float64"];

/**
 * Applies a rule to known tensors, broadcasting them to `dims`.
 *
 * @returns `undefined` if the rule is not defined for these types
 */
export function foldPointwise(
  rule: Rule,
  inputs: readonly HostTensor[],
  dims: readonly number[],
  type: HostType,
): HostTensor | undefined {
  const count = elementCount(dims);
  const types = inputs.map((input) => input.type);
  if (types.some((item) => BIG.includes(item)) && rule.big !== undefined) {
    return hostTensor(type, dims, foldBig(rule.big, inputs, dims, type, count));
  }
  if (types.some((item) => WIDE.includes(item)) && rule.wide !== undefined) {
    const wide = rule.wide;
    const data = allocate(type, count);
    each(inputs, dims, count, (i, args) => {
      data[i] = wide(...args.map(Number));
    });
    return hostTensor(type, dims, data);
  }
  if (!types.every(isDataType) || !isDataType(type)) return undefined;
  const tape = new Tape();
  const result = rule.emit(
    tape,
    inputs.map((_, slot) => tape.operand(slot)),
    types,
  );
  const run = prepare(tape, result);
  const registers = inputs.map((input) => toRegisters(input));
  const output = new Uint32Array(count);
  const places = inputs.map((input) => broadcastStrides(input.dims, dims));
  walk(dims, count, places, (i, addresses) => {
    output[i] = run(registers.map((list, slot) => list[addresses[slot]!]!));
  });
  return hostTensor(type, dims, fromRegisters(type, output));
}

function foldBig(
  big: (...args: readonly bigint[]) => bigint,
  inputs: readonly HostTensor[],
  dims: readonly number[],
  type: HostType,
  count: number,
): HostData {
  const data = allocate(type, count);
  each(inputs, dims, count, (i, args) => {
    const value = big(...args.map(BigInt));
    data[i] = data instanceof BigInt64Array || data instanceof BigUint64Array ? value : Number(value);
  });
  return data;
}

function each(
  inputs: readonly HostTensor[],
  dims: readonly number[],
  count: number,
  visit: (i: number, args: readonly (number | bigint)[]) => void,
): void {
  const places = inputs.map((input) => broadcastStrides(input.dims, dims));
  walk(dims, count, places, (i, addresses) => {
    visit(
      i,
      inputs.map((input, slot) => input.data[addresses[slot]!]!),
    );
  });
}

/** Strides of a tensor as seen from dimensions that it is broadcast to. */
function broadcastStrides(from: readonly number[], to: readonly number[]): number[] {
  const strides = rowMajorStrides(from);
  const missing = to.length - from.length;
  return to.map((_, d) => (d < missing || from[d - missing] === 1 ? 0 : strides[d - missing]!));
}

/** Visits row-major coordinates, with the address that each list of strides gives. The addresses are reused. */
function walk(
  dims: readonly number[],
  count: number,
  strides: readonly (readonly number[])[],
  visit: (i: number, addresses: readonly number[]) => void,
): void {
  const counters = dims.map(() => 0);
  const addresses = strides.map(() => 0);
  for (let i = 0; i < count; i++) {
    visit(i, addresses);
    for (let d = dims.length - 1; d >= 0; d--) {
      counters[d]!++;
      const isCarried = counters[d] === dims[d];
      for (const [slot, own] of strides.entries())
        addresses[slot]! += own[d]! * (isCarried ? 1 - dims[d]! : 1);
      if (!isCarried) break;
      counters[d] = 0;
    }
  }
}

/** Everything of a nest but its place in a graph, reading known tensors. */
export interface KnownNest extends Pick<NestNode, "dims" | "reduction" | "body" | "fold"> {
  readonly type: DataType;
  readonly operands: readonly {
    readonly source: HostTensor;
    readonly coordinates: readonly NestForm[];
    readonly pad: number;
  }[];
  readonly init: number | HostTensor;
}

/** Computes a nest over known tensors, in the order of its own reduction dimensions. */
export function foldNest(nest: KnownNest): HostTensor {
  const tape = new Tape();
  const run = prepare(
    tape,
    nest.body(
      tape,
      nest.operands.map((_, slot) => tape.operand(slot)),
    ),
  );
  const foldOp = FOLD_OPS[nest.fold] ?? 0;
  const all = [...nest.dims, ...nest.reduction];
  const reads = nest.operands.map(({ source, coordinates, pad }) => {
    const registers = toRegisters(source);
    const strides = rowMajorStrides(source.dims);
    const forms = coordinates.map(({ base = 0, out = [], reduced = [] }, d) => {
      const factors = all.map(() => 0);
      for (const [j, factor] of out) factors[j]! += factor;
      for (const [j, factor] of reduced) factors[nest.dims.length + j]! += factor;
      return { base, factors, extent: source.dims[d]!, stride: strides[d]! };
    });
    return (at: readonly number[]): number => {
      let address = 0;
      for (const { base, factors, extent, stride } of forms) {
        const c = factors.reduce((sum, factor, j) => sum + factor * at[j]!, base);
        if (c < 0 || c >= extent) return pad;
        address += c * stride;
      }
      return registers[address]!;
    };
  });
  const { init } = nest;
  const starts =
    typeof init === "number"
      ? undefined
      : { registers: toRegisters(init), strides: broadcastStrides(init.dims, nest.dims) };
  const count = elementCount(nest.dims);
  const iterations = elementCount(nest.reduction);
  const output = new Uint32Array(count);
  const at = all.map(() => 0);
  for (let i = 0; i < count; i++) {
    let accumulator =
      starts === undefined
        ? (init as number)
        : starts.registers[starts.strides.reduce((sum, stride, d) => sum + stride * at[d]!, 0)]!;
    for (let r = 0; r < iterations; r++) {
      accumulator = applyOp(foldOp, accumulator, run(reads.map((read) => read(at))), 0);
      advance(at, all, nest.dims.length);
    }
    output[i] = accumulator;
    advance(at, nest.dims, 0);
  }
  return hostTensor(nest.type, nest.dims, fromRegisters(nest.type, output));
}

/** The next row-major coordinates over `dims[from ...]`; the first again after the last. */
function advance(at: number[], dims: readonly number[], from: number): void {
  for (let d = dims.length - 1; d >= from; d--) {
    at[d]!++;
    if (at[d]! < dims[d]!) return;
    at[d] = 0;
  }
}
