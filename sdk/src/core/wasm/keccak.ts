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

/** Where rho and pi take each lane, and by how much it turns. */
function rotations(): { readonly to: number; readonly by: number }[] {
  const result = Array.from({ length: LANES }, () => ({ to: 0, by: 0 }));
  let [x, y] = [1, 0];
  for (let t = 0; t < ROUNDS; t++) {
    const next = (2 * x + 3 * y) % SIDE;
    result[x + SIDE * y] = { to: y + SIDE * next, by: (((t + 1) * (t + 2)) / 2) % 64 };
    [x, y] = [y, next];
  }
  return result;
}

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
 * The module: `hash(count)` replaces `count` pairs of words, an even number, by their hashes, and `hashOne()` the first pair by its hash.
 */
export function keccakModule(): Uint8Array<ArrayBuffer> {
  const module = new WasmModule({ pages: 1, isShared: false });
  emitMany(module.addFunction("hash", ["i32"]));
  emitOne(module.addFunction("hashOne", []));
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

function emitOne(f: FunctionBody): void {
  const locals = localsOf(f, ONE);
  absorb(f, ONE, locals.state, (lane) => void f.i32(0).scalar(Load.i64, 8 * lane));
  permute(f, ONE, locals);
  for (const [lane, local] of locals.state.slice(0, HASH_BYTES / 8).entries())
    f.i32(0)
      .get(local)
      .scalar(Store.i64, 8 * lane);
}

interface Locals {
  readonly state: readonly number[];
  readonly moved: readonly number[];
  readonly columns: readonly number[];
  readonly held: number;
}

function localsOf(f: FunctionBody, { type }: Arithmetic): Locals {
  const some = (count: number): number[] => Array.from({ length: count }, () => f.local(type));
  return { state: some(LANES), moved: some(LANES), columns: some(SIDE), held: f.local(type) };
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

function permute(f: FunctionBody, arithmetic: Arithmetic, locals: Locals): void {
  for (const constant of roundConstants()) emitRound(f, arithmetic, locals, constant);
}

function emitRound(
  f: FunctionBody,
  { xor, andNot, rotate, constant }: Arithmetic,
  { state, moved, columns, held }: Locals,
  roundConstant: bigint,
): void {
  const at = (list: readonly number[], place: number): number => list[place] as number;
  for (let x = 0; x < SIDE; x++) {
    f.get(at(state, x));
    for (let y = 1; y < SIDE; y++) xor(f.get(at(state, x + SIDE * y)));
    f.set(at(columns, x));
  }
  for (let x = 0; x < SIDE; x++) {
    rotate(f.get(at(columns, (x + 1) % SIDE)), 1, held);
    xor(f.get(at(columns, (x + 4) % SIDE)));
    f.set(at(moved, 0));
    for (let y = 0; y < SIDE; y++) {
      xor(f.get(at(state, x + SIDE * y)).get(at(moved, 0)));
      f.set(at(state, x + SIDE * y));
    }
  }
  for (const [lane, { to, by }] of rotations().entries()) {
    f.get(at(state, lane));
    if (by !== 0) rotate(f, by, held);
    f.set(at(moved, to));
  }
  for (let y = 0; y < LANES; y += SIDE)
    for (let x = 0; x < SIDE; x++) {
      f.get(at(moved, y + x))
        .get(at(moved, y + ((x + 2) % SIDE)))
        .get(at(moved, y + ((x + 1) % SIDE)));
      andNot(f);
      xor(f);
      f.set(at(state, y + x));
    }
  constant(f.get(at(state, 0)), roundConstant);
  xor(f);
  f.set(at(state, 0));
}
