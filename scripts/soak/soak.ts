/** Runs a soak from the first block to the last account. */

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MachineModel } from "../../sdk/src/machine/model.ts";
import { createRandom } from "../../test/support/random.ts";
import { type Audit, audit, findOpen, holdingsOf } from "./audit.ts";
import { type Damage, makeTrouble } from "./chaos.ts";
import { createStage, type Name, type Stage } from "./stage.ts";
import { ask } from "./traffic.ts";

export interface SoakOptions {
  readonly model: MachineModel;
  readonly seed: number;
  readonly requests: number;
  readonly names: readonly Name[];
  /** Requests after which everything is waited for. */
  readonly wave: number;
  /** Seconds of this computer per block, and of the chain. */
  readonly blockSeconds: number;
  readonly chainSeconds: number;
  /** Seconds between two troubles. */
  readonly troubleSeconds: number;
  /** Seconds between two groups of requests. */
  readonly pauseSeconds: number;
  /** Most seconds that everything may take to end after the last request of a wave. */
  readonly patienceSeconds: number;
  readonly say: (line: string) => void;
}

export interface SoakResult extends Audit {
  readonly seed: number;
  readonly folder: string;
  readonly damage: Damage["counts"];
  /** Questions that endpoints spoiled, by fault. */
  readonly spoiled: Readonly<Record<string, number>>;
  readonly kills: number;
  readonly blocks: number;
  readonly chainHours: number;
}

export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { model, seed, names, blockSeconds, chainSeconds, say } = options;
  const folder = mkdtempSync(join(tmpdir(), "assay-soak-"));
  const stage = await createStage({ model, folder, blockSeconds, names, pollSeconds: 0.5 });
  try {
    const before = await holdingsOf(stage);
    const began = await stage.network.clients.requester.getBlock();
    await stage.anvil.pace(chainSeconds);
    for (const member of stage.crew.values()) member.start();
    say(`seed ${seed}; logs in ${folder}`);

    const damage: Record<string, number> = {};
    const random = createRandom(seed);
    for (let asked = 0; asked < options.requests; ) {
      const count = Math.min(options.wave, options.requests - asked);
      const over = new AbortController();
      const { troubleSeconds: everySeconds, pauseSeconds } = options;
      const trouble = makeTrouble(stage, createRandom(random.bits()), { everySeconds, signal: over.signal });
      await ask(stage, random, { count, pauseSeconds, names });
      asked += count;
      say(`${asked} requests are made`);
      await untilNothingIsUrgent(stage, options, () => over.abort());
      for (const [what, times] of Object.entries((await trouble).counts))
        damage[what] = (damage[what] ?? 0) + times;
    }
    const end = await stage.network.clients.requester.getBlock();
    const found = await audit(stage, before);
    return {
      ...found,
      ...{ seed, folder, damage, spoiled: stage.spoiled() },
      kills: [...stage.crew.values()].reduce((sum, { kills }) => sum + kills, 0),
      blocks: Number(end.number - began.number),
      chainHours: Number(end.timestamp - began.timestamp) / 3_600,
    };
  } finally {
    await stage.close();
  }
}

/**
 * Waits until everything has ended. The chain's time is hurried on while nobody has anything to do; troubles end when that begins for the first time, or when
 * half of the patience is used up.
 */
async function untilNothingIsUrgent(
  stage: Stage,
  { patienceSeconds, say }: SoakOptions,
  calm: () => void,
): Promise<void> {
  const begun = Date.now();
  while (Date.now() - begun < patienceSeconds * 1_000) {
    const { urgent, waiting } = await findOpen(stage).catch(() => ({
      urgent: ["the node is down"],
      waiting: [],
    }));
    if (urgent.length + waiting.length === 0) break;
    say(`${urgent.length} urgent, ${waiting.length} waiting${urgent.length > 0 ? `; ${urgent[0]}` : ""}`);
    if (urgent.length === 0 || Date.now() - begun > patienceSeconds * 500) calm();
    if (urgent.length === 0) await stage.anvil.rpc("anvil_mine", "0x64").catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
  }
  calm();
}
