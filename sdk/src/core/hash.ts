/** keccak256, also in the form that building trees needs: rows of pairs, without an allocation per hash. */

import { keccak_256, keccakP } from "@noble/hashes/sha3.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { type Hex, toHex } from "./bytes.ts";
import { BATCH_PAIRS, keccakModule } from "./wasm/keccak.ts";

/** Bytes of a word and of a hash. */
export const HASH_BYTES = 32;

/** keccak256 of some bytes. */
export function keccak(bytes: Uint8Array): Uint8Array {
  return keccak_256(bytes);
}

/** keccak256 of some bytes, in hexadecimal. */
export function keccakHex(bytes: Uint8Array): Hex {
  return toHex(keccak_256(bytes));
}

/** keccak256 of a text's UTF-8 bytes. */
export function keccakText(text: string): Uint8Array {
  return keccak_256(utf8ToBytes(text));
}

const state = new Uint32Array(50);
const stateBytes = new Uint8Array(state.buffer);

/**
 * Replaces pairs by their hashes: word j of the target becomes keccak256(words 2j and 2j + 1 of the source).
 * Source and target may be the same array at the same offset.
 */
export function hashPairs(
  source: Uint8Array,
  sourceOffset: number,
  target: Uint8Array,
  targetOffset: number,
  pairs: number,
): void {
  const hasher = wasmHasher();
  if (hasher === undefined) {
    hashOneByOne(source, sourceOffset, target, targetOffset, pairs);
    return;
  }
  if (pairs === 1) {
    hasher.bytes.set(source.subarray(sourceOffset, sourceOffset + 64));
    hasher.hashOne();
    target.set(hasher.first, targetOffset);
    return;
  }
  for (let done = 0; done < pairs; done += BATCH_PAIRS) {
    const batch = Math.min(BATCH_PAIRS, pairs - done);
    const from = sourceOffset + 64 * done;
    hasher.bytes.set(source.subarray(from, from + 64 * batch));
    hasher.hash(batch + (batch % 2));
    target.set(hasher.bytes.subarray(0, 32 * batch), targetOffset + 32 * done);
  }
}

/** The same in plain JavaScript. */
export function hashOneByOne(
  source: Uint8Array,
  sourceOffset: number,
  target: Uint8Array,
  targetOffset: number,
  pairs: number,
): void {
  for (let j = 0; j < pairs; j++) {
    const from = sourceOffset + 64 * j;
    const to = targetOffset + 32 * j;
    for (let i = 0; i < 64; i++) stateBytes[i] = source[from + i] ?? 0;
    state.fill(0, 16);
    // 64 bytes fill 8 of the 17 lanes of one block; keccak's padding is 0x01 after the message and 0x80 at the block's end.
    stateBytes[64] = 0x01;
    stateBytes[135] = 0x80;
    keccakP(state);
    for (let i = 0; i < 32; i++) target[to + i] = stateBytes[i] ?? 0;
  }
}

interface Hasher {
  readonly bytes: Uint8Array;
  /** Replaces so many pairs at the beginning of the bytes, an even number, by their hashes. */
  readonly hash: (pairs: number) => void;
  /** Replaces the first pair by its hash, which is then the first 32 bytes. */
  readonly hashOne: () => void;
  readonly first: Uint8Array;
}

let compiled: Hasher | "none" | undefined;

/** The compiled hash, once it has given the right answers; `undefined` where there is no WebAssembly with vectors. */
function wasmHasher(): Hasher | undefined {
  compiled ??= compileHasher() ?? "none";
  return compiled === "none" ? undefined : compiled;
}

function compileHasher(): Hasher | undefined {
  if (typeof WebAssembly !== "object") return undefined;
  const module = keccakModule();
  if (!WebAssembly.validate(module)) return undefined;
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module), { env: { memory } });
  const bytes = new Uint8Array(memory.buffer);
  const { hash, hashOne } = exports as unknown as Pick<Hasher, "hash" | "hashOne">;
  const hasher: Hasher = { bytes, hash, hashOne, first: bytes.subarray(0, HASH_BYTES) };
  return isRight(hasher) ? hasher : undefined;
}

/** Whether two pairs of words hash to what they must, both together and the first alone. */
function isRight({ bytes, hash, hashOne, first }: Hasher): boolean {
  const pairs = Uint8Array.from({ length: 128 }, (_, i) => (7 * i + 3) % 256);
  const [a, b] = [keccak(pairs.subarray(0, 64)), keccak(pairs.subarray(64))];
  const begins = (expected: Uint8Array, at: number): boolean =>
    expected.every((byte, i) => byte === bytes[at + i]);
  bytes.set(pairs);
  hash(2);
  if (!begins(a, 0) || !begins(b, HASH_BYTES)) return false;
  bytes.set(pairs);
  hashOne();
  return a.every((byte, i) => byte === first[i]);
}
