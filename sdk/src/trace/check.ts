/** The referee in TypeScript: decides from a proof alone, as the contract does. SPEC.md section 6. */

import { equalBytes, fromHex, type Hex, readUint } from "../core/bytes.ts";
import { AssayError, type AssayErrorOptions, type ErrorContext } from "../core/errors.ts";
import { HASH_BYTES, keccak } from "../core/hash.ts";
import { type Opening, readOpening } from "../core/opening.ts";
import { rootFrom, zeroRootBytes } from "../core/tree.ts";
import { decodeStep } from "../machine/decode.ts";
import { evaluateElement } from "../machine/element.ts";
import type { Memory, TreeSpace } from "../machine/memory.ts";
import type { ModelRecord } from "../machine/types.ts";
import { elementSize } from "./prove.ts";

export interface CheckProofParameters {
  /** What is registered on-chain of the model. */
  readonly record: ModelRecord;
  /** Root of the tree over the words of the input, 32 bytes. */
  readonly inputRoot: Hex;
  /** Root of the tree over all words that the run writes, 32 bytes. */
  readonly traceRoot: Hex;
  /** Number of the step. */
  readonly step: number;
  /** Position in the step's tensor. */
  readonly byteOffset: number;
  /** Bytes of the proof, as the referee takes them. */
  readonly proof: Uint8Array;
}

/** What the court computed. */
export interface Verdict {
  /** The element's stored bits as an unsigned number. */
  readonly value: number;
  /** Bytes of the element. */
  readonly size: 1 | 4;
}

/** What can be wrong with a proof. */
export type ProofErrorCode = "PROOF_MALFORMED" | "PROOF_ROOT_MISMATCH" | "PROOF_WORD_MISSING";

/**
 * Computes the element of a step that contains a byte, trusting nothing but the roots.
 *
 * @throws {ProofError} if the proof is malformed, does not hash to the roots, or misses a word that the element depends on
 */
export function checkProof(parameters: CheckProofParameters): Verdict {
  const { record, step: stepIndex, byteOffset, proof } = parameters;
  // What lies behind the last step follows from the record alone.
  if (stepIndex >= record.stepCount) return { value: 0, size: 4 };
  const { encoding, end } = readProgram(parameters);
  const traceDepth = record.stepDepth + record.wordDepth;
  const input = open(proof, end, "input", record.inputDepth, parameters.inputRoot);
  const constants = open(proof, input.end, "const", record.constantsDepth, record.constantsRoot);
  const trace = open(proof, constants.end, "step", traceDepth, parameters.traceRoot);
  if (trace.end !== proof.length)
    throw new ProofError("PROOF_MALFORMED", { end: trace.end, length: proof.length });

  const step = decodeStep(encoding);
  const size = elementSize(step, encoding.length, record);
  const opened = { input: input.words, const: constants.words, step: trace.words };
  const memory: Memory = {
    input: sparseBytes(input.words),
    constants: sparseBytes(constants.words),
    steps: sparseTensors(trace.words, record.wordDepth),
    depths: record,
  };
  const value = evaluateElement(step, stepIndex, Math.floor(byteOffset / size), memory, (space, word) => {
    if (!opened[space].has(word)) throw new ProofError("PROOF_WORD_MISSING", { space, word });
  });
  return { value, size };
}

function readProgram({ record, step, proof }: CheckProofParameters): { encoding: Uint8Array; end: number } {
  const length = readUint(proof, 0, 2);
  const start = 2 + length;
  const end = start + HASH_BYTES * record.stepDepth;
  if (proof.length < end) throw new ProofError("PROOF_MALFORMED", { end, length: proof.length });
  const encoding = proof.subarray(2, start);
  const leaf = length === 0 ? zeroRootBytes(0) : keccak(encoding);
  const siblings = Array.from({ length: record.stepDepth }, (_, level) =>
    proof.subarray(start + HASH_BYTES * level, start + HASH_BYTES * (level + 1)),
  );
  const root = rootFrom(leaf, step, siblings);
  if (root !== record.programRoot.toLowerCase()) {
    throw new ProofError("PROOF_ROOT_MISMATCH", {
      tree: "program",
      actual: root,
      expected: record.programRoot,
    });
  }
  return { encoding, end };
}

function open(proof: Uint8Array, offset: number, space: TreeSpace, depth: number, expected: Hex): Opening {
  const opening = readOpening(proof, offset, depth);
  if (opening === undefined) throw new ProofError("PROOF_MALFORMED", { tree: space, offset });
  if (opening.root !== undefined && !equalBytes(opening.root, fromHex(expected))) {
    throw new ProofError("PROOF_ROOT_MISMATCH", { tree: space, expected });
  }
  return opening;
}

/** Opened words at their places, as far as they are not zero; what lies between has not been opened and is not read. */
function sparseBytes(words: ReadonlyMap<number, Uint8Array>): Uint8Array {
  const written = [...words].filter(([, word]) => word.some((byte) => byte !== 0));
  const length = written.reduce((most, [index]) => Math.max(most, index + 1), 0);
  const bytes = new Uint8Array(HASH_BYTES * length);
  for (const [index, word] of written) bytes.set(word, HASH_BYTES * index);
  return bytes;
}

function sparseTensors(words: ReadonlyMap<number, Uint8Array>, wordDepth: number): Uint8Array[] {
  const byStep = new Map<number, Map<number, Uint8Array>>();
  for (const [leaf, word] of words) {
    const step = Math.floor(leaf / 2 ** wordDepth);
    const tensor = byStep.get(step) ?? new Map<number, Uint8Array>();
    byStep.set(step, tensor.set(leaf % 2 ** wordDepth, word));
  }
  const tensors: Uint8Array[] = [];
  for (const [step, tensor] of byStep) tensors[step] = sparseBytes(tensor);
  return tensors;
}

/** A proof that decides nothing. */
export class ProofError extends AssayError {
  override readonly name = "ProofError";

  constructor(code: ProofErrorCode, context: ErrorContext, options: AssayErrorOptions = {}) {
    super(code, MESSAGES[code], {
      recovery: "Build the proof again from the trace in dispute.",
      ...options,
      context,
    });
  }
}

const MESSAGES: Readonly<Record<ProofErrorCode, string>> = {
  PROOF_MALFORMED: "The proof does not have the form that the model's depths demand.",
  PROOF_ROOT_MISMATCH: "The proof does not hash to a root of the dispute.",
  PROOF_WORD_MISSING: "The proof does not open a word that the element depends on.",
};
