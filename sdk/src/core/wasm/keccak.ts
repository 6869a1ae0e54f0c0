/**
 * keccak-f[1600] as WebAssembly: two states at a time, each 64-bit lane of one beside the same lane of the other in a vector. The code is written out round
 * by round from the permutation's definition (FIPS 202, section 3.2); tested against another implementation before it is used.
 */

import type { FunctionBody } from "./function.ts";
import { WasmModule } from "./module.ts";
import { Code, Simd } from "./opcodes.ts";

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

/** The module: `hash(count)` replaces `count` pairs of words, an even number, by their hashes. */
export function keccakModule(): Uint8Array<ArrayBuffer> {
  const module = new WasmModule({ pages: 1, isShared: false });
  const f = module.addFunction("hash", ["i32"]);
  const [source, target, left] = [f.local("i32"), f.local("i32"), 0];
  const state = Array.from({ length: LANES }, () => f.local("v128"));
  const moved = Array.from({ length: LANES }, () => f.local("v128"));
  const columns = Array.from({ length: SIDE }, () => f.local("v128"));
  const turned = f.local("v128");
  const round = { state, moved, columns, turned };
  f.i32(0).set(source).i32(0).set(target);
  f.loop(() => {
    absorb(f, state, source);
    for (const constant of roundConstants()) emitRound(f, round, constant);
    squeeze(f, state, target);
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
  return module.toBytes();
}

/** 64 bytes fill 8 of the 17 lanes of a block; the padding is 0x01 behind the message and 0x80 at the block's end. */
function absorb(f: FunctionBody, state: readonly number[], source: number): void {
  for (const [lane, local] of state.entries()) {
    if (lane < 8) {
      f.get(source)
        .get(source)
        .access(Simd.load64Zero, 8 * lane);
      f.laneAccess(Simd.load64Lane, PAIR_BYTES + 8 * lane, 1);
    } else if (lane === 8) pushBoth(f, 1n);
    else pushBoth(f, lane === 16 ? 1n << 63n : 0n);
    f.set(local);
  }
}

function squeeze(f: FunctionBody, state: readonly number[], target: number): void {
  for (let lane = 0; lane < 4; lane++) {
    const local = state[lane] as number;
    f.get(target)
      .get(local)
      .laneAccess(Simd.store64Lane, 8 * lane, 0);
    f.get(target)
      .get(local)
      .laneAccess(Simd.store64Lane, HASH_BYTES + 8 * lane, 1);
  }
}

interface Locals {
  readonly state: readonly number[];
  readonly moved: readonly number[];
  readonly columns: readonly number[];
  readonly turned: number;
}

function emitRound(f: FunctionBody, { state, moved, columns, turned }: Locals, constant: bigint): void {
  const at = (list: readonly number[], place: number): number => list[place] as number;
  for (let x = 0; x < SIDE; x++) {
    f.get(at(state, x));
    for (let y = 1; y < SIDE; y++) f.get(at(state, x + SIDE * y)).simd(Simd.xor);
    f.set(at(columns, x));
  }
  const turns = rotations();
  for (let x = 0; x < SIDE; x++) {
    f.get(at(columns, (x + 1) % SIDE));
    rotate(f, 1, turned);
    f.get(at(columns, (x + 4) % SIDE))
      .simd(Simd.xor)
      .set(at(moved, 0));
    for (let y = 0; y < SIDE; y++)
      f.get(at(state, x + SIDE * y))
        .get(at(moved, 0))
        .simd(Simd.xor)
        .set(at(state, x + SIDE * y));
  }
  for (let lane = 0; lane < LANES; lane++) {
    const { to, by } = lane === 0 ? { to: 0, by: 0 } : (turns[lane] as { to: number; by: number });
    f.get(at(state, lane));
    rotate(f, by, turned);
    f.set(at(moved, to));
  }
  for (let y = 0; y < LANES; y += SIDE)
    for (let x = 0; x < SIDE; x++) {
      f.get(at(moved, y + x))
        .get(at(moved, y + ((x + 2) % SIDE)))
        .get(at(moved, y + ((x + 1) % SIDE)));
      // andnot keeps what the second operand does not have.
      f.simd(Simd.andNot)
        .simd(Simd.xor)
        .set(at(state, y + x));
    }
  f.get(at(state, 0));
  pushBoth(f, constant);
  f.simd(Simd.xor).set(at(state, 0));
}

/** Turns the vector's lanes to the left. */
function rotate(f: FunctionBody, by: number, held: number): void {
  if (by === 0) return;
  f.tee(held)
    .i32(by)
    .simd(Simd.i64Shl)
    .get(held)
    .i32(64 - by)
    .simd(Simd.i64ShrU)
    .simd(Simd.or);
}

function pushBoth(f: FunctionBody, value: bigint): void {
  const low = Number(BigInt.asUintN(32, value));
  const high = Number(value >> 32n);
  f.constant([low, high, low, high]);
}
