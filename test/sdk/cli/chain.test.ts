import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CarReader } from "@ipld/car";
import { expect } from "chai";
import { defineChain, type Hex } from "viem";
import { root } from "../../../scripts/check/check.ts";
import { imageToInput, loadMnist } from "../../../scripts/train/data.ts";
import { getOpeningHash } from "../../../sdk/src/actions/getOpeningHash.ts";
import { parseOpenGameReceipt } from "../../../sdk/src/actions/openGame.ts";
import { randomSalt } from "../../../sdk/src/actions/randomSalt.ts";
import { type Deployment, defineDeployment } from "../../../sdk/src/addresses.ts";
import { encryptKey, writeKeystore } from "../../../sdk/src/node/keystore.ts";
import { readModelDirectory } from "../../../sdk/src/node/model-directory.ts";
import { writeNpy } from "../../../sdk/src/node/npy.ts";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { flipOutputBit, traceWith } from "../../../sdk/src/testing/lie.ts";
import { type LocalNode, startLocalNode } from "../../../sdk/src/testing/local-node.ts";
import { clientOf, type LocalClient, type Person } from "../../../sdk/src/testing/people.ts";
import type { CommandResult } from "../../support/command.ts";

const MODEL = join(root, "test/fixtures/models/digits.onnx");

describe("assay, on a chain", () => {
  let folder: string;
  let node: LocalNode;
  let deployment: Deployment;
  let profileId: Hex;
  let requestId: Hex;
  let gameId: Hex;
  const path = (name: string): string => join(folder, name);

  /** The command from its sources, in the test's own folder, with its own environment. */
  function assay(args: readonly string[], input = ""): Promise<CommandResult> {
    const env = {
      PATH: process.env.PATH,
      ASSAY_RPC_URLS: node.url,
      ASSAY_DEPLOYMENT: "devnet/deployment.json",
      ASSAY_PASSWORD_FILE: "pw",
    };
    return new Promise((resolve, reject) => {
      const program = [join(root, "sdk/src/cli/main.ts"), ...args];
      const child = spawn(process.execPath, program, { cwd: folder, env, stdio: "pipe" });
      const texts = { stdout: "", stderr: "" };
      for (const name of ["stdout", "stderr"] as const)
        child[name].on("data", (chunk: Buffer) => {
          texts[name] += chunk.toString();
        });
      child.once("error", reject);
      child.once("close", (code) => resolve({ code, ...texts }));
      child.stdin.end(input);
    });
  }

  /** Runs it with `--json` and gives what it printed. */
  async function json(code: number, ...args: readonly string[]) {
    const result = await assay([...args, "--json"]);
    expect(result.code, `${args.join(" ")}\n${result.stdout}${result.stderr}`).to.equal(code);
    return JSON.parse(result.stdout);
  }

  function person(name: Person): LocalClient {
    const chain = defineChain({
      id: deployment.chainId,
      name: "local",
      nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
      rpcUrls: { default: { http: [node.url] } },
    });
    return clientOf(node.url, chain, deployment, name);
  }

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "assay-"));
    node = await startLocalNode({ cwd: root });
    writeFileSync(path("pw"), "a password of many words\n");
    const devnet = await json(0, "devnet", "--url", node.url, "--out", "devnet");
    profileId = devnet.profileId;
    deployment = defineDeployment(JSON.parse(readFileSync(path("devnet/deployment.json"), "utf8")));
    for (const name of ["publisher", "requester", "challenger"]) {
      const key = readFileSync(path(`devnet/${name}.key`), "utf8").trim() as Hex;
      await writeKeystore(
        path(`${name}.json`),
        await encryptKey("a password of many words", key, { scryptN: 2 }),
      );
    }
    await json(0, "model", "compile", MODEL, "--dim", "N=1", "--out", "digits");
    const { images } = loadMnist("test");
    await writeNpy(path("image.npy"), {
      type: "float32",
      dims: [1, 1, 28, 28],
      data: imageToInput(images, 0),
    });
  });

  after(async () => {
    await node.stop();
    rmSync(folder, { recursive: true });
  });

  it("default: init writes a folder to work in, once", async () => {
    await json(0, "init", "work");
    expect(readFileSync(path("work/assay.yaml"), "utf8")).to.contain("rpcUrls:");
    writeFileSync(path("work/assay.yaml"), "rpcUrls: [http://127.0.0.1:1]\n");
    expect((await json(2, "init", "work")).error.code).to.equal("USAGE");
    expect(readFileSync(path("work/assay.yaml"), "utf8")).to.contain("127.0.0.1:1");
  });

  it("default: keys are created, listed and exported, and never replaced", async () => {
    const { address } = await json(0, "keys", "create", "--out", "new.json", "--password-file", "pw");
    expect(statSync(path("new.json")).mode & 0o777).to.equal(0o600);
    const { keystores } = await json(0, "keys", "list", ".");
    expect(keystores).to.have.length(4);
    expect(keystores).to.deep.include({ file: "new.json", address });
    expect(await json(0, "keys", "address", "requester.json", "--password-file", "pw")).to.deep.equal({
      address: person("requester").account.address,
    });
    const imported = await assay(
      ["keys", "import", "--out", "rival.json", "--password-file", "pw"],
      readFileSync(path("devnet/rival.key"), "utf8"),
    );
    expect(imported.stdout).to.contain(person("rival").account.address);
    const exported = ["keys", "export", "rival.json", "--password-file", "pw"];
    const { privateKey } = await json(0, ...exported, "--yes");
    expect((await assay(exported)).code).to.equal(2);
    expect(privateKey).to.equal(readFileSync(path("devnet/rival.key"), "utf8").trim());
    expect(
      (await json(1, "keys", "create", "--out", "new.json", "--password-file", "pw")).error.code,
    ).to.equal("KEYSTORE_EXISTS");
    expect((await assay(["keys", "list", "digits"])).code).to.equal(4);
  });

  it("default: doctor finds everything in order, and says what is not", async () => {
    const { findings } = await json(0, "doctor", "--keystore", "requester.json", "--model", "digits");
    const states = Object.fromEntries(
      findings.map(({ what, state }: Record<string, string>) => [what, state]),
    );
    expect(states).to.deep.equal({
      ...{
        arithmetic: "ok",
        endpoint: "ok",
        contracts: "ok",
        history: "ok",
        clock: "ok",
        gas: "ok",
        vault: "ok",
      },
      "model digits": "ok",
    });
    const nobody = await json(1, "doctor", "--rpc-urls", "http://127.0.0.1:1");
    expect(nobody.findings.at(-1)).to.include({ what: "endpoint", state: "failed" });
  });

  it("default: a model is inspected and verified from its bytes", async () => {
    const inspected = await json(0, "model", "inspect", "digits");
    expect(inspected.inputs[0].name).to.equal("image");
    expect(inspected.cid).to.match(/^bafy[a-z2-7]{55}$/);
    const verified = await json(0, "model", "verify", "digits", "--onnx", MODEL, "--dim", "N=1");
    expect(verified).to.include({ isRight: true, modelId: inspected.modelId });
    expect((await json(3, "model", "verify", "digits", "--id", profileId)).isRight).to.equal(false);
  });

  it("default: a model is published: tried out, as calldata, and for real", async () => {
    const publish = [
      "model",
      "publish",
      "digits",
      "--release",
      "1.0.0",
      "--licence",
      "MIT",
      "--keystore",
      "publisher.json",
    ];
    const trial = await json(0, ...publish, "--dry-run");
    expect(trial.calls).to.have.length(2);
    expect((await json(4, "model", "list")).listings).to.deep.equal([]);
    const { calls, chainId, sender } = await json(0, ...publish, "--output", "calldata");
    expect({ chainId, sender }).to.deep.equal({
      chainId: deployment.chainId,
      sender: person("publisher").account.address,
    });
    expect(calls[0]).to.include({ to: deployment.contracts.ModelRegistry, value: "0" });

    const { results } = await json(0, ...publish);
    const { cid, archive, uri } = results[1];
    expect(uri).to.equal(`ipfs://${cid}`);
    const car = await CarReader.fromBytes(readFileSync(path(archive)));
    expect((await car.getRoots()).map(String)).to.deep.equal([cid]);
    expect(await json(0, "model", "inspect", "digits")).to.include({ cid });
    const { listings } = await json(0, "model", "list", "--publisher", sender);
    expect(listings).to.have.length(1);
    expect(listings[0]).to.include({
      name: "digits",
      version: "1.0.0",
      licence: "MIT",
      uri,
      isDeprecated: false,
    });
    expect((await json(1, ...publish)).error.code).to.equal("REGISTRY_LISTING_EXISTS");
  });

  it("default: a request is sent, shown, and verified wrong by the exit code", async () => {
    const ask = [
      "request",
      "send",
      "--model",
      "digits",
      "--input",
      "image=image.npy",
      "--profile",
      profileId,
    ];
    const sent = await json(0, ...ask, "--fee", "5", "--keystore", "requester.json");
    requestId = sent.results[0].requestId;
    expect(await json(0, "request", "show", requestId)).to.include({
      status: "requested",
      fee: String(5n * 10n ** 18n),
    });

    const liar = person("liar");
    const { model } = await readModelDirectory(path("digits"));
    const input = await liar.getInput({ requestId });
    await liar.waitForTransactionReceipt({ hash: await liar.acceptRequest({ requestId }) });
    const lie = traceWith(model, input, flipOutputBit(model));
    const committed = await liar.commitResult({ requestId, output: lie.outputBytes });
    await liar.waitForTransactionReceipt({ hash: committed });

    const verdict = await json(3, "request", "verify", requestId, "--model", "digits", "--out", "truth");
    expect(verdict).to.include({ isCorrect: false, status: "committed" });
    expect(statSync(path(verdict.outputs[0].file)).size).to.be.greaterThan(0);
    const text = await assay(["request", "show", requestId]);
    expect(text.stdout).to.contain("500 tokens").and.to.contain("window").and.to.contain("50 tokens");
    expect((await json(1, "request", "watch", requestId, "--timeout-seconds", "0.2")).error.code).to.equal(
      "FINALITY_TIMEOUT",
    );
  });

  it("default: a dispute is listed, drawn, played from both sides by hand, and claimed", async () => {
    const challenger = person("challenger");
    const { model } = await readModelDirectory(path("digits"));
    const input = await challenger.getInput({ requestId });
    const { traceRoot } = await traceBytes(model, input);
    const salt = randomSalt();
    const opening = { deployment, requestId, challenger: challenger.account.address, traceRoot, salt };
    const opened = await challenger.openGame({
      requestId,
      openingHash: await getOpeningHash(challenger, opening),
    });
    const receipt = await challenger.waitForTransactionReceipt({ hash: opened });
    gameId = parseOpenGameReceipt(receipt, { deployment }).gameId;
    expect((await json(0, "dispute", "list")).games[0]).to.include({ gameId, phase: "opened" });

    const move = [
      "dispute",
      "move",
      gameId,
      "--side",
      "challenger",
      "--model",
      "digits",
      "--keystore",
      "challenger.json",
    ];
    expect((await json(0, ...move, "--salt", salt, "--dry-run")).calls[0].to).to.equal(
      deployment.contracts.DisputeGame,
    );
    expect((await json(0, ...move, "--salt", salt)).results[0].move).to.equal("reveal");
    expect((await assay([...move, "--salt", salt])).code).to.equal(4);

    const liar = person("liar");
    const lie = traceWith(model, input, flipOutputBit(model));
    for (let turn = 0; turn < 20 && (await liar.getGame({ gameId })).phase !== "ended"; turn++) {
      for (const [client, side, trace] of [
        [liar, "operator", lie],
        [challenger, "challenger", await traceBytes(model, input)],
      ] as const) {
        const { hash } = await client.playGame({ gameId, side, model, input, trace });
        if (hash !== undefined) await client.waitForTransactionReceipt({ hash });
      }
    }
    const picture = (await assay(["dispute", "tree", gameId, "--model", "digits"])).stdout;
    expect(picture).to.contain("the challenger wins, and the operator is slashed");
    expect(picture).to.match(/operator +\[#+\.*\]/);
    expect(picture).to.contain("the chain computed the element").and.to.contain("wrong");
    expect(picture).to.contain("500 tokens, locked for this result");

    const { balance } = await challenger.getAccount({ address: challenger.account.address });
    await json(0, "dispute", "claim", gameId, "--keystore", "challenger.json");
    expect((await challenger.getAccount({ address: challenger.account.address })).balance > balance).to.equal(
      true,
    );
    expect((await json(3, "request", "watch", requestId)).status).to.equal("slashed");
    expect((await json(4, "dispute", "list")).games).to.deep.equal([]);
    expect((await json(0, "dispute", "list", "--all", "--request", requestId)).games).to.have.length(1);
  });

  it("error: what is missing or malformed is named, with exit code 2 for wrong usage", async () => {
    expect((await json(2, "request", "show", "0x12")).error.code).to.equal("USAGE");
    expect(
      (await json(2, "dispute", "move", gameId, "--side", "judge", "--keystore", "challenger.json")).error
        .code,
    ).to.equal("USAGE");
  });
});
