/** Turns expression graphs into the instruction lists of a step. */

import { Op } from "../../machine/opcodes.ts";
import type { Instruction } from "../../machine/types.ts";
import { type Register, scheduled, type Tape } from "./tape.ts";

export interface Expression {
  readonly tape: Tape;
  readonly result: Register;
}

export interface Assembly {
  readonly immediates: readonly number[];
  readonly init: number;
  readonly body: readonly Instruction[];
  readonly epilogue: readonly Instruction[];
}

/** Places in the list of a step's operands, by operand slot of the tape. */
export type Places = ReadonlyMap<number, number>;

/**
 * Numbers the registers as SPEC.md section 4 does.
 *
 * @param outer - the epilogue
 * @param outerPlaces - of the outer operands
 * @param fold - for a step with a reduction: the body, its operands, and what the accumulator starts from (an operand or immediate of `outer`)
 */
export function assemble(
  outer: Expression,
  outerPlaces: Places,
  fold?: { readonly body: Expression; readonly bodyPlaces: Places; readonly init: Register },
): Assembly {
  const immediates = new Map<number, number>();
  const collect = ({ tape, result }: Expression): void => {
    for (const register of scheduled(tape, result)) {
      const bits = tape.immediate(register);
      if (bits !== undefined && !immediates.has(bits)) immediates.set(bits, immediates.size);
    }
  };
  if (fold !== undefined) {
    collect(fold.body);
    collect({ tape: outer.tape, result: fold.init });
  }
  collect(outer);

  const startOf = (register: Register): number => {
    const node = outer.tape.nodes[register];
    if (node?.kind === "operand") return outerPlaces.get(node.slot)!;
    return node?.kind === "immediate" ? outerPlaces.size + immediates.get(node.bits)! : 0;
  };
  const outerFile = { places: outerPlaces, accumulator: outerPlaces.size + immediates.size, immediates };
  const list = [...immediates.keys()];
  if (fold !== undefined) {
    const bodyFile = { places: fold.bodyPlaces, accumulator: undefined, immediates };
    return {
      immediates: list,
      init: startOf(fold.init),
      body: instructions(fold.body, bodyFile),
      epilogue: instructions(outer, outerFile),
    };
  }
  // Without a fold the accumulator's start is itself the element: no instruction is needed to copy it.
  const isOperation = outer.tape.nodes[outer.result]?.kind === "op";
  return {
    immediates: list,
    init: isOperation ? 0 : startOf(outer.result),
    body: [],
    epilogue: isOperation ? instructions(outer, outerFile) : [],
  };
}

interface RegisterFile {
  readonly places: Places;
  /** Number of the accumulator, the last register before the instructions; body files have none. */
  readonly accumulator: number | undefined;
  readonly immediates: ReadonlyMap<number, number>;
}

function instructions({ tape, result }: Expression, file: RegisterFile): Instruction[] {
  const list: Instruction[] = [];
  const first = file.places.size + file.immediates.size + (file.accumulator === undefined ? 0 : 1);
  const numbers = new Map<Register, number>();
  for (const register of scheduled(tape, result)) {
    const node = tape.nodes[register]!;
    if (node.kind === "operand") numbers.set(register, file.places.get(node.slot)!);
    else if (node.kind === "immediate")
      numbers.set(register, file.places.size + file.immediates.get(node.bits)!);
    else if (node.kind === "accumulator") numbers.set(register, file.accumulator ?? 0);
    else {
      const [a = 0, b = 0, c = 0] = node.args.map((arg) => numbers.get(arg)!);
      list.push({ op: node.op, a, b, c });
      numbers.set(register, first + list.length - 1);
    }
  }
  const number = numbers.get(result)!;
  if (number !== first + list.length - 1) list.push({ op: Op.i32Or, a: number, b: number, c: 0 });
  return list;
}
