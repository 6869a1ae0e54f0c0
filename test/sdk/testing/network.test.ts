import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Hex } from "viem";
import { root } from "../../../scripts/check/check.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { flipOutputBit } from "../../../sdk/src/testing/lie.ts";
import { startLocalNode } from "../../../sdk/src/testing/local-node.ts";
import {
  LOCAL_FUNDS,
  LOCAL_PROFILE,
  type LocalNetwork,
  startLocalNetwork,
} from "../../../sdk/src/testing/network.ts";
import { caught } from "../../support/caught.ts";
import { squaresInputs, squaresModel } from "../../support/squares.ts";

const inputs = squaresInputs(1, 2, 3, 4);

describe("sdk/testing: local network", () => {
  let network: LocalNetwork;

  before(async () => {
    network = await startLocalNetwork({ cwd: root });
    await network.register(squaresModel);
  });

  after(async () => {
    await network.stop();
  });

  async function until(requestId: Hex, holds: (status: string, openGames: number) => boolean): Promise<void> {
    for (let look = 0; look < 400; look++) {
      const { status, openGames } = await network.clients.stranger.getRequest({ requestId });
      if (holds(status, openGames)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`The request ${requestId} does not come to where it should be.`);
  }

  it("default: everybody has tokens, and operators have staked", async () => {
    const { clients } = network;
    for (const client of Object.values(clients)) {
      const { balance, stake } = await client.getAccount({ address: client.account.address });
      expect(balance + stake).to.equal(LOCAL_FUNDS.balance);
      expect(await client.getBalance({ address: client.account.address })).to.be.greaterThan(10n ** 18n);
    }
    const { stake } = await clients.liar.getAccount({ address: clients.liar.account.address });
    expect(stake).to.equal(LOCAL_FUNDS.stake);
  });

  it("default: an honest operator's answer becomes final", async () => {
    const operator = network.startOperator({ models: [squaresModel] });
    const challenger = network.startChallenger({ models: [squaresModel] });
    const requestId = await network.ask({ model: squaresModel, inputs });
    await until(requestId, (status) => status === "committed");
    await network.advance(LOCAL_PROFILE.windowSeconds);
    const { status } = await network.clients.requester.waitForFinality({ requestId });
    expect(status).to.equal("final");
    const { output } = await network.clients.requester.getResult({ requestId });
    const truth = await traceBytes(squaresModel, packInputs(squaresModel, inputs));
    expect(output).to.deep.equal(truth.outputBytes);
    await operator.stop();
    await challenger.stop();
  });

  it("behavior: of several operators one is the first, and the others go on", async () => {
    const by = ["operator", "rival"] as const;
    const actors = by.map((person) => network.startOperator({ models: [squaresModel], by: person }));
    for (let round = 0; round < 4; round++) {
      const requestId = await network.ask({ model: squaresModel, inputs: squaresInputs(round, 5, 6, 7) });
      await until(requestId, (status) => status === "committed");
    }
    await Promise.all(actors.map((actor) => actor.stop()));
  });

  it("behavior: a liar is slashed, and the challenger gains", async () => {
    const { liar, challenger } = network.clients;
    const { address } = challenger.account;
    const before = await challenger.getAccount({ address });
    const actors = [
      network.startOperator({ models: [squaresModel], tamper: flipOutputBit(squaresModel) }),
      network.startChallenger({ models: [squaresModel] }),
    ];
    const requestId = await network.ask({ model: squaresModel, inputs });
    await until(requestId, (status, openGames) => status === "slashed" && openGames === 0);
    for (let look = 0; look < 100; look++) {
      if ((await challenger.getAccount({ address })).balance > before.balance) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    for (const actor of actors) await actor.stop();
    expect((await challenger.getAccount({ address })).balance > before.balance).to.equal(true);
    const { stake } = await liar.getAccount({ address: liar.account.address });
    expect(stake).to.equal(LOCAL_FUNDS.stake - LOCAL_PROFILE.lock);
  });

  it("args: a chain that is running already, for a second deployment beside the first", async () => {
    const second = await startLocalNetwork({ url: network.url });
    expect(second.deployment.contracts.InferenceHub).not.to.equal(network.deployment.contracts.InferenceHub);
    const { balance } = await second.clients.stranger.getAccount({
      address: second.clients.stranger.account.address,
    });
    expect(balance).to.equal(LOCAL_FUNDS.balance);
    await second.stop();
    expect(await network.clients.stranger.getBlockNumber()).to.be.greaterThan(0n);
  });

  it("error: a project without Hardhat, on a computer without anvil", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "assay-"));
    const { PATH } = process.env;
    try {
      process.env.PATH = cwd;
      const error = await caught(startLocalNode({ cwd }));
      expect(error.code).to.equal("LOCAL_NODE_MISSING");
      expect(error.recovery).to.contain("npm install --save-dev hardhat");
    } finally {
      process.env.PATH = PATH;
      rmSync(cwd, { recursive: true });
    }
  });

  it("error: a port that is taken", async () => {
    const port = Number(new URL(network.url).port);
    const error = await caught(startLocalNode({ cwd: root, port }));
    expect(error.code).to.equal("LOCAL_NODE_FAILED");
    expect(error.context).to.deep.equal({ port });
  });
});
