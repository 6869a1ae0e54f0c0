/** How values read in a terminal. */

import { formatUnits } from "viem";

/** Two columns; the first as wide as its longest entry. */
export function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join("\n");
}

/** An amount of tokens of 18 decimals, exactly. */
export function amountText(amount: bigint): string {
  return `${formatUnits(amount, 18)} tokens`;
}

/** A Unix second as date and time, in UTC. */
export function moment(second: number): string {
  return new Date(1_000 * second).toISOString().replace(/\.000Z$/, "Z");
}

/** A duration in its two largest units. */
export function seconds(total: number): string {
  const units = [
    ["d", Math.floor(total / 86_400)],
    ["h", Math.floor(total / 3_600) % 24],
    ["min", Math.floor(total / 60) % 60],
    ["s", total % 60],
  ] as const;
  const shown = units.filter(([, count]) => count > 0).slice(0, 2);
  return shown.length === 0 ? "0 s" : shown.map(([unit, count]) => `${count} ${unit}`).join(" ");
}

/** A hash, short enough to be recognised and compared. */
export function short(hash: string): string {
  return `${hash.slice(0, 10)}…${hash.slice(-4)}`;
}
