/** Runs an expression while compiling, by the machine's own definition of every operation. */

import { OPERATIONS } from "../../machine/scalar.ts";
import { type Register, scheduled, type Tape } from "./tape.ts";

/** The bits of the result, given the bits of the operands by slot and of the accumulator. */
export type Evaluation = (operands: ArrayLike<number>, accumulator?: number) => number;

/** Prepares an expression for being run many times. */
export function prepare(tape: Tape, result: Register): Evaluation {
  const places = new Map<Register, number>();
  const order = scheduled(tape, result);
  for (const [place, register] of order.entries()) places.set(register, place);
  const values = new Array<number>(order.length).fill(0);
  const loads: { place: number; slot: number }[] = [];
  const accumulators: number[] = [];
  const operations: { place: number; apply: (a: number, b: number, c: number) => number; args: number[] }[] =
    [];
  for (const [place, register] of order.entries()) {
    const node = tape.nodes[register]!;
    if (node.kind === "operand") loads.push({ place, slot: node.slot });
    else if (node.kind === "immediate") values[place] = node.bits;
    else if (node.kind === "accumulator") accumulators.push(place);
    else {
      const apply = OPERATIONS.get(node.op) ?? (() => 0);
      operations.push({ place, apply, args: node.args.map((arg) => places.get(arg)!) });
    }
  }
  return (operands, accumulator = 0) => {
    for (const { place, slot } of loads) values[place] = operands[slot] ?? 0;
    for (const place of accumulators) values[place] = accumulator;
    for (const { place, apply, args } of operations) {
      values[place] = apply(values[args[0]!]!, values[args[1]!] ?? 0, values[args[2]!] ?? 0);
    }
    return values[order.length - 1]!;
  };
}
