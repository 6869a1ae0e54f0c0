/** Keystores and their passwords on disk. */

import { link, mkdir, open, readFile, realpath, rename, stat, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import {
  decryptPrivateKey,
  encryptKey,
  invalidKeystore,
  type Keystore,
  KeystoreError,
  type KeystoreOptions,
  parseKeystore,
} from "./keystore.ts";

const MAX_KEYSTORE_BYTES = 64 * 1024;

/** Reads a keystore file without opening it. */
export async function readKeystore(path: string): Promise<Keystore> {
  let bytes: string;
  try {
    const { size } = await stat(path);
    if (size > MAX_KEYSTORE_BYTES) throw invalidKeystore(`has ${size} bytes, which no keystore has`, path);
    bytes = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof KeystoreError) throw error;
    throw new KeystoreError(
      "KEYSTORE_UNREADABLE",
      `The keystore ${path} cannot be read.`,
      "Check the path and its permissions, or create one with `assay keys create`.",
      { path },
      error,
    );
  }
  let content: unknown;
  try {
    content = JSON.parse(bytes);
  } catch {
    throw invalidKeystore("is not JSON", path);
  }
  return parseKeystore(content, path);
}

/**
 * Writes a keystore that only its owner can read. Never replaces a file: keys are not recoverable.
 *
 * @throws {KeystoreError} `KEYSTORE_EXISTS` if there is a file already
 */
export async function writeKeystore(path: string, content: Keystore): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const partial = await writePartial(path, content);
  try {
    // Unlike a rename, a link fails where there is a file already.
    await link(partial, path);
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== "EEXIST") throw cause;
    throw new KeystoreError(
      "KEYSTORE_EXISTS",
      `There is a file ${path} already.`,
      "Choose another name: a key that is replaced is lost.",
      { path },
      cause,
    );
  } finally {
    await unlink(partial);
  }
}

/**
 * Encrypts the key of a keystore with another password. The new file takes the old one's place, at once and for good, only when it was read back from the disk and
 * the new password has opened it: whatever happens meanwhile, there is a keystore at the path, and one of the two passwords opens it.
 *
 * @returns the keystore that is there now
 * @throws {KeystoreError} `KEYSTORE_PASSWORD_WRONG` if the old password does not open it, `KEYSTORE_PASSWORD_WEAK` for a new one that is quickly guessed
 */
export async function changeKeystorePassword(
  path: string,
  password: string,
  newPassword: string,
  options: KeystoreOptions = {},
): Promise<Keystore> {
  const privateKey = await decryptPrivateKey(await readKeystore(path), password);
  const content = await encryptKey(newPassword, privateKey, options);
  // What a link leads to is replaced, and not the link.
  const target = await realpath(path);
  const partial = await writePartial(target, content);
  try {
    const written = await readKeystore(partial);
    if ((await decryptPrivateKey(written, newPassword)) !== privateKey)
      throw invalidKeystore("holds another key than was written", partial);
    await rename(partial, target);
    return written;
  } catch (error) {
    await unlink(partial);
    throw error;
  }
}

/** Writes a file beside another one, which only its owner can read, and waits until it is on the disk. Returns its path. */
async function writePartial(path: string, content: Keystore): Promise<string> {
  const partial = `${path}.${process.pid}.partial`;
  const file = await open(partial, "wx", 0o600);
  try {
    await file.writeFile(`${JSON.stringify(content, undefined, 2)}\n`);
    await file.sync();
  } catch (error) {
    await unlink(partial);
    throw error;
  } finally {
    await file.close();
  }
  return partial;
}

/** The first line of a password file, without its line end. */
export async function readPassword(path: string): Promise<string> {
  let content: string;
  try {
    content = await readFile(path, "utf8");
  } catch (cause) {
    throw new KeystoreError(
      "KEYSTORE_UNREADABLE",
      `The password file ${path} cannot be read.`,
      "Check the path and its permissions.",
      { path },
      cause,
    );
  }
  return content.split(/\r?\n/, 1)[0] ?? "";
}
