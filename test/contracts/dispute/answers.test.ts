import { expect } from "chai";
import { id, ZeroHash } from "ethers";
import { network } from "hardhat";
import {
  answer,
  answerArguments,
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
  traceOf,
} from "../../support/protocol/games.ts";
import {
  type GamePosition,
  NO_POSITION,
  positionHash,
  positionOf,
} from "../../support/protocol/positions.ts";
import { rootFrom } from "../../support/protocol/sparse-tree.ts";
import { createWorld, Phase, Side, type World } from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

/** A game against a liar, at its first answer. */
async function revealedGame(world: World, options: { lazy?: boolean } = {}): Promise<Match> {
  const commitment = await makeCommitment(world, { lies: MIDDLE_LIES, ...options });
  const match = await openGame(world, commitment, world.challenger, traceOf(world));
  await reveal(world, match);
  return match;
}

describe("DisputeGame: answers", () => {
  it("default: two answers lead to the first word that differs", async () => {
    const world = await load();
    const { game, operator, challenger } = world;
    const match = await revealedGame(world);
    const { gameId, operatorTrace, challengerTrace } = match;

    // Byte 37 of step 2 is in word 1: leaf 9, below node 4 of level 4.
    const [children, grandchildren] = [operatorTrace.tree.row(0, 0n), operatorTrace.tree.row(4, 4n)];
    expect(children).to.have.length(16);
    expect(grandchildren).to.have.length(2);
    await expect(answer(world, match))
      .to.emit(game, "GameAnswered")
      .withArgs(
        gameId,
        Side.Operator,
        operator.address,
        4,
        4,
        operatorTrace.tree.node(4, 4n),
        challengerTrace.tree.node(4, 4n),
        children,
        grandchildren,
      );
    const between = await game.gameOf(gameId);
    expect([between.phase, between.turn, between.level]).to.deep.equal([
      Phase.Narrowing,
      Side.Challenger,
      4n,
    ]);
    const words = [operatorTrace.tree.node(5, 9n), challengerTrace.tree.node(5, 9n)];
    await expect(answer(world, match))
      .to.emit(game, "GameAnswered")
      .withArgs(
        gameId,
        Side.Challenger,
        challenger.address,
        5,
        9,
        ...words,
        challengerTrace.tree.row(4, 4n),
        [],
      );
    const leaf = await game.gameOf(gameId);
    expect([leaf.phase, leaf.level]).to.deep.equal([Phase.Leaf, 5n]);
    const [operatorNode, challengerNode] = words as [string, string];
    const parties = { operator: operator.address, challenger: challenger.address };
    expect(await game.stateHash(gameId)).to.equal(
      positionHash(gameId, 5n, { ...parties, index: 9n, operatorNode, challengerNode, defence: ZeroHash }),
    );
  });

  it("behavior: the state's hash is that of the position which the events tell", async () => {
    const world = await load();
    const match = await revealedGame(world);
    for (const level of [0n, 4n, 5n]) {
      expect(await world.game.stateHash(match.gameId)).to.equal(
        positionHash(match.gameId, level, await positionOf(world, match.gameId)),
      );
      if (level < 5n) await answer(world, match, world.third);
    }
  });

  it("behavior: anyone answers for either side, and only rightly", async () => {
    const world = await load();
    const match = await revealedGame(world);
    await answer(world, match, world.stranger);
    await answer(world, match, world.rival);
    expect((await world.game.gameOf(match.gameId)).phase).to.equal(Phase.Leaf);
    await step(world, match);
    expect((await world.game.gameOf(match.gameId)).challenger).to.equal(world.challenger.address);
  });

  it("error: attack 26: a move that answers another state changes nothing", async () => {
    const world = await load();
    const { game } = world;
    const match = await revealedGame(world);
    const [gameId, position, ...lists] = await answerArguments(world, match);
    const before = [...(await game.gameOf(gameId))];
    const actual = await game.stateHash(gameId);
    const changes: Partial<GamePosition>[] = [
      { operator: world.stranger.address },
      { challenger: world.stranger.address },
      { index: 1n },
      { operatorNode: match.operatorTrace.root },
      { challengerNode: match.operatorTrace.root },
      { defence: id("other") },
    ];
    for (const change of changes) {
      const other = { ...position, ...change };
      await expect(game.answer(gameId, other, ...lists))
        .to.be.revertedWithCustomError(game, "GameStateMismatch")
        .withArgs(gameId, positionHash(gameId, 0n, other), actual);
    }
    expect([...(await game.gameOf(gameId))]).to.deep.equal(before);
  });

  it("error: attack 51: an answer is not made twice, and a state of another game is not this one's", async () => {
    const world = await load();
    const { game } = world;
    const [match, other] = [await revealedGame(world), await revealedGame(world)];
    const [gameId, position, ...lists] = await answerArguments(world, match);
    await game.answer(gameId, position, ...lists);
    // What is said of the same position is another thing in every game, and at every level.
    const state = await game.stateHash(gameId);
    expect(await game.stateHash(other.gameId)).to.equal(positionHash(other.gameId, 0n, position));
    await expect(game.answer(gameId, position, ...lists))
      .to.be.revertedWithCustomError(game, "GameStateMismatch")
      .withArgs(gameId, positionHash(gameId, 4n, position), state);
    const [, later, ...next] = await answerArguments(world, match);
    await expect(game.answer(other.gameId, later, ...next))
      .to.be.revertedWithCustomError(game, "GameStateMismatch")
      .withArgs(other.gameId, positionHash(other.gameId, 0n, later), await game.stateHash(other.gameId));
  });

  it("error: rows that do not hash to the nodes", async () => {
    const world = await load();
    const { game } = world;
    const match = await revealedGame(world);
    const [gameId, expected, mine, theirs, below] = await answerArguments(world, match);
    const foreign = traceOf(world, [OTHER_OUTPUT_LIE]).tree;
    const [own, opposite] = [match.operatorTrace.tree, match.challengerTrace.tree];
    const node = own.node(4, 4n);
    const attempts: [string[], string[], string[], string, string][] = [
      [foreign.row(0, 0n), theirs, below, foreign.root, own.root],
      [mine, foreign.row(0, 0n), below, foreign.root, opposite.root],
      [theirs, mine, below, opposite.root, own.root],
      [mine, theirs, opposite.row(4, 4n), opposite.node(4, 4n), node],
      [mine, theirs, own.row(4, 10n), own.node(4, 10n), node],
    ];
    for (const [mover, other, grandchildren, computed, wanted] of attempts) {
      await expect(game.answer(gameId, expected, mover, other, grandchildren))
        .to.be.revertedWithCustomError(game, "GameRowMismatch")
        .withArgs(computed, wanted);
    }
  });

  it("error: rows of other lengths", async () => {
    const world = await load();
    const { game } = world;
    const match = await revealedGame(world);
    const [gameId, expected, mine, theirs, below] = await answerArguments(world, match);
    const attempts: [string[], string[], string[], number, number][] = [
      [mine.slice(0, 8), theirs, below, 8, 16],
      [[], theirs, below, 0, 16],
      [mine, theirs.slice(1), below, 15, 16],
      [mine, theirs, [], 0, 2],
      [mine, theirs, [...below, ...below], 4, 2],
    ];
    for (const [mover, other, grandchildren, actual, wanted] of attempts) {
      await expect(game.answer(gameId, expected, mover, other, grandchildren))
        .to.be.revertedWithCustomError(game, "GameRowLengthMismatch")
        .withArgs(actual, wanted);
    }
  });

  it("error: nothing stands below a leaf", async () => {
    const world = await load();
    const match = await revealedGame(world);
    await answer(world, match);
    const [gameId, expected, mine, theirs] = await answerArguments(world, match);
    await expect(world.game.answer(gameId, expected, mine, theirs, mine))
      .to.be.revertedWithCustomError(world.game, "GameRowLengthMismatch")
      .withArgs(2, 0);
  });

  it("error: answers belong between the reveal and the leaf", async () => {
    const world = await load();
    const { game } = world;
    const match = await revealedGame(world);
    const [, , ...lists] = await answerArguments(world, match);
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const opened = await openGame(world, commitment, world.challenger, traceOf(world));
    const atLeaf = await openGame(world, commitment, world.challenger, traceOf(world));
    await playToLeaf(world, atLeaf);
    const cases: [string, bigint][] = [
      [id("none"), Phase.None],
      [opened.gameId, Phase.Opened],
      [atLeaf.gameId, Phase.Leaf],
    ];
    for (const [gameId, phase] of cases) {
      await expect(game.answer(gameId, NO_POSITION, ...lists))
        .to.be.revertedWithCustomError(game, "GamePhaseMismatch")
        .withArgs(gameId, phase, Phase.Narrowing);
    }
  });

  it("error: the operator of a lazy commitment posts its trace before it answers", async () => {
    const world = await load();
    const { game } = world;
    const match = await revealedGame(world, { lazy: true });
    const [gameId, expected, ...lists] = await answerArguments(world, match);
    await expect(game.connect(world.operator).answer(gameId, expected, ...lists))
      .to.be.revertedWithCustomError(game, "GameTraceUnknown")
      .withArgs(gameId, match.requestId);
    await postTrace(world, { requestId: match.requestId, trace: match.operatorTrace });
    // The post is no move: the state that the answer names is still the same.
    await game.connect(world.operator).answer(gameId, expected, ...lists);
    expect((await positionOf(world, gameId)).operatorNode).to.equal(match.operatorTrace.tree.node(4, 4n));
  });

  it("error: attack 45: a root without a preimage cannot be defended", async () => {
    const world = await load();
    const { game, hub, operator } = world;
    const commitment = await makeCommitment(world, { lazy: true });
    const { trace, requestId } = commitment;
    const match = await openGame(world, commitment, world.challenger, traceOf(world, [OUTPUT_LIE]));
    await reveal(world, match);
    // A poisoned path: its last tensor is the output, but a sibling has no known preimage.
    const poison = trace.outputProof.with(1, id("poison"));
    await hub.connect(operator).postTrace(requestId, rootFrom(trace.outputRoot, 5n, poison), poison);
    const [gameId, expected, ...lists] = await answerArguments(world, match);
    await expect(game.connect(operator).answer(gameId, expected, ...lists))
      .to.be.revertedWithCustomError(game, "GameRowMismatch")
      .withArgs(trace.root, rootFrom(trace.outputRoot, 5n, poison));
  });
});
