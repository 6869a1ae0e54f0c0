import { expect } from "chai";
import { dataLength, id } from "ethers";
import { network } from "hardhat";
import { deliverable, Mood, withDelivery } from "../../support/protocol/consumers.ts";
import { makeCommitment } from "../../support/protocol/games.ts";
import { createWorld, Status } from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = async () => withDelivery(await createWorld(connection));
const load = () => connection.networkHelpers.loadFixture(fixture);

/** `DeliveryStatus`. */
const [NONE, SUBSCRIBED, FAILED, DELIVERED] = [0n, 1n, 2n, 3n];

describe("ResultDelivery", () => {
  it("default: anyone delivers a final result once, with exactly the gas subscribed", async () => {
    const world = await load();
    const { delivery, receiver, stranger } = world;
    const { requestId, output } = await deliverable(world, 200_000);
    expect(await delivery.deliver.staticCall(requestId, output, 200_000)).to.equal(true);
    await expect(delivery.connect(stranger).deliver(requestId, output, 200_000))
      .to.emit(delivery, "ResultDelivered")
      .withArgs(requestId, await receiver.getAddress(), stranger.address);
    expect([await receiver.received(), await receiver.lastOutput()]).to.deep.equal([1n, output]);
    // What entering the function takes is all that is missing.
    expect(await receiver.gasGiven()).to.be.within(199_000n, 200_000n);
    const state = await delivery.deliveryOf(requestId);
    expect([...state]).to.deep.equal([await receiver.getAddress(), 200_000n, 1n, DELIVERED]);
    await expect(delivery.deliver(requestId, output, 200_000))
      .to.be.revertedWithCustomError(delivery, "DeliveryNotDue")
      .withArgs(requestId, DELIVERED);
  });

  for (const mood of ["Revert", "BurnGas", "RevertBomb"] as const) {
    it(`behavior: attack 38, a receiver that answers with ${mood} harms nobody, and gets its result when it comes to its senses`, async () => {
      const world = await load();
      const { delivery, receiver, hub } = world;
      const { requestId, output } = await deliverable(world, 200_000);
      await receiver.feel(Mood[mood]);
      const sent = await delivery.deliver(requestId, output, 200_000, { gasLimit: 1_000_000 });
      const [event] = await delivery.queryFilter(delivery.filters.DeliveryFailed(requestId));
      expect(dataLength(event!.args.reason)).to.be.at.most(256);
      if (mood === "Revert") {
        expect(event!.args.reason).to.equal(
          receiver.interface.encodeErrorResult("ReceiverUnwilling", [requestId]),
        );
      }
      expect((await sent.wait())!.gasUsed).to.be.lessThan(400_000n);
      expect((await delivery.deliveryOf(requestId)).status).to.equal(FAILED);
      // Nobody had to wait for it.
      await hub.settle(requestId);
      expect(await hub.statusOf(requestId)).to.equal(Status.Final);
      await receiver.feel(Mood.Accept);
      await delivery.deliver(requestId, output, 200_000);
      expect(await receiver.received()).to.equal(1n);
      expect((await delivery.deliveryOf(requestId)).attempts).to.equal(2n);
    });
  }

  it("behavior: a receiver that answers with half a megabyte pays for it out of its own gas", async () => {
    const world = await load();
    const { delivery, receiver } = world;
    const { requestId, output } = await deliverable(world, 1_000_000);
    await receiver.feel(Mood.ReturnBomb);
    const sent = await delivery.deliver(requestId, output, 1_000_000, { gasLimit: 2_000_000 });
    expect((await sent.wait())!.gasUsed).to.be.lessThan(1_150_000n);
    expect((await delivery.deliveryOf(requestId)).status).to.equal(DELIVERED);
  });

  it("behavior: attack 38, of a reason of half a megabyte 256 bytes are read, and its receiver pays for the rest", async () => {
    const world = await load();
    const { delivery, receiver } = world;
    // Enough for the receiver to get as far as its answer: with less, it fails on the way there and answers nothing.
    const { requestId, output } = await deliverable(world, 1_000_000);
    await receiver.feel(Mood.RevertBomb);
    const sent = await delivery.deliver(requestId, output, 1_000_000, { gasLimit: 2_000_000 });
    const [event] = await delivery.queryFilter(delivery.filters.DeliveryFailed(requestId));
    expect(dataLength(event!.args.reason)).to.equal(256);
    expect((await sent.wait())!.gasUsed).to.be.lessThan(1_150_000n);
    expect((await delivery.deliveryOf(requestId)).status).to.equal(FAILED);
  });

  it("behavior: whoever delivers with too little gas cannot make the receiver fail", async () => {
    const world = await load();
    const { delivery, receiver } = world;
    const { requestId, output } = await deliverable(world, 200_000);
    let delivered = false;
    for (let gasLimit = 60_000n; !delivered; gasLimit += 4_000n) {
      try {
        await delivery.deliver(requestId, output, 200_000, { gasLimit });
        delivered = true;
      } catch {
        expect((await delivery.deliveryOf(requestId)).status, `${gasLimit}`).to.equal(SUBSCRIBED);
      }
    }
    expect(await receiver.received()).to.equal(1n);
    expect(await receiver.gasGiven()).to.be.within(199_000n, 200_000n);
  });

  it("behavior: a failure for want of gas is noted with any gas limit that suffices, and more gas is tried", async () => {
    const world = await load();
    const { delivery, receiver } = world;
    const { requestId, output } = await deliverable(world, 30_000);
    await delivery.deliver(requestId, output, 30_000, { gasLimit: 200_000 });
    expect((await delivery.deliveryOf(requestId)).status).to.equal(FAILED);
    await expect(delivery.deliver(requestId, output, 29_999))
      .to.be.revertedWithCustomError(delivery, "DeliveryGasBelowSubscribed")
      .withArgs(29_999, 30_000);
    await delivery.deliver(requestId, output, 150_000);
    expect(await receiver.received()).to.equal(1n);
  });

  it("behavior: attack 37, a receiver that calls back finds its delivery done", async () => {
    const world = await load();
    const { delivery, receiver } = world;
    const { requestId, output } = await deliverable(world, 500_000);
    await receiver.feel(Mood.Reenter);
    await delivery.deliver(requestId, output, 500_000);
    expect(await receiver.nestedReason()).to.equal(
      delivery.interface.encodeErrorResult("DeliveryNotDue", [requestId, DELIVERED]),
    );
    expect(await receiver.received()).to.equal(1n);
  });

  it("behavior: a receiver may make its next request while it takes a result", async () => {
    const world = await load();
    const { delivery, receiver, hub } = world;
    const { requestId, output } = await deliverable(world, 1_000_000);
    await receiver.feel(Mood.RequestAgain);
    const before = (await hub.queryFilter(hub.filters.InferenceRequested())).length;
    await delivery.deliver(requestId, output, 1_000_000);
    expect((await delivery.deliveryOf(requestId)).status).to.equal(DELIVERED);
    expect((await hub.queryFilter(hub.filters.InferenceRequested())).length).to.equal(before + 1);
  });

  it("error: nothing is delivered before it is final, after it was convicted, with other bytes, or unasked", async () => {
    const world = await load();
    const { delivery, receiver, hub } = world;
    const { requestId, trace } = await makeCommitment(world);
    await delivery.connect(world.requester).subscribe(requestId, receiver, 100_000);
    await expect(delivery.deliver(requestId, trace.output, 100_000))
      .to.be.revertedWithCustomError(hub, "HubNotFinal")
      .withArgs(requestId, Status.Committed);
    await world.time.increase(world.profile.windowSeconds);
    await expect(delivery.deliver(requestId, `${trace.output.slice(0, -2)}00`, 100_000))
      .to.be.revertedWithCustomError(delivery, "DeliveryOutputMismatch")
      .withArgs(requestId);
    await expect(delivery.deliver(id("none"), trace.output, 100_000))
      .to.be.revertedWithCustomError(delivery, "DeliveryNotDue")
      .withArgs(id("none"), NONE);
  });

  it("error: only the requester subscribes, with gas that fits, and not after the delivery", async () => {
    const world = await load();
    const { delivery, receiver, stranger, requester } = world;
    const { requestId } = await makeCommitment(world);
    await expect(delivery.connect(stranger).subscribe(requestId, receiver, 100_000))
      .to.be.revertedWithCustomError(delivery, "DeliveryCallerNotRequester")
      .withArgs(requestId, stranger.address, requester.address);
    const most = await delivery.maxGasLimit();
    await expect(delivery.connect(requester).subscribe(requestId, receiver, most + 1n))
      .to.be.revertedWithCustomError(delivery, "DeliveryGasTooLarge")
      .withArgs(most + 1n, most);
    const done = await deliverable(world);
    await delivery.deliver(done.requestId, done.output, 200_000);
    await expect(receiver.subscribe(done.requestId, receiver, 1))
      .to.be.revertedWithCustomError(delivery, "DeliveryNotDue")
      .withArgs(done.requestId, DELIVERED);
  });

  it("behavior: an account without code is no receiver; the requester names another one", async () => {
    const world = await load();
    const { delivery, receiver, requester, stranger } = world;
    const { requestId, trace } = await makeCommitment(world);
    await delivery.connect(requester).subscribe(requestId, stranger, 100_000);
    await world.time.increase(world.profile.windowSeconds);
    await delivery.deliver(requestId, trace.output, 100_000);
    expect((await delivery.deliveryOf(requestId)).status).to.equal(FAILED);
    await delivery.connect(requester).subscribe(requestId, receiver, 200_000);
    await delivery.deliver(requestId, trace.output, 200_000);
    expect(await receiver.lastOutput()).to.equal(trace.output);
  });
});
