import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { expect } from "chai";
import { openGame, ZERO_HASH } from "../../../sdk/src/game/state.ts";
import { type Alert, Alerts, readAlertSecret } from "../../../sdk/src/node/alerts.ts";
import { createLogger } from "../../../sdk/src/node/log.ts";
import { createMetrics } from "../../../sdk/src/node/metrics.ts";
import { expectError } from "../../support/errors.ts";
import { type Letter, startWebhook } from "../../support/node/webhook.ts";

const alert = (subject: string): Alert => ({
  ...{ kind: "slashed", subject, message: `slashed for ${subject}`, details: { requestId: subject } },
});

describe("sdk/node: alerts", () => {
  let lines: string[];

  beforeEach(() => {
    lines = [];
  });

  function create(urls: readonly string[], secret?: Uint8Array) {
    const write = (chunk: Buffer, _encoding: unknown, done: () => void): void => {
      lines.push(chunk.toString());
      done();
    };
    const log = createLogger("operator", {
      ...({ level: "info", format: "json" } as const),
      destination: new Writable({ write }),
    });
    const metrics = createMetrics("1.2.3", "operator");
    const alerts = new Alerts({
      ...{ urls, secret, role: "operator", chainId: 7, account: "0xAA", lowGasWei: 10n, log, metrics },
      firstPauseMs: 5,
    });
    return { alerts, metrics };
  }

  it("default: each webhook is told once of each thing, in order and signed, in a form that Slack and Discord show", async () => {
    const [one, two] = [await startWebhook(), await startWebhook()];
    const secret = new TextEncoder().encode("a secret of many bytes");
    const { alerts, metrics } = create([one.url, two.url], secret);
    for (const subject of ["a", "b", "a"]) alerts.tell(alert(subject));
    alerts.tellOfGas(9n);
    alerts.tellOfGas(8n);
    alerts.tellOfGas(10n);
    await alerts.close(60_000);
    for (const { letters, close } of [one, two]) {
      const bodies = letters.map(({ body }) => JSON.parse(body));
      expect(bodies.map(({ kind }) => kind)).to.deep.equal(["slashed", "slashed", "balanceLow"]);
      expect(bodies[0]).to.include({
        role: "operator",
        chainId: 7,
        account: "0xAA",
        message: "slashed for a",
      });
      expect(bodies[0].details).to.deep.equal({ requestId: "a" });
      expect(bodies[0].text).to.equal("Assay operator 0xAA on chain 7: slashed for a");
      expect(bodies[0].content).to.equal(bodies[0].text);
      for (const { headers, body } of letters) {
        const [, second, mac] =
          /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["x-assay-signature"])) ?? [];
        expect(mac).to.equal(createHmac("sha256", secret).update(`${second}.${body}`).digest("hex"));
        expect(headers["x-assay-delivery"]).to.equal(JSON.parse(body).id);
      }
      close();
    }
    expect(await metrics.registry.metrics()).to.contain(
      'assay_alerts_total{kind="slashed",role="operator"} 2',
    );
  });

  it("behavior: what fails is tried again, without a redirect, and holds nobody up; the address's path is never logged", async () => {
    const webhook = await startWebhook(500, 302, "drop", 429);
    const broken = await startWebhook(...new Array<number>(8).fill(404));
    const { alerts } = create([webhook.url, broken.url]);
    alerts.tell(alert("a"));
    alerts.tell(alert("b"));
    await alerts.close(60_000);
    const told = (letters: readonly Letter[]) =>
      letters.map(({ body }) => JSON.parse(body).details.requestId);
    expect(told(webhook.letters)).to.deep.equal(["a", "a", "a", "a", "a", "b"]);
    expect(webhook.letters.every(({ path }) => path === "/hooks/KEY-IN-PATH")).to.equal(true);
    expect(
      new Set(webhook.letters.slice(0, 5).map(({ headers }) => headers["x-assay-delivery"])).size,
    ).to.equal(1);
    // Eight attempts for the first, which is given up, and one for the next.
    expect(told(broken.letters)).to.deep.equal([...new Array<string>(8).fill("a"), "b"]);
    expect(lines.join("")).to.contain("an alert could not be delivered").and.not.to.contain("KEY-IN-PATH");
    webhook.close();
    broken.close();
  });

  it("behavior: a webhook that never answers does not keep a daemon from ending, and only so much waits for it", async () => {
    const webhook = await startWebhook("hang");
    const { alerts } = create([webhook.url]);
    for (let i = 0; i < 500; i++) alerts.tell(alert(String(i)));
    await alerts.close(50);
    expect(webhook.letters.length).to.be.lessThan(2);
    alerts.tell(alert("late"));
    expect(lines.join("")).not.to.contain("late");
    webhook.close();
  });

  it("default: an operator is told of a dispute about its result, and of its clock when it is low", async () => {
    const webhook = await startWebhook();
    const { alerts } = create([webhook.url]);
    const opened = openGame({
      court: { chainId: 7, address: `0x${"11".repeat(20)}` },
      requestId: `0x${"22".repeat(32)}`,
      challenger: `0x${"33".repeat(20)}`,
      openingHash: ZERO_HASH,
      dossier: {} as never,
      ...{ clockSeconds: 100, sequence: 0, time: 1_000 },
    });
    const view = { ...opened, game: { ...opened.game, phase: "narrowing", turn: "operator" } } as const;
    const times = [1_000, 1_074, 1_076, 1_080];
    for (const time of times) alerts.tellOfGame(view, "operator", time);
    for (const time of times) alerts.tellOfGame(view, "challenger", time);
    alerts.tellOfGame(opened, "challenger", 1_090);
    await alerts.close(60_000);
    const told = webhook.letters.map(({ body }) => JSON.parse(body));
    expect(told.map(({ kind, details }) => [kind, details.remaining])).to.deep.equal([
      ["disputeOpened", undefined],
      ["clockLow", 24],
      ["clockLow", 10],
    ]);
    expect(told[1].message).to.contain("the operator's clock").and.to.contain(view.gameId);
    webhook.close();
  });

  it("error: a secret that is not there or too short is refused, and never shown", () => {
    const folder = mkdtempSync(join(tmpdir(), "assay-alerts-"));
    const file = join(folder, "secret");
    expect(readAlertSecret(undefined)).to.equal(undefined);
    expectError("CONFIG_INVALID", () => readAlertSecret(file), { key: "alertSecretFile" });
    writeFileSync(file, "tooshort\n");
    expectError("CONFIG_INVALID", () => readAlertSecret(file), { key: "alertSecretFile" });
    writeFileSync(file, "0123456789abcdef\n");
    expect(new TextDecoder().decode(readAlertSecret(file))).to.equal("0123456789abcdef");
    rmSync(folder, { recursive: true });
  });
});
