/** Which engines there are. */

import { AssayError } from "../core/errors.ts";

export const ENGINES = ["reference", "wasm"] as const;

/** `reference` is plain TypeScript, `wasm` generates WebAssembly for each model. They give the same bits. */
export type EngineName = (typeof ENGINES)[number];

const MOST_THREADS = 64;

/** The smallest module that needs vector instructions: a function `v128.const 0; drop`. */
const VECTOR_MODULE = [
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 23, 1, 21, 0, 0xfd, 12],
  ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x1a, 0x0b],
];

let hasVectors: boolean | undefined;

/** Whether this host runs WebAssembly with vectors of 128 bits. */
export function isWasmAvailable(): boolean {
  hasVectors ??= typeof WebAssembly === "object" && WebAssembly.validate(Uint8Array.from(VECTOR_MODULE));
  return hasVectors;
}

/**
 * The engine that was asked for, or the fastest that there is.
 *
 * @throws {EngineError} if it is not there
 */
export function resolveEngine(name: EngineName | undefined): EngineName {
  if (name === undefined) return isWasmAvailable() ? "wasm" : "reference";
  const isThere = ENGINES.includes(name) && (name !== "wasm" || isWasmAvailable());
  if (!isThere) throw new EngineError("engine", name, isWasmAvailable() ? ENGINES.join(", ") : "reference");
  return name;
}

/** @throws {EngineError} unless it is a number of threads */
export function checkThreads(threads: number): void {
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS))
    throw new EngineError("threads", threads, `a whole number in 1 .. ${MOST_THREADS}`);
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
