import { expect } from "chai";
import { ZeroHash } from "ethers";
import { network } from "hardhat";
import {
  type MadeBatch,
  makeBatch,
  resultIdOf,
  resultOf,
  showResult,
} from "../../support/protocol/batches.ts";
import {
  OTHER_OUTPUT_LIE,
  OUTPUT_LIE,
  openGame,
  type playGame,
  playToLeaf,
  postTrace,
  reveal,
  step,
  timeout,
  traceOf,
} from "../../support/protocol/games.ts";
import { createWorld, FREE, Outcome, owed, STAKE, Status, type World } from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

/** Four results, of which those of the numbers given are lies. */
function batchWithLies(world: World, lying: readonly number[], published = false): Promise<MadeBatch> {
  const some = [0, 1, 2, 3].map((i) => resultOf(world, { lies: lying.includes(i) ? [OUTPUT_LIE] : [] }));
  return makeBatch(world, some, { published });
}

/** Challenges a result with the truth, or with another lie, and plays the game to its end. */
async function play(world: World, made: MadeBatch, index: number, lies: Parameters<typeof playGame>[3] = []) {
  const commitment = await showResult(world, made, index);
  const match = await openGame(world, commitment, world.challenger, traceOf(world, lies));
  await postTraceOnce(world, commitment);
  await playToLeaf(world, match);
  await step(world, match);
  return match;
}

async function postTraceOnce(
  world: World,
  commitment: Awaited<ReturnType<typeof showResult>>,
): Promise<void> {
  if ((await world.hub.traceRootOf(commitment.requestId)) !== ZeroHash) return;
  await postTrace(world, commitment);
}

describe("InferenceHub: games about batches", () => {
  it("default: a lie that is proven in one result convicts the whole batch, and pays its challenger", async () => {
    const world = await load();
    const { hub, vault, game, operator, challenger, profile } = world;
    const made = await batchWithLies(world, [2]);
    await showResult(world, made, 0);
    const { gameId } = await play(world, made, 2);
    expect((await game.gameOf(gameId)).outcome).to.equal(Outcome.ChallengerWins);

    expect(await hub.batchStatusOf(made.batchId)).to.equal(Status.Slashed);
    for (const index of [0, 2]) {
      const resultId = resultIdOf(made.batchId, index);
      expect(await hub.statusOf(resultId)).to.equal(Status.Slashed);
      expect([...(await hub.securityOf(resultId))]).to.deep.equal([0n, 0n]);
    }
    expect([...(await vault.stakeOf(operator))]).to.deep.equal([STAKE - profile.lock, 0n]);
    // The lock is nobody's in particular: the requester's share is burned too.
    const burned = (profile.lock * BigInt(profile.lockBurnBps + profile.requesterBps)) / 10_000n;
    const pool = profile.lock - burned;
    await game.claimReward(gameId);
    expect(await vault.balanceOf(challenger)).to.equal(FREE + pool - pool / 2n);
    expect((await vault.escrow()).burned).to.equal(burned + pool / 2n);

    await world.time.increase(10 * profile.windowSeconds);
    expect(await hub.isFinal(resultIdOf(made.batchId, 0))).to.equal(false);
    await expect(hub.settleBatch(made.batch))
      .to.be.revertedWithCustomError(hub, "HubBatchStatusMismatch")
      .withArgs(made.batchId, Status.Slashed, Status.Committed);
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
  });

  it("default: a true batch survives a challenge of each of its results, and is final then", async () => {
    const world = await load();
    const { hub, vault, operator, profile } = world;
    const made = await batchWithLies(world, []);
    for (const index of [0, 1, 2, 3]) {
      const { gameId } = await play(world, made, index, [OUTPUT_LIE]);
      expect((await world.game.gameOf(gameId)).outcome).to.equal(Outcome.OperatorWins);
      expect(await hub.batchStatusOf(made.batchId)).to.equal(Status.Committed);
    }
    await world.time.increase(profile.windowSeconds);
    await hub.settleBatch(made.batch);
    expect([...(await vault.stakeOf(operator))]).to.deep.equal([STAKE, 0n]);
    const kept = profile.bond - (profile.bond * BigInt(profile.bondBurnBps)) / 10_000n;
    // The stranger made the steps.
    expect(await vault.balanceOf(operator)).to.equal(FREE + 4n * (kept - profile.stepRefund));
  });

  it("behavior: attack 1, a self-challenge of one result neither ends the window nor protects another", async () => {
    const world = await load();
    const { hub } = world;
    const made = await batchWithLies(world, [3]);
    await play(world, made, 0, [OUTPUT_LIE]);
    expect(await hub.batchStatusOf(made.batchId)).to.equal(Status.Committed);
    await play(world, made, 3);
    expect(await hub.batchStatusOf(made.batchId)).to.equal(Status.Slashed);
  });

  it("behavior: attack 2, games about all results of a batch share one pool in the order of opening", async () => {
    const world = await load();
    const { hub, game, vault, challenger, rival, profile } = world;
    const made = await batchWithLies(world, [0, 1]);
    const [first, second] = [await showResult(world, made, 0), await showResult(world, made, 1)];
    const honest = await openGame(world, first, challenger, traceOf(world));
    const accomplice = await openGame(world, second, rival, traceOf(world));
    // The accomplice wins first, with the operator's help.
    await postTrace(world, second);
    await playToLeaf(world, accomplice);
    await step(world, accomplice);
    expect(await hub.batchStatusOf(made.batchId)).to.equal(Status.Slashed);
    await expect(game.claimReward(accomplice.gameId)).to.be.revertedWithCustomError(
      game,
      "GameRewardPending",
    );
    await postTrace(world, first);
    await playToLeaf(world, honest);
    await step(world, honest);

    const pool = profile.lock - (profile.lock * BigInt(profile.lockBurnBps + profile.requesterBps)) / 10_000n;
    await game.claimReward(honest.gameId);
    await game.claimReward(accomplice.gameId);
    expect(await vault.balanceOf(challenger)).to.equal(FREE + pool - pool / 2n);
    expect(await vault.balanceOf(rival)).to.equal(FREE + pool / 2n);
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
  });

  it("behavior: a batch of which a game ended undecided is void: never final, with the small penalty", async () => {
    const world = await load();
    const { hub, vault, operator, profile } = world;
    const made = await batchWithLies(world, []);
    const commitment = await showResult(world, made, 1);
    const match = await openGame(world, commitment, world.challenger, traceOf(world, [OUTPUT_LIE]));
    await postTrace(world, commitment);
    await playToLeaf(world, match);
    await world.time.increase(profile.clockSeconds);
    await timeout(world, match);

    await world.time.increase(profile.windowSeconds);
    expect(await hub.batchStatusOf(made.batchId)).to.equal(Status.Void);
    expect(await hub.batchFinalAt(made.batchId)).to.equal(2n ** 40n - 1n);
    await hub.settleBatch(made.batch);
    expect([...(await vault.stakeOf(operator))]).to.deep.equal([STAKE - profile.voidPenalty, 0n]);
    expect((await vault.escrow()).burned).to.equal(profile.voidPenalty + profile.bond);
  });

  it("behavior: a batch with an open game about any of its results is not final, whatever the time", async () => {
    const world = await load();
    const { hub, profile } = world;
    const made = await batchWithLies(world, []);
    const commitment = await showResult(world, made, 1);
    await openGame(world, commitment, world.challenger, traceOf(world, [OUTPUT_LIE]));
    await world.time.increase(profile.windowSeconds);
    expect(await hub.batchStatusOf(made.batchId)).to.equal(Status.Committed);
    expect(await hub.batchFinalAt(made.batchId)).to.equal(2n ** 40n - 1n);
    await expect(hub.settleBatch(made.batch))
      .to.be.revertedWithCustomError(hub, "HubGamesOpen")
      .withArgs(made.batchId, 1);
  });

  it("error: no result is challenged from the end of the window on, nor once the batch has ended", async () => {
    const world = await load();
    const { hub, game, challenger, profile } = world;
    const made = await batchWithLies(world, [0, 1]);
    const second = await showResult(world, made, 1);
    await play(world, made, 0);
    await expect(game.connect(challenger).open(second.requestId, ZeroHash))
      .to.be.revertedWithCustomError(hub, "HubStatusMismatch")
      .withArgs(second.requestId, Status.Slashed, Status.Committed);

    const other = await batchWithLies(world, [0]);
    const late = await showResult(world, other, 0);
    await world.time.increase(profile.windowSeconds);
    await expect(game.connect(challenger).open(late.requestId, ZeroHash))
      .to.be.revertedWithCustomError(hub, "HubWindowClosed")
      .withArgs(late.requestId, await hub.batchFinalAt(other.batchId));
  });

  it("behavior: anybody posts the trace that a leaf has bound, and nobody another one", async () => {
    const world = await load();
    const { hub, stranger, operator } = world;
    const made = await makeBatch(world, [resultOf(world, { eager: true }), resultOf(world)]);
    const [bound, free] = [await showResult(world, made, 0), await showResult(world, made, 1)];
    const other = traceOf(world, [{ step: 1, byte: 0, mask: 1 }]);
    await expect(hub.connect(operator).postTrace(bound.requestId, other.root, other.outputProof))
      .to.be.revertedWithCustomError(hub, "HubTraceRootMismatch")
      .withArgs(bound.requestId, other.root, bound.trace.root);
    await hub.connect(stranger).postTrace(bound.requestId, bound.trace.root, bound.trace.outputProof);
    await expect(hub.connect(stranger).postTrace(free.requestId, free.trace.root, free.trace.outputProof))
      .to.be.revertedWithCustomError(hub, "HubOperatorMismatch")
      .withArgs(free.requestId, stranger.address, operator.address);
  });

  it("behavior: attack 46, a bound trace that does not end in the output cannot be posted, so silence convicts it", async () => {
    const world = await load();
    const { hub, operator, challenger } = world;
    // The root of the true trace beside a false output: who recomputes agrees with the trace.
    const [truth, lie] = [traceOf(world), traceOf(world, [OUTPUT_LIE])];
    const { result } = resultOf(world);
    const liar = { result: { ...result, outputRoot: lie.outputRoot, traceRoot: truth.root }, trace: truth };
    const made = await makeBatch(world, [liar]);
    const commitment = await showResult(world, made, 0);
    await expect(
      hub.connect(operator).postTrace(commitment.requestId, truth.root, truth.outputProof),
    ).to.be.revertedWithCustomError(hub, "OutputProofMismatch");
    const match = await openGame(world, commitment, challenger, truth);
    await reveal(world, match);
    await world.time.increase(world.profile.clockSeconds);
    await timeout(world, match);
    expect(await hub.batchStatusOf(made.batchId)).to.equal(Status.Slashed);
  });

  it("behavior: two lies about one result convict each other's sides as in any game", async () => {
    const world = await load();
    const made = await batchWithLies(world, [1]);
    const { gameId } = await play(world, made, 1, [OTHER_OUTPUT_LIE]);
    expect((await world.game.gameOf(gameId)).outcome).to.equal(Outcome.BothLose);
    expect(await world.hub.batchStatusOf(made.batchId)).to.equal(Status.Slashed);
  });
});
