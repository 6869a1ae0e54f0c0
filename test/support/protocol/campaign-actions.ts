/** What somebody may do next in a campaign; each does nothing when it cannot be done. */

import { expect } from "chai";
import { parseEther } from "ethers";
import { type Campaign, MARGIN, RECEIVER_GAS } from "./campaign.ts";
import type { Commitment, Play } from "./campaign-books.ts";
import { Mood } from "./consumers.ts";
import * as play from "./games.ts";
import { variant } from "./palette.ts";
import { Outcome, Phase, Side, Status } from "./world.ts";

/** More open games than these make a campaign slow, and nothing else. */
const MOST_ACTIVE = 12;

/** Up to four moves of one game, by the sides themselves or by strangers. */
export async function playOn(campaign: Campaign): Promise<void> {
  const { random } = campaign;
  const active = campaign.active();
  if (active.length === 0) return;
  const game = random.pick(active);
  for (let moves = random.integer(1, 4); moves > 0; moves--) {
    if (!(await campaign.move(game, random.chance(0.5) ? campaign.someone() : undefined))) return;
    if (game.outcome !== Outcome.None) return;
  }
}

/** A challenge: the truth, the operator's own trace, the same lie with other bytes, or any other lie. */
export async function openSomewhere(campaign: Campaign): Promise<void> {
  const commitment = await challengeable(campaign);
  if (commitment !== undefined) await challenge(campaign, commitment, campaign.someone());
}

export async function swarmSomewhere(campaign: Campaign): Promise<void> {
  const commitment = await challengeable(campaign);
  if (commitment !== undefined) await swarm(campaign, commitment);
}

/** Many accounts of one owner challenge the same result, whether it is true or their own lie; some play on, others never say a word. */
export async function swarm(campaign: Campaign, commitment: Commitment): Promise<void> {
  const { world, random } = campaign;
  const first = campaign.games.length;
  for (const sybil of world.crowd.slice(0, random.integer(3, 6)))
    await challenge(campaign, commitment, sybil);
  for (const game of campaign.games.slice(first)) {
    // Accomplices move for both sides.
    for (let moves = random.integer(0, 2); moves > 0; moves--)
      await campaign.move(game, random.pick(world.crowd));
  }
  campaign.count("swarm");
}

async function challengeable(campaign: Campaign): Promise<Commitment | undefined> {
  const { world, random } = campaign;
  if (campaign.active().length >= MOST_ACTIVE) return undefined;
  const now = BigInt(await world.time.latest());
  const open: Commitment[] = [];
  for (const commitment of campaign.commitments) {
    if (commitment.status !== Status.Committed) continue;
    const { windowEndsAt } = await world.hub.requestOf(commitment.requestId);
    if (now + 2n * MARGIN < windowEndsAt) open.push(commitment);
  }
  return open.length === 0 ? undefined : random.pick(open);
}

async function challenge(campaign: Campaign, commitment: Commitment, by: Play["challenger"]): Promise<void> {
  const { random } = campaign;
  const { claim, isSecret } = commitment;
  if (isSecret && random.chance(0.3)) {
    await campaign.demand(commitment, by);
    return;
  }
  const other = campaign.falsehood();
  // The truth agrees with a true result, and one's own trace with itself: neither can be revealed.
  const choice =
    claim === undefined ? [other, other, undefined] : [undefined, undefined, claim, variant(claim), other];
  await campaign.open(commitment, by, random.pick(choice));
}

/** Time passes: a little, or to the second at which, or before which, a clock runs out. */
export async function letTimePass(campaign: Campaign): Promise<void> {
  const { random } = campaign;
  await campaign.guard();
  const active = campaign.active();
  if (active.length > 0 && random.chance(0.5)) {
    const rest = random.pick(await campaign.remaining(random.pick(active)));
    if (rest > 1n) return await campaign.warp(rest - BigInt(random.integer(0, 1)));
  }
  await campaign.warp(BigInt(random.pick([1, 30, 30, 300, 300, 1500])));
}

/** A move in the very last second, or one second after it: the one is taken, the other is not, and the game is over. */
export async function moveAtTheEdge(campaign: Campaign): Promise<void> {
  const { random } = campaign;
  for (const game of campaign.active()) {
    if (await edge(campaign, game, random.chance(0.5))) return;
  }
}

/** The same in one game; nothing if whoever is to move has no move. */
export async function edge(campaign: Campaign, game: Play, isLate: boolean): Promise<boolean> {
  const { world } = campaign;
  await campaign.guard();
  if (game.outcome !== Outcome.None || (await campaign.rest(game)) < 2n * MARGIN) return false;
  const move = await campaign.prepare(game, campaign.random.chance(0.3) ? campaign.someone() : undefined);
  if (move === undefined) return false;
  const last = BigInt(await world.time.latest()) + (await campaign.rest(game)) - 1n;
  await world.time.setNextBlockTimestamp(isLate ? last + 1n : last);
  if (isLate) {
    await expect(move.send()).to.be.revertedWithCustomError(world.game, "GameClockUsedUp");
    // The time that was set is that of the next block, whoever makes it.
    await timeOut(campaign, game);
    campaign.count("one second late");
  } else {
    await move.send();
    await move.book();
    campaign.count(move.name);
    campaign.count("in the last second");
  }
  return true;
}

/** Whatever has run out of time is ended by somebody. */
export async function endOverdue(campaign: Campaign): Promise<void> {
  for (const game of campaign.active()) {
    if (!(await campaign.world.game.canTimeout(game.gameId))) continue;
    return await timeOut(campaign, game);
  }
}

async function timeOut(campaign: Campaign, game: Play): Promise<void> {
  const { phase, turn } = await campaign.world.game.gameOf(game.gameId);
  await play.timeout(campaign.world, game, campaign.someone());
  const loser = turn === Side.Operator ? Outcome.ChallengerWins : Outcome.OperatorWins;
  await campaign.end(game, phase === Phase.Leaf ? Outcome.Undecided : loser);
  campaign.count("timeout");
}

/** A game about an unguarded commitment reaches the leaf, and nobody has the court compute. */
export async function abandonAtLeaf(campaign: Campaign): Promise<void> {
  for (const game of campaign.active()) {
    const { isGuarded, status } = game.commitment;
    if (isGuarded || status !== Status.Committed || game.isDemand) continue;
    if (await abandon(campaign, game)) return;
  }
}

/** The same with one game; nothing if it does not get there. */
export async function abandon(campaign: Campaign, game: Play): Promise<boolean> {
  const { world } = campaign;
  const phaseOf = async () => (await world.game.gameOf(game.gameId)).phase;
  while ((await phaseOf()) !== Phase.Leaf) if (!(await campaign.move(game))) return false;
  await campaign.warp(BigInt(world.profile.clockSeconds));
  await timeOut(campaign, game);
  return true;
}

/** A lie whose trace can be guessed is convicted without narrowing, by anybody. */
export async function convictSomewhere(campaign: Campaign): Promise<void> {
  for (const game of campaign.active()) if (await convict(campaign, game)) return;
}

/** The same in one game; nothing if there is no such word. */
export async function convict(campaign: Campaign, game: Play): Promise<boolean> {
  const lie = campaign.contradiction(game);
  if (lie === undefined || (await campaign.rest(game)) < MARGIN) return false;
  await play.convict(campaign.world, game, lie, campaign.someone());
  campaign.count("convicted");
  await campaign.end(game, Outcome.ChallengerWins);
  return true;
}

export async function settleSomething(campaign: Campaign): Promise<void> {
  const { world, ledger } = campaign;
  for (const commitment of campaign.commitments) {
    const now = await world.hub.statusOf(commitment.requestId);
    if (commitment.status !== Status.Committed || now === Status.Committed) continue;
    expect(now).to.equal(commitment.isTainted ? Status.Void : Status.Final);
    await world.hub.connect(campaign.someone()).settle(commitment.requestId);
    commitment.status = now;
    const { fee } = await world.hub.requestOf(commitment.requestId);
    const operator = world.operator.address;
    ledger.slash(operator, now === Status.Void ? world.profile.voidPenalty : 0n);
    if (now === Status.Void) ledger.burn(world.profile.voidPenalty);
    ledger.give(now === Status.Void ? commitment.requester : operator, fee);
    campaign.count(now === Status.Void ? "void" : "final");
    return;
  }
}

/** Challengers of what others have slashed leave. */
export async function quitSomewhere(campaign: Campaign): Promise<void> {
  const game = campaign.active().find(({ commitment }) => commitment.status === Status.Slashed);
  if (game !== undefined && campaign.random.chance(0.5)) await leave(campaign, game);
}

/** The challenger of what others have slashed leaves. */
export async function leave(campaign: Campaign, game: Play): Promise<void> {
  await play.quit(campaign.world, game);
  await campaign.end(game, Outcome.Left);
}

/** The operator puts in, takes out, and waits. */
export async function useVault(campaign: Campaign): Promise<void> {
  const { world, ledger, random } = campaign;
  const { vault, operator, time } = world;
  const amount = parseEther(`${random.integer(1, 50)}`);
  const [ticket] = [...ledger.tickets.keys()];
  const { amount: staked, locked } = await vault.stakeOf(operator);
  if (ticket !== undefined && (await vault.ticketOf(ticket)).readyAt <= BigInt(await time.latest())) {
    await vault.completeUnstake(ticket);
    ledger.credit(operator.address, ledger.tickets.get(ticket)?.amount ?? 0n);
    ledger.tickets.delete(ticket);
  } else if (staked - locked >= amount) {
    const ticketId = await vault.connect(operator).requestUnstake.staticCall(amount);
    await vault.connect(operator).requestUnstake(amount);
    ledger.stake(operator.address, -amount);
    ledger.tickets.set(ticketId, { owner: operator.address, amount });
  } else {
    await campaign.stake(200n * amount);
  }
}

/** A final result is brought to the contract that has asked for it, in whatever mood that is. */
export async function deliverSomething(campaign: Campaign): Promise<void> {
  const { commitments, random } = campaign;
  const due = commitments.filter(isDue);
  if (due.length > 0) await deliver(campaign, random.pick(due), random.pick(MOODS));
}

/** Whether a contract still waits for the result, which is there. */
export function isDue({ status, isSubscribed, isDelivered }: Commitment): boolean {
  return status === Status.Final && isSubscribed && !isDelivered;
}

const MOODS = ["Accept", "Revert", "BurnGas", "RevertBomb", "Reenter"] as const;

export async function deliver(
  campaign: Campaign,
  commitment: Commitment,
  mood: (typeof MOODS)[number],
): Promise<void> {
  const { delivery, receiver } = campaign.world;
  const { requestId, trace } = commitment;
  await receiver.feel(Mood[mood]);
  const [received, { attempts }] = [await receiver.received(), await delivery.deliveryOf(requestId)];
  await delivery.connect(campaign.someone()).deliver(requestId, trace.output, RECEIVER_GAS);
  // A receiver that calls back is refused in there, and has its result.
  commitment.isDelivered = mood === "Accept" || mood === "Reenter";
  const after = await delivery.deliveryOf(requestId);
  expect([after.attempts, after.status]).to.deep.equal([attempts + 1n, commitment.isDelivered ? 3n : 2n]);
  expect(await receiver.received()).to.equal(received + (commitment.isDelivered ? 1n : 0n));
  if (mood === "Reenter") {
    const reason = delivery.interface.parseError(await receiver.nestedReason());
    expect(reason?.name).to.equal("DeliveryNotDue");
    campaign.count("receiver called back");
  }
  campaign.count(commitment.isDelivered ? "delivered" : "not taken");
}
