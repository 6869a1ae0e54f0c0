import { expect } from "chai";
import { network } from "hardhat";
import { commit, makeRequest, OUTPUT_LIE, playGame, traceOf } from "../../support/protocol/games.ts";
import { createWorld, FEE, FREE, owed, STAKE, Status } from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

describe("StakeVault: owner, signer and payout", () => {
  it("default: a signer accepts and commits for a cold owner, whose earnings go to its payout", async () => {
    const world = await load();
    const { hub, vault, operator, third, rival, profile } = world;
    await expect(vault.connect(operator).setSigner(third))
      .to.emit(vault, "SignerSet")
      .withArgs(operator.address, third.address);
    await expect(vault.connect(operator).setPayout(rival))
      .to.emit(vault, "PayoutSet")
      .withArgs(operator.address, rival.address);
    const requestId = await makeRequest(world);
    await hub.connect(third).acceptFor(requestId, operator);
    expect((await hub.requestOf(requestId)).operator).to.equal(operator.address);
    const { trace } = { trace: traceOf(world) };
    await hub.connect(third).commit(requestId, trace.output, trace.root, trace.outputProof);
    const [event] = await hub.queryFilter(hub.filters.ResultCommitted(requestId));
    expect(event?.args.operator).to.equal(operator.address);

    const match = await playGame(world, { requestId, trace }, world.challenger, [OUTPUT_LIE]);
    const burned = (profile.bond * BigInt(profile.bondBurnBps)) / 10_000n;
    const kept = profile.bond - burned - profile.stepRefund;
    expect(await vault.balanceOf(rival)).to.equal(FREE + kept);
    await world.time.increase(profile.windowSeconds);
    await hub.settle(requestId);
    expect(await vault.balanceOf(rival)).to.equal(FREE + kept + FEE);
    expect(await vault.balanceOf(operator)).to.equal(FREE);
    await world.game.claimRefund(match.gameId, [world.stranger]);
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
  });

  it("behavior: a named operator's signer commits at once, posts the trace, and commits to batches", async () => {
    const world = await load();
    const { hub, vault, operator, third, profileId } = world;
    await vault.connect(operator).setSigner(third);
    const requestId = await makeRequest(world, { operator: operator.address });
    const trace = traceOf(world);
    await hub.connect(third).commit(requestId, trace.output, `0x${"00".repeat(32)}`, []);
    await hub.connect(third).postTrace(requestId, trace.root, trace.outputProof);
    expect(await hub.statusOf(requestId)).to.equal(Status.Committed);
    await hub.connect(third).commitBatch(operator, profileId, trace.root, 1);
    expect((await vault.stakeOf(operator)).locked).to.equal(2n * world.profile.lock);
  });

  it("behavior: rotation takes effect at once, also for what was accepted before; the owner always acts for itself", async () => {
    const world = await load();
    const { hub, vault, operator, third, rival } = world;
    await vault.connect(operator).setSigner(third);
    const requestId = await makeRequest(world);
    await hub.connect(third).acceptFor(requestId, operator);
    await vault.connect(operator).setSigner(rival);
    const trace = traceOf(world);
    await expect(hub.connect(third).commit(requestId, trace.output, trace.root, trace.outputProof))
      .to.be.revertedWithCustomError(hub, "HubOperatorMismatch")
      .withArgs(requestId, third.address, operator.address);
    await commit(world, requestId, trace);
    const other = await makeRequest(world);
    await expect(hub.connect(third).acceptFor(other, operator))
      .to.be.revertedWithCustomError(hub, "HubOperatorMismatch")
      .withArgs(other, third.address, operator.address);
    await hub.connect(rival).acceptFor(other, operator);
    await vault.connect(operator).setSigner(`0x${"00".repeat(20)}`);
    await expect(
      hub.connect(rival).commit(other, trace.output, trace.root, trace.outputProof),
    ).to.be.revertedWithCustomError(hub, "HubOperatorMismatch");
  });

  it("behavior: naming a signer gives no power over the one who is named, nor it any over stake", async () => {
    const world = await load();
    const { hub, vault, operator, third } = world;
    // The third makes the operator its signer without being asked.
    await vault.connect(third).setSigner(operator);
    const requestId = await makeRequest(world);
    await hub.connect(operator).accept(requestId);
    expect((await hub.requestOf(requestId)).operator).to.equal(operator.address);
    await vault.connect(operator).setSigner(third);
    await expect(vault.connect(third).requestUnstake(1n))
      .to.be.revertedWithCustomError(vault, "VaultUnlockedStakeTooLow")
      .withArgs(third.address, 0, 1);
  });

  it("default: an owner rotates its key by moving the stake that is not locked", async () => {
    const world = await load();
    const { hub, vault, operator, third, profile } = world;
    const requestId = await makeRequest(world);
    await hub.connect(operator).accept(requestId);
    const unlocked = STAKE - profile.lock;
    await expect(vault.connect(operator).transferStake(third, unlocked + 1n))
      .to.be.revertedWithCustomError(vault, "VaultUnlockedStakeTooLow")
      .withArgs(operator.address, unlocked, unlocked + 1n);
    await expect(vault.connect(operator).transferStake(third, unlocked))
      .to.emit(vault, "StakeTransferred")
      .withArgs(operator.address, third.address, unlocked);
    expect([...(await vault.stakeOf(operator))]).to.deep.equal([profile.lock, profile.lock]);
    expect([...(await vault.stakeOf(third))]).to.deep.equal([unlocked, 0n]);
    expect(await owed(world)).to.equal(await vault.owed());
  });

  it("error: stake and earnings are not sent where nobody could use them", async () => {
    const { vault, operator } = await load();
    const self = await vault.getAddress();
    for (const receiver of [`0x${"00".repeat(20)}`, self]) {
      await expect(vault.connect(operator).transferStake(receiver, 1n))
        .to.be.revertedWithCustomError(vault, "VaultReceiverInvalid")
        .withArgs(receiver);
    }
    await expect(vault.connect(operator).setPayout(self))
      .to.be.revertedWithCustomError(vault, "VaultReceiverInvalid")
      .withArgs(self);
  });

  it("default: a payout of zero is the operator itself", async () => {
    const { vault, operator, rival } = await load();
    expect(await vault.payoutOf(operator)).to.equal(operator.address);
    await vault.connect(operator).setPayout(rival);
    expect(await vault.payoutOf(operator)).to.equal(rival.address);
    await vault.connect(operator).setPayout(`0x${"00".repeat(20)}`);
    expect(await vault.payoutOf(operator)).to.equal(operator.address);
  });
});
