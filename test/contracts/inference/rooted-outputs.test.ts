import { expect } from "chai";
import { id, ZeroHash } from "ethers";
import { network } from "hardhat";
import { makeRequest, openGame, reveal, traceOf } from "../../support/protocol/games.ts";
import { rootOfBytes, ToyTrace, toyRecord } from "../../support/protocol/toy-model.ts";
import { createWorld, INPUT, Status, type World } from "../../support/protocol/world.ts";

const connection = await network.create();
/** The longest output that is published, and the first that is not. */
const LONGEST = 122_880;
const longRecord = { ...toyRecord, stepDepth: 1, stepCount: 2, wordDepth: 12, outputBytes: LONGEST + 1 };
const inputRoot = rootOfBytes(INPUT, longRecord.inputDepth);
const truth = new ToyTrace(longRecord, inputRoot);
const lie = new ToyTrace(longRecord, inputRoot, [{ step: 1, byte: 70_000, mask: 4 }]);
const fixture = () => createWorld(connection, longRecord);
const load = () => connection.networkHelpers.loadFixture(fixture);
const URI = "ipfs://output";

/** Commits to the root of a trace's output. */
async function commitByRoot(world: World, trace: ToyTrace, lazy = false): Promise<string> {
  const requestId = await makeRequest(world, { operator: world.operator.address });
  const [root, proof] = lazy ? [ZeroHash, []] : [trace.root, trace.outputProof];
  await world.hub.connect(world.operator).commitByRoot(requestId, trace.outputRoot, URI, root, proof);
  return requestId;
}

describe("InferenceHub: outputs that are given by their root", () => {
  it("default: a long output is bound to its trace by its root, marked, and compared with what readers bring along", async () => {
    const world = await load();
    const { hub, lens, operator, profile } = world;
    const requestId = await makeRequest(world, { operator: operator.address });
    const trace = truth;
    const windowEndsAt = BigInt(await world.time.latest()) + 10n + BigInt(profile.windowSeconds);
    await world.time.setNextBlockTimestamp(windowEndsAt - BigInt(profile.windowSeconds));
    const call = hub
      .connect(operator)
      .commitByRoot(requestId, trace.outputRoot, URI, trace.root, trace.outputProof);
    await expect(call)
      .to.emit(hub, "ResultCommitted")
      .withArgs(requestId, operator.address, trace.outputRoot, trace.root, "0x", windowEndsAt);
    await expect(call).to.emit(hub, "OutputLocated").withArgs(requestId, URI);
    const request = await hub.requestOf(requestId);
    expect([request.status, request.inputPublished, request.outputPublished]).to.deep.equal([
      Status.Committed,
      true,
      false,
    ]);
    expect((await lens.readingOf(requestId)).outputPublished).to.equal(false);

    await world.time.increaseTo(windowEndsAt);
    expect(await hub.finalOutputRoot(requestId)).to.equal(trace.outputRoot);
    expect(await hub.isResult(requestId, trace.output)).to.equal(true);
    // The same root with another length, and other bytes.
    expect(await hub.isResult(requestId, `${trace.output}00`)).to.equal(false);
    expect(await hub.isResult(requestId, lie.output)).to.equal(false);
  });

  it("behavior: a published output is marked as such once it is there", async () => {
    const world = await connection.networkHelpers.loadFixture(shortFixture);
    const requestId = await makeRequest(world, { operator: world.operator.address });
    expect((await world.hub.requestOf(requestId)).outputPublished).to.equal(false);
    const { output, root, outputProof } = traceOf(world);
    await world.hub.connect(world.operator).commit(requestId, output, root, outputProof);
    expect((await world.hub.requestOf(requestId)).outputPublished).to.equal(true);
    expect((await world.lens.readingOf(requestId)).outputPublished).to.equal(true);
  });

  it("behavior: a lazy one is bound when it is challenged, to a trace that ends in it", async () => {
    const world = await load();
    const { hub, operator, challenger } = world;
    const requestId = await commitByRoot(world, lie, true);
    await reveal(world, await openGame(world, { requestId, trace: lie }, challenger, truth));
    await expect(
      hub.connect(operator).postTrace(requestId, truth.root, truth.outputProof),
    ).to.be.revertedWithCustomError(hub, "OutputProofMismatch");
    await expect(hub.connect(operator).postTrace(requestId, lie.root, lie.outputProof))
      .to.emit(hub, "TracePosted")
      .withArgs(requestId, lie.root);
  });

  it("behavior: a root that nothing hashes to cannot be bound, and its operator is timed out", async () => {
    const world = await load();
    const { hub, game, operator, challenger } = world;
    const requestId = await makeRequest(world, { operator: operator.address });
    await hub.connect(operator).commitByRoot(requestId, id("nothing"), URI, ZeroHash, []);
    const trace = traceOf(world);
    const match = await openGame(world, { requestId, trace }, challenger, trace);
    await reveal(world, match);
    await expect(
      hub.connect(operator).postTrace(requestId, trace.root, trace.outputProof),
    ).to.be.revertedWithCustomError(hub, "OutputProofMismatch");
    await world.time.increase(world.profile.clockSeconds);
    expect(await game.canTimeout(match.gameId)).to.equal(true);
  });

  it("error: an output that fits into a transaction is published", async () => {
    for (const [outputBytes, wordDepth] of [
      [40, 2],
      [LONGEST, 12],
    ] as const) {
      const world = await createWorld(connection, { ...toyRecord, outputBytes, wordDepth });
      const requestId = await makeRequest(world, { operator: world.operator.address });
      await expect(world.hub.connect(world.operator).commitByRoot(requestId, id("root"), URI, ZeroHash, []))
        .to.be.revertedWithCustomError(world.hub, "HubOutputNotPublished")
        .withArgs(outputBytes, LONGEST);
    }
  });

  it("error: only the operator, in time, once, and with a trace that ends in the output", async () => {
    const world = await load();
    const { hub, operator, stranger } = world;
    const { outputRoot, root, outputProof } = truth;
    const open = await makeRequest(world);
    await expect(hub.connect(operator).commitByRoot(open, outputRoot, URI, ZeroHash, []))
      .to.be.revertedWithCustomError(hub, "HubStatusMismatch")
      .withArgs(open, Status.Requested, Status.Accepted);
    const requestId = await makeRequest(world, { operator: operator.address });
    await expect(hub.connect(stranger).commitByRoot(requestId, outputRoot, URI, ZeroHash, []))
      .to.be.revertedWithCustomError(hub, "HubOperatorMismatch")
      .withArgs(requestId, stranger.address, operator.address);
    await expect(
      hub.connect(operator).commitByRoot(requestId, id("other"), URI, root, outputProof),
    ).to.be.revertedWithCustomError(hub, "OutputProofMismatch");
    await expect(hub.connect(operator).commitByRoot(requestId, outputRoot, URI, ZeroHash, outputProof))
      .to.be.revertedWithCustomError(hub, "HubProofWithoutTrace")
      .withArgs(1);
    await hub.connect(operator).commitByRoot(requestId, outputRoot, URI, root, outputProof);
    await expect(hub.connect(operator).commitByRoot(requestId, outputRoot, URI, root, outputProof))
      .to.be.revertedWithCustomError(hub, "HubStatusMismatch")
      .withArgs(requestId, Status.Committed, Status.Accepted);
  });
});

async function shortFixture(): Promise<World> {
  return createWorld(connection);
}
