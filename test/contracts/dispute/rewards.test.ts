import { expect } from "chai";
import { parseEther } from "ethers";
import { network } from "hardhat";
import {
  answer,
  type Commitment,
  type Match,
  makeCommitment,
  OTHER_OUTPUT_LIE,
  OUTPUT_LIE,
  openGame,
  playGame,
  playToLeaf,
  quit,
  reveal,
  step,
  timeout,
  traceOf,
} from "../../support/protocol/games.ts";
import {
  createWorld,
  FEE,
  FREE,
  Outcome,
  owed,
  type Signer,
  type World,
} from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

/** Of a lock of 1000, what is neither burned nor the requester's. */
const POOL = parseEther("380");

async function finish(world: World, match: Match): Promise<void> {
  await playToLeaf(world, match);
  await step(world, match);
}

async function openAll(world: World, commitment: Commitment, signers: readonly Signer[]): Promise<Match[]> {
  const matches: Match[] = [];
  for (const signer of signers) matches.push(await openGame(world, commitment, signer, traceOf(world)));
  return matches;
}

describe("DisputeGame: rewards", () => {
  it("default: a single winner has half of the pool, and the other half is burned", async () => {
    const world = await load();
    const { game, vault, challenger } = world;
    const match = await playGame(world, await makeCommitment(world, { lies: [OUTPUT_LIE] }), challenger);
    expect([...(await vault.escrow())]).to.deep.equal([POOL / 2n, parseEther("550") + POOL / 2n]);
    await expect(game.connect(world.stranger).claimReward(match.gameId))
      .to.emit(game, "GameRewardClaimed")
      .withArgs(match.gameId, challenger.address, POOL / 2n);
    expect(await vault.balanceOf(challenger)).to.equal(FREE + POOL / 2n);
    expect((await vault.escrow()).held).to.equal(0n);
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
  });

  it("error: attack 41: a reward is credited once", async () => {
    const world = await load();
    const { game, challenger } = world;
    const match = await playGame(world, await makeCommitment(world, { lies: [OUTPUT_LIE] }), challenger);
    await game.claimReward(match.gameId);
    await expect(game.claimReward(match.gameId))
      .to.be.revertedWithCustomError(game, "GameNothingOwed")
      .withArgs(match.gameId);
  });

  it("behavior: attack 14: the earliest opened winner has half, whoever won first; the others share the rest", async () => {
    const world = await load();
    const { game, vault, challenger, rival, third } = world;
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const [first, second, last] = (await openAll(world, commitment, [challenger, rival, third])) as [
      Match,
      Match,
      Match,
    ];
    for (const match of [last, second, first]) await finish(world, match);
    for (const { gameId } of [second, first, last]) await game.claimReward(gameId);
    expect(await vault.balanceOf(challenger)).to.equal(FREE + POOL / 2n);
    expect(await vault.balanceOf(rival)).to.equal(FREE + POOL / 4n);
    expect(await vault.balanceOf(third)).to.equal(FREE + POOL / 4n);
    expect([...(await vault.escrow())]).to.deep.equal([0n, parseEther("550")]);
  });

  it("error: shares are not known while a game is open", async () => {
    const world = await load();
    const { game, vault, challenger, rival } = world;
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const [first, second] = (await openAll(world, commitment, [challenger, rival])) as [Match, Match];
    await finish(world, second);
    // The bond is back at once, the reward waits.
    expect(await vault.balanceOf(rival)).to.equal(FREE);
    await expect(game.claimReward(second.gameId))
      .to.be.revertedWithCustomError(game, "GameRewardPending")
      .withArgs(second.gameId);
    await world.time.increase(world.profile.clockSeconds);
    await timeout(world, first);
    // The earlier game was lost, so the later one is the earliest winner.
    await game.claimReward(second.gameId);
    expect(await vault.balanceOf(rival)).to.equal(FREE + POOL / 2n);
  });

  it("behavior: nine winners are paid; a tenth, who opened last, has nothing even if it won first", async () => {
    const world = await load();
    const { game, vault } = world;
    const signers = [world.challenger, world.rival, world.third, world.stranger, ...world.crowd].slice(0, 10);
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const matches = await openAll(world, commitment, signers);
    for (const match of matches.toReversed()) await finish(world, match);
    const tenth = matches[9] as Match;
    await expect(game.claimReward(tenth.gameId))
      .to.be.revertedWithCustomError(game, "GameNothingOwed")
      .withArgs(tenth.gameId);
    for (const [rank, { gameId, challenger }] of matches.slice(0, 9).entries()) {
      await game.claimReward(gameId);
      const share = rank === 0 ? POOL / 2n : POOL / 16n;
      expect(await vault.balanceOf(challenger)).to.equal(FREE + share);
    }
    expect([...(await vault.escrow())]).to.deep.equal([0n, parseEther("550")]);
    expect(await vault.balanceOf(tenth.challenger)).to.equal(FREE);
  });

  it("behavior: attack 31: a lock is slashed once, whatever the number of convictions", async () => {
    const world = await load();
    const { vault, operator, requester } = world;
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const matches = await openAll(world, commitment, [world.challenger, world.rival]);
    for (const match of matches) await finish(world, match);
    expect([...(await vault.stakeOf(operator))]).to.deep.equal([parseEther("4000"), 0n]);
    expect(await vault.balanceOf(requester)).to.equal(FREE + parseEther("70"));
  });

  it("behavior: an accomplice that lets both lose takes nothing from those who win", async () => {
    const world = await load();
    const { game, vault, challenger, rival, profile } = world;
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const accomplice = await openGame(world, commitment, rival, traceOf(world, [OTHER_OUTPUT_LIE]));
    const honest = await openGame(world, commitment, challenger, traceOf(world));
    await finish(world, accomplice);
    expect((await game.gameOf(accomplice.gameId)).outcome).to.equal(Outcome.BothLose);
    await finish(world, honest);
    await game.claimReward(honest.gameId);
    expect(await vault.balanceOf(challenger)).to.equal(FREE + POOL / 2n);
    expect(await vault.balanceOf(rival)).to.equal(FREE - profile.bond);
    await expect(game.claimReward(accomplice.gameId))
      .to.be.revertedWithCustomError(game, "GameOutcomeMismatch")
      .withArgs(accomplice.gameId, Outcome.BothLose, Outcome.ChallengerWins);
    expect([...(await vault.escrow())]).to.deep.equal([0n, parseEther("550") + POOL / 2n + profile.bond]);
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
  });

  it("default: a challenger quits a game about a slashed commitment with its bond", async () => {
    const world = await load();
    const { game, vault, challenger, rival, third } = world;
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const [winner, quitter, revealed] = (await openAll(world, commitment, [challenger, rival, third])) as [
      Match,
      Match,
      Match,
    ];
    await reveal(world, revealed);
    await finish(world, winner);
    await expect(quit(world, quitter, rival))
      .to.emit(game, "GameEnded")
      .withArgs(quitter.gameId, commitment.requestId, Outcome.Left, rival.address);
    await quit(world, revealed, third);
    expect([await vault.balanceOf(rival), await vault.balanceOf(third)]).to.deep.equal([FREE, FREE]);
    await game.claimReward(winner.gameId);
    expect(await vault.balanceOf(challenger)).to.equal(FREE + POOL / 2n);
    await expect(game.claimReward(quitter.gameId))
      .to.be.revertedWithCustomError(game, "GameOutcomeMismatch")
      .withArgs(quitter.gameId, Outcome.Left, Outcome.ChallengerWins);
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
  });

  it("error: nobody quits for another, or while the commitment stands", async () => {
    const world = await load();
    const { game, hub, challenger, rival, stranger } = world;
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const { requestId } = commitment;
    const [winner, other] = (await openAll(world, commitment, [challenger, rival])) as [Match, Match];
    await expect(quit(world, other, rival))
      .to.be.revertedWithCustomError(hub, "HubStatusMismatch")
      .withArgs(requestId, 3n, 5n);
    await finish(world, winner);
    await expect(quit(world, other, stranger))
      .to.be.revertedWithCustomError(game, "GameCallerNotChallenger")
      .withArgs(other.gameId, stranger.address, rival.address);
  });

  it("behavior: a game that goes on about a slashed commitment can still be lost", async () => {
    const world = await load();
    const { game, vault, challenger, rival, operator, profile } = world;
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE], lazy: true });
    const silent = await openGame(world, commitment, challenger, traceOf(world));
    await reveal(world, silent);
    const lost = await openGame(
      world,
      commitment,
      rival,
      traceOf(world, [{ step: 4, byte: 0, mask: 1 }, OTHER_OUTPUT_LIE]),
    );
    await reveal(world, lost);
    await world.time.increase(profile.clockSeconds - 60);
    // The operator's clock is about to run out in both; it answers one of them.
    await world.hub
      .connect(operator)
      .postTrace(commitment.requestId, commitment.trace.root, commitment.trace.outputProof);
    await answer(world, lost);
    await world.time.increase(100);
    await timeout(world, silent);
    await answer(world, lost);
    await step(world, lost, operator);
    expect((await game.gameOf(lost.gameId)).outcome).to.equal(Outcome.OperatorWins);
    expect(await vault.balanceOf(rival)).to.equal(FREE - profile.bond);
    expect(await vault.balanceOf(operator)).to.equal(FREE + (profile.bond * 8n) / 10n);
    expect(await vault.balanceOf(world.requester)).to.equal(FREE - FEE + FEE + parseEther("70"));
  });
});
