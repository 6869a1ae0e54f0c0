/** The short way from named tensors to named tensors. */

import { AssayError } from "../core/errors.ts";
import type { MachineModel, Tensor } from "../machine/model.ts";
import { checkParts, type ExecuteOptions, executeModel } from "./execute.ts";
import { DEFAULT_LIMITS, LimitError, type RunLimits } from "./limits.ts";
import { assertSelfTest } from "./selftest.ts";
import { packInputs, unpackOutputs } from "./tensors.ts";

/** What computes: bytes of the request to bytes of the answer. */
type Engine = (
  model: MachineModel,
  input: Uint8Array,
  options: EngineOptions,
) => Uint8Array | Promise<Uint8Array>;

interface EngineOptions extends Pick<ExecuteOptions, "limits"> {
  readonly threads: number;
}

export type EngineName = "reference";

const ENGINES: ReadonlyMap<string, Engine> = new Map<EngineName, Engine>([
  ["reference", (model, input, options) => executeModel(model, input, options).output],
]);

export interface RunOptions {
  /** Every engine gives the same bits. Default `reference`. */
  readonly engine?: EngineName;
  /** Threads that an engine may use; the reference has one. Default 1. */
  readonly threads?: number;
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
  const { engine: name = "reference", threads = 1, limits } = options;
  const engine = ENGINES.get(name);
  if (engine === undefined) throw new EngineError("engine", name, [...ENGINES.keys()].join(", "));
  if (!(Number.isInteger(threads) && threads >= 1))
    throw new EngineError("threads", threads, "a positive integer");
  assertSelfTest();
  checkParts(model);
  const most = limits?.memoryBytes ?? DEFAULT_LIMITS.memoryBytes;
  if (model.record.inputBytes > most) throw new LimitError("memoryBytes", model.record.inputBytes, most);
  const input = packInputs(model, inputs);
  return unpackOutputs(
    model,
    await engine(model, input, { threads, ...(limits === undefined ? {} : { limits }) }),
  );
}

/** The engine that was asked for is not there, or was asked for something that it cannot do. */
export class EngineError extends AssayError {
  override readonly name = "EngineError";

  constructor(option: "engine" | "threads", actual: unknown, expected: string) {
    super("ENGINE_UNAVAILABLE", `The option "${option}" is ${String(actual)}; it must be ${expected}.`, {
      context: { option, actual, expected },
      recovery: `Leave "${option}" out.`,
    });
  }
}
