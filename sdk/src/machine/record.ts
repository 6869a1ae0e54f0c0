/** Identity and legality of models: SPEC.md sections 2 and 3. */

import { concatBytes, fromHex, isHex, uintBytes } from "../core/bytes.ts";
import { AssayError, type AssayErrorOptions } from "../core/errors.ts";
import { HASH_BYTES, keccak, keccakHex, keccakText } from "../core/hash.ts";
import { rootOfBytes, WordTree } from "../core/tree.ts";
import { WORD_BYTES } from "./memory.ts";
import { MACHINE_VERSION } from "./opcodes.ts";
import type { Depths, ModelRecord } from "./types.ts";

/** What a record may not exceed. */
export const RECORD_LIMITS = {
  inputDepth: 32,
  constantsDepth: 32,
  stepDepth: 20,
  wordDepth: 28,
  traceDepth: 40,
  count: 2 ** 32 - 1,
} as const;

/** What a record is made of. */
export interface RecordParameters {
  /** Encodings of the steps, in order. */
  readonly program: readonly Uint8Array[];
  /** The constants' bytes, padded to whole words. */
  readonly constants: Uint8Array;
  /** Exact length of a request's input. */
  readonly inputBytes: number;
  /** Exact length of the answer. */
  readonly outputBytes: number;
  /** Bytes of the longest tensor that a step writes: it decides the depth of a tensor's tree. */
  readonly largestTensorBytes: number;
  /** Depths to use instead of the least ones. */
  readonly depths?: Partial<Depths>;
}

/** The least depth of a tree with room for some bytes. */
export function depthForBytes(bytes: number): number {
  return depthForCount(Math.ceil(bytes / WORD_BYTES));
}

/** The least depth of a tree with room for some leaves. */
export function depthForCount(count: number): number {
  let depth = 0;
  while (2 ** depth < count) depth++;
  return depth;
}

/** The tree over the hashes of the steps' encodings. */
export function programTree(program: readonly Uint8Array[], stepDepth: number): WordTree {
  const leaves = new Uint8Array(HASH_BYTES * program.length);
  for (const [i, encoding] of program.entries())
    if (encoding.length > 0) leaves.set(keccak(encoding), HASH_BYTES * i);
  return new WordTree(leaves, stepDepth);
}

/** Root of the program tree. */
export function programRoot(program: readonly Uint8Array[], stepDepth: number): ModelRecord["programRoot"] {
  return programTree(program, stepDepth).root;
}

/** Root of the constants. */
export function constantsRoot(constants: Uint8Array, constantsDepth: number): ModelRecord["constantsRoot"] {
  return rootOfBytes(constants, constantsDepth);
}

/** The least depths that hold everything. */
export function leastDepths(parameters: Omit<RecordParameters, "depths">): Depths {
  return {
    inputDepth: depthForBytes(parameters.inputBytes),
    constantsDepth: depthForBytes(parameters.constants.length),
    stepDepth: depthForCount(parameters.program.length),
    wordDepth: depthForBytes(Math.max(parameters.largestTensorBytes, parameters.outputBytes)),
  };
}

/**
 * The record of a model.
 *
 * @throws a `RecordInvalidError` if it could not be registered
 */
export function makeRecord(parameters: RecordParameters): ModelRecord {
  const { program, constants, inputBytes, outputBytes } = parameters;
  const depths: Depths = { ...leastDepths(parameters), ...parameters.depths };
  const draft = {
    machineVersion: MACHINE_VERSION,
    programRoot: ZERO_HASH,
    constantsRoot: ZERO_HASH,
    ...depths,
    stepCount: program.length,
    inputBytes,
    outputBytes,
  };
  // Before anything is hashed, so that no tree is built that is too deep.
  validateRecord(draft);
  return {
    ...draft,
    programRoot: programRoot(program, depths.stepDepth),
    constantsRoot: constantsRoot(constants, depths.constantsDepth),
  };
}

/** The content address of a record, legal or not. */
export function modelId(record: ModelRecord): `0x${string}` {
  const numbers = (values: readonly number[]): Uint8Array[] =>
    values.map((value) => uintBytes(value, HASH_BYTES));
  const { inputDepth, constantsDepth, stepDepth, wordDepth, stepCount, inputBytes, outputBytes } = record;
  return keccakHex(
    concatBytes(
      keccakText("Assay model"),
      ...numbers([record.machineVersion]),
      fromHex(record.programRoot),
      fromHex(record.constantsRoot),
      ...numbers([inputDepth, constantsDepth, stepDepth, wordDepth, stepCount, inputBytes, outputBytes]),
    ),
  );
}

/**
 * Throws unless the record can be registered.
 *
 * @throws a `RecordInvalidError` that names the field
 */
export function validateRecord(record: ModelRecord): void {
  const { inputDepth, constantsDepth, stepDepth, wordDepth, stepCount, inputBytes, outputBytes } = record;
  const inRange = (field: string, value: number, least: number, most: number): void => {
    if (Number.isInteger(value) && value >= least && value <= most) return;
    throw new RecordInvalidError(
      field,
      value,
      least === most ? `${most}` : `an integer in ${least} .. ${most}`,
    );
  };
  inRange("machineVersion", record.machineVersion, MACHINE_VERSION, MACHINE_VERSION);
  for (const field of ["programRoot", "constantsRoot"] as const) {
    if (!isHex(record[field], HASH_BYTES))
      throw new RecordInvalidError(field, record[field], "32 bytes in hexadecimal");
  }
  inRange("inputDepth", inputDepth, 0, RECORD_LIMITS.inputDepth);
  inRange("constantsDepth", constantsDepth, 0, RECORD_LIMITS.constantsDepth);
  inRange("stepDepth", stepDepth, 0, RECORD_LIMITS.stepDepth);
  inRange("wordDepth", wordDepth, 0, RECORD_LIMITS.wordDepth);
  inRange("stepDepth + wordDepth", stepDepth + wordDepth, 0, RECORD_LIMITS.traceDepth);
  inRange("stepCount", stepCount, 1, 2 ** stepDepth);
  inRange("inputBytes", inputBytes, 1, Math.min(RECORD_LIMITS.count, WORD_BYTES * 2 ** inputDepth));
  inRange("outputBytes", outputBytes, 1, Math.min(RECORD_LIMITS.count, WORD_BYTES * 2 ** wordDepth));
}

const ZERO_HASH = `0x${"00".repeat(HASH_BYTES)}` as const;

/** A model record that cannot be registered. */
export class RecordInvalidError extends AssayError {
  override readonly name = "RecordInvalidError";

  constructor(field: string, value: unknown, expected: string, options: AssayErrorOptions = {}) {
    super("RECORD_INVALID", `The model record's ${field} is ${String(value)}; it must be ${expected}.`, {
      recovery: "Correct the record, or split the model into smaller ones.",
      ...options,
      context: { field, value, expected },
    });
  }
}
