import { expect } from "chai";
import { id, parseEther } from "ethers";
import { network } from "hardhat";
import {
  makeCommitment,
  makeRequest,
  OUTPUT_LIE,
  openGame,
  playGame,
  playToLeaf,
  timeout,
  traceOf,
} from "../../support/protocol/games.ts";
import { at, createWorld, FEE, FREE, owed, STAKE, Status, type World } from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

/** Ends a game by double timeout at the leaf. */
async function taint(world: World, requestId: string, trace: ReturnType<typeof traceOf>): Promise<void> {
  const match = await openGame(world, { requestId, trace }, world.challenger, traceOf(world, [OUTPUT_LIE]));
  await playToLeaf(world, match);
  await world.time.increase(world.profile.clockSeconds);
  await timeout(world, match);
}

describe("InferenceHub: finality", () => {
  it("default: an unchallenged result is final from the end of the window, and pays its operator", async () => {
    const world = await load();
    const { hub, vault, operator } = world;
    const { requestId, trace } = await makeCommitment(world);
    const { windowEndsAt } = await hub.requestOf(requestId);
    await expect(at(world, windowEndsAt - 1n, () => hub.settle(requestId)))
      .to.be.revertedWithCustomError(hub, "HubWindowOpen")
      .withArgs(requestId, windowEndsAt);
    expect(await hub.isFinal(requestId)).to.equal(false);
    await expect(hub.finalOutputRoot(requestId))
      .to.be.revertedWithCustomError(hub, "HubNotFinal")
      .withArgs(requestId, Status.Committed);

    await world.time.increaseTo(windowEndsAt);
    expect(await hub.statusOf(requestId)).to.equal(Status.Final);
    expect((await hub.requestOf(requestId)).status).to.equal(Status.Committed);
    expect(await hub.finalOutputRoot(requestId)).to.equal(trace.outputRoot);
    await expect(hub.connect(world.stranger).settle(requestId))
      .to.emit(hub, "RequestEnded")
      .withArgs(requestId, Status.Final);
    expect(await vault.balanceOf(operator)).to.equal(FREE + FEE);
    expect([...(await vault.stakeOf(operator))]).to.deep.equal([STAKE, 0n]);
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
  });

  it("behavior: only the bytes of the final result are the result", async () => {
    const world = await load();
    const { hub } = world;
    const { requestId, trace } = await makeCommitment(world);
    await expect(hub.isResult(requestId, trace.output))
      .to.be.revertedWithCustomError(hub, "HubNotFinal")
      .withArgs(requestId, Status.Committed);
    await world.time.increase(world.profile.windowSeconds);
    expect(await hub.isResult(requestId, trace.output)).to.equal(true);
    expect(await hub.isResult(requestId, traceOf(world, [OUTPUT_LIE]).output)).to.equal(false);
    // Zero bytes at the end have the same root: the length is compared as well.
    expect(await hub.isResult(requestId, `${trace.output}00`)).to.equal(false);
    expect(await hub.isResult(requestId, "0x")).to.equal(false);
    await hub.settle(requestId);
    expect(await hub.isResult(requestId, trace.output)).to.equal(true);
  });

  it("error: a result in dispute is not final, however old", async () => {
    const world = await load();
    const { hub } = world;
    const commitment = await makeCommitment(world);
    const { requestId } = commitment;
    const { windowEndsAt } = await hub.requestOf(requestId);
    await world.time.increaseTo(windowEndsAt - 10n);
    const match = await openGame(world, commitment, world.challenger, traceOf(world, [OUTPUT_LIE]));
    await world.time.increase(1000);
    expect(await hub.statusOf(requestId)).to.equal(Status.Committed);
    await expect(hub.settle(requestId))
      .to.be.revertedWithCustomError(hub, "HubGamesOpen")
      .withArgs(requestId, 1);
    await world.time.increase(world.profile.clockSeconds);
    await timeout(world, match);
    expect(await hub.statusOf(requestId)).to.equal(Status.Final);
    await hub.settle(requestId);
  });

  it("default: a tainted result ends Void at the price of a penalty, and the fee goes back", async () => {
    const world = await load();
    const { hub, vault, requester, operator, challenger, profile } = world;
    const { requestId, trace } = await makeCommitment(world);
    await taint(world, requestId, trace);
    expect((await hub.requestOf(requestId)).tainted).to.equal(true);
    expect(await hub.statusOf(requestId)).to.equal(Status.Committed);
    await world.time.increase(profile.windowSeconds);
    expect(await hub.statusOf(requestId)).to.equal(Status.Void);
    expect(await hub.isFinal(requestId)).to.equal(false);
    await expect(hub.settle(requestId)).to.emit(hub, "RequestEnded").withArgs(requestId, Status.Void);

    expect(await vault.balanceOf(requester)).to.equal(FREE);
    expect([...(await vault.stakeOf(operator))]).to.deep.equal([STAKE - profile.voidPenalty, 0n]);
    expect(await vault.balanceOf(operator)).to.equal(FREE);
    expect(await vault.balanceOf(challenger)).to.equal(FREE - profile.bond);
    expect([...(await vault.escrow())]).to.deep.equal([0n, profile.bond + profile.voidPenalty]);
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
  });

  it("behavior: a tainted result is slashed by a game that convicts it", async () => {
    const world = await load();
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const sybil = await openGame(
      world,
      commitment,
      world.rival,
      traceOf(world, [{ ...OUTPUT_LIE, mask: 1 }]),
    );
    await playToLeaf(world, sybil);
    await world.time.increase(world.profile.clockSeconds);
    await timeout(world, sybil);
    await playGame(world, commitment, world.challenger);
    expect(await world.hub.statusOf(commitment.requestId)).to.equal(Status.Slashed);
  });

  it("default: attack 11 and 30: a convicted result costs the lock, repays the requester, and burns most of the rest", async () => {
    const world = await load();
    const { hub, vault, requester, operator, challenger } = world;
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const { requestId } = commitment;
    const other = await makeCommitment(world);
    await playGame(world, commitment, challenger);

    // Of 1000: 55 % burned, 7 % to the requester, the rest for the challengers, of which one alone has half.
    expect(await vault.balanceOf(requester)).to.equal(FREE - FEE + parseEther("70"));
    expect([...(await vault.stakeOf(operator))]).to.deep.equal([parseEther("4000"), parseEther("1000")]);
    expect([...(await vault.escrow())]).to.deep.equal([parseEther("190") + FEE, parseEther("740")]);
    await world.time.increase(world.profile.windowSeconds);
    expect(await hub.statusOf(requestId)).to.equal(Status.Slashed);
    expect(await hub.isFinal(requestId)).to.equal(false);
    await hub.settle(other.requestId);
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
  });

  it("error: terminal statuses have no way out", async () => {
    const world = await load();
    const { hub, operator, profile } = world;
    const final = await makeCommitment(world);
    const convicted = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const tainted = await makeCommitment(world);
    const refunded = await makeRequest(world);
    await playGame(world, convicted, world.challenger);
    await taint(world, tainted.requestId, tainted.trace);
    await world.time.increase(profile.windowSeconds);
    for (const { requestId } of [final, tainted]) await hub.settle(requestId);
    await hub.expire(refunded);

    const ended: [string, bigint][] = [
      [final.requestId, Status.Final],
      [convicted.requestId, Status.Slashed],
      [tainted.requestId, Status.Void],
      [refunded, Status.Refunded],
    ];
    for (const [requestId, status] of ended) {
      const { output, root, outputProof } = final.trace;
      const attempts: [() => Promise<unknown>, bigint][] = [
        [() => hub.settle(requestId), Status.Committed],
        [() => hub.expire(requestId), Status.Requested],
        [() => hub.connect(operator).accept(requestId), Status.Requested],
        [() => hub.connect(operator).commit(requestId, output, root, outputProof), Status.Accepted],
        [() => world.game.connect(world.rival).open(requestId, id("opening")), Status.Committed],
      ];
      if (status !== Status.Slashed) {
        attempts.push([
          () => hub.connect(operator).postTrace(requestId, root, outputProof),
          Status.Committed,
        ]);
      }
      for (const [attempt, expected] of attempts) {
        await expect(attempt())
          .to.be.revertedWithCustomError(hub, "HubStatusMismatch")
          .withArgs(requestId, status, expected);
      }
      expect(await hub.statusOf(requestId)).to.equal(status);
    }
  });

  it("error: there is nothing to settle before a commitment", async () => {
    const world = await load();
    const requestId = await makeRequest(world);
    await expect(world.hub.settle(requestId))
      .to.be.revertedWithCustomError(world.hub, "HubStatusMismatch")
      .withArgs(requestId, Status.Requested, Status.Committed);
  });
});
