import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The committed result of evaluating every function at all 2^32 arguments. */
const FILE = join(import.meta.dirname, "transcendentals.json");

/** The heads of arguments: their signs and exponents, the upper nine bits. Each has 2^23 arguments. */
export const HEADS = 512;
/** Hexadecimal digits that are kept of the digest of the results of one head. */
export const HEAD_DIGITS = 12;

/** What was found where one of the stated bounds holds. */
export interface Worst {
  /** The largest distance from the exact value rounded to binary32. */
  readonly ulp: number;
  /** The bits of the first argument that has it. */
  readonly at: string;
}

export interface FunctionReport {
  readonly worst: readonly Worst[];
  /** How many of the 2^32 results are not the nearest number. */
  readonly misrounded: number;
  /** How often the double-precision reference left open what is nearest, and 320-bit arithmetic decided. */
  readonly decidedExactly: number;
  /** Binary logarithm of the largest relative error of that reference, at the points where it was measured. */
  readonly referenceError: number;
  /** SHA-256 over the digests of all heads. */
  readonly digest: string;
  /** The beginnings of the SHA-256 of each head's results, which are little-endian, one after the other. */
  readonly heads: string;
}

export type Report = Readonly<Record<string, FunctionReport>>;

export function readReport(): Report {
  try {
    return JSON.parse(readFileSync(FILE, "utf8")) as Report;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
}

export function writeReport(report: Report): void {
  writeFileSync(FILE, `${JSON.stringify(report, undefined, 2)}\n`);
}
