/** The short way from named tensors to named tensors. */

import type { MachineModel, Tensor } from "../machine/model.ts";
import { assertSelfTest } from "./engine-selftest.ts";
import { checkThreads, type EngineName, resolveEngine } from "./engines.ts";
import { checkParts, executeWith } from "./execute.ts";
import { DEFAULT_LIMITS, LimitError, type RunLimits } from "./limits.ts";
import { packInputs, unpackOutputs } from "./tensors.ts";
import { crewOf } from "./wasm/threads.ts";

/** How a model is run. */
export interface RunOptions {
  /** Every engine gives the same bits. Default `wasm` where there is WebAssembly with vectors, else `reference`. */
  readonly engine?: EngineName;
  /** Threads that the engine may use, 1 to 64; where there are no threads to be had, and for the reference, it is one. Default 1. */
  readonly threads?: number;
  /** What a run may take at most. Default: `DEFAULT_LIMITS`. */
  readonly limits?: Partial<RunLimits>;
}

/**
 * Runs a model.
 *
 * @param inputs - one tensor for every input, by name
 * @returns the outputs by name
 * @throws {EngineError} if the engine is not there, or `threads` makes no sense
 * @throws {SelfTestError} if this computer does not compute as the machine must
 * @throws {TensorError} if a tensor does not fit the model
 * @throws {LimitError} if the model takes more than the limits
 * @example
 * const outputs = await run(model, { image: { type: "float32", dims: [1, 1, 28, 28], data: pixels } });
 * outputs.scores?.data; // Float32Array(10)
 */
export async function run(
  model: MachineModel,
  inputs: Readonly<Record<string, Tensor>>,
  options: RunOptions = {},
): Promise<Record<string, Tensor>> {
  const { threads = 1, limits } = options;
  const engine = resolveEngine(options.engine);
  checkThreads(threads);
  assertSelfTest(engine);
  checkParts(model);
  const most = limits?.memoryBytes ?? DEFAULT_LIMITS.memoryBytes;
  if (model.record.inputBytes > most) throw new LimitError("memoryBytes", model.record.inputBytes, most);
  const input = packInputs(model, inputs);
  const given = { engine, ...(limits === undefined ? {} : { limits }) };
  const crew = engine === "wasm" ? await crewOf(threads) : undefined;
  return unpackOutputs(model, executeWith(model, input, given, crew).output);
}
