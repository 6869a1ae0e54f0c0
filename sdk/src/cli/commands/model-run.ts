import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Command, Option } from "commander";
import type { Tensor } from "../../machine/model.ts";
import { readModelDirectory } from "../../node/model-directory.ts";
import { readNpy, writeNpy } from "../../node/npy.ts";
import { ENGINES, type EngineName } from "../../runtime/engines.ts";
import { run } from "../../runtime/index.ts";
import { guarded, type OutputOptions, parseAssignment, print } from "../output.ts";

interface Options extends OutputOptions {
  readonly input: readonly string[];
  readonly out: string;
  readonly engine?: EngineName;
  readonly threads: number;
}

/** `assay model run`: runs a model directory on `.npy` inputs. */
export function addModelRun(parent: Command): void {
  parent
    .command("run")
    .description(
      "Run a compiled model on .npy inputs, bit for bit as the chain would judge it, and write its outputs as .npy files.",
    )
    .argument("<directory>", "model directory, as written by `assay model compile`")
    .option("--input <NAME=FILE.npy...>", "an input (repeatable)", [])
    .requiredOption("--out <dir>", "directory for the outputs")
    .addOption(new Option("--engine <name>", "what computes; the bits are the same").choices(ENGINES))
    .option("--threads <n>", "threads that the engine may use", Number, 1)
    .option("--json", "print one line of JSON")
    .action((directory: string, options: Options) => guarded(options, () => runModel(directory, options)));
}

async function runModel(directory: string, options: Options): Promise<void> {
  const { model } = await readModelDirectory(directory);
  const inputs: Record<string, Tensor> = {};
  for (const text of options.input) {
    const [name, path] = parseAssignment("--input", text);
    inputs[name] = await readNpy(path);
  }
  const { engine, threads } = options;
  const outputs = await run(model, inputs, { threads, ...(engine === undefined ? {} : { engine }) });
  await mkdir(options.out, { recursive: true });
  const written: { name: string; type: string; dims: readonly number[]; file: string }[] = [];
  for (const [index, [name, tensor]] of Object.entries(outputs).entries()) {
    const file = join(options.out, fileName(name, index));
    await writeNpy(file, tensor);
    written.push({ name, type: tensor.type, dims: tensor.dims, file });
  }
  print(
    options,
    { modelId: model.modelId, outputs: written },
    written.map(({ name, type, dims, file }) => `${name} ${type}[${dims.join(", ")}] -> ${file}`).join("\n"),
  );
}

/** Output names come from the model: one that is no plain file name is replaced by its position. */
function fileName(name: string, index: number): string {
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}$/.test(name) ? `${name}.npy` : `output-${index}.npy`;
}
