import { type Command, Option } from "commander";
import { readModelDirectory } from "../../node/model-directory.ts";
import { ENGINES, type EngineName } from "../../runtime/engines.ts";
import { run as runModel } from "../../runtime/run.ts";
import { collect, guarded, JSON_OPTION, type OutputOptions, print } from "../output.ts";
import { withProgress } from "../progress.ts";
import { readInputs, writeOutputs } from "../tensors.ts";
import { countOf } from "../values.ts";

interface Options extends OutputOptions {
  readonly input?: readonly string[];
  readonly out: string;
  readonly engine?: EngineName;
  readonly threads: string;
}

/** `assay model run`: runs a model directory on `.npy` inputs. */
export function run(command: Command): void {
  command
    .description(
      "Run a compiled model on .npy inputs, bit for bit as the chain would judge it, and write its outputs as .npy files.",
    )
    .argument("<directory>", "model directory, as written by `assay model compile`")
    .option("--input <NAME=FILE.npy>", "an input (repeatable)", collect)
    .requiredOption("--out <dir>", "directory for the outputs")
    .addOption(new Option("--engine <name>", "what computes; the bits are the same").choices(ENGINES))
    .option("--threads <n>", "threads that the engine may use, 1 to 64", "1")
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      `
Example:
  assay model sample digits --out sample
  assay model run digits --input image=sample/image.npy --out answer

From Python: numpy.save("image.npy", array) writes an input, numpy.load("answer/scores.npy") reads an output.`,
    )
    .action((directory: string, options: Options) => guarded(options, () => execute(directory, options)));
}

async function execute(directory: string, options: Options): Promise<void> {
  const { model } = await readModelDirectory(directory);
  const { engine } = options;
  const inputs = await readInputs(options.input ?? []);
  const given = {
    threads: countOf("--threads", options.threads),
    ...(engine === undefined ? {} : { engine }),
  };
  const outputs = await withProgress(options, "running", 1, () => runModel(model, inputs, given));
  const written = await writeOutputs(options.out, outputs);
  print(
    options,
    { modelId: model.modelId, outputs: written },
    written.map(({ name, type, dims, file }) => `${name} ${type}[${dims.join(", ")}] -> ${file}`).join("\n"),
  );
}
