import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { createTestClient, http } from "viem";
import { root } from "../../../scripts/check/check.ts";
import { arrangeArguments } from "../../../sdk/src/cli/arguments.ts";
import { COMMANDS } from "../../../sdk/src/cli/commands.ts";
import { runNode } from "../../support/command.ts";
import { CommandScene, DIGITS } from "../../support/command-scene.ts";

const MAIN = "sdk/src/cli/main.ts";

/** Configurations of Hardhat that local chains leave only while they run. */
function chainsLeft(): readonly string[] {
  const cache = join(root, "node_modules/.cache");
  return readdirSync(cache).filter((name) => name.startsWith("assay-testing-"));
}

describe("assay, used wrongly", () => {
  describe("arguments", () => {
    for (const [given, arranged] of [
      ["--json keys list keys", "keys list --json keys"],
      ["help model run", "model run --help"],
      ["help model", "model --help"],
      ["help", "--help"],
      ["help modle", "modle"],
      ["model rnu --help", "model rnu"],
      ["modle -h", "modle"],
      ["model run --help", "model run --help"],
      ["model --json", "model"],
      ["constructor x", "constructor x"],
      ["run digits --json -- --help", "run digits --json -- --help"],
    ] as const)
      it(`default: ${given} is read as ${arranged}`, () => {
        expect(arrangeArguments(given.split(" "), COMMANDS).join(" ")).to.equal(arranged);
      });
  });

  it("error: help about a command that is not there says so, and names the nearest", async () => {
    for (const args of [
      ["help", "model", "compil"],
      ["model", "compil", "--help"],
    ]) {
      const { code, stdout, stderr } = await runNode(MAIN, ...args);
      expect([code, stdout]).to.deep.equal([2, ""]);
      expect(stderr).to.contain("unknown command 'compil'").and.to.contain("Did you mean compile?");
    }
  });

  it("error: --json without a command is answered in JSON", async () => {
    for (const args of [["--json"], ["model", "--json"]]) {
      const { code, stdout, stderr } = await runNode(MAIN, ...args);
      expect([code, stderr]).to.deep.equal([2, ""]);
      expect(JSON.parse(stdout).error).to.include({ code: "USAGE", message: "no command is named" });
    }
  });

  it("error: what is given twice is not decided by its order", async () => {
    const compile = ["model", "compile", DIGITS, "--out", join(tmpdir(), "assay-never-written")];
    const { code, stdout } = await runNode(MAIN, ...compile, "--dim", "N=1", "--dim", "N=2", "--json");
    expect(code).to.equal(2);
    expect(JSON.parse(stdout).error.message).to.equal("--dim gives N twice.");
  });

  it("error: a folder for a file is named as what it is", async () => {
    const { code, stdout } = await runNode(MAIN, "dispute", "verify", root, "--json");
    expect(code).to.equal(2);
    expect(JSON.parse(stdout).error.code).to.equal("USAGE");
  });

  it("behavior: a devnet that is ended before it runs leaves no chain behind", async () => {
    const out = mkdtempSync(join(tmpdir(), "assay-"));
    const before = new Set(chainsLeft());
    const child = spawn(process.execPath, [MAIN, "devnet", "--port", "0", "--out", join(out, "net")], {
      cwd: root,
      stdio: "ignore",
    });
    const closed = new Promise((resolve) => child.once("close", resolve));
    // The chain is started, and nothing is deployed on it yet.
    const isStarted = (): boolean => chainsLeft().some((name) => !before.has(name));
    while (!isStarted() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
    const started = chainsLeft().filter((name) => !before.has(name));
    child.kill("SIGTERM");
    // A machine that was busy elsewhere may have let it run by now; then it ends as it does when it runs.
    expect(await closed).to.be.oneOf([0, 143]);
    expect(started).to.have.length(1);
    expect(chainsLeft()).not.to.include(started[0]);
    rmSync(out, { recursive: true });
  });

  describe("on a chain", () => {
    let scene: CommandScene;

    before(async () => {
      scene = await CommandScene.create(["requester"]);
    });

    after(() => scene.close());

    /** A deployment that differs from the one that is there. */
    function write(name: string, change: (content: Record<string, unknown>) => object): string {
      const content = JSON.parse(readFileSync(scene.path("devnet/deployment.json"), "utf8"));
      writeFileSync(scene.path(name), JSON.stringify({ ...content, ...change(content) }));
      return name;
    }

    it("error: a node of another chain is asked nothing, whatever stands at its addresses", async () => {
      const deployment = write("other.json", () => ({ chainId: 5 }));
      for (const command of [
        ["profile", "list"],
        ["account", "show", "--keystore", "requester.json"],
      ]) {
        const { error } = await scene.json(1, ...command, "--deployment", deployment);
        expect(error).to.deep.include({ code: "WRONG_CHAIN", context: { actual: 31_337, expected: 5 } });
      }
      const { findings } = await scene.json(1, "doctor", "--deployment", deployment);
      expect(findings.at(-1)).to.include({ what: "endpoint", state: "failed" });
    });

    it("error: lists of contracts that are not there are not empty lists", async () => {
      const address = "0xABaBaBaBABabABabAbAbABAbABabababaBaBABaB";
      const deployment = write("nothing.json", ({ contracts }) => ({
        contracts: Object.fromEntries(Object.keys(contracts as object).map((name) => [name, address])),
      }));
      for (const noun of ["profile", "model", "dispute"]) {
        const { error } = await scene.json(1, noun, "list", "--deployment", deployment);
        expect(error.code, noun).to.equal("CONTRACT_NOT_DEPLOYED");
      }
    });

    it("error: nothing is claimed of a game that is not there", async () => {
      const claim = ["dispute", "claim", `0x${"11".repeat(32)}`, "--keystore", "requester.json"];
      const { error } = await scene.json(1, ...claim, "--dry-run");
      expect(error.code).to.equal("GAME_NOT_FOUND");
    });

    it("error: what a contract refuses is told in whole tokens, and to programs in the smallest unit", async () => {
      const stake = ["account", "stake", "20000000.5", "--keystore", "requester.json"];
      for (const form of [[], ["--dry-run"]]) {
        const { code, stderr } = await scene.run([...stake, ...form]);
        expect(code).to.equal(1);
        expect(stderr).to.match(/^VAULT_BALANCE_TOO_LOW: .* amount 20000000\.5 ASSAY\)/);
      }
      const { error } = await scene.json(1, ...stake);
      expect(error.context.amount).to.equal(`200000005${"0".repeat(17)}`);
      for (const [text, said] of [
        ["1.0000000000000000001", "at most 18 behind a point"],
        ["1e3", "is not a number of ASSAY"],
        ["１", "is not a number of ASSAY"],
        ["9".repeat(60), "is not a number of ASSAY"],
      ] as const) {
        const refused = await scene.json(2, "account", "stake", text, "--keystore", "requester.json");
        expect(`${refused.error.message} ${refused.error.recovery}`).to.contain(said);
      }
    });

    it("behavior: a token of six decimals is counted in its own", async () => {
      const address = `0x${"7e".repeat(20)}`;
      const client = createTestClient({ mode: "hardhat", transport: http(scene.url) });
      await client.setCode({ address: address as "0x", bytecode: "0x600660005260206000f3" });
      const deployment = write("dollars.json", ({ contracts }) => ({
        contracts: { ...(contracts as object), AssayToken: address },
      }));
      const show = ["account", "show", "--keystore", "requester.json", "--deployment", deployment];
      expect((await scene.run(show)).stdout).to.contain("0.000006 tokens, and");
      const stake = ["account", "stake", "2.5", "--keystore", "requester.json", "--deployment", deployment];
      const { calls } = await scene.json(0, ...stake, "--output", "calldata");
      expect(BigInt(`0x${calls[0].data.slice(-64)}`)).to.equal(2_500_000n);
    });

    it("error: an amount of nothing is not sent", async () => {
      for (const verb of ["deposit", "withdraw", "stake", "unstake"]) {
        const { error } = await scene.json(2, "account", verb, "0.0", "--keystore", "requester.json");
        expect(error.message, verb).to.equal("amount 0.0 would move nothing.");
      }
    });

    it("behavior: SIGTERM ends a watch as Ctrl-C does, in words", async () => {
      await scene.json(
        0,
        ...["model", "publish", "digits", "--release", "1.0.0", "--licence", "MIT"],
        ...["--keystore", "requester.json"],
      );
      const requestId = await scene.ask();
      for (const signal of ["SIGINT", "SIGTERM"] as const) {
        const program = [join(root, MAIN), "request", "watch", requestId];
        const env = {
          PATH: process.env.PATH,
          ASSAY_RPC_URLS: scene.url,
          ASSAY_DEPLOYMENT: "devnet/deployment.json",
        };
        const child = spawn(process.execPath, program, { cwd: scene.folder, env, stdio: "pipe" });
        let stderr = "";
        child.stderr.on("data", (chunk: Buffer) => {
          stderr += chunk.toString();
          // It tells the status, and waits for the next one.
          if (stderr.endsWith("requested\n")) child.kill(signal);
        });
        const code = await new Promise((resolve) => child.once("close", resolve));
        expect([signal, code]).to.deep.equal([signal, 1]);
        expect(stderr).to.match(/requested\nABORTED: .*nothing is lost\.\n$/);
      }
    });
  });
});
