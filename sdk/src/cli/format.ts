/** How values read in a terminal. */

/** Two columns; the first as wide as its longest entry. */
export function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join("\n");
}

/** A Unix second as date and time, in UTC. */
export function moment(second: number): string {
  return new Date(1_000 * second).toISOString().replace(/\.000Z$/, "Z");
}

/** A hash, short enough to be recognised and compared. */
export function short(hash: string): string {
  return `${hash.slice(0, 10)}…${hash.slice(-4)}`;
}
