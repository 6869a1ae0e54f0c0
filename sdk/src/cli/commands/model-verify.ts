import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { compileOnnx } from "../../compiler/index.ts";
import { equalBytes } from "../../core/bytes.ts";
import type { MachineModel } from "../../machine/model.ts";
import { readModelDirectory } from "../../node/model-directory.ts";
import { makeVector, type TestVector } from "../../node/sample.ts";
import { dimensionsOf } from "../dimensions.ts";
import { table } from "../format.ts";
import { collect, guarded, JSON_OPTION, type OutputOptions, print } from "../output.ts";
import { withProgress } from "../progress.ts";
import { hashOf } from "../values.ts";

interface Options extends OutputOptions {
  readonly onnx?: string;
  readonly dim?: readonly string[];
  readonly id?: string;
}

interface Finding {
  readonly what: string;
  readonly isRight: boolean;
  readonly detail: string;
}

/** `assay model verify`: whether a model is what it is said to be. */
export function verify(command: Command): void {
  command
    .description(
      "Recompute every root and the id of a model directory from its bytes, run its test vectors and, from the ONNX file, the whole compilation.",
    )
    .argument("<directory>", "model directory")
    .option("--onnx <file>", "ONNX file that it is said to be compiled from")
    .option("--dim <NAME=N>", "bind a symbolic dimension of the ONNX file (repeatable)", collect)
    .option("--id <id>", "model id that it must have")
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      `
The exit code is 0 if everything agrees, 3 if it is another model, 1 if the directory is damaged.

Examples:
  assay model verify digits
  assay model verify digits --onnx digits.onnx --dim N=1
  assay model verify copy-from-a-mirror --id 0x...`,
    )
    .action((directory: string, options: Options) => guarded(options, () => check(directory, options)));
}

async function check(directory: string, options: Options): Promise<void> {
  const { model, vectors = [] } = await readModelDirectory(directory);
  const parts = 1 + vectors.length;
  const checks = await withProgress(options, "verifying", parts, async (tick) => {
    const first = await checkBytes(model, options);
    tick();
    return [...first, ...vectors.map((vector, index) => checkVector(model, vector, index, tick))];
  });
  if (checks.some(({ isRight }) => !isRight)) process.exitCode = 3;
  const rows = checks.map(
    ({ what, isRight, detail }) => [isRight ? "ok" : "WRONG", `${what}: ${detail}`] as const,
  );
  const isRight = checks.every((one) => one.isRight);
  print(options, { modelId: model.modelId, isRight, checks }, table(rows));
}

async function checkBytes(model: MachineModel, options: Options): Promise<readonly Finding[]> {
  const { modelId, constants } = model;
  const findings: Finding[] = [
    { what: "directory", isRight: true, detail: `program, constants and record give ${modelId}` },
  ];
  if (options.id !== undefined) {
    const isRight = hashOf(options.id) === modelId;
    findings.push({ what: "id", isRight, detail: isRight ? "is the one asked for" : `is not ${options.id}` });
  }
  if (options.onnx !== undefined) {
    const dims = dimensionsOf(options.dim ?? []);
    const compiled = compileOnnx(new Uint8Array(await readFile(options.onnx)), { dims });
    const isRight = compiled.modelId === modelId && equalBytes(compiled.constants, constants);
    const detail = isRight
      ? `${options.onnx} compiles to the same model`
      : `${options.onnx} compiles to ${compiled.modelId}`;
    findings.push({ what: "onnx", isRight, detail });
  }
  return findings;
}

function checkVector(model: MachineModel, vector: TestVector, index: number, tick: () => void): Finding {
  const { inputRoot, outputRoot } = makeVector(model, vector.seed);
  tick();
  const isRight = inputRoot === vector.inputRoot && outputRoot === vector.outputRoot;
  const detail = isRight ? "this computer gives the same output" : `this computer gives ${outputRoot}`;
  return { what: `vector ${index}`, isRight, detail };
}
