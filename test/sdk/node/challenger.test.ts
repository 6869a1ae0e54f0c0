import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { commitResult } from "../../../sdk/src/actions/commitResult.ts";
import { getAccount } from "../../../sdk/src/actions/getAccount.ts";
import { getGames } from "../../../sdk/src/actions/getGames.ts";
import type { Service } from "../../../sdk/src/node/service.ts";
import { lyingInference } from "../../support/node/liar.ts";
import { Scene, until } from "../../support/node/scene.ts";
import { startWebhook } from "../../support/node/webhook.ts";
import { BALANCE, testProfile } from "../../support/sdk.ts";
import { squaresModel } from "../../support/squares.ts";

describe("sdk/node: challenger", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create();
  });

  afterEach(() => scene.close());

  const lying = { inference: () => lyingInference(squaresModel) };
  const balanceOf = async (person: "challenger" | "operator") => {
    const { client, deployment } = scene.protocol;
    return getAccount(client, { deployment, address: scene.addressOf(person) });
  };

  it("default: convicts a lying operator and collects its reward", async () => {
    const webhook = await startWebhook();
    await scene.operator({ alertUrls: [webhook.url] }, lying);
    await scene.challenger("challenger", { alertUrls: [webhook.url] });
    const requestId = await scene.request();
    await until("slashed", async () => (await scene.get(requestId)).status === "slashed");
    const { lock, lockBurnBps, requesterBps } = testProfile;
    const reward = (lock * BigInt(10_000 - lockBurnBps - requesterBps)) / 10_000n / 2n;
    await until("rewarded", async () => (await balanceOf("challenger")).balance > BALANCE);
    expect((await balanceOf("challenger")).balance).to.equal(BALANCE + reward);
    expect((await balanceOf("operator")).stake).to.equal(2_000n * 10n ** 18n - lock);
    const told = (): readonly string[] =>
      webhook.letters
        .map(({ body }) => JSON.parse(body))
        .filter(({ details }) => details.requestId === requestId)
        .map(({ role, kind }) => `${role}: ${kind}`);
    const wanted = ["operator: slashed", "challenger: wrongResult"];
    await until("told", async () => wanted.every((one) => told().includes(one)));
    webhook.close();
  });

  it("behavior: leaves a right result alone", async () => {
    await scene.operator();
    await scene.challenger();
    const requestId = await scene.request();
    await until("checked", () => scene.lines.some(({ kind }) => kind === "commit"));
    await until("agreed", async () => (await scene.get(requestId)).status === "committed");
    await scene.pass(1_001);
    await until("settled", async () => (await scene.get(requestId)).isSettled);
    const { client, deployment } = scene.protocol;
    expect(await getGames(client, { deployment, requestId })).to.deep.equal([]);
    expect(scene.logged("a result is wrong")).to.deep.equal([]);
  });

  it("behavior: goes on with a game after its store was deleted", async () => {
    const { operator, deployment, mined } = scene.protocol;
    const service = await scene.challenger();
    const requestId = await scene.request([5, 6, 7, 8], { operator: scene.addressOf("operator") });
    await mined(await commitResult(operator, { deployment, requestId, output: new Uint8Array(20) }));
    const { client } = scene.protocol;
    await until("revealed", async () => {
      const [game] = await getGames(client, { deployment, requestId });
      return game?.phase === "narrowing";
    });
    await service.stop();
    rmSync(join(scene.folder, "challenger"), { recursive: true });
    await scene.pass(601);
    await scene.challenger();
    await until("slashed", async () => (await scene.get(requestId)).status === "slashed");
    await until("rewarded", async () => (await balanceOf("challenger")).balance > BALANCE);
    expect(await getGames(client, { deployment, requestId })).to.have.length(1);
  });

  it("behavior: its metrics tell what is missing for a challenge, and what became of the games by whether it agrees", async () => {
    const sampleOf = async ({ status }: Service, sample: string): Promise<string | undefined> => {
      const text = await (await fetch(`http://127.0.0.1:${status.port}/metrics`)).text();
      return text
        .split("\n")
        .find((line) => line.startsWith(`assay_${sample}`))
        ?.split(" ")
        .at(-1);
    };
    const disputes = (status: string, agreement: string): string =>
      `disputes{status="${status}",agreement="${agreement}"`;
    const bond = String(Number(testProfile.bond) / 1e18);
    const { operator, deployment, mined } = scene.protocol;
    const poor = await scene.challenger("stranger", { maxBond: 0n });
    const blind = await scene.challenger("other", { strategy: "watch", keystore: undefined, models: [] });
    const requestId = await scene.request([1, 2, 3, 4], { operator: scene.addressOf("operator") });
    await mined(await commitResult(operator, { deployment, requestId, output: new Uint8Array(20) }));
    await until("missed", async () => (await sampleOf(poor, "bond_collateral_required")) === bond);
    expect(await sampleOf(poor, disputes("inProgress", "disagree"))).to.equal("0");

    const rich = await scene.challenger();
    await until("opened", async () => (await sampleOf(rich, disputes("inProgress", "disagree"))) === "1");
    expect(await sampleOf(rich, "bond_collateral_required")).to.equal("0");
    expect(await sampleOf(rich, 'honest_actor_bonds{state="pending"')).to.equal(bond);
    await until("watched", async () => (await sampleOf(blind, disputes("inProgress", "unknown"))) === "1");

    const { client } = scene.protocol;
    await until("revealed", async () => {
      const [game] = await getGames(client, { deployment, requestId });
      return game?.phase === "narrowing";
    });
    await scene.pass(601);
    await until("won", async () => (await sampleOf(rich, disputes("challengerWins", "disagree"))) === "1");
    await until("seen", async () => (await sampleOf(blind, disputes("challengerWins", "unknown"))) === "1");
    await until("over", async () => (await sampleOf(poor, "bond_collateral_required")) === "0");
    expect(await sampleOf(rich, "inflight_disputes")).to.equal("0");
    expect(await sampleOf(rich, 'honest_actor_bonds{state="pending"')).to.equal("0");
  });

  it("behavior: watches without a key, and reports", async () => {
    await scene.operator({}, lying);
    await scene.challenger("stranger", { strategy: "watch", keystore: undefined });
    const requestId = await scene.request();
    await until("reported", () => scene.logged("a result is wrong").length === 1);
    expect(scene.logged("a result is wrong")[0]).to.include({ requestId });
    expect((await scene.get(requestId)).openGames).to.equal(0);
  });
});
