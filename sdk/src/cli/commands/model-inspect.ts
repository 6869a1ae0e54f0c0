import type { Command } from "commander";
import type { TensorSlot } from "../../machine/model.ts";
import { packModelDirectory } from "../../node/car.ts";
import { readModelDirectory } from "../../node/model-directory.ts";
import { workload } from "../../runtime/limits.ts";
import { table } from "../format.ts";
import { guarded, JSON_OPTION, type OutputOptions, print } from "../output.ts";
import { withProgress } from "../progress.ts";

/** `assay model inspect`: what a model is. */
export function inspect(command: Command): void {
  command
    .description(
      "Show what a model directory holds: id, inputs, outputs, sizes, layers, CID. Everything is recomputed from its bytes.",
    )
    .argument("<directory>", "model directory")
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      "\nExamples:\n  assay model inspect digits\n  assay model inspect digits --json | jq .steps",
    )
    .action((directory: string, options: OutputOptions) => guarded(options, () => show(directory, options)));
}

async function show(directory: string, options: OutputOptions): Promise<void> {
  const { name, model, stepInfos, about = {}, vectors = [] } = await readModelDirectory(directory);
  const { modelId, record, inputs, outputs, constants } = model;
  const { cid } = await withProgress(options, "computing the CID", 1, () => packModelDirectory(directory));
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
  const sizes = { operations, memoryBytes };
  print(
    options,
    { name, modelId, cid, record, inputs, outputs, ...sizes, steps: stepInfos, about, vectors },
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
