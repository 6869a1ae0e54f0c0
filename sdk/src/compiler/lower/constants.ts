/** The constants of a program: laid out for the steps that read them, each distinct one kept once. */

import { equalBytes } from "../../core/bytes.ts";
import { WORD_BYTES } from "../../machine/memory.ts";
import { ELEMENT_SIZE, type ElementType } from "../../machine/opcodes.ts";
import { OnnxLimitError } from "../errors.ts";
import type { ConstantNode } from "../graph/ir.ts";
import { ELEMENT_TYPE_OF } from "../host/tensor.ts";
import { LIMITS } from "../limits.ts";

/** The register that an element loads as, if all elements of a constant are the same. */
export function uniformBits(node: ConstantNode): number | undefined {
  const type = ELEMENT_TYPE_OF[node.type];
  const size = ELEMENT_SIZE[type];
  const { bytes } = node;
  for (let i = size; i < bytes.length; i++) if (bytes[i] !== bytes[i - size]) return undefined;
  return loadBits(bytes, type);
}

/** The register that the first element loads as: SPEC.md section 1. */
function loadBits(bytes: Uint8Array, type: ElementType): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === "u8") return view.getUint8(0);
  return type === "i8" ? view.getInt8(0) >>> 0 : view.getUint32(0, true);
}

/**
 * The elements of a constant in the order in which loops read them.
 *
 * @param base - first element
 * @param loops - extents and strides, outermost first; every element read must exist
 */
export function relayout(
  source: Uint8Array,
  size: 1 | 4,
  base: number,
  loops: readonly { readonly extent: number; readonly stride: number }[],
): Uint8Array {
  const count = loops.reduce((product, { extent }) => product * extent, 1);
  const from = size === 4 ? new Uint32Array(source.slice().buffer) : source;
  const to = size === 4 ? new Uint32Array(count) : new Uint8Array(count);
  const inner = loops.at(-1) ?? { extent: 1, stride: 0 };
  const outer = loops.slice(0, -1);
  const counters = outer.map(() => 0);
  let address = base;
  for (let place = 0; place < count; ) {
    for (let i = 0; i < inner.extent; i++) to[place++] = from[address + i * inner.stride]!;
    for (let j = outer.length - 1; j >= 0; j--) {
      const { extent, stride } = outer[j]!;
      address += stride;
      counters[j]!++;
      if (counters[j]! < extent) break;
      address -= stride * extent;
      counters[j] = 0;
    }
  }
  return new Uint8Array(to.buffer);
}

/** Collects constants, each beginning on a word. */
export class ConstantPool {
  readonly #parts: { readonly bytes: Uint8Array; readonly offset: number }[] = [];
  /** Constants that are read by several steps come as the same array. */
  readonly #byIdentity = new Map<Uint8Array, number>();
  readonly #byDigest = new Map<string, { readonly bytes: Uint8Array; readonly offset: number }[]>();
  #length = 0;

  /** Where the bytes lie, put there if no equal ones do. */
  offsetOf(bytes: Uint8Array): number {
    const known = this.#byIdentity.get(bytes) ?? this.#offsetOfEqual(bytes);
    this.#byIdentity.set(bytes, known);
    return known;
  }

  toBytes(): Uint8Array {
    const all = new Uint8Array(this.#length);
    for (const { bytes, offset } of this.#parts) all.set(bytes, offset);
    return all;
  }

  #offsetOfEqual(bytes: Uint8Array): number {
    const digest = `${bytes.length}:${checksum(bytes)}`;
    const alike = this.#byDigest.get(digest) ?? [];
    const same = alike.find((part) => equalBytes(part.bytes, bytes));
    if (same !== undefined) return same.offset;
    const part = { bytes, offset: this.#length };
    this.#parts.push(part);
    this.#byDigest.set(digest, [...alike, part]);
    this.#length += Math.ceil(bytes.length / WORD_BYTES) * WORD_BYTES;
    if (this.#length > LIMITS.constantBytes) {
      throw new OnnxLimitError("Bytes of constants", this.#length, LIMITS.constantBytes);
    }
    return part.offset;
  }
}

/** FNV-1a over whole words as far as there are any, to find candidates for equality. */
function checksum(bytes: Uint8Array): number {
  const words = bytes.byteOffset % 4 === 0 ? Math.floor(bytes.length / 4) : 0;
  let hash = 0x811c9dc5;
  for (const word of new Uint32Array(bytes.buffer, words === 0 ? 0 : bytes.byteOffset, words)) {
    hash = Math.imul(hash ^ word, 0x01000193);
  }
  for (const byte of bytes.subarray(4 * words)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
