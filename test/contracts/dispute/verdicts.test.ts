import { expect } from "chai";
import { id, keccak256 } from "ethers";
import { network } from "hardhat";
import {
  answerArguments,
  type Match,
  MIDDLE_LIES,
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
import { positionHash, positionOf } from "../../support/protocol/positions.ts";
import type { Lie } from "../../support/protocol/toy-model.ts";
import { createWorld, FREE, Outcome, owed, Phase, Status, type World } from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

/** A game at its leaf; both sides may lie. */
async function gameAtLeaf(
  world: World,
  operator: readonly Lie[],
  challenger: readonly Lie[],
): Promise<Match> {
  const commitment = await makeCommitment(world, { lies: operator });
  const match = await openGame(world, commitment, world.challenger, traceOf(world, challenger));
  await playToLeaf(world, match);
  return match;
}

/** Four little-endian bytes, or one. */
function elementOf(word: string, first: number, size: number): bigint {
  const bytes = word.slice(2 + 2 * first, 2 + 2 * (first + size)).match(/../g) as string[];
  return BigInt(`0x${bytes.reverse().join("")}`);
}

describe("DisputeGame: verdicts", () => {
  it("default: the operator is convicted when the court computes the challenger's word", async () => {
    const world = await load();
    const { game, hub } = world;
    const match = await gameAtLeaf(world, [OUTPUT_LIE], []);
    const sent = step(world, match);
    await expect(sent)
      .to.emit(game, "GameEnded")
      .withArgs(match.gameId, match.requestId, Outcome.ChallengerWins, world.stranger.address);
    await expect(sent).to.emit(hub, "RequestEnded").withArgs(match.requestId, Status.Slashed);
    expect((await game.gameOf(match.gameId)).phase).to.equal(Phase.Ended);
    expect(await world.vault.balanceOf(world.challenger)).to.equal(FREE);
  });

  it("default: attack 10: the challenger loses when the court computes the operator's word", async () => {
    const world = await load();
    const { vault, operator, profile } = world;
    const match = await gameAtLeaf(world, [], [OUTPUT_LIE]);
    await step(world, match, operator);
    expect((await world.game.gameOf(match.gameId)).outcome).to.equal(Outcome.OperatorWins);
    expect(await world.hub.statusOf(match.requestId)).to.equal(Status.Committed);
    expect(await vault.balanceOf(world.challenger)).to.equal(FREE - profile.bond);
    expect(await vault.balanceOf(operator)).to.equal(FREE + (profile.bond * 8n) / 10n);
    expect((await vault.escrow()).burned).to.equal((profile.bond * 2n) / 10n);
  });

  it("default: attack 17: both lose when the court computes another word", async () => {
    const world = await load();
    const { vault, profile, requester, operator } = world;
    const match = await gameAtLeaf(world, [OUTPUT_LIE], [OTHER_OUTPUT_LIE]);
    await step(world, match);
    expect((await world.game.gameOf(match.gameId)).outcome).to.equal(Outcome.BothLose);
    expect(await world.hub.statusOf(match.requestId)).to.equal(Status.Slashed);
    expect(await vault.balanceOf(world.challenger)).to.equal(FREE - profile.bond);
    expect([...(await vault.stakeOf(operator))]).to.deep.equal([4n * profile.lock, 0n]);
    const compensation = (profile.lock * 7n) / 100n;
    expect(await vault.balanceOf(requester)).to.equal(FREE + compensation);
    expect([...(await vault.escrow())]).to.deep.equal([0n, profile.lock - compensation + profile.bond]);
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
  });

  it("default: attack 17: nobody is right when nobody has the court compute", async () => {
    const world = await load();
    const match = await gameAtLeaf(world, [], [OUTPUT_LIE]);
    await world.time.increase(world.profile.clockSeconds);
    await expect(timeout(world, match))
      .to.emit(world.game, "GameEnded")
      .withArgs(match.gameId, match.requestId, Outcome.Undecided, world.stranger.address);
    expect((await world.hub.requestOf(match.requestId)).tainted).to.equal(true);
    expect((await world.vault.escrow()).burned).to.equal(world.profile.bond);
  });

  // Even steps hold elements of 4 bytes, odd ones of 1; the first byte that differs names the element.
  const elements: [string, readonly Lie[], number, number, number][] = [
    ["4 bytes of word 1 of step 2", [{ step: 2, byte: 37, mask: 0x01 }, OUTPUT_LIE], 2, 37, 4],
    ["4 bytes at the end of step 4", [{ step: 4, byte: 39, mask: 0x80 }, OUTPUT_LIE], 4, 39, 4],
    ["1 byte of step 3", [{ step: 3, byte: 31, mask: 0x10 }, OUTPUT_LIE], 3, 31, 1],
    ["1 byte of the output", [OUTPUT_LIE], 5, 3, 1],
    ["padding behind a tensor", [{ step: 2, byte: 41, mask: 0x01 }, OUTPUT_LIE], 2, 41, 4],
    ["a word behind a tensor", [{ step: 2, byte: 100, mask: 0x01 }, OUTPUT_LIE], 2, 100, 4],
    [
      "two elements, of which the first counts",
      [{ step: 0, byte: 9, mask: 1 }, { step: 0, byte: 6, mask: 2 }, OUTPUT_LIE],
      0,
      6,
      4,
    ],
  ];
  for (const [title, lies, number, byte, size] of elements) {
    it(`args: ${title}`, async () => {
      const world = await load();
      const match = await gameAtLeaf(world, lies, []);
      const [claimed, truth] = [match.operatorTrace, match.challengerTrace].map(({ tree }) => {
        const word = tree.node(tree.depth, (BigInt(number) << 2n) + BigInt(byte >> 5));
        return elementOf(word, (byte % 32) - ((byte % 32) % size), size);
      }) as [bigint, bigint];
      await expect(step(world, match))
        .to.emit(world.game, "GameStepped")
        .withArgs(match.gameId, world.stranger.address, number, byte, size, claimed, truth, truth);
      expect((await world.game.gameOf(match.gameId)).outcome).to.equal(Outcome.ChallengerWins);
    });
  }

  it("behavior: what lies beyond the last step is never in dispute, since the outputs differ before it", async () => {
    const world = await load();
    const beyond: Lie = { step: 7, byte: 8, mask: 0x04 };
    const match = await gameAtLeaf(world, [], [beyond, { step: 5, byte: 3, mask: 1 }]);
    expect((await positionOf(world, match.gameId)).index).to.equal(20n);
    await step(world, match);
    expect((await world.game.gameOf(match.gameId)).outcome).to.equal(Outcome.OperatorWins);
  });

  it("error: attack 54: a wrong proof decides nothing, and a right one may follow", async () => {
    const world = await load();
    const { game, referee } = world;
    const match = await gameAtLeaf(world, [OUTPUT_LIE], []);
    const { gameId, operatorTrace, challengerTrace } = match;
    const position = await positionOf(world, gameId);
    for (const proof of ["0x", keccak256(challengerTrace.root), `${operatorTrace.proof}00`]) {
      await expect(game.step(gameId, position, proof))
        .to.be.revertedWithCustomError(referee, "ToyProofRejected")
        .withArgs(operatorTrace.root);
    }
    expect((await game.gameOf(gameId)).phase).to.equal(Phase.Leaf);
    await step(world, match);
  });

  it("error: a step that answers another state, or comes too early, is refused", async () => {
    const world = await load();
    const { game } = world;
    const match = await gameAtLeaf(world, [OUTPUT_LIE], []);
    const actual = await game.stateHash(match.gameId);
    const other = { ...(await positionOf(world, match.gameId)), defence: id("other") };
    await expect(game.step(match.gameId, other, match.operatorTrace.proof))
      .to.be.revertedWithCustomError(game, "GameStateMismatch")
      .withArgs(match.gameId, positionHash(match.gameId, 5n, other), actual);

    const commitment = { requestId: match.requestId, trace: match.operatorTrace };
    const early = await openGame(world, commitment, world.rival, traceOf(world));
    for (const phase of [Phase.Opened, Phase.Narrowing]) {
      await expect(step(world, early))
        .to.be.revertedWithCustomError(game, "GamePhaseMismatch")
        .withArgs(early.gameId, phase, Phase.Leaf);
      if (phase === Phase.Opened) await reveal(world, early);
    }
  });

  it("error: attack 19: a finished game takes no move, no step and no timeout", async () => {
    const world = await load();
    const { game } = world;
    const commitment = await makeCommitment(world, { lies: MIDDLE_LIES });
    const running = await openGame(world, commitment, world.rival, traceOf(world));
    await reveal(world, running);
    const [, , ...lists] = await answerArguments(world, running);
    const match = await playGame(world, commitment, world.challenger);
    const { gameId } = match;
    const before = [...(await game.gameOf(gameId))];
    const position = await positionOf(world, gameId);
    const moves: [() => Promise<unknown>, bigint][] = [
      [() => reveal(world, match), Phase.Opened],
      [() => game.answer(gameId, position, ...lists), Phase.Narrowing],
      [() => step(world, match), Phase.Leaf],
    ];
    for (const [move, phase] of moves) {
      await expect(move())
        .to.be.revertedWithCustomError(game, "GamePhaseMismatch")
        .withArgs(gameId, Phase.Ended, phase);
    }
    for (const call of [() => timeout(world, match), () => quit(world, match)]) {
      await expect(call()).to.be.revertedWithCustomError(game, "GameNotActive").withArgs(gameId, Phase.Ended);
    }
    expect([...(await game.gameOf(gameId))]).to.deep.equal(before);
    expect([await game.canMove(gameId), await game.canTimeout(gameId)]).to.deep.equal([false, false]);
  });
});
