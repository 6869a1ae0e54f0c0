import { expect } from "chai";
import { network } from "hardhat";
import { Campaign } from "../../support/protocol/campaign.ts";
import * as actions from "../../support/protocol/campaign-actions.ts";
import * as attacks from "../../support/protocol/campaign-attacks.ts";
import { createCampaignWorld, type Play } from "../../support/protocol/campaign-books.ts";
import { deliverAll, everything } from "../../support/protocol/campaign-endings.ts";
import { LIARS } from "../../support/protocol/palette.ts";
import { positionOf } from "../../support/protocol/positions.ts";
import { Outcome, owed, Status } from "../../support/protocol/world.ts";
import { createRandom } from "../../support/random.ts";
import { printedSeed } from "../../support/seed.ts";
import { steadyClock } from "../../support/steady-clock.ts";

const ACTIONS = 120;
/** Each round ends with everything that chance may have left out, so that everything happens as often as there are rounds: `npm run differential -- campaign`. */
const ROUNDS = Number(process.env.ASSAY_ROUNDS ?? 3);

const connection = await network.create();
const fixture = () => createCampaignWorld(connection);
const clock = steadyClock(connection);

const commit: Action = async (campaign) => {
  if (await campaign.hasRoom()) await campaign.commit();
};

type Action = (campaign: Campaign) => Promise<void>;

const weights: readonly [number, Action][] = [
  [4, commit],
  [1, (campaign) => campaign.neglect(campaign.random.chance(0.5))],
  [5, actions.openSomewhere],
  [1, actions.swarmSomewhere],
  [14, actions.playOn],
  [3, actions.letTimePass],
  [3, actions.moveAtTheEdge],
  [3, actions.endOverdue],
  [2, actions.abandonAtLeaf],
  [1, actions.convictSomewhere],
  [3, actions.settleSomething],
  [3, actions.quitSomewhere],
  [1, actions.useVault],
  [2, actions.deliverSomething],
  [3, attacks.tryIllegal],
  [3, attacks.replay],
  [2, attacks.reorder],
  [2, attacks.reenter],
];

/** Everything that can happen. */
const ENDINGS = [
  ...["operator won", "challenger won", "both lost", "undecided", "left"],
  ...["final", "slashed", "void", "refunded", "refunded with penalty"],
];
const WANTED = [
  ...ENDINGS,
  ...LIARS.flatMap((liar) => [`committed ${liar}`, `challenged with ${liar}`]),
  ...["committed the truth", "challenged with the truth", "demanded", "swarm", "timeout", "convicted"],
  ...["reveal", "answer", "step", "publish", "rewarded", "defender repaid", "delivered", "not taken"],
  ...["in the last second", "one second late", "forbidden", "replayed", "reordered", "poison shown"],
  ...["token called back", "receiver called back"],
];

/** What holds of every game at every moment. */
async function checkGames(campaign: Campaign): Promise<void> {
  const { world, games } = campaign;
  const now = BigInt(await world.time.latest());
  for (const game of games) {
    const isActive = game.outcome === Outcome.None;
    const [canMove, canTimeout] = [
      await world.game.canMove(game.gameId),
      await world.game.canTimeout(game.gameId),
    ];
    expect([canMove || canTimeout, canMove && canTimeout]).to.deep.equal([isActive, false]);
    expect((await world.game.gameOf(game.gameId)).outcome).to.equal(game.outcome);
    const [mine, theirs] = await campaign.remaining(game);
    expect(mine <= game.remaining[0] && theirs <= game.remaining[1], "a clock ran backwards").to.equal(true);
    game.remaining = [mine, theirs];
    if (now >= game.openedAt + 2n * BigInt(world.profile.clockSeconds)) expect(canMove).to.equal(false);
  }
}

/** From any state at all a stranger ends everything, with one call for each game and each result, and all that was held is somebody's, or burned (I8). */
async function checkLiveness(campaign: Campaign): Promise<void> {
  const { world, games, commitments } = campaign;
  const { game, hub, vault, stranger, profile } = world;
  const snapshot = await connection.networkHelpers.takeSnapshot();
  const { length } = clock.taken;
  await world.time.increase(profile.windowSeconds + 2 * profile.clockSeconds + 1);
  for (const { gameId } of campaign.active()) {
    await game.connect(stranger).timeout(gameId, await positionOf(world, gameId));
  }
  for (const { requestId } of commitments) {
    if ((await hub.requestOf(requestId)).status === Status.Committed)
      await hub.connect(stranger).settle(requestId);
    expect([Status.Final, Status.Slashed, Status.Void]).to.include(await hub.statusOf(requestId));
  }
  for (const one of games) await collect(campaign, one);
  expect((await vault.escrow()).held, "something is held for ever").to.equal(0n);
  expect((await vault.stakeOf(world.operator)).locked, "something is locked for ever").to.equal(0n);
  await snapshot.restore();
  clock.taken.length = length;
  campaign.count("ended by a stranger");
}

/** What the game owes, if it owes anything, is credited. */
async function collect({ world }: Campaign, { gameId, outcome: before, refunds }: Play): Promise<void> {
  const { game, stranger } = world;
  const { outcome } = await game.gameOf(gameId);
  const movers = refunds.map(({ mover }) => mover);
  if (outcome === Outcome.OperatorWins && movers.length > 0)
    await game.connect(stranger).claimRefund(gameId, movers);
  if (outcome !== Outcome.ChallengerWins) return;
  const isOwed = await game.claimReward.staticCall(gameId).then(
    () => true,
    () => false,
  );
  if (isOwed) await game.connect(stranger).claimReward(gameId);
  else if (before === Outcome.None) {
    // Nine have opened their games earlier, and have won.
    await expect(game.claimReward(gameId)).to.be.revertedWithCustomError(game, "GameNothingOwed");
  }
}

/** Everything ends by permissionless calls, everyone takes out what is theirs, and nothing is left. */
async function drain(campaign: Campaign): Promise<void> {
  const { world, ledger } = campaign;
  await campaign.warp(BigInt(world.profile.windowSeconds + 2 * world.profile.clockSeconds + 1));
  while (campaign.active().length > 0) await actions.endOverdue(campaign);
  for (let left = campaign.commitments.length; left > 0; left--) await actions.settleSomething(campaign);
  await deliverAll(campaign);
  for (const game of campaign.games) await campaign.claimRefunds(game);
  await ledger.check(world, "at the end");
  for (const { isGuarded, claim, status } of campaign.commitments) {
    expect([Status.Final, Status.Slashed, Status.Void]).to.include(status);
    if (isGuarded) expect(status).to.equal(claim === undefined ? Status.Final : Status.Slashed);
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
  // The contract that asked for results never takes anything out.
  const rest = await world.vault.balanceOf(world.receiver);
  expect([await owed(world), await world.token.balanceOf(world.vault)]).to.deep.equal([0n, rest]);
}

async function runRound(campaign: Campaign): Promise<void> {
  const weighted = weights.flatMap(([weight, action]) => Array<Action>(weight).fill(action));
  const { random, ledger, world } = campaign;
  for (let i = 0; i < ACTIONS; i++) {
    await random.pick(weighted)(campaign);
    if (i % 5 === 0) await checkGames(campaign);
    if (i % 10 === 0) await ledger.check(world, `action ${i}`);
    if (i % 40 === 39) await checkLiveness(campaign);
  }
  await everything(campaign);
  await checkGames(campaign);
  await checkLiveness(campaign);
  await drain(campaign);
}

describe("whole system: random campaigns", () => {
  it("behavior: money is conserved, clocks are honest, the honest side prevails, and a stranger can end everything", async () => {
    const random = createRandom(printedSeed("campaign"));
    const counts = new Map<string, number>();
    const [taken, refused] = [[] as number[], clock.refused];
    for (let round = 0; round < ROUNDS; round++) {
      const world = await connection.networkHelpers.loadFixture(fixture);
      const campaign = await Campaign.create(world, random, clock);
      await runRound(campaign);
      taken.push(clock.taken.length);
      for (const [what, count] of campaign.counts) counts.set(what, (counts.get(what) ?? 0) + count);
    }
    console.log(
      `      ${[...counts]
        .map(([what, count]) => `${what}: ${count}`)
        .sort()
        .join(", ")}`,
    );
    const sent = taken.reduce((sum, count) => sum + count, 0);
    const tried = sent + clock.refused - refused;
    console.log(`      ${sent} of ${tried} calls were taken`);
    for (const what of WANTED) expect(counts.get(what) ?? 0, what).to.be.at.least(ROUNDS);
    expect(sent / tried, "share of calls that were taken").to.be.above(0.6);
  });
});
