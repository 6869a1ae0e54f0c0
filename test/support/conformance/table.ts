/** The committed results of the operator tests of the ONNX project. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ConformanceCase } from "./archive.ts";
import { type Outcome, runCase } from "./run-case.ts";

/** Outcomes by the names of the cases. */
export type Table = ReadonlyMap<string, Outcome>;

const PATH = join(import.meta.dirname, "../../vectors/conformance.json");

export function readTable(): Table {
  return new Map(Object.entries(JSON.parse(readFileSync(PATH, "utf8")) as Record<string, Outcome>));
}

/** One line for every case, sorted by name. */
export function writeTable(table: Table): void {
  const names = [...table.keys()].sort();
  const lines = names.map((name) => `  ${JSON.stringify(name)}: ${JSON.stringify(table.get(name))}`);
  writeFileSync(PATH, `{\n${lines.join(",\n")}\n}\n`);
}

export async function runAll(cases: readonly ConformanceCase[]): Promise<Table> {
  const table = new Map<string, Outcome>();
  for (const item of cases) table.set(item.name, await runCase(item));
  return table;
}

/** One line for every case that came out in another way than the table says. */
export function differences(committed: Table, measured: Table): readonly string[] {
  return [...measured].flatMap(([name, outcome]) => {
    const before = JSON.stringify(committed.get(name) ?? "nothing");
    const now = JSON.stringify(outcome);
    return before === now ? [] : [`${name}: ${now} instead of ${before}`];
  });
}

export interface Summary {
  readonly cases: number;
  readonly passed: number;
  /** Of those that pass: with inputs that had to be known while compiling, and with no other inputs. */
  readonly knowing: number;
  readonly constant: number;
}

export function summarize(table: Table): Summary {
  const passed = [...table.values()].filter((outcome) => outcome.result === "pass");
  return {
    cases: table.size,
    passed: passed.length,
    knowing: passed.filter(({ initializers }) => initializers !== undefined).length,
    constant: passed.filter(({ isConstant }) => isConstant === true).length,
  };
}
