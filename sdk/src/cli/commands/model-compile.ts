import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Command } from "commander";
import { compileOnnx } from "../../compiler/index.ts";
import type { MachineModel } from "../../machine/model.ts";
import { readModelAbout } from "../../node/model-about.ts";
import { writeModelDirectory } from "../../node/model-directory.ts";
import { makeVector, type TestVector } from "../../node/sample.ts";
import { workload } from "../../runtime/limits.ts";
import { dimensionsOf } from "../dimensions.ts";
import { collect, guarded, JSON_OPTION, type OutputOptions, print, UsageError } from "../output.ts";
import { withProgress } from "../progress.ts";

interface Options extends OutputOptions {
  readonly dim?: readonly string[];
  readonly out: string;
  readonly name?: string;
  readonly licence?: string;
  readonly about?: string;
  readonly vectors?: string;
}

/** A model that takes more is not run while it is compiled, unless that is asked for. */
const QUICK_OPERATIONS = 2 ** 27;

/** `assay model compile`: an ONNX file becomes a model directory. */
export function compile(command: Command): void {
  command
    .description(
      "Compile an ONNX file into a model directory. The same bytes and options give the same model id everywhere.",
    )
    .argument("<file>", "ONNX file")
    .option("--dim <NAME=N>", "bind a symbolic dimension (repeatable)", collect)
    .requiredOption("--out <dir>", "directory to write")
    .option("--name <name>", "name of the model (default: that of the ONNX graph)")
    .option("--licence <spdx>", "SPDX identifier of the model's licence, such as MIT or Apache-2.0")
    .option("--about <file>", "JSON file that says what inputs and outputs stand for (see below)")
    .option(
      "--vectors <n>",
      "test vectors to compute, which prove a copy of the model right (default: 1, none if that would take long)",
    )
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      `
Examples:
  assay model compile digits.onnx --dim N=1 --out digits
  assay model compile digits.onnx --dim N=1 --out digits --licence MIT --about about.json

What --about may hold, for helpers that make tensors of pictures and texts, and find the best class:
  { "description": "Handwritten digits",
    "inputs":  { "image": { "kind": "image", "layout": "NCHW", "channels": "gray" } },
    "outputs": { "probabilities": { "kind": "classes", "labels": ["0", "1", ...] } } }`,
    )
    .action((file: string, options: Options) => guarded(options, () => write(file, options)));
}

async function write(file: string, options: Options): Promise<void> {
  const bytes = await readFile(file).catch(() => {
    throw new UsageError(`${file} cannot be read.`, "Check the path and its permissions.");
  });
  const dims = dimensionsOf(options.dim ?? []);
  const compiled = await withProgress(options, `compiling ${basename(file)}`, 1, () =>
    compileOnnx(new Uint8Array(bytes), {
      dims,
      ...(options.name === undefined ? {} : { name: options.name }),
    }),
  );
  const given = options.about === undefined ? {} : await readModelAbout(options.about, compiled);
  const about = options.licence === undefined ? given : { ...given, licence: options.licence };
  const { name, modelId, record, inputs, outputs, report, stepInfos } = compiled;
  const vectors = await vectorsOf(compiled, options);
  await writeModelDirectory(options.out, { name, model: compiled, stepInfos, about, vectors });
  const slots = (list: typeof inputs): string =>
    list.map((slot) => `${slot.name} ${slot.type}[${slot.dims.join(", ")}]`).join("; ");
  print(
    options,
    { name, modelId, record, inputs, outputs, report, about, vectors, directory: options.out },
    [
      `${name || basename(file)}: ${modelId}`,
      `inputs   ${slots(inputs)}`,
      `outputs  ${slots(outputs)}`,
      `steps    ${record.stepCount}, trace of 2^${record.stepDepth + record.wordDepth} words`,
      `vectors  ${vectors.length}`,
      `written  ${options.out}`,
    ].join("\n"),
  );
}

async function vectorsOf(model: MachineModel, options: Options): Promise<readonly TestVector[]> {
  const { vectors } = options;
  if (vectors !== undefined && !/^\d{1,2}$/.test(vectors))
    throw new UsageError(`--vectors ${vectors} is not a number from 0 to 99.`, "For instance: --vectors 3");
  const isQuick = workload(model, "last").operations <= QUICK_OPERATIONS;
  const count = vectors === undefined ? Number(isQuick) : Number(vectors);
  return withProgress(options, "computing test vectors", count, (tick) =>
    Array.from({ length: count }, (_, seed) => {
      const vector = makeVector(model, seed);
      tick();
      return vector;
    }),
  );
}
