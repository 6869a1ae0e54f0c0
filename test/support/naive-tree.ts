/** The definition of a tree, written down as a recursion: the oracle of every faster implementation. Only for shallow trees. */

import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** Word `index` of some bytes, padded with zeros. */
export function naiveWord(data: Uint8Array, index: number): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => data[32 * index + i] ?? 0);
}

/** Node (height, index) of the tree over some bytes. */
export function naiveNode(data: Uint8Array, height: number, index: number): `0x${string}` {
  return `0x${bytesToHex(naiveNodeBytes(data, height, index))}`;
}

function naiveNodeBytes(data: Uint8Array, height: number, index: number): Uint8Array {
  if (height === 0) return naiveWord(data, index);
  return keccak_256(
    Uint8Array.from([
      ...naiveNodeBytes(data, height - 1, 2 * index),
      ...naiveNodeBytes(data, height - 1, 2 * index + 1),
    ]),
  );
}
