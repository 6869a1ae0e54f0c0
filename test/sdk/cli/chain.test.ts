import { readFileSync, statSync, writeFileSync } from "node:fs";
import { CarReader } from "@ipld/car";
import { expect } from "chai";
import type { Hex } from "viem";
import { CommandScene, DIGITS } from "../../support/command-scene.ts";

describe("assay, on a chain", () => {
  let scene: CommandScene;
  let requestId: Hex;

  before(async () => {
    scene = await CommandScene.create(["publisher", "requester"]);
  });

  after(() => scene.close());

  it("default: init writes a folder to work in, once", async () => {
    await scene.json(0, "init", "work");
    expect(readFileSync(scene.path("work/assay.yaml"), "utf8")).to.contain("rpcUrls:");
    writeFileSync(scene.path("work/assay.yaml"), "rpcUrls: [http://127.0.0.1:1]\n");
    expect((await scene.json(2, "init", "work")).error.code).to.equal("USAGE");
    expect(readFileSync(scene.path("work/assay.yaml"), "utf8")).to.contain("127.0.0.1:1");
  });

  it("default: keys are created, listed and exported, and never replaced", async () => {
    const { address } = await scene.json(0, "keys", "create", "--out", "new.json", "--password-file", "pw");
    expect(statSync(scene.path("new.json")).mode & 0o777).to.equal(0o600);
    const { keystores } = await scene.json(0, "keys", "list", ".");
    expect(keystores).to.have.length(3);
    expect(keystores).to.deep.include({ file: "new.json", address });
    expect(await scene.json(0, "keys", "address", "requester.json", "--password-file", "pw")).to.deep.equal({
      address: scene.person("requester").account.address,
    });
    const imported = await scene.run(
      ["keys", "import", "--out", "rival.json", "--password-file", "pw"],
      readFileSync(scene.path("devnet/rival.key"), "utf8"),
    );
    expect(imported.stdout).to.contain(scene.person("rival").account.address);
    const exported = ["keys", "export", "rival.json", "--password-file", "pw"];
    const { privateKey } = await scene.json(0, ...exported, "--yes");
    expect((await scene.run(exported)).code).to.equal(2);
    expect(privateKey).to.equal(readFileSync(scene.path("devnet/rival.key"), "utf8").trim());
    const again = await scene.json(2, "keys", "create", "--out", "new.json", "--password-file", "pw");
    expect(again.error.code).to.equal("KEYSTORE_EXISTS");
    expect((await scene.run(["keys", "list", "digits"])).code).to.equal(4);

    writeFileSync(scene.path("new.pw"), "other words than before\n");
    const change = ["keys", "passwd", "rival.json", "--password-file", "pw", "--new-password-file", "new.pw"];
    const changed = await scene.json(0, ...change);
    expect(changed).to.deep.equal({ address: scene.person("rival").account.address, keystore: "rival.json" });
    expect((await scene.json(1, ...change)).error.code).to.equal("KEYSTORE_PASSWORD_WRONG");
    const reopened = ["keys", "export", "rival.json", "--password-file", "new.pw", "--yes"];
    expect(await scene.json(0, ...reopened)).to.deep.equal({ privateKey });
  });

  it("error: a keystore or a password that cannot be read is wrong usage, whichever command names it", async () => {
    const password = ["--password-file", "pw"];
    for (const args of [
      ["keys", "address", "nowhere.json"],
      ["keys", "address", "devnet"],
      ["keys", "export", "nowhere.json", ...password, "--yes"],
      ["keys", "export", "requester.json", "--password-file", "nowhere", "--yes"],
      ["keys", "passwd", "nowhere.json", ...password, "--new-password-file", "pw"],
      ["keys", "create", "--out", "never.json", "--password-file", "nowhere"],
      ["keys", "list", "nowhere"],
      ["account", "show", "--keystore", "nowhere.json"],
      ["account", "stake", "1", "--keystore", "nowhere.json"],
      ["operator", "run", "--models", "digits", "--keystore", "nowhere.json", ...password],
      ["model", "inspect", "nowhere"],
      ["model", "run", "digits", "--input", "image=nowhere.npy"],
    ])
      await scene.json(2, ...args);
    // What is in the file is another matter.
    writeFileSync(scene.path("none.json"), "{}");
    for (const args of [
      ["keys", "address", "none.json"],
      ["account", "show", "--keystore", "none.json"],
    ])
      expect((await scene.json(1, ...args)).error.code).to.equal("KEYSTORE_INVALID");
  });

  it("default: doctor finds everything in order, and says what is not", async () => {
    const { findings } = await scene.json(0, "doctor", "--keystore", "requester.json", "--model", "digits");
    const states = Object.fromEntries(
      findings.map(({ what, state }: Record<string, string>) => [what, state]),
    );
    const names = ["arithmetic", "endpoint", "contracts", "history", "clock", "gas", "vault", "model digits"];
    expect(states).to.deep.equal(Object.fromEntries(names.map((name) => [name, "ok"])));
    const nobody = await scene.json(1, "doctor", "--rpc-urls", "http://127.0.0.1:1");
    expect(nobody.findings.at(-1)).to.include({ what: "endpoint", state: "failed" });
  });

  it("default: a model is inspected and verified from its bytes", async () => {
    const inspected = await scene.json(0, "model", "inspect", "digits");
    expect(inspected.inputs[0].name).to.equal("image");
    expect(inspected.cid).to.match(/^bafy[a-z2-7]{55}$/);
    const verified = await scene.json(0, "model", "verify", "digits", "--onnx", DIGITS, "--dim", "N=1");
    expect(verified).to.include({ isRight: true, modelId: inspected.modelId });
    expect((await scene.json(3, "model", "verify", "digits", "--id", scene.profileId)).isRight).to.equal(
      false,
    );
  });

  it("default: a model is published: tried out, as calldata, and for real; then advised against", async () => {
    const signed = ["--keystore", "publisher.json"];
    const publish = ["model", "publish", "digits", "--release", "1.0.0", "--licence", "MIT", ...signed];
    const trial = await scene.json(0, ...publish, "--dry-run");
    expect(trial.calls).to.have.length(2);
    expect((await scene.json(4, "model", "list")).listings).to.deep.equal([]);
    const { calls, chainId, sender } = await scene.json(0, ...publish, "--output", "calldata");
    expect({ chainId, sender }).to.deep.equal({
      chainId: scene.deployment.chainId,
      sender: scene.person("publisher").account.address,
    });
    expect(calls[0]).to.include({ to: scene.deployment.contracts.ModelRegistry, value: "0" });

    const { results } = await scene.json(0, ...publish);
    const { cid, archive, uri } = results[1];
    expect(uri).to.equal(`ipfs://${cid}`);
    const car = await CarReader.fromBytes(readFileSync(scene.path(archive)));
    expect((await car.getRoots()).map(String)).to.deep.equal([cid]);
    expect(await scene.json(0, "model", "inspect", "digits")).to.include({ cid });
    const listed = async () => (await scene.json(0, "model", "list", "--publisher", sender)).listings;
    const listing = { name: "digits", version: "1.0.0", licence: "MIT", uri };
    expect(await listed()).to.have.length(1);
    expect((await listed())[0]).to.include({ ...listing, isDeprecated: false });
    expect((await scene.json(1, ...publish)).error.code).to.equal("REGISTRY_LISTING_EXISTS");

    const deprecate = ["model", "deprecate", "digits", "--release", "1.0.0", ...signed];
    await scene.json(0, ...deprecate);
    expect((await listed())[0]).to.include({ ...listing, isDeprecated: true });
    await scene.json(0, ...deprecate, "--undo");
    expect((await listed())[0].isDeprecated).to.equal(false);
  });

  it("default: a request is sent, shown, and verified wrong by the exit code", async () => {
    const terms = [
      "--model",
      "digits",
      "--input",
      "image=image.npy",
      "--profile",
      scene.profileId,
      "--fee",
      "5",
    ];
    const sender = scene.person("requester").account.address;
    const quoted = await scene.json(0, "request", "quote", ...terms, "--account", sender);
    expect(quoted).to.include({ fee: String(5n * 10n ** 18n), shortfall: "0", windowSeconds: 600 });
    const nobody = `0x${"11".repeat(20)}`;
    const told = await scene.run(["request", "quote", ...terms, "--account", nobody]);
    expect(told.stdout).to.contain("5 ASSAY short").and.to.contain("10 min after the answer");
    expect((await scene.json(2, "request", "quote", ...terms)).error.message).to.contain("who would ask");
    requestId = await scene.ask("--fee", "5");
    expect(await scene.json(0, "request", "show", requestId)).to.include({
      status: "requested",
      fee: String(5n * 10n ** 18n),
    });
    await scene.lie(requestId);
    const verdict = await scene.json(
      3,
      "request",
      "verify",
      requestId,
      "--model",
      "digits",
      "--out",
      "truth",
    );
    expect(verdict).to.include({ isCorrect: false, status: "committed" });
    expect(statSync(scene.path(verdict.outputs[0].file)).size).to.be.greaterThan(0);
    const text = await scene.run(["request", "show", requestId]);
    expect(text.stdout).to.contain("500 ASSAY").and.to.contain("window").and.to.contain("50 ASSAY");
    const watched = await scene.json(1, "request", "watch", requestId, "--timeout-seconds", "0.2");
    expect(watched.error.code).to.equal("FINALITY_TIMEOUT");
  });

  it("default: a request that nobody answers in time is refunded by settling it, once", async () => {
    const asked = await scene.ask("--fee", "1", "--deadline-seconds", "600", "--min-stake", "700");
    const settle = ["request", "settle", asked, "--keystore", "requester.json"];
    expect((await scene.json(1, ...settle)).error.code).to.equal("HUB_DEADLINE_NOT_PASSED");
    await fetch(scene.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([
        { jsonrpc: "2.0", id: 1, method: "evm_increaseTime", params: [601] },
        { jsonrpc: "2.0", id: 2, method: "evm_mine", params: [] },
      ]),
    });
    expect((await scene.json(0, ...settle)).results[0].status).to.equal("refunded");
    expect((await scene.json(4, ...settle)).status).to.equal("refunded");
  });

  it("default: every movement of an account is printed as CSV, for programs, or written to a file, once", async () => {
    const sender = scene.person("requester").account.address;
    const { stdout } = await scene.run(["account", "statement", "--keystore", "requester.json"]);
    const [names = [], ...rows] = stdout
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(","));
    expect(names.slice(0, 5)).to.deep.equal(["block", "time", "transaction", "log", "kind"]);
    const kinds = rows.map((row) => row[names.indexOf("kind")]);
    expect(kinds).to.deep.equal(["deposit", "feePlaced", "feePlaced", "feeReturned"]);
    const { address, entries, closing } = await scene.json(0, "account", "statement", sender, "--gas");
    expect(address).to.equal(sender);
    expect(closing).to.include({ fees: String(5n * 10n ** 18n), stake: "0" });
    expect(entries.filter(({ kind }: { kind: string }) => kind === "gas")).to.have.length(3);
    const out = ["account", "statement", sender, "--out", "statement.csv"];
    expect(await scene.json(0, ...out)).to.include({ out: "statement.csv", entries: 4 });
    expect(readFileSync(scene.path("statement.csv"), "utf8").trim()).to.equal(stdout.trim());
    expect((await scene.json(2, ...out)).error.message).to.contain("is there already");
    for (const wrong of ["-1", "0x10", "latest"])
      expect((await scene.json(2, "account", "statement", sender, "--to-block", wrong)).error.code).to.equal(
        "USAGE",
      );
    const liar = scene.person("liar").account.address;
    const { worstCase, commitments, locked } = await scene.json(0, "operator", "risk", liar);
    expect([worstCase, commitments.length, commitments[0].requestId]).to.deep.equal([locked, 1, requestId]);
    const told = await scene.run(["operator", "risk", liar]);
    expect(told.stdout).to.contain("worst case").and.to.contain(requestId).and.to.contain("if it is wrong");
    const empty = await scene.json(0, "account", "statement", `0x${"11".repeat(20)}`);
    expect(empty.entries).to.deep.equal([]);
  });
});
