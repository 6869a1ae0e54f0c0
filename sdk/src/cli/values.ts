/** Values from a command line that are not plain text. */

import { type Address, getAddress, type Hex, isAddress, isHex } from "viem";
import { AmountMalformedError, parseAmount, type TokenUnits } from "../core/amounts.ts";
import { UsageError } from "./output.ts";

/** The id of a request, a game, a model or a profile. */
export function hashOf(text: string): Hex {
  const id = text.trim();
  if (isHex(id) && id.length === 66) return id.toLowerCase() as Hex;
  throw new UsageError(`${text} is not an id.`, "An id has 0x and 64 hexadecimal digits.");
}

/** An account or a contract. */
export function accountOf(text: string): Address {
  const address = text.trim();
  if (isAddress(address, { strict: false })) return getAddress(address);
  throw new UsageError(`${text} is not an address.`, "An address has 0x and 40 hexadecimal digits.");
}

/** Whole tokens to the smallest unit, exactly. */
export function tokensOf(name: string, text: string, token: TokenUnits): bigint {
  try {
    return parseAmount(text, token);
  } catch (error) {
    if (!(error instanceof AmountMalformedError)) throw error;
    const { decimals, symbol } = token;
    throw new UsageError(
      `${name} ${text} is not a number of ${symbol}.`,
      `Write digits, with at most ${decimals} behind a point; for instance: ${name} ${decimals === 0 ? 5 : 0.5}`,
    );
  }
}

/** A positive whole number. */
export function countOf(name: string, text: string): number {
  const count = Number(text);
  if (/^\d{1,15}$/.test(text) && count > 0) return count;
  throw new UsageError(`${name} ${text} is not a positive whole number.`, `For instance: ${name} 4`);
}

/** A number of seconds, not necessarily whole. */
export function secondsOf(name: string, text: string): number {
  const given = Number(text);
  if (/^\d{1,9}(\.\d{1,3})?$/.test(text) && given > 0) return given;
  throw new UsageError(`${name} ${text} is not a number of seconds.`, `For instance: ${name} 60`);
}

/** The id of an exit from the vault. */
export function ticketOf(text: string): bigint {
  if (/^\d{1,30}$/.test(text)) return BigInt(text);
  throw new UsageError(
    `${text} is not the number of an exit.`,
    "`assay account show` lists those that are open.",
  );
}

/** The number of a block. */
export function blockOf(name: string, text: string): bigint {
  if (/^\d{1,18}$/.test(text)) return BigInt(text);
  throw new UsageError(`${name} ${text} is not the number of a block.`, `For instance: ${name} 1000000`);
}
