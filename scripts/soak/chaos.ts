/** What goes wrong during a soak, drawn at random. Never do two endpoints lie at once: then two of three would agree on a lie. */

import type { Random } from "../../test/support/random.ts";
import { FAULTS } from "./proxy.ts";
import { HONEST, type Stage } from "./stage.ts";

/** Everything that can go wrong: faults of one endpoint, an outage of all, a daemon that is killed, blocks that are replaced, and a node that is restarted. */
export const TROUBLES = [
  ...FAULTS.filter((fault) => fault !== "none"),
  ...(["outage", "kill", "amnesia", "reorg", "restart"] as const),
];
export type Trouble = (typeof TROUBLES)[number];

export interface ChaosOptions {
  /** Seconds between two troubles, on average. */
  readonly everySeconds: number;
  /** The longest that an endpoint has a fault, in seconds. */
  readonly faultSeconds: number;
  readonly signal: AbortSignal;
  /** The troubles in order; at random without. */
  readonly plan?: readonly Trouble[];
}

export interface Damage {
  readonly counts: Record<string, number>;
}

const FAULT_TROUBLES = FAULTS.filter((fault) => fault !== "none");
const OTHER_TROUBLES = ["outage", "kill", "kill", "reorg", "restart"] as const;

function drawTrouble(random: Random): Trouble {
  if (random.chance(0.4)) return random.pick(FAULT_TROUBLES);
  const trouble = random.pick(OTHER_TROUBLES);
  return trouble === "kill" && random.chance(0.3) ? "amnesia" : trouble;
}

/** Makes trouble until it is told to stop, or its plan is at an end; leaves everything whole. */
export async function makeTrouble(
  stage: Stage,
  random: Random,
  { everySeconds, faultSeconds, signal, plan }: ChaosOptions,
): Promise<Damage> {
  const counts: Record<string, number> = {};
  const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  const lasting: Promise<void>[] = [];
  const planned = plan === undefined ? undefined : [...plan];
  while (!signal.aborted && planned?.length !== 0) {
    await pause(everySeconds * (0.5 + random.bits() / 2 ** 32));
    if (signal.aborted) break;
    const trouble = planned?.shift() ?? drawTrouble(random);
    switch (trouble) {
      case "outage":
        note(counts, "all endpoints down");
        await Promise.all(lasting.splice(0));
        for (const endpoint of stage.endpoints) endpoint.fault = "down";
        await pause(random.integer(1, 4));
        for (const endpoint of stage.endpoints) endpoint.fault = "none";
        break;
      case "kill":
      case "amnesia": {
        const member = stage.crew.get(random.pick(HONEST.filter((name) => stage.crew.has(name))));
        const amnesia = trouble === "amnesia";
        note(counts, amnesia ? "killed, store deleted" : "killed");
        await member?.kill({ amnesia });
        await pause(random.integer(0, 2));
        member?.start();
        break;
      }
      case "reorg": {
        const depth = random.integer(1, 4);
        // A connection to a node that was restarted may only just turn out to be closed.
        if (await stage.anvil.reorganise(depth).catch(() => false))
          note(counts, `reorganised, ${depth} deep`);
        break;
      }
      case "restart":
        note(counts, "node restarted");
        await stage.anvil.stop();
        await pause(random.integer(0, 2));
        await stage.anvil.start();
        break;
      default: {
        // A plan is kept, whatever lasts.
        if (planned !== undefined && stage.endpoints.every(({ fault }) => fault !== "none"))
          await Promise.all(lasting.splice(0));
        const idle = stage.endpoints.filter(({ fault }) => fault === "none");
        const isLieTwice = trouble === "lying" && stage.endpoints.some(({ fault }) => fault === "lying");
        if (idle.length === 0 || isLieTwice) break;
        const endpoint = random.pick(idle);
        note(counts, trouble);
        endpoint.fault = trouble;
        lasting.push(
          pause(random.integer(2, faultSeconds)).then(() => {
            endpoint.fault = "none";
          }),
        );
      }
    }
  }
  await Promise.all(lasting);
  return { counts };
}

function note(counts: Record<string, number>, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}
