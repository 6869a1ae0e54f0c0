import { expect } from "chai";
import { id } from "ethers";
import { network } from "hardhat";
import { makeBatch, resultOf, showResult } from "../../support/protocol/batches.ts";
import {
  commit,
  freshParameters,
  makeCommitment,
  OUTPUT_LIE,
  openGame,
  playGame,
  traceOf,
} from "../../support/protocol/games.ts";
import { NO_POSITION } from "../../support/protocol/positions.ts";
import { toyRecord } from "../../support/protocol/toy-model.ts";
import {
  at,
  createWorld,
  FREE,
  INPUT,
  Outcome,
  owed,
  Phase,
  Side,
  STAKE,
  Status,
  type World,
} from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

/** A commitment about an input of which the chain knows the root alone. */
async function makeHidden(world: World, lies: Parameters<typeof traceOf>[1] = []) {
  const { hub, requester, operator, inputRoot } = world;
  const parameters = await freshParameters(world);
  await hub.connect(requester).requestByRoot(parameters, inputRoot, "https://example.org/input");
  const requestId = await hub.requestIdOf(requester.address, parameters, inputRoot, false);
  await hub.connect(operator).accept(requestId);
  const trace = traceOf(world, lies);
  await commit(world, requestId, trace);
  return { requestId, trace };
}

async function demand(world: World, requestId: string, by = world.challenger): Promise<string> {
  const gameId = await world.game.connect(by).demandInput.staticCall(requestId);
  await world.game.connect(by).demandInput(requestId);
  return gameId;
}

describe("DisputeGame: demands for inputs", () => {
  it("default: the operator publishes the demanded input, is paid out of the bond, and the window starts anew", async () => {
    const world = await load();
    const { hub, game, vault, operator, challenger, profile } = world;
    const { requestId } = await makeHidden(world);
    expect((await hub.requestOf(requestId)).inputPublished).to.equal(false);
    const gameId = await demand(world, requestId);
    const [event] = await game.queryFilter(game.filters.GameDemanded());
    expect([...(event?.args ?? [])]).to.deep.equal([gameId, requestId, challenger.address]);
    const opened = await game.gameOf(gameId);
    expect([opened.phase, opened.turn]).to.deep.equal([Phase.Demanded, Side.Operator]);
    expect(await vault.balanceOf(challenger)).to.equal(FREE - profile.bond);
    expect(await game.remainingOf(gameId, Side.Operator)).to.equal(profile.clockSeconds);
    expect(await hub.finalAt(requestId)).to.equal(2n ** 40n - 1n);

    const publishedAt = BigInt(await world.time.latest()) + 1000n;
    const windowEndsAt = publishedAt + BigInt(profile.windowSeconds);
    await expect(at(world, publishedAt, () => game.connect(operator).publishInput(gameId, INPUT)))
      .to.emit(hub, "InputPublished")
      .withArgs(requestId, INPUT, windowEndsAt);
    const ended = await game.gameOf(gameId);
    expect([ended.phase, ended.outcome]).to.deep.equal([Phase.Ended, Outcome.OperatorWins]);
    const request = await hub.requestOf(requestId);
    expect([request.inputPublished, request.windowEndsAt]).to.deep.equal([true, windowEndsAt]);
    expect(await hub.finalAt(requestId)).to.equal(windowEndsAt);
    const burned = (profile.bond * BigInt(profile.bondBurnBps)) / 10_000n;
    expect(await vault.balanceOf(operator)).to.equal(FREE + profile.bond - burned);
    expect((await vault.escrow()).burned).to.equal(burned);
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
  });

  it("behavior: attack 60, who withholds the input of a lie is slashed like one who is silent", async () => {
    const world = await load();
    const { hub, game, vault, operator, challenger, requester, profile } = world;
    const { requestId } = await makeHidden(world, [OUTPUT_LIE]);
    const gameId = await demand(world, requestId);
    const { turnStartedAt } = await game.gameOf(gameId);
    const end = turnStartedAt + BigInt(profile.clockSeconds);
    await expect(at(world, end - 1n, () => game.timeout(gameId, NO_POSITION)))
      .to.be.revertedWithCustomError(game, "GameClockRunning")
      .withArgs(gameId, 1, profile.clockSeconds);
    await expect(at(world, end, () => game.connect(operator).publishInput(gameId, INPUT)))
      .to.be.revertedWithCustomError(game, "GameClockUsedUp")
      .withArgs(gameId, Side.Operator);
    await game.connect(world.stranger).timeout(gameId, NO_POSITION);

    expect(await hub.statusOf(requestId)).to.equal(Status.Slashed);
    expect([...(await vault.stakeOf(operator))]).to.deep.equal([STAKE - profile.lock, 0n]);
    const share = (bps: number): bigint => (profile.lock * BigInt(bps)) / 10_000n;
    expect(await vault.balanceOf(requester)).to.equal(FREE + share(profile.requesterBps));
    await game.claimReward(gameId);
    const pool = profile.lock - share(profile.lockBurnBps) - share(profile.requesterBps);
    expect(await vault.balanceOf(challenger)).to.equal(FREE + pool - pool / 2n);
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
  });

  it("behavior: who reads the input that was published at the last second has a whole window to challenge it", async () => {
    const world = await load();
    const { hub, game, operator, profile } = world;
    const commitment = await makeHidden(world, [OUTPUT_LIE]);
    const { windowEndsAt } = await hub.requestOf(commitment.requestId);
    const gameId = await at(world, windowEndsAt - 1n, () => demand(world, commitment.requestId));
    const last = windowEndsAt - 1n + BigInt(profile.clockSeconds) - 1n;
    await at(world, last, () => game.connect(operator).publishInput(gameId, INPUT));
    const end = last + BigInt(profile.windowSeconds);
    expect(await hub.finalAt(commitment.requestId)).to.equal(end);
    await world.time.increaseTo(end - 10n);
    await playGame(world, commitment, world.rival);
    expect(await hub.statusOf(commitment.requestId)).to.equal(Status.Slashed);
  });

  it("behavior: everything is decided by 2W + 3C after the commitment, since nothing is demanded in the second window", async () => {
    const world = await load();
    const { hub, game, operator, rival, profile } = world;
    const made = await makeBatch(world, [resultOf(world), resultOf(world)]);
    const [first, second] = [await showResult(world, made, 0), await showResult(world, made, 1)];
    const windowEndsAt = await hub.batchFinalAt(made.batchId);
    const gameId = await demand(world, first.requestId);
    await game.connect(operator).publishInput(gameId, INPUT);
    await expect(at(world, windowEndsAt, () => game.connect(rival).demandInput(second.requestId)))
      .to.be.revertedWithCustomError(hub, "HubWindowClosed")
      .withArgs(second.requestId, windowEndsAt);
    expect(await hub.batchFinalAt(made.batchId)).to.be.greaterThan(windowEndsAt);
    expect(await hub.batchFinalAt(made.batchId)).to.be.at.most(
      windowEndsAt + BigInt(profile.windowSeconds + profile.clockSeconds),
    );
    // A challenge is still possible.
    await openGame(world, second, rival, traceOf(world, [OUTPUT_LIE]));
  });

  it("behavior: a third party that publishes is repaid out of the bond", async () => {
    const world = await load();
    const { game, vault, operator, third, profile } = world;
    const { requestId } = await makeHidden(world);
    const gameId = await demand(world, requestId);
    await game.connect(third).publishInput(gameId, INPUT);
    await game.claimRefund(gameId, [third]);
    expect(await vault.balanceOf(third)).to.equal(FREE + profile.stepRefund);
    const burned = (profile.bond * BigInt(profile.bondBurnBps)) / 10_000n;
    expect(await vault.balanceOf(operator)).to.equal(FREE + profile.bond - burned - profile.stepRefund);
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
  });

  it("behavior: attack 7, an accomplice that takes the only demand gets the input published for all, or the liar slashed", async () => {
    const world = await load();
    const { hub, game, operator, rival } = world;
    const commitment = await makeHidden(world, [OUTPUT_LIE]);
    const gameId = await demand(world, commitment.requestId, rival);
    await expect(game.connect(world.challenger).demandInput(commitment.requestId))
      .to.be.revertedWithCustomError(hub, "HubInputDemanded")
      .withArgs(commitment.requestId);
    await game.connect(operator).publishInput(gameId, INPUT);
    await playGame(world, commitment, world.challenger);
    expect(await hub.statusOf(commitment.requestId)).to.equal(Status.Slashed);
  });

  it("behavior: a demander leaves with its bond when another game has slashed the commitment", async () => {
    const world = await load();
    const { game, vault, rival } = world;
    const commitment = await makeHidden(world, [OUTPUT_LIE]);
    const gameId = await demand(world, commitment.requestId, rival);
    await playGame(world, commitment, world.challenger);
    await game.connect(rival).quit(gameId, NO_POSITION);
    expect(await vault.balanceOf(rival)).to.equal(FREE);
    expect((await game.gameOf(gameId)).outcome).to.equal(Outcome.Left);
  });

  it("error: other bytes are not the input, and the game about them goes on", async () => {
    const world = await load();
    const { hub, game, operator } = world;
    const { requestId } = await makeHidden(world);
    const gameId = await demand(world, requestId);
    await expect(game.connect(operator).publishInput(gameId, `${INPUT}00`))
      .to.be.revertedWithCustomError(hub, "HubInputLengthMismatch")
      .withArgs(6, 5);
    await expect(game.connect(operator).publishInput(gameId, "0x0102030406")).to.be.revertedWithCustomError(
      hub,
      "HubInputMismatch",
    );
    expect((await game.gameOf(gameId)).phase).to.equal(Phase.Demanded);
  });

  it("error: a demand is no challenge, and a challenge no demand", async () => {
    const world = await load();
    const { hub, game } = world;
    const commitment = await makeHidden(world);
    const demanded = await demand(world, commitment.requestId);
    await expect(game.reveal(demanded, id("root"), id("salt"), id("output"), [], []))
      .to.be.revertedWithCustomError(game, "GamePhaseMismatch")
      .withArgs(demanded, Phase.Demanded, Phase.Opened);
    await expect(game.answer(demanded, NO_POSITION, [], [], []))
      .to.be.revertedWithCustomError(game, "GamePhaseMismatch")
      .withArgs(demanded, Phase.Demanded, Phase.Narrowing);
    const word = { index: 0n, place: 0, word: id("word"), siblings: [], proof: "0x" };
    await expect(game.convict(demanded, NO_POSITION, word))
      .to.be.revertedWithCustomError(game, "GamePhaseMismatch")
      .withArgs(demanded, Phase.Demanded, Phase.Opened);
    await expect(game.step(demanded, NO_POSITION, "0x"))
      .to.be.revertedWithCustomError(game, "GamePhaseMismatch")
      .withArgs(demanded, Phase.Demanded, Phase.Leaf);
    const match = await openGame(world, commitment, world.rival, traceOf(world, [OUTPUT_LIE]));
    await expect(game.publishInput(match.gameId, INPUT))
      .to.be.revertedWithCustomError(game, "GamePhaseMismatch")
      .withArgs(match.gameId, Phase.Opened, Phase.Demanded);
    for (const call of [
      () => hub.openDemand(commitment.requestId, world.rival),
      () => hub.publishInput(commitment.requestId, INPUT),
    ]) {
      await expect(call())
        .to.be.revertedWithCustomError(hub, "HubCallerNotGame")
        .withArgs(world.deployer.address, await game.getAddress());
    }
  });

  it("error: what is published already, not committed to or ended is not demanded", async () => {
    const world = await load();
    const { hub, game, challenger, profile } = world;
    const published = await makeCommitment(world);
    await expect(game.connect(challenger).demandInput(published.requestId))
      .to.be.revertedWithCustomError(hub, "HubInputKnown")
      .withArgs(published.requestId);
    await expect(game.connect(challenger).demandInput(id("none")))
      .to.be.revertedWithCustomError(hub, "HubStatusMismatch")
      .withArgs(id("none"), Status.None, Status.Committed);
    const { requestId } = await makeHidden(world);
    const { windowEndsAt } = await hub.requestOf(requestId);
    await world.time.increase(profile.windowSeconds);
    await expect(game.connect(challenger).demandInput(requestId))
      .to.be.revertedWithCustomError(hub, "HubWindowClosed")
      .withArgs(requestId, windowEndsAt);
    await hub.settle(requestId);
    await expect(game.connect(challenger).demandInput(requestId))
      .to.be.revertedWithCustomError(hub, "HubStatusMismatch")
      .withArgs(requestId, Status.Final, Status.Committed);
  });

  it("error: an input longer than the profile allows is not demanded", async () => {
    const world = await createWorld(await network.create(), { ...toyRecord, inputDepth: 3, inputBytes: 101 });
    const { hub, game, requester, operator, challenger } = world;
    const parameters = await freshParameters(world, { operator: operator.address });
    await hub.connect(requester).requestByRoot(parameters, id("root"), "");
    const requestId = await hub.requestIdOf(requester.address, parameters, id("root"), false);
    await commit(world, requestId, traceOf(world));
    await expect(game.connect(challenger).demandInput(requestId))
      .to.be.revertedWithCustomError(hub, "HubInputTooLong")
      .withArgs(requestId, 101, 100);
    expect(await world.vault.balanceOf(challenger)).to.equal(FREE);
  });
});
