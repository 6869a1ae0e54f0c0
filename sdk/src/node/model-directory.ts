/**
 * A compiled model as a directory: `manifest.json` says everything about it, `program.bin` holds the encoded steps, `constants.bin` the constants.
 * Reading one recomputes every root and the model id from the bytes, so a directory cannot claim to be another model.
 */

import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { AssayError } from "../core/errors.ts";
import { accelerateHashing } from "../core/wasm/hasher.ts";
import { decodeStep } from "../machine/decode.ts";
import type { MachineModel, StepInfo, TensorType } from "../machine/model.ts";
import { constantsRoot, modelId, programRoot, validateRecord } from "../machine/record.ts";
import { aboutSchema, type ModelAbout } from "./model-about.ts";
import type { TestVector } from "./sample.ts";

/** A directory that is not a compiled model, or whose bytes are not those of the model that it names. */
export class ModelDirectoryError extends AssayError {
  override readonly name = "ModelDirectoryError";
  constructor(
    code: `MODEL_DIRECTORY_${string}`,
    message: string,
    context: Record<string, unknown>,
    cause?: unknown,
  ) {
    super(code, message, { context, cause, recovery: "Compile the model again with `assay model compile`." });
  }
}

/** What a model directory holds besides what the machine needs. */
export interface ModelDirectory {
  /** What the model is called; not part of its id. */
  readonly name: string;
  /** The model, with its constants. */
  readonly model: MachineModel;
  /** What each step is for, by its number. */
  readonly stepInfos: readonly StepInfo[];
  /** What its publisher says of it; nothing depends on it. */
  readonly about?: ModelAbout;
  /** What it gives for sample inputs. */
  readonly vectors?: readonly TestVector[];
}

const FORMAT = "assay-model/1";
const MANIFEST = "manifest.json";
const PROGRAM = "program.bin";
const CONSTANTS = "constants.bin";

/** The files of a model directory. */
export const MODEL_FILES = [MANIFEST, PROGRAM, CONSTANTS] as const;

const hash = z.templateLiteral(["0x", z.string().regex(/^[0-9a-f]{64}$/)]);
const count = z.int().nonnegative();

const TYPES: readonly TensorType[] = [
  ...(["float32", "float16", "bfloat16"] as const),
  ...(["int64", "int32", "int16", "int8"] as const),
  ...(["uint64", "uint32", "uint16", "uint8", "bool"] as const),
];

const slot = z.strictObject({
  name: z.string(),
  type: z.enum(TYPES),
  elementType: z.enum(["f32", "i32", "i8", "u8"]),
  dims: z.array(count),
  byteOffset: count,
  byteLength: count,
});

const file = z.strictObject({ bytes: count, sha256: z.string().regex(/^[0-9a-f]{64}$/) });

const manifest = z.strictObject({
  format: z.literal(FORMAT),
  name: z.string(),
  modelId: hash,
  record: z.strictObject({
    machineVersion: count,
    programRoot: hash,
    constantsRoot: hash,
    inputDepth: count,
    constantsDepth: count,
    stepDepth: count,
    wordDepth: count,
    stepCount: count,
    inputBytes: count,
    outputBytes: count,
  }),
  inputs: z.array(slot),
  outputs: z.array(slot),
  steps: z.array(z.strictObject({ bytes: count, operator: z.string(), nodes: z.array(z.string()) })),
  /** For those who fetch the files and know no Merkle trees; the model id is what decides. */
  files: z.strictObject({ [PROGRAM]: file, [CONSTANTS]: file }),
  about: aboutSchema,
  vectors: z.array(z.strictObject({ seed: count, inputRoot: hash, outputRoot: hash })),
});

/** Writes the three files, creating the directory if needed; the same model gives the same bytes. */
export async function writeModelDirectory(
  directory: string,
  { name, model, stepInfos, about = {}, vectors = [] }: ModelDirectory,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  const { machineVersion, programRoot, constantsRoot, inputDepth, constantsDepth, stepDepth, wordDepth } =
    model.record;
  const { stepCount, inputBytes, outputBytes } = model.record;
  const programBytes = Buffer.concat(model.program);
  const content: z.infer<typeof manifest> = {
    format: FORMAT,
    name,
    modelId: model.modelId,
    record: {
      machineVersion,
      programRoot,
      constantsRoot,
      inputDepth,
      constantsDepth,
      stepDepth,
      wordDepth,
      stepCount,
      inputBytes,
      outputBytes,
    },
    inputs: model.inputs.map((input) => ({ ...input, dims: [...input.dims] })),
    outputs: model.outputs.map((output) => ({ ...output, dims: [...output.dims] })),
    steps: model.program.map((encoding, step) => ({
      bytes: encoding.length,
      operator: stepInfos[step]?.operator ?? "",
      nodes: [...(stepInfos[step]?.nodes ?? [])],
    })),
    files: { [PROGRAM]: fileOf(programBytes), [CONSTANTS]: fileOf(model.constants) },
    about,
    vectors: [...vectors],
  };
  await writeFile(join(directory, PROGRAM), programBytes);
  await writeFile(join(directory, CONSTANTS), model.constants);
  await writeFile(join(directory, MANIFEST), `${JSON.stringify(content, undefined, 2)}\n`);
}

function fileOf(bytes: Uint8Array): z.infer<typeof file> {
  return { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** Reads a model directory and verifies it from its bytes. */
export async function readModelDirectory(directory: string): Promise<ModelDirectory> {
  const read = (file: string): Promise<Buffer> =>
    readFile(join(directory, file)).catch((cause: unknown) => {
      throw new ModelDirectoryError(
        "MODEL_DIRECTORY_INCOMPLETE",
        `${join(directory, file)} cannot be read.`,
        { directory, file },
        cause,
      );
    });
  const [manifestBytes, programBytes, constants] = await Promise.all([
    read(MANIFEST),
    read(PROGRAM),
    read(CONSTANTS),
  ]);
  const content = parseManifest(directory, manifestBytes);

  const program: Uint8Array[] = [];
  let offset = 0;
  for (const { bytes } of content.steps) {
    program.push(new Uint8Array(programBytes.subarray(offset, offset + bytes)));
    offset += bytes;
  }
  const { record } = content;
  accelerateHashing();
  const mismatch = (what: string, stated: unknown, actual: unknown): never => {
    throw new ModelDirectoryError(
      "MODEL_DIRECTORY_MISMATCH",
      `${directory}: ${what} is ${actual} where the manifest says ${stated}.`,
      {
        directory,
        what,
        stated,
        actual,
      },
    );
  };
  if (offset !== programBytes.length) mismatch(`the length of ${PROGRAM}`, offset, programBytes.length);
  validateRecord(record);
  const checks = [
    ["stepCount", record.stepCount, program.length],
    ["constantsRoot", record.constantsRoot, constantsRoot(constants, record.constantsDepth)],
    ["programRoot", record.programRoot, programRoot(program, record.stepDepth)],
    ["modelId", content.modelId, modelId(record)],
    [`the hash of ${PROGRAM}`, content.files[PROGRAM].sha256, fileOf(programBytes).sha256],
    [`the hash of ${CONSTANTS}`, content.files[CONSTANTS].sha256, fileOf(constants).sha256],
  ] as const;
  for (const [what, stated, actual] of checks) if (stated !== actual) mismatch(what, stated, actual);

  const { name, inputs, outputs, steps, about, vectors } = content;
  return {
    name,
    about,
    vectors,
    stepInfos: steps.map(({ operator, nodes }) => ({ operator, nodes })),
    model: {
      modelId: content.modelId,
      record,
      program,
      steps: program.map((encoding) => decodeStep(encoding)),
      constants: new Uint8Array(constants),
      inputs,
      outputs,
    },
  };
}

function parseManifest(directory: string, bytes: Buffer): z.infer<typeof manifest> {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw new ModelDirectoryError(
      "MODEL_DIRECTORY_MANIFEST",
      `${join(directory, MANIFEST)} is not JSON.`,
      { directory },
      cause,
    );
  }
  const result = manifest.safeParse(json);
  if (!result.success) {
    throw new ModelDirectoryError(
      "MODEL_DIRECTORY_MANIFEST",
      `${join(directory, MANIFEST)} is not a manifest of format ${FORMAT}: ${z.prettifyError(result.error)}.`,
      { directory },
      result.error,
    );
  }
  return result.data;
}
