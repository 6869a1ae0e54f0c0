import { expect } from "chai";
import { Registry } from "prom-client";
import { ContractRevertError } from "../../../sdk/src/errors/contract.ts";
import { createLogger } from "../../../sdk/src/node/log.ts";
import { createMetrics } from "../../../sdk/src/node/metrics.ts";
import { listen, statusRoutes } from "../../../sdk/src/node/status-server.ts";
import { caught } from "../../support/caught.ts";

describe("sdk/node: status server, metrics and log", () => {
  it("default: healthy, ready, metrics and status over HTTP; nothing else", async () => {
    const problems: string[] = [];
    let isAlive = true;
    const { registry, txSent } = createMetrics("1.2.3", "operator");
    txSent.inc({ kind: "commit" });
    const status = () => ({ balance: 10n ** 30n });
    const app = statusRoutes({ registry, problems: () => problems, isAlive: () => isAlive, status });
    const server = await listen(app, "127.0.0.1", 0);
    const get = async (path: string, init?: RequestInit) => {
      const response = await fetch(`http://127.0.0.1:${server.port}${path}`, init);
      return [response.status, await response.text()] as const;
    };
    try {
      expect(await get("/healthz")).to.deep.equal([200, "ok"]);
      expect(await get("/readyz")).to.deep.equal([200, '{"ready":true}']);
      problems.push("there is no stake");
      isAlive = false;
      expect(await get("/healthz")).to.deep.equal([503, "stuck"]);
      expect(await get("/readyz")).to.deep.equal([503, '{"ready":false,"problems":["there is no stake"]}']);
      expect(JSON.parse((await get("/status"))[1])).to.deep.equal({ balance: String(10n ** 30n) });
      const [, metrics] = await get("/metrics");
      expect(metrics).to.contain('assay_tx_sent_total{kind="commit",role="operator"} 1');
      expect(metrics).to.contain('assay_info{version="1.2.3",role="operator"} 1');
      expect((await get("/"))[0]).to.equal(404);
      expect((await get("/status", { method: "POST" }))[0]).to.equal(404);
      expect((await caught(listen(app, "127.0.0.1", server.port))).code).to.equal("LISTEN_FAILED");
    } finally {
      await server.close();
    }
    expect(registry).to.be.instanceOf(Registry);
  });

  it("behavior: nothing secret is logged, wherever it stands", () => {
    const lines: string[] = [];
    const log = createLogger("operator", {
      ...{ level: "info", format: "json" as const },
      destination: { write: (line: string) => void lines.push(line) },
    });
    const secret = "topsecret";
    log.info({ password: secret, keystore: { privateKey: secret }, salt: secret }, "plain");
    log.info({ url: `https://user:${secret}@rpc.example/v3/${secret}?key=${secret}` }, "endpoint");
    log.info(`cannot reach https://rpc.example/v3/${secret} today`);
    const cause = new Error(`https://rpc.example/${secret}`);
    log.warn({ error: new ContractRevertError("0x", { cause, context: { raw: 5n } }) }, "failed");
    log.debug("not at this level");
    expect(lines).to.have.length(4);
    expect(lines.join("")).to.not.contain(secret);
    expect(JSON.parse(lines[0]!)).to.include({
      level: "info",
      role: "operator",
      password: "[redacted]",
      msg: "plain",
    });
    expect(JSON.parse(lines[1]!).url).to.equal("https://rpc.example/...");
    expect(JSON.parse(lines[3]!).error).to.include({ cause: "Error" });
  });
});
