import type { Hex } from "viem";
import { fromHex, toHex } from "../../core/bytes.ts";
import type { BytesLike } from "./types.ts";

/** Bytes in hexadecimal. */
export function asHex(bytes: BytesLike): Hex {
  return typeof bytes === "string" ? bytes : toHex(bytes);
}

/** Bytes as an array. */
export function asBytes(bytes: BytesLike): Uint8Array {
  return typeof bytes === "string" ? fromHex(bytes) : bytes;
}

/** 256 random bits, from the platform's secure source. */
export function randomWord(): Hex {
  return toHex(globalThis.crypto.getRandomValues(new Uint8Array(32)));
}
