/**
 * Lets daemons work for hours of chain time on a real node while everything goes wrong, and checks how every request and every token ended.
 *
 *     npm run soak [-- --requests 256] [--rounds 5] [--seed N] [--write]
 *
 * Everything that can go wrong does so `--rounds` times. `--write` writes the report into `scripts/soak/report.md`. Ends with status 1 if anything is not as it has to be. Needs anvil from the package registry.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createRandom } from "../../test/support/random.ts";
import { root } from "../check/check.ts";
import { compile, MODELS } from "../demo/models.ts";
import { planTroubles } from "./chaos.ts";
import { report } from "./report.ts";
import { soak } from "./soak.ts";
import { NAMES } from "./stage.ts";

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "256" },
    rounds: { type: "string", default: "5" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 32)) },
    write: { type: "boolean", default: false },
  },
});

const interrupted = new AbortController();
// Nothing is left running: the daemons and the node are processes of their own.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => interrupted.abort());
const [requests, rounds, seed] = (["requests", "rounds", "seed"] as const).map((name) => {
  const count = Number(values[name]);
  if (!/^[0-9]+$/.test(values[name])) throw new Error(`--${name} ${values[name]} is not a whole number.`);
  return count;
}) as [number, number, number];
const began = performance.now();
const result = await soak({
  ...{ model: compile(MODELS.digits()), seed, requests },
  troubles: planTroubles(createRandom(seed), rounds),
  ...{
    names: NAMES,
    undisturbed: Math.min(48, requests),
    atOnce: 24,
    blockSeconds: 0.5,
    chainSeconds: 12,
    pollSeconds: 0.5,
  },
  ...{ pauseSeconds: 2, faultSeconds: 8, lookSeconds: 2, patienceSeconds: 600, signal: interrupted.signal },
  say: (line) => console.log(`${((performance.now() - began) / 60_000).toFixed(1)} min: ${line}`),
});
const text = report(result);
console.log(text);
if (values.write) writeFileSync(join(root, "scripts/soak/report.md"), text);
process.exit(result.faults.length === 0 ? 0 : 1);
