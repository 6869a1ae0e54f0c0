import { expect } from "chai";
import { id } from "ethers";
import { network } from "hardhat";
import {
  answer,
  type Match,
  makeCommitment,
  OTHER_OUTPUT_LIE,
  OUTPUT_LIE,
  openGame,
  playGame,
  playToLeaf,
  postTrace,
  reveal,
  step,
  timeout,
  traceOf,
} from "../../support/protocol/games.ts";
import { at, createWorld, Outcome, Status, type World } from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

type Commitment = Awaited<ReturnType<typeof makeCommitment>>;

/** Ways in which an accomplice of a liar loses a game on purpose. */
const performances: [string, (world: World, commitment: Commitment) => Promise<Match>][] = [
  [
    "never reveals",
    async (world, commitment) => {
      const match = await openGame(world, commitment, world.rival, traceOf(world));
      await world.time.increase(world.profile.clockSeconds);
      await timeout(world, match);
      return match;
    },
  ],
  [
    "reveals and falls silent",
    async (world, commitment) => {
      const match = await openGame(world, commitment, world.rival, traceOf(world));
      await playToLeaf(world, match);
      await world.time.increase(world.profile.clockSeconds);
      await timeout(world, match);
      return match;
    },
  ],
  [
    // It claims something else in a place that the liar computed rightly.
    "contests a right word",
    (world, commitment) =>
      playGame(world, commitment, world.rival, [{ step: 1, byte: 0, mask: 1 }, OTHER_OUTPUT_LIE]),
  ],
];

describe("DisputeGame: laundering", () => {
  for (const [title, perform] of performances) {
    it(`behavior: attack 1: an accomplice that ${title} neither finalises a lie nor keeps the honest out`, async () => {
      const world = await load();
      const { hub } = world;
      const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
      const performed = await perform(world, commitment);
      const { outcome } = await world.game.gameOf(performed.gameId);
      expect([Outcome.OperatorWins, Outcome.Undecided]).to.include(outcome);

      // Nothing is final, the window is what it was, and the next game takes its course.
      expect(await hub.statusOf(commitment.requestId)).to.equal(Status.Committed);
      await expect(hub.settle(commitment.requestId))
        .to.be.revertedWithCustomError(hub, "HubWindowOpen")
        .withArgs(commitment.requestId, (await hub.requestOf(commitment.requestId)).windowEndsAt);
      const honest = await playGame(world, commitment, world.challenger);
      expect((await world.game.gameOf(honest.gameId)).outcome).to.equal(Outcome.ChallengerWins);
      expect(await hub.statusOf(commitment.requestId)).to.equal(Status.Slashed);
    });
  }

  it("behavior: attack 7: games of accomplices do not take the place of the honest one, in whatever number", async () => {
    const world = await load();
    const { game, vault, token, ethers } = world;
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    await token.approve(vault, ethers.MaxUint256);
    await vault.deposit(world.rival.address, 100n * world.profile.bond);
    for (let i = 0; i < 40; i++) await game.connect(world.rival).open(commitment.requestId, id(`sybil ${i}`));
    await playGame(world, commitment, world.challenger);
    expect(await world.hub.statusOf(commitment.requestId)).to.equal(Status.Slashed);
  });

  it("behavior: attack 2: a liar whose accomplices win first pays the same", async () => {
    const world = await load();
    const { vault, profile, operator } = world;
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const honest = await openGame(world, commitment, world.challenger, traceOf(world));
    const sybils: Match[] = [];
    for (let i = 0; i < 3; i++) sybils.push(await openGame(world, commitment, world.rival, traceOf(world)));
    for (const match of sybils) {
      await playToLeaf(world, match);
      await step(world, match);
    }
    // At least half is gone for good, whatever the accomplices take back.
    expect((await vault.stakeOf(operator)).amount).to.equal(4n * profile.lock);
    expect((await vault.escrow()).burned).to.equal((profile.lock * 55n) / 100n);
    // The honest game goes on, and as the earliest opened one it has half of the rest.
    await playToLeaf(world, honest);
    await step(world, honest);
    await world.game.claimReward(honest.gameId);
    const pool = (profile.lock * 38n) / 100n;
    expect(await vault.balanceOf(world.challenger)).to.equal(2000n * 10n ** 18n + pool / 2n);
  });

  it("behavior: attack 16, 40 and 51: a game alone and the same game among others are the same to the second", async () => {
    const world = await load();
    const { game, rival } = world;
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE], lazy: true });
    const match = await openGame(world, commitment, world.challenger, traceOf(world));
    const start = (await game.gameOf(match.gameId)).turnStartedAt;
    const played: unknown[] = [];
    for (const crowded of [false, true]) {
      const snapshot = await connection.networkHelpers.takeSnapshot();
      // Others that are lost, won and lost by both, and one that is never played.
      const others: Match[] = [];
      for (const lies of crowded
        ? [[{ step: 1, byte: 0, mask: 1 }, OTHER_OUTPUT_LIE], [], [OTHER_OUTPUT_LIE], []]
        : []) {
        others.push(await openGame(world, commitment, rival, traceOf(world, lies)));
      }
      const noise = async (): Promise<void> => {
        const other = others.shift();
        if (other === undefined) return;
        await playToLeaf(world, other);
        await step(world, other);
      };
      await postTrace(world, commitment);
      await at(world, start + 100n, () => reveal(world, match));
      await noise();
      await at(world, start + 300n, () => answer(world, match));
      await noise();
      await at(world, start + 700n, () => answer(world, match));
      await noise();
      await at(world, start + 900n, () => step(world, match));
      played.push([...(await game.gameOf(match.gameId))]);
      await snapshot.restore();
    }
    expect(played[1]).to.deep.equal(played[0]);
  });
});
