/** Runs a program step by step on the reference. */

import { AssayError } from "../core/errors.ts";
import { decodeStep } from "../machine/decode.ts";
import { executeStep } from "../machine/execute.ts";
import { WORD_BYTES } from "../machine/memory.ts";
import type { MachineModel } from "../machine/model.ts";
import { validateRecord } from "../machine/record.ts";
import { checkLimits, type Keep, lastReaders, type RunLimits } from "./limits.ts";

export interface ExecuteOptions {
  /** Sees every tensor as soon as it is written, in order. What it throws ends the run. */
  readonly onStep?: (stepIndex: number, tensor: Uint8Array) => void;
  /** Default `last`. */
  readonly keep?: Keep;
  readonly limits?: Partial<RunLimits>;
}

export interface Execution {
  /** By step: whole words, or nothing for a step that writes only zeros. With `keep: "last"` all but the last are empty. */
  readonly tensors: readonly Uint8Array[];
  /** The answer: exactly `record.outputBytes` bytes. */
  readonly output: Uint8Array;
}

const NOTHING = new Uint8Array();

/**
 * Executes a model.
 *
 * @param input - the request's bytes; the machine reads zeros beyond them
 * @throws {LimitError} if the model takes more than the limits, before anything is run
 * @throws {ModelError} if the model's parts contradict its record
 * @throws {RecordInvalidError} if the record could not be registered
 */
export function executeModel(
  model: MachineModel,
  input: Uint8Array,
  options: ExecuteOptions = {},
): Execution {
  const { onStep, keep = "last", limits } = options;
  const { record, constants, program } = model;
  checkParts(model);
  if (input.length > record.inputBytes)
    throw new ModelError("number of input bytes", input.length, `at most ${record.inputBytes}`);
  checkLimits(model, keep, limits);

  const tensors: Uint8Array[] = [];
  const memory = { input: aligned(input), constants: aligned(constants), steps: tensors, depths: record };
  const unread = freedAfter(program, keep);
  for (const [index, encoding] of program.entries()) {
    const tensor = executeStep(decodeStep(encoding), index, memory);
    tensors.push(tensor);
    onStep?.(index, tensor);
    for (const read of unread.get(index) ?? []) tensors[read] = NOTHING;
  }
  const output = new Uint8Array(record.outputBytes);
  output.set(tensors.at(-1)?.subarray(0, record.outputBytes) ?? NOTHING);
  return { tensors, output };
}

/** Copies bytes that do not start on a boundary of 4, once, which otherwise every step that reads them would do. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
}

/** Which tensors nobody reads any more, by the number of the step after which that is so; the last tensor is always kept. */
function freedAfter(program: readonly Uint8Array[], keep: Keep): Map<number, number[]> {
  const freed = new Map<number, number[]>();
  if (keep === "all") return freed;
  for (const [index, reader] of lastReaders(program).entries()) {
    if (index === program.length - 1) continue;
    const others = freed.get(reader);
    if (others === undefined) freed.set(reader, [index]);
    else others.push(index);
  }
  return freed;
}

/** Refuses a model whose record could not be registered, or whose parts are not those that its record speaks of. */
export function checkParts(model: Pick<MachineModel, "record" | "program" | "constants">): void {
  const { record, program, constants } = model;
  validateRecord(record);
  if (program.length !== record.stepCount)
    throw new ModelError("number of steps", program.length, record.stepCount);
  const room = WORD_BYTES * 2 ** record.constantsDepth;
  if (constants.length > room)
    throw new ModelError("number of constants' bytes", constants.length, `at most ${room}`);
}

/** A model's parts contradict its record. */
export class ModelError extends AssayError {
  override readonly name = "ModelError";

  constructor(part: string, actual: unknown, expected: unknown) {
    super("MODEL_INVALID", `The model's ${part}: found ${String(actual)}, expected ${String(expected)}.`, {
      context: { part, actual, expected },
      recovery: "Compile the model again, or fetch it from another mirror.",
    });
  }
}
