import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Command } from "commander";
import { compileOnnx } from "../../compiler/index.ts";
import { writeModelDirectory } from "../../node/model-directory.ts";
import { dimensionsOf } from "../dimensions.ts";
import { guarded, type OutputOptions, print, UsageError } from "../output.ts";

interface Options extends OutputOptions {
  readonly dim: readonly string[];
  readonly out: string;
  readonly name?: string;
}

/** `assay model compile`: an ONNX file becomes a model directory. */
export function addModelCompile(parent: Command): void {
  parent
    .command("compile")
    .description(
      "Compile an ONNX file into a model directory. The same bytes and options give the same model id everywhere.",
    )
    .argument("<file>", "ONNX file")
    .option("--dim <NAME=N...>", "bind a symbolic dimension (repeatable)", [])
    .requiredOption("--out <dir>", "directory to write")
    .option("--name <name>", "name of the model (default: that of the ONNX graph)")
    .option("--json", "print one line of JSON")
    .action((file: string, options: Options) => guarded(options, () => compile(file, options)));
}

async function compile(file: string, options: Options): Promise<void> {
  const bytes = await readFile(file).catch(() => {
    throw new UsageError(`${file} cannot be read.`, "Check the path and its permissions.");
  });
  const dims = dimensionsOf(options.dim);
  const compiled = compileOnnx(new Uint8Array(bytes), {
    dims,
    ...(options.name === undefined ? {} : { name: options.name }),
  });
  await writeModelDirectory(options.out, {
    name: compiled.name,
    model: compiled,
    stepInfos: compiled.stepInfos,
  });
  const { name, modelId, record, inputs, outputs, report } = compiled;
  const slots = (list: typeof inputs): string =>
    list.map((slot) => `${slot.name} ${slot.type}[${slot.dims.join(", ")}]`).join("; ");
  print(
    options,
    { name, modelId, record, inputs, outputs, report, directory: options.out },
    [
      `${name || basename(file)}: ${modelId}`,
      `inputs   ${slots(inputs)}`,
      `outputs  ${slots(outputs)}`,
      `steps    ${record.stepCount}, trace of 2^${record.stepDepth + record.wordDepth} words`,
      `written  ${options.out}`,
    ].join("\n"),
  );
}
