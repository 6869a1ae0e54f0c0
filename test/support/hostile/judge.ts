/** What a hostile file came to: a typed error, or a model that is legal and gives the same bytes on both engines. */

import { type CompiledModel, CompilerError, compileOnnx } from "../../../sdk/src/compiler/index.ts";
import { brokenRule } from "../../../sdk/src/machine/index.ts";
import { executeModel } from "../../../sdk/src/runtime/execute.ts";
import { workload } from "../../../sdk/src/runtime/limits.ts";
import type { Random } from "../random.ts";

/** Models that take more are compiled, but not run. */
const MOST_OPERATIONS = 3e7;
const MOST_BYTES = 2 ** 26;
const MOST_OPEN_DIMENSIONS = 8;

/** Something that must not happen. */
export class Finding extends Error {
  override readonly name = "Finding";
}

/**
 * Compiles a file, and runs what it is if that does not take long.
 *
 * @returns the code of the error, `"compiled"`, or `"ran"`
 * @throws {Finding} or what was thrown, if it is no error of the compiler
 */
export function judge(bytes: Uint8Array, random: Random): string {
  let model: CompiledModel;
  try {
    model = compileOpen(bytes, random);
  } catch (error) {
    if (!CompilerError.is(error) || !/^ONNX_[A-Z_]+$/.test(error.code)) throw error;
    if (error.message.length > 20_000)
      throw new Finding(`${error.code} with ${error.message.length} characters`);
    return error.code;
  }
  for (const [i, step] of model.steps.entries()) {
    const rule = brokenRule(step!, model.program[i]!.length, model.record);
    if (rule !== undefined) throw new Finding(`step ${i} breaks the rule: ${rule}`);
  }
  const { operations, memoryBytes } = workload(model, "all");
  if (operations > MOST_OPERATIONS || memoryBytes > MOST_BYTES) return "compiled";
  const input = random.bytes(model.record.inputBytes);
  const [ours, oracle] = (["wasm", "reference"] as const).map((engine) => {
    const { tensors, output } = executeModel(model, input, { engine, keep: "all" });
    return [...tensors, output];
  });
  for (const [i, tensor] of oracle!.entries()) {
    if (Buffer.compare(tensor, ours![i]!) !== 0)
      throw new Finding(`tensor ${i} of the engines is not the same`);
  }
  return "ran";
}

/** Gives open dimensions small sizes, one after another. */
function compileOpen(bytes: Uint8Array, random: Random): CompiledModel {
  const dims: Record<string, number> = Object.create(null);
  for (let i = 0; ; i++) {
    try {
      return compileOnnx(bytes, { dims });
    } catch (error) {
      if (!CompilerError.is(error) || error.code !== "ONNX_UNBOUND_DIMENSION" || i >= MOST_OPEN_DIMENSIONS)
        throw error;
      dims[String(error.context.dimension)] = random.pick([1, 1, 2, 3, 32]);
    }
  }
}
