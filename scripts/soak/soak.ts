/** Runs a soak from the first block to the last account. */

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MachineModel } from "../../sdk/src/machine/model.ts";
import { createRandom } from "../../test/support/random.ts";
import { type Audit, audit, holdingsOf } from "./audit.ts";
import { type Damage, makeTrouble, Schedule, TROUBLES, type Trouble } from "./chaos.ts";
import { type Open, Overlook } from "./overlook.ts";
import { createStage, type Name, type Stage } from "./stage.ts";
import { measureThroughput, type Throughput } from "./throughput.ts";
import { type Kind, Traffic } from "./traffic.ts";

export interface SoakOptions {
  readonly model: MachineModel;
  readonly seed: number;
  readonly requests: number;
  readonly names: readonly Name[];
  /** Requests that are made before anything goes wrong, to measure what one operator can do. */
  readonly undisturbed: number;
  /** Kinds of the other requests, in order; at random without. */
  readonly kinds?: readonly Kind[];
  /** What goes wrong, in order, spread evenly over the requests that are not undisturbed. */
  readonly troubles: readonly Trouble[];
  /** Requests that are made while fewer than so many wait for somebody to do something. */
  readonly atOnce: number;
  /** Seconds of this computer per block, and of the chain. */
  readonly blockSeconds: number;
  readonly chainSeconds: number;
  /** The most seconds between two troubles that are due, and the longest that an endpoint has one. */
  readonly pauseSeconds: number;
  readonly faultSeconds: number;
  readonly pollSeconds: number;
  /** Seconds between two looks at what is open. */
  readonly lookSeconds: number;
  /** Most seconds in which nothing changes before it is given up. */
  readonly patienceSeconds: number;
  readonly signal?: AbortSignal;
  readonly say: (line: string) => void;
}

export interface SoakResult extends Audit {
  readonly seed: number;
  readonly folder: string;
  readonly throughput: Throughput;
  /** How often everything that can go wrong was to happen, and has happened. */
  readonly rounds: number;
  readonly damage: Damage;
  /** Questions that endpoints spoiled, by fault. */
  readonly spoiled: Readonly<Record<string, number>>;
  readonly kills: number;
  readonly blocks: number;
  readonly chainHours: number;
  /** Of this computer, from the first request to the last that something had to be done about. */
  readonly minutes: number;
  /** Share of the blocks that came slowly for the chain, because somebody's time ran short on this computer. */
  readonly slowShare: number;
}

/** Below this share of what somebody has, the chain waits for this computer: it may be busy with other things. */
const SHORT_SHARE = 0.6;

export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { model, seed, names, blockSeconds, pollSeconds, say } = options;
  const folder = mkdtempSync(join(tmpdir(), "assay-soak-"));
  const stage = await createStage({ model, folder, blockSeconds, names, pollSeconds });
  try {
    const before = await holdingsOf(stage);
    const began = await stage.network.clients.requester.getBlock();
    await stage.anvil.pace(1);
    say(`seed ${seed}; logs in ${folder}`);

    const random = createRandom(seed);
    const beganAt = performance.now();
    const traffic = new Traffic(stage, random, options);
    const throughput = await measureThroughput(stage, traffic, options.undisturbed, options.signal);
    say(`${throughput.requests} requests answered in ${throughput.blocks} blocks`);
    const over = new AbortController();
    options.signal?.addEventListener("abort", () => over.abort());
    const schedule = new Schedule(options.troubles, options.undisturbed, options.requests);
    const { pauseSeconds, faultSeconds } = options;
    let isCalm = false;
    const failed = new AbortController();
    const trouble = makeTrouble(stage, createRandom(random.bits()), {
      ...{ schedule, pauseSeconds, faultSeconds, signal: over.signal },
    }).finally(() => {
      isCalm = true;
    });
    // What makes trouble has failed itself, the node above all: there is nothing to wait for. It is thrown below.
    trouble.catch(() => failed.abort());
    const run = await keepGoing(stage, traffic, options, schedule, () => isCalm, failed.signal);
    const minutes = (performance.now() - beganAt) / 60_000;
    over.abort();
    const damage = await trouble;
    const end = await stage.network.clients.requester.getBlock();
    const found = await audit(stage, before);
    const faults = [...found.faults, ...missing(options.troubles, damage)];
    return {
      ...{ ...found, faults },
      ...{ seed, folder, throughput, damage, spoiled: stage.spoiled(), minutes, ...run },
      rounds: options.troubles.length / TROUBLES.length,
      kills: [...stage.crew.values()].reduce((sum, { kills }) => sum + kills, 0),
      blocks: Number(end.number - began.number),
      chainHours: Number(end.timestamp - began.timestamp) / 3_600,
    };
  } finally {
    await stage.close();
  }
}

/** Troubles that were planned and had no effect. */
function missing(planned: readonly Trouble[], damage: Damage): readonly string[] {
  return Object.entries(damage).flatMap(([trouble, count]) => {
    const wanted = planned.filter((other) => other === trouble).length;
    return count === wanted
      ? []
      : [`${trouble} has happened ${count} times, and has to happen ${wanted} times`];
  });
}

/**
 * Makes requests as fast as they are dealt with and as the schedule allows, and waits until everything has ended. The chain's time is slowed down while
 * somebody's runs short, and hurried on when all requests are made, nothing goes wrong any more, and nobody has anything to do.
 */
async function keepGoing(
  stage: Stage,
  traffic: Traffic,
  options: SoakOptions,
  schedule: Schedule,
  isCalm: () => boolean,
  failed: AbortSignal,
): Promise<{ readonly slowShare: number }> {
  const { atOnce, chainSeconds, lookSeconds, patienceSeconds, say } = options;
  const overlook = new Overlook(stage);
  let seen = "";
  let changedAt = Date.now();
  let saidAt = 0;
  let looks = 0;
  let slowLooks = 0;
  const isOver = (): boolean => failed.aborted || options.signal?.aborted === true;
  while (Date.now() - changedAt < patienceSeconds * 1_000 && !isOver()) {
    const open: Open | undefined = await overlook.look().catch(() => undefined);
    if (open !== undefined) {
      const { asked, urgent, waiting, share } = open;
      schedule.note(asked.length);
      const isAsked = traffic.missing(asked).length === 0;
      if (isAsked && urgent.length + waiting.length === 0 && isCalm()) break;
      looks++;
      if (share < SHORT_SHARE) slowLooks++;
      await stage.anvil.pace(share < SHORT_SHARE ? 1 : chainSeconds).catch(() => undefined);
      const news = [asked.length, ...urgent, ...waiting].join();
      if (news !== seen) changedAt = Date.now();
      seen = news;
      if (Date.now() - saidAt > 15_000) {
        const example = urgent.length > 0 ? `; ${urgent[0]}` : "";
        say(`${asked.length} requests, ${urgent.length} urgent, ${waiting.length} waiting${example}`);
        saidAt = Date.now();
      }
      const count = Math.min(schedule.allowance - asked.length, atOnce - urgent.length, 8);
      if (count > 0) await traffic.ask(asked, count);
      if (isAsked && urgent.length === 0 && isCalm())
        await stage.anvil.rpc("anvil_mine", "0x80").catch(() => undefined);
    }
    await new Promise((resolve) => setTimeout(resolve, lookSeconds * 1_000));
  }
  return { slowShare: slowLooks / Math.max(1, looks) };
}
