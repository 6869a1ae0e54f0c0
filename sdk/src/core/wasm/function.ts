/** The body of a WebAssembly function, instruction by instruction. */

import { sleb, sleb64, uleb, VALUE_TYPE, type ValueType } from "./encoding.ts";
import { Code, Simd } from "./opcodes.ts";

const BLOCK = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  branch: 0x0c,
  branchIf: 0x0d,
} as const;
const EMPTY = 0x40;

export class FunctionBody {
  readonly parameters: readonly ValueType[];
  readonly #locals: ValueType[] = [];
  readonly #free: Record<ValueType, number[]> = { i32: [], i64: [], v128: [] };
  #code = new Uint8Array(1024);
  #size = 0;

  constructor(parameters: readonly ValueType[]) {
    this.parameters = parameters;
  }

  /** A local of its own; one that was given back, if there is one. Holds anything. */
  local(type: ValueType): number {
    const free = this.#free[type].pop();
    if (free !== undefined) return free;
    this.#locals.push(type);
    return this.parameters.length + this.#locals.length - 1;
  }

  /** Gives a local back. */
  release(type: ValueType, ...locals: readonly number[]): void {
    this.#free[type].push(...locals);
  }

  /** Bytes of code so far. */
  get size(): number {
    return this.#size;
  }

  get(local: number): this {
    return this.#push(0x20, ...uleb(local));
  }

  set(local: number): this {
    return this.#push(0x21, ...uleb(local));
  }

  tee(local: number): this {
    return this.#push(0x22, ...uleb(local));
  }

  i32(value: number): this {
    return this.#push(0x41, ...sleb(value));
  }

  i64(value: bigint): this {
    return this.#push(0x42, ...sleb64(value));
  }

  op(code: (typeof Code)[keyof typeof Code]): this {
    return this.#push(code);
  }

  simd(code: number): this {
    return this.#push(0xfd, ...uleb(code));
  }

  /** A vector instruction with the number of a lane. */
  lane(code: number, lane: number): this {
    return this.simd(code).#push(lane);
  }

  /** A vector load or store. No access claims an alignment. */
  access(code: number, offset: number): this {
    return this.simd(code).#push(0, ...uleb(offset));
  }

  laneAccess(code: number, offset: number, lane: number): this {
    return this.access(code, offset).#push(lane);
  }

  /** A load or store of a scalar. */
  scalar(code: number, offset: number): this {
    return this.#push(code, 0, ...uleb(offset));
  }

  /** Four 32-bit lanes. */
  constant(lanes: readonly [number, number, number, number]): this {
    const bytes = new Uint8Array(16);
    const view = new DataView(bytes.buffer);
    for (const [lane, value] of lanes.entries()) view.setInt32(4 * lane, value | 0, true);
    return this.simd(Simd.constant).#push(...bytes);
  }

  splat(value: number): this {
    return this.constant([value, value, value, value]);
  }

  block(emit: () => void): this {
    this.#push(BLOCK.block, EMPTY);
    emit();
    return this.#push(BLOCK.end);
  }

  loop(emit: () => void): this {
    this.#push(BLOCK.loop, EMPTY);
    emit();
    return this.#push(BLOCK.end);
  }

  /** Takes the condition from the stack. */
  if(then: () => void, otherwise?: () => void): this {
    this.#push(BLOCK.if, EMPTY);
    then();
    if (otherwise !== undefined) {
      this.#push(BLOCK.else);
      otherwise();
    }
    return this.#push(BLOCK.end);
  }

  branch(depth: number): this {
    return this.#push(BLOCK.branch, ...uleb(depth));
  }

  branchIf(depth: number): this {
    return this.#push(BLOCK.branchIf, ...uleb(depth));
  }

  /** `for (index = first; index < end; index += step)`, at least once; first is on the stack, `pushEnd` puts the end there. */
  count(index: number, pushEnd: () => void, step: number, emit: () => void): this {
    this.set(index);
    return this.loop(() => {
      emit();
      this.get(index).i32(step).op(Code.i32Add).tee(index);
      pushEnd();
      this.op(Code.i32LtS).branchIf(0);
    });
  }

  toBytes(): Uint8Array {
    const locals: number[] = [];
    let runs = 0;
    for (let from = 0; from < this.#locals.length; runs++) {
      const type = this.#locals[from] as ValueType;
      let end = from;
      while (this.#locals[end] === type) end++;
      locals.push(...uleb(end - from), VALUE_TYPE[type]);
      from = end;
    }
    const head = [...uleb(runs), ...locals];
    const bytes = new Uint8Array(head.length + this.#size + 1);
    bytes.set(head);
    bytes.set(this.#code.subarray(0, this.#size), head.length);
    bytes[bytes.length - 1] = BLOCK.end;
    return bytes;
  }

  #push(...bytes: readonly number[]): this {
    if (this.#size + bytes.length > this.#code.length) {
      const longer = new Uint8Array(2 * this.#code.length);
      longer.set(this.#code);
      this.#code = longer;
    }
    for (const byte of bytes) this.#code[this.#size++] = byte;
    return this;
  }
}
