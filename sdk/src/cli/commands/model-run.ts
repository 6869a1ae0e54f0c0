import { type Command, Option } from "commander";
import { readModelDirectory } from "../../node/model-directory.ts";
import { ENGINES, type EngineName } from "../../runtime/engines.ts";
import { run } from "../../runtime/index.ts";
import { guarded, type OutputOptions, print } from "../output.ts";
import { readInputs, writeOutputs } from "../tensors.ts";

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
  const { engine, threads } = options;
  const inputs = await readInputs(options.input);
  const outputs = await run(model, inputs, { threads, ...(engine === undefined ? {} : { engine }) });
  const written = await writeOutputs(options.out, outputs);
  print(
    options,
    { modelId: model.modelId, outputs: written },
    written.map(({ name, type, dims, file }) => `${name} ${type}[${dims.join(", ")}] -> ${file}`).join("\n"),
  );
}
