import { expect } from "chai";
import { ZeroHash } from "ethers";
import { network } from "hardhat";
import {
  commit,
  makeCommitment,
  makeRequest,
  OUTPUT_LIE,
  postTrace,
  traceOf,
} from "../../support/protocol/games.ts";
import { rootFrom } from "../../support/protocol/sparse-tree.ts";
import { rootOfBytes, ToyTrace } from "../../support/protocol/toy-model.ts";
import { at, createWorld, STAKE, Status } from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

describe("InferenceHub: acceptance and commitment", () => {
  it("default: acceptance locks the profile's stake", async () => {
    const world = await load();
    const { hub, operator, profile } = world;
    const requestId = await makeRequest(world);
    await expect(hub.connect(operator).accept(requestId))
      .to.emit(hub, "RequestAccepted")
      .withArgs(requestId, operator.address, profile.lock);
    const request = await hub.requestOf(requestId);
    expect([request.operator, request.status, request.lock]).to.deep.equal([
      operator.address,
      Status.Accepted,
      profile.lock,
    ]);
    expect([...(await world.vault.stakeOf(operator))]).to.deep.equal([STAKE, profile.lock]);
  });

  it("error: acceptance needs stake that no other commitment has", async () => {
    const world = await load();
    const { hub, vault, operator, profile } = world;
    for (let i = 0; i < 5; i++) await hub.connect(operator).accept(await makeRequest(world));
    await expect(hub.connect(operator).accept(await makeRequest(world)))
      .to.be.revertedWithCustomError(vault, "VaultUnlockedStakeTooLow")
      .withArgs(operator.address, 0n, profile.lock);
  });

  it("error: the requester's smallest stake counts what is locked, and no less", async () => {
    const world = await load();
    const { hub, operator } = world;
    await hub.connect(operator).accept(await makeRequest(world, { minStake: STAKE }));
    await hub.connect(operator).accept(await makeRequest(world, { minStake: STAKE }));
    await expect(hub.connect(operator).accept(await makeRequest(world, { minStake: STAKE + 1n })))
      .to.be.revertedWithCustomError(hub, "HubStakeTooLow")
      .withArgs(operator.address, STAKE, STAKE + 1n);
  });

  it("error: a named operator is the only one", async () => {
    const world = await load();
    const { hub, operator, stranger } = world;
    const requestId = await makeRequest(world, { operator: operator.address });
    await expect(hub.connect(stranger).accept(requestId))
      .to.be.revertedWithCustomError(hub, "HubOperatorMismatch")
      .withArgs(requestId, stranger.address, operator.address);
    await hub.connect(operator).accept(requestId);
    expect(await hub.operatorOf(requestId)).to.equal(operator.address);
  });

  it("error: a request is accepted once", async () => {
    const world = await load();
    const { hub, operator } = world;
    const requestId = await makeRequest(world);
    await hub.connect(operator).accept(requestId);
    for (const signer of [operator, world.stranger]) {
      await expect(hub.connect(signer).accept(requestId))
        .to.be.revertedWithCustomError(hub, "HubStatusMismatch")
        .withArgs(requestId, Status.Accepted, Status.Requested);
    }
  });

  it("error: nothing is accepted or committed at the deadline; a second before is in time", async () => {
    const world = await load();
    const { hub, operator } = world;
    const deadline = BigInt(await world.time.latest()) + 1000n;
    const [early, late] = [await makeRequest(world, { deadline }), await makeRequest(world, { deadline })];
    const open = await makeRequest(world, { deadline });
    await hub.connect(operator).accept(late);
    await at(world, deadline - 2n, () => hub.connect(operator).accept(early));
    await at(world, deadline - 1n, () => commit(world, early, traceOf(world)));
    expect(await hub.statusOf(early)).to.equal(Status.Committed);

    await world.time.setNextBlockTimestamp(deadline);
    await expect(commit(world, late, traceOf(world)))
      .to.be.revertedWithCustomError(hub, "HubDeadlinePassed")
      .withArgs(late, deadline);
    await expect(hub.connect(operator).accept(open))
      .to.be.revertedWithCustomError(hub, "HubDeadlinePassed")
      .withArgs(open, deadline);
  });

  it("default: an eager commitment binds output and trace, and starts the window", async () => {
    const world = await load();
    const { hub, operator } = world;
    const requestId = await makeRequest(world);
    await hub.connect(operator).accept(requestId);
    const trace = traceOf(world);
    const now = BigInt(await world.time.latest()) + 50n;
    await world.time.setNextBlockTimestamp(now);
    const windowEndsAt = now + BigInt(world.profile.windowSeconds);
    await expect(commit(world, requestId, trace))
      .to.emit(hub, "ResultCommitted")
      .withArgs(requestId, operator.address, trace.outputRoot, trace.root, trace.output, windowEndsAt);

    const request = await hub.requestOf(requestId);
    expect([request.status, request.committedAt, request.windowEndsAt]).to.deep.equal([
      Status.Committed,
      now,
      windowEndsAt,
    ]);
    expect([request.outputRoot, request.traceRoot]).to.deep.equal([trace.outputRoot, trace.root]);
    expect(rootOfBytes(trace.output, world.record.wordDepth)).to.equal(trace.outputRoot);
  });

  it("default: a lazy commitment binds the output alone until the trace is posted", async () => {
    const world = await load();
    const { hub } = world;
    const { requestId, trace } = await makeCommitment(world, { lazy: true });
    expect((await hub.requestOf(requestId)).traceRoot).to.equal(ZeroHash);
    await expect(postTrace(world, { requestId, trace }))
      .to.emit(hub, "TracePosted")
      .withArgs(requestId, trace.root);
    expect(await hub.traceRootOf(requestId)).to.equal(trace.root);
  });

  it("default: a named operator commits without having accepted", async () => {
    const world = await load();
    const { hub, operator, profile } = world;
    const requestId = await makeRequest(world, { operator: operator.address, minStake: STAKE });
    const committed = commit(world, requestId, traceOf(world));
    await expect(committed)
      .to.emit(hub, "RequestAccepted")
      .withArgs(requestId, operator.address, profile.lock);
    expect((await world.vault.stakeOf(operator)).locked).to.equal(profile.lock);
    expect((await hub.requestOf(requestId)).status).to.equal(Status.Committed);
  });

  it("error: a named operator needs the smallest stake to commit at once as well", async () => {
    const world = await load();
    const requestId = await makeRequest(world, { operator: world.operator.address, minStake: STAKE + 1n });
    await expect(commit(world, requestId, traceOf(world)))
      .to.be.revertedWithCustomError(world.hub, "HubStakeTooLow")
      .withArgs(world.operator.address, STAKE, STAKE + 1n);
  });

  it("error: attack 5: nobody else commits, and nobody overwrites a result", async () => {
    const world = await load();
    const { hub, operator, stranger } = world;
    const requestId = await makeRequest(world);
    const { output } = traceOf(world);
    await expect(hub.connect(operator).commit(requestId, output, ZeroHash, []))
      .to.be.revertedWithCustomError(hub, "HubStatusMismatch")
      .withArgs(requestId, Status.Requested, Status.Accepted);
    await hub.connect(operator).accept(requestId);
    await expect(hub.connect(stranger).commit(requestId, output, ZeroHash, []))
      .to.be.revertedWithCustomError(hub, "HubOperatorMismatch")
      .withArgs(requestId, stranger.address, operator.address);
    await commit(world, requestId, traceOf(world));
    for (const signer of [operator, stranger]) {
      await expect(hub.connect(signer).commit(requestId, output, ZeroHash, []))
        .to.be.revertedWithCustomError(hub, "HubStatusMismatch")
        .withArgs(requestId, Status.Committed, Status.Accepted);
    }
  });

  for (const length of [0, 39, 41]) {
    it(`error: an output of ${length} bytes where the model gives 40`, async () => {
      const world = await load();
      const requestId = await makeRequest(world, { operator: world.operator.address });
      const output = `0x${"11".repeat(length)}`;
      await expect(world.hub.connect(world.operator).commit(requestId, output, ZeroHash, []))
        .to.be.revertedWithCustomError(world.hub, "HubOutputLengthMismatch")
        .withArgs(length, 40);
    });
  }

  it("error: attack 46: a trace whose last tensor is not the output is refused", async () => {
    const world = await load();
    const hub = world.hub.connect(world.operator);
    const requestId = await makeRequest(world, { operator: world.operator.address });
    const honest = traceOf(world);
    const liar = traceOf(world, [OUTPUT_LIE]);
    // The liar's output with the honest trace, and the honest tensor of another step as the output.
    const other = new ToyTrace({ ...world.record, stepCount: 5 }, world.inputRoot);
    const attempts: [string, string, string[]][] = [
      [liar.output, liar.outputRoot, honest.outputProof],
      [other.output, other.outputRoot, honest.tree.path(3, 4n)],
    ];
    for (const [output, outputRoot, proof] of attempts) {
      await expect(hub.commit(requestId, output, honest.root, proof))
        .to.be.revertedWithCustomError(hub, "OutputProofMismatch")
        .withArgs(rootFrom(outputRoot, 5n, proof), honest.root);
    }
  });

  it("error: a proof has exactly one sibling per level, and a lazy commitment none", async () => {
    const world = await load();
    const hub = world.hub.connect(world.operator);
    const requestId = await makeRequest(world, { operator: world.operator.address });
    const { output, root, outputProof } = traceOf(world);
    for (const proof of [outputProof.slice(1), [...outputProof, ZeroHash], []]) {
      await expect(hub.commit(requestId, output, root, proof))
        .to.be.revertedWithCustomError(hub, "OutputProofLengthMismatch")
        .withArgs(proof.length, 3);
    }
    await expect(hub.commit(requestId, output, ZeroHash, outputProof))
      .to.be.revertedWithCustomError(hub, "HubProofWithoutTrace")
      .withArgs(3);
  });

  it("error: only the operator posts a trace, once, that leads to the output", async () => {
    const world = await load();
    const { hub, operator, stranger } = world;
    const { requestId, trace } = await makeCommitment(world, { lazy: true });
    const { root, outputProof } = trace;
    const liar = traceOf(world, [OUTPUT_LIE]);
    await expect(hub.connect(stranger).postTrace(requestId, root, outputProof))
      .to.be.revertedWithCustomError(hub, "HubOperatorMismatch")
      .withArgs(requestId, stranger.address, operator.address);
    await expect(hub.connect(operator).postTrace(requestId, ZeroHash, outputProof))
      .to.be.revertedWithCustomError(hub, "HubTraceRootZero")
      .withArgs(requestId);
    await expect(hub.connect(operator).postTrace(requestId, liar.root, liar.outputProof))
      .to.be.revertedWithCustomError(hub, "OutputProofMismatch")
      .withArgs(root, liar.root);
    await expect(hub.connect(operator).postTrace(requestId, root, outputProof.slice(0, -1)))
      .to.be.revertedWithCustomError(hub, "OutputProofLengthMismatch")
      .withArgs(2, 3);
    await postTrace(world, { requestId, trace });
    await expect(postTrace(world, { requestId, trace }))
      .to.be.revertedWithCustomError(hub, "HubTraceKnown")
      .withArgs(requestId, root);
  });

  it("error: a trace belongs to a commitment", async () => {
    const world = await load();
    const requestId = await makeRequest(world);
    await world.hub.connect(world.operator).accept(requestId);
    await expect(postTrace(world, { requestId, trace: traceOf(world) }))
      .to.be.revertedWithCustomError(world.hub, "HubStatusMismatch")
      .withArgs(requestId, Status.Accepted, Status.Committed);
  });
});
