/** What goes wrong during a soak, drawn at random. Never do two endpoints lie at once: then two of three would agree on a lie. */

import type { Random } from "../../test/support/random.ts";
import { FAULTS, type Fault } from "./proxy.ts";
import { HONEST, type Stage } from "./stage.ts";

export interface ChaosOptions {
  /** Seconds between two troubles, on average. */
  readonly everySeconds: number;
  readonly signal: AbortSignal;
}

export interface Damage {
  readonly counts: Record<string, number>;
}

const LONGEST_FAULT_SECONDS = 8;

/** Makes trouble until it is told to stop; leaves everything whole. */
export async function makeTrouble(
  stage: Stage,
  random: Random,
  { everySeconds, signal }: ChaosOptions,
): Promise<Damage> {
  const counts: Record<string, number> = {};
  const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  const lasting: Promise<void>[] = [];
  while (!signal.aborted) {
    await pause(everySeconds * (0.5 + random.bits() / 2 ** 32));
    if (signal.aborted) break;
    const trouble = random.pick([
      "fault",
      "fault",
      "fault",
      "outage",
      "kill",
      "kill",
      "reorg",
      "restart",
    ] as const);
    switch (trouble) {
      case "fault": {
        const fault = random.pick(FAULTS.slice(1)) as Fault;
        const endpoint = random.pick(stage.endpoints);
        const isLieTwice = fault === "lying" && stage.endpoints.some((other) => other.fault === "lying");
        if (endpoint.fault !== "none" || isLieTwice) break;
        note(counts, fault);
        endpoint.fault = fault;
        lasting.push(
          pause(random.integer(2, LONGEST_FAULT_SECONDS)).then(() => {
            endpoint.fault = "none";
          }),
        );
        break;
      }
      case "outage":
        note(counts, "all endpoints down");
        await Promise.all(lasting.splice(0));
        for (const endpoint of stage.endpoints) endpoint.fault = "down";
        await pause(random.integer(1, 4));
        for (const endpoint of stage.endpoints) endpoint.fault = "none";
        break;
      case "kill": {
        const member = stage.crew.get(random.pick(HONEST.filter((name) => stage.crew.has(name))));
        const amnesia = random.chance(0.3);
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
      default:
        note(counts, "node restarted");
        await stage.anvil.stop();
        await pause(random.integer(0, 2));
        await stage.anvil.start();
    }
  }
  await Promise.all(lasting);
  return { counts };
}

function note(counts: Record<string, number>, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}
