/** What goes wrong during a soak, and when. Never do two endpoints lie at once: then two of three would agree on a lie. */

import type { Random } from "../../test/support/random.ts";
import { FAULTS } from "./proxy.ts";
import { HONEST, type Stage } from "./stage.ts";

/** Everything that can go wrong: faults of one endpoint, an outage of all, a daemon that is killed, blocks that are replaced, and a node that is restarted. */
export const TROUBLES = [
  ...FAULTS.filter((fault) => fault !== "none"),
  ...(["outage", "kill", "amnesia", "reorg", "restart"] as const),
];
export type Trouble = (typeof TROUBLES)[number];

/** Every trouble some times, in another order each time. */
export function planTroubles(random: Random, rounds: number): readonly Trouble[] {
  const plan: Trouble[] = [];
  for (let round = 0; round < rounds; round++) {
    const left = [...TROUBLES];
    while (left.length > 0) plan.push(...left.splice(random.integer(0, left.length - 1), 1));
  }
  return plan;
}

/** Ties what goes wrong to how many requests there are: neither runs away from the other, however fast this computer is. */
export class Schedule {
  readonly plan: readonly Trouble[];
  readonly #undisturbed: number;
  readonly #requests: number;
  #begun = 0;
  #asked = 0;

  constructor(plan: readonly Trouble[], undisturbed: number, requests: number) {
    this.plan = plan;
    this.#undisturbed = undisturbed;
    this.#requests = requests;
  }

  /** Requests that may be made before the next trouble begins. */
  get allowance(): number {
    const { plan } = this;
    if (this.#begun === plan.length) return this.#requests;
    const disturbed = this.#requests - this.#undisturbed;
    return this.#undisturbed + Math.floor(((this.#begun + 1) * disturbed) / (plan.length + 1));
  }

  note(asked: number): void {
    this.#asked = asked;
  }

  /** The next trouble, if so many requests have been made as it is due with. */
  take(): Trouble | undefined {
    return this.#asked < this.allowance ? undefined : this.plan[this.#begun++];
  }

  get isOver(): boolean {
    return this.#begun === this.plan.length;
  }
}

export interface ChaosOptions {
  readonly schedule: Schedule;
  /** The most seconds between two troubles that are due: daemons are met at any point of what they do. */
  readonly pauseSeconds: number;
  /** The longest that an endpoint has a fault, in seconds, unless nobody has asked it by then. */
  readonly faultSeconds: number;
  readonly signal: AbortSignal;
}

/** How often each trouble has really happened. */
export type Damage = Readonly<Record<Trouble, number>>;

/** How long a trouble may take to have its effect. */
const EFFECT_MS = 120_000;
const LOOK_MS = 100;

const pause = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1_000));

/** Makes all troubles of the schedule when they are due, or until it is told to stop; leaves everything whole. */
export async function makeTrouble(stage: Stage, random: Random, options: ChaosOptions): Promise<Damage> {
  const { schedule, pauseSeconds, faultSeconds, signal } = options;
  const counts = Object.fromEntries(TROUBLES.map((trouble) => [trouble, 0])) as Record<Trouble, number>;
  const lasting = new Set<Promise<void>>();
  while (!signal.aborted && !schedule.isOver) {
    const trouble = schedule.take();
    if (trouble === undefined) {
      await pause(LOOK_MS / 1_000);
      continue;
    }
    await pause((pauseSeconds * random.bits()) / 2 ** 32);
    switch (trouble) {
      case "outage": {
        await Promise.all(lasting);
        const isMet = meet(stage, "down", signal);
        for (const endpoint of stage.endpoints) endpoint.fault = "down";
        await pause(random.integer(1, 4));
        if (await isMet()) counts.outage++;
        for (const endpoint of stage.endpoints) endpoint.fault = "none";
        break;
      }
      case "kill":
      case "amnesia": {
        const member = stage.crew.get(random.pick(HONEST.filter((name) => stage.crew.has(name))));
        await member?.kill({ amnesia: trouble === "amnesia" });
        counts[trouble]++;
        await pause(random.integer(0, 2));
        member?.start();
        break;
      }
      case "reorg": {
        const depth = random.integer(1, 4);
        // A connection to a node that was restarted may only just turn out to be closed, and it needs blocks of its own first.
        const reorganise = () => stage.anvil.reorganise(depth).catch(() => false);
        if (await until(reorganise, signal)) counts.reorg++;
        break;
      }
      case "restart":
        await stage.anvil.stop();
        await pause(random.integer(0, 2));
        await stage.anvil.start();
        counts.restart++;
        break;
      default: {
        const isFree = (): boolean =>
          stage.endpoints.some(({ fault }) => fault === "none") &&
          (trouble !== "lying" || stage.endpoints.every(({ fault }) => fault !== "lying"));
        while (!isFree()) await Promise.race(lasting);
        const endpoint = random.pick(stage.endpoints.filter(({ fault }) => fault === "none"));
        const isMet = meet(stage, trouble, signal);
        endpoint.fault = trouble;
        const end = pause(random.integer(2, faultSeconds)).then(async () => {
          if (await isMet()) counts[trouble]++;
          endpoint.fault = "none";
          lasting.delete(end);
        });
        lasting.add(end);
      }
    }
  }
  await Promise.all(lasting);
  return counts;
}

/** Tells whether a question was spoiled since; waits for one if there was none. */
function meet(stage: Stage, fault: string, signal: AbortSignal): () => Promise<boolean> {
  const before = stage.spoiled()[fault] ?? 0;
  return () => until(() => (stage.spoiled()[fault] ?? 0) > before, signal);
}

async function until(isDone: () => boolean | Promise<boolean>, signal: AbortSignal): Promise<boolean> {
  const end = Date.now() + EFFECT_MS;
  while (!(await isDone())) {
    if (signal.aborted || Date.now() > end) return false;
    await pause(LOOK_MS / 1_000);
  }
  return true;
}
