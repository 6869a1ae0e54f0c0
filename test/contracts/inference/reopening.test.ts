import { expect } from "chai";
import { network } from "hardhat";
import { commit, freshParameters, makeCommitment, traceOf } from "../../support/protocol/games.ts";
import {
  at,
  createWorld,
  FEE,
  FREE,
  INPUT,
  owed,
  STAKE,
  Status,
  type World,
} from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);
const NEVER = 2n ** 40n - 1n;

async function make(world: World, overrides: Parameters<typeof freshParameters>[1] = {}) {
  const { hub, requester, inputRoot } = world;
  const parameters = await freshParameters(world, overrides);
  await hub.connect(requester).request(parameters, INPUT);
  return { parameters, requestId: await hub.requestIdOf(requester, parameters, inputRoot, true) };
}

describe("InferenceHub: reopening", () => {
  it("default: a missed deadline costs the operator its penalty, and the reopened request is answered by another", async () => {
    const world = await load();
    const { hub, vault, requester, operator, rival, profile } = world;
    await vault.connect(rival).stake(profile.lock);
    const { parameters, requestId } = await make(world);
    await hub.connect(operator).accept(requestId);
    const later = parameters.deadline + 500n;
    await expect(
      at(world, parameters.deadline - 1n, () => hub.connect(requester).reopen(requestId, parameters, later)),
    )
      .to.be.revertedWithCustomError(hub, "HubDeadlineNotPassed")
      .withArgs(requestId, parameters.deadline);
    await expect(
      at(world, parameters.deadline, () => hub.connect(requester).reopen(requestId, parameters, later)),
    )
      .to.emit(hub, "RequestReopened")
      .withArgs(requestId, later, profile.missedDeadlinePenalty);

    expect([...(await vault.stakeOf(operator))]).to.deep.equal([STAKE - profile.missedDeadlinePenalty, 0n]);
    expect(await vault.balanceOf(requester)).to.equal(FREE - FEE + profile.missedDeadlinePenalty);
    const reopened = await hub.requestOf(requestId);
    expect([reopened.status, reopened.deadline, reopened.lock]).to.deep.equal([Status.Requested, later, 0n]);
    await hub.connect(rival).accept(requestId);
    const trace = traceOf(world);
    await hub.connect(rival).commit(requestId, trace.output, trace.root, trace.outputProof);
    await world.time.increase(profile.windowSeconds);
    await hub.settle(requestId);
    expect(await vault.balanceOf(rival)).to.equal(FREE - profile.lock + FEE);
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
  });

  it("behavior: the named operator and the minimum of stake are those of the request again", async () => {
    const world = await load();
    const { hub, requester, operator, third } = world;
    const { parameters, requestId } = await make(world, { operator: operator.address, minStake: STAKE });
    await hub.connect(operator).accept(requestId);
    await world.time.increaseTo(parameters.deadline);
    await hub.connect(requester).reopen(requestId, parameters, parameters.deadline + 500n);
    await expect(hub.connect(third).accept(requestId))
      .to.be.revertedWithCustomError(hub, "HubOperatorMismatch")
      .withArgs(requestId, third.address, operator.address);
    await expect(hub.connect(operator).accept(requestId))
      .to.be.revertedWithCustomError(hub, "HubStakeTooLow")
      .withArgs(operator.address, STAKE - world.profile.missedDeadlinePenalty, STAKE);
  });

  it("behavior: a request that nobody accepted is reopened without a penalty, again and again", async () => {
    const world = await load();
    const { hub, vault, requester } = world;
    const { parameters, requestId } = await make(world);
    let { deadline } = parameters;
    for (let i = 0; i < 3; i++) {
      await world.time.increaseTo(deadline);
      expect(await hub.statusOf(requestId)).to.equal(Status.Refunded);
      deadline += 500n;
      await hub.connect(requester).reopen(requestId, parameters, deadline);
      expect(await hub.statusOf(requestId)).to.equal(Status.Requested);
    }
    await world.time.increaseTo(deadline);
    await hub.expire(requestId);
    expect(await vault.balanceOf(requester)).to.equal(FREE);
    await expect(hub.connect(requester).reopen(requestId, parameters, deadline + 500n))
      .to.be.revertedWithCustomError(hub, "HubStatusMismatch")
      .withArgs(requestId, Status.Refunded, Status.Requested);
  });

  it("error: nobody reopens another one's request, with other parameters, or with a deadline that has passed", async () => {
    const world = await load();
    const { hub, requester, stranger } = world;
    const { parameters, requestId } = await make(world);
    await world.time.increaseTo(parameters.deadline);
    await expect(hub.connect(stranger).reopen(requestId, parameters, NEVER))
      .to.be.revertedWithCustomError(hub, "HubRequestMismatch")
      .withArgs(await hub.requestIdOf(stranger, parameters, world.inputRoot, true), requestId);
    const changed = { ...parameters, minStake: 1n };
    await expect(hub.connect(requester).reopen(requestId, changed, NEVER))
      .to.be.revertedWithCustomError(hub, "HubRequestMismatch")
      .withArgs(await hub.requestIdOf(requester, changed, world.inputRoot, true), requestId);
    const now = parameters.deadline + 50n;
    await expect(at(world, now, () => hub.connect(requester).reopen(requestId, parameters, now)))
      .to.be.revertedWithCustomError(hub, "HubDeadlineNotAhead")
      .withArgs(now, now);
  });
});

describe("InferenceHub: reads that cannot mislead", () => {
  it("behavior: isFinal holds exactly from finalAt on, settled or not", async () => {
    const world = await load();
    const { hub, profile } = world;
    const { parameters, requestId: open } = await make(world);
    expect(await hub.finalAt(open)).to.equal(NEVER);
    expect([...(await hub.securityOf(open))]).to.deep.equal([0n, 0n]);
    await hub.connect(world.operator).accept(open);
    expect([...(await hub.securityOf(open))]).to.deep.equal([0n, 0n]);
    const { requestId } = await makeCommitment(world);
    const finalAt = await hub.finalAt(requestId);
    expect(finalAt).to.equal((await hub.requestOf(requestId)).windowEndsAt);
    expect([...(await hub.securityOf(requestId))]).to.deep.equal([profile.lock, 1n]);
    await world.time.increaseTo(finalAt - 1n);
    expect(await hub.isFinal(requestId)).to.equal(false);
    await world.time.increaseTo(finalAt);
    expect(await hub.isFinal(requestId)).to.equal(true);
    await hub.settle(requestId);
    expect(await hub.finalAt(requestId)).to.equal(finalAt);
    expect([...(await hub.securityOf(requestId))]).to.deep.equal([profile.lock, 1n]);
    expect(parameters.deadline).to.be.lessThan(await world.time.latest());
    expect(await hub.finalAt(open)).to.equal(NEVER);
  });

  it("behavior: the time of a request is not taken for that of a commitment", async () => {
    const world = await load();
    const { requestId } = await make(world);
    expect((await world.hub.requestOf(requestId)).committedAt).to.equal(0n);
    await world.hub.connect(world.operator).accept(requestId);
    expect((await world.hub.requestOf(requestId)).committedAt).to.equal(0n);
    await commit(world, requestId, traceOf(world));
    expect((await world.hub.requestOf(requestId)).committedAt).to.equal(await world.time.latest());
  });
});
