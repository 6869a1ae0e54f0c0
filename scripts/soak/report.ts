import type { SoakResult } from "./soak.ts";

/** A result for people, in Markdown. */
export function report(result: SoakResult): string {
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([what, count]) => `- ${what}: ${count}`)
      .join("\n");
  const verdict =
    result.faults.length === 0
      ? "Every request ended as it has to, and every token is accounted for."
      : `**Not as it has to be:**\n\n${result.faults.map((fault) => `- ${fault}`).join("\n")}`;
  return `# Soak

Printed by \`npm run soak -- --requests ${result.requests} --seed ${result.seed}\`. An honest operator, two operators that lie (one in the output, one in the
middle of the run), three challengers, and one that challenges right results, on anvil, each in a process of its own. The honest ones reach the chain through
three endpoints that misbehave.

${verdict}

${result.requests} requests in ${result.blocks} blocks and ${result.chainHours.toFixed(1)} hours of chain time.

## How requests ended

${list(result.endings)}

## How games ended

${list(result.games)}

## What went wrong meanwhile

${list(result.damage)}

Questions that endpoints spoiled:

${list(result.spoiled)}
`;
}
