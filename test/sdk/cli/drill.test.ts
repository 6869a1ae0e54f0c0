import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "chai";
import { defineChain, type Hex, parseEther } from "viem";
import { root } from "../../../scripts/check/check.ts";
import { parseRequestInferenceReceipt } from "../../../sdk/src/actions/requestInference.ts";
import { defineDeployment } from "../../../sdk/src/addresses.ts";
import { readModelDirectory } from "../../../sdk/src/node/model-directory.ts";
import { mined } from "../../../sdk/src/testing/actor.ts";
import { clientOf } from "../../../sdk/src/testing/people.ts";
import { runNode } from "../../support/command.ts";
import { DIGITS } from "../../support/command-scene.ts";

const MAIN = "sdk/src/cli/main.ts";

describe("assay devnet --liar", () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-"));
  const model = join(folder, "digits");
  let child: ChildProcess | undefined;

  before(async () => {
    const { code } = await runNode(MAIN, "model", "compile", DIGITS, "--dim", "N=1", "--out", model);
    expect(code).to.equal(0);
  });

  after(() => {
    child?.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });

  it("behavior: what it answers is wrong, until it is told to end", async () => {
    const out = join(folder, "net");
    child = spawn(
      process.execPath,
      [MAIN, "devnet", "--port", "0", "--out", out, "--liar", model, "--json"],
      {
        cwd: root,
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const closed = once(child, "close");
    const [line] = await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), "line");
    const { url, chainId, profileId, drill, people } = JSON.parse(line);
    const { model: digits } = await readModelDirectory(model);
    expect(drill.modelId).to.equal(digits.modelId);
    expect(people).to.deep.include.members([
      {
        person: "liar",
        address: drill.operator,
        privateKey: readFileSync(join(out, "liar.key"), "utf8").trim(),
      },
    ]);

    const deployment = defineDeployment(JSON.parse(readFileSync(join(out, "deployment.json"), "utf8")));
    const nativeCurrency = { name: "Ether", symbol: "ETH", decimals: 18 };
    const chain = defineChain({
      id: chainId,
      name: "local",
      nativeCurrency,
      rpcUrls: { default: { http: [url] } },
    });
    const client = clientOf(url, chain, deployment, "requester");
    const { timestamp } = await client.getBlock();
    const terms = { profileId: profileId as Hex, fee: parseEther("1"), deadline: Number(timestamp) + 3_600 };
    const image = { type: "float32", dims: [1, 1, 28, 28], data: new Float32Array(784) } as const;
    const receipt = await mined(
      client,
      await client.requestInference({ model: digits, inputs: { image }, ...terms }),
    );
    const { requestId } = parseRequestInferenceReceipt(receipt, { deployment });
    while ((await client.getStatus({ requestId })) !== "committed")
      await new Promise((next) => setTimeout(next, 50));
    expect((await client.getRequest({ requestId })).operator).to.equal(drill.operator);
    expect((await client.verifyResult({ requestId, model: digits })).isCorrect).to.equal(false);

    child.kill("SIGTERM");
    expect((await closed)[0]).to.equal(0);
  });

  it("error: nobody lies on a chain that is left at once, nor about a model that is not there", async () => {
    for (const [args, code] of [
      [["--url", "http://127.0.0.1:1", "--liar", model], 2],
      [["--liar", join(folder, "nothing")], 2],
    ] as const) {
      const ran = await runNode(MAIN, "devnet", "--out", join(folder, "other"), ...args, "--json");
      expect(ran.code).to.equal(code);
      expect(JSON.parse(ran.stdout).error.recovery).to.be.a("string");
    }
  });
});
