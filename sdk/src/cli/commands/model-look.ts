import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { getListing } from "../../actions/getListing.ts";
import { getListings } from "../../actions/getListings.ts";
import { getModel } from "../../actions/getModel.ts";
import { compileOnnx } from "../../compiler/index.ts";
import { equalBytes } from "../../core/bytes.ts";
import type { TensorSlot } from "../../machine/model.ts";
import { packModelDirectory } from "../../node/car.ts";
import { readModelDirectory } from "../../node/model-directory.ts";
import { makeVector } from "../../node/sample.ts";
import { workload } from "../../runtime/limits.ts";
import { addReadOptions, type ChainOptions, connectToRead } from "../chain.ts";
import { dimensionsOf } from "../dimensions.ts";
import { table } from "../format.ts";
import { guarded, type OutputOptions, print } from "../output.ts";
import { hashOf } from "./request.ts";

/** `assay model inspect`, `verify` and `list`: what a model is, whether it is that, and who lists it. */
export function addModelLook(parent: Command): void {
  parent
    .command("inspect")
    .description(
      "Show what a model directory holds: id, inputs, outputs, sizes, layers, CID. Everything is recomputed from its bytes.",
    )
    .argument("<directory>", "model directory")
    .option("--json", "print one line of JSON")
    .action((directory: string, options: OutputOptions) =>
      guarded(options, () => inspect(directory, options)),
    );
  parent
    .command("verify")
    .description(
      "Recompute every root and the id of a model directory from its bytes, run its test vectors and, from the ONNX file, the whole compilation.",
    )
    .argument("<directory>", "model directory")
    .option("--onnx <file>", "ONNX file that it is said to be compiled from")
    .option("--dim <NAME=N...>", "bind a symbolic dimension of the ONNX file (repeatable)", [])
    .option("--id <id>", "model id that it must have")
    .option("--json", "print one line of JSON")
    .addHelpText(
      "after",
      "\nThe exit code is 0 if everything agrees, 3 if it is another model, 1 if the directory is damaged.",
    )
    .action((directory: string, options: VerifyOptions) =>
      guarded(options, () => verify(directory, options)),
    );
  addReadOptions(parent.command("list"))
    .description("List the models that publishers offer, and which of them are deprecated.")
    .option("--model <id>", "only listings of this model")
    .option("--publisher <address>", "only listings of this publisher")
    .action((options: ChainOptions & { model?: string; publisher?: `0x${string}` }) =>
      guarded(options, () => list(options)),
    );
}

interface VerifyOptions extends OutputOptions {
  readonly onnx?: string;
  readonly dim: readonly string[];
  readonly id?: string;
}

async function inspect(directory: string, options: OutputOptions): Promise<void> {
  const { name, model, stepInfos, about = {}, vectors = [] } = await readModelDirectory(directory);
  const { modelId, record, inputs, outputs, constants } = model;
  const { cid } = await packModelDirectory(directory);
  const { operations, memoryBytes } = workload(model, "last");
  const rows: [string, string][] = [
    ["name", name],
    ["model id", modelId],
    ["cid", cid],
    ["inputs", slots(inputs)],
    ["outputs", slots(outputs)],
    ["constants", `${constants.length.toLocaleString("en-US")} bytes`],
    ["steps", `${record.stepCount}, trace of 2^${record.stepDepth + record.wordDepth} words`],
    [
      "one run",
      `${operations.toLocaleString("en-US")} operations, ${memoryBytes.toLocaleString("en-US")} bytes of memory`,
    ],
    ["layers", layersOf(stepInfos.map(({ operator }) => operator))],
    ["licence", about.licence ?? "not stated"],
    ...(about.description === undefined ? [] : [["description", about.description] as [string, string]]),
    ["vectors", `${vectors.length}: \`assay model verify\` runs them`],
  ];
  print(
    options,
    {
      name,
      modelId,
      cid,
      record,
      inputs,
      outputs,
      operations,
      memoryBytes,
      steps: stepInfos,
      about,
      vectors,
    },
    table(rows),
  );
}

function slots(list: readonly TensorSlot[]): string {
  return list.map((slot) => `${slot.name} ${slot.type}[${slot.dims.join(", ")}]`).join("; ");
}

/** `Conv+Relu x 3, Gemm`, in the order of their first steps. */
function layersOf(operators: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const operator of operators) counts.set(operator, (counts.get(operator) ?? 0) + 1);
  return [...counts]
    .map(([operator, count]) => (count === 1 ? operator : `${operator} x ${count}`))
    .join(", ");
}

async function verify(directory: string, options: VerifyOptions): Promise<void> {
  const { model, vectors = [] } = await readModelDirectory(directory);
  const checks: { what: string; isRight: boolean; detail: string }[] = [
    { what: "directory", isRight: true, detail: `program, constants and record give ${model.modelId}` },
  ];
  if (options.id !== undefined) {
    const isRight = hashOf(options.id) === model.modelId;
    checks.push({ what: "id", isRight, detail: isRight ? "is the one asked for" : `is not ${options.id}` });
  }
  if (options.onnx !== undefined) {
    const compiled = compileOnnx(new Uint8Array(await readFile(options.onnx)), {
      dims: dimensionsOf(options.dim),
    });
    const isRight = compiled.modelId === model.modelId && equalBytes(compiled.constants, model.constants);
    const detail = isRight
      ? `${options.onnx} compiles to the same model`
      : `${options.onnx} compiles to ${compiled.modelId}`;
    checks.push({ what: "onnx", isRight, detail });
  }
  for (const [index, vector] of vectors.entries()) {
    const { inputRoot, outputRoot } = makeVector(model, vector.seed);
    const isRight = inputRoot === vector.inputRoot && outputRoot === vector.outputRoot;
    const detail = isRight ? "this computer gives the same output" : `this computer gives ${outputRoot}`;
    checks.push({ what: `vector ${index}`, isRight, detail });
  }
  if (checks.some(({ isRight }) => !isRight)) process.exitCode = 3;
  const rows = checks.map(
    ({ what, isRight, detail }) => [isRight ? "ok" : "WRONG", `${what}: ${detail}`] as const,
  );
  print(
    options,
    { modelId: model.modelId, isRight: checks.every(({ isRight }) => isRight), checks },
    table(rows),
  );
}

async function list(options: ChainOptions & { model?: string; publisher?: `0x${string}` }): Promise<void> {
  const { client, deployment } = await connectToRead(options);
  const { model, publisher } = options;
  const listings = await getListings(client, {
    deployment,
    ...(model === undefined ? {} : { modelId: hashOf(model) }),
    ...(publisher === undefined ? {} : { publisher }),
  });
  const full = await Promise.all(
    listings.map(async (listing) => {
      const now = await getListing(client, { deployment, ...listing });
      const { inputBytes, outputBytes, stepCount } = await getModel(client, {
        deployment,
        modelId: listing.modelId,
      });
      return { ...listing, isDeprecated: now?.deprecated ?? false, inputBytes, outputBytes, stepCount };
    }),
  );
  if (full.length === 0) process.exitCode = 4;
  const text = full.map((entry) => {
    const note = entry.isDeprecated ? "  DEPRECATED" : "";
    return `${entry.name} ${entry.version}${note}\n  ${entry.modelId}\n  by ${entry.publisher}, ${entry.licence}, ${entry.uri}`;
  });
  print(options, { listings: full }, text.join("\n") || "There are no listings.");
}
