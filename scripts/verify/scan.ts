/** Evaluates one function at all 2^32 arguments: in a process of its own, so that its loops are compiled for it alone. Prints a `FunctionReport`. */

import { createHash } from "node:crypto";
import { type ErrorBound, MATH_FUNCTIONS } from "../../sdk/src/compiler/math/accuracy.ts";
import { Tape } from "../../sdk/src/compiler/tape/tape.ts";
import { CANONICAL_NAN } from "../../sdk/src/machine/opcodes.ts";
import { distance, numberOf } from "./binary32.ts";
import { REFERENCES, type Reference } from "./double.ts";
import * as exact from "./exact.ts";
import { compileKernel, KERNEL_WIDTH, type Kernel } from "./kernel.ts";
import { type FunctionReport, HEAD_DIGITS, HEADS } from "./report.ts";

/** Points of each head at which the reference's own error is measured. */
const REFERENCE_POINTS = 64;
/** The measured error must stay this far below what is assumed. */
const MARGIN = 8;

const HEAD_ARGUMENTS = 2 ** 23;

/** Of the bounds, the first that is about a number. NaN counts to the last. */
export function boundOf(bounds: readonly ErrorBound[], x: number): number {
  const index = bounds.findIndex(({ least, most }) => x >= least && x <= most);
  return index < 0 ? bounds.length - 1 : index;
}

class Scan {
  readonly #reference: Reference;
  readonly #bounds: readonly ErrorBound[];
  readonly worst: { ulp: number; at: number }[];
  misrounded = 0;
  decidedExactly = 0;

  constructor(reference: Reference, bounds: readonly ErrorBound[]) {
    this.#reference = reference;
    this.#bounds = bounds;
    this.worst = bounds.map(() => ({ ulp: 0, at: 0 }));
  }

  /** Compares the results for the arguments whose bits are `start`, `start + 1`, ... */
  compare(start: number, bits: Uint32Array, results: Float32Array): void {
    for (let i = 0; i < KERNEL_WIDTH; i++) ARGUMENT_BITS[i] = start + i;
    // Where all results are the same, or the arguments themselves, the function and its difference from the argument are monotone: both ends speak for
    // what lies between them.
    const stride = isConstant(bits) || isIdentity(bits) ? KERNEL_WIDTH - 1 : 1;
    const { value, error, certainBelow } = this.#reference;
    const [below, above] = [1 - error, 1 + error];
    for (let i = 0; i < KERNEL_WIDTH; i += stride) {
      const x = ARGUMENTS[i]!;
      const y = value(x);
      const isCertain = x < certainBelow && x > -certainBelow;
      const low = Math.fround(isCertain ? y : y * below);
      if (isCertain || low === Math.fround(y * above)) {
        if (low !== results[i]!) this.#miss(x, start + i, results[i]!, low);
      } else if (y === y) {
        this.decidedExactly++;
        const nearest = exact.roundToBinary32(this.#reference.exact(exact.fromNumber(x)));
        if (nearest !== results[i]!) this.#miss(x, start + i, results[i]!, nearest);
      } else if (bits[i] !== CANONICAL_NAN) this.#miss(x, start + i, 0, Number.NaN);
    }
  }

  #miss(x: number, at: number, actual: number, expected: number): void {
    this.misrounded++;
    const ulp = distance(actual, expected);
    const worst = this.worst[boundOf(this.#bounds, x)]!;
    if (ulp > worst.ulp) Object.assign(worst, { ulp, at });
  }
}

const ARGUMENT_BITS = new Uint32Array(KERNEL_WIDTH);
const ARGUMENTS = new Float32Array(ARGUMENT_BITS.buffer);

function isConstant(bits: Uint32Array): boolean {
  return areEqual(bits.subarray(1), bits.subarray(0, -1));
}

function isIdentity(bits: Uint32Array): boolean {
  return areEqual(bits, ARGUMENT_BITS);
}

function areEqual(a: Uint32Array, b: Uint32Array): boolean {
  const bytes = ({ buffer, byteOffset, byteLength }: Uint32Array) =>
    Buffer.from(buffer, byteOffset, byteLength);
  return bytes(a).equals(bytes(b));
}

/** The largest relative error of a reference over points of one head. */
function referenceError(reference: Reference, head: number): number {
  let worst = 0;
  for (let i = 0; i < REFERENCE_POINTS; i++) {
    // Both ends, and points in between that no pattern of bits favours.
    const significand = i === 0 ? 0 : i === 1 ? HEAD_ARGUMENTS - 1 : (i * 5_167_321) % HEAD_ARGUMENTS;
    const x = numberOf(((head << 23) | significand) >>> 0);
    const y = reference.value(x);
    // What is smaller rounds to zero, whatever its digits.
    if (!Number.isFinite(x) || !(Math.abs(y) < 2 ** 128 && Math.abs(y) > 2 ** -150)) continue;
    const exactly = reference.exact(exact.fromNumber(x));
    if (!(Math.abs(x) < reference.certainBelow))
      worst = Math.max(worst, Math.abs(y / exact.toNumber(exactly) - 1));
    else if (Math.fround(y) !== exact.roundToBinary32(exactly))
      throw new Error(`The reference is not certain of what is nearest at ${x}.`);
  }
  return worst;
}

/** The SHA-256 of the results for all arguments of a head, each part of which is shown as it is computed. */
export function scanHead(
  kernel: Kernel,
  head: number,
  onResults: (start: number, bits: Uint32Array) => void = () => {},
): Buffer {
  const hash = createHash("sha256");
  for (let offset = 0; offset < HEAD_ARGUMENTS; offset += KERNEL_WIDTH) {
    const start = head * HEAD_ARGUMENTS + offset;
    const bits = kernel.evaluate(start);
    hash.update(bits);
    onResults(start, bits);
  }
  return hash.digest();
}

function scan(name: string): FunctionReport {
  const { emit, bounds } = MATH_FUNCTIONS.find((candidate) => candidate.name === name)!;
  const reference = REFERENCES[name]!;
  const tape = new Tape();
  const kernel = compileKernel(tape, emit(tape, tape.operand(0)));
  const comparison = new Scan(reference, bounds);
  const whole = createHash("sha256");
  let heads = "";
  const error = Math.max(...Array.from({ length: HEADS }, (_, head) => referenceError(reference, head)));
  if (error * MARGIN > reference.error)
    throw new Error(`The reference of ${name} is off by 2^${Math.log2(error)}: that is too much to rely on.`);
  for (let head = 0; head < HEADS; head++) {
    const digest = scanHead(kernel, head, (start, bits) =>
      comparison.compare(start, bits, new Float32Array(bits.buffer, bits.byteOffset, bits.length)),
    );
    whole.update(digest);
    heads += digest.toString("hex").slice(0, HEAD_DIGITS);
  }
  return {
    worst: comparison.worst.map(({ ulp, at }) => ({ ulp, at: `0x${at.toString(16).padStart(8, "0")}` })),
    misrounded: comparison.misrounded,
    decidedExactly: comparison.decidedExactly,
    referenceError: Math.round(Math.log2(error) * 10) / 10,
    digest: whole.digest("hex"),
    heads,
  };
}

if (import.meta.main) console.log(JSON.stringify(scan(process.argv[2]!)));
