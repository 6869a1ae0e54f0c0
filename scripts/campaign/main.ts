/**
 * Runs the campaign of random legal actions in Solidity (`test/invariant`) at length: every invariant after every action, every outcome often enough.
 *
 *     npm run campaign [-- --runs N] [--depth N] [--write]
 *
 * Ends with status 1 if an invariant does not hold, if in one run too little happens, or if in all of them an outcome is reached fewer than 50 times.
 * ASSAY_SEED replays a campaign; `--write` writes the report, `test/reports/campaign.md`.
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { printedSeed } from "../../test/support/seed.ts";
import { root } from "../check/check.ts";
import { addUp, hollow, reportOf } from "./counts.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "36" },
    depth: { type: "string", default: "400" },
    write: { type: "boolean", default: false },
  },
});
const runs = Number(values.runs);
const depth = Number(values.depth);
const seed = printedSeed("campaign");
const folder = mkdtempSync(join(tmpdir(), "assay-campaign-"));
const log = join(folder, "counts.txt");
writeFileSync(log, "");
try {
  const hardhat = join(root, "node_modules", "hardhat", "dist", "src", "cli.js");
  const { status } = spawnSync(
    process.execPath,
    [hardhat, "test", "solidity", "test/invariant/Protocol.t.sol"],
    {
      cwd: root,
      stdio: "inherit",
      env: {
        ...process.env,
        ASSAY_SEED: String(seed),
        ASSAY_CAMPAIGN_RUNS: values.runs,
        ASSAY_CAMPAIGN_DEPTH: values.depth,
        ASSAY_CAMPAIGN_LOG: log,
      },
    },
  );
  const counts = addUp(readFileSync(log, "utf8"), runs);
  const rare = hollow(counts);
  for (const [what, { total, least }] of counts) console.log(`${what}: ${total}, at least ${least} in a run`);
  if (rare.length > 0) console.error(`Too rare to say anything: ${rare.join(", ")}`);
  process.exitCode = status === 0 && rare.length === 0 ? 0 : 1;
  if (values.write && process.exitCode === 0) {
    writeFileSync(join(root, "test", "reports", "campaign.md"), reportOf(counts, { runs, depth, seed }));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
