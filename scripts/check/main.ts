import type { Check } from "./check.ts";
import { errors } from "./errors.ts";
import { exports_ } from "./exports.ts";
import { generated } from "./generated.ts";
import { layers } from "./layers.ts";
import { lockfile } from "./lockfile.ts";
import { numerics } from "./numerics.ts";
import { security } from "./security.ts";
import { testNames } from "./test-names.ts";
import { warnings } from "./warnings.ts";
import { words } from "./words.ts";

// Usage: npm run check [-- NAME...]
// Runs all checks, or those named, and prints one line for each and one for each violation.

const checks: readonly Check[] = [
  layers,
  errors,
  numerics,
  testNames,
  security,
  words,
  lockfile,
  exports_,
  warnings,
  generated,
];

const names = process.argv.slice(2);
const unknown = names.filter((name) => !checks.some((check) => check.name === name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(", ")}. Known: ${checks.map((check) => check.name).join(", ")}`);
  process.exit(2);
}

let failed = 0;
for (const check of checks.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const problems = await problemsOf(check);
  console.log(`${problems.length === 0 ? "ok  " : "FAIL"} ${check.name.padEnd(10)} ${check.rule}`);
  for (const problem of problems) console.log(`       ${problem.replaceAll("\n", "\n       ")}`);
  if (problems.length > 0) failed++;
}
process.exitCode = failed === 0 ? 0 : 1;

async function problemsOf(check: Check): Promise<readonly string[]> {
  try {
    return await check.run();
  } catch (error) {
    return [`could not be run: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
}
