import { expect } from "chai";
import type { Hex } from "viem";
import { inferenceHubAbi } from "../../../sdk/src/abis/generated/InferenceHub.ts";
import { commitResult } from "../../../sdk/src/actions/commitResult.ts";
import { getAccount } from "../../../sdk/src/actions/getAccount.ts";
import { getGames } from "../../../sdk/src/actions/getGames.ts";
import { type DaemonProcess, startProcess } from "../../support/node/process.ts";
import { Scene, until as untilWithin } from "../../support/node/scene.ts";
import { BALANCE } from "../../support/sdk.ts";

describe("assay operator, challenger: signals", () => {
  /** Processes share two cores with all that else runs. */
  const until = (what: string, holds: () => boolean | Promise<boolean>) => untilWithin(what, holds, 240);
  let scene: Scene;
  const processes: DaemonProcess[] = [];

  beforeEach(async () => {
    scene = await Scene.create();
  });

  afterEach(async () => {
    for (const { kill, ended } of processes.splice(0)) {
      kill("SIGKILL");
      await ended;
    }
    await scene.close();
  });

  async function start(role: "operator" | "challenger", settings: object = {}): Promise<DaemonProcess> {
    const started = await startProcess(scene, role, role, settings);
    processes.push(started);
    return started;
  }
  /** With `false` what is sent waits, as on a chain that is full. */
  const mines = async (isOn: boolean): Promise<void> => {
    const { client } = scene.protocol;
    const ask = client.request as (question: object) => Promise<unknown>;
    await ask({ method: "evm_setAutomine", params: [isOn] });
    if (isOn) await ask({ method: "evm_mine", params: [] });
  };
  const logged = (daemon: DaemonProcess, message: string, fields: object = {}) =>
    daemon
      .lines()
      .find((line) => line.msg === message && Object.entries(fields).every(([key, is]) => line[key] === is));
  /** It has said nothing that a person cannot read. */
  const expectCalm = (daemon: DaemonProcess): void => {
    const texts = [daemon.stderr(), ...daemon.lines().map((line) => JSON.stringify(line))];
    for (const text of texts) expect(text).to.not.match(/^\s+at |\\n\s+at |unhandled|warning/im);
    expect(daemon.lines().filter(({ level }) => level === "error" || level === "fatal")).to.deep.equal([]);
  };
  const commitsOf = async (requestId: Hex): Promise<number> => {
    const { client, deployment } = scene.protocol;
    const logs = await client.getContractEvents({
      ...{ address: deployment.contracts.InferenceHub, abi: inferenceHubAbi, eventName: "ResultCommitted" },
      ...{ args: { requestId }, fromBlock: 0n },
    });
    return logs.length;
  };

  it("behavior: an operator ends what it has begun, at once if it is told twice, and goes on where it was", async () => {
    const request = async (numbers: readonly number[]) =>
      scene.request(numbers, { deadline: (await scene.protocol.deadline()) + 10_000 });
    const first = await request([1, 2, 3, 4]);
    await mines(false);
    const hasty = await start("operator", { drainSeconds: 600 });
    await until("accepting", () => logged(hasty, "sent", { kind: "accept" }) !== undefined);
    hasty.kill("SIGINT");
    await until("draining", () => logged(hasty, "draining") !== undefined);
    hasty.kill("SIGINT");
    expect(await hasty.ended).to.equal(1);
    expect(logged(hasty, "ended at once", { signal: "SIGINT" })).to.not.equal(undefined);
    expectCalm(hasty);

    await mines(true);
    const patient = await start("operator", { drainSeconds: 600 });
    await until("committed", async () => (await scene.get(first)).status === "committed");
    const second = await request([4, 3, 2, 1]);
    await until("accepting again", () => logged(patient, "sent", { requestId: second }) !== undefined);
    patient.kill("SIGTERM");
    expect(await patient.ended).to.equal(0);
    expectCalm(patient);
    expect(logged(patient, "stopped")).to.include({ pending: 0, isIdle: true });
    for (const requestId of [first, second]) {
      expect((await scene.get(requestId)).status).to.equal("committed");
      expect(await commitsOf(requestId)).to.equal(1);
    }
    const included = [...hasty.lines(), ...patient.lines()].filter(({ msg }) => msg === "included");
    expect(new Set(included.map(({ hash }) => hash)).size).to.equal(4);
  });

  it("behavior: a challenger whose terminal is closed goes on with its game when it is started again", async () => {
    const { operator, deployment, client, mined } = scene.protocol;
    const settings = { strategy: "full", drainSeconds: 600 };
    const closed = await start("challenger", settings);
    const requestId = await scene.request([5, 6, 7, 8], { operator: scene.addressOf("operator") });
    await mined(await commitResult(operator, { deployment, requestId, output: new Uint8Array(20) }));
    await until("sent", () => logged(closed, "sent", { kind: "open" }) !== undefined);
    closed.kill("SIGHUP");
    expect(await closed.ended).to.equal(0);
    expect(logged(closed, "stopping; a second signal ends it at once", { signal: "SIGHUP" })).to.not.equal(
      undefined,
    );
    expect(logged(closed, "stopped")).to.include({ pending: 0 });
    expectCalm(closed);
    const games = () => getGames(client, { deployment, requestId });
    expect(await games()).to.have.length(1);

    const again = await start("challenger", settings);
    await until("revealed", async () => (await games())[0]?.phase === "narrowing");
    await scene.pass(601);
    await until("slashed", async () => (await scene.get(requestId)).status === "slashed");
    const balance = async () =>
      (await getAccount(client, { deployment, address: scene.addressOf("challenger") })).balance;
    await until("rewarded", async () => (await balance()) > BALANCE);
    again.kill("SIGTERM");
    expect(await again.ended).to.equal(0);
    expectCalm(again);
    expect(await games()).to.have.length(1);
  });
});
