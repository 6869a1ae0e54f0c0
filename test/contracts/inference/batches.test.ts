import { expect } from "chai";
import { id, ZeroHash } from "ethers";
import { network } from "hardhat";
import {
  batchIdOf,
  leafOf,
  makeBatch,
  resultIdOf,
  resultOf,
  sendBatch,
  showResult,
  treeOf,
} from "../../support/protocol/batches.ts";
import { at, createWorld, owed, STAKE, Status, type World } from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

const someOf = (world: World, count: number) => Array.from({ length: count }, () => resultOf(world));
const NEVER = 2n ** 40n - 1n;

describe("InferenceHub: batches", () => {
  for (const published of [false, true]) {
    it(`default: a batch of five, ${published ? "published" : "with its root alone"}, has one lock and one window, and becomes final`, async () => {
      const world = await load();
      const { hub, vault, operator, profile } = world;
      const made = await makeBatch(world, someOf(world, 5), { published });
      const { batchId, batch } = made;
      expect(await hub.batchIdOf(batch)).to.equal(batchId);
      expect([...(await vault.stakeOf(operator))]).to.deep.equal([STAKE, profile.lock]);
      const [event] = await hub.queryFilter(hub.filters.BatchCommitted(batchId));
      const committedAt = BigInt(await world.time.latest());
      const windowEndsAt = committedAt + BigInt(profile.windowSeconds);
      expect([...(event?.args ?? [])]).to.deep.equal([
        batchId,
        batch.operator,
        batch.profileId,
        batch.root,
        5n,
        published,
      ]);

      expect(await hub.batchStatusOf(batchId)).to.equal(Status.Committed);
      expect(await hub.batchFinalAt(batchId)).to.equal(windowEndsAt);
      await expect(at(world, windowEndsAt - 1n, () => hub.settleBatch(batch)))
        .to.be.revertedWithCustomError(hub, "HubWindowOpen")
        .withArgs(batchId, windowEndsAt);
      const before = await connection.networkHelpers.takeSnapshot();
      await world.time.increaseTo(windowEndsAt);
      expect(await hub.batchStatusOf(batchId)).to.equal(Status.Final);
      await before.restore();
      await expect(at(world, windowEndsAt, () => hub.connect(world.stranger).settleBatch(batch)))
        .to.emit(hub, "BatchEnded")
        .withArgs(batchId, Status.Final);
      expect([...(await vault.stakeOf(operator))]).to.deep.equal([STAKE, 0n]);
      await expect(hub.settleBatch(batch))
        .to.be.revertedWithCustomError(hub, "HubBatchStatusMismatch")
        .withArgs(batchId, Status.Final, Status.Committed);
      expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
    });
  }

  it("default: what a published batch contains is in its event", async () => {
    const world = await load();
    const { batchId, results } = await makeBatch(world, someOf(world, 3), { published: true });
    const [event] = await world.hub.queryFilter(world.hub.filters.BatchPublished(batchId));
    expect(event?.args.modelId).to.equal(world.modelId);
    expect(event?.args.results.map((result) => [...result])).to.deep.equal(
      results.map(({ requestId, inputRoot, outputRoot }) => [requestId, inputRoot, outputRoot]),
    );
  });

  it("default: every result of batches of one to nine is proven by inclusion, and by nothing else", async () => {
    const world = await load();
    const { hub } = world;
    for (let count = 1; count <= 9; count++) {
      const { inclusion, batchId } = await makeBatch(world, someOf(world, count), {
        published: count % 2 === 0,
        operator: world.operator,
      });
      for (let index = 0; index < count; index++) {
        expect(await hub.requireIncluded(inclusion(index))).to.equal(batchId);
      }
      const one = inclusion(count - 1);
      const index = count;
      await expect(hub.requireIncluded({ ...one, index }))
        .to.be.revertedWithCustomError(hub, "HubBatchIndexOutOfRange")
        .withArgs(index, count);
      await world.time.increase(world.profile.windowSeconds);
      await hub.settleBatch(one.batch);
    }
  });

  it("error: nothing of a result can be changed, and no node passes for one", async () => {
    const world = await load();
    const { hub } = world;
    const made = await makeBatch(world, someOf(world, 4));
    const one = made.inclusion(2);
    const { result } = one;
    for (const field of ["requestId", "modelId", "inputRoot", "outputRoot", "traceRoot"] as const) {
      const changed = { ...result, [field]: id("other") };
      await expect(hub.requireIncluded({ ...one, result: changed }), field).to.be.revertedWithCustomError(
        hub,
        "HubBatchProofMismatch",
      );
    }
    await expect(hub.requireIncluded({ ...one, index: 3 })).to.be.revertedWithCustomError(
      hub,
      "HubBatchProofMismatch",
    );
    await expect(hub.requireIncluded({ ...one, proof: one.proof.slice(1) }))
      .to.be.revertedWithCustomError(hub, "HubBatchProofLengthMismatch")
      .withArgs(1, 2);
    await expect(hub.requireIncluded({ ...one, proof: [...one.proof, ZeroHash] }))
      .to.be.revertedWithCustomError(hub, "HubBatchProofLengthMismatch")
      .withArgs(3, 2);
    // Another count is another batch, however deep its tree.
    for (const batch of [
      { ...one.batch, count: 3 },
      { ...one.batch, count: 8 },
      { ...one.batch, published: true },
      { ...one.batch, operator: world.rival.address },
      { ...one.batch, profileId: id("other") },
    ]) {
      await expect(hub.requireIncluded({ ...one, batch }))
        .to.be.revertedWithCustomError(hub, "HubBatchStatusMismatch")
        .withArgs(await batchIdOf(world, batch), Status.None, Status.Committed);
    }
  });

  it("error: the very same batch is not committed to twice, ended or not", async () => {
    const world = await load();
    const { hub } = world;
    const { batch, results, batchId } = await makeBatch(world, someOf(world, 2));
    await expect(sendBatch(world, batch, results))
      .to.be.revertedWithCustomError(hub, "HubBatchExists")
      .withArgs(batchId);
    await world.time.increase(world.profile.windowSeconds);
    await hub.settleBatch(batch);
    await expect(sendBatch(world, batch, results))
      .to.be.revertedWithCustomError(hub, "HubBatchExists")
      .withArgs(batchId);
  });

  it("error: a batch has between one result and the profile's most", async () => {
    const world = await load();
    const { hub, operator, profileId } = world;
    const most = world.profile.maxBatchResults;
    for (const count of [0, most + 1]) {
      await expect(hub.connect(operator).commitBatch(operator, profileId, id("root"), count))
        .to.be.revertedWithCustomError(hub, "HubBatchCountOutOfRange")
        .withArgs(count, most);
    }
    await expect(hub.connect(operator).publishBatch(operator, profileId, world.modelId, []))
      .to.be.revertedWithCustomError(hub, "HubBatchCountOutOfRange")
      .withArgs(0, most);
    await makeBatch(world, someOf(world, most), { published: true });
  });

  it("error: a profile that asks for a lock of its own per result has no batches", async () => {
    const world = await load();
    const { hub, operator, profiles } = world;
    const profile = { ...world.profile, maxBatchResults: 0 };
    await profiles.create(profile);
    const profileId = await profiles.idOf(profile);
    await expect(hub.connect(operator).commitBatch(operator, profileId, id("root"), 1))
      .to.be.revertedWithCustomError(hub, "HubBatchCountOutOfRange")
      .withArgs(1, 0);
  });

  it("error: nobody commits for another operator, beyond its stake, under an unknown profile or about an unknown model", async () => {
    const world = await load();
    const { hub, vault, profiles, registry, operator, stranger, profileId, profile } = world;
    await expect(hub.connect(stranger).commitBatch(operator, profileId, id("root"), 1))
      .to.be.revertedWithCustomError(hub, "HubOperatorMismatch")
      .withArgs(ZeroHash, stranger.address, operator.address);
    await expect(hub.connect(stranger).commitBatch(stranger, profileId, id("root"), 1))
      .to.be.revertedWithCustomError(vault, "VaultUnlockedStakeTooLow")
      .withArgs(stranger.address, 0, profile.lock);
    await expect(hub.connect(operator).commitBatch(operator, id("none"), id("root"), 1))
      .to.be.revertedWithCustomError(profiles, "ProfileUnknown")
      .withArgs(id("none"));
    const { requestId, inputRoot, outputRoot } = resultOf(world).result;
    const results = [{ requestId, inputRoot, outputRoot }];
    await expect(hub.connect(operator).publishBatch(operator, profileId, id("none"), results))
      .to.be.revertedWithCustomError(registry, "RegistryModelUnknown")
      .withArgs(id("none"));
  });

  it("behavior: the root of a published batch is computed, and the same results without publication are another batch", async () => {
    const world = await load();
    const some = someOf(world, 3);
    const shown = await makeBatch(world, some, { published: true });
    const hidden = await makeBatch(world, some, { published: false });
    expect(shown.batch.root).to.equal(hidden.batch.root);
    expect(shown.batchId).not.to.equal(hidden.batchId);
    const leaves = await Promise.all(shown.results.map((result) => leafOf(world, result)));
    expect(shown.batch.root).to.equal(treeOf(leaves).root);
  });

  it("default: a result that was shown is read as any other, and cannot mislead", async () => {
    const world = await load();
    const { hub, profile } = world;
    const made = await makeBatch(world, someOf(world, 5));
    const resultId = resultIdOf(made.batchId, 3);
    expect(await hub.resultIdOf(made.batchId, 3)).to.equal(resultId);
    expect(await hub.statusOf(resultId)).to.equal(Status.None);
    expect(await hub.finalAt(resultId)).to.equal(NEVER);
    expect([...(await hub.securityOf(resultId))]).to.deep.equal([0n, 0n]);

    const { trace } = await showResult(world, made, 3);
    const result = made.results[3]!;
    const committedAt = (await hub.batchFinalAt(made.batchId)) - BigInt(profile.windowSeconds);
    const request = await hub.requestOf(resultId);
    expect(request.status).to.equal(Status.Committed);
    expect([request.operator, request.modelId, request.inputRoot]).to.deep.equal([
      world.operator.address,
      world.modelId,
      result.inputRoot,
    ]);
    expect([request.outputRoot, request.traceRoot, request.batchId]).to.deep.equal([
      trace.outputRoot,
      ZeroHash,
      made.batchId,
    ]);
    expect([request.committedAt, request.lock, request.fee]).to.deep.equal([committedAt, profile.lock, 0n]);
    expect([...(await hub.securityOf(resultId))]).to.deep.equal([
      profile.lock,
      BigInt(profile.maxBatchResults),
    ]);
    await expect(hub.isResult(resultId, trace.output)).to.be.revertedWithCustomError(hub, "HubNotFinal");

    await world.time.increaseTo(await hub.finalAt(resultId));
    expect(await hub.statusOf(resultId)).to.equal(Status.Final);
    expect(await hub.isResult(resultId, trace.output)).to.equal(true);
    expect(await hub.isResult(resultId, `${trace.output.slice(0, -2)}00`)).to.equal(false);
    await hub.settleBatch(made.batch);
    expect(await hub.isFinal(resultId)).to.equal(true);
    expect(await hub.finalAt(resultId)).to.equal(committedAt + BigInt(profile.windowSeconds));
  });

  it("behavior: showing a result is open to anyone, also when it is final, and showing it again changes nothing", async () => {
    const world = await load();
    const { hub } = world;
    const made = await makeBatch(world, someOf(world, 2));
    await world.time.increase(world.profile.windowSeconds);
    await hub.settleBatch(made.batch);
    await expect(hub.connect(world.stranger).showResult(made.inclusion(1))).to.emit(hub, "ResultShown");
    await expect(hub.showResult(made.inclusion(1))).not.to.emit(hub, "ResultShown");
    expect(await hub.isFinal(resultIdOf(made.batchId, 1))).to.equal(true);
  });

  it("error: a result about an unknown model is not shown", async () => {
    const world = await load();
    const { result, trace } = resultOf(world);
    const made = await makeBatch(world, [{ result: { ...result, modelId: id("none") }, trace }]);
    await expect(world.hub.showResult(made.inclusion(0)))
      .to.be.revertedWithCustomError(world.registry, "RegistryModelUnknown")
      .withArgs(id("none"));
  });
});
