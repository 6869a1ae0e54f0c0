import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../check/check.ts";
import { BUG_CLASSES, type BugClass, type Mutant, titleOf } from "./mutant.ts";
import type { MutationRecord } from "./record.ts";
import type { Verdict } from "./workshop.ts";

export type Trial = { readonly mutant: Mutant; readonly verdict: Verdict };

/** Whether a trial shows that the tests do what they should: every mutant is killed, except those of which nobody can tell a difference. */
export function isSound({ mutant, verdict }: Trial): boolean {
  return mutant.equivalent === undefined ? verdict.fate === "killed" : verdict.fate === "survived";
}

/** One line for a terminal. */
export function lineOfTrial(trial: Trial): string {
  const { mutant, verdict } = trial;
  const fate = verdict.fate === "killed" ? `killed by ${verdict.by}` : verdict.fate.toUpperCase();
  const remark = verdict.fate === "survived" && mutant.equivalent !== undefined ? `, as expected` : "";
  return `${isSound(trial) ? "ok  " : "FAIL"} [${mutant.bugClass}] ${titleOf(mutant)}\n       ${fate}${remark}`;
}

/** Writes the committed report: every mutant with the verdict that the record has for it. */
export function writeReport(mutants: readonly Mutant[], record: MutationRecord): void {
  writeFileSync(join(root, "test", "reports", "mutation.md"), reportOf(mutants, record));
}

/** The text of the report. */
export function reportOf(mutants: readonly Mutant[], record: MutationRecord): string {
  const known = mutants.map((mutant) => ({ mutant, verdict: record[titleOf(mutant)]?.verdict }));
  const isKilled = ({ verdict }: (typeof known)[number]): boolean => verdict?.fate === "killed";
  const equivalent = mutants.filter((mutant) => mutant.equivalent !== undefined);
  const tried = known.filter(({ verdict }) => verdict !== undefined);
  const survivors = tried.filter((trial) => !isKilled(trial) && trial.mutant.equivalent === undefined);
  const classes = (Object.keys(BUG_CLASSES) as BugClass[]).map((bugClass) => {
    const of = tried.filter(({ mutant }) => mutant.bugClass === bugClass);
    return `| ${bugClass} | ${BUG_CLASSES[bugClass]} | ${of.length} | ${of.filter(isKilled).length} |`;
  });
  const rows = known.map(({ mutant, verdict }) => {
    const fate = verdict === undefined ? "not tried" : verdict.fate;
    return `| ${mutant.bugClass} | ${cell(titleOf(mutant))} | ${cell(verdict?.fate === "killed" ? verdict.by : `**${fate}**`)} |`;
  });
  return [
    "<!-- Written by npm run mutate -- --write -->",
    "",
    "# Mutation",
    "",
    "Deliberate mistakes in the contracts, one at a time, and the first test that noticed. Tests that compare gas with committed figures are left out: they",
    "notice any change. A verdict holds for the file as it was; the next run tries again what has changed.",
    "",
    `${mutants.length} mutants: ${tried.length} tried, ${tried.filter(isKilled).length} killed, ${survivors.length} survived, ${equivalent.length} change nothing that can be observed.`,
    "",
    "| class | what it is | tried | killed |",
    "|---|---|---:|---:|",
    ...classes,
    "",
    "Mutants that no test can kill, and why:",
    "",
    ...equivalent.map((mutant) => `- ${titleOf(mutant)}: ${mutant.equivalent}`),
    "",
    "| class | mutant | killed by |",
    "|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
