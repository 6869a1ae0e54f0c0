import { expect } from "chai";
import { id, keccak256, ZeroHash } from "ethers";
import { network } from "hardhat";
import {
  answer,
  type Commitment,
  type Contradiction,
  contradictionOf,
  convict,
  type Match,
  MIDDLE_LIES,
  makeCommitment,
  OTHER_OUTPUT_LIE,
  OUTPUT_LIE,
  openGame,
  playToLeaf,
  postTrace,
  reveal,
  step,
  timeout,
  traceOf,
} from "../../support/protocol/games.ts";
import { NO_POSITION, positionHash, positionOf } from "../../support/protocol/positions.ts";
import type { ToyTrace } from "../../support/protocol/toy-model.ts";
import { createWorld, FREE, Outcome, owed, Phase, Status, type World } from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

/** A game against somebody who lies about the output. */
async function openedGame(world: World, commitment?: Commitment): Promise<Match> {
  const about = commitment ?? (await makeCommitment(world, { lies: [OUTPUT_LIE] }));
  return await openGame(world, about, world.challenger, traceOf(world));
}

describe("DisputeGame: conviction by the operator's own trace", () => {
  it("default: two transactions convict a liar whose trace is known", async () => {
    const world = await load();
    const { game, vault, hub, profile, challenger, operator } = world;
    const match = await openedGame(world);
    const { gameId, requestId, operatorTrace } = match;
    const element = (trace: ToyTrace): number =>
      Number.parseInt(trace.tree.node(5, trace.leaf(5, 0)).slice(8, 10), 16);
    await expect(convict(world, match))
      .to.emit(game, "GameConvicted")
      .withArgs(gameId, challenger.address, 5, 3, 1, element(operatorTrace), element(traceOf(world)))
      .and.to.emit(game, "GameEnded")
      .withArgs(gameId, requestId, Outcome.ChallengerWins, challenger.address);
    expect(await hub.statusOf(requestId)).to.equal(Status.Slashed);
    expect((await vault.stakeOf(operator)).locked).to.equal(0n);
    await game.claimReward(gameId);
    const { burned } = await vault.escrow();
    expect(burned).to.be.greaterThanOrEqual(profile.lock / 2n);
    expect(await vault.balanceOf(challenger)).to.be.greaterThan(FREE);
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
  });

  it("behavior: possible after every move, whosever turn it is", async () => {
    for (const moves of [0, 1, 2, 3]) {
      const world = await load();
      const match = await openedGame(world);
      const phases = [Phase.Opened, Phase.Narrowing, Phase.Narrowing, Phase.Leaf];
      for (let i = 0; i < moves; i++) await (i === 0 ? reveal(world, match) : answer(world, match));
      expect((await world.game.gameOf(match.gameId)).phase).to.equal(phases[moves]);
      await convict(world, match);
      const { phase, outcome, challenger } = await world.game.gameOf(match.gameId);
      expect([phase, outcome]).to.deep.equal([Phase.Ended, Outcome.ChallengerWins]);
      expect(challenger).to.equal(world.challenger.address);
    }
  });

  it("behavior: any wrong word of the trace will do, and no agreement on others is needed", async () => {
    const world = await load();
    for (const lie of MIDDLE_LIES) {
      const commitment = await makeCommitment(world, { lies: MIDDLE_LIES });
      await convict(world, await openedGame(world, commitment), lie);
      expect(await world.hub.statusOf(commitment.requestId)).to.equal(Status.Slashed);
    }
  });

  it("behavior: attack 44: a word beyond the last step must be zero", async () => {
    const world = await load();
    const beyond = { step: 7, byte: 8, mask: 0x04 };
    const commitment = await makeCommitment(world, { lies: [beyond] });
    await convict(world, await openedGame(world, commitment), beyond);
    expect(await world.hub.statusOf(commitment.requestId)).to.equal(Status.Slashed);
  });

  it("behavior: attack 3 and 15: whoever shows it, the challenger of the game is paid", async () => {
    const world = await load();
    const { vault, game, stranger, challenger } = world;
    const match = await openedGame(world);
    await convict(world, match, OUTPUT_LIE, stranger);
    await game.claimReward(match.gameId);
    expect(await vault.balanceOf(stranger)).to.equal(FREE);
    expect(await vault.balanceOf(challenger)).to.be.greaterThan(FREE);
  });

  it("behavior: attack 14: the earliest opened game has half, whoever shows the contradiction first", async () => {
    const world = await load();
    const { game, vault, profile, rival, challenger } = world;
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const first = await openedGame(world, commitment);
    const copy = await openGame(world, commitment, rival, traceOf(world));
    await convict(world, copy);
    await expect(game.claimReward(copy.gameId)).to.be.revertedWithCustomError(game, "GameRewardPending");
    await convict(world, first);
    for (const { gameId } of [first, copy]) await game.claimReward(gameId);
    const shared = 10_000n - BigInt(profile.lockBurnBps + profile.requesterBps);
    const pool = (profile.lock * shared) / 10_000n;
    expect((await vault.balanceOf(challenger)) - FREE).to.equal(pool / 2n);
    expect((await vault.balanceOf(rival)) - FREE).to.equal(pool / 2n);
  });

  it("behavior: attack 2: an accomplice who convicts wins back no more than what is not burned", async () => {
    const world = await load();
    const { vault, profile, operator, game } = world;
    const match = await openedGame(world);
    const before = (await vault.stakeOf(operator)).amount + (await vault.balanceOf(world.challenger));
    await convict(world, match);
    await game.claimReward(match.gameId);
    const after = (await vault.stakeOf(operator)).amount + (await vault.balanceOf(world.challenger));
    expect(before - after).to.be.greaterThanOrEqual(profile.lock / 2n - profile.bond);
  });

  it("behavior: who lies as well convicts by a word that is wrong, and by no other", async () => {
    const world = await load();
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const match = await openGame(world, commitment, world.challenger, traceOf(world, [OTHER_OUTPUT_LIE]));
    await playToLeaf(world, match);
    await expect(convict(world, match, { step: 5, byte: 4 })).to.be.revertedWithCustomError(
      world.game,
      "GameWordAgrees",
    );
    await convict(world, match);
    expect((await world.game.gameOf(match.gameId)).outcome).to.equal(Outcome.ChallengerWins);
  });

  it("behavior: I11: no word of a true trace convicts its operator", async () => {
    const world = await load();
    const { game } = world;
    const commitment = await makeCommitment(world);
    const match = await openGame(world, commitment, world.challenger, traceOf(world, [OUTPUT_LIE]));
    for (let leaf = 0; leaf < 32; leaf++) {
      for (const byte of [0, 7, 8, 31]) {
        await expect(
          game.convict.staticCall(
            match.gameId,
            NO_POSITION,
            contradictionOf(commitment.trace, { step: leaf >> 2, byte: 32 * (leaf & 3) + byte }),
          ),
        ).to.be.revertedWithCustomError(game, "GameWordAgrees");
      }
    }
  });

  it("error: a lazy commitment has no trace to show before it is posted", async () => {
    const world = await load();
    const { game } = world;
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE], lazy: true });
    const match = await openedGame(world, commitment);
    await expect(convict(world, match))
      .to.be.revertedWithCustomError(game, "GameTraceUnknown")
      .withArgs(match.gameId, match.requestId);
    await postTrace(world, commitment);
    await convict(world, match);
  });

  it("error: attack 43, 44 and 47: what is no word of the operator's trace", async () => {
    const world = await load();
    const { game } = world;
    const { gameId, operatorTrace: trace } = await openedGame(world);
    const right = contradictionOf(trace, OUTPUT_LIE);
    const show = (change: Partial<Contradiction>) =>
      game.convict(gameId, NO_POSITION, { ...right, ...change });
    await expect(show({ word: ZeroHash })).to.be.revertedWithCustomError(game, "GameWordMismatch");
    await expect(show({ index: right.index ^ 1n })).to.be.revertedWithCustomError(game, "GameWordMismatch");
    // The node above the word, which is no word.
    await expect(show({ word: trace.tree.node(4, 10n), index: 10n, siblings: trace.tree.path(4, 10n) }))
      .to.be.revertedWithCustomError(game, "GameWordProofLengthMismatch")
      .withArgs(4, 5);
    await expect(show({ siblings: [...right.siblings, ZeroHash] }))
      .to.be.revertedWithCustomError(game, "GameWordProofLengthMismatch")
      .withArgs(6, 5);
    await expect(show({ index: right.index + 32n })).to.be.revertedWithCustomError(
      game,
      "WordTreeIndexOutOfRange",
    );
    await expect(show({ index: 2n ** 64n - 1n })).to.be.revertedWithCustomError(
      game,
      "WordTreeIndexOutOfRange",
    );
    await expect(show({ place: 32 }))
      .to.be.revertedWithCustomError(game, "GamePlaceOutOfRange")
      .withArgs(32);
    expect((await game.gameOf(gameId)).phase).to.equal(Phase.Opened);
  });

  it("error: attack 54: a wrong proof decides nothing, and a right one may follow", async () => {
    const world = await load();
    const { game, referee } = world;
    const match = await openedGame(world);
    const right = contradictionOf(match.operatorTrace, OUTPUT_LIE);
    await expect(
      game.convict(match.gameId, NO_POSITION, { ...right, proof: keccak256(match.challengerTrace.root) }),
    ).to.be.revertedWithCustomError(referee, "ToyProofRejected");
    await convict(world, match);
  });

  it("error: attack 26: a conviction names the position that it answers", async () => {
    const world = await load();
    const { game } = world;
    const match = await openedGame(world);
    const { gameId, operatorTrace } = match;
    await reveal(world, match);
    const shown = contradictionOf(operatorTrace, OUTPUT_LIE);
    const stale = await positionOf(world, gameId);
    await answer(world, match);
    const state = await game.stateHash(gameId);
    await expect(game.convict(gameId, stale, shown))
      .to.be.revertedWithCustomError(game, "GameStateMismatch")
      .withArgs(gameId, positionHash(gameId, 4n, stale), state);
    // Nobody else can be named as the challenger.
    const other = { ...(await positionOf(world, gameId)), challenger: world.stranger.address };
    await expect(game.convict(gameId, other, shown))
      .to.be.revertedWithCustomError(game, "GameStateMismatch")
      .withArgs(gameId, positionHash(gameId, 4n, other), state);
  });

  it("error: attack 18 and 23: not from the second on at which the running clock is used up", async () => {
    for (const isRevealed of [false, true]) {
      const world = await load();
      const { game, profile, time } = world;
      const match = await openedGame(world);
      if (isRevealed) await reveal(world, match);
      const { turnStartedAt, turn } = await game.gameOf(match.gameId);
      const due = turnStartedAt + BigInt(profile.clockSeconds);
      const position = await positionOf(world, match.gameId);
      const shown = contradictionOf(match.operatorTrace, OUTPUT_LIE);
      const snapshot = await connection.networkHelpers.takeSnapshot();
      await time.setNextBlockTimestamp(due);
      await expect(game.convict(match.gameId, position, shown))
        .to.be.revertedWithCustomError(game, "GameClockUsedUp")
        .withArgs(match.gameId, turn);
      await timeout(world, match);
      await snapshot.restore();
      await time.setNextBlockTimestamp(due - 1n);
      await game.convict(match.gameId, position, shown);
      expect((await game.gameOf(match.gameId)).outcome).to.equal(Outcome.ChallengerWins);
    }
  });

  it("error: attack 19 and 41: what has ended, or never was, is not convicted", async () => {
    const world = await load();
    const { game } = world;
    const match = await openedGame(world);
    await playToLeaf(world, match);
    await step(world, match);
    await expect(convict(world, match))
      .to.be.revertedWithCustomError(game, "GameNotActive")
      .withArgs(match.gameId, Phase.Ended);
    await expect(game.convict(id("none"), NO_POSITION, contradictionOf(match.operatorTrace, OUTPUT_LIE)))
      .to.be.revertedWithCustomError(game, "GameNotActive")
      .withArgs(id("none"), Phase.None);
  });
});
