import type { SourceFile } from "../check/check.ts";

/** Classes of bugs that auditors have found in systems of this kind, each of which the suite has to catch wherever it is put in. */
export const BUG_CLASSES = {
  boundary: "a comparison that is off by one at the end of a clock or a window",
  complement: "two predicates that should exclude each other and do not",
  "wrong side": "the other side's clock, node or turn",
  payee: "the wrong account is paid or charged, or the wrong amount",
  "double pay": "something is paid or slashed twice, or never",
  binding: "a field, a proof or a state that is not bound to what it should belong to",
  identity: "an identifier that does not tell two things apart",
  "cross credit": "one game or commitment has a say in another one",
  "live parameter": "a parameter that is read later than it was promised",
  "stake maths": "locks, stakes and tickets that do not add up",
  "re-entry": "a call out before the books are closed, or without a guard",
  access: "a caller that should have been refused",
  phase: "a move or a transition in a phase or status in which there is none",
  "tree maths": "a path, a row or an index of a tree that is one off",
  semantics: "the court computes another machine than the one that is specified",
  totality: "something a participant chose makes a call revert, or the court read astray",
} as const;

export type BugClass = keyof typeof BUG_CLASSES;

/** One deliberate mistake. */
export type Mutant = {
  readonly bugClass: BugClass;
  /** Path below `contracts/`. */
  readonly file: string;
  /** Occurs exactly once in the file, so that a mutant never hits another place than it was written for. */
  readonly find: string;
  readonly replace: string;
  /** Why no test can tell the difference; only for mutants that change nothing observable. */
  readonly equivalent?: string;
};

/** What identifies a mutant: its file and what it changes. */
export function titleOf({ file, find, replace }: Mutant): string {
  const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, " ");
  return `${file}: \`${oneLine(find)}\` -> \`${oneLine(replace) === "" ? "(nothing)" : oneLine(replace)}\``;
}

/** Says what is wrong with mutants whose pattern does not occur exactly once, or that change nothing. */
export function checkMutants(mutants: readonly Mutant[], files: readonly SourceFile[]): readonly string[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const problems: string[] = [];
  for (const mutant of mutants) {
    const text = texts.get(`contracts/${mutant.file}`);
    const count = text === undefined ? 0 : text.split(mutant.find).length - 1;
    if (text === undefined) problems.push(`${titleOf(mutant)}: there is no such file`);
    else if (count !== 1) problems.push(`${titleOf(mutant)}: the pattern occurs ${count} times`);
    if (mutant.find === mutant.replace) problems.push(`${titleOf(mutant)}: changes nothing`);
  }
  const titles = mutants.map(titleOf);
  for (const title of new Set(titles.filter((title, i) => titles.indexOf(title) !== i))) {
    problems.push(`${title}: is there twice`);
  }
  return problems;
}

/** The file with the mistake in it. */
export function applyMutant({ find, replace }: Mutant, text: string): string {
  const at = text.indexOf(find);
  return text.slice(0, at) + replace + text.slice(at + find.length);
}
