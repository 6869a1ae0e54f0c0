/** Runs a model and keeps what a dispute about the run needs. */

import { HASH_BYTES } from "../core/hash.ts";
import type { MachineModel, Tensor } from "../machine/model.ts";
import { type Trace, traceOf } from "../trace/trace.ts";
import { assertSelfTest } from "./engine-selftest.ts";
import { checkThreads, type EngineName, resolveEngine } from "./engines.ts";
import { type ExecuteOptions, executeWith, type HashOptions } from "./execute.ts";
import { DEFAULT_LIMITS, type RunLimits, workload } from "./limits.ts";
import { RecomputedTensors } from "./recomputed.ts";
import { packInputs, unpackOutputs } from "./tensors.ts";
import { crewOf } from "./wasm/threads.ts";

/** How a run is traced. */
export interface TraceOptions {
  /** Every engine gives the same bits. Default `wasm` where there is WebAssembly with vectors, else `reference`. */
  readonly engine?: EngineName;
  /** Threads that compute and hash, 1 to 64. Default 1. */
  readonly threads?: number;
  /** What a run may take at most. Default: `DEFAULT_LIMITS`. */
  readonly limits?: Partial<RunLimits>;
  /**
   * Bytes of tensors that stay in memory. The tensors of a run that writes more are computed again, this many at a time, when they are asked for. Default 1 GiB.
   */
  readonly tensorBytes?: number;
  /** Bytes of tensors whose trees stay in memory. Default 256 MiB. */
  readonly cacheBytes?: number;
}

const DEFAULT_TENSOR_BYTES = 2 ** 30;

/** A traced run, its outputs by name. */
export interface TracedRun extends Trace {
  /** Tensors by the names of the model's outputs. */
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
  const { limits, cacheBytes, threads = 1, tensorBytes = DEFAULT_TENSOR_BYTES } = options;
  const engine = resolveEngine(options.engine);
  checkThreads(threads);
  assertSelfTest(engine);
  const given = { engine, ...(limits === undefined ? {} : { limits }) };
  const crew = engine === "wasm" ? await crewOf(threads) : undefined;
  const execute: Execute = (input, more) => executeWith(model, input, { ...given, ...more }, crew).tensors;

  const { memoryBytes } = { ...DEFAULT_LIMITS, ...limits };
  const room = Math.min(tensorBytes, memoryBytes - workload(model, "last").memoryBytes);
  const run =
    workload(model, "all").memoryBytes <= Math.min(tensorBytes, memoryBytes)
      ? traceAtOnce(model, inputBytes, execute, crew !== undefined, cacheBytes)
      : traceInWindows(model, inputBytes.slice(), execute, room, cacheBytes);
  return { ...run, outputs: unpackOutputs(model, run.outputBytes) };
}

type Execute = (
  input: Uint8Array,
  more: Pick<ExecuteOptions, "keep" | "onStep"> & HashOptions,
) => readonly Uint8Array[];

/** Keeps every tensor. Several threads hash while they compute, one alone keeps the trees that it makes. */
function traceAtOnce(
  { record, program }: MachineModel,
  input: Uint8Array,
  execute: Execute,
  isShared: boolean,
  cacheBytes: number | undefined,
): Trace {
  if (!isShared) return traceOf(record, input, execute(input, { keep: "all" }), cacheBytes);
  const roots = new Uint8Array(HASH_BYTES * program.length);
  return traceOf(record, input, execute(input, { keep: "all", roots }), cacheBytes, roots);
}

/** Hashes every tensor when it is written, and computes them again later. */
function traceInWindows(
  { record, program }: MachineModel,
  input: Uint8Array,
  execute: Execute,
  windowBytes: number,
  cacheBytes: number | undefined,
): Trace {
  const roots = new Uint8Array(HASH_BYTES * program.length);
  let isHashed = false;
  const tensors = new RecomputedTensors(program.length, windowBytes, (onStep) => {
    execute(input, isHashed ? { onStep } : { onStep, roots });
    isHashed = true;
  });
  tensors.recompute(() => {});
  return traceOf(record, input, tensors, cacheBytes, roots);
}
