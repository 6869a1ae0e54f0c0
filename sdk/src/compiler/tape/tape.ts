/** Expressions over registers, from which the tapes of steps are assembled. */

import { Op } from "../../machine/opcodes.ts";
import { applyOp, fromFloat } from "../../machine/scalar.ts";

/** A value of a {@link Tape}: the number of its node. */
export type Register = number;

export type TapeNode =
  | { readonly kind: "operand"; readonly slot: number }
  | { readonly kind: "immediate"; readonly bits: number }
  | { readonly kind: "accumulator" }
  | { readonly kind: "op"; readonly op: number; readonly args: readonly Register[] };

/**
 * A growing expression graph. Equal expressions are one node, and operations on immediates alone are carried out at once,
 * by the machine's own definition, so the result never depends on whether something was known while compiling.
 */
export class Tape {
  readonly #nodes: TapeNode[] = [];
  readonly #known = new Map<string, Register>();

  get nodes(): readonly TapeNode[] {
    return this.#nodes;
  }

  operand(slot: number): Register {
    return this.#intern(`o${slot}`, { kind: "operand", slot });
  }

  /** The accumulator; of epilogues only. */
  accumulator(): Register {
    return this.#intern("a", { kind: "accumulator" });
  }

  /** An immediate with these 32 bits. */
  bits(bits: number): Register {
    return this.#intern(`i${bits >>> 0}`, { kind: "immediate", bits: bits >>> 0 });
  }

  /** The binary32 number nearest to `value`. */
  f32(value: number): Register {
    return this.bits(fromFloat(value));
  }

  i32(value: number): Register {
    return this.bits(value);
  }

  /** The bits of a register that is an immediate. */
  immediate(register: Register): number | undefined {
    const node = this.#nodes[register];
    return node?.kind === "immediate" ? node.bits : undefined;
  }

  op(op: number, ...args: readonly Register[]): Register {
    const [a, b, c] = args.map((arg) => this.immediate(arg));
    if (args.every((arg) => this.immediate(arg) !== undefined))
      return this.bits(applyOp(op, a ?? 0, b ?? 0, c ?? 0));
    if (op === Op.select && a !== undefined) return args[a === 0 ? 2 : 1]!;
    return this.#intern(`${op}:${args.join(",")}`, { kind: "op", op, args });
  }

  add(a: Register, b: Register): Register {
    return this.op(Op.f32Add, a, b);
  }

  sub(a: Register, b: Register): Register {
    return this.op(Op.f32Sub, a, b);
  }

  mul(a: Register, b: Register): Register {
    return this.op(Op.f32Mul, a, b);
  }

  div(a: Register, b: Register): Register {
    return this.op(Op.f32Div, a, b);
  }

  min(a: Register, b: Register): Register {
    return this.op(Op.f32Min, a, b);
  }

  max(a: Register, b: Register): Register {
    return this.op(Op.f32Max, a, b);
  }

  select(condition: Register, yes: Register, no: Register): Register {
    return this.op(Op.select, condition, yes, no);
  }

  /** `coefficients[0] + x * (coefficients[1] + x * (...))`, rounded after every operation. */
  polynomial(x: Register, coefficients: readonly number[]): Register {
    return coefficients
      .map((coefficient) => this.f32(coefficient))
      .reduceRight((sum, coefficient) => this.add(this.mul(sum, x), coefficient));
  }

  #intern(key: string, node: TapeNode): Register {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#nodes.push(node);
    this.#known.set(key, this.#nodes.length - 1);
    return this.#nodes.length - 1;
  }
}

/** The operations that a result needs, in an order in which each comes after what it reads, the result's last. */
export function scheduled(tape: Tape, result: Register): Register[] {
  const isNeeded = new Uint8Array(result + 1);
  isNeeded[result] = 1;
  // Arguments always have smaller numbers than the operations that read them.
  for (let register = result; register >= 0; register--) {
    const node = tape.nodes[register];
    if (isNeeded[register] === 1 && node?.kind === "op") for (const arg of node.args) isNeeded[arg] = 1;
  }
  const registers: Register[] = [];
  for (const [register, needed] of isNeeded.entries()) if (needed === 1) registers.push(register);
  return registers;
}

/** The operand slots that a result needs, ascending. */
export function usedSlots(tape: Tape, result: Register): number[] {
  const slots: number[] = [];
  for (const register of scheduled(tape, result)) {
    const node = tape.nodes[register];
    if (node?.kind === "operand") slots.push(node.slot);
  }
  return slots.sort((a, b) => a - b);
}
