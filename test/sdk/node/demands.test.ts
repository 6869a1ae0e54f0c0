import { rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { expect } from "chai";
import type { Hex } from "viem";
import { commitResult } from "../../../sdk/src/actions/commitResult.ts";
import { getAccount } from "../../../sdk/src/actions/getAccount.ts";
import { getGames } from "../../../sdk/src/actions/getGames.ts";
import { parseRequestInferenceReceipt } from "../../../sdk/src/actions/requestInference.ts";
import { requestInferenceByRoot } from "../../../sdk/src/actions/requestInferenceByRoot.ts";
import { rootOfBytes } from "../../../sdk/src/core/tree.ts";
import { executeModel } from "../../../sdk/src/runtime/execute.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { lyingInference } from "../../support/node/liar.ts";
import { Scene, until } from "../../support/node/scene.ts";
import { createStub, type Stub } from "../../support/node/stub.ts";
import { BALANCE, FEE, testProfile } from "../../support/sdk.ts";
import { squaresInputs, squaresModel } from "../../support/squares.ts";

const INPUT = packInputs(squaresModel, squaresInputs(5, 6, 7, 8));

describe("sdk/node: inputs that the chain does not have", () => {
  let scene: Scene;
  let server: Server;
  let place: string;
  let isServed: boolean;

  beforeEach(async () => {
    scene = await Scene.create();
    isServed = true;
    server = createServer((_request, response) => {
      response.writeHead(isServed ? 200 : 404).end(INPUT);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    place = `http://127.0.0.1:${(server.address() as { port: number }).port}/input`;
  });

  afterEach(async () => {
    server.close();
    server.closeAllConnections();
    await scene.close();
  });

  const lying = { inference: () => lyingInference(squaresModel) };
  const demanding = { demandInputs: true };
  const nearby = { allowPrivateInputs: true };
  /** A request that tells the input's root and where the bytes are. */
  async function requestByRoot(inputUri: string): Promise<Hex> {
    const { requester, deployment, profileId, deadline, mined } = scene.protocol;
    const hash = await requestInferenceByRoot(requester, {
      ...{ deployment, modelId: squaresModel.modelId, profileId, fee: FEE, deadline: await deadline() },
      ...{ inputRoot: rootOfBytes(INPUT, squaresModel.record.inputDepth), inputUri },
      operator: scene.addressOf("operator"),
    });
    return parseRequestInferenceReceipt(await mined(hash), { deployment }).requestId;
  }
  const gamesOf = (requestId: Hex) => {
    const { client, deployment } = scene.protocol;
    return getGames(client, { deployment, requestId });
  };
  const balanceOf = async (person: "challenger" | "stranger") => {
    const { client, deployment } = scene.protocol;
    return (await getAccount(client, { deployment, address: scene.addressOf(person) })).balance;
  };
  const become = (requestId: Hex, status: string) =>
    until(status, async () => (await scene.get(requestId)).status === status);
  const isSettled = (requestId: Hex) => until("settled", async () => (await scene.get(requestId)).isSettled);

  it("default: an operator and a challenger get the input from where the request says, and nothing is demanded", async () => {
    await scene.operator();
    await scene.challenger("challenger", demanding);
    const requestId = await requestByRoot(`data:;base64,${Buffer.from(INPUT).toString("base64")}`);
    await become(requestId, "committed");
    await until("checked", () => scene.lines.some(({ msg }) => msg === "a result is right"));
    await scene.pass(testProfile.windowSeconds);
    await isSettled(requestId);
    expect((await scene.get(requestId)).status).to.equal("final");
    expect(await gamesOf(requestId)).to.deep.equal([]);
  });

  it("behavior: an operator publishes what is demanded, even if its place is gone; the result is found right and becomes final", async () => {
    const operator = await scene.operator(nearby);
    const requestId = await requestByRoot(place);
    await become(requestId, "committed");
    await operator.stop();
    isServed = false;
    await scene.operator(nearby);
    // This computer must not ask its own network because a stranger says so.
    await scene.challenger("challenger", demanding);
    await until("published", async () => (await scene.get(requestId)).inputPublished);
    await until("checked", () => scene.lines.some(({ msg }) => msg === "a result is right"));
    await scene.pass(testProfile.windowSeconds);
    await isSettled(requestId);
    expect((await scene.get(requestId)).status).to.equal("final");
    const games = await gamesOf(requestId);
    expect(games.map(({ outcome }) => outcome)).to.deep.equal(["operatorWins"]);
    expect(await balanceOf("challenger")).to.equal(BALANCE - testProfile.bond);
  });

  it("behavior: a lie about a demanded input is convicted as soon as the input is published", async () => {
    await scene.operator(nearby, lying);
    await scene.challenger("challenger", demanding);
    const requestId = await requestByRoot(place);
    await become(requestId, "slashed");
    const { lock, lockBurnBps, requesterBps, bond } = testProfile;
    const reward = (lock * BigInt(10_000 - lockBurnBps - requesterBps)) / 10_000n / 2n;
    await until("rewarded", async () => (await balanceOf("challenger")) === BALANCE - bond + reward);
    const games = await gamesOf(requestId);
    expect(games.map(({ outcome }) => outcome)).to.have.members(["operatorWins", "challengerWins"]);
  });

  it("behavior: an operator that stays silent loses by time, even if the challenger has lost its store meanwhile", async () => {
    const { operator, deployment, mined } = scene.protocol;
    const challenger = await scene.challenger("challenger", demanding);
    const requestId = await requestByRoot("ftp://example.org/nothing-that-can-be-read");
    await mined(await commitResult(operator, { deployment, requestId, output: new Uint8Array(20) }));
    await until("demanded", async () => (await gamesOf(requestId))[0]?.phase === "demanded");
    await challenger.stop();
    rmSync(join(scene.folder, "challenger"), { recursive: true });
    await scene.pass(testProfile.clockSeconds);
    await scene.challenger("challenger", demanding);
    await become(requestId, "slashed");
    await until("rewarded", async () => (await balanceOf("challenger")) > BALANCE);
    expect((await gamesOf(requestId)).map(({ outcome }) => outcome)).to.deep.equal(["challengerWins"]);
  });

  it("behavior: a third party that has the input publishes it for an operator that is silent, and is repaid", async () => {
    const { operator, deployment, mined } = scene.protocol;
    await scene.challenger("stranger", { ...nearby, strategy: "defend" });
    await scene.challenger("challenger", demanding);
    const requestId = await requestByRoot(place);
    const { output } = executeModel(squaresModel, INPUT);
    await mined(await commitResult(operator, { deployment, requestId, output }));
    await until("demanded", async () => (await gamesOf(requestId))[0]?.phase === "demanded");
    await scene.pass(testProfile.clockSeconds / 2);
    await until("published", async () => (await scene.get(requestId)).inputPublished);
    await scene.pass(testProfile.windowSeconds + 120);
    await isSettled(requestId);
    await until("repaid", async () => (await balanceOf("stranger")) === BALANCE + testProfile.stepRefund);
    expect((await scene.get(requestId)).status).to.equal("final");
  });

  it("behavior: nothing is demanded on the word of one endpoint that hides where the input is", async () => {
    const { operator, deployment, mined } = scene.protocol;
    let isLying = true;
    const stub: Stub = await createStub(async (method, params) => {
      const asked = { jsonrpc: "2.0", id: 1, method, params };
      const headers = { "content-type": "application/json" };
      const response = await fetch(scene.url, { method: "POST", headers, body: JSON.stringify(asked) });
      const answer = await response.json();
      const isHidden = isLying && method === "eth_getLogs";
      return isHidden ? { result: hide(answer.result) } : answer;
    });
    // The same length, so that only the place is another one.
    const hide = (logs: readonly { readonly data: string }[]) =>
      logs.map((log) => ({ ...log, data: log.data.replace(hexOf("data:"), hexOf("date:")) }));
    try {
      const rpcUrls = [scene.url, stub.url];
      const daemon = await scene.challenger("challenger", { ...demanding, rpcUrls });
      const requestId = await requestByRoot(`data:;base64,${Buffer.from(INPUT).toString("base64")}`);
      await mined(await commitResult(operator, { deployment, requestId, output: new Uint8Array(20) }));
      await until("distrusted", async () => {
        const metrics = await (await fetch(`http://127.0.0.1:${daemon.status.port}/metrics`)).text();
        return Number(/^assay_quorum_failures_total\S* (\d+)$/m.exec(metrics)?.[1] ?? 0) >= 3;
      });
      expect(await gamesOf(requestId)).to.deep.equal([]);
      isLying = false;
      await until("challenged", async () => (await gamesOf(requestId)).length > 0);
      expect((await gamesOf(requestId)).map(({ phase }) => phase)).not.to.include("demanded");
    } finally {
      stub.close();
    }
  });
});

function hexOf(text: string): string {
  return Buffer.from(text).toString("hex");
}
