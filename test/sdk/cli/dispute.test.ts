import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import type { Hex } from "viem";
import { readModelDirectory } from "../../../sdk/src/node/model-directory.ts";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { CommandScene } from "../../support/command-scene.ts";

describe("assay dispute and account", () => {
  let scene: CommandScene;

  before(async () => {
    scene = await CommandScene.create(["challenger", "publisher", "requester", "operator"]);
    const signed = ["--keystore", "publisher.json"];
    await scene.json(0, "model", "publish", "digits", "--release", "1", "--licence", "MIT", ...signed);
  });

  after(() => scene.close());

  it("default: a wrong result is challenged, drawn, played from both sides by hand, and claimed", async () => {
    const challenger = scene.person("challenger");
    const requestId = await scene.ask();
    const lie = await scene.lie(requestId);
    const signed = ["--model", "digits", "--keystore", "challenger.json"];
    const open = ["dispute", "open", requestId, ...signed];
    expect((await scene.json(0, ...open, "--dry-run")).calls).to.have.length(1);
    expect(existsSync(scene.path(`${requestId}.salt`))).to.equal(false);
    const { gameId, saltFile } = (await scene.json(0, ...open)).results[0] as Record<string, Hex>;
    expect(statSync(scene.path(saltFile as string)).mode & 0o777).to.equal(0o600);
    expect((await scene.json(0, "dispute", "list")).games[0]).to.include({ gameId, phase: "opened" });

    const move = ["dispute", "move", gameId as string, "--side", "challenger", ...signed];
    // Without the salt there is a move, and the bond is lost if it is not made.
    expect((await scene.json(2, ...move)).error.code).to.equal("USAGE");
    const reveal = [...move, "--salt-file", saltFile as string];
    expect((await scene.json(0, ...reveal, "--dry-run")).calls[0].to).to.equal(
      scene.deployment.contracts.DisputeGame,
    );
    expect((await scene.json(0, ...reveal)).results[0].move).to.equal("reveal");
    expect((await scene.run(reveal)).code).to.equal(4);

    const liar = scene.person("liar");
    const { model } = await readModelDirectory(scene.path("digits"));
    const input = await liar.getInput({ requestId });
    const truth = await traceBytes(model, input);
    const game = { gameId: gameId as Hex };
    for (let turn = 0; turn < 20 && (await liar.getGame(game)).phase !== "ended"; turn++) {
      for (const [client, side, trace] of [
        [liar, "operator", lie],
        [challenger, "challenger", truth],
      ] as const) {
        const { hash } = await client.playGame({ ...game, side, model, input, trace });
        if (hash !== undefined) await client.waitForTransactionReceipt({ hash });
      }
    }
    const picture = (await scene.run(["dispute", "tree", game.gameId, "--model", "digits"])).stdout;
    expect(picture).to.contain("the challenger wins, and the operator is slashed");
    expect(picture).to.match(/operator +\[#+\.*\]/);
    expect(picture).to.contain("the chain computed the element").and.to.contain("wrong");
    expect(picture).to.contain("500 ASSAY, locked for this result");

    const file = ["--out", "dispute.json"];
    const evidence = await scene.json(0, "dispute", "export", game.gameId, ...file);
    expect(evidence).to.include({ outcome: "challengerWins", file: "dispute.json" });
    expect((await scene.json(2, "dispute", "export", game.gameId, ...file)).error.code).to.equal("USAGE");
    // Without any chain.
    const checked = await scene.run(["dispute", "verify", "dispute.json"], "", {});
    expect(checked.code, checked.stderr).to.equal(0);
    expect(checked.stdout).to.contain("the truth").and.to.contain("everything in it follows");
    const text = readFileSync(scene.path("dispute.json"), "utf8");
    writeFileSync(scene.path("forged.json"), text.replace('"challengerWins"', '"operatorWins"'));
    const forged = await scene.json(3, "dispute", "verify", "forged.json");
    expect(forged).to.deep.include({ isTrue: false });
    expect(forged.error.code).to.equal("EVIDENCE_CONTRADICTED");
    writeFileSync(scene.path("broken.json"), text.slice(0, 100));
    expect((await scene.json(2, "dispute", "verify", "broken.json")).error.code).to.equal("USAGE");

    const packed = await scene.json(
      0,
      "dispute",
      "export",
      game.gameId,
      "--out",
      "dispute.car",
      ...["--model", "digits"],
    );
    expect(packed).to.include({ outcome: "challengerWins", hasInput: true });
    const opened = JSON.parse(
      (await scene.run(["dispute", "verify", "dispute.car", "--json"], "", {})).stdout,
    );
    expect(opened, JSON.stringify(opened)).to.include({ isTrue: true, cid: packed.cid });
    expect(Object.keys(opened.parts)).to.deep.equal(["dispute.json", "input.bin", "model"]);
    const bytes = readFileSync(scene.path("dispute.car"));
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(scene.path("forged.car"), bytes);
    expect((await scene.json(3, "dispute", "verify", "forged.car")).error.code).to.equal("ARCHIVE_DAMAGED");
    const beside = ["--out", "other.json", "--model", "digits"];
    expect((await scene.json(2, "dispute", "export", game.gameId, ...beside)).error.code).to.equal("USAGE");

    const { balance } = await challenger.getAccount({ address: challenger.account.address });
    const claimed = await scene.json(0, "dispute", "claim", game.gameId, "--keystore", "challenger.json");
    const after = await challenger.getAccount({ address: challenger.account.address });
    expect(after.balance - balance).to.equal(BigInt(claimed.results[0].amount));
    expect((await scene.json(3, "request", "watch", requestId)).status).to.equal("slashed");
    expect((await scene.json(4, "dispute", "list")).games).to.deep.equal([]);
    const all = await scene.json(0, "dispute", "list", "--all", "--request", requestId);
    expect(all.games).to.have.length(1);
  });

  it("default: tokens are staked, taken out after the delay, and moved back to the wallet", async () => {
    const signed = ["--keystore", "operator.json"];
    const show = () => scene.json(0, "account", "show", ...signed);
    const { balance, stake, address } = await show();
    const tokens = (count: number): bigint => BigInt(count) * 10n ** 18n;
    // Nothing is approved that cannot be moved.
    const { allowance } = await scene.person("operator").getAccount({ address });
    const early = ["account", "deposit", "20.5", ...signed];
    expect((await scene.json(1, ...early)).error.code).to.equal("WALLET_BALANCE_TOO_LOW");
    expect((await scene.json(1, ...early, "--dry-run")).error.code).to.equal("WALLET_BALANCE_TOO_LOW");
    expect((await scene.json(0, ...early, "--output", "calldata")).calls).to.have.length(2);
    expect((await scene.person("operator").getAccount({ address })).allowance).to.equal(allowance);
    await scene.json(0, "account", "withdraw", "30", ...signed);
    const both = await scene.json(0, "account", "deposit", "20.5", ...signed);
    expect(both.transactions).to.have.length(2);
    await scene.json(0, "account", "stake", "100", ...signed);
    expect(await show()).to.include({
      wallet: String(tokens(19) / 2n),
      balance: String(BigInt(balance) - tokens(219) / 2n),
      stake: String(BigInt(stake) + tokens(100)),
    });
    const [exit] = (await scene.json(0, "account", "unstake", "60", ...signed)).results;
    expect((await show()).exits).to.deep.equal([
      { ticketId: exit.ticketId, amount: String(tokens(60)), readyAt: exit.readyAt },
    ]);
    expect((await scene.json(1, "account", "complete", exit.ticketId, ...signed)).error.code).to.match(
      /^VAULT_/,
    );
    await scene.json(0, "account", "cancel", exit.ticketId, ...signed);
    expect((await show()).exits).to.deep.equal([]);

    const signer = scene.person("stranger").account.address;
    await scene.json(0, "account", "signer", signer, ...signed);
    await scene.json(0, "account", "payout", signer, ...signed);
    expect(await show()).to.include({ signer, payout: signer });
    await scene.json(0, "account", "signer", "none", ...signed);
    await scene.json(0, "account", "payout", "none", ...signed);
    expect(await show())
      .to.include({ payout: address })
      .and.not.to.have.property("signer");
  });

  it("default: a profile is listed, shown, and created again or anew from what was shown", async () => {
    const { profiles } = await scene.json(0, "profile", "list");
    expect(profiles.map(({ profileId }: { profileId: Hex }) => profileId)).to.deep.equal([scene.profileId]);
    const shown = await scene.json(0, "profile", "show", scene.profileId);
    writeFileSync(scene.path("same.json"), JSON.stringify(shown));
    const signed = ["--keystore", "publisher.json"];
    const again = await scene.json(0, "profile", "create", "same.json", ...signed);
    expect(again.results).to.deep.equal([{ profileId: scene.profileId, isNew: false }]);
    writeFileSync(scene.path("other.json"), JSON.stringify({ ...shown, windowSeconds: 1200 }));
    const other = (await scene.json(0, "profile", "create", "other.json", ...signed)).results[0];
    expect(other.isNew).to.equal(true);
    expect((await scene.json(0, "profile", "show", other.profileId)).windowSeconds).to.equal(1200);
    writeFileSync(scene.path("wrong.json"), JSON.stringify({ ...shown, lock: "much" }));
    const wrong = await scene.json(2, "profile", "create", "wrong.json", ...signed);
    expect(wrong.error.message).to.contain("lock");
  });

  it("error: what is missing or malformed is named, with exit code 2 for wrong usage", async () => {
    const usage = async (...args: readonly string[]): Promise<string> => {
      const { error } = await scene.json(2, ...args);
      expect(error.code).to.equal("USAGE");
      return error.message;
    };
    const id = scene.profileId;
    expect(await usage("request", "show", "0x12")).to.contain("0x12");
    expect(await usage("dispute", "move", id, "--side", "judge")).to.contain("whose move");
    expect(await usage("account", "stake", "much", "--account", `0x${"11".repeat(20)}`)).to.contain("much");
    expect(await usage("account", "show", "bob")).to.contain("bob");
    expect(await usage("model", "list", "--deployment", "nowhere.json")).to.contain("nowhere.json");
    expect(await usage("model", "list", "--publisher", "bob")).to.contain("bob");
  });

  it("error: chain, keys and money that are not there are named, with exit code 1", async () => {
    const code = async (...args: readonly string[]): Promise<string> =>
      (await scene.json(1, ...args)).error.code;
    const id = scene.profileId;
    expect(await code("model", "list", "--rpc-urls", "http://127.0.0.1:1")).to.equal("NODE_UNREACHABLE");
    expect(await code("request", "show", id)).to.equal("REQUEST_NOT_FOUND");
    expect(await code("dispute", "show", id)).to.equal("GAME_NOT_FOUND");
    expect(await code("profile", "show", `0x${"11".repeat(32)}`)).to.equal("PROFILE_UNKNOWN");
    const signed = ["--keystore", "operator.json"];
    const { error } = await scene.json(1, "account", "withdraw", "99999999", ...signed);
    expect(error.code).to.equal("VAULT_BALANCE_TOO_LOW");
    expect(
      await code("account", "stake", "1", ...signed, "--password-file", "devnet/deployment.json"),
    ).to.equal("KEYSTORE_PASSWORD_WRONG");
  });
});
