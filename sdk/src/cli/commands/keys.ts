import { text } from "node:stream/consumers";
import type { Command } from "commander";
import type { Hex } from "viem";
import {
  addressOf,
  decryptKey,
  decryptPrivateKey,
  encryptKey,
  readKeystore,
  readPassword,
  writeKeystore,
} from "../../node/keystore.ts";
import { listKeystores } from "../keystores.ts";
import { guarded, type OutputOptions, print, UsageError } from "../output.ts";

interface KeyOptions extends OutputOptions {
  readonly out: string;
  readonly passwordFile: string;
}

const PASSWORD = ["--password-file <file>", "file whose first line is the password of the keystore"] as const;
const JSON_FLAG = ["--json", "print one line of JSON"] as const;

/** `assay keys`: encrypted private keys. A key never stands on a command line, where every user of the computer could read it. */
export function addKeys(program: Command): void {
  const keys = program
    .command("keys")
    .description("Create, import and look at encrypted keys (web3 secret storage 3).");
  keys
    .command("create")
    .description("Make a new key and write it to an encrypted keystore. No file is ever replaced.")
    .requiredOption("--out <file>", "keystore to write")
    .requiredOption(...PASSWORD)
    .option(...JSON_FLAG)
    .addHelpText("after", "\nExample:\n  assay keys create --out operator.json --password-file operator.pw")
    .action((options: KeyOptions) => guarded(options, () => create(options)));
  keys
    .command("import")
    .description(
      "Read a private key of 64 hexadecimal digits from standard input and write it to a keystore.",
    )
    .requiredOption("--out <file>", "keystore to write")
    .requiredOption(...PASSWORD)
    .option(...JSON_FLAG)
    .addHelpText(
      "after",
      "\nExample:\n  assay keys import --out operator.json --password-file operator.pw < key.hex",
    )
    .action((options: KeyOptions) =>
      guarded(options, async () => create(options, (await text(process.stdin)).trim())),
    );
  keys
    .command("list")
    .description("List the keystores of a folder.")
    .argument("[folder]", "folder to look in", ".")
    .option(...JSON_FLAG)
    .action((folder: string, options: OutputOptions) => guarded(options, () => list(folder, options)));
  keys
    .command("address")
    .description("Print the address of a keystore. With the password, it is that of the key itself.")
    .argument("<file>", "keystore")
    .option(...PASSWORD)
    .option(...JSON_FLAG)
    .action((file: string, options: OutputOptions & { passwordFile?: string }) =>
      guarded(options, () => address(file, options)),
    );
  keys
    .command("export")
    .description("Print the private key of a keystore. Whoever sees it owns the account.")
    .argument("<file>", "keystore")
    .requiredOption(...PASSWORD)
    .requiredOption("--yes", "confirm that the key may be shown on this terminal")
    .option(...JSON_FLAG)
    .action((file: string, options: KeyOptions) => guarded(options, () => exportKey(file, options)));
}

async function create({ out, passwordFile, ...options }: KeyOptions, given?: string): Promise<void> {
  const privateKey = given === undefined || given.startsWith("0x") ? given : `0x${given}`;
  const keystore = await encryptKey(await readPassword(passwordFile), privateKey as Hex | undefined);
  await writeKeystore(out, keystore);
  const owner = addressOf(keystore);
  print(options, { address: owner, keystore: out }, `${owner}\n  written ${out}`);
}

async function list(folder: string, options: OutputOptions): Promise<void> {
  const found = await listKeystores(folder);
  if (found.length === 0) process.exitCode = 4;
  const lines = found.map(({ file, address: owner }) => `${owner ?? "unnamed".padEnd(42)}  ${file}`);
  print(options, { keystores: found }, lines.join("\n") || `There is no keystore in ${folder}.`);
}

async function address(file: string, options: OutputOptions & { passwordFile?: string }): Promise<void> {
  const keystore = await readKeystore(file);
  const owner =
    options.passwordFile === undefined
      ? addressOf(keystore)
      : (await decryptKey(keystore, await readPassword(options.passwordFile))).address;
  if (owner === undefined)
    throw new UsageError(`${file} does not say whose key it is.`, "Add --password-file to open it.");
  print(options, { address: owner }, owner);
}

async function exportKey(file: string, { passwordFile, ...options }: KeyOptions): Promise<void> {
  const privateKey = await decryptPrivateKey(await readKeystore(file), await readPassword(passwordFile));
  print(options, { privateKey }, privateKey);
}
