import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../../scripts/check/check.ts";
import { runNode } from "../../support/command.ts";
import { Scene, until } from "../../support/node/scene.ts";

const MAIN = "sdk/src/cli/main.ts";

describe("assay operator, challenger, monitor", () => {
  it("default: help names every setting with its flag, its variable and its default", async () => {
    const { code, stdout } = await runNode(MAIN, "operator", "run", "--help");
    expect(code).to.equal(0);
    for (const part of ["--rpc-urls", "ASSAY_RPC_URLS", "--max-exposure", "(default: 2)", "--print-config"]) {
      expect(stdout.replace(/\s+/g, " ")).to.contain(part);
    }
    const monitor = await runNode(MAIN, "monitor", "run", "--help");
    expect(monitor.stdout).to.not.contain("--keystore");
  });

  it("behavior: the effective configuration is printed without secrets", async () => {
    const url = "https://rpc.example/v3/topsecret";
    const { code, stdout } = await runNode(MAIN, "challenger", "run", "--rpc-urls", url, "--print-config");
    expect(code).to.equal(0);
    const shown = JSON.parse(stdout) as Record<string, unknown>;
    expect(shown.rpcUrls).to.deep.equal({ value: ["https://rpc.example/..."], from: "flag" });
    expect(shown.strategy).to.deep.equal({ value: "watch", from: "default" });
  });

  it("error: a wrong configuration ends with 2, before anything is done", async () => {
    const wrong = [
      ["operator", "run"],
      ["operator", "run", "--rpc-urls", "http://127.0.0.1:1"],
      ["challenger", "run", "--strategy", "all", "--rpc-urls", "http://127.0.0.1:1"],
      ["challenger", "run", "--strategy", "full", "--rpc-urls", "http://127.0.0.1:1"],
      ["monitor", "run", "--config", "nowhere.yaml"],
      ["monitor", "run", "--rpc-urls", "http://127.0.0.1:1", "--quorum", "2"],
    ];
    for (const args of wrong) {
      const { code, stderr } = await runNode(MAIN, ...args);
      expect(code, args.join(" ")).to.equal(2);
      expect(stderr, args.join(" ")).to.match(/^CONFIG_INVALID: Setting "\w+"/);
    }
  });

  it("behavior: an operator from the command line serves, shows itself over HTTP, and drains on SIGTERM", async () => {
    const scene = await Scene.create();
    try {
      const config = {
        ...{ rpcUrls: [scene.url], deployment: join(scene.folder, "deployment.json"), pollSeconds: 0.1 },
        ...{ keystore: join(scene.folder, "operator.json"), passwordFile: join(scene.folder, "password") },
        ...{ dataDir: join(scene.folder, "cli"), models: [join(scene.folder, "models")], metricsPort: 0 },
        operator: { deadlineMarginSeconds: 10 },
      };
      writeFileSync(join(scene.folder, "assay.json"), JSON.stringify(config));
      const args = [MAIN, "operator", "run", "--config", join(scene.folder, "assay.json")];
      const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
      let output = "";
      child.stdout.on("data", (chunk: Buffer) => {
        output += chunk.toString();
      });
      child.stderr.pipe(process.stderr);
      const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
      await until("started", () => /"msg":"started"/.test(output));
      const port = Number(/"port":(\d+)/.exec(output)?.[1]);
      const get = async (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
      await until("ready", async () => (await get("/readyz")).status === 200);

      const requestId = await scene.request();
      await until("committed", async () => (await scene.get(requestId)).status === "committed");
      expect((await get("/healthz")).status).to.equal(200);
      const metrics = await (await get("/metrics")).text();
      expect(metrics).to.match(/assay_tx_sent_total\{kind="commit",role="operator"\} 1/);
      expect(metrics).to.match(/assay_up\{role="operator"\} 1/);
      const status = (await (await get("/status")).json()) as { role: string; tasks: unknown[] };
      expect(status.role).to.equal("operator");
      expect(status.tasks).to.have.length(1);

      child.kill("SIGTERM");
      expect(await exited).to.equal(0);
      expect(output)
        .to.match(/"msg":"draining"/)
        .and.to.match(/"msg":"stopped"/);
    } finally {
      await scene.close();
    }
  });
});
