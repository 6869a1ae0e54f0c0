/** Chance may leave something out of a campaign: here everything that can happen is made to happen once. */

import { expect } from "chai";
import type { Campaign } from "./campaign.ts";
import * as actions from "./campaign-actions.ts";
import * as attacks from "./campaign-attacks.ts";
import type { Commitment, Play } from "./campaign-books.ts";
import { believed, falsehood, LIARS, variant } from "./palette.ts";
import { Outcome } from "./world.ts";

/** Every liar in both seats, every outcome of a game, every end of a request, every attack. */
export async function everything(campaign: Campaign): Promise<void> {
  await campaign.neglect(false);
  await campaign.neglect(true);
  for (const liar of LIARS) {
    const claim = falsehood(liar, campaign.world.record, campaign.random);
    const commitment = await commitTo(campaign, claim);
    const game = await campaign.open(commitment, campaign.someone(), variant(claim));
    await playOut(campaign, game);
    // Two who lie about the same byte are both wrong.
    if (liar === "word") expect(game.outcome).to.equal(Outcome.BothLose);
  }
  await showPoison(campaign);
  await defend(campaign);
  await convictAndLeave(campaign);
  await abandon(campaign);
  await publish(campaign);
  for (const isLate of [false, true]) {
    const lie = falsehood("word", campaign.world.record, campaign.random);
    const game = await campaign.open(await commitTo(campaign), campaign.someone(), lie);
    expect(await actions.edge(campaign, game, isLate)).to.equal(true);
  }
  await actions.swarm(campaign, await commitTo(campaign));
  for (const attack of [attacks.tryIllegal, attacks.replay, attacks.reorder, attacks.reenter])
    await attack(campaign);
}

/** What a contract has asked for is brought to it, after it would not take it. */
export async function deliverAll(campaign: Campaign): Promise<void> {
  for (const commitment of campaign.commitments.filter(actions.isDue)) {
    await actions.deliver(campaign, commitment, "Revert");
    await actions.deliver(campaign, commitment, "Reenter");
  }
}

/** A commitment that is nobody's to guard, with its trace. */
async function commitTo(campaign: Campaign, claim?: Commitment["claim"]): Promise<Commitment> {
  return await campaign.commit({ claim, isLazy: false, isGuarded: false, kind: "published" });
}

async function playOut(campaign: Campaign, game: Play): Promise<void> {
  while (game.outcome === Outcome.None && (await campaign.move(game, campaign.someone())));
}

/** An operator whose first row is behind its poison tries to answer all the same. */
async function showPoison(campaign: Campaign): Promise<void> {
  const { record, inputRoot } = campaign.world;
  let claim = falsehood("poison", record, campaign.random);
  while (believed(record, inputRoot, claim).tree.hasRow(0, 0n))
    claim = falsehood("poison", record, campaign.random);
  const game = await campaign.open(await commitTo(campaign, claim), campaign.someone());
  await campaign.move(game);
  await attacks.misplace(campaign, game);
}

/** Strangers defend a true result, and are repaid. */
async function defend(campaign: Campaign): Promise<void> {
  const { world, random } = campaign;
  const lie = falsehood("word", world.record, random);
  const game = await campaign.open(await commitTo(campaign), world.challenger, lie);
  while (game.outcome === Outcome.None) await campaign.move(game, world.stranger);
  expect(game.outcome).to.equal(Outcome.OperatorWins);
  await campaign.claimRefunds(game);
}

/** One challenger has the lie convicted, the other leaves. */
async function convictAndLeave(campaign: Campaign): Promise<void> {
  const { world, random } = campaign;
  const commitment = await commitTo(campaign, falsehood("suffix", world.record, random));
  const [first, second] = [
    await campaign.open(commitment, world.challenger),
    await campaign.open(commitment, world.rival),
  ];
  expect(await actions.convict(campaign, first)).to.equal(true);
  await actions.leave(campaign, second);
}

async function abandon(campaign: Campaign): Promise<void> {
  const { world, random } = campaign;
  const game = await campaign.open(
    await commitTo(campaign),
    world.challenger,
    falsehood("word", world.record, random),
  );
  expect(await actions.abandon(campaign, game)).to.equal(true);
}

async function publish(campaign: Campaign): Promise<void> {
  const hidden = { claim: undefined, isLazy: true, isGuarded: false, kind: "secret" } as const;
  const game = await campaign.demand(await campaign.commit(hidden), campaign.world.rival);
  expect(await campaign.move(game, campaign.someone())).to.equal(true);
  // Nobody opens a game about it, so a contract gets what it has asked for.
  await campaign.commit({ ...hidden, isLazy: false, isGuarded: true, kind: "subscribed" });
}
