import { expect } from "chai";
import { ZeroHash } from "ethers";
import { network } from "hardhat";
import {
  answer,
  type Match,
  makeCommitment,
  OUTPUT_LIE,
  openGame,
  playToLeaf,
  postTrace,
  reveal,
  step,
  timeout,
  traceOf,
} from "../../support/protocol/games.ts";
import { defenceBy, positionOf } from "../../support/protocol/positions.ts";
import { createWorld, FREE, Outcome, owed, type World } from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

/** A wrong challenge of a right result. */
async function wrongChallenge(world: World, lazy = false): Promise<Match> {
  const commitment = await makeCommitment(world, { lazy });
  return await openGame(world, commitment, world.challenger, traceOf(world, [OUTPUT_LIE]));
}

describe("DisputeGame: third-party defence", () => {
  it("default: attack 6: whoever defends an absent operator is repaid out of the lost bond", async () => {
    const world = await load();
    const { game, vault, profile, third, operator } = world;
    const match = await wrongChallenge(world);
    await playToLeaf(world, match, third);
    expect((await positionOf(world, match.gameId)).defence).to.equal(defenceBy(third.address));
    expect(await game.defenceOf(match.gameId)).to.equal(ZeroHash);
    await step(world, match, third);
    expect(await game.defenceOf(match.gameId)).to.equal(defenceBy(third.address, third.address));

    const refund = profile.answerRefund + profile.stepRefund;
    expect(await vault.balanceOf(operator)).to.equal(FREE + (profile.bond * 8n) / 10n - refund);
    expect([...(await vault.escrow())]).to.deep.equal([refund + 10n ** 19n, (profile.bond * 2n) / 10n]);
    await expect(game.connect(world.stranger).claimRefund(match.gameId, [third, third]))
      .to.emit(game, "GameRefundClaimed")
      .withArgs(match.gameId, third.address, profile.answerRefund)
      .and.to.emit(game, "GameRefundClaimed")
      .withArgs(match.gameId, third.address, profile.stepRefund);
    expect(await game.defenceOf(match.gameId)).to.equal(ZeroHash);
    expect(await vault.balanceOf(third)).to.equal(FREE + refund);
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
  });

  it("error: attack 41: a refund is credited once, and to those who moved alone", async () => {
    const world = await load();
    const { game, third, rival } = world;
    const match = await wrongChallenge(world);
    await playToLeaf(world, match, third);
    await step(world, match, rival);
    const { gameId } = match;
    for (const movers of [[], [third], [third, rival, rival]]) {
      await expect(game.claimRefund(gameId, movers))
        .to.be.revertedWithCustomError(game, "GameMoverCountMismatch")
        .withArgs(gameId, movers.length, 2);
    }
    for (const movers of [
      [third, third],
      [rival, third],
      [world.operator, world.challenger],
    ]) {
      const computed = defenceBy(...movers.map(({ address }) => address));
      await expect(game.claimRefund(gameId, movers))
        .to.be.revertedWithCustomError(game, "GameDefenceMismatch")
        .withArgs(gameId, computed, defenceBy(third.address, rival.address));
    }
    await game.claimRefund(gameId, [third, rival]);
    await expect(game.claimRefund(gameId, [third, rival]))
      .to.be.revertedWithCustomError(game, "GameNothingOwed")
      .withArgs(gameId);
  });

  it("behavior: several defenders are repaid for what each of them did", async () => {
    const world = await load();
    const { game, vault, profile, third, rival, stranger } = world;
    const match = await wrongChallenge(world);
    await playToLeaf(world, match, third);
    await step(world, match, rival);
    await game.claimRefund(match.gameId, [third, rival]);
    expect(await vault.balanceOf(third)).to.equal(FREE + profile.answerRefund);
    expect(await vault.balanceOf(rival)).to.equal(FREE + profile.stepRefund);
    expect(await vault.balanceOf(stranger)).to.equal(FREE);
  });

  it("behavior: neither the operator nor the challenger is repaid for moves of the operator", async () => {
    const world = await load();
    const { game, vault, profile, operator, challenger } = world;
    const match = await wrongChallenge(world);
    await playToLeaf(world, match, challenger);
    await step(world, match, challenger);
    expect(await game.defenceOf(match.gameId)).to.equal(ZeroHash);
    await expect(game.claimRefund(match.gameId, []))
      .to.be.revertedWithCustomError(game, "GameNothingOwed")
      .withArgs(match.gameId);
    expect(await vault.balanceOf(operator)).to.equal(FREE + (profile.bond * 8n) / 10n);
    expect(await vault.balanceOf(challenger)).to.equal(FREE - profile.bond);
  });

  it("behavior: attack 16: answers for the challenger are not repaid", async () => {
    const world = await load();
    const { third } = world;
    const match = await wrongChallenge(world);
    await reveal(world, match, third);
    await answer(world, match);
    await answer(world, match, third);
    expect((await positionOf(world, match.gameId)).defence).to.equal(ZeroHash);
  });

  it("behavior: a defence that ends in the challenger's silence is repaid as well", async () => {
    const world = await load();
    const { game, vault, profile, third } = world;
    const match = await wrongChallenge(world);
    await reveal(world, match);
    await answer(world, match, third);
    await world.time.increase(profile.clockSeconds);
    await timeout(world, match);
    await game.claimRefund(match.gameId, [third]);
    expect(await vault.balanceOf(third)).to.equal(FREE + profile.answerRefund);
    expect((await vault.escrow()).held).to.equal(10n ** 19n);
  });

  it("error: who defended a liar is not repaid", async () => {
    const world = await load();
    const { game, third } = world;
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const match = await openGame(world, commitment, world.challenger, traceOf(world));
    await playToLeaf(world, match, third);
    await expect(game.claimRefund(match.gameId, [third]))
      .to.be.revertedWithCustomError(game, "GameOutcomeMismatch")
      .withArgs(match.gameId, Outcome.None, Outcome.OperatorWins);
    await step(world, match, third);
    expect(await game.defenceOf(match.gameId)).to.equal(ZeroHash);
    await expect(game.claimRefund(match.gameId, [third]))
      .to.be.revertedWithCustomError(game, "GameOutcomeMismatch")
      .withArgs(match.gameId, Outcome.ChallengerWins, Outcome.OperatorWins);
    expect(await owed(world)).to.equal(await world.token.balanceOf(world.vault));
  });

  it("behavior: a lazy commitment can be defended by anyone once its trace is posted", async () => {
    const world = await load();
    const { game, third } = world;
    const match = await wrongChallenge(world, true);
    await postTrace(world, { requestId: match.requestId, trace: match.operatorTrace });
    await playToLeaf(world, match, third);
    await step(world, match, third);
    expect((await game.gameOf(match.gameId)).outcome).to.equal(Outcome.OperatorWins);
    expect(await game.defenceOf(match.gameId)).to.equal(defenceBy(third.address, third.address));
  });

  it("behavior: an operator slashed for its silence in one game still posts its trace and wins another", async () => {
    const world = await load();
    const { game, hub, profile, rival } = world;
    const silent = await wrongChallenge(world, true);
    const { requestId, operatorTrace: trace } = silent;
    await reveal(world, silent);
    await world.time.increase(600);
    const other = await openGame(world, { requestId, trace }, rival, traceOf(world, [OUTPUT_LIE]));
    await reveal(world, other);
    await world.time.increase(profile.clockSeconds - 600);
    await timeout(world, silent);
    expect((await game.gameOf(silent.gameId)).outcome).to.equal(Outcome.ChallengerWins);

    await expect(postTrace(world, { requestId, trace }))
      .to.emit(hub, "TracePosted")
      .withArgs(requestId, trace.root);
    await answer(world, other);
    await answer(world, other);
    await step(world, other);
    expect((await game.gameOf(other.gameId)).outcome).to.equal(Outcome.OperatorWins);
    expect(await world.vault.balanceOf(rival)).to.equal(FREE - profile.bond);
  });
});
