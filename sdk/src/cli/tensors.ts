/** Tensors between files and commands. */

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Tensor } from "../machine/model.ts";
import { readNpy, writeNpy } from "../node/npy.ts";
import { assignmentsOf } from "./output.ts";

/** Reads what `--input NAME=FILE.npy` names. */
export async function readInputs(given: readonly string[]): Promise<Readonly<Record<string, Tensor>>> {
  const inputs: Record<string, Tensor> = {};
  for (const [name, path] of assignmentsOf("--input", given)) inputs[name] = await readNpy(path);
  return inputs;
}

/** A tensor that was written to a file. */
export interface WrittenTensor {
  readonly name: string;
  readonly type: string;
  readonly dims: readonly number[];
  readonly file: string;
}

/** Writes outputs to a directory, each to a file of its name. */
export async function writeOutputs(
  directory: string,
  outputs: Readonly<Record<string, Tensor>>,
): Promise<readonly WrittenTensor[]> {
  await mkdir(directory, { recursive: true });
  const written: WrittenTensor[] = [];
  for (const [index, [name, tensor]] of Object.entries(outputs).entries()) {
    const file = join(directory, fileName(name, index));
    await writeNpy(file, tensor);
    written.push({ name, type: tensor.type, dims: tensor.dims, file });
  }
  return written;
}

/** Output names come from the model: one that is no plain file name is replaced by its position. */
function fileName(name: string, index: number): string {
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}$/.test(name) ? `${name}.npy` : `output-${index}.npy`;
}
