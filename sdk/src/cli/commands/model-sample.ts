import type { Command } from "commander";
import type { TensorSlot, TensorType } from "../../machine/model.ts";
import { readModelDirectory } from "../../node/model-directory.ts";
import { sampleInputs } from "../../node/sample.ts";
import { guarded, JSON_OPTION, type OutputOptions, print, UsageError } from "../output.ts";
import { writeOutputs } from "../tensors.ts";

interface SampleOptions extends OutputOptions {
  readonly out: string;
  readonly seed: string;
}

/** `assay model sample`: inputs to try a model out with. */
export function sample(command: Command): void {
  command
    .description(
      "Write inputs that fit a model as .npy files. Everybody gets the same ones for the same seed.",
    )
    .argument("<directory>", "model directory")
    .requiredOption("--out <dir>", "directory for the inputs")
    .option("--seed <n>", "which sample", "0")
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      "\nExample:\n  assay model sample digits --out sample\n  assay model run digits --input image=sample/image.npy --out answer",
    )
    .action((directory: string, options: SampleOptions) =>
      guarded(options, () => writeSample(directory, options)),
    );
}

/** `assay model types`: what a program that uses the model has to give, and gets. */
export function types(command: Command): void {
  command
    .description("Print a TypeScript module with the types of a model's inputs and outputs, and its id.")
    .argument("<directory>", "model directory")
    .option(...JSON_OPTION)
    .addHelpText("after", "\nExample:\n  assay model types digits > digits.ts")
    .action((directory: string, options: OutputOptions) =>
      guarded(options, () => printTypes(directory, options)),
    );
}

async function writeSample(directory: string, options: SampleOptions): Promise<void> {
  if (!/^\d{1,4}$/.test(options.seed))
    throw new UsageError(`--seed ${options.seed} is not a number from 0 to 9999.`, "For instance: --seed 1");
  const { model } = await readModelDirectory(directory);
  const written = await writeOutputs(options.out, sampleInputs(model, Number(options.seed)));
  const lines = written.map(({ name, type, dims, file }) => `${name} ${type}[${dims.join(", ")}] -> ${file}`);
  print(options, { modelId: model.modelId, inputs: written }, lines.join("\n"));
}

async function printTypes(directory: string, options: OutputOptions): Promise<void> {
  const { name, model } = await readModelDirectory(directory);
  const { modelId, inputs, outputs } = model;
  const source = `/** The model ${JSON.stringify(name)}, as \`assay model types\` describes it. */

export const modelId = "${modelId}";

export type Inputs = ${recordType(inputs)};

export type Outputs = ${recordType(outputs)};
`;
  print(options, { modelId, inputs, outputs, source }, source.trimEnd());
}

/** What `Tensor` of `@assay/sdk/machine` is, written out, so that the module imports nothing. */
function recordType(slots: readonly TensorSlot[]): string {
  const lines = slots.map(
    ({ name, type, dims }) =>
      `  readonly ${JSON.stringify(name)}: { readonly type: "${type}"; readonly dims: readonly [${dims.join(", ")}]; readonly data: ${ARRAY_NAMES[type]} };`,
  );
  return `{\n${lines.join("\n")}\n}`;
}

const ARRAY_NAMES: Readonly<Record<TensorType, string>> = {
  ...{ float32: "Float32Array", float16: "Uint16Array", bfloat16: "Uint16Array" },
  ...{ int64: "BigInt64Array", int32: "Int32Array", int16: "Int16Array", int8: "Int8Array" },
  ...{ uint64: "BigUint64Array", uint32: "Uint32Array", uint16: "Uint16Array", uint8: "Uint8Array" },
  bool: "Uint8Array",
};
