import { expect } from "chai";
import { id, ZeroAddress } from "ethers";
import { network } from "hardhat";
import {
  type Match,
  makeCommitment,
  OTHER_OUTPUT_LIE,
  OUTPUT_LIE,
  openGame,
  reveal,
  timeout,
  traceOf,
} from "../../support/protocol/games.ts";
import { NO_POSITION, positionHash } from "../../support/protocol/positions.ts";
import { rootFrom } from "../../support/protocol/sparse-tree.ts";
import { at, createWorld, FREE, Outcome, Phase, Side, type World } from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

/** A game against a liar, ready to be revealed. */
async function openedGame(world: World, lazy = false): Promise<Match> {
  const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE], lazy });
  return await openGame(world, commitment, world.challenger, traceOf(world));
}

describe("DisputeGame: reveal", () => {
  it("default: shows both roots and starts the operator's clock", async () => {
    const world = await load();
    const { game } = world;
    const match = await openedGame(world);
    const { gameId, challengerTrace: trace } = match;
    const { turnStartedAt } = await game.gameOf(gameId);
    const now = turnStartedAt + 123n;
    await world.time.setNextBlockTimestamp(now);
    await expect(reveal(world, match))
      .to.emit(game, "GameRevealed")
      .withArgs(gameId, trace.root, trace.outputRoot, trace.tree.row(0, 0n));

    const revealed = await game.gameOf(gameId);
    expect([revealed.phase, revealed.turn, revealed.turnStartedAt]).to.deep.equal([
      Phase.Narrowing,
      Side.Operator,
      now,
    ]);
    expect([revealed.challengerUsed, revealed.operatorUsed]).to.deep.equal([123n, 0n]);
    const position = { ...NO_POSITION, operator: world.operator.address };
    const { address: challenger } = world.challenger;
    // The operator's root is the one that the hub knows, now or later.
    expect(await game.stateHash(gameId)).to.equal(
      positionHash(gameId, 0n, { ...position, challenger, challengerNode: trace.root }),
    );
    expect(revealed.challenger).to.equal(ZeroAddress);
  });

  it("args: a lazy commitment, whose root is not known yet", async () => {
    const world = await load();
    const match = await openedGame(world, true);
    await reveal(world, match);
    const revealed = await world.game.gameOf(match.gameId);
    expect(revealed.phase).to.equal(Phase.Narrowing);
  });

  it("behavior: anyone who knows the preimage reveals, and the challenger stays who opened", async () => {
    const world = await load();
    const match = await openedGame(world);
    await reveal(world, match, world.stranger);
    await world.time.increase(world.profile.clockSeconds);
    await timeout(world, match);
    expect((await world.game.gameOf(match.gameId)).challenger).to.equal(world.challenger.address);
  });

  it("error: another root or salt than the opening's", async () => {
    const world = await load();
    const { game, challenger } = world;
    const match = await openedGame(world);
    const other = traceOf(world, [OTHER_OUTPUT_LIE]);
    const wrong: Match[] = [
      { ...match, salt: id("another") },
      { ...match, challengerTrace: other },
    ];
    for (const attempt of wrong) {
      const { root } = attempt.challengerTrace;
      const opening = await game.openingHash(match.requestId, challenger.address, root, attempt.salt);
      await expect(reveal(world, attempt))
        .to.be.revertedWithCustomError(game, "GameOpeningMismatch")
        .withArgs(match.gameId, opening);
    }
  });

  it("error: a challenger who agrees has nothing to reveal, and loses its bond", async () => {
    const world = await load();
    const { game, vault, operator, challenger, profile } = world;
    const commitment = await makeCommitment(world);
    const match = await openGame(world, commitment, challenger, traceOf(world));
    await expect(reveal(world, match))
      .to.be.revertedWithCustomError(game, "GameTraceAgrees")
      .withArgs(match.gameId, commitment.trace.root);
    const before = await vault.balanceOf(operator);
    await world.time.increase(profile.clockSeconds);
    await timeout(world, match);
    expect((await game.gameOf(match.gameId)).outcome).to.equal(Outcome.OperatorWins);
    expect(await vault.balanceOf(challenger)).to.equal(FREE - profile.bond);
    expect((await vault.balanceOf(operator)) - before).to.equal((profile.bond * 8n) / 10n);
  });

  it("error: a challenger who agrees with the output has nothing to reveal, whatever its trace", async () => {
    const world = await load();
    for (const lazy of [false, true]) {
      const commitment = await makeCommitment(world, { lazy });
      const elsewhere = traceOf(world, [{ step: 1, byte: 0, mask: 1 }]);
      const match = await openGame(world, commitment, world.challenger, elsewhere);
      await expect(reveal(world, match))
        .to.be.revertedWithCustomError(world.game, "GameOutputAgrees")
        .withArgs(match.gameId, elsewhere.outputRoot);
    }
  });

  it("error: an output that is not the trace's last tensor", async () => {
    const world = await load();
    const { game, challenger } = world;
    const { gameId, salt, challengerTrace: trace } = await openedGame(world);
    const lie = traceOf(world, [OTHER_OUTPUT_LIE]).outputRoot;
    await expect(
      game
        .connect(challenger)
        .reveal(gameId, trace.root, salt, lie, trace.outputProof, trace.tree.row(0, 0n)),
    )
      .to.be.revertedWithCustomError(game, "OutputProofMismatch")
      .withArgs(rootFrom(lie, 5n, trace.outputProof), trace.root);
  });

  it("error: a tensor of another step does not pass for the output", async () => {
    const world = await load();
    const { game, challenger } = world;
    const { gameId, salt, challengerTrace: trace } = await openedGame(world);
    const [node, path] = [trace.tree.node(3, 4n), trace.tree.path(3, 4n)];
    await expect(game.connect(challenger).reveal(gameId, trace.root, salt, node, path, trace.tree.row(0, 0n)))
      .to.be.revertedWithCustomError(game, "OutputProofMismatch")
      .withArgs(rootFrom(node, 5n, path), trace.root);
  });

  it("error: a proof of another length, even one that shows a node above or below", async () => {
    const world = await load();
    const { game, challenger } = world;
    const { gameId, salt, challengerTrace: trace } = await openedGame(world);
    const attempts: [string, string[]][] = [
      [trace.tree.node(2, 2n), trace.tree.path(2, 2n)],
      [trace.tree.node(4, 10n), trace.tree.path(4, 10n)],
    ];
    for (const [node, path] of attempts) {
      await expect(
        game.connect(challenger).reveal(gameId, trace.root, salt, node, path, trace.tree.row(0, 0n)),
      )
        .to.be.revertedWithCustomError(game, "OutputProofLengthMismatch")
        .withArgs(path.length, 3);
    }
  });

  it("error: rows of another length or content", async () => {
    const world = await load();
    const { game, challenger } = world;
    const { gameId, salt, challengerTrace: trace } = await openedGame(world);
    const row = trace.tree.row(0, 0n);
    const attempt = (children: string[]) =>
      game
        .connect(challenger)
        .reveal(gameId, trace.root, salt, trace.outputRoot, trace.outputProof, children);
    for (const children of [[], row.slice(0, 8), row.slice(0, 15), [...row, ...row], [trace.root]]) {
      await expect(attempt(children))
        .to.be.revertedWithCustomError(game, "GameRowLengthMismatch")
        .withArgs(children.length, 16);
    }
    const other = traceOf(world, [OTHER_OUTPUT_LIE]).tree;
    await expect(attempt(other.row(0, 0n)))
      .to.be.revertedWithCustomError(game, "GameRowMismatch")
      .withArgs(other.root, trace.root);
  });

  it("error: there is one reveal, and only while the clock runs", async () => {
    const world = await load();
    const { game, profile } = world;
    const [inTime, late] = [await openedGame(world), await openedGame(world)];
    const start = (await game.gameOf(inTime.gameId)).turnStartedAt;
    await at(world, start + BigInt(profile.clockSeconds) - 1n, () => reveal(world, inTime));
    await expect(reveal(world, inTime))
      .to.be.revertedWithCustomError(game, "GamePhaseMismatch")
      .withArgs(inTime.gameId, Phase.Narrowing, Phase.Opened);

    const lateStart = (await game.gameOf(late.gameId)).turnStartedAt;
    await world.time.setNextBlockTimestamp(lateStart + BigInt(profile.clockSeconds));
    await expect(reveal(world, late))
      .to.be.revertedWithCustomError(game, "GameClockUsedUp")
      .withArgs(late.gameId, Side.Challenger);
  });

  it("error: an unknown game has nothing to reveal", async () => {
    const world = await load();
    const match = await openedGame(world);
    await expect(reveal(world, { ...match, gameId: id("none") }))
      .to.be.revertedWithCustomError(world.game, "GamePhaseMismatch")
      .withArgs(id("none"), Phase.None, Phase.Opened);
  });
});
