/** Register tapes as vector code. Registers that do not change along the rows or the vectors of a tile are computed once for all of them. */

import type { FunctionBody } from "../../core/wasm/function.ts";
import type { Instruction } from "../../machine/types.ts";
import { emitOperation, operandCount, type Value } from "./operations.ts";

/** Along what a register changes. */
export interface Variance {
  readonly row: boolean;
  readonly vector: boolean;
}

/** A register below the tape's own: an operand, an immediate, the accumulator. */
export interface BaseRegister extends Variance {
  /** Puts the register on the stack. */
  readonly emit: (row: number, vector: number) => void;
  readonly isLoose: boolean;
  readonly known?: number;
  /** Register whose value its address depends on. */
  readonly indexedBy?: number;
}

/** One evaluation of a tape over all rows and vectors of a tile. Its locals live until `release`. */
export class TapeEvaluation {
  readonly #f: FunctionBody;
  readonly #tape: readonly Instruction[];
  readonly #bases: readonly BaseRegister[];
  readonly #variances: Variance[] = [];
  readonly #uses: number[];
  readonly #held = new Map<string, Value>();
  readonly #locals: number[] = [];
  /** Of registers that no other row or vector of the tile can ask for. */
  readonly #ownLocals: number[] = [];

  /** @param results - registers that are asked for from outside */
  constructor(
    f: FunctionBody,
    tape: readonly Instruction[],
    bases: readonly BaseRegister[],
    results: readonly number[],
  ) {
    this.#f = f;
    this.#tape = tape;
    this.#bases = bases;
    for (const base of bases) this.#variances.push(base);
    for (const [place, instruction] of tape.entries()) {
      const read = this.#operands(instruction, place).map((register) => this.#variances[register]);
      this.#variances.push({
        row: read.some((variance) => variance?.row === true),
        vector: read.some((variance) => variance?.vector === true),
      });
    }
    this.#uses = this.#countUses(results);
  }

  /** The number of the last register; -1 if there is none. */
  get last(): number {
    return this.#bases.length + this.#tape.length - 1;
  }

  /** A register in a row and a vector of the tile; its `push` may be called once if `uses` says one, else any number of times. */
  value(register: number, row: number, vector: number): Value {
    const f = this.#f;
    const variance = this.#variances[register];
    if (variance === undefined) return { push: () => f.splat(0), isLoose: false, known: 0 };
    const base = this.#bases[register];
    if (base?.known !== undefined)
      return { push: () => base.emit(row, vector), isLoose: false, known: base.known };
    const key = `${register},${variance.row ? row : ""},${variance.vector ? vector : ""}`;
    const held = this.#held.get(key);
    if (held !== undefined) return held;
    const isShared = (this.#uses[register] ?? 0) > 1 || !variance.row || !variance.vector;
    // Code is put where it is needed; what is needed again is put into a local first.
    if (base !== undefined && !isShared) return { push: () => base.emit(row, vector), isLoose: base.isLoose };
    const isLoose = base === undefined ? this.#compute(register, row, vector) : base.isLoose;
    if (base !== undefined) base.emit(row, vector);
    const local = f.local("v128");
    (variance.row && variance.vector ? this.#ownLocals : this.#locals).push(local);
    f.set(local);
    const value = { push: () => void f.get(local), isLoose };
    this.#held.set(key, value);
    return value;
  }

  /** Gives back what only the row and the vector that were evaluated last can need; their registers must not be asked for again. */
  releaseOwn(): void {
    this.#f.release("v128", ...this.#ownLocals.splice(0));
  }

  release(): void {
    this.#f.release("v128", ...this.#ownLocals.splice(0), ...this.#locals.splice(0));
    this.#held.clear();
  }

  #compute(register: number, row: number, vector: number): boolean {
    const place = register - this.#bases.length;
    const instruction = this.#tape[place] as Instruction;
    const read = this.#operands(instruction, place);
    const value = (operand: number): Value =>
      operand < read.length ? this.value(read[operand] ?? -1, row, vector) : NO_VALUE;
    return emitOperation(this.#f, instruction.op, value(0), value(1), value(2));
  }

  /** Registers that an instruction looks at; -1 for one that does not exist yet. */
  #operands({ op, a, b, c }: Instruction, place: number): number[] {
    const own = this.#bases.length + place;
    return [a, b, c].slice(0, operandCount(op)).map((register) => (register < own ? register : -1));
  }

  #countUses(results: readonly number[]): number[] {
    const uses = this.#variances.map(() => 0);
    const use = (register: number): void => {
      if (register < 0) return;
      uses[register] = (uses[register] ?? 0) + 1;
    };
    for (const register of results) use(register);
    for (let place = this.#tape.length - 1; place >= 0; place--) {
      if ((uses[this.#bases.length + place] ?? 0) === 0) continue;
      for (const register of this.#operands(this.#tape[place] as Instruction, place)) use(register);
    }
    for (let register = this.#bases.length - 1; register >= 0; register--)
      if ((uses[register] ?? 0) > 0) use(this.#bases[register]?.indexedBy ?? -1);
    return uses;
  }
}

const NO_VALUE: Value = { push: () => {}, isLoose: false };
