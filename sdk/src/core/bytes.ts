/** Byte strings and their hexadecimal form. */

import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { AssayError, type AssayErrorOptions } from "./errors.ts";

/** Lower-case hexadecimal with the prefix `0x`. */
export type Hex = `0x${string}`;

/** The hexadecimal form of some bytes. */
export function toHex(bytes: Uint8Array): Hex {
  return `0x${bytesToHex(bytes)}`;
}

/** The bytes that a hexadecimal string stands for. */
export function fromHex(hex: Hex): Uint8Array {
  if (!isHex(hex)) throw new HexMalformedError(hex);
  return hexToBytes(hex.slice(2));
}

/** Whether a string is `0x` and whole bytes in hexadecimal digits; of a given number of bytes, if one is given. */
export function isHex(text: string, bytes?: number): text is Hex {
  return /^0x(?:[0-9a-fA-F]{2})*$/.test(text) && (bytes === undefined || text.length === 2 + 2 * bytes);
}

/** Byte strings one after another. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** Whether two byte strings are the same. Not in constant time: nothing here is secret. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** A big-endian unsigned integer of up to 6 bytes; bytes beyond the end read as 0. */
export function readUint(bytes: Uint8Array, offset: number, length: number): number {
  let value = 0;
  for (let i = 0; i < length; i++) value = value * 256 + (bytes[offset + i] ?? 0);
  return value;
}

/** The big-endian form, of the given length, of an unsigned integer below 2^53. */
export function uintBytes(value: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let rest = value;
  for (let i = length - 1; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}

/** A string that should be hexadecimal is not. */
export class HexMalformedError extends AssayError {
  override readonly name = "HexMalformedError";

  constructor(value: string, options: AssayErrorOptions = {}) {
    super("HEX_MALFORMED", "The text is not a hexadecimal byte string.", {
      recovery: "Pass 0x followed by an even number of hexadecimal digits.",
      ...options,
      context: { value: value.slice(0, 80) },
    });
  }
}
