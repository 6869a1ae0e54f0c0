/**
 * keccak-f[1600] as WebAssembly: two states at a time, each 64-bit lane of one beside the same lane of the other in a vector, or one alone. The code is written
 * out round by round from the permutation's definition (FIPS 202, section 3.2); tested against another implementation before it is used.
 */

import type { FunctionBody } from "./function.ts";
import { WasmModule } from "./module.ts";
import { Code, Load, Simd, Store } from "./opcodes.ts";

const ROUNDS = 24;
const SIDE = 5;
const LANES = SIDE * SIDE;

/** Bytes of the message at a time, and of the hash. */
const PAIR_BYTES = 64;
const HASH_BYTES = 32;

/** One page: pairs of words in, hashes out in their place. */
const PAGE_BYTES = 65_536;

/** Pairs that are hashed by one call. */
export const BATCH_PAIRS = PAGE_BYTES / PAIR_BYTES;

/** Iota's constants, from the linear feedback shift register that defines them. */
function roundConstants(): bigint[] {
  let register = 1;
  const nextBit = (): bigint => {
    const bit = register & 1;
    register = ((register << 1) ^ ((register >> 7) * 0x171)) & 0xff;
    return BigInt(bit);
  };
  return Array.from({ length: ROUNDS }, () => {
    let constant = 0n;
    for (let j = 0; j < 7; j++) constant |= nextBit() << BigInt(2 ** j - 1);
    return constant;
  });
}

/** By lane: from where rho and pi take what becomes it, and by how much that turns. */
const MOVES: readonly { readonly from: number; readonly by: number }[] = ((): {
  from: number;
  by: number;
}[] => {
  const result = Array.from({ length: LANES }, () => ({ from: 0, by: 0 }));
  let [x, y] = [1, 0];
  for (let t = 0; t < ROUNDS; t++) {
    const next = (2 * x + 3 * y) % SIDE;
    result[y + SIDE * next] = { from: x + SIDE * y, by: (((t + 1) * (t + 2)) / 2) % 64 };
    [x, y] = [y, next];
  }
  return result;
})();

/** How the permutation's lanes are held: its rounds are the same for one state and for two. */
interface Arithmetic {
  readonly type: "i64" | "v128";
  readonly xor: (f: FunctionBody) => void;
  /** What the first of the two upper values has and the second has not. */
  readonly andNot: (f: FunctionBody) => void;
  /** Turns the upper value to the left; `held` is a local that may be used for it. */
  readonly rotate: (f: FunctionBody, by: number, held: number) => void;
  readonly constant: (f: FunctionBody, value: bigint) => void;
}

const ONE: Arithmetic = {
  type: "i64",
  xor: (f) => void f.op(Code.i64Xor),
  andNot: (f) => void f.i64(-1n).op(Code.i64Xor).op(Code.i64And),
  rotate: (f, by) => void f.i64(BigInt(by)).op(Code.i64RotL),
  constant: (f, value) => void f.i64(value),
};

const TWO: Arithmetic = {
  type: "v128",
  xor: (f) => void f.simd(Simd.xor),
  andNot: (f) => void f.simd(Simd.andNot),
  rotate: (f, by, held) =>
    void f
      .tee(held)
      .i32(by)
      .simd(Simd.i64Shl)
      .get(held)
      .i32(64 - by)
      .simd(Simd.i64ShrU)
      .simd(Simd.or),
  constant: (f, value) => {
    const low = Number(BigInt.asUintN(32, value));
    const high = Number(value >> 32n);
    f.constant([low, high, low, high]);
  },
};

/**
 * The module: `hash(count)` replaces `count` pairs of words, an even number, by their hashes. `hashUp(count)` replaces the first word by what it hashes to with the
 * second one, that with the third one, and so on, `count` times: the root above a word on the left edge of a tree.
 */
export function keccakModule(): Uint8Array<ArrayBuffer> {
  const module = new WasmModule({ pages: 1, isShared: false });
  emitMany(module.addFunction("hash", ["i32"]));
  emitUp(module.addFunction("hashUp", ["i32"]));
  return module.toBytes();
}

function emitMany(f: FunctionBody): void {
  const [source, target, left] = [f.local("i32"), f.local("i32"), 0];
  const locals = localsOf(f, TWO);
  f.i32(0).set(source).i32(0).set(target);
  f.loop(() => {
    absorb(f, TWO, locals.state, (lane) => {
      f.get(source)
        .get(source)
        .access(Simd.load64Zero, 8 * lane);
      f.laneAccess(Simd.load64Lane, PAIR_BYTES + 8 * lane, 1);
    });
    permute(f, TWO, locals);
    for (const [lane, local] of locals.state.slice(0, HASH_BYTES / 8).entries()) {
      f.get(target)
        .get(local)
        .laneAccess(Simd.store64Lane, 8 * lane, 0);
      f.get(target)
        .get(local)
        .laneAccess(Simd.store64Lane, HASH_BYTES + 8 * lane, 1);
    }
    f.get(source)
      .i32(2 * PAIR_BYTES)
      .op(Code.i32Add)
      .set(source);
    f.get(target)
      .i32(2 * HASH_BYTES)
      .op(Code.i32Add)
      .set(target);
    f.get(left).i32(2).op(Code.i32Sub).tee(left).i32(0).op(Code.i32Ne).branchIf(0);
  });
}

function emitUp(f: FunctionBody): void {
  const [sibling, left] = [f.local("i32"), 0];
  const locals = localsOf(f, ONE);
  const half = HASH_BYTES / 8;
  f.i32(HASH_BYTES).set(sibling);
  f.loop(() => {
    absorb(f, ONE, locals.state, (lane) => {
      if (lane < half) f.i32(0).scalar(Load.i64, 8 * lane);
      else f.get(sibling).scalar(Load.i64, 8 * (lane - half));
    });
    permute(f, ONE, locals);
    for (const [lane, local] of locals.state.slice(0, half).entries())
      f.i32(0)
        .get(local)
        .scalar(Store.i64, 8 * lane);
    f.get(sibling).i32(HASH_BYTES).op(Code.i32Add).set(sibling);
    f.get(left).i32(1).op(Code.i32Sub).tee(left).i32(0).op(Code.i32Ne).branchIf(0);
  });
}

interface Locals {
  /** The state before a round, and the one after it. */
  readonly state: readonly number[];
  readonly next: readonly number[];
  readonly columns: readonly number[];
  readonly row: readonly number[];
  readonly held: number;
}

function localsOf(f: FunctionBody, { type }: Arithmetic): Locals {
  const some = (count: number): number[] => Array.from({ length: count }, () => f.local(type));
  return {
    ...{ state: some(LANES), next: some(LANES), columns: some(SIDE), row: some(SIDE) },
    held: f.local(type),
  };
}

/** 64 bytes fill 8 of the 17 lanes of a block; the padding is 0x01 behind the message and 0x80 at the block's end. */
function absorb(
  f: FunctionBody,
  { constant }: Arithmetic,
  state: readonly number[],
  pushLane: (lane: number) => void,
): void {
  for (const [lane, local] of state.entries()) {
    if (lane < PAIR_BYTES / 8) pushLane(lane);
    else if (lane === PAIR_BYTES / 8) constant(f, 1n);
    else constant(f, lane === 16 ? 1n << 63n : 0n);
    f.set(local);
  }
}

/** Permutes the state; of the last round only the first row is made, which has the hash. */
function permute(f: FunctionBody, arithmetic: Arithmetic, locals: Locals): void {
  let [from, to] = [locals.state, locals.next];
  for (const [round, constant] of roundConstants().entries()) {
    const rows = round === ROUNDS - 1 ? 1 : SIDE;
    emitRound(f, arithmetic, { ...locals, state: from, next: to }, constant, rows);
    [from, to] = [to, from];
  }
}

/** One round, row by row of its result, so that few lanes are held at a time: there are not nearly registers enough for all. */
function emitRound(
  f: FunctionBody,
  { xor, andNot, rotate, constant }: Arithmetic,
  { state, next, columns, row, held }: Locals,
  roundConstant: bigint,
  rows: number,
): void {
  const at = (list: readonly number[], place: number): number => list[place] as number;
  for (let x = 0; x < SIDE; x++) {
    f.get(at(state, x));
    for (let y = 1; y < SIDE; y++) xor(f.get(at(state, x + SIDE * y)));
    f.set(at(row, x));
  }
  for (let x = 0; x < SIDE; x++) {
    rotate(f.get(at(row, (x + 1) % SIDE)), 1, held);
    xor(f.get(at(row, (x + 4) % SIDE)));
    f.set(at(columns, x));
  }
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < SIDE; x++) {
      const { from, by } = MOVES[x + SIDE * y] as (typeof MOVES)[number];
      xor(f.get(at(state, from)).get(at(columns, from % SIDE)));
      if (by !== 0) rotate(f, by, held);
      f.set(at(row, x));
    }
    for (let x = 0; x < SIDE; x++) {
      f.get(at(row, x))
        .get(at(row, (x + 2) % SIDE))
        .get(at(row, (x + 1) % SIDE));
      andNot(f);
      xor(f);
      if (x + y === 0) {
        constant(f, roundConstant);
        xor(f);
      }
      f.set(at(next, x + SIDE * y));
    }
  }
}
