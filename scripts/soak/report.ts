import type { SoakResult } from "./soak.ts";
import { MAX_IN_FLIGHT } from "./stage.ts";
import type { Throughput } from "./throughput.ts";

/** What one operator has done undisturbed, and what it had to wait for. */
function throughputOf({ requests, blocks, seconds, operatorSeconds, nodeSeconds }: Throughput): string {
  const share = (used: number): string => `${((100 * used) / seconds).toFixed(0)} %`;
  return `Before anything went wrong, ${requests} requests waited for the operator when it was started; it had answered all of them ${blocks} blocks later, ${(requests / blocks).toFixed(1)} answers per
block. ${MAX_IN_FLIGHT} transactions of it may wait to be included at a time, so that more than ${MAX_IN_FLIGHT} per block are impossible. Its process was busy for ${share(operatorSeconds)} of that
time, the node for ${share(nodeSeconds)}; seven daemons, the node and the soak share this computer's processors.`;
}

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

${result.requests} requests in ${result.blocks} blocks and ${result.chainHours.toFixed(1)} hours of chain time, which took ${result.minutes.toFixed(0)} minutes: ${(result.requests / result.chainHours).toFixed(0)} requests per hour of
chain time. In ${(100 * result.slowShare).toFixed(0)} % of the looks somebody's clock had less than 60 % left, since this computer was busy; the chain waited for it then.

## What one operator can do

${throughputOf(result.throughput)}

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
