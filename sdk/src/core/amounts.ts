/** Amounts of tokens as people write them. */

import { AssayError } from "./errors.ts";

/** How amounts of a token are written. */
export interface TokenUnits {
  /** Digits behind the point: one whole token is 10 to this power of the smallest unit. */
  readonly decimals: number;
  /** What stands behind an amount, such as `USDC`. */
  readonly symbol: string;
}

/** A text that is no amount of a token. */
export class AmountMalformedError extends AssayError {
  override readonly name = "AmountMalformedError";

  constructor(text: string, { decimals, symbol }: TokenUnits) {
    super("AMOUNT_MALFORMED", `${text} is not an amount of ${symbol}.`, {
      recovery: `Write whole tokens in decimal digits, with at most ${decimals} behind a point, such as 12.5.`,
      context: { text, decimals, symbol },
    });
  }
}

/**
 * An amount in whole tokens with their symbol, exactly: no digit is rounded away.
 *
 * @param amount - in the token's smallest unit
 *
 * @example
 * formatAmount(1_500_000n, { decimals: 6, symbol: "USDC" }); // "1.5 USDC"
 */
export function formatAmount(amount: bigint, { decimals, symbol }: TokenUnits): string {
  const sign = amount < 0n ? "-" : "";
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const rest = digits.slice(digits.length - decimals).replace(/0+$/, "");
  return `${sign}${whole}${rest === "" ? "" : `.${rest}`} ${symbol}`;
}

/**
 * What somebody has written as whole tokens, in the token's smallest unit. Neither signs nor separators nor exponents are taken, and nothing is rounded.
 *
 * @throws {AmountMalformedError} for anything else, and for more digits behind the point than the token has
 *
 * @example
 * parseAmount("1.5", { decimals: 6, symbol: "USDC" }); // 1_500_000n
 */
export function parseAmount(text: string, units: TokenUnits): bigint {
  const { decimals } = units;
  const [, whole = "", rest = ""] = /^(\d{1,59})(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === "" || rest.length > decimals) throw new AmountMalformedError(text, units);
  return BigInt(whole + rest.padEnd(decimals, "0"));
}
