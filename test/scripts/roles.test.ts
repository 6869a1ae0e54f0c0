import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect } from "chai";
import type { Hex } from "viem";
import { root } from "../../scripts/check/check.ts";
import { commitResult } from "../../sdk/src/actions/commitResult.ts";
import { getModel } from "../../sdk/src/actions/getModel.ts";
import { Scene, until } from "../support/node/scene.ts";

describe("scripts: register, operate, challenge", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create();
  });

  afterEach(() => scene.close());

  /** Starts a script; `stop` ends it as an operating system would, and gives its code. */
  function start(script: string, person: string, ...args: readonly string[]) {
    const { url, folder } = scene;
    const env = {
      ...process.env,
      ...{ ASSAY_RPC_URLS: url, ASSAY_DEPLOYMENT: join(folder, "deployment.json"), ASSAY_METRICS_PORT: "0" },
      ...{ ASSAY_KEYSTORE: join(folder, `${person}.json`), ASSAY_PASSWORD_FILE: join(folder, "password") },
      ...{
        ASSAY_DATA_DIR: join(folder, script),
        ASSAY_MODELS: join(folder, "models"),
        ASSAY_POLL_SECONDS: "0.1",
      },
      ASSAY_DEADLINE_MARGIN_SECONDS: "10",
    };
    const child = spawn(process.execPath, [`scripts/${script}/main.ts`, ...args], { cwd: root, env });
    const said = { text: "" };
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        said.text += chunk.toString();
      });
    }
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const stop = (): Promise<number | null> => {
      child.kill("SIGTERM");
      return ended;
    };
    return { said, ended, stop };
  }

  it("default: register compiles a model and puts its record on the chain", async () => {
    const out = join(scene.folder, "models", "digits");
    const { said, ended } = start("register", "stranger", "test/fixtures/models/digits.onnx", out, "N=1");
    expect(await ended, said.text).to.equal(0);
    const { modelId } = JSON.parse(said.text) as { modelId: Hex };
    const { client, deployment } = scene.protocol;
    expect((await getModel(client, { deployment, modelId })).inputBytes).to.equal(3_136);
  });

  it("default: operate answers, and challenge convicts whoever lies", async () => {
    const operate = start("operate", "operator");
    const requestId = await scene.request();
    await until("committed", async () => (await scene.get(requestId)).status === "committed", 120);
    expect(await operate.stop(), operate.said.text).to.equal(0);

    const challenge = start("challenge", "challenger");
    const { operator, deployment, mined } = scene.protocol;
    const lie = await scene.request([5, 6, 7, 8], { operator: scene.addressOf("operator") });
    await mined(await commitResult(operator, { deployment, requestId: lie, output: new Uint8Array(20) }));
    await until("revealed", () => /"kind":"reveal","key"/.test(challenge.said.text), 120);
    await scene.pass(601);
    await until("slashed", async () => (await scene.get(lie)).status === "slashed", 120);
    expect((await scene.get(requestId)).status).to.equal("committed");
    expect(await challenge.stop(), challenge.said.text).to.equal(0);
  });
});
