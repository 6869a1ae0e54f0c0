import { expect } from "chai";
import { id, parseEther, ZeroAddress, ZeroHash } from "ethers";
import { network } from "hardhat";
import { freshParameters, type RequestParameters } from "../../support/protocol/games.ts";
import { ToyTrace, toyRecord } from "../../support/protocol/toy-model.ts";
import { createWorld, FEE, INPUT, Status, type World } from "../../support/protocol/world.ts";

const connection = await network.create();
const NEVER = 2n ** 40n - 1n;

/** The mock beside the real hub, both with the same models, profiles and balances. */
async function fixture() {
  const world = await createWorld(connection);
  const { ethers, token, registry, profiles, requester, operator } = world;
  const mock = await ethers.deployContract("MockInferenceHub", [token, registry, profiles]);
  const mockVault = await ethers.getContractAt("StakeVault", await mock.vault());
  await token.approve(mockVault, ethers.MaxUint256);
  // The last is what compensations come out of.
  for (const account of [requester, operator, mock]) await mockVault.deposit(account, parseEther("2000"));
  return { ...world, mock, mockVault };
}

type Scene = Awaited<ReturnType<typeof fixture>>;
const load = () => connection.networkHelpers.loadFixture(fixture);

/** Both hubs, as one type. */
function hubs({ hub, mock }: Scene) {
  return [hub, mock.attach(mock) as unknown as World["hub"]] as const;
}

/** What a consumer can see of a request. */
async function view(hub: World["hub"], requestId: string) {
  const { requester, operator, status, fee, deadline, outputRoot, windowEndsAt } =
    await hub.requestOf(requestId);
  return {
    ...{ requester, operator, status, fee, deadline, outputRoot, windowEndsAt },
    statusNow: await hub.statusOf(requestId),
    isFinal: await hub.isFinal(requestId),
    finalAt: await hub.finalAt(requestId),
    security: [...(await hub.securityOf(requestId))],
  };
}

/** Makes the same request of both, in blocks of the same time as far as it matters. */
async function ask(scene: Scene, overrides: Partial<RequestParameters> = {}) {
  const parameters = await freshParameters(scene, overrides);
  const ids: string[] = [];
  for (const hub of hubs(scene)) {
    await hub.connect(scene.requester).request(parameters, INPUT);
    ids.push(await hub.requestIdOf(scene.requester, parameters, scene.inputRoot, true));
  }
  return { parameters, ids };
}

/** Both hubs say the same, save for the second in which a block came. */
async function expectAlike(scene: Scene, ids: readonly string[], status: bigint) {
  const [real, mocked] = await Promise.all(hubs(scene).map((hub, i) => view(hub, ids[i]!)));
  expect(real?.statusNow).to.equal(status);
  const later = (time: bigint | undefined): bigint => (time === 0n || time === NEVER ? (time as bigint) : 1n);
  const rough = (one: typeof real) => ({
    ...one,
    windowEndsAt: later(one?.windowEndsAt),
    finalAt: later(one?.finalAt),
  });
  expect(rough(mocked)).to.deep.equal(rough(real));
}

describe("MockInferenceHub", () => {
  it("default: a consumer sees what it would see of the real hub, from the request to the settled result", async () => {
    const scene = await load();
    const { operator, mockVault, profile, time } = scene;
    const trace = new ToyTrace(toyRecord, scene.inputRoot);
    const { ids } = await ask(scene);
    await expectAlike(scene, ids, Status.Requested);
    for (const [i, hub] of hubs(scene).entries()) await hub.connect(operator).accept(ids[i]!);
    await expectAlike(scene, ids, Status.Accepted);
    for (const [i, hub] of hubs(scene).entries()) {
      await hub.connect(operator).commit(ids[i]!, trace.output, ZeroHash, []);
      await hub.connect(operator).postTrace(ids[i]!, trace.root, trace.outputProof);
    }
    await expectAlike(scene, ids, Status.Committed);
    for (const [i, hub] of hubs(scene).entries()) {
      const error = i === 0 ? "HubWindowOpen" : "MockTimeMismatch";
      await expect(hub.settle(ids[i]!)).to.be.revertedWithCustomError(scene[i === 0 ? "hub" : "mock"], error);
    }
    await time.increase(profile.windowSeconds);
    await expectAlike(scene, ids, Status.Final);
    for (const [i, hub] of hubs(scene).entries()) {
      expect(await hub.isResult(ids[i]!, trace.output)).to.equal(true);
      expect(await hub.isResult(ids[i]!, "0x01")).to.equal(false);
      await hub.settle(ids[i]!);
    }
    await expectAlike(scene, ids, Status.Final);
    expect(await mockVault.balanceOf(operator)).to.equal(parseEther("2000") + FEE);
  });

  it("default: a deadline that is missed refunds the fee, or opens the request anew for its requester", async () => {
    const scene = await load();
    const { mock, requester, stranger, time } = scene;
    for (const isReopened of [false, true]) {
      const { ids, parameters } = await ask(scene);
      for (const [i, hub] of hubs(scene).entries()) {
        const error = i === 0 ? "HubDeadlineNotPassed" : "MockTimeMismatch";
        await expect(hub.expire(ids[i]!)).to.be.revertedWithCustomError(
          scene[i === 0 ? "hub" : "mock"],
          error,
        );
      }
      await time.increase(1000);
      await expectAlike(scene, ids, Status.Refunded);
      const deadline = BigInt(await time.latest()) + 5000n;
      if (!isReopened) {
        for (const [i, hub] of hubs(scene).entries()) await hub.connect(stranger).expire(ids[i]!);
        await expectAlike(scene, ids, Status.Refunded);
        continue;
      }
      await expect(mock.connect(stranger).reopen(ids[1]!, parameters, deadline))
        .to.be.revertedWithCustomError(mock, "MockRequestMismatch")
        .withArgs(ids[1]);
      for (const [i, hub] of hubs(scene).entries())
        await hub.connect(requester).reopen(ids[i]!, parameters, deadline);
      await expectAlike(scene, ids, Status.Requested);
    }
  });

  it("behavior: an acceptance that came to nothing is over at the deadline, and can be opened anew", async () => {
    const scene = await load();
    const { mock, operator, requester, time } = scene;
    const { ids, parameters } = await ask(scene);
    await mock.connect(operator).accept(ids[1]!);
    await time.increase(1000);
    expect(await mock.statusOf(ids[1]!)).to.equal(Status.Refunded);
    await expect(
      mock.connect(operator).commit(ids[1]!, `0x${"00".repeat(40)}`, ZeroHash, []),
    ).to.be.revertedWithCustomError(mock, "MockTimeMismatch");
    await mock.connect(requester).reopen(ids[1]!, parameters, NEVER - 1n);
    const { status, operator: named, lock } = await mock.requestOf(ids[1]!);
    expect([status, named, lock]).to.deep.equal([Status.Requested, ZeroAddress, 0n]);
  });

  for (const [status, fee, compensation] of [
    ["Final", "operator", 0n],
    ["Slashed", "requester", "requesterBps"],
    ["Void", "requester", 0n],
    ["Refunded", "requester", "missedDeadlinePenalty"],
  ] as const) {
    it(`args: a test that concludes a request as ${status} pays what the real hub would`, async () => {
      const scene = await load();
      const { mock, mockVault, profile, operator, requester } = scene;
      const { ids } = await ask(scene);
      const requestId = ids[1]!;
      await mock.connect(operator).accept(requestId);
      if (status !== "Refunded")
        await mock.connect(operator).commit(requestId, `0x${"00".repeat(40)}`, ZeroHash, []);
      await mock.conclude(requestId, Status[status]);
      const share = (profile.lock * BigInt(profile.requesterBps)) / 10_000n;
      const extra =
        compensation === "requesterBps" ? share : compensation === 0n ? 0n : profile.missedDeadlinePenalty;
      const start = parseEther("2000");
      expect(await mockVault.balanceOf(requester)).to.equal(start + (fee === "requester" ? extra : -FEE));
      expect(await mockVault.balanceOf(operator)).to.equal(start + (fee === "operator" ? FEE : 0n));
      expect(await mock.statusOf(requestId)).to.equal(Status[status]);
      // A result that was concluded early is final now, and not when its window would have ended.
      const now = BigInt(await scene.time.latest());
      expect(await mock.finalAt(requestId)).to.equal(status === "Final" ? now : NEVER);
      expect([...(await mock.securityOf(requestId))]).to.deep.equal(
        status === "Final" ? [profile.lock, 1n] : [0n, 0n],
      );
    });
  }

  it("behavior: a request that nobody has accepted is refunded without a penalty", async () => {
    const scene = await load();
    const { ids } = await ask(scene);
    await scene.mock.conclude(ids[1]!, Status.Refunded);
    expect(await scene.mockVault.balanceOf(scene.requester)).to.equal(parseEther("2000"));
  });

  it("behavior: inputs and outputs may be given by their roots alone", async () => {
    const scene = await load();
    const { mock, requester, operator, inputRoot } = scene;
    const parameters = await freshParameters(scene);
    await expect(mock.connect(requester).requestByRoot(parameters, inputRoot, "ipfs://input")).to.emit(
      mock,
      "InferenceRequested",
    );
    const requestId = await mock.requestIdOf(requester, parameters, inputRoot, false);
    expect((await mock.requestOf(requestId)).inputPublished).to.equal(false);
    await expect(mock.connect(operator).commitByRoot(requestId, id("root"), "ipfs://output", ZeroHash, []))
      .to.emit(mock, "OutputLocated")
      .withArgs(requestId, "ipfs://output");
    const { outputRoot, outputPublished } = await mock.requestOf(requestId);
    expect([outputRoot, outputPublished]).to.deep.equal([id("root"), false]);
  });

  it("error: other lengths, other times, the same request twice, and what is not in the right status", async () => {
    const scene = await load();
    const { mock, requester, operator } = scene;
    const { ids, parameters } = await ask(scene);
    const requestId = ids[1]!;
    await expect(mock.connect(requester).request(parameters, INPUT))
      .to.be.revertedWithCustomError(mock, "MockRequestMismatch")
      .withArgs(requestId);
    await expect(mock.connect(requester).request(parameters, "0x01"))
      .to.be.revertedWithCustomError(mock, "MockLengthMismatch")
      .withArgs(1, 5);
    await expect(mock.connect(operator).commit(requestId, "0x01", ZeroHash, []))
      .to.be.revertedWithCustomError(mock, "MockLengthMismatch")
      .withArgs(1, 40);
    await expect(mock.settle(requestId))
      .to.be.revertedWithCustomError(mock, "MockStatusMismatch")
      .withArgs(requestId, Status.Requested, Status.Committed);
    await expect(mock.finalOutputRoot(requestId))
      .to.be.revertedWithCustomError(mock, "MockNotFinal")
      .withArgs(requestId, Status.Requested);
    expect([...(await mock.securityOf(requestId))]).to.deep.equal([0n, 0n]);
    await mock.conclude(requestId, Status.Void);
    for (const call of [
      () => mock.accept(requestId),
      () => mock.expire(requestId),
      () => mock.postTrace(requestId, ZeroHash, []),
    ])
      await expect(call()).to.be.revertedWithCustomError(mock, "MockStatusMismatch");
    expect(await mock.game()).to.equal(await mock.getAddress());
    const linked = [await mock.registry(), await mock.profiles(), await scene.delivery.hub()];
    expect(linked).to.deep.equal([scene.registry.target, scene.profiles.target, scene.hub.target]);
  });
});
