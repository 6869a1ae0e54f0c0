import { expect } from "chai";
import { getBytes, zeroPadValue } from "ethers";
import { network } from "hardhat";
import {
  answer,
  commit,
  convict,
  makeCommitment,
  makeRequest,
  openGame,
  playToLeaf,
  postTrace,
  reveal,
  step,
  traceOf,
} from "../../support/protocol/games.ts";
import { type Lie, type ModelRecord, toyRecord } from "../../support/protocol/toy-model.ts";
import { createWorld, Outcome, Phase, Status } from "../../support/protocol/world.ts";

const connection = await network.create();

function record(stepDepth: number, wordDepth: number, stepCount: number, outputBytes: number): ModelRecord {
  return { ...toyRecord, stepDepth, wordDepth, stepCount, outputBytes };
}

// Depths of which the last row has every height, and the deepest trace there is.
const shapes: [string, ModelRecord, number][] = [
  ["one level: two steps of one word", record(1, 0, 2, 32), 1],
  ["one level: one step of two words", record(0, 1, 1, 64), 1],
  ["two levels", record(1, 1, 2, 40), 1],
  ["four levels: one full row", record(2, 2, 4, 128), 1],
  ["five levels", record(3, 2, 7, 4), 2],
  ["eight levels: two full rows", record(4, 4, 16, 200), 2],
  ["nine levels", record(5, 4, 20, 60), 3],
  ["forty levels, mostly words", record(12, 28, 5, 96), 10],
  ["forty levels, mostly steps", record(20, 20, 3, 32), 10],
];

function byteAt(word: string, place: number): number {
  return getBytes(word)[place] as number;
}

describe("DisputeGame: models of all shapes", () => {
  for (const [title, shape, answers] of shapes) {
    for (const lazy of [false, true]) {
      it(`args: ${title}, ${lazy ? "lazy" : "eager"}: the liar loses on either side`, async () => {
        const world = await createWorld(connection, shape);
        const { game } = world;
        const lie: Lie = { step: shape.stepCount - 1, byte: shape.outputBytes - 1, mask: 0x20 };
        for (const operatorLies of [true, false]) {
          const [mine, theirs] = operatorLies ? [[lie], []] : [[], [lie]];
          const commitment = await makeCommitment(world, { lies: mine, lazy });
          const match = await openGame(world, commitment, world.challenger, traceOf(world, theirs));
          if (lazy && shape.stepDepth > 0) await postTrace(world, commitment);
          await reveal(world, match);
          let count = 0;
          for (; (await game.gameOf(match.gameId)).phase === Phase.Narrowing; count++)
            await answer(world, match);
          expect(count).to.equal(answers);
          await step(world, match);
          const outcome = operatorLies ? Outcome.ChallengerWins : Outcome.OperatorWins;
          expect((await game.gameOf(match.gameId)).outcome).to.equal(outcome);
        }
      });
    }
  }

  for (const lazy of [false, true]) {
    it(`args: no level at all: one word, ${lazy ? "lazy" : "eager"}`, async () => {
      const world = await createWorld(connection, record(0, 0, 1, 32));
      const { game } = world;
      const commitment = await makeCommitment(world, { lies: [{ step: 0, byte: 7, mask: 1 }], lazy });
      const { requestId, trace } = commitment;
      // The trace is the output, so it is known without being posted.
      expect(await world.hub.traceRootOf(requestId)).to.equal(trace.output);
      const match = await openGame(world, commitment, world.challenger, traceOf(world));
      await reveal(world, match);
      const leaf = await game.gameOf(match.gameId);
      expect(leaf.phase).to.equal(Phase.Leaf);
      await step(world, match);
      expect((await game.gameOf(match.gameId)).outcome).to.equal(Outcome.ChallengerWins);
    });
  }

  // The words that stand for a root that is not known, outside and inside of a game.
  for (const value of ["0x00", "0x01"]) {
    it(`behavior: a single word of ${value} is a trace like any other`, async () => {
      const world = await createWorld(connection, record(0, 0, 1, 32));
      const { hub, game } = world;
      const requestId = await makeRequest(world, { operator: world.operator.address });
      const word = zeroPadValue(value, 32);
      await hub.connect(world.operator).commit(requestId, word, word, []);
      const truth = traceOf(world);
      const lies = Array.from({ length: 32 }, (_, byte) => ({
        step: 0,
        byte,
        mask: byteAt(truth.output, byte) ^ byteAt(word, byte),
      }));
      const trace = traceOf(world, lies);
      expect(trace.root).to.equal(word);
      const match = await openGame(world, { requestId, trace }, world.challenger, truth);
      const known = await openGame(world, { requestId, trace }, world.third, truth);
      await reveal(world, match);
      expect((await game.gameOf(match.gameId)).phase).to.equal(Phase.Leaf);
      await step(world, match);
      expect(await hub.statusOf(requestId)).to.equal(Status.Slashed);
      await convict(world, known, { step: 0, byte: 0 });
      expect((await game.gameOf(known.gameId)).outcome).to.equal(Outcome.ChallengerWins);
    });
  }

  it("behavior: with one step the trace is the output, so a lazy commitment is defended at once", async () => {
    const world = await createWorld(connection, record(0, 3, 1, 200));
    const { hub, game } = world;
    const requestId = await makeRequest(world, { operator: world.operator.address });
    const trace = traceOf(world);
    await commit(world, requestId, trace, true);
    expect(await hub.traceRootOf(requestId)).to.equal(trace.outputRoot);
    await expect(postTrace(world, { requestId, trace }))
      .to.be.revertedWithCustomError(hub, "HubTraceKnown")
      .withArgs(requestId, trace.root);
    const lie: Lie = { step: 0, byte: 199, mask: 0x20 };
    const match = await openGame(world, { requestId, trace }, world.challenger, traceOf(world, [lie]));
    await playToLeaf(world, match, world.third);
    await step(world, match, world.third);
    expect((await game.gameOf(match.gameId)).outcome).to.equal(Outcome.OperatorWins);
  });
});
