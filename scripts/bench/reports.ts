/** Reports of measurements: tables for people, the same in the terminal and in the repository, and the figures for programs. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../check/check.ts";

const FOLDER = join(root, "test", "reports");

export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => string | number;
}

/** A table in Markdown; columns of numbers are aligned to the right. */
export function markdownTable<T>(rows: readonly T[], columns: readonly Column<T>[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const isNumeric = ({ cell }: Column<T>): boolean => rows.every((row) => typeof cell(row) === "number");
  return [
    line(columns.map(({ title }) => title)),
    `|${columns.map((column) => (isNumeric(column) ? "---:" : "---")).join("|")}|`,
    ...rows.map((row) => line(columns.map(({ cell }) => text(cell(row))))),
  ].join("\n");
}

function text(cell: string | number): string {
  return typeof cell === "string" ? cell.replaceAll("|", "\\|") : cell.toLocaleString("en-US");
}

/** Commits a report: `NAME.md` for people and `NAME.json` for programs. */
export function writeReport(name: string, command: string, markdown: string, figures: unknown): void {
  writeFileSync(join(FOLDER, `${name}.md`), `<!-- Written by ${command} -- --write -->\n\n${markdown}\n`);
  writeFileSync(join(FOLDER, `${name}.json`), `${JSON.stringify(figures, undefined, 2)}\n`);
}

/** The committed figures of a report. */
export function readReport<T>(name: string): T {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8")) as T;
}
