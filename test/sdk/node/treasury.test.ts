import { expect } from "chai";
import type { Hex } from "viem";
import { getAccount } from "../../../sdk/src/actions/getAccount.ts";
import { getDefenders } from "../../../sdk/src/actions/getDefenders.ts";
import { getGames } from "../../../sdk/src/actions/getGames.ts";
import { setSigner } from "../../../sdk/src/actions/setSigner.ts";
import { stake } from "../../../sdk/src/actions/stake.ts";
import { getStatement } from "../../../sdk/src/node/statement/statement.ts";
import { caught } from "../../support/caught.ts";
import { lyingInference } from "../../support/node/liar.ts";
import { Scene, until } from "../../support/node/scene.ts";
import { startWebhook } from "../../support/node/webhook.ts";
import { FEE, STAKE, testProfile } from "../../support/sdk.ts";
import { squaresModel } from "../../support/squares.ts";

describe("sdk/node: whose stake it is, and whether it is enough", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create();
  });

  afterEach(() => scene.close());

  const accountOf = (address: Hex) =>
    getAccount(scene.protocol.client, { deployment: scene.protocol.deployment, address });
  const name = async (signer: Hex) => {
    const { operator, deployment, mined } = scene.protocol;
    await mined(await setSigner(operator, { deployment, signer }));
  };
  const problems = async (port: number) => {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`);
    return { status: response.status, body: await response.text() };
  };

  it("default: a hot key accepts, answers, defends, settles and is repaid for an owner whose key is nowhere near", async () => {
    const owner = scene.addressOf("operator");
    const hot = scene.addressOf("stranger");
    await name(hot);
    const before = await accountOf(owner);
    await scene.operator({ ...scene.config("stranger"), owner });
    const liarsGuess = lyingInference(squaresModel);
    await scene.challenger("challenger", {}, { inference: () => liarsGuess });
    const open = await scene.request([1, 2, 3, 4]);
    // One that names the owner is answered without an acceptance.
    const named = await scene.request([5, 6, 7, 8], { operator: owner });
    for (const requestId of [open, named])
      await until("committed", async () => (await scene.get(requestId)).status === "committed");
    const { client, deployment } = scene.protocol;
    const gamesOf = async () =>
      (
        await Promise.all([open, named].map((requestId) => getGames(client, { deployment, requestId })))
      ).flat();
    await until("both challenged, and both games won", async () => {
      const games = await gamesOf();
      return games.length === 2 && games.every(({ outcome }) => outcome === "operatorWins");
    });
    await scene.pass(1_001);
    for (const requestId of [open, named]) {
      await until("settled", async () => (await scene.get(requestId)).isSettled);
      expect(await scene.get(requestId)).to.include({ status: "final", operator: owner });
    }
    const movers = (
      await Promise.all((await gamesOf()).map(({ gameId }) => getDefenders(client, { deployment, gameId })))
    ).flat();
    expect(movers.filter((mover) => mover === hot)).to.have.length.greaterThan(0);
    await until("repaid", async () => {
      const { entries } = await getStatement(client, { deployment, address: hot });
      return entries.filter(({ kind }) => kind === "moveRefund").length === movers.length;
    });
    // The owner's books close, and hold what it has earned; its key has signed nothing.
    const { closing, entries } = await getStatement(client, { deployment, address: owner, withGas: true });
    expect([closing.locked, closing.stake]).to.deep.equal([0n, before.stake]);
    expect(entries.filter(({ kind }) => kind === "feeEarned").map(({ amount }) => amount)).to.deep.equal([
      FEE,
      FEE,
    ]);
    expect(entries.filter(({ kind }) => kind === "bondEarned")).to.have.length(2);
    const senders = new Set(entries.flatMap(({ gas }) => (gas === undefined ? [] : [gas.sender])));
    expect(senders).to.deep.equal(new Set([owner, hot]));
    const own = entries.filter(({ gas }) => gas?.sender === owner);
    expect(own, "setSigner, and the stake before").to.have.length(2);
  });

  it("error: a key that the owner has not named does not start, and one that is replaced is not ready any more", async () => {
    const owner = scene.addressOf("operator");
    const hot = scene.addressOf("stranger");
    const start = () => scene.operator({ ...scene.config("stranger"), owner });
    const error = await caught(start());
    expect(error).to.include({ code: "SIGNER_NOT_NAMED" });
    expect(error.context).to.deep.equal({ owner, signer: hot, named: null });
    await name(hot);
    const service = await start();
    await until("ready", async () => (await problems(service.status.port)).status === 200);
    await name(scene.addressOf("other"));
    await until("not ready", async () =>
      (await problems(service.status.port)).body.includes("another signer"),
    );
  });

  it("default: stake is topped up from the free balance, up to the cap; whoever runs low is told of once", async () => {
    const webhook = await startWebhook();
    const address = scene.addressOf("operator");
    const { lock } = testProfile;
    const before = await accountOf(address);
    const topUpBelow = STAKE + 2n * lock;
    const service = await scene.operator({
      ...{ topUpBelow, topUpCap: STAKE + 3n * lock, lowStake: STAKE, alertUrls: [webhook.url] },
    });
    await until("topped up", async () => (await accountOf(address)).unlocked === topUpBelow);
    for (let i = 0; i < 2; i++) {
      const requestId = await scene.request([i, 2, 3, 4]);
      await until("committed", async () => (await scene.get(requestId)).status === "committed");
    }
    await until("at the cap", async () => (await accountOf(address)).stake === STAKE + 3n * lock);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const { balance, stake: staked } = await accountOf(address);
    expect([balance, staked]).to.deep.equal([before.balance - 3n * lock, STAKE + 3n * lock]);
    const shown = [
      'assay_stake{state="total",role="operator"} 2300\n',
      'assay_vault_balance{role="operator"} 700\n',
      'assay_tx_sent_total{kind="topUp",role="operator"} 2\n',
    ];
    await until("shown", async () => {
      const text = await (await fetch(`http://127.0.0.1:${service.status.port}/metrics`)).text();
      return shown.every((line) => text.includes(line));
    });
    await service.stop();
    expect(webhook.letters).to.deep.equal([]);

    // More than there is: what is there is staked, and somebody is told.
    await scene.operator({ topUpBelow: 4n * STAKE, topUpCap: 8n * STAKE, alertUrls: [webhook.url] });
    await until("all staked", async () => (await accountOf(address)).balance === 0n);
    await until("told", () => webhook.letters.length > 0);
    expect(JSON.parse(webhook.letters[0]!.body)).to.include({ kind: "vaultLow", role: "operator" });
    webhook.close();
  });

  it("behavior: nothing is topped up after a slash, and a stake that is too small for what is asked is told of", async () => {
    const webhook = await startWebhook();
    const address = scene.addressOf("operator");
    const inference = () => lyingInference(squaresModel);
    await scene.operator(
      {
        topUpBelow: STAKE - testProfile.lock,
        topUpCap: 2n * STAKE,
        lowStake: STAKE,
        alertUrls: [webhook.url],
      },
      { inference },
    );
    const requestId = await scene.request();
    await until("committed", async () => (await scene.get(requestId)).status === "committed");
    // Less is locked than may be, so that nothing has been staked yet.
    expect((await accountOf(address)).stake).to.equal(STAKE);
    const challenger = await scene.challenger();
    await until("slashed", async () => (await scene.get(requestId)).status === "slashed");
    await until("halted", () =>
      scene.lines.some(({ msg }) => String(msg).startsWith("stake was slashed: nothing is topped up")),
    );
    await challenger.stop();
    const another = await scene.request([7, 7, 7, 7]);
    await until("committed", async () => (await scene.get(another)).status === "committed");
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect((await accountOf(address)).stake).to.equal(STAKE - testProfile.lock);
    await until("told", () => webhook.letters.some(({ body }) => JSON.parse(body).kind === "stakeLow"));
    const told = webhook.letters.map(({ body }) => JSON.parse(body)).find(({ kind }) => kind === "stakeLow");
    expect(told.details.needed).to.equal(String(STAKE));
    webhook.close();
  });

  it("behavior: a stake that is smaller than a lock that is asked for keeps the operator from being ready", async () => {
    const { other, deployment, mined } = scene.protocol;
    await mined(await stake(other, { deployment, amount: testProfile.lock - 1n }));
    const service = await scene.operator(scene.config("other"));
    await until("ready", async () => (await problems(service.status.port)).status === 200);
    await scene.request();
    await until("not ready", async () =>
      (await problems(service.status.port)).body.includes("smaller than a lock"),
    );
  });

  it("error: topping up needs a cap, and the owner's own key", async () => {
    expect(await caught(scene.operator({ topUpBelow: 1n }))).to.have.nested.property(
      "context.key",
      "topUpCap",
    );
    const owner = scene.addressOf("other");
    const both = scene.operator({ owner, topUpBelow: 1n, topUpCap: 2n });
    expect(await caught(both)).to.have.nested.property("context.key", "topUpBelow");
  });
});
