import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { guarded, JSON_OPTION, type OutputOptions, print, UsageError } from "../output.ts";

const CONFIG = `# Settings of the command \`assay\`. Flags count before the environment, the environment before this file.
# A section named operator:, challenger: or monitor: counts before the keys beside it.
rpcUrls:
  - http://127.0.0.1:8545
# deployment: deployment.json    # for chains without a bundled deployment
# keystore: keys/operator.json   # from: assay keys create --out keys/operator.json --password-file keys/operator.pw
# passwordFile: keys/operator.pw
`;

const IGNORED = "# Keys and passwords do not belong into a repository.\nkeys/\n";

/** `assay init`: a folder to work in. */
export function init(command: Command): void {
  command
    .description("Write a commented assay.yaml, and folders for models and keys. Replaces nothing.")
    .argument("[folder]", "folder to set up", ".")
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      `
Example:
  assay init work
  cd work
  export ASSAY_CONFIG=assay.yaml
  assay doctor`,
    )
    .action((folder: string, options: OutputOptions) => guarded(options, () => setUp(folder, options)));
}

async function setUp(folder: string, options: OutputOptions): Promise<void> {
  await mkdir(join(folder, "models"), { recursive: true });
  await mkdir(join(folder, "keys"), { recursive: true, mode: 0o700 });
  const files = [
    [join(folder, "assay.yaml"), CONFIG],
    [join(folder, ".gitignore"), IGNORED],
  ] as const;
  const written: string[] = [];
  for (const [file, content] of files) {
    try {
      await writeFile(file, content, { flag: "wx" });
      written.push(file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  if (written.length === 0) throw new UsageError(`${folder} is set up already.`, "Edit its assay.yaml.");
  print(options, { written }, written.map((file) => `written ${file}`).join("\n"));
}
