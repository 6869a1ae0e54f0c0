/**
 * The differential tests at full length, which takes too long for every run.
 *
 *     npm run differential -- games|steps|engine|campaign [--count N] [--write]
 *
 * The cases are divided among processes that follow each other, each with a seed of its own: a chain that has seen many games is slow, and never gives back
 * its memory. `--write` replaces the committed report. ASSAY_SEED replays a run: the first process takes it, each further one the next number.
 */

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { printedSeed } from "../../test/support/seed.ts";
import { tally } from "./tally.ts";

const ROOT = join(import.meta.dirname, "../..");

interface Campaign {
  readonly title: string;
  readonly file: string;
  readonly variable: string;
  readonly count: number;
  /** Cases of one process. */
  readonly share: number;
}

const CAMPAIGNS: Readonly<Record<string, Campaign>> = {
  games: {
    title: "Games on a chain against the rules of the SDK, move by move",
    file: "test/differential/dispute-game.test.ts",
    variable: "ASSAY_CHAIN_GAMES",
    count: 20_000,
    share: 1_000,
  },
  steps: {
    title: "Steps in the referee against the reference",
    file: "test/differential/steps.test.ts",
    variable: "ASSAY_STEPS",
    count: 100_000,
    share: 10_000,
  },
  engine: {
    title: "The WebAssembly engine against the reference, on random and on damaged models",
    file: "test/differential/engine.test.ts",
    variable: "ASSAY_ENGINE_RUNS",
    count: 2_000,
    share: 2_000,
  },
  campaign: {
    title: "Everybody at once on a chain against the books of the rules",
    file: "test/contracts/dispute/campaign.test.ts",
    variable: "ASSAY_ROUNDS",
    count: 50,
    share: 10,
  },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { count: { type: "string" }, write: { type: "boolean", default: false } },
});
const [name = ""] = positionals;
const campaign = CAMPAIGNS[name];
if (campaign === undefined) {
  console.error(`Name one of: ${Object.keys(CAMPAIGNS).join(", ")}.`);
  process.exit(2);
}
const { title, file, variable, share } = campaign;
const count = values.count === undefined ? campaign.count : Number(values.count);
const processes = Math.ceil(count / share);
const seed = printedSeed(`${count} ${name} in ${processes} processes`);
const outputs: string[] = [];
for (let i = 0; i < processes; i++) {
  const { status, stdout } = run(Math.min(share, count - i * share), seed + i);
  console.log(stdout);
  if (status !== 0) process.exit(status ?? 1);
  outputs.push(stdout);
}

if (values.write) {
  mkdirSync(join(ROOT, "test/reports"), { recursive: true });
  const last = processes === 1 ? "" : ` to ${seed + processes - 1}, one for each of ${processes} processes`;
  const head = `# ${title}\n\nWritten by \`npm run differential -- ${name} --write\`: ${count} cases, seed ${seed}${last}.\n\n`;
  writeFileSync(
    join(ROOT, `test/reports/differential-${name}.md`),
    `${head}\`\`\`text\n${tally(outputs).join("\n")}\n\`\`\`\n`,
  );
}

function run(cases: number, shareSeed: number) {
  const hardhat = join(ROOT, "node_modules/hardhat/dist/src/cli.js");
  return spawnSync(process.execPath, [hardhat, "test", "mocha", file], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    env: { ...process.env, [variable]: String(cases), ASSAY_SEED: String(shareSeed) },
    stdio: ["ignore", "pipe", "inherit"],
  });
}
