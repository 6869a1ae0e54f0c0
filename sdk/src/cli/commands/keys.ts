import type { Command } from "commander";
import type { Hex } from "viem";
import { addressOf, decryptKey, decryptPrivateKey, encryptKey } from "../../node/keystore.ts";
import {
  changeKeystorePassword,
  readKeystore,
  readPassword,
  writeKeystore,
} from "../../node/keystore-file.ts";
import { listKeystores } from "../keystores.ts";
import { guarded, JSON_OPTION, type OutputOptions, print, UsageError } from "../output.ts";

interface KeyOptions extends OutputOptions {
  readonly out: string;
  readonly passwordFile: string;
}

interface PasswordOptions extends OutputOptions {
  readonly passwordFile: string;
  readonly newPasswordFile: string;
}

/** A key with its prefix, and blanks before and behind. */
const MAX_KEY_TEXT = 1_000;

const PASSWORD = ["--password-file <file>", "file whose first line is the password of the keystore"] as const;

// A key never stands on a command line, where every user of the computer could read it.

/** `assay keys create`: a new key. */
export function create(command: Command): void {
  addOut(command)
    .description(
      "Make a new key and write it to an encrypted keystore (web3 secret storage 3). No file is ever replaced.",
    )
    .addHelpText(
      "after",
      `
Example:
  head -c 24 /dev/urandom | base64 > operator.pw
  assay keys create --out operator.json --password-file operator.pw`,
    )
    .action((options: KeyOptions) => guarded(options, () => write(options)));
}

/** `assay keys import`: a key that was made elsewhere. */
export function import_(command: Command): void {
  addOut(command)
    .description(
      "Read a private key of 64 hexadecimal digits from standard input and write it to an encrypted keystore.",
    )
    .addHelpText(
      "after",
      "\nExample:\n  assay keys import --out operator.json --password-file operator.pw < key.hex",
    )
    .action((options: KeyOptions) => guarded(options, async () => write(options, await readKey())));
}

/** `assay keys list`: what is in a folder. */
export function list(command: Command): void {
  command
    .description("List the keystores of a folder, with their addresses.")
    .argument("[folder]", "folder to look in", ".")
    .option(...JSON_OPTION)
    .addHelpText("after", "\nThe exit code is 4 if there are none.\n\nExample:\n  assay keys list keys")
    .action((folder: string, options: OutputOptions) => guarded(options, () => listAll(folder, options)));
}

/** `assay keys address`: whose key it is. */
export function address(command: Command): void {
  command
    .description("Print the address that a keystore states; with the password, that of the key itself.")
    .argument("<file>", "keystore")
    .option(...PASSWORD)
    .option(...JSON_OPTION)
    .addHelpText("after", "\nExample:\n  assay keys address operator.json")
    .action((file: string, options: OutputOptions & { passwordFile?: string }) =>
      guarded(options, () => tell(file, options)),
    );
}

/** `assay keys passwd`: another password for the same key. */
export function passwd(command: Command): void {
  command
    .description(
      "Encrypt a keystore with another password. The file is replaced, at once, when the new one was read back from the disk and opened.",
    )
    .argument("<file>", "keystore")
    .requiredOption("--password-file <file>", "file whose first line is the password that opens it now")
    .requiredOption("--new-password-file <file>", "file whose first line is the one that will")
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      `
A daemon reads the password when it starts: name the new file to it before the next start.
Copies of the old file are still opened by the old password.

Example:
  head -c 24 /dev/urandom | base64 > new.pw
  assay keys passwd operator.json --password-file operator.pw --new-password-file new.pw`,
    )
    .action((file: string, options: PasswordOptions) => guarded(options, () => change(file, options)));
}

/** `assay keys export`: the key itself. */
export function export_(command: Command): void {
  command
    .description("Print the private key of a keystore. Whoever sees it owns the account.")
    .argument("<file>", "keystore")
    .requiredOption(...PASSWORD)
    .requiredOption("--yes", "confirm that the key may be shown on this terminal")
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      "\nExample:\n  assay keys export operator.json --password-file operator.pw --yes > key.hex",
    )
    .action((file: string, options: KeyOptions) => guarded(options, () => reveal(file, options)));
}

function addOut(command: Command): Command {
  return command
    .requiredOption("--out <file>", "keystore to write")
    .requiredOption(...PASSWORD)
    .option(...JSON_OPTION);
}

async function write({ out, passwordFile, ...options }: KeyOptions, given?: string): Promise<void> {
  const privateKey = given === undefined || given.startsWith("0x") ? given : `0x${given}`;
  const keystore = await encryptKey(await readPassword(passwordFile), privateKey as Hex | undefined);
  await writeKeystore(out, keystore);
  const owner = addressOf(keystore);
  print(options, { address: owner, keystore: out }, `${owner}\n  written ${out}`);
}

/** What stands on standard input, of which a key is the first 66 characters at most. */
async function readKey(): Promise<string> {
  let text = "";
  for await (const chunk of process.stdin) {
    text += String(chunk);
    // Nothing that is longer can be a key, and it may never end.
    if (text.length > MAX_KEY_TEXT) break;
  }
  return text.trim();
}

async function listAll(folder: string, options: OutputOptions): Promise<void> {
  const found = await listKeystores(folder);
  if (found.length === 0) process.exitCode = 4;
  const lines = found.map(({ file, address: owner }) => `${owner ?? "unnamed".padEnd(42)}  ${file}`);
  print(options, { keystores: found }, lines.join("\n") || `There is no keystore in ${folder}.`);
}

async function tell(file: string, options: OutputOptions & { passwordFile?: string }): Promise<void> {
  const keystore = await readKeystore(file);
  const owner =
    options.passwordFile === undefined
      ? addressOf(keystore)
      : (await decryptKey(keystore, await readPassword(options.passwordFile))).address;
  if (owner === undefined)
    throw new UsageError(`${file} does not say whose key it is.`, "Add --password-file to open it.");
  print(options, { address: owner }, owner);
}

async function change(
  file: string,
  { passwordFile, newPasswordFile, ...options }: PasswordOptions,
): Promise<void> {
  const [password, newPassword] = [await readPassword(passwordFile), await readPassword(newPasswordFile)];
  const owner = addressOf(await changeKeystorePassword(file, password, newPassword));
  print(options, { address: owner, keystore: file }, `${owner}\n  written ${file}, with the new password`);
}

async function reveal(file: string, { passwordFile, ...options }: KeyOptions): Promise<void> {
  const privateKey = await decryptPrivateKey(await readKeystore(file), await readPassword(passwordFile));
  print(options, { privateKey }, privateKey);
}
