import { type Figure, keyOf } from "./figures.ts";
import type { Difference } from "./snapshot.ts";
import { targetOf } from "./targets.ts";

/** The figures for people, one line each, under the names of their groups. */
export function tableOf(figures: readonly Figure[]): string {
  const width = Math.max(...figures.flatMap(({ group, name }) => [group.length - 2, name.length]));
  const lines: string[] = [];
  let group = "";
  for (const figure of figures) {
    if (figure.group !== group) {
      group = figure.group;
      lines.push("", `${group.padEnd(width + 2)} ${"gas".padStart(10)} ${"calldata".padStart(9)}  target`);
    }
    const { name, gas, calldataBytes } = figure;
    const numbers = `${number(gas).padStart(10)} ${number(calldataBytes).padStart(9)}`;
    const notes = [verdict(figure), perResult(figure)].filter((note) => note !== "");
    lines.push(`  ${name.padEnd(width)} ${numbers}  ${notes.join("; ")}`.trimEnd());
  }
  const [largest] = figures
    .filter(({ name }) => name.startsWith("answer "))
    .toSorted((a, b) => b.gas - a.gas);
  if (largest !== undefined) lines.push("", `The largest answer: ${keyOf(largest)}, ${number(largest.gas)}.`);
  return lines.join("\n");
}

/** What has changed, one line each. */
export function differencesIn(changes: readonly Difference[]): string {
  const width = Math.max(...changes.map(({ key }) => key.length));
  const lines = changes.map(({ key, before, after }) => {
    const change = before === undefined || after === undefined ? "" : signed(after - before);
    const [old, now] = [before, after].map((gas) => (gas === undefined ? "-" : number(gas)).padStart(10));
    return `  ${key.padEnd(width)} ${old} -> ${now} ${change.padStart(9)}`.trimEnd();
  });
  return lines.join("\n");
}

function verdict(figure: Figure): string {
  const target = targetOf(figure);
  if (target === undefined) return "";
  const excess = figure.gas - target.limit;
  return `${number(target.limit)}${excess > 0 ? `, missed by ${number(excess)}` : ""}`;
}

function perResult({ gas, results }: Figure): string {
  return results === undefined ? "" : `${number(Math.round((100 * gas) / results) / 100)} per result`;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}

function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${number(value)}`;
}
