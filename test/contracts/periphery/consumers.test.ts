import { expect } from "chai";
import { concat, getBytes, id, parseEther, toBeHex, ZeroAddress, zeroPadBytes } from "ethers";
import { network } from "hardhat";
import { makeBatch, resultIdOf, resultOf, showResult } from "../../support/protocol/batches.ts";
import { makeCommitment, makeRequest } from "../../support/protocol/games.ts";
import { toyRecord } from "../../support/protocol/toy-model.ts";
import { createWorld, Status, toyProfile } from "../../support/protocol/world.ts";

const connection = await network.create();
const load = (fixture: () => ReturnType<typeof consumers>) => connection.networkHelpers.loadFixture(fixture);
const NEVER = 2n ** 40n - 1n;
const FEE = parseEther("1");
const PRICE = parseEther("50");
const CLASSES = 3;

/** f32 scores of which that of one class is the highest. */
function verdict(best: number): string {
  const scores = new Float32Array(10).fill(-1);
  scores[best] = 2.5;
  return `0x${Buffer.from(scores.buffer).toString("hex")}`;
}

/** The consumers on a mock hub: tests of a consumer need no operator, no stake and no game. */
async function consumers() {
  const { ethers, networkHelpers } = connection;
  const [deployer, buyer, seller, stranger] = await ethers.getSigners();
  const token = await ethers.deployContract("AssayToken", [deployer!.address, parseEther("1000000")]);
  const registry = await ethers.deployContract("ModelRegistry");
  const profiles = await ethers.deployContract("Profiles");
  const record = { ...toyRecord, inputDepth: 3, inputBytes: 100, outputBytes: 40, wordDepth: 1 };
  const modelId = await registry.register.staticCall(record);
  await registry.register(record);
  await profiles.create(toyProfile);
  const profileId = await profiles.idOf(toyProfile);
  const hub = await ethers.deployContract("MockInferenceHub", [token, registry, profiles]);
  const vault = await ethers.getContractAt("StakeVault", await hub.vault());
  const delivery = await ethers.deployContract("ResultDelivery", [hub]);
  const escrow = await ethers.deployContract("VerdictEscrow", [hub, delivery, modelId, profileId, CLASSES]);
  const agent = await ethers.deployContract("GatedAgent", [
    hub,
    seller!,
    modelId,
    profileId,
    100,
    CLASSES,
    toyProfile.lock,
  ]);
  for (const account of [buyer!, seller!]) {
    await token.transfer(account, parseEther("1000"));
    await token.connect(account).approve(escrow, ethers.MaxUint256);
    await token.connect(account).approve(agent, ethers.MaxUint256);
  }
  // What the mock pays compensations out of.
  await token.approve(vault, ethers.MaxUint256);
  await vault.deposit(hub, parseEther("1000"));
  return {
    ...{ ethers, time: networkHelpers.time, token, hub, vault, delivery, escrow, agent, modelId, profileId },
    ...{ deployer: deployer!, buyer: buyer!, seller: seller!, stranger: stranger! },
  };
}

type Scene = Awaited<ReturnType<typeof consumers>>;

async function order(scene: Scene, seconds = 10_000n) {
  const { escrow, buyer, seller, time } = scene;
  const endsAt = BigInt(await time.latest()) + seconds;
  const escrowId = await escrow.connect(buyer).open.staticCall(seller, PRICE, 1, endsAt);
  await escrow.connect(buyer).open(seller, PRICE, 1, endsAt);
  return { escrowId, endsAt };
}

async function deliverWork(scene: Scene, escrowId: bigint, work = `0x${"07".repeat(100)}`) {
  const { escrow, seller, time } = scene;
  const deadline = BigInt(await time.latest()) + 1000n;
  const connected = escrow.connect(seller);
  const requestId = await connected.deliverWork.staticCall(escrowId, work, FEE, deadline);
  await connected.deliverWork(escrowId, work, FEE, deadline);
  return requestId;
}

/** Has somebody answer, and the result become final. */
async function answer(scene: Scene, requestId: string, output: string): Promise<void> {
  await scene.hub.connect(scene.stranger).commit(requestId, output, id("trace"), []);
  await scene.time.increaseTo(await scene.hub.finalAt(requestId));
}

describe("VerdictEscrow, an InferenceReceiver", () => {
  it("default: the seller of a work of the right class is paid by delivery of the verdict", async () => {
    const scene = await load(consumers);
    const { escrow, delivery, token, seller } = scene;
    const { escrowId } = await order(scene);
    const requestId = await deliverWork(scene, escrowId);
    await answer(scene, requestId, verdict(1));
    await expect(delivery.connect(scene.stranger).deliver(requestId, verdict(1), 300_000))
      .to.emit(escrow, "EscrowReleased")
      .withArgs(escrowId, seller.address, PRICE);
    expect(await token.balanceOf(seller)).to.equal(parseEther("1000") - FEE + PRICE);
    expect((await escrow.escrowOf(escrowId)).buyer).to.equal(ZeroAddress);
  });

  it("behavior: a work of another class pays nobody, and the seller may try again until the buyer is paid back", async () => {
    const scene = await load(consumers);
    const { escrow, token, buyer } = scene;
    const { escrowId, endsAt } = await order(scene);
    const requestId = await deliverWork(scene, escrowId);
    await answer(scene, requestId, verdict(0));
    // Nobody delivers, so somebody brings the result.
    await expect(escrow.connect(scene.stranger).conclude(requestId, verdict(0)))
      .to.emit(escrow, "VerdictReached")
      .withArgs(escrowId, requestId, 0);
    const again = await deliverWork(scene, escrowId, `0x${"08".repeat(100)}`);
    await answer(scene, again, verdict(2));
    await escrow.conclude(again, verdict(2));
    await expect(escrow.refund(escrowId))
      .to.be.revertedWithCustomError(escrow, "EscrowNotOver")
      .withArgs(escrowId, endsAt);
    await scene.time.increaseTo(endsAt);
    await escrow.refund(escrowId);
    expect(await token.balanceOf(buyer)).to.equal(parseEther("1000"));
    await expect(escrow.refund(escrowId))
      .to.be.revertedWithCustomError(escrow, "EscrowUnknown")
      .withArgs(escrowId);
  });

  it("behavior: a seller that delivered in time is waited for, and can deliver again if its request came to nothing", async () => {
    const scene = await load(consumers);
    const { escrow, hub, token, seller, stranger } = scene;
    const { escrowId, endsAt } = await order(scene, 3000n);
    const requestId = await deliverWork(scene, escrowId);
    await expect(escrow.connect(seller).deliverWork(escrowId, `0x${"09".repeat(100)}`, FEE, endsAt))
      .to.be.revertedWithCustomError(escrow, "EscrowVerdictPending")
      .withArgs(escrowId, requestId);
    await expect(escrow.withdrawRequest(requestId)).to.be.revertedWithCustomError(
      escrow,
      "ConsumerNotRepaid",
    );
    await hub.connect(stranger).accept(requestId);
    await hub.conclude(requestId, Status.Slashed);
    await escrow.withdrawRequest(requestId);
    const compensation = (toyProfile.lock * BigInt(toyProfile.requesterBps)) / 10_000n;
    expect(await token.balanceOf(seller)).to.equal(parseEther("1000") + compensation);

    const second = await deliverWork(scene, escrowId);
    await hub.connect(stranger).commit(second, verdict(1), id("trace"), []);
    await scene.time.increaseTo(endsAt);
    await expect(escrow.refund(escrowId))
      .to.be.revertedWithCustomError(escrow, "EscrowVerdictPending")
      .withArgs(escrowId, second);
    await scene.time.increaseTo(await hub.finalAt(second));
    await escrow.conclude(second, verdict(1));
    expect(await token.balanceOf(seller)).to.equal(parseEther("1000") + compensation - FEE + PRICE);
  });

  it("behavior: a result that is given by its root is read as well, from bytes that are brought along", async () => {
    const scene = await load(consumers);
    const { escrow, hub, stranger } = scene;
    const { escrowId } = await order(scene);
    const requestId = await deliverWork(scene, escrowId);
    const { outputRoot } = await committedRequest(scene, verdict(0));
    await expect(hub.connect(stranger).commitByRoot(requestId, outputRoot, "ipfs://verdict", id("trace"), []))
      .to.emit(hub, "OutputLocated")
      .withArgs(requestId, "ipfs://verdict");
    expect((await hub.requestOf(requestId)).outputPublished).to.equal(false);
    await scene.time.increaseTo(await hub.finalAt(requestId));
    await expect(escrow.conclude(requestId, verdict(1))).to.be.revertedWithCustomError(
      escrow,
      "ConsumerOutputMismatch",
    );
    await escrow.conclude(requestId, verdict(0));
  });

  it("error: what is not final, another one's, over or unknown changes nothing", async () => {
    const scene = await load(consumers);
    const { escrow, hub, delivery, buyer, seller, stranger } = scene;
    const { escrowId, endsAt } = await order(scene);
    await expect(escrow.connect(stranger).deliverWork(escrowId, "0x", 0, endsAt))
      .to.be.revertedWithCustomError(escrow, "EscrowCallerNotSeller")
      .withArgs(escrowId, stranger.address, seller.address);
    await expect(escrow.connect(buyer).open(seller, PRICE, CLASSES, endsAt))
      .to.be.revertedWithCustomError(escrow, "EscrowClassOutOfRange")
      .withArgs(CLASSES, CLASSES);
    const requestId = await deliverWork(scene, escrowId);
    await hub.connect(stranger).commit(requestId, verdict(0), id("trace"), []);
    await expect(escrow.conclude(requestId, verdict(0)))
      .to.be.revertedWithCustomError(hub, "MockNotFinal")
      .withArgs(requestId, Status.Committed);
    await expect(escrow.connect(seller).onInferenceResult(requestId, verdict(1)))
      .to.be.revertedWithCustomError(escrow, "ReceiverCallerNotDelivery")
      .withArgs(seller.address, await delivery.getAddress());
    await scene.time.increaseTo(await hub.finalAt(requestId));
    await expect(escrow.conclude(requestId, verdict(2)))
      .to.be.revertedWithCustomError(escrow, "ConsumerOutputMismatch")
      .withArgs(requestId);
    await escrow.conclude(requestId, verdict(0));
    await expect(escrow.conclude(requestId, verdict(0)))
      .to.be.revertedWithCustomError(escrow, "EscrowVerdictNotAwaited")
      .withArgs(requestId);
    await scene.time.increaseTo(endsAt);
    await expect(escrow.connect(seller).deliverWork(escrowId, "0x", 0, endsAt))
      .to.be.revertedWithCustomError(escrow, "EscrowOver")
      .withArgs(escrowId, endsAt);
  });
});

/** Another request that was answered with those bytes. */
async function committedRequest(scene: Scene, output: string) {
  const requestId = await deliverWork(scene, (await order(scene)).escrowId);
  await scene.hub.connect(scene.stranger).commit(requestId, output, id("trace"), []);
  return await scene.hub.requestOf(requestId);
}

async function propose(scene: Scene, target: string, data: string): Promise<string> {
  const { agent, seller, time } = scene;
  const deadline = BigInt(await time.latest()) + 1000n;
  const requestId = await agent.connect(seller).propose.staticCall(target, data, FEE, deadline);
  await agent.connect(seller).propose(target, data, FEE, deadline);
  return requestId;
}

describe("GatedAgent, an InferenceConsumer", () => {
  it("default: a call that the policy allows is made once, by anyone, and with what the policy has read", async () => {
    const scene = await load(consumers);
    const { agent, token, hub, stranger } = scene;
    await token.transfer(agent, 7n);
    const target = await token.getAddress();
    const data = token.interface.encodeFunctionData("transfer", [stranger.address, 7n]);
    const requestId = await propose(scene, target, data);
    const [asked] = await hub.queryFilter(hub.filters.InferenceRequested(requestId));
    const length = getBytes(data).length;
    expect(asked!.args.input).to.equal(zeroPadBytes(concat([target, toBeHex(length, 4), data]), 100));
    await answer(scene, requestId, verdict(0));
    await expect(agent.connect(stranger).execute(requestId, verdict(0))).to.emit(agent, "ActionExecuted");
    expect(await token.balanceOf(stranger)).to.equal(7n);
    await expect(agent.execute(requestId, verdict(0)))
      .to.be.revertedWithCustomError(agent, "AgentActionUnknown")
      .withArgs(requestId);
  });

  it("behavior: a call that the policy does not allow is never made", async () => {
    const scene = await load(consumers);
    const { agent, token, stranger } = scene;
    await token.transfer(agent, 7n);
    const data = token.interface.encodeFunctionData("transfer", [stranger.address, 7n]);
    const requestId = await propose(scene, await token.getAddress(), data);
    await answer(scene, requestId, verdict(2));
    await expect(agent.execute(requestId, verdict(2)))
      .to.emit(agent, "ActionRefused")
      .withArgs(requestId, 2);
    expect(await token.balanceOf(stranger)).to.equal(0n);
    await expect(agent.execute(requestId, verdict(2))).to.be.revertedWithCustomError(
      agent,
      "AgentActionUnknown",
    );
  });

  it("behavior: a call that fails can be tried again, and one without a verdict is paid back", async () => {
    const scene = await load(consumers);
    const { agent, token, hub, seller, stranger } = scene;
    const data = token.interface.encodeFunctionData("transfer", [stranger.address, 7n]);
    const requestId = await propose(scene, await token.getAddress(), data);
    await answer(scene, requestId, verdict(0));
    await expect(agent.execute(requestId, verdict(0))).to.be.revertedWithCustomError(
      agent,
      "AgentActionFailed",
    );
    await token.transfer(agent, 7n);
    await agent.execute(requestId, verdict(0));
    expect(await token.balanceOf(stranger)).to.equal(7n);

    const before = await token.balanceOf(seller);
    const lost = await propose(scene, await token.getAddress(), data);
    await scene.time.increase(1000);
    await hub.expire(lost);
    await agent.refund(lost);
    expect(await token.balanceOf(seller)).to.equal(before);
    await expect(agent.refund(lost)).to.be.revertedWithCustomError(agent, "AgentActionUnknown");
  });

  it("error: nobody else proposes, nothing too long is read, and too little stake is not relied upon", async () => {
    const scene = await load(consumers);
    const { agent, hub, ethers, seller, stranger, modelId, profileId, token } = scene;
    await expect(agent.connect(stranger).propose(stranger, "0x", 0, 1))
      .to.be.revertedWithCustomError(agent, "AgentCallerNotAgent")
      .withArgs(stranger.address, seller.address);
    await expect(agent.connect(seller).propose(stranger, `0x${"00".repeat(77)}`, 0, 1))
      .to.be.revertedWithCustomError(agent, "AgentActionTooLong")
      .withArgs(101, 100);
    const minimum = toyProfile.lock + 1n;
    const strict = await ethers.deployContract("GatedAgent", [
      ...[hub, seller, modelId, profileId, 100, CLASSES, minimum],
    ] as never);
    await token.connect(seller).approve(strict, ethers.MaxUint256);
    const requestId = await propose({ ...scene, agent: strict }, await token.getAddress(), "0x");
    await answer(scene, requestId, verdict(0));
    await expect(strict.execute(requestId, verdict(0)))
      .to.be.revertedWithCustomError(strict, "AgentSecurityTooLow")
      .withArgs(toyProfile.lock, 1, minimum);
  });
});

describe("InferenceLens", () => {
  const fixture = () => createWorld(connection);

  it("default: a reading says what a result amounts to, what backs it, and who could check it", async () => {
    const world = await connection.networkHelpers.loadFixture(fixture);
    const { lens, hub, profile } = world;
    const { requestId, trace } = await makeCommitment(world);
    const made = await makeBatch(world, [resultOf(world), resultOf(world)]);
    await showResult(world, made, 1);
    const shownId = resultIdOf(made.batchId, 1);
    const [own, shown, none] = await lens.readingsOf([requestId, shownId, id("none")]);
    expect([own!.status, own!.isPublic, own!.lock, own!.sharedBy]).to.deep.equal([
      Status.Committed,
      true,
      profile.lock,
      1n,
    ]);
    expect([own!.finalAt, own!.outputRoot, own!.windowSeconds, own!.censorshipSeconds]).to.deep.equal([
      await hub.finalAt(requestId),
      trace.outputRoot,
      BigInt(profile.windowSeconds),
      BigInt(profile.censorshipSeconds),
    ]);
    expect([shown!.isPublic, shown!.sharedBy, shown!.batchId]).to.deep.equal([
      false,
      BigInt(profile.maxBatchResults),
      made.batchId,
    ]);
    expect([none!.status, none!.finalAt, none!.lock]).to.deep.equal([Status.None, NEVER, 0n]);
    expect(await lens.hub()).to.equal(await hub.getAddress());
  });

  it("behavior: a result that was shown from a batch nobody could read is not public, though its input is", async () => {
    const world = await connection.networkHelpers.loadFixture(fixture);
    const requestId = await makeRequest(world, { operator: world.operator.address });
    for (const published of [false, true]) {
      const made = await makeBatch(world, [resultOf(world, { requestId })], { published });
      await world.time.increase(world.profile.windowSeconds);
      await showResult(world, made, 0);
      const reading = await world.lens.readingOf(resultIdOf(made.batchId, 0));
      expect([reading.status, reading.isPublic]).to.deep.equal([Status.Final, published]);
    }
  });
});
