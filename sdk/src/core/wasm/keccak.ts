/**
 * keccak-f[1600] as WebAssembly: three states at a time, two of them as vectors, each 64-bit lane of one beside the same lane of the other, and one as integers,
 * since a processor has registers and units of its own for each kind; or one state alone. The rounds are a loop, which fits the caches for code: written out all
 * 24 do not. Written from the permutation's definition (FIPS 202, section 3.2); tested against another implementation before it is used.
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

/** One page: pairs of words in, hashes out in their place. Its end has the constants of the rounds. */
const PAGE_BYTES = 65_536;
const CONSTANTS_AT = PAGE_BYTES - 8 * ROUNDS;

/** Pairs that are hashed at a time. */
const PAIRS_AT_A_TIME = 3;

/** Pairs that may be hashed by one call. */
export const BATCH_PAIRS = CONSTANTS_AT / PAIR_BYTES - ((CONSTANTS_AT / PAIR_BYTES) % PAIRS_AT_A_TIME);

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

/** How the lanes of a state are held: the rounds are the same for one and for two. */
interface Arithmetic {
  readonly type: "i64" | "v128";
  readonly xor: (f: FunctionBody) => void;
  /** What the first of the two upper values has and the second has not. */
  readonly andNot: (f: FunctionBody) => void;
  /** Turns the upper value to the left; `held` is a local that may be used for it. */
  readonly rotate: (f: FunctionBody, by: number, held: number) => void;
  readonly constant: (f: FunctionBody, value: bigint) => void;
  /** Loads a number of 64 bits, for every state the same, from the address on the stack. */
  readonly load: (f: FunctionBody, offset: number) => void;
}

const ONE: Arithmetic = {
  type: "i64",
  xor: (f) => void f.op(Code.i64Xor),
  andNot: (f) => void f.i64(-1n).op(Code.i64Xor).op(Code.i64And),
  rotate: (f, by) => void f.i64(BigInt(by)).op(Code.i64RotL),
  constant: (f, value) => void f.i64(value),
  load: (f, offset) => void f.scalar(Load.i64, offset),
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
  load: (f, offset) => void f.access(Simd.load64Splat, offset),
};

/**
 * The module: `hash(count)` replaces at least `count` pairs of words by their hashes, more of them up to a multiple of three. `hashUp(count)` replaces the first
 * word by what it hashes to with the second one, that with the third one, and so on, `count` times: the root above a word on the left edge of a tree. Neither is
 * called with 0.
 */
export function keccakModule(): Uint8Array<ArrayBuffer> {
  const module = new WasmModule({ pages: 1, isShared: false });
  emitMany(module.addFunction("hash", ["i32"]));
  emitUp(module.addFunction("hashUp", ["i32"]));
  return module.toBytes();
}

function emitMany(f: FunctionBody): void {
  const [source, target, left] = [f.local("i32"), f.local("i32"), 0];
  const [two, one] = [stateOf(f, TWO), stateOf(f, ONE)];
  const round = f.local("i32");
  storeConstants(f);
  f.i32(0).set(source).i32(0).set(target);
  f.loop(() => {
    absorb(f, two, (lane) => {
      f.get(source)
        .get(source)
        .access(Simd.load64Zero, 8 * lane);
      f.laneAccess(Simd.load64Lane, PAIR_BYTES + 8 * lane, 1);
    });
    absorb(f, one, (lane) => void f.get(source).scalar(Load.i64, 2 * PAIR_BYTES + 8 * lane));
    permute(f, [two, one], round);
    for (let lane = 0; lane < HASH_BYTES / 8; lane++) {
      const [both, single] = [two.lanes[lane] as number, one.lanes[lane] as number];
      for (const state of [0, 1]) {
        f.get(target).get(both);
        f.laneAccess(Simd.store64Lane, HASH_BYTES * state + 8 * lane, state);
      }
      f.get(target)
        .get(single)
        .scalar(Store.i64, 2 * HASH_BYTES + 8 * lane);
    }
    advance(f, source, PAIRS_AT_A_TIME * PAIR_BYTES);
    advance(f, target, PAIRS_AT_A_TIME * HASH_BYTES);
    f.get(left).i32(PAIRS_AT_A_TIME).op(Code.i32Sub).tee(left).i32(0).op(Code.i32GtS).branchIf(0);
  });
}

function emitUp(f: FunctionBody): void {
  const [sibling, left] = [f.local("i32"), 0];
  const one = stateOf(f, ONE);
  const round = f.local("i32");
  const half = HASH_BYTES / 8;
  storeConstants(f);
  f.i32(HASH_BYTES).set(sibling);
  f.loop(() => {
    absorb(f, one, (lane) => {
      if (lane < half) f.i32(0).scalar(Load.i64, 8 * lane);
      else f.get(sibling).scalar(Load.i64, 8 * (lane - half));
    });
    permute(f, [one], round);
    for (const [lane, local] of one.lanes.slice(0, half).entries())
      f.i32(0)
        .get(local)
        .scalar(Store.i64, 8 * lane);
    advance(f, sibling, HASH_BYTES);
    f.get(left).i32(1).op(Code.i32Sub).tee(left).i32(0).op(Code.i32Ne).branchIf(0);
  });
}

function advance(f: FunctionBody, pointer: number, by: number): void {
  f.get(pointer).i32(by).op(Code.i32Add).set(pointer);
}

function storeConstants(f: FunctionBody): void {
  for (const [round, constant] of roundConstants().entries())
    f.i32(0)
      .i64(constant)
      .scalar(Store.i64, CONSTANTS_AT + 8 * round);
}

/** A state, or two beside each other, and what its rounds hold. */
interface State {
  readonly arithmetic: Arithmetic;
  /** The state before a round and after an even number of them, and the one after it. */
  readonly lanes: readonly number[];
  readonly next: readonly number[];
  readonly columns: readonly number[];
  readonly row: readonly number[];
  readonly held: number;
}

function stateOf(f: FunctionBody, arithmetic: Arithmetic): State {
  const some = (count: number): number[] => Array.from({ length: count }, () => f.local(arithmetic.type));
  return {
    ...{ arithmetic, lanes: some(LANES), next: some(LANES), columns: some(SIDE), row: some(SIDE) },
    held: f.local(arithmetic.type),
  };
}

/** 64 bytes fill 8 of the 17 lanes of a block; the padding is 0x01 behind the message and 0x80 at the block's end. */
function absorb(f: FunctionBody, { arithmetic, lanes }: State, pushLane: (lane: number) => void): void {
  for (const [lane, local] of lanes.entries()) {
    if (lane < PAIR_BYTES / 8) pushLane(lane);
    else if (lane === PAIR_BYTES / 8) arithmetic.constant(f, 1n);
    else arithmetic.constant(f, lane === 16 ? 1n << 63n : 0n);
    f.set(local);
  }
}

/** Permutes the states, two rounds at a time, and each of them a little at a time, so that the processor works on all at once. */
function permute(f: FunctionBody, states: readonly State[], round: number): void {
  f.i32(CONSTANTS_AT).set(round);
  f.loop(() => {
    for (const parity of [0, 1]) {
      const parts = states.map((state) => {
        const [lanes, next] = parity === 0 ? [state.lanes, state.next] : [state.next, state.lanes];
        const addConstant = (): void => {
          state.arithmetic.load(f.get(round), 8 * parity);
          state.arithmetic.xor(f);
        };
        return roundOf(f, { ...state, lanes, next }, addConstant);
      });
      for (const [part] of (parts[0] ?? []).entries()) for (const list of parts) list[part]?.();
    }
    f.get(round).i32(16).op(Code.i32Add).tee(round).i32(PAGE_BYTES).op(Code.i32Ne).branchIf(0);
  });
}

/** One round in parts, row by row of its result, so that few lanes are held at a time: there are not nearly registers enough for all. */
function roundOf(
  f: FunctionBody,
  { arithmetic: { xor, andNot, rotate }, lanes, next, columns, row, held }: State,
  addConstant: () => void,
): (() => void)[] {
  const at = (list: readonly number[], place: number): number => list[place] as number;
  const parts: (() => void)[] = [];
  const perColumn = (part: (x: number) => void): void => {
    for (let x = 0; x < SIDE; x++) parts.push(() => part(x));
  };
  perColumn((x) => {
    f.get(at(lanes, x));
    for (let y = 1; y < SIDE; y++) xor(f.get(at(lanes, x + SIDE * y)));
    f.set(at(row, x));
  });
  perColumn((x) => {
    rotate(f.get(at(row, (x + 1) % SIDE)), 1, held);
    xor(f.get(at(row, (x + 4) % SIDE)));
    f.set(at(columns, x));
  });
  for (let y = 0; y < SIDE; y++) {
    perColumn((x) => {
      const { from, by } = MOVES[x + SIDE * y] as (typeof MOVES)[number];
      xor(f.get(at(lanes, from)).get(at(columns, from % SIDE)));
      if (by !== 0) rotate(f, by, held);
      f.set(at(row, x));
    });
    perColumn((x) => {
      f.get(at(row, x))
        .get(at(row, (x + 2) % SIDE))
        .get(at(row, (x + 1) % SIDE));
      andNot(f);
      xor(f);
      if (x + y === 0) addConstant();
      f.set(at(next, x + SIDE * y));
    });
  }
  return parts;
}
