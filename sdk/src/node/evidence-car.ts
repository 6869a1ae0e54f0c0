/**
 * The evidence of a dispute as an archive: the file that proves itself, with the input that the dispute is about and the model, where somebody has them. The CID
 * of its root names all of it.
 *
 *     dispute.json   what `exportDispute` gives
 *     input.bin      the bytes of the input
 *     model/         the files of the model directory; their CID is the one that `assay model publish` prints
 */

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DisputeEvidence } from "../actions/internal/evidence.ts";
import { type VerifyDisputeReturnType, verifyDispute } from "../actions/verifyDispute.ts";
import { rootOfBytes } from "../core/tree.ts";
import { EvidenceContradictedError } from "../game/evidence.ts";
import { modelFiles, type PackedFiles, packFiles } from "./car.ts";
import { ArchiveError, readCar } from "./car-reader.ts";
import { MODEL_FILES, readModelDirectory } from "./model-directory.ts";

const EVIDENCE = "dispute.json";
const INPUT = "input.bin";
const MODEL = "model";
const KNOWN: ReadonlySet<string> = new Set([
  "",
  EVIDENCE,
  INPUT,
  MODEL,
  ...MODEL_FILES.map((file) => `${MODEL}/${file}`),
]);

/** What to pack. */
export interface EvidenceParts {
  /** What `exportDispute` gave. */
  readonly evidence: DisputeEvidence;
  /** The request's bytes, if they are known. */
  readonly input?: Uint8Array | undefined;
  /** A model directory, if somebody shall be able to compute it all again. */
  readonly modelDirectory?: string | undefined;
}

/** What an archive proves. */
export interface VerifiedEvidence extends VerifyDisputeReturnType {
  /** CID of its root. */
  readonly cid: string;
  /** CIDs of its parts by path: `dispute.json`, and `input.bin` and `model` where they are there. */
  readonly parts: Readonly<Record<string, string>>;
}

/**
 * Packs the evidence of a dispute. The same parts give the same bytes on every computer.
 *
 * @throws {EvidenceContradictedError} if the input or the model is not the dispute's
 * @throws {ModelDirectoryError} if the model directory is damaged
 */
export async function packEvidence({ evidence, input, modelDirectory }: EvidenceParts): Promise<PackedFiles> {
  const { commitment } = evidence.dispute;
  if (input !== undefined) requireInput(commitment, input);
  if (modelDirectory !== undefined) await requireModel(commitment, modelDirectory);
  const text = new TextEncoder().encode(`${JSON.stringify(evidence, null, 2)}\n`);
  return packFiles([
    { path: EVIDENCE, read: () => text },
    ...(input === undefined ? [] : [{ path: INPUT, read: () => input }]),
    ...(modelDirectory === undefined ? [] : modelFiles(modelDirectory, `${MODEL}/`)),
  ]);
}

/**
 * Verifies an archive without a chain: the hash of every block, the evidence as {@link verifyDispute} does, and that input and model are the dispute's.
 *
 * @throws {ArchiveError} if the archive is damaged, or holds something else
 * @throws {EvidenceMalformedError} if its `dispute.json` is not the evidence of a dispute
 * @throws {EvidenceContradictedError} if something in it is not true
 */
export async function verifyEvidenceCar(car: Uint8Array): Promise<VerifiedEvidence> {
  const { cid, files, cids } = await readCar(car);
  for (const path of cids.keys())
    if (!KNOWN.has(path))
      throw new ArchiveError(`holds ${JSON.stringify(path)}, which is no part of evidence`);
  const text = files.get(EVIDENCE);
  if (text === undefined) throw new ArchiveError(`holds no ${EVIDENCE}`, { cid });
  let evidence: unknown;
  try {
    evidence = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text));
  } catch (cause) {
    throw new ArchiveError(`has a ${EVIDENCE} that is not JSON`, { cid }, cause);
  }
  const verified = await verifyDispute(evidence);
  const { commitment } = verified.dispute;
  const input = files.get(INPUT);
  if (input !== undefined) requireInput(commitment, input);
  if (cids.has(MODEL)) await requireArchivedModel(commitment, files);
  const parts = [EVIDENCE, INPUT, MODEL].flatMap((path) => {
    const part = cids.get(path);
    return part === undefined ? [] : [[path, part]];
  });
  return { ...verified, cid, parts: Object.fromEntries(parts) };
}

type Commitment = DisputeEvidence["dispute"]["commitment"];

function requireInput({ inputRoot, record }: Commitment, input: Uint8Array): void {
  const actual = rootOfBytes(input, record.inputDepth);
  if (input.length !== record.inputBytes)
    throw new EvidenceContradictedError("the length of the input", record.inputBytes, input.length);
  if (actual !== inputRoot) throw new EvidenceContradictedError("the input's root", inputRoot, actual);
}

async function requireModel({ modelId }: Commitment, directory: string): Promise<void> {
  const { model } = await readModelDirectory(directory);
  if (model.modelId !== modelId) throw new EvidenceContradictedError("the model", modelId, model.modelId);
}

/** As a directory, since that is what is read and verified elsewhere. */
async function requireArchivedModel(
  commitment: Commitment,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const place = await mkdtemp(join(tmpdir(), "assay-evidence-"));
  try {
    await mkdir(join(place, MODEL));
    for (const file of MODEL_FILES) {
      const content = files.get(`${MODEL}/${file}`);
      if (content !== undefined) await writeFile(join(place, MODEL, file), content);
    }
    await requireModel(commitment, join(place, MODEL));
  } finally {
    await rm(place, { recursive: true });
  }
}
