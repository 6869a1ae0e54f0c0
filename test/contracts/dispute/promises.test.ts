import { expect } from "chai";
import { id } from "ethers";
import { network } from "hardhat";
import {
  answer,
  makeCommitment,
  OTHER_OUTPUT_LIE,
  OUTPUT_LIE,
  openGame,
  playGame,
  playToLeaf,
  reveal,
  step,
  timeout,
  traceOf,
} from "../../support/protocol/games.ts";
import {
  at,
  createWorld,
  FREE,
  Outcome,
  type Signer,
  STAKE,
  Status,
  UNSTAKE_DELAY,
  type World,
} from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

/** Answers that a game of the toy model has at most: its traces have five levels, an answer descends four. */
const ANSWERS = 2;

async function nonceOf(world: World, { address }: Signer): Promise<number> {
  return await world.ethers.provider.getTransactionCount(address);
}

async function now(world: World): Promise<bigint> {
  return BigInt(await world.time.latest());
}

describe("the promises of SECURITY.md", () => {
  it("behavior: promise S1, one bond and d/2 + 2 transactions with a delay below C in total convict a lie, among any number of sybils", async () => {
    const world = await load();
    const { game, hub, vault, challenger, rival, profile } = world;
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const { requestId } = commitment;
    for (let i = 0; i < 15; i++) await game.connect(rival).open(requestId, id(`sybil ${i}`));
    const { windowEndsAt } = await hub.requestOf(requestId);
    // At the last second of the window; every second of the clock but the last one is used up.
    const free = await vault.balanceOf(challenger);
    await world.time.setNextBlockTimestamp(windowEndsAt - 1n);
    const match = await openGame(world, commitment, challenger, traceOf(world));
    expect(await vault.balanceOf(challenger)).to.equal(free - profile.bond);
    const before = await nonceOf(world, challenger);
    const clock = BigInt(profile.clockSeconds);
    await at(world, (await now(world)) + clock / 2n, () => reveal(world, match));
    await at(world, (await now(world)) + clock - 1n, () => answer(world, match));
    await at(world, (await now(world)) + clock / 2n - 2n, () => answer(world, match));
    await at(world, (await now(world)) + 1n, () => step(world, match, challenger));
    expect((await nonceOf(world, challenger)) - before).to.be.at.most(Math.ceil(ANSWERS / 2) + 2);
    expect((await game.gameOf(match.gameId)).outcome).to.equal(Outcome.ChallengerWins);
    expect(await hub.statusOf(requestId)).to.equal(Status.Slashed);
    expect(await vault.balanceOf(challenger)).to.be.at.least(free);
  });

  it("behavior: promise S2, anyone who has the trace of an eager commitment keeps its absent operator from being slashed", async () => {
    const world = await load();
    const { game, hub, vault, operator, third, profile } = world;
    const commitment = await makeCommitment(world);
    const absent = await nonceOf(world, operator);
    for (const lie of [OUTPUT_LIE, OTHER_OUTPUT_LIE]) {
      const match = await openGame(world, commitment, world.challenger, traceOf(world, [lie]));
      await reveal(world, match);
      const before = await nonceOf(world, third);
      const clock = BigInt(profile.clockSeconds);
      await at(world, (await now(world)) + clock - 10n, () => answer(world, match, third));
      await answer(world, match);
      await at(world, (await now(world)) + 5n, () => step(world, match, third));
      expect((await nonceOf(world, third)) - before).to.be.at.most(Math.floor(ANSWERS / 2) + 2);
      expect((await game.gameOf(match.gameId)).outcome).to.equal(Outcome.OperatorWins);
    }
    await world.time.increase(profile.windowSeconds);
    await hub.settle(commitment.requestId);
    expect(await hub.statusOf(commitment.requestId)).to.equal(Status.Final);
    expect(await nonceOf(world, operator)).to.equal(absent);
    expect((await vault.stakeOf(operator)).amount).to.equal(STAKE);
  });

  // Where both sides fall silent in a game that was opened at the last second, each move having taken its side's whole clock.
  for (const [silence, moves] of [
    ["before the reveal", 0],
    ["before the first answer", 1],
    ["between answers", 2],
    ["at the leaf", 3],
  ] as const) {
    it(`behavior: promise L1, W + 2C after a commitment two calls by anyone end it, with silence ${silence}`, async () => {
      const world = await load();
      const { hub, profile, stranger } = world;
      const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
      const { requestId } = commitment;
      const { committedAt, windowEndsAt } = await hub.requestOf(requestId);
      await world.time.setNextBlockTimestamp(windowEndsAt - 1n);
      const match = await openGame(world, commitment, world.challenger, traceOf(world));
      const clock = BigInt(profile.clockSeconds);
      // The challenger moves first and third, the operator second: whoever moves uses up what its clock has left, but for a second per turn to come.
      const delays = [clock - 2n, clock - 1n, 1n].slice(0, moves);
      for (const [i, delay] of delays.entries()) {
        await at(world, (await now(world)) + delay, () =>
          i === 0 ? reveal(world, match) : answer(world, match),
        );
      }
      const deadline = committedAt + BigInt(profile.windowSeconds) + 2n * clock;
      await at(world, deadline, () => timeout(world, match, stranger));
      if ((await hub.requestOf(requestId)).status === Status.Committed)
        await hub.connect(stranger).settle(requestId);
      expect([Status.Final, Status.Slashed, Status.Void]).to.include((await hub.requestOf(requestId)).status);
    });
  }

  it("behavior: promise L2, all bonds, fees and stakes can be withdrawn W + 2C + U after the commitments", async () => {
    const world = await load();
    const { game, hub, vault, token, operator, challenger, rival, profile } = world;
    const start = await now(world);
    const final = await makeCommitment(world);
    const slashed = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const tainted = await makeCommitment(world);
    const lost = await playGame(world, final, rival, [OUTPUT_LIE]);
    expect((await game.gameOf(lost.gameId)).outcome).to.equal(Outcome.OperatorWins);
    const won = await playGame(world, slashed, challenger);
    await playToLeaf(world, await openGame(world, tainted, rival, traceOf(world, [OUTPUT_LIE])));
    const silent = await openGame(world, tainted, rival, traceOf(world, [OTHER_OUTPUT_LIE]));
    await playToLeaf(world, silent);

    const end = start + BigInt(profile.windowSeconds + 2 * profile.clockSeconds);
    await world.time.increaseTo(end);
    for (const { args } of await game.queryFilter(game.filters.GameOpened())) {
      if (await game.canTimeout(args.gameId)) await timeout(world, { gameId: args.gameId });
    }
    for (const { requestId } of [final, tainted]) await hub.settle(requestId);
    await game.claimReward(won.gameId);
    await game.claimRefund(lost.gameId, [world.stranger]);
    await vault.connect(operator).requestUnstake((await vault.stakeOf(operator)).amount);
    await world.time.increase(UNSTAKE_DELAY);
    await vault.completeUnstake(1n);
    await vault.sweepBurned();
    for (const actor of world.actors) {
      await vault.connect(actor).withdraw(actor.address, await vault.balanceOf(actor));
    }
    expect(await token.balanceOf(vault)).to.equal(0n);
  });

  it("behavior: promise E1, who challenges the truth pays more than all of its defence is repaid, and the operator nothing", async () => {
    const world = await load();
    const { game, vault, operator, rival, third, profile } = world;
    const commitment = await makeCommitment(world);
    const before = await vault.balanceOf(operator);
    const attacks = 4n;
    let repaid = 0n;
    for (let i = 0n; i < attacks; i++) {
      const match = await openGame(world, commitment, rival, traceOf(world, [OUTPUT_LIE]));
      await playToLeaf(world, match, third);
      await step(world, match, third);
      await game.claimRefund(match.gameId, [third, third]);
      repaid += profile.answerRefund + profile.stepRefund;
    }
    expect(FREE - (await vault.balanceOf(rival))).to.equal(attacks * profile.bond);
    expect((await vault.balanceOf(third)) - FREE).to.equal(repaid);
    expect(attacks * profile.bond).to.be.greaterThan(2n * repaid);
    expect(await vault.balanceOf(operator)).to.be.greaterThan(before);
  });

  it("behavior: promise E2, a proven lie burns its share of the lock, though requester, challengers and movers are all the liar's own", async () => {
    const world = await load();
    const { game, vault, profile, operator, requester, challenger, rival, third } = world;
    const own = [operator, requester, challenger, rival, third];
    const wealth = async (): Promise<bigint> => {
      let sum = 0n;
      for (const { address } of own)
        sum += (await vault.balanceOf(address)) + (await vault.stakeOf(address)).amount;
      return sum;
    };
    const before = await wealth();
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const games = [
      await playGame(world, commitment, challenger),
      await openGame(world, commitment, rival, traceOf(world)).catch(() => undefined),
    ];
    expect(games[1]).to.equal(undefined);
    await game.claimReward(games[0]!.gameId);
    const burned = (profile.lock * BigInt(profile.lockBurnBps)) / 10_000n;
    expect(before - (await wealth())).to.be.at.least(burned);
    expect((await vault.escrow()).burned).to.equal(before - (await wealth()));
  });
});
