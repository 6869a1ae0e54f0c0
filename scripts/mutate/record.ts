import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../check/check.ts";
import { type Mutant, titleOf } from "./mutant.ts";
import type { Verdict } from "./workshop.ts";

const path = join(root, "test", "reports", "mutation.json");

/** What became of mutants in earlier runs, by their titles; each entry holds for one state of the file that was spoiled. */
export type MutationRecord = Record<string, { readonly fileHash: string; readonly verdict: Verdict }>;

/** The committed record. */
export function readRecord(): MutationRecord {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as MutationRecord) : {};
}

/** Commits a record, entries of mutants that no longer exist left out. */
export function writeRecord(record: MutationRecord, mutants: readonly Mutant[]): void {
  const kept: MutationRecord = {};
  for (const title of mutants.map(titleOf)) {
    const entry = record[title];
    if (entry !== undefined) kept[title] = entry;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(kept, null, 2)}\n`);
}

/** The verdict about a mutant, unless its file has changed since. */
export function recorded(record: MutationRecord, mutant: Mutant): Verdict | undefined {
  const entry = record[titleOf(mutant)];
  return entry?.fileHash === fileHash(mutant) ? entry.verdict : undefined;
}

/** What stands for the present state of the file that a mutant spoils, in a copy of the repository or in itself. */
export function fileHash({ file }: Mutant, folder: string = root): string {
  return createHash("sha256")
    .update(readFileSync(join(folder, "contracts", file)))
    .digest("hex")
    .slice(0, 16);
}
