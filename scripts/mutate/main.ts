/**
 * Puts deliberate mistakes into a copy of the contracts, one at a time, and requires the tests to notice each.
 *
 *     npm run mutate [-- --sample N] [--match TEXT] [--jobs N] [--all] [--write]
 *
 * Without options it tries every mutant whose file has changed since the committed record (`test/reports/mutation.json`), and judges the others by that
 * record; `--all` tries those again, beginning with the file of the test that killed each the last time. `--sample N` tries N mutants that the seed chooses, `--match TEXT` those whose title contains a text. `--write` commits
 * each verdict to the record, and the report beside it. Ends with status 1 if a mutant survives, or does not compile. ASSAY_SEED replays a run.
 */

import { parseArgs } from "node:util";
import { createRandom } from "../../test/support/random.ts";
import { printedSeed } from "../../test/support/seed.ts";
import { readFiles } from "../check/check.ts";
import { checkMutants, type Mutant, titleOf } from "./mutant.ts";
import { mutants } from "./mutants/all.ts";
import { fileHash, readRecord, recorded, writeRecord } from "./record.ts";
import { isSound, lineOfTrial, type Trial, writeReport } from "./report.ts";
import { Workshop } from "./workshop.ts";

const { values } = parseArgs({
  options: {
    sample: { type: "string" },
    match: { type: "string" },
    jobs: { type: "string", default: "1" },
    all: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});

const problems = checkMutants(
  mutants,
  readFiles((path) => path.startsWith("contracts/")),
);
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}

const seed = printedSeed("mutation");
const record = readRecord();
const chosen = choose();
const judged = chosen.map((mutant) => ({ mutant, verdict: verdictOf(mutant) }));
const queue = judged.filter(({ verdict }) => verdict === undefined).map(({ mutant }) => mutant);
const trials: Trial[] = judged.flatMap(({ mutant, verdict }) =>
  verdict === undefined ? [] : [{ mutant, verdict }],
);
console.log(`${mutants.length} mutants, ${trials.length} known from the record, ${queue.length} to try`);

await Promise.all(Array.from({ length: Math.min(Number(values.jobs), queue.length) }, work));

const unsound = trials.filter((trial) => !isSound(trial));
console.log(`\n${trials.length} mutants, ${unsound.length} of which the tests did not treat as they should`);
for (const trial of unsound) console.log(lineOfTrial(trial));
process.exitCode = unsound.length === 0 ? 0 : 1;

/** The mutants of this run, in an order that the seed chooses, one of each class in turn, so that a run that is cut short is a sample. */
function choose(): readonly Mutant[] {
  const random = createRandom(seed);
  const rest = mutants.filter((mutant) => titleOf(mutant).includes(values.match ?? ""));
  const order: Mutant[] = [];
  while (rest.length > 0) order.push(...rest.splice(random.integer(0, rest.length - 1), 1));
  const seen = new Map<string, number>();
  const turns = new Map<Mutant, number>();
  for (const one of order) {
    turns.set(one, seen.get(one.bugClass) ?? 0);
    seen.set(one.bugClass, (seen.get(one.bugClass) ?? 0) + 1);
  }
  order.sort((a, b) => (turns.get(a) ?? 0) - (turns.get(b) ?? 0));
  if (values.sample === undefined) return order;
  return order.filter(({ equivalent }) => equivalent === undefined).slice(0, Number(values.sample));
}

function verdictOf(mutant: Mutant) {
  const isFresh = values.all || values.sample !== undefined || values.match !== undefined;
  return isFresh ? undefined : recorded(record, mutant);
}

async function work(): Promise<void> {
  const workshop = Workshop.create(String(seed));
  const killers = new Set<string>();
  try {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      const hash = fileHash(mutant, workshop.folder);
      const before = record[titleOf(mutant)]?.verdict;
      const killer = before?.fate === "killed" ? before.file : undefined;
      const trial = { mutant, verdict: await workshop.try(mutant, killer) };
      trials.push(trial);
      if (trial.verdict.fate === "killed" && trial.verdict.file !== undefined)
        killers.add(trial.verdict.file);
      record[titleOf(mutant)] = { fileHash: hash, verdict: trial.verdict };
      console.log(lineOfTrial(trial));
      if (!values.write) continue;
      writeRecord(record, mutants);
      writeReport(mutants, record);
    }
    await workshop.checkClean([...killers]);
  } finally {
    workshop.remove();
  }
}
