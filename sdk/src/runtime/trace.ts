/** Runs a model and keeps what a dispute about the run needs. */

import type { MachineModel, Tensor } from "../machine/model.ts";
import { type Trace, traceOf } from "../trace/trace.ts";
import { assertSelfTest } from "./engine-selftest.ts";
import { checkThreads, type EngineName, resolveEngine } from "./engines.ts";
import { executeWith } from "./execute.ts";
import type { RunLimits } from "./limits.ts";
import { packInputs, unpackOutputs } from "./tensors.ts";
import { crewOf } from "./wasm/threads.ts";

export interface TraceOptions {
  /** Every engine gives the same bits. Default `wasm` where there is WebAssembly with vectors, else `reference`. */
  readonly engine?: EngineName;
  /** Threads that the engine may use, 1 to 64. Default 1. */
  readonly threads?: number;
  readonly limits?: Partial<RunLimits>;
  /** Bytes of tensors whose trees stay in memory. Default 256 MiB. */
  readonly cacheBytes?: number;
}

/** A traced run, its outputs by name. */
export interface TracedRun extends Trace {
  readonly outputs: Readonly<Record<string, Tensor>>;
}

/**
 * Runs a model on named tensors and keeps the trace.
 *
 * @throws {SelfTestError} if this computer does not compute as the machine must
 * @throws {TensorError} if a tensor does not fit the model
 * @throws {LimitError} if the model takes more than the limits
 * @example
 * const { outputs, traceRoot, tree } = await trace(model, { image: { type: "float32", dims: [1, 1, 28, 28], data: pixels } });
 * tree.node(0, 0) === traceRoot; // true
 */
export async function trace(
  model: MachineModel,
  inputs: Readonly<Record<string, Tensor>>,
  options: TraceOptions = {},
): Promise<TracedRun> {
  return traceBytes(model, packInputs(model, inputs), options);
}

/**
 * Runs a model on the bytes that a request carries and keeps the trace.
 *
 * @throws {SelfTestError} if this computer does not compute as the machine must
 * @throws {LimitError} if the model takes more than the limits
 */
export async function traceBytes(
  model: MachineModel,
  inputBytes: Uint8Array,
  options: TraceOptions = {},
): Promise<TracedRun> {
  const { limits, cacheBytes, threads = 1 } = options;
  const engine = resolveEngine(options.engine);
  checkThreads(threads);
  assertSelfTest(engine);
  const given = { engine, keep: "all", ...(limits === undefined ? {} : { limits }) } as const;
  const crew = engine === "wasm" ? await crewOf(threads) : undefined;
  const { tensors } = executeWith(model, inputBytes, given, crew);
  const run = traceOf(model.record, inputBytes, tensors, cacheBytes);
  return { ...run, outputs: unpackOutputs(model, run.outputBytes) };
}
