/**
 * Measures which lines and branches of the contracts the tests reach, in a copy of the repository.
 *
 *     npm run coverage [-- --only TEXT] [--write]
 *
 * Ends with status 1 if a test fails, or if lines or branches are reached by less than 97 %. `--only` runs the test files whose path contains a text. `--write` writes
 * the report, `test/reports/coverage.md`.
 */

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readFiles, root } from "../check/check.ts";
import { copyRepository } from "../mutate/copy.ts";
import { probe, tagOf } from "./branches.ts";
import { type FileCoverage, linesOf, percent, reportOf, shareOf } from "./report.ts";

/** What has to be reached, of a hundred. */
const LEAST = 97;

/** Tests of what a call costs, or of the code itself: probes cost gas, and call. They may fail here, and what they reach counts. */
const metered =
  /[./]gas\.test\.ts$|\/(?:attacks|links|shapes|ByteProduct|DotProduct|ResultDelivery)\.test\.ts$/;

const { values } = parseArgs({
  options: { only: { type: "string", default: "" }, write: { type: "boolean", default: false } },
});

const contracts = readFiles((path) => /^contracts\/.*\.sol$/.test(path));
const { files: probed, conditions } = probe(contracts);
const { folder, files } = copyRepository("coverage", () => true);
try {
  for (const { path, text } of probed) writeFileSync(join(folder, path), text);
  const tests = files.filter(
    (path) => /^test\/(?:contracts|differential)\/.*\.test\.ts$/.test(path) && path.includes(values.only),
  );
  const [priced, others] = [true, false].map((is) => tests.filter((path) => metered.test(path) === is));
  const runs = [run("mocha", others as string[])];
  if (values.only === "") runs.push(run("solidity"));
  if (runs.some(({ status }) => status !== 0)) process.exitCode = 1;
  if (priced?.length !== 0) runs.push(run("mocha", priced as string[]));

  const tags = new Set(runs.flatMap((one) => one.tags));
  const lines = linesOf(runs.map(({ lcov }) => lcov));
  const covered: FileCoverage[] = contracts.map(({ path }) => {
    const reached = [...(lines.get(path) ?? [])];
    const branches = conditions.flatMap((condition, index) =>
      condition.file === path ? [true, false].map((isTrue) => ({ condition, isTrue, index })) : [],
    );
    return {
      path,
      lines: {
        all: reached.length,
        missing: reached.filter(([, isReached]) => !isReached).map(([line]) => line),
      },
      branches: {
        all: branches.length,
        missing: branches.filter(({ index, isTrue }) => !tags.has(tagOf(index, isTrue))),
      },
    };
  });
  const some = covered.filter(({ lines: { all } }) => all > 0);
  const report = reportOf(some);
  console.log(report);
  const [ofLines, ofBranches] = [shareOf(some, "lines"), shareOf(some, "branches")];
  console.log(`lines ${percent(ofLines)}, branches ${percent(ofBranches)}`);
  if (Math.min(ofLines, ofBranches) < LEAST) {
    console.error(`Less than ${LEAST} % are reached.`);
    process.exitCode = 1;
  }
  if (values.write && process.exitCode !== 1)
    writeFileSync(join(root, "test", "reports", "coverage.md"), report);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs tests with Hardhat's coverage: gives its report in LCOV's format, and what statements and conditions have reported. */
function run(runner: "mocha" | "solidity", tests: readonly string[] = []) {
  const hardhat = join(root, "node_modules", "hardhat", "dist", "src", "cli.js");
  const args = [hardhat, "--coverage", "--no-typechain", "test", runner, ...tests];
  const env = { ...process.env, ASSAY_COVERAGE: "1", ASSAY_STEPS: "500" };
  const { status } = spawnSync(process.execPath, args, { cwd: folder, stdio: "inherit", env });
  const data = join(folder, "coverage", "data", runner);
  const tags = readdirSync(data).flatMap((name) =>
    Object.keys(JSON.parse(readFileSync(join(data, name), "utf8")) as object),
  );
  return { status, tags, lcov: readFileSync(join(folder, "coverage", "lcov.info"), "utf8") };
}
