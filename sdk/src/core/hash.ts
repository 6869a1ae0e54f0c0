/** keccak256, also in the form that building trees needs: rows of pairs, without an allocation per hash. */

import { keccak_256, keccakP } from "@noble/hashes/sha3.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { type Hex, toHex } from "./bytes.ts";

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
export type PairHasher = (
  source: Uint8Array,
  sourceOffset: number,
  target: Uint8Array,
  targetOffset: number,
  pairs: number,
) => void;

/** Replaces a node, 32 bytes, by the root that follows from it and the siblings at its right, which stand one after the other from the bottom upwards. */
export type NodeHasher = (node: Uint8Array, siblings: Uint8Array) => void;

interface Hasher {
  readonly pairs: PairHasher;
  readonly up: NodeHasher;
}

let hasher: Hasher | undefined;

/** Has trees hashed in a faster way from now on. Whoever calls this has made sure that the hashes are the same. */
export function setHasher(faster: Hasher): void {
  hasher = faster;
}

/** Replaces pairs by their hashes in the fastest way that is known by now: an application that only reads need not load the faster ones. */
export const hashPairs: PairHasher = (source, sourceOffset, target, targetOffset, pairs) =>
  (hasher?.pairs ?? hashOneByOne)(source, sourceOffset, target, targetOffset, pairs);

/** Replaces a node by the root above it, in the fastest way that is known by now. */
export const hashUp: NodeHasher = (node, siblings) => (hasher?.up ?? hashUpOneByOne)(node, siblings);

/** Replaces pairs by their hashes in plain JavaScript. */
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

/** Replaces a node by the root above it, in plain JavaScript. */
export function hashUpOneByOne(node: Uint8Array, siblings: Uint8Array): void {
  const pair = new Uint8Array(2 * HASH_BYTES);
  for (let from = 0; from < siblings.length; from += HASH_BYTES) {
    pair.set(node);
    pair.set(siblings.subarray(from, from + HASH_BYTES), HASH_BYTES);
    hashOneByOne(pair, 0, node, 0, 1);
  }
}
