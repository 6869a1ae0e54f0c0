/**
 * Evaluates the functions that are compiled into operations of the machine at all 2^32 arguments, and compares every result with the exact value rounded to
 * binary32.
 *
 *     npm run verify:transcendentals [-- --only NAME,NAME] [--write]
 *
 * Ends with status 1 if a bound is broken, or if the results are not those of the committed report. `--write` commits them to `transcendentals.json`.
 * A function takes one to a few minutes.
 */

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { MATH_FUNCTIONS } from "../../sdk/src/compiler/math/accuracy.ts";
import { type FunctionReport, readReport, writeReport } from "./report.ts";

const { values } = parseArgs({
  options: { only: { type: "string" }, write: { type: "boolean", default: false } },
});
const names = values.only?.split(",");

function scan(name: string): FunctionReport {
  const { status, stdout } = spawnSync(process.execPath, [join(import.meta.dirname, "scan.ts"), name], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`The scan of ${name} ended with status ${status}.`);
  return JSON.parse(stdout) as FunctionReport;
}

for (const { name, bounds } of MATH_FUNCTIONS) {
  if (names !== undefined && !names.includes(name)) continue;
  const result = scan(name);
  const isWithin = bounds.every(({ ulp }, i) => result.worst[i]!.ulp <= ulp);
  const isCommitted = readReport()[name]?.digest === result.digest;
  const worst = result.worst.map(({ ulp, at }, i) => `${ulp} of ${bounds[i]!.ulp} ulp at ${at}`).join("; ");
  const share = ((100 * result.misrounded) / 2 ** 32).toFixed(2);
  console.log(
    `${name.padEnd(12)} ${worst}; ${share} % not nearest; ${result.decidedExactly} decided exactly; ${result.digest.slice(0, 16)}` +
      `${isWithin ? "" : " BOUND BROKEN"}${isCommitted ? "" : " not the committed results"}`,
  );
  if (values.write) writeReport({ ...readReport(), [name]: result });
  else if (!isCommitted) process.exitCode = 1;
  if (!isWithin) process.exitCode = 1;
}
