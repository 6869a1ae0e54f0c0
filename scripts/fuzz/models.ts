/**
 * Gives the compiler and both engines hostile ONNX files: damaged real ones, random messages, and graphs with hostile sizes and structures.
 *
 *     npm run fuzz:models [-- --files N] [--seed N] [--only KIND] [--write]
 *
 * Each must end in a typed error, or in a model that is legal and gives the same bytes on both engines, within the limits of time and memory.
 * Ends with status 1 if one does not. `--write` commits what happened to `test/reports/hostile-models.md` and `.json`, where it replaces the kinds that were tried.
 * A file is had again with `--only KIND --seed SEED --files 1`, with the kind and the seed that a finding names.
 */

import { parseArgs } from "node:util";
import { MOST_SECONDS } from "../../sdk/src/compiler/limits.ts";
import { HOSTILE_KINDS } from "../../test/support/hostile/cases.ts";
import { type Column, markdownTable, readReport, writeReport } from "../bench/reports.ts";
import { Campaign, type Tally } from "./campaign.ts";

const { values } = parseArgs({
  options: {
    files: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
    write: { type: "boolean", default: false },
  },
});
const [files, seed] = [Number(values.files), Number(values.seed)];
const kinds = HOSTILE_KINDS.filter((kind) => values.only === undefined || kind === values.only);
if (!(files >= 1) || !Number.isInteger(seed) || kinds.length === 0) {
  console.error(`Files and seed are numbers, and kinds are: ${HOSTILE_KINDS.join(", ")}`);
  process.exit(2);
}

const campaign = new Campaign(kinds, seed);
for (const kind of kinds) {
  for (let i = 0; i < files; i++) await campaign.judge({ kind, seed: seed + i });
  campaign.dismiss();
  console.error(`${files} files of ${kind}; findings so far: ${campaign.findings.length}`);
}

const errorsOf = ({ outcomes }: Tally): string =>
  Object.entries(outcomes)
    .filter(([outcome]) => outcome.startsWith("ONNX_"))
    .toSorted(([, a], [, b]) => b - a)
    .map(([outcome, count]) => `${outcome} ${count}`)
    .join(", ");
const COLUMNS: readonly Column<Tally>[] = [
  { title: "kind", cell: ({ kind }) => kind },
  { title: "files", cell: (tally) => tally.files },
  { title: "from the seed", cell: (tally) => tally.seed },
  { title: "compiled, and ran alike on both engines", cell: ({ outcomes }) => outcomes.ran ?? 0 },
  { title: "compiled, too large to run here", cell: ({ outcomes }) => outcomes.compiled ?? 0 },
  { title: "not encodable", cell: ({ outcomes }) => outcomes["not encodable"] ?? 0 },
  { title: "longest", cell: ({ longestSeconds }) => `${longestSeconds.toFixed(1)} s` },
  { title: "most memory", cell: ({ mostMemoryBytes }) => `${Math.round(mostMemoryBytes / 2 ** 20)} MiB` },
  { title: "typed errors", cell: errorsOf },
];
const committed = values.write ? readReport<{ tallies: readonly Tally[] }>("hostile-models").tallies : [];
const all = [...campaign.tallies, ...committed.filter(({ kind }) => !kinds.includes(kind))];
const tallies = HOSTILE_KINDS.flatMap((kind) => all.filter((tally) => tally.kind === kind));
const markdown = `# Hostile models

ONNX files that mean no good, compiled and run in a process of their own that was watched for crashes, for
more than ${MOST_SECONDS} s of processor time and for more memory than the compiler's limits promise. What compiled and was small enough ran on both engines on random bytes,
and every tensor of the trace was compared.

${markdownTable(tallies, COLUMNS)}

Findings: ${campaign.findings.length === 0 ? "none" : campaign.findings.length}.`;
console.log(markdown);
for (const { kind, seed: of, about, problem } of campaign.findings) {
  console.error(`\n${kind}, seed ${of} (${about}): ${problem}`);
  process.exitCode = 1;
}
if (values.write && campaign.findings.length === 0)
  writeReport("hostile-models", "npm run fuzz:models", markdown, { tallies });
