import { expect } from "chai";
import { AbiCoder, id, keccak256, parseEther, ZeroAddress } from "ethers";
import { network } from "hardhat";
import { freshParameters, makeRequest } from "../../support/protocol/games.ts";
import { at, createWorld, FEE, FREE, INPUT, owed, STAKE, Status } from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

describe("InferenceHub: requests", () => {
  it("default: a request escrows its fee and says everything that others need", async () => {
    const world = await load();
    const { hub, vault, requester, inputRoot } = world;
    const parameters = await freshParameters(world, { minStake: 7n, operator: world.operator.address });
    const requestId = await hub.requestIdOf(requester.address, parameters, inputRoot, true);
    await expect(hub.connect(requester).request(parameters, INPUT))
      .to.emit(hub, "InferenceRequested")
      .withArgs(requestId, requester.address, Object.values(parameters), inputRoot, INPUT, "");

    const request = await hub.requestOf(requestId);
    expect(request.requester).to.equal(requester.address);
    expect(request.status).to.equal(Status.Requested);
    expect(request.inputPublished).to.equal(true);
    expect(request.deadline).to.equal(parameters.deadline);
    expect(request.operator).to.equal(world.operator.address);
    expect([request.modelId, request.profileId]).to.deep.equal([world.modelId, world.profileId]);
    expect([request.inputRoot, request.fee, request.lock]).to.deep.equal([inputRoot, FEE, 0n]);
    expect(await vault.balanceOf(requester)).to.equal(FREE - FEE);
    expect((await vault.escrow()).held).to.equal(FEE);
  });

  it("default: a request by root is marked as such", async () => {
    const world = await load();
    const { hub, requester } = world;
    const parameters = await freshParameters(world);
    const requestId = await hub.requestIdOf(requester.address, parameters, id("root"), false);
    await expect(hub.connect(requester).requestByRoot(parameters, id("root"), "ipfs://input"))
      .to.emit(hub, "InferenceRequested")
      .withArgs(requestId, requester.address, Object.values(parameters), id("root"), "0x", "ipfs://input");
    const request = await hub.requestOf(requestId);
    expect([request.inputPublished, request.inputRoot]).to.deep.equal([false, id("root")]);
  });

  it("behavior: attack 50: an id binds the chain, the hub, the requester and every field", async () => {
    const world = await load();
    const { hub, requester, stranger, inputRoot, ethers } = world;
    const parameters = await freshParameters(world);
    const types = ["bytes32", "uint256", "address", "address"];
    types.push(
      "bytes32",
      "bytes32",
      "uint256",
      "uint256",
      "address",
      "uint256",
      "uint256",
      "bytes32",
      "bool",
    );
    const { chainId } = await ethers.provider.getNetwork();
    const values = [id("Assay request"), chainId, await hub.getAddress(), requester.address];
    const preimage = [...values, ...Object.values(parameters), inputRoot, true];
    const specified = keccak256(AbiCoder.defaultAbiCoder().encode(types, preimage));
    expect(await hub.requestIdOf(requester.address, parameters, inputRoot, true)).to.equal(specified);

    const ids = new Set([specified]);
    const changes = [{ modelId: id("a") }, { profileId: id("a") }, { fee: 1n }, { deadline: 1n }];
    for (const change of [...changes, { operator: stranger.address }, { minStake: 1n }, { salt: id("a") }]) {
      ids.add(await hub.requestIdOf(requester.address, { ...parameters, ...change }, inputRoot, true));
    }
    ids.add(await hub.requestIdOf(stranger.address, parameters, inputRoot, true));
    ids.add(await hub.requestIdOf(requester.address, parameters, id("a"), true));
    ids.add(await hub.requestIdOf(requester.address, parameters, inputRoot, false));
    expect(ids.size).to.equal(11);
  });

  it("error: attack 49: the very same request is not made twice, not even after it ended", async () => {
    const world = await load();
    const { hub, requester, inputRoot } = world;
    const parameters = await freshParameters(world);
    const again = () => hub.connect(requester).request(parameters, INPUT);
    await again();
    const requestId = await hub.requestIdOf(requester.address, parameters, inputRoot, true);
    await expect(again()).to.be.revertedWithCustomError(hub, "HubRequestExists").withArgs(requestId);
    await world.time.increaseTo(parameters.deadline);
    await hub.expire(requestId);
    await expect(again()).to.be.revertedWithCustomError(hub, "HubRequestExists").withArgs(requestId);
  });

  for (const [input, length] of [
    ["0x01020304", 4],
    ["0x010203040506", 6],
    ["0x", 0],
  ] as const) {
    it(`error: an input of ${length} bytes where the model takes 5`, async () => {
      const world = await load();
      await expect(world.hub.connect(world.requester).request(await freshParameters(world), input))
        .to.be.revertedWithCustomError(world.hub, "HubInputLengthMismatch")
        .withArgs(length, 5);
    });
  }

  it("error: unknown models and profiles cannot be asked for", async () => {
    const world = await load();
    const hub = world.hub.connect(world.requester);
    const noModel = await freshParameters(world, { modelId: id("none") });
    const noProfile = await freshParameters(world, { profileId: id("none") });
    for (const call of [
      () => hub.request(noModel, INPUT),
      () => hub.requestByRoot(noModel, id("root"), ""),
    ]) {
      await expect(call())
        .to.be.revertedWithCustomError(world.registry, "RegistryModelUnknown")
        .withArgs(id("none"));
    }
    for (const call of [
      () => hub.request(noProfile, INPUT),
      () => hub.requestByRoot(noProfile, id("root"), ""),
    ]) {
      await expect(call())
        .to.be.revertedWithCustomError(world.profiles, "ProfileUnknown")
        .withArgs(id("none"));
    }
  });

  it("error: the fee has to be free", async () => {
    const world = await load();
    const parameters = await freshParameters(world, { fee: FREE + 1n });
    await expect(world.hub.connect(world.requester).request(parameters, INPUT))
      .to.be.revertedWithCustomError(world.vault, "VaultBalanceTooLow")
      .withArgs(world.requester.address, FREE, FREE + 1n);
  });

  it("error: a deadline has to lie ahead; a second is enough", async () => {
    const world = await load();
    const { hub, requester } = world;
    const now = BigInt(await world.time.latest()) + 10n;
    const parameters = await freshParameters(world, { deadline: now });
    await expect(at(world, now, () => hub.connect(requester).request(parameters, INPUT)))
      .to.be.revertedWithCustomError(hub, "HubDeadlineNotAhead")
      .withArgs(now, now);
    const later = { ...parameters, deadline: now + 6n };
    await at(world, now + 5n, () => hub.connect(requester).request(later, INPUT));
    expect(
      await hub.statusOf(await hub.requestIdOf(requester.address, later, world.inputRoot, true)),
    ).to.equal(Status.Requested);
  });

  it("default: a request that nobody accepted is refunded by anyone from the deadline on", async () => {
    const world = await load();
    const { hub, vault, requester } = world;
    const deadline = BigInt(await world.time.latest()) + 1000n;
    const requestId = await makeRequest(world, { deadline, minStake: 5n });
    await expect(at(world, deadline - 1n, () => hub.expire(requestId)))
      .to.be.revertedWithCustomError(hub, "HubDeadlineNotPassed")
      .withArgs(requestId, deadline);
    expect(await hub.statusOf(requestId)).to.equal(Status.Requested);

    await at(world, deadline, () =>
      expect(hub.connect(world.stranger).expire(requestId))
        .to.emit(hub, "RequestEnded")
        .withArgs(requestId, Status.Refunded),
    );
    expect(await vault.balanceOf(requester)).to.equal(FREE);
    expect((await hub.requestOf(requestId)).lock).to.equal(0n);
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
  });

  it("default: an operator that accepted and stayed silent pays the penalty to the requester", async () => {
    const world = await load();
    const { hub, vault, requester, operator, profile } = world;
    const deadline = BigInt(await world.time.latest()) + 1000n;
    const requestId = await makeRequest(world, { deadline });
    await hub.connect(operator).accept(requestId);
    await world.time.increaseTo(deadline);
    await hub.expire(requestId);

    expect(await vault.balanceOf(requester)).to.equal(FREE + profile.missedDeadlinePenalty);
    expect([...(await vault.stakeOf(operator))]).to.deep.equal([STAKE - profile.missedDeadlinePenalty, 0n]);
    expect((await hub.requestOf(requestId)).lock).to.equal(parseEther("1000"));
    expect(await owed(world)).to.equal(await world.token.balanceOf(vault));
  });

  it("behavior: the status turns by itself when the deadline passes", async () => {
    const world = await load();
    const { hub } = world;
    const requestId = await makeRequest(world);
    const accepted = await makeRequest(world);
    await hub.connect(world.operator).accept(accepted);
    expect(await hub.statusOf(accepted)).to.equal(Status.Accepted);
    await world.time.increase(1001);
    for (const request of [requestId, accepted])
      expect(await hub.statusOf(request)).to.equal(Status.Refunded);
    expect((await hub.requestOf(requestId)).status).to.equal(Status.Requested);
  });

  it("error: a request expires once, and an unknown one never", async () => {
    const world = await load();
    const { hub } = world;
    const requestId = await makeRequest(world);
    await world.time.increase(1001);
    await hub.expire(requestId);
    const refusals: [string, bigint][] = [
      [requestId, Status.Refunded],
      [id("none"), Status.None],
    ];
    for (const [request, status] of refusals) {
      await expect(hub.expire(request))
        .to.be.revertedWithCustomError(hub, "HubStatusMismatch")
        .withArgs(request, status, Status.Requested);
    }
  });

  it("behavior: views of an unknown request do not revert", async () => {
    const { hub } = await load();
    expect(await hub.statusOf(id("none"))).to.equal(Status.None);
    expect(await hub.isFinal(id("none"))).to.equal(false);
    expect((await hub.requestOf(id("none"))).requester).to.equal(ZeroAddress);
    expect(await hub.operatorOf(id("none"))).to.equal(ZeroAddress);
    expect(await hub.traceRootOf(id("none"))).to.equal(`0x${"00".repeat(32)}`);
  });
});
