/** Runs a program step by step. */

import { AssayError } from "../core/errors.ts";
import { HASH_BYTES } from "../core/hash.ts";
import { rootBytesOf, zeroRootBytes } from "../core/tree.ts";
import { decodeStep } from "../machine/decode.ts";
import { executeStep } from "../machine/execute.ts";
import { WORD_BYTES } from "../machine/memory.ts";
import type { MachineModel } from "../machine/model.ts";
import { validateRecord } from "../machine/record.ts";
import { type EngineName, resolveEngine } from "./engines.ts";
import { checkLimits, DEFAULT_LIMITS, type Keep, lastReaders, type RunLimits } from "./limits.ts";
import { wasmInstance } from "./wasm/engine.ts";
import type { Instance, OnTask } from "./wasm/instance.ts";
import type { Crew } from "./wasm/threads.ts";

/** How a model is executed. */
export interface ExecuteOptions {
  /** Every engine gives the same bits. Default `wasm` where there is WebAssembly with vectors, else `reference`. */
  readonly engine?: EngineName;
  /** Sees every tensor as soon as it is written, in order. What it throws ends the run. */
  readonly onStep?: (stepIndex: number, tensor: Uint8Array) => void;
  /** Default `last`. */
  readonly keep?: Keep;
  /** What a run may take at most. Default: `DEFAULT_LIMITS`. */
  readonly limits?: Partial<RunLimits>;
}

/** What an execution gives. */
export interface Execution {
  /** By step: whole words, or nothing for a step that writes only zeros. With `keep: "last"` all but the last are empty. */
  readonly tensors: readonly Uint8Array[];
  /** The answer: exactly `record.outputBytes` bytes. */
  readonly output: Uint8Array;
}

const NOTHING = new Uint8Array();

/** A proof states the length of a step's encoding in 16 bits; a longer one could not be judged. */
const MAX_PROVABLE_BYTES = 0xffff;

/**
 * Executes a model.
 *
 * @param input - the request's bytes; the machine reads zeros beyond them
 * @throws {EngineError} if the engine is not there
 * @throws {LimitError} if the model takes more than the limits, before anything is run
 * @throws {ModelError} if the model's parts contradict its record, or its answer is longer than the record says
 * @throws {RecordInvalidError} if the record could not be registered
 */
export function executeModel(
  model: MachineModel,
  input: Uint8Array,
  options: ExecuteOptions = {},
): Execution {
  return executeWith(model, input, options, undefined);
}

/** What else `executeWith` does. */
export interface HashOptions {
  /** Is filled with the roots of the tensors of all steps, one after the other. */
  readonly roots?: Uint8Array;
}

/** `executeModel`, with threads that share the work. */
export function executeWith(
  model: MachineModel,
  input: Uint8Array,
  options: ExecuteOptions & HashOptions,
  crew: Crew | undefined,
): Execution {
  const { onStep, keep = "last", limits, roots } = options;
  const engine = resolveEngine(options.engine);
  checkRun(model, input, keep, limits);
  const isTraced = keep === "all" || onStep !== undefined || roots !== undefined;
  const memoryBytes = limits?.memoryBytes ?? DEFAULT_LIMITS.memoryBytes;
  const instance =
    engine === "wasm"
      ? wasmInstance(model, { isTraced, memoryBytes, isShared: crew !== undefined })
      : undefined;
  const tensors =
    instance === undefined
      ? runReference(model, input, { keep, onStep, roots })
      : runWasm(instance, model, input, { keep, onStep, roots, crew });
  return { tensors, output: outputOf(tensors.at(-1) ?? NOTHING, model.record.outputBytes) };
}

/** Refuses what must not run. */
export function checkRun(
  model: MachineModel,
  input: Uint8Array,
  keep: Keep,
  limits: Partial<RunLimits> | undefined,
): void {
  checkParts(model);
  if (input.length > model.record.inputBytes)
    throw new ModelError("number of input bytes", input.length, `at most ${model.record.inputBytes}`);
  checkLimits(model, keep, limits);
}

/** The answer: the beginning of the last tensor. */
export function outputOf(last: Uint8Array, outputBytes: number): Uint8Array {
  checkOutputEnd(last, outputBytes);
  const output = new Uint8Array(outputBytes);
  output.set(last.subarray(0, outputBytes));
  return output;
}

interface Told {
  readonly keep: Keep;
  readonly onStep: ExecuteOptions["onStep"];
  readonly roots: Uint8Array | undefined;
}

function runReference(
  { record, program, constants }: MachineModel,
  input: Uint8Array,
  { keep, onStep, roots }: Told,
): Uint8Array[] {
  const tensors: Uint8Array[] = [];
  const memory = { input: aligned(input), constants: aligned(constants), steps: tensors, depths: record };
  const unread = freedAfter(program, keep);
  for (const [index, encoding] of program.entries()) {
    const tensor = executeStep(decodeStep(encoding), index, memory);
    tensors.push(tensor);
    roots?.set(rootBytesOf(tensor, record.wordDepth), HASH_BYTES * index);
    onStep?.(index, tensor);
    for (const read of unread.get(index) ?? []) tensors[read] = NOTHING;
  }
  return tensors;
}

function runWasm(
  instance: Instance,
  { record: { stepCount, wordDepth } }: MachineModel,
  input: Uint8Array,
  { keep, onStep, roots, crew }: Told & { readonly crew: Crew | undefined },
): Uint8Array[] {
  const tensors: Uint8Array[] = [];
  const give = (tensor: Uint8Array): void => {
    const isKept = keep === "all" || tensors.length === stepCount - 1;
    onStep?.(tensors.length, tensor);
    tensors.push(isKept ? tensor : NOTHING);
  };
  const isSeen = keep === "all" || onStep !== undefined;
  const zeroRoot = zeroRootBytes(wordDepth);
  for (let step = 0; roots !== undefined && step < stepCount; step++) roots.set(zeroRoot, HASH_BYTES * step);
  const onTask: OnTask = ({ step }, rootOf) => {
    // Steps without a task write zeros, or were joined with a later one.
    while (tensors.length < step) give(NOTHING);
    roots?.set(rootOf(wordDepth), HASH_BYTES * step);
    give(isSeen || step === stepCount - 1 ? instance.tensor(step).slice() : NOTHING);
  };
  instance.run(input, onTask, crew, roots !== undefined);
  while (tensors.length < stepCount) give(NOTHING);
  return tensors;
}

/**
 * Refuses an answer that does not end where the record says. The hub pads the committed bytes with zeros, so whoever committed to such an answer would be
 * convicted although it is right.
 */
function checkOutputEnd(tensor: Uint8Array, outputBytes: number): void {
  const at = tensor.subarray(outputBytes).findIndex((byte) => byte !== 0);
  if (at >= 0)
    throw new ModelError(
      "output",
      `a byte that is not zero at ${outputBytes + at}`,
      `only ${outputBytes} bytes`,
    );
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
  const long = program.findIndex(({ length }) => length > MAX_PROVABLE_BYTES);
  if (long >= 0)
    throw new ModelError(`step ${long}`, `${program[long]?.length} bytes`, `at most ${MAX_PROVABLE_BYTES}`);
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
