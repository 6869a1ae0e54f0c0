import type { Condition } from "./branches.ts";

/** What tests have reached of one contract file. */
export type FileCoverage = {
  readonly path: string;
  readonly lines: { readonly all: number; readonly missing: readonly number[] };
  /** Each condition has two branches: it is true, and it is false. */
  readonly branches: { readonly all: number; readonly missing: readonly Branch[] };
};

/** One way that a condition can turn out. */
export type Branch = { readonly condition: Condition; readonly isTrue: boolean };

/** Lines of a report in LCOV's format, by file: whether a test reached each. Of several reports, any. */
export function linesOf(reports: readonly string[]): ReadonlyMap<string, ReadonlyMap<number, boolean>> {
  const files = new Map<string, Map<number, boolean>>();
  for (const section of reports.flatMap((text) => text.split("end_of_record"))) {
    const path = /^SF:(.+)$/m.exec(section)?.[1];
    if (path === undefined) continue;
    const lines = files.get(path) ?? new Map<number, boolean>();
    for (const [, line, count] of section.matchAll(/^DA:(\d+),(\d+)/gm)) {
      lines.set(Number(line), lines.get(Number(line)) === true || Number(count) > 0);
    }
    files.set(path, lines);
  }
  return files;
}

/** Share of what was reached, of a hundred; all of nothing. */
export function shareOf(files: readonly FileCoverage[], what: "lines" | "branches"): number {
  const all = files.reduce((sum, file) => sum + file[what].all, 0);
  const missing = files.reduce((sum, file) => sum + file[what].missing.length, 0);
  return all === 0 ? 100 : (100 * (all - missing)) / all;
}

/** The text of the committed report. */
export function reportOf(files: readonly FileCoverage[]): string {
  const row = (title: string, some: readonly FileCoverage[]): string => {
    const cells = (["lines", "branches"] as const).map((what) => {
      const all = some.reduce((sum, file) => sum + file[what].all, 0);
      return `${all} | ${percent(shareOf(some, what))}`;
    });
    return `| ${title} | ${cells.join(" | ")} |`;
  };
  const missing = files.flatMap(({ path, lines, branches }) => [
    ...(lines.missing.length === 0 ? [] : [`- ${path}: lines ${lines.missing.join(", ")}`]),
    ...branches.missing.map(
      ({ condition: { line, kind, text }, isTrue }) =>
        `- ${path}:${line}: \`${text}\` (${kind}) is never ${isTrue}`,
    ),
  ]);
  return [
    "<!-- Written by npm run coverage -- --write -->",
    "",
    "# Coverage",
    "",
    "What the tests of the contracts reach. Lines are Hardhat's own coverage, which counts statements and leaves out assembly. Hardhat knows no branches, so every",
    "condition outside assembly is made to report, through the same channel, what it was: of `if`, `?:` and `require` the condition, of `&&` and `||` the left",
    "side. Each has two branches, true and false. Assembly is the matter of the differential tests, of mutation and of the vectors.",
    "",
    "| file | lines | reached | branches | reached |",
    "|---|---:|---:|---:|---:|",
    ...files.map((file) => row(file.path, [file])),
    row("**all**", files),
    "",
    ...(missing.length === 0 ? ["Nothing is missing."] : ["What no test reaches:", "", ...missing]),
    "",
  ].join("\n");
}

export function percent(share: number): string {
  return `${(Math.floor(share * 100) / 100).toFixed(2)} %`;
}
