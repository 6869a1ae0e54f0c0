import type { Trouble } from "./chaos.ts";
import type { SoakResult } from "./soak.ts";
import { MAX_IN_FLIGHT } from "./stage.ts";
import type { Throughput } from "./throughput.ts";

const TROUBLE_TEXTS: Readonly<Record<Trouble, string>> = {
  down: "an endpoint down",
  slow: "an endpoint slow",
  limited: "an endpoint that limits the rate",
  broken: "an endpoint that answers with a web page",
  stale: "an endpoint that shows an old chain",
  lying: "an endpoint that lies about contracts, events, blocks and nonces",
  outage: "all endpoints down",
  kill: "an honest daemon killed",
  amnesia: "an honest daemon killed, its store deleted",
  reorg: "blocks replaced, 1 to 4 of them",
  restart: "node restarted",
};

/** What one operator has done undisturbed, and what it had to wait for. */
function throughputOf(throughput: Throughput): string {
  const { requests, blocks, seconds, operatorSeconds, nodeSeconds, confirmationSeconds } = throughput;
  const percent = (used: number): number => Math.round((100 * used) / seconds);
  const latency = (confirmationSeconds * blocks) / seconds;
  const reached = requests / blocks;
  const allowed = MAX_IN_FLIGHT / (2 * latency);
  return `Before anything went wrong, ${requests} requests waited for the operator when it was started; it had answered all of them ${blocks} blocks later, ${reached.toFixed(1)} answers per
block. Each answer takes two transactions, one after the other, and each transaction took ${latency.toFixed(1)} blocks from its signature to the look that saw it included.
\`maxInFlight\` lets ${MAX_IN_FLIGHT} be under way at a time, which allows ${allowed.toFixed(1)} answers per block. The operator's process was busy for ${percent(operatorSeconds)} % of that time, the node for
${percent(nodeSeconds)} %. ${boundOf(reached / allowed, operatorSeconds / seconds)}`;
}

function boundOf(share: number, busy: number): string {
  if (busy > 0.8) return "So its processor is what bounds it.";
  if (share > 0.6) return "So what bounds it is how soon transactions are included, and how many may wait.";
  return "So neither bounds it: most of the time it waited for its next look at the chain.";
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

Printed by \`npm run soak -- --requests ${result.requests} --rounds ${result.rounds} --seed ${result.seed}\`. An honest operator, two operators that lie (one in the output, one in
the middle of the run), three challengers, and one that challenges right results, on anvil, each in a process of its own. The honest ones reach the chain
through three endpoints that misbehave.

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

${list(Object.fromEntries(Object.entries(result.damage).map(([trouble, count]) => [TROUBLE_TEXTS[trouble as Trouble], count])))}

Questions that endpoints spoiled:

${list(result.spoiled)}
`;
}
