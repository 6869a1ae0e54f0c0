/**
 * Proves the assertions of `test/proofs` for all values, by the Solidity compiler's model checker and the solver Z3.
 *
 *     npm run prove [-- NAME] [--write]
 *
 * NAME is one contract of `test/proofs`. Ends with status 1 if an assertion is violated; one that the solver does not decide in time is open. `--write` writes
 * the report, `test/reports/proofs.md`.
 */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../check/check.ts";
import { assertionsOf, COMPILER, type Finding, prove } from "./compiler.ts";
import { reportOf } from "./report.ts";
import { loadSolver, SOLVER } from "./solver.ts";

/** About a minute for one query. */
const EFFORT = 100_000_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "boolean", default: false } },
});

const folder = join("test", "proofs");
const names = readdirSync(join(root, folder))
  .filter((file) => file.endsWith(".sol"))
  .map((file) => file.slice(0, -".sol".length))
  .filter((name) => positionals.length === 0 || positionals.includes(name));
const solve = await loadSolver(EFFORT);
const all: Finding[] = [];
for (const name of names) {
  const file = `test/proofs/${name}.sol`;
  const found = await prove(file, name, solve);
  const missing = assertionsOf(readFileSync(join(root, file), "utf8")).filter(
    (line) => !found.some((finding) => finding.line === line),
  );
  if (missing.length > 0)
    throw new Error(`${file}: the compiler says nothing of lines ${missing.join(", ")}`);
  for (const { fate, line, text } of found) console.log(`${fate.padEnd(9)} ${file}:${line} ${text}`);
  all.push(...found);
}
const proven = all.filter(({ fate }) => fate === "proven");
console.log(`${proven.length} of ${all.length} assertions proven with ${SOLVER}, solc ${COMPILER}`);
if (values.write) writeFileSync(join(root, "test", "reports", "proofs.md"), reportOf(all));
process.exit(all.some(({ fate }) => fate === "violated") ? 1 : 0);
