/** One setting of a program: what it is called, what it may be, and how text from a flag or the environment becomes its value. */

import { type Address, getAddress, isAddress } from "viem";
import { z } from "zod";
import { isHex } from "../core/bytes.ts";

/** A setting named `rpcUrls` is `rpcUrls` in a file, `--rpc-urls` on the command line and `ASSAY_RPC_URLS` in the environment. */
export interface Setting<value> {
  /** Checks and converts what was given. */
  readonly schema: z.ZodType<value>;
  /** One sentence for help, without the default. */
  readonly description: string;
  /** What stands for the value in help. */
  readonly placeholder: string;
  /** What counts where nothing is given. */
  readonly fallback?: value;
  /** How the value may be shown; default: as it is. */
  readonly redact?: (value: value) => unknown;
}

/** Settings by name. */
// biome-ignore lint/suspicious/noExplicitAny: a group holds settings of different types
export type Settings = Readonly<Record<string, Setting<any>>>;

/** The values of settings: one without a fallback may be missing. */
export type Values<settings extends Settings> = {
  readonly [key in keyof settings]: settings[key] extends Setting<infer value>
    ? settings[key] extends { readonly fallback: unknown }
      ? value
      : value | undefined
    : never;
};

/** `rpcUrls` to `--rpc-urls`. */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** `rpcUrls` to `ASSAY_RPC_URLS`. */
export function variableOf(key: string): string {
  return `ASSAY_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** Text without blanks around it. */
export const text: z.ZodType<string> = z.string().trim().min(1, "must not be empty");

/** A whole number from `least` to `most`, as a number or as digits. */
export function wholeNumber(least: number, most: number): z.ZodType<number> {
  const message = `must be a whole number from ${least} to ${most}`;
  return z.preprocess(numberOf, z.int(message).min(least, message).max(most, message));
}

/** A number from `least` to `most`, as a number or as text. */
export function decimalNumber(least: number, most: number): z.ZodType<number> {
  const message = `must be a number from ${least} to ${most}`;
  return z.preprocess(numberOf, z.number(message).min(least, message).max(most, message));
}

/** Yes or no. */
export const yesOrNo: z.ZodType<boolean> = z.preprocess(
  (value) => (value === "true" ? true : value === "false" ? false : value),
  z.boolean("must be true or false"),
);

/** An amount in a token's smallest unit. A number that does not hold all of its digits is refused. */
export const amount: z.ZodType<bigint> = z
  .union([z.bigint(), z.int().nonnegative(), z.string().regex(/^[0-9]+$/)], {
    error: "must be a whole number in the token's smallest unit; put large ones in quotes",
  })
  .transform((value) => BigInt(value))
  .refine((value) => value >= 0n && value < 2n ** 256n, "must be from 0 to 2^256 - 1");

/** An account or a contract, in any case. */
export const address: z.ZodType<Address> = z
  .string()
  .refine((value) => isAddress(value, { strict: false }), "must be an address: 0x and 40 hexadecimal digits")
  .transform((value) => getAddress(value));

/** A hash, as models and profiles are named. */
export const hash: z.ZodType<`0x${string}`> = z
  .string()
  .refine((value) => isHex(value, 32), "must be a hash: 0x and 64 hexadecimal digits")
  .transform((value) => value.toLowerCase() as `0x${string}`);

/** Where something answers over HTTP. */
export const url: z.ZodType<string> = z.url({
  protocol: /^https?$/,
  error: "must be an http:// or https:// address",
});

/** Several values: a list, or text with commas. */
export function listOf<value>(item: z.ZodType<value>): z.ZodType<readonly value[]> {
  const split = (value: unknown): unknown =>
    typeof value === "string"
      ? value
          .split(",")
          .map((part) => part.trim())
          .filter((part) => part !== "")
      : value;
  return z.preprocess(
    (value) => (Array.isArray(value) ? value.flatMap((part) => split(part)) : split(value)),
    z.array(item, "must be a list"),
  );
}

/** One of some words. */
export function oneOf<const word extends string>(...words: readonly word[]): z.ZodType<word> {
  return z.enum(words, { error: `must be one of ${words.join(", ")}` });
}

/** Providers put their keys into paths and queries, so only the host of an address is ever shown. */
export function redactUrl(value: string): string {
  const { origin, pathname, search } = new URL(value);
  return pathname === "/" && search === "" ? origin : `${origin}/...`;
}

function numberOf(value: unknown): unknown {
  return typeof value === "string" && /^-?[0-9]+(\.[0-9]+)?$/.test(value.trim()) ? Number(value) : value;
}
