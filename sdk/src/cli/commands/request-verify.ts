import type { Command } from "commander";
import { verifyResult } from "../../actions/verifyResult.ts";
import { readModelDirectory } from "../../node/model-directory.ts";
import { addReadOptions, type ChainOptions, connectToRead } from "../chain.ts";
import { table } from "../format.ts";
import { guarded, print } from "../output.ts";
import { withProgress } from "../progress.ts";
import { writeOutputs } from "../tensors.ts";
import { hashOf } from "../values.ts";

interface Options extends ChainOptions {
  readonly model: string;
  readonly out?: string;
}

/** `assay request verify`: whether a result is right. */
export function verify(command: Command): void {
  command
    .description(
      "Execute a request again on this computer and compare the result with the committed one, bit for bit.",
    )
    .argument("<id>", "request")
    .requiredOption("--model <dir>", "model directory")
    .option("--out <dir>", "directory for the outputs that the model gives, as .npy files")
    .addHelpText(
      "after",
      `
The exit code is 0 if the committed result is right, 3 if it is wrong.

Example:
  assay request verify 0x... --model digits || assay dispute open 0x... --model digits`,
    )
    .action((id: string, options: Options) => guarded(options, () => check(id, options)));
  addReadOptions(command);
}

async function check(id: string, options: Options): Promise<void> {
  const requestId = hashOf(id);
  const { model } = await readModelDirectory(options.model);
  const { client, deployment } = await connectToRead(options);
  const found = await withProgress(options, "executing again", 1, () =>
    verifyResult(client, { deployment, requestId, model }),
  );
  const { isCorrect, status, committedRoot, computedRoot, outputs } = found;
  if (!isCorrect) process.exitCode = 3;
  const files = options.out === undefined ? [] : await writeOutputs(options.out, outputs);
  const rows: [string, string][] = [
    ["verdict", isCorrect ? "right: the same bytes" : "WRONG: the model gives other bytes"],
    ["committed", committedRoot],
    ["computed", computedRoot],
    ["status", isCorrect || status !== "committed" ? status : `${status}: it can be challenged now`],
    ...files.map(({ name, file }): [string, string] => [name, file]),
  ];
  print(options, { requestId, isCorrect, status, committedRoot, computedRoot, outputs: files }, table(rows));
}
