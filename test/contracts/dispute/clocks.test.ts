import { expect } from "chai";
import { id } from "ethers";
import { network } from "hardhat";
import {
  answer,
  answerArguments,
  type Match,
  makeCommitment,
  OUTPUT_LIE,
  openGame,
  playToLeaf,
  reveal,
  step,
  timeout,
  traceOf,
} from "../../support/protocol/games.ts";
import { NO_POSITION } from "../../support/protocol/positions.ts";
import { at, createWorld, Outcome, Phase, Side, type World } from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

async function openedGame(world: World): Promise<Match> {
  const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
  return await openGame(world, commitment, world.challenger, traceOf(world));
}

/** What the contract says at a time: whether one can move, whether one can end the game, and what both sides have left. */
async function clocksAt(
  world: World,
  { gameId }: Match,
  time: bigint,
): Promise<[boolean, boolean, bigint, bigint]> {
  const { game } = world;
  await world.time.increaseTo(time);
  return [
    await game.canMove(gameId),
    await game.canTimeout(gameId),
    await game.remainingOf(gameId, Side.Operator),
    await game.remainingOf(gameId, Side.Challenger),
  ];
}

async function turnStart(world: World, match: Match): Promise<bigint> {
  return (await world.game.gameOf(match.gameId)).turnStartedAt;
}

describe("DisputeGame: clocks", () => {
  it("default: attack 22: before the reveal the challenger's clock runs, to the second", async () => {
    const world = await load();
    const match = await openedGame(world);
    const clock = BigInt(world.profile.clockSeconds);
    const start = await turnStart(world, match);
    expect(await clocksAt(world, match, start + 1n)).to.deep.equal([true, false, clock, clock - 1n]);
    expect(await clocksAt(world, match, start + clock - 1n)).to.deep.equal([true, false, clock, 1n]);
    expect(await clocksAt(world, match, start + clock)).to.deep.equal([false, true, clock, 0n]);
    expect(await clocksAt(world, match, start + clock + 1n)).to.deep.equal([false, true, clock, 0n]);
  });

  it("behavior: attack 20 and 25: a side's turns add up, and the other side's clock stands meanwhile", async () => {
    const world = await load();
    const match = await openedGame(world);
    const clock = BigInt(world.profile.clockSeconds);
    const start = await turnStart(world, match);
    await at(world, start + 100n, () => reveal(world, match));
    expect(await clocksAt(world, match, start + 150n)).to.deep.equal([
      true,
      false,
      clock - 50n,
      clock - 100n,
    ]);
    await at(world, start + 300n, () => answer(world, match));
    const narrowed = await world.game.gameOf(match.gameId);
    expect([narrowed.operatorUsed, narrowed.challengerUsed]).to.deep.equal([200n, 100n]);

    // The challenger has C - 100 left, so its second turn ends that much after it began.
    const end = start + 300n + clock - 100n;
    expect(await clocksAt(world, match, end - 1n)).to.deep.equal([true, false, clock - 200n, 1n]);
    expect(await clocksAt(world, match, end)).to.deep.equal([false, true, clock - 200n, 0n]);
  });

  it("behavior: at the leaf both clocks run until both are used up", async () => {
    const world = await load();
    const match = await openedGame(world);
    const clock = BigInt(world.profile.clockSeconds);
    const start = await turnStart(world, match);
    await at(world, start + 100n, () => reveal(world, match));
    await at(world, start + 500n, () => answer(world, match));
    await at(world, start + 600n, () => answer(world, match));
    expect((await world.game.gameOf(match.gameId)).phase).to.equal(Phase.Leaf);

    // Used so far: 400 by the operator, 200 by the challenger.
    const leaf = start + 600n;
    expect(await clocksAt(world, match, leaf + 10n)).to.deep.equal([true, false, clock - 410n, clock - 210n]);
    expect(await clocksAt(world, match, leaf + clock - 400n)).to.deep.equal([true, false, 0n, 200n]);
    expect(await clocksAt(world, match, leaf + clock - 201n)).to.deep.equal([true, false, 0n, 1n]);
    expect(await clocksAt(world, match, leaf + clock - 200n)).to.deep.equal([false, true, 0n, 0n]);
    await timeout(world, match);
    expect((await world.game.gameOf(match.gameId)).outcome).to.equal(Outcome.Undecided);
    expect(await clocksAt(world, match, leaf + 2n * clock)).to.deep.equal([false, false, 0n, 0n]);
  });

  it("error: attack 18 and 23: the last second is the mover's, the next one is the opponent's: operator", async () => {
    const world = await load();
    const { game } = world;
    const clock = BigInt(world.profile.clockSeconds);
    const [inTime, late] = [await openedGame(world), await openedGame(world)];
    await reveal(world, inTime);
    await reveal(world, late);

    const start = await turnStart(world, inTime);
    await world.time.setNextBlockTimestamp(start + clock - 2n);
    await expect(timeout(world, inTime))
      .to.be.revertedWithCustomError(game, "GameClockRunning")
      .withArgs(inTime.gameId, 2, clock - (await game.gameOf(inTime.gameId)).challengerUsed);
    await at(world, start + clock - 1n, () => answer(world, inTime));

    const lateStart = await turnStart(world, late);
    const arguments_ = await answerArguments(world, late);
    await world.time.increaseTo(lateStart + clock);
    await expect(game.answer(...arguments_))
      .to.be.revertedWithCustomError(game, "GameClockUsedUp")
      .withArgs(late.gameId, Side.Operator);
    await timeout(world, late);
    expect((await game.gameOf(late.gameId)).outcome).to.equal(Outcome.ChallengerWins);
  });

  it("error: attack 18 and 23: the last second is the mover's, the next one is the opponent's: challenger", async () => {
    const world = await load();
    const { game } = world;
    const match = await openedGame(world);
    await reveal(world, match);
    await answer(world, match);
    const { challengerUsed, turnStartedAt } = await game.gameOf(match.gameId);
    const arguments_ = await answerArguments(world, match);
    const end = turnStartedAt + BigInt(world.profile.clockSeconds) - challengerUsed;
    const snapshot = await connection.networkHelpers.takeSnapshot();
    await at(world, end - 1n, () => game.answer(...arguments_));
    await snapshot.restore();
    await world.time.setNextBlockTimestamp(end);
    await expect(game.answer(...arguments_))
      .to.be.revertedWithCustomError(game, "GameClockUsedUp")
      .withArgs(match.gameId, Side.Challenger);
    await timeout(world, match);
    expect((await game.gameOf(match.gameId)).outcome).to.equal(Outcome.OperatorWins);
  });

  it("error: the court sits until the last second of the longer clock", async () => {
    const world = await load();
    const { game } = world;
    const match = await openedGame(world);
    await playToLeaf(world, match);
    const { operatorUsed, challengerUsed, turnStartedAt } = await game.gameOf(match.gameId);
    const least = operatorUsed < challengerUsed ? operatorUsed : challengerUsed;
    const end = turnStartedAt + BigInt(world.profile.clockSeconds) - least;
    const snapshot = await connection.networkHelpers.takeSnapshot();
    await at(world, end - 1n, () => step(world, match));
    await snapshot.restore();
    await world.time.increaseTo(end - 2n);
    await expect(timeout(world, match))
      .to.be.revertedWithCustomError(game, "GameClockRunning")
      .withArgs(match.gameId, operatorUsed === least ? 1 : 0, challengerUsed === least ? 1 : 0);
    await world.time.increaseTo(end);
    await expect(step(world, match))
      .to.be.revertedWithCustomError(game, "GameClockUsedUp")
      .withArgs(match.gameId, (await game.gameOf(match.gameId)).turn);
  });

  it("behavior: attack 10 and 21: whatever the two sides do, a game is over 2C after its opening", async () => {
    const world = await load();
    const clock = BigInt(world.profile.clockSeconds);
    const match = await openedGame(world);
    const start = await turnStart(world, match);
    // Both sides use all but one second before the leaf.
    await at(world, start + clock - 2n, () => reveal(world, match));
    await at(world, start + 2n * clock - 3n, () => answer(world, match));
    await at(world, start + 2n * clock - 2n, () => answer(world, match));
    expect(await clocksAt(world, match, start + 2n * clock - 1n)).to.deep.equal([false, true, 0n, 0n]);
    await timeout(world, match);
  });

  it("behavior: clocks of different games are independent", async () => {
    const world = await load();
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const first = await openGame(world, commitment, world.challenger, traceOf(world));
    await world.time.increase(600);
    const second = await openGame(world, commitment, world.rival, traceOf(world));
    await reveal(world, second);
    const start = await turnStart(world, first);
    expect((await clocksAt(world, first, start + 700n))[3]).to.equal(
      BigInt(world.profile.clockSeconds) - 700n,
    );
    const other = await world.game.gameOf(second.gameId);
    expect(other.challengerUsed).to.be.below(600n);
  });

  it("error: what does not exist, or is over, cannot be timed out or quitted", async () => {
    const world = await load();
    const { game } = world;
    const match = await openedGame(world);
    await world.time.increase(world.profile.clockSeconds);
    await timeout(world, match);
    const cases: [string, bigint][] = [
      [id("none"), Phase.None],
      [match.gameId, Phase.Ended],
    ];
    for (const [gameId, phase] of cases) {
      for (const call of [() => game.timeout(gameId, NO_POSITION), () => game.quit(gameId, NO_POSITION)]) {
        await expect(call()).to.be.revertedWithCustomError(game, "GameNotActive").withArgs(gameId, phase);
      }
    }
  });
});
