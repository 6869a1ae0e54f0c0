import { expect } from "chai";
import { parseEther } from "ethers";
import { network } from "hardhat";
import { Campaign, type Commitment, MARGIN, type Play } from "../../support/protocol/campaign.ts";
import { quit, timeout } from "../../support/protocol/games.ts";
import { NO_POSITION } from "../../support/protocol/positions.ts";
import { createWorld, Outcome, owed, Phase, Side, Status, type World } from "../../support/protocol/world.ts";
import { createRandom } from "../../support/random.ts";
import { printedSeed } from "../../support/seed.ts";

const ACTIONS = 160;
const connection = await network.create();
const fixture = () => createWorld(connection);

type Action = (campaign: Campaign) => Promise<void>;

/** What somebody may do next; each does nothing when it cannot be done. */
const actions: readonly [number, Action][] = [
  [3, (campaign) => campaign.commit()],
  [1, (campaign) => campaign.neglect()],
  [5, openSomewhere],
  [16, playOn],
  [3, letTimePass],
  [3, endOverdue],
  [2, abandonAtLeaf],
  [2, settleSomething],
  [4, quitSomewhere],
  [1, useVault],
  [4, tryIllegal],
];

/** Up to four moves of one game, by the sides themselves or by strangers. */
async function playOn(campaign: Campaign): Promise<void> {
  const { random } = campaign;
  const active = campaign.active();
  if (active.length === 0) return;
  const game = random.pick(active);
  for (let moves = random.integer(1, 4); moves > 0; moves--) {
    if (!(await campaign.move(game, random.chance(0.5) ? campaign.someone() : undefined))) return;
    if (game.outcome !== Outcome.None) return;
  }
}

async function openSomewhere(campaign: Campaign): Promise<void> {
  const { world, random } = campaign;
  const now = BigInt(await world.time.latest());
  const open: Commitment[] = [];
  for (const commitment of campaign.commitments) {
    const { windowEndsAt } = await world.hub.requestOf(commitment.requestId);
    if (commitment.status === Status.Committed && now + MARGIN < windowEndsAt) open.push(commitment);
  }
  if (open.length === 0) return;
  const commitment = random.pick(open);
  // The truth (which agrees with a true result, so cannot be revealed), the operator's own trace, other lies in the same places, or elsewhere.
  const { lies: own } = commitment.trace;
  const others = own.map((lie) => ({ ...lie, mask: (lie.mask % 255) + 1 }));
  const [more, still] = [campaign.randomLies(), campaign.randomLies()];
  const lies = random.pick(commitment.isTrue ? [own, more, still] : [[], [], own, others, others, more]);
  await campaign.open(commitment, campaign.someone(), lies);
}

async function letTimePass(campaign: Campaign): Promise<void> {
  const { world, random } = campaign;
  await campaign.guard();
  const active = campaign.active();
  if (active.length > 0 && random.chance(0.5)) {
    // To the second before, or at which, a clock runs out.
    const game = random.pick(active);
    const [mine, theirs] = await remaining(world, game);
    const rest = random.pick([mine, theirs]);
    if (rest > MARGIN) {
      await campaign.warp(rest - BigInt(random.integer(0, 1)));
      return await checkGames(campaign);
    }
  }
  await campaign.warp(BigInt(random.pick([1, 30, 30, 300, 300, 1500])));
}

async function endOverdue(campaign: Campaign): Promise<void> {
  for (const game of campaign.active()) {
    if (!(await campaign.world.game.canTimeout(game.gameId))) continue;
    const { phase, turn } = await campaign.world.game.gameOf(game.gameId);
    await timeout(campaign.world, game, campaign.someone());
    const loser = turn === Side.Operator ? Outcome.ChallengerWins : Outcome.OperatorWins;
    await campaign.end(game, phase === Phase.Leaf ? Outcome.Undecided : loser);
    campaign.count("timeout");
    return;
  }
}

/** A game about an unguarded commitment reaches the leaf, and nobody has the court compute. */
async function abandonAtLeaf(campaign: Campaign): Promise<void> {
  const { world } = campaign;
  const game = campaign
    .active()
    .find(({ commitment }) => !commitment.isGuarded && commitment.status === Status.Committed);
  if (game === undefined) return;
  for (;;) {
    if ((await world.game.gameOf(game.gameId)).phase === Phase.Leaf) break;
    if (!(await campaign.move(game))) return;
  }
  await campaign.warp(BigInt(world.profile.clockSeconds));
  await endOverdue(campaign);
}

async function settleSomething(campaign: Campaign): Promise<void> {
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
    ledger.give(now === Status.Void ? world.requester.address : operator, fee);
    campaign.count(`status ${now}`);
    return;
  }
}

async function quitSomewhere(campaign: Campaign): Promise<void> {
  const game = campaign.active().find(({ commitment }) => commitment.status === Status.Slashed);
  if (game === undefined || campaign.random.chance(0.5)) return;
  await quit(campaign.world, game);
  await campaign.end(game, Outcome.Left);
}

async function useVault({ world, ledger, random }: Campaign): Promise<void> {
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
    await vault.deposit(operator.address, 200n * amount);
    await vault.connect(operator).stake(200n * amount);
    ledger.stake(operator.address, 200n * amount);
  }
}

/** Something that the rules forbid at this moment: it must be refused for that very reason. */
async function tryIllegal(campaign: Campaign): Promise<void> {
  const { world, random } = campaign;
  const { game, hub } = world;
  const play = campaign.games.length === 0 ? undefined : random.pick(campaign.games);
  if (play === undefined) return;
  const { gameId, requestId } = play;
  const canMove = await game.canMove(gameId);
  if (canMove && (await campaign.rest(play)) < MARGIN) return;
  const { phase } = await game.gameOf(gameId);
  const [refused, contract, error]: [Promise<unknown>, World["game"] | World["hub"], string] =
    phase === Phase.Ended
      ? [timeout(world, play), game, "GameNotActive"]
      : canMove
        ? [timeout(world, play), game, "GameClockRunning"]
        : phase === Phase.Narrowing
          ? [game.answer(gameId, NO_POSITION, [], [], []), game, "GameClockUsedUp"]
          : phase === Phase.Leaf
            ? [game.step(gameId, NO_POSITION, "0x"), game, "GameClockUsedUp"]
            : [game.answer(gameId, NO_POSITION, [], [], []), game, "GamePhaseMismatch"];
  await expect(refused).to.be.revertedWithCustomError(contract, error);
  if (phase === Phase.Narrowing && canMove) {
    await expect(game.answer(gameId, NO_POSITION, [], [], [])).to.be.revertedWithCustomError(
      game,
      "GameStateMismatch",
    );
  }
  const { windowEndsAt } = await hub.requestOf(requestId);
  const left = windowEndsAt - BigInt(await world.time.latest());
  if (canMove && play.commitment.status === Status.Committed && (left <= 0n || left > MARGIN)) {
    const settled = left > 0n ? "HubWindowOpen" : "HubGamesOpen";
    await expect(hub.settle(requestId)).to.be.revertedWithCustomError(hub, settled);
  }
  campaign.count("refused");
}

async function remaining({ game }: World, { gameId }: Play): Promise<[bigint, bigint]> {
  return [await game.remainingOf(gameId, Side.Operator), await game.remainingOf(gameId, Side.Challenger)];
}

/** What holds of every game at every moment. */
async function checkGames({ world, games }: Campaign): Promise<void> {
  const now = BigInt(await world.time.latest());
  for (const game of games) {
    const isActive = game.outcome === Outcome.None;
    const [canMove, canTimeout] = [
      await world.game.canMove(game.gameId),
      await world.game.canTimeout(game.gameId),
    ];
    expect([canMove || canTimeout, canMove && canTimeout]).to.deep.equal([isActive, false]);
    expect((await world.game.gameOf(game.gameId)).outcome).to.equal(game.outcome);
    const [mine, theirs] = await remaining(world, game);
    expect(mine <= game.remaining[0] && theirs <= game.remaining[1], "a clock ran backwards").to.equal(true);
    game.remaining = [mine, theirs];
    if (now >= game.openedAt + 2n * BigInt(world.profile.clockSeconds)) expect(canMove).to.equal(false);
  }
}

/** Everything ends by permissionless calls, everyone takes out what is theirs, and nothing is left. */
async function drain(campaign: Campaign): Promise<void> {
  const { world, ledger } = campaign;
  await campaign.warp(BigInt(world.profile.windowSeconds + 2 * world.profile.clockSeconds + 1));
  while (campaign.active().length > 0) await endOverdue(campaign);
  for (let left = campaign.commitments.length; left > 0; left--) await settleSomething(campaign);
  for (const game of campaign.games) await campaign.claimRefunds(game);
  await ledger.check(world, "at the end");
  for (const { isGuarded, isTrue, status } of campaign.commitments) {
    expect([Status.Final, Status.Slashed, Status.Void]).to.include(status);
    if (isGuarded) expect(status).to.equal(isTrue ? Status.Final : Status.Slashed);
  }
  for (const ticket of ledger.tickets.keys()) await world.vault.completeUnstake(ticket);
  const { amount } = await world.vault.stakeOf(world.operator);
  const ticketId = await world.vault.connect(world.operator).requestUnstake.staticCall(amount);
  await world.vault.connect(world.operator).requestUnstake(amount);
  await world.time.increase(500);
  await world.vault.completeUnstake(ticketId);
  for (const actor of [world.deployer, ...world.actors]) {
    await world.vault.connect(actor).withdraw(actor.address, await world.vault.balanceOf(actor));
  }
  await world.vault.sweepBurned();
  expect([await owed(world), await world.token.balanceOf(world.vault)]).to.deep.equal([0n, 0n]);
}

describe("whole system: random campaigns", () => {
  it("behavior: money is conserved, clocks are honest, and the honest side prevails", async () => {
    const random = createRandom(printedSeed("campaign"));
    const counts = new Map<string, number>();
    const weighted = actions.flatMap(([weight, action]) => Array<Action>(weight).fill(action));
    // Campaigns follow each other until everything that can happen has happened often enough.
    const wanted = [
      "commit",
      "open",
      "reveal",
      "answer",
      "step",
      "timeout",
      "refund",
      "reward",
      "refused",
      "refunded",
    ];
    wanted.push("refunded with penalty", "outcome 1", "outcome 2", "outcome 3", "outcome 4", "outcome 5");
    wanted.push("status 4", "status 6");
    for (let round = 0; round < 40; round++) {
      const world = await connection.networkHelpers.loadFixture(fixture);
      // The chain goes back to the fixture's last block, its clock does not: without a block of now, the next one could come minutes later.
      await connection.networkHelpers.mine();
      const campaign = await Campaign.create(world, random);
      for (let i = 0; i < ACTIONS; i++) {
        await random.pick(weighted)(campaign);
        if (i % 5 === 0) await checkGames(campaign);
        if (i % 10 === 0) await campaign.ledger.check(world, `action ${i}`);
      }
      await drain(campaign);
      for (const [what, count] of campaign.counts) counts.set(what, (counts.get(what) ?? 0) + count);
      if (round >= 2 && wanted.every((what) => (counts.get(what) ?? 0) >= 3)) break;
    }
    console.log(
      `      ${[...counts]
        .map(([what, count]) => `${what}: ${count}`)
        .sort()
        .join(", ")}`,
    );
    for (const what of wanted) expect(counts.get(what) ?? 0, what).to.be.at.least(3);
  });
});
