/** Encrypted private keys: web3 secret storage, version 3, as geth, viem's and ethers' users know it. */

import { randomBytes } from "node:crypto";
import { Wallet } from "@ethereumjs/wallet";
import { type Address, getAddress, type Hex } from "viem";
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";
import { z } from "zod";
import { fromHex, isHex } from "../core/bytes.ts";
import { AssayError } from "../core/errors.ts";

/** Codes of {@link KeystoreError}. */
export type KeystoreErrorCode =
  | "KEYSTORE_UNREADABLE"
  | "KEYSTORE_INVALID"
  | "KEYSTORE_PASSWORD_WRONG"
  | "KEYSTORE_PASSWORD_WEAK"
  | "KEYSTORE_EXISTS"
  | "KEYSTORE_KEY_INVALID";

/** A keystore that cannot be read, opened or written. Neither the key nor the password is ever part of it. */
export class KeystoreError extends AssayError {
  override readonly name = "KeystoreError";

  constructor(
    code: KeystoreErrorCode,
    message: string,
    recovery: string,
    context: Record<string, unknown>,
    cause?: unknown,
  ) {
    super(code, message, { recovery, context, cause });
  }
}

/** Work that a guess of the password costs: scrypt's N, a power of two. The default is geth's, 256 MiB and about a second. */
export interface KeystoreOptions {
  /** Cost of scrypt, a power of two. Default 262,144: about a second. */
  readonly scryptN?: number;
}

const DEFAULT_SCRYPT_N = 2 ** 18;
/** More memory than this for one key is an attack on whoever opens it: 2 GiB. */
const MAX_SCRYPT_BYTES = 2 ** 31;
const MIN_PASSWORD_LENGTH = 10;

const hexBytes = z.string().regex(/^(?:0x)?(?:[0-9a-fA-F]{2})+$/, "must be hexadecimal");

const scrypt = z.object({
  kdf: z.literal("scrypt"),
  kdfparams: z
    .object({
      dklen: z.literal(32),
      n: z
        .int()
        .min(2)
        .max(2 ** 24),
      p: z.int().min(1).max(64),
      r: z.int().min(1).max(64),
      salt: hexBytes,
    })
    .refine(({ n, r, p }) => 128 * n * r * p <= MAX_SCRYPT_BYTES, "asks for too much memory")
    .refine(({ n }) => Number.isInteger(Math.log2(n)), "n must be a power of two"),
});

const pbkdf2 = z.object({
  kdf: z.literal("pbkdf2"),
  kdfparams: z.object({
    dklen: z.literal(32),
    c: z
      .int()
      .min(1)
      .max(10 ** 8),
    prf: z.literal("hmac-sha256"),
    salt: hexBytes,
  }),
});

const cipher = z.object({
  cipher: z.literal("aes-128-ctr"),
  cipherparams: z.object({ iv: hexBytes }),
  ciphertext: hexBytes,
  mac: hexBytes,
});

/** Some programs, ethers among them, write "Crypto". */
const keystore = z.preprocess(
  (content) => {
    const { Crypto, ...rest } = (content ?? {}) as { readonly Crypto?: unknown };
    return Crypto === undefined ? content : { crypto: Crypto, ...rest };
  },
  z.object({
    version: z.literal(3),
    id: z.string(),
    address: hexBytes.optional(),
    crypto: z.intersection(cipher, z.discriminatedUnion("kdf", [scrypt, pbkdf2])),
  }),
);

/** Content of a keystore file. */
export type Keystore = z.infer<typeof keystore>;

/**
 * Encrypts a private key.
 *
 * @param privateKey - 32 bytes in hexadecimal; default: a new one
 * @throws {KeystoreError} `KEYSTORE_PASSWORD_WEAK` for a password that is quickly guessed, `KEYSTORE_KEY_INVALID` for bytes that are no key
 */
export async function encryptKey(
  password: string,
  privateKey: Hex = generatePrivateKey(),
  { scryptN = DEFAULT_SCRYPT_N }: KeystoreOptions = {},
): Promise<Keystore> {
  checkPassword(password);
  const { address } = accountOf(privateKey);
  const wallet = Wallet.fromPrivateKey(fromHex(privateKey));
  const encrypted = await wallet.toV3(password, {
    kdf: "scrypt",
    n: scryptN,
    salt: randomBytes(32),
    iv: randomBytes(16),
    uuid: randomBytes(16),
  });
  return { address: address.slice(2).toLowerCase(), ...keystore.parse(encrypted) };
}

/**
 * Opens a keystore.
 *
 * @throws {KeystoreError} `KEYSTORE_PASSWORD_WRONG`, or `KEYSTORE_INVALID` if it is none, asks for unreasonable work, or names another address than its key's
 */
export async function decryptKey(content: unknown, password: string): Promise<PrivateKeyAccount> {
  return privateKeyToAccount(await decryptPrivateKey(content, password));
}

/** As {@link decryptKey}, but gives the key itself, for exporting it. */
export async function decryptPrivateKey(content: unknown, password: string): Promise<Hex> {
  const parsed = parseKeystore(content);
  let wallet: Wallet;
  try {
    wallet = await Wallet.fromV3(JSON.stringify(strip(parsed)), password, true);
  } catch {
    throw new KeystoreError(
      "KEYSTORE_PASSWORD_WRONG",
      "The password does not open the keystore.",
      "Check the password, and that its file has no other line.",
      { address: addressOf(parsed) },
    );
  }
  const privateKey = wallet.getPrivateKeyString();
  const stated = addressOf(parsed);
  const { address } = accountOf(privateKey);
  if (stated !== undefined && stated !== address)
    throw invalidKeystore(`names ${stated}, but its key is ${address}'s`);
  return privateKey;
}

/** The address that a keystore says it is for; it is only proven when the keystore is opened. */
export function addressOf({ address }: Pick<Keystore, "address">): Address | undefined {
  if (address === undefined) return undefined;
  const hex = `0x${address.replace(/^0x/, "")}`;
  return isHex(hex, 20) ? getAddress(hex) : undefined;
}

function checkPassword(password: string): void {
  const distinct = new Set(password).size;
  if (password.length >= MIN_PASSWORD_LENGTH && distinct >= MIN_PASSWORD_LENGTH / 2) return;
  throw new KeystoreError(
    "KEYSTORE_PASSWORD_WEAK",
    `The password has ${password.length} characters, ${distinct} of them different.`,
    `Take at least ${MIN_PASSWORD_LENGTH}, ${MIN_PASSWORD_LENGTH / 2} of them different: whoever gets the file can try passwords as fast as he likes.`,
    { length: password.length, distinct },
  );
}

function accountOf(privateKey: Hex): PrivateKeyAccount {
  try {
    if (!isHex(privateKey, 32)) throw new RangeError();
    return privateKeyToAccount(privateKey);
  } catch {
    throw new KeystoreError(
      "KEYSTORE_KEY_INVALID",
      "The private key is not one of secp256k1.",
      "Give 32 bytes in hexadecimal, not zero and below the curve's order.",
      {},
    );
  }
}

/** Prefixes are allowed in files, but not by the library. */
function strip(content: Keystore): unknown {
  return JSON.parse(JSON.stringify(content).replaceAll('"0x', '"'));
}

/** Content of a keystore file, checked. */
export function parseKeystore(content: unknown, path?: string): Keystore {
  const parsed = keystore.safeParse(content);
  if (parsed.success) return parsed.data;
  throw invalidKeystore(`is no web3 secret storage of version 3: ${z.prettifyError(parsed.error)}`, path);
}

/** What is wrong with a keystore that is none. */
export function invalidKeystore(problem: string, path?: string): KeystoreError {
  const which = path === undefined ? "The keystore" : `The keystore ${path}`;
  return new KeystoreError(
    "KEYSTORE_INVALID",
    `${which} ${problem}.`,
    "Take a keystore that geth, ethers or `assay keys create` has written.",
    path === undefined ? {} : { path },
  );
}
