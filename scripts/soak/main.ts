/**
 * Lets daemons work for hours of chain time on a real node while everything goes wrong, and checks how every request and every token ended.
 *
 *     npm run soak [-- --requests 300] [--seed N] [--write]
 *
 * `--write` writes the report into `scripts/soak/report.md`. Ends with status 1 if anything is not as it has to be. Needs anvil from the package registry.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../check/check.ts";
import { compile, MODELS } from "../demo/models.ts";
import { report } from "./report.ts";
import { soak } from "./soak.ts";
import { NAMES } from "./stage.ts";

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "300" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 32)) },
    write: { type: "boolean", default: false },
  },
});

const interrupted = new AbortController();
// Nothing is left running: the daemons and the node are processes of their own.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => interrupted.abort());
const began = performance.now();
const result = await soak({
  ...{ model: compile(MODELS.digits()), seed: Number(values.seed), requests: Number(values.requests) },
  ...{ names: NAMES, undisturbed: 48, atOnce: 24, blockSeconds: 0.5, chainSeconds: 4, pollSeconds: 0.5 },
  ...{ troubleSeconds: 8, faultSeconds: 8, lookSeconds: 2, patienceSeconds: 600, signal: interrupted.signal },
  say: (line) => console.log(`${((performance.now() - began) / 60_000).toFixed(1)} min: ${line}`),
});
const text = report(result);
console.log(text);
if (values.write) writeFileSync(join(root, "scripts/soak/report.md"), text);
process.exit(result.faults.length === 0 ? 0 : 1);
