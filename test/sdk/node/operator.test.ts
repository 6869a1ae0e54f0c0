import { expect } from "chai";
import type { Hex } from "viem";
import { MAX_PUBLISHED_OUTPUT_BYTES } from "../../../sdk/src/actions/commitResultByRoot.ts";
import { getAccount } from "../../../sdk/src/actions/getAccount.ts";
import { getResult } from "../../../sdk/src/actions/getResult.ts";
import { findOutputUri } from "../../../sdk/src/actions/internal/outputs.ts";
import { OutputNotPublishedError } from "../../../sdk/src/errors/protocol.ts";
import { executeModel } from "../../../sdk/src/runtime/execute.ts";
import { caught } from "../../support/caught.ts";
import { makeMapModel } from "../../support/map-model.ts";
import { Scene, until } from "../../support/node/scene.ts";
import { FEE } from "../../support/sdk.ts";
import { numbersOf, squaresModel } from "../../support/squares.ts";

describe("sdk/node: operator", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create();
  });

  afterEach(() => scene.close());

  it("default: accepts, computes, commits, settles and is paid", async () => {
    await scene.operator();
    const requestId = await scene.request([1, 2, 3, 4]);
    await until("committed", async () => (await scene.get(requestId)).status === "committed");
    await scene.pass(1_001);
    await until("settled", async () => (await scene.get(requestId)).isSettled);

    const { client, deployment } = scene.protocol;
    const { outputs, operator } = await getResult(client, { deployment, requestId, model: squaresModel });
    expect(numbersOf(outputs)).to.deep.equal([30, 1, 4, 9, 16]);
    expect(operator).to.equal(scene.addressOf("operator"));
    const account = await getAccount(client, { deployment, address: scene.addressOf("operator") });
    expect(account.locked).to.equal(0n);
    expect(account.balance % FEE).to.equal((1000n * 10n ** 18n) % FEE);
  });
});

describe("sdk/node: operator with outputs too long for a transaction", () => {
  const model = makeMapModel();
  const input = new Uint8Array(32);
  new DataView(input.buffer).setFloat32(0, 0.3, true);
  const API_URL = "https://operator.example/assay/";
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create(model);
  });

  afterEach(() => scene.close());

  const start = (changes: object = {}) =>
    scene.operator({ apiPort: 0, apiProfile: scene.protocol.profileId, ...changes });
  const request = async (): Promise<Hex> => {
    const requestId = await scene.request(undefined, { modelId: model.modelId, input });
    await until("committed", async () => (await scene.get(requestId)).status === "committed");
    return requestId;
  };
  const get = (path: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${scene.logged("answering over HTTP").at(-1)?.port}${path}`);

  it("default: commits by root, and serves the bytes under the address that the chain tells, after a restart, too", async () => {
    const { client, deployment } = scene.protocol;
    const service = await start({ apiUrl: API_URL });
    const requestId = await request();
    const { outputRoot, outputPublished } = await scene.get(requestId);
    expect(outputPublished).to.equal(false);
    const error = await caught(getResult(client, { deployment, requestId, allowPending: true }));
    expect(error).to.be.instanceOf(OutputNotPublishedError);
    expect((error as OutputNotPublishedError).context.outputUri).to.equal(
      `${API_URL}v1/outputs/${outputRoot}`,
    );

    for (const isNew of [true, false]) {
      if (!isNew) {
        await service.stop();
        await start({ apiUrl: API_URL });
      }
      const response = await get(`/v1/outputs/${outputRoot}`);
      expect(response.status).to.equal(200);
      expect(response.headers.get("content-type")).to.equal("application/octet-stream");
      const output = new Uint8Array(await response.arrayBuffer());
      expect(output.length).to.be.greaterThan(MAX_PUBLISHED_OUTPUT_BYTES);
      // The bytes are compared with their root.
      const result = await getResult(client, { deployment, requestId, model, output, allowPending: true });
      expect(result.output).to.deep.equal(executeModel(model, input).output);
    }
    expect(scene.logged("nobody is told where a long output is")).to.deep.equal([]);
  });

  it("behavior: without an address the bytes are served all the same, and a warning tells that nobody knows where", async () => {
    const { client, deployment } = scene.protocol;
    await start();
    const requestId = await request();
    const { outputRoot } = await scene.get(requestId);
    expect(await findOutputUri(client, { deployment, requestId })).to.equal("");
    expect((await get(`/v1/outputs/${outputRoot}`)).status).to.equal(200);
    expect(scene.logged("nobody is told where a long output is")).not.to.deep.equal([]);
  });

  it("error: what is not kept is not found", async () => {
    await start();
    for (const name of [`0x${"12".repeat(32)}`, "0x12", "..%2f..%2fdaemon.sqlite", "%00"]) {
      const response = await get(`/v1/outputs/${name}`);
      expect(response.status, name).to.equal(404);
      expect(await response.json()).to.have.nested.property("error.code", "OUTPUT_UNKNOWN");
    }
  });
});
