import { expect } from "chai";
import { id, parseEther, ZeroHash } from "ethers";
import { network } from "hardhat";
import { type MadeBatch, makeBatch, resultOf, showResult } from "../../support/protocol/batches.ts";
import {
  commit,
  makeRequest,
  OUTPUT_LIE,
  openGame,
  playGame,
  playToLeaf,
  postTrace,
  step,
  timeout,
  traceOf,
} from "../../support/protocol/games.ts";
import { toyRecord } from "../../support/protocol/toy-model.ts";
import { createWorld, FEE, FREE, owed, STAKE, Status, type World } from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

/** Requests that name the operator, and a published batch that answers them. */
async function answered(world: World, count: number, lying: readonly number[] = []) {
  const requestIds: string[] = [];
  for (let i = 0; i < count; i++) {
    requestIds.push(await makeRequest(world, { operator: world.operator.address }));
  }
  const some = requestIds.map((requestId, i) =>
    resultOf(world, { requestId, lies: lying.includes(i) ? [OUTPUT_LIE] : [] }),
  );
  const made = await makeBatch(world, some, { published: true });
  return { requestIds, made };
}

async function link(world: World, made: MadeBatch, index: number): Promise<void> {
  await world.hub.connect(world.stranger).linkResult(made.inclusion(index));
}

describe("InferenceHub: batches that answer requests", () => {
  it("default: one lock answers three requests, each of which is final with the batch and pays its fee", async () => {
    const world = await load();
    const { hub, vault, operator, profile } = world;
    const { requestIds, made } = await answered(world, 3);
    for (const [index, requestId] of requestIds.entries()) {
      await expect(hub.connect(world.stranger).linkResult(made.inclusion(index)))
        .to.emit(hub, "ResultLinked")
        .withArgs(requestId, made.batchId, index, made.results[index]!.outputRoot);
      expect(await hub.statusOf(requestId)).to.equal(Status.Committed);
      expect([...(await hub.securityOf(requestId))]).to.deep.equal([
        profile.lock,
        BigInt(profile.maxBatchResults),
      ]);
    }
    expect([...(await vault.stakeOf(operator))]).to.deep.equal([STAKE, profile.lock]);
    const [first] = requestIds as [string];
    const windowEndsAt = await hub.batchFinalAt(made.batchId);
    await expect(hub.settle(first))
      .to.be.revertedWithCustomError(hub, "HubWindowOpen")
      .withArgs(made.batchId, windowEndsAt);

    await world.time.increaseTo(windowEndsAt);
    expect(await hub.isResult(first, made.traces[0]!.output)).to.equal(true);
    expect(await hub.finalAt(first)).to.equal(windowEndsAt);
    for (const requestId of requestIds) await hub.settle(requestId);
    await hub.settleBatch(made.batch);
    expect(await vault.balanceOf(operator)).to.equal(FREE + 3n * FEE);
    expect([...(await vault.stakeOf(operator))]).to.deep.equal([STAKE, 0n]);
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
    await expect(hub.settle(first))
      .to.be.revertedWithCustomError(hub, "HubStatusMismatch")
      .withArgs(first, Status.Final, Status.Committed);
  });

  it("behavior: a lie about one request refunds all of them, and none is ever final", async () => {
    const world = await load();
    const { hub, vault, requester } = world;
    const { requestIds, made } = await answered(world, 3, [1]);
    for (const index of [0, 1, 2]) await link(world, made, index);
    const commitment = { requestId: requestIds[1]!, trace: made.traces[1]! };
    const match = await openGame(world, commitment, world.challenger, traceOf(world));
    await postTrace(world, commitment);
    await playToLeaf(world, match);
    await step(world, match);
    for (const requestId of requestIds) {
      expect(await hub.statusOf(requestId)).to.equal(Status.Slashed);
      await hub.connect(world.stranger).settle(requestId);
      expect((await hub.requestOf(requestId)).status).to.equal(Status.Slashed);
    }
    expect(await vault.balanceOf(requester)).to.equal(FREE);
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
  });

  it("behavior: attack 41, a result that is both linked and shown is slashed once and refunded once", async () => {
    const world = await load();
    const { hub, vault, operator, profile } = world;
    const { requestIds, made } = await answered(world, 1, [0]);
    await link(world, made, 0);
    const shown = await showResult(world, made, 0);
    await postTrace(world, shown);
    await postTrace(world, { requestId: requestIds[0]!, trace: shown.trace });
    const games = [
      await openGame(world, shown, world.challenger, traceOf(world)),
      await openGame(world, { ...shown, requestId: requestIds[0]! }, world.rival, traceOf(world)),
    ];
    for (const match of games) {
      await playToLeaf(world, match);
      await step(world, match);
    }
    expect([...(await vault.stakeOf(operator))]).to.deep.equal([STAKE - profile.lock, 0n]);
    await hub.settle(requestIds[0]!);
    await expect(hub.settle(requestIds[0]!)).to.be.revertedWithCustomError(hub, "HubStatusMismatch");
    for (const { gameId } of games) await world.game.claimReward(gameId);
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
  });

  it("behavior: the lock of an acceptance is released when the batch takes its place", async () => {
    const world = await load();
    const { hub, vault, operator, profile } = world;
    const requestId = await makeRequest(world);
    await hub.connect(operator).accept(requestId);
    const made = await makeBatch(world, [resultOf(world, { requestId })], { published: true });
    expect((await vault.stakeOf(operator)).locked).to.equal(2n * profile.lock);
    await link(world, made, 0);
    expect((await vault.stakeOf(operator)).locked).to.equal(profile.lock);
    await expect(commit(world, requestId, traceOf(world)))
      .to.be.revertedWithCustomError(hub, "HubStatusMismatch")
      .withArgs(requestId, Status.Committed, Status.Accepted);
  });

  it("behavior: a void batch refunds its requests", async () => {
    const world = await load();
    const { hub, vault, requester, profile } = world;
    const { requestIds, made } = await answered(world, 1);
    await link(world, made, 0);
    const commitment = { requestId: requestIds[0]!, trace: made.traces[0]! };
    const match = await openGame(world, commitment, world.challenger, traceOf(world, [OUTPUT_LIE]));
    await postTrace(world, commitment);
    await playToLeaf(world, match);
    await world.time.increase(profile.clockSeconds);
    await timeout(world, match);
    await world.time.increase(profile.windowSeconds);
    await hub.settle(requestIds[0]!);
    expect((await hub.requestOf(requestIds[0]!)).status).to.equal(Status.Void);
    expect(await vault.balanceOf(requester)).to.equal(FREE);
  });

  it("behavior: a published input is published for the result that answers its request, and for no other", async () => {
    const world = await load();
    const { hub, game, challenger } = world;
    const requestId = await makeRequest(world, { operator: world.operator.address });
    const other = resultOf(world, { requestId, inputRoot: id("other input") });
    const made = await makeBatch(world, [resultOf(world, { requestId }), other], { published: true });
    const [mine, foreign] = [await showResult(world, made, 0), await showResult(world, made, 1)];
    expect((await hub.requestOf(mine.requestId)).inputPublished).to.equal(true);
    expect((await hub.requestOf(foreign.requestId)).inputPublished).to.equal(false);
    await expect(game.connect(challenger).demandInput(mine.requestId))
      .to.be.revertedWithCustomError(hub, "HubInputKnown")
      .withArgs(mine.requestId);
  });

  it("behavior: a batch that is final already answers a request in time, which is final at once", async () => {
    const world = await load();
    const { hub, operator, vault } = world;
    const deadline = BigInt(await world.time.latest()) + 100_000n;
    const requestId = await makeRequest(world, { operator: operator.address, deadline });
    const made = await makeBatch(world, [resultOf(world, { requestId })], { published: true });
    await world.time.increase(world.profile.windowSeconds);
    await hub.settleBatch(made.batch);
    await link(world, made, 0);
    expect(await hub.statusOf(requestId)).to.equal(Status.Final);
    expect(await hub.isResult(requestId, made.traces[0]!.output)).to.equal(true);
    await hub.settle(requestId);
    expect(await vault.balanceOf(operator)).to.equal(FREE + FEE);
    expect([...(await vault.stakeOf(operator))]).to.deep.equal([STAKE, 0n]);
  });

  it("behavior: the trace of a single tensor is its output, and is known without being posted", async () => {
    const record = { ...toyRecord, stepDepth: 0, stepCount: 1 };
    const world = await createWorld(connection, record);
    const requestId = await makeRequest(world, { operator: world.operator.address });
    const lie = { step: 0, byte: 3, mask: 0x40 };
    const made = await makeBatch(world, [resultOf(world, { requestId, lies: [lie] })], { published: true });
    await link(world, made, 0);
    const trace = made.traces[0]!;
    expect((await world.hub.requestOf(requestId)).traceRoot).to.equal(trace.outputRoot);
    const match = await openGame(world, { requestId, trace }, world.challenger, traceOf(world));
    await playToLeaf(world, match);
    await step(world, match);
    expect(await world.hub.statusOf(requestId)).to.equal(Status.Slashed);
  });

  it("error: a request is not answered by another operator, another model, another input or under another profile", async () => {
    const world = await load();
    const { hub, profiles, operator, rival } = world;
    const requestId = await makeRequest(world, { operator: rival.address });
    const own = await makeBatch(world, [resultOf(world, { requestId })], { published: true });
    await expect(hub.linkResult(own.inclusion(0)))
      .to.be.revertedWithCustomError(hub, "HubOperatorMismatch")
      .withArgs(requestId, operator.address, rival.address);
    // A request that names nobody has to be accepted first: else whoever copies an answer could take the fee.
    const open = await makeRequest(world);
    const copied = await makeBatch(world, [resultOf(world, { requestId: open })], { published: true });
    await expect(hub.linkResult(copied.inclusion(0))).to.be.revertedWithCustomError(
      hub,
      "HubOperatorMismatch",
    );

    const named = await makeRequest(world, { operator: operator.address });
    const otherInput = resultOf(world, { requestId: named, inputRoot: id("other input") });
    const second = await makeBatch(world, [otherInput], { published: true });
    await expect(hub.linkResult(second.inclusion(0)))
      .to.be.revertedWithCustomError(hub, "HubBatchResultMismatch")
      .withArgs(named);

    const otherRecord = { ...toyRecord, programRoot: id("other program") };
    const otherModel = { ...world, modelId: await world.registry.register.staticCall(otherRecord) };
    await world.registry.register(otherRecord);
    const ofOther = await makeBatch(otherModel, [resultOf(otherModel, { requestId: named })], {
      published: true,
    });
    await expect(hub.linkResult(ofOther.inclusion(0)))
      .to.be.revertedWithCustomError(hub, "HubBatchResultMismatch")
      .withArgs(named);

    const profile = { ...world.profile, maxBatchResults: 9 };
    await profiles.create(profile);
    const profileId = await profiles.idOf(profile);
    const third = await makeBatch(world, [resultOf(world, { requestId: named })], {
      published: true,
      profileId,
    });
    await expect(hub.linkResult(third.inclusion(0)))
      .to.be.revertedWithCustomError(hub, "HubBatchProfileMismatch")
      .withArgs(profileId, world.profileId);
  });

  it("error: a batch that nobody else could check answers no request", async () => {
    const world = await load();
    const requestId = await makeRequest(world, { operator: world.operator.address });
    const made = await makeBatch(world, [resultOf(world, { requestId })]);
    await expect(world.hub.linkResult(made.inclusion(0)))
      .to.be.revertedWithCustomError(world.hub, "HubBatchNotPublished")
      .withArgs(made.batchId);
  });

  it("error: a batch older than the request does not answer it, though its id could be foreseen", async () => {
    const world = await load();
    const { hub, operator, requester, modelId, profileId, inputRoot } = world;
    const deadline = BigInt(await world.time.latest()) + 100_000n;
    const parameters = { modelId, profileId, fee: FEE, deadline, operator, minStake: 0n, salt: 7n };
    const requestId = await hub.requestIdOf(requester, parameters, inputRoot, true);
    const made = await makeBatch(world, [resultOf(world, { requestId })], { published: true });
    const committedAt = BigInt(await world.time.latest());
    await world.time.increase(world.profile.windowSeconds);
    await hub.connect(requester).request(parameters, "0x0102030405");
    const requestedAt = BigInt(await world.time.latest());
    await expect(hub.linkResult(made.inclusion(0)))
      .to.be.revertedWithCustomError(hub, "HubBatchBeforeRequest")
      .withArgs(committedAt, requestedAt);
  });

  it("error: a request is linked before its deadline, once, and to a batch that can still be final", async () => {
    const world = await load();
    const { hub, operator } = world;
    const { requestIds, made } = await answered(world, 2, [1]);
    await link(world, made, 0);
    await expect(hub.linkResult(made.inclusion(0)))
      .to.be.revertedWithCustomError(hub, "HubStatusMismatch")
      .withArgs(requestIds[0], Status.Committed, Status.Requested);
    const shown = await showResult(world, made, 1);
    await postTrace(world, shown);
    await playGame(world, shown, world.challenger);
    await expect(hub.linkResult(made.inclusion(1)))
      .to.be.revertedWithCustomError(hub, "HubBatchStatusMismatch")
      .withArgs(made.batchId, Status.Slashed, Status.Committed);

    const late = await makeRequest(world, { operator: operator.address });
    const other = await makeBatch(world, [resultOf(world, { requestId: late })], { published: true });
    const { deadline } = await hub.requestOf(late);
    await world.time.increaseTo(deadline);
    await expect(hub.linkResult(other.inclusion(0)))
      .to.be.revertedWithCustomError(hub, "HubDeadlinePassed")
      .withArgs(late, deadline);
    expect(await hub.statusOf(late)).to.equal(Status.Refunded);
  });

  it("error: the requester's minimum of stake holds for batches too", async () => {
    const world = await load();
    const { hub, operator } = world;
    const minStake = STAKE + 1n;
    const requestId = await makeRequest(world, { operator: operator.address, minStake });
    const made = await makeBatch(world, [resultOf(world, { requestId })], { published: true });
    await expect(hub.linkResult(made.inclusion(0)))
      .to.be.revertedWithCustomError(hub, "HubStakeTooLow")
      .withArgs(operator.address, STAKE, minStake);
    await world.vault.deposit(operator, parseEther("1"));
    await world.vault.connect(operator).stake(parseEther("1"));
    await link(world, made, 0);
    expect((await hub.requestOf(requestId)).batchId).not.to.equal(ZeroHash);
  });
});
