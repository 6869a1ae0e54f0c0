/**
 * The differential tests at full length, which takes too long for every run: `npm run differential -- games`, `-- steps` or `-- engine`, with `--write` to
 * replace the committed report.
 */

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

interface Campaign {
  readonly title: string;
  readonly file: string;
  readonly variable: string;
  readonly count: number;
}

const CAMPAIGNS: Readonly<Record<string, Campaign>> = {
  games: {
    title: "Games on a chain against the rules of the SDK, move by move",
    file: "test/differential/dispute-game.test.ts",
    variable: "ASSAY_CHAIN_GAMES",
    count: 20_000,
  },
  steps: {
    title: "Steps in the referee against the reference",
    file: "test/differential/steps.test.ts",
    variable: "ASSAY_STEPS",
    count: 100_000,
  },
  engine: {
    title: "The WebAssembly engine against the reference, on random and on damaged models",
    file: "test/differential/engine.test.ts",
    variable: "ASSAY_ENGINE_RUNS",
    count: 2_000,
  },
};

const [name = "", ...options] = process.argv.slice(2);
const campaign = CAMPAIGNS[name];
if (campaign === undefined) {
  console.error(`Name one of: ${Object.keys(CAMPAIGNS).join(", ")}.`);
  process.exit(2);
}
const { title, file, variable, count } = campaign;
const hardhat = join(ROOT, "node_modules/hardhat/dist/src/cli.js");
const run = spawnSync(process.execPath, [hardhat, "test", "mocha", file], {
  cwd: ROOT,
  encoding: "utf8",
  maxBuffer: 2 ** 26,
  env: { ...process.env, [variable]: String(count) },
  stdio: ["ignore", "pipe", "inherit"],
});
console.log(run.stdout);
if (run.status === 0 && options.includes("--write")) {
  // Times say something about one machine only.
  const lines = run.stdout
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^(No contracts|Compiled|Running)|\d+ games$/.test(line.trim()))
    .map((line) => line.replace(/ \([\d.]+(ms|s|m)\)$/, ""));
  mkdirSync(join(ROOT, "test/reports"), { recursive: true });
  const head = `# ${title}\n\nWritten by \`npm run differential -- ${name} --write\`.\n\n`;
  writeFileSync(
    join(ROOT, `test/reports/differential-${name}.md`),
    `${head}\`\`\`text\n${lines.join("\n")}\n\`\`\`\n`,
  );
}
process.exitCode = run.status ?? 1;
