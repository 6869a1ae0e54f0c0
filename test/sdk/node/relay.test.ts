import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type Hex, parseGwei } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { headOf } from "../../../sdk/src/node/follower.ts";
import { Outbox } from "../../../sdk/src/node/outbox.ts";
import type { TransactionDroppedError } from "../../../sdk/src/node/relay.ts";
import { Rpc } from "../../../sdk/src/node/rpc.ts";
import { localSigner } from "../../../sdk/src/node/signer.ts";
import { Store } from "../../../sdk/src/node/store.ts";
import { createChain, type TestChain } from "../../support/node/chain.ts";
import { createGate, type Gate } from "../../support/node/gate.ts";
import { KEYS, Scene, until } from "../../support/node/scene.ts";
import { startWebhook } from "../../support/node/webhook.ts";

const account = privateKeyToAccount(KEYS.operator);
const SEND = "eth_sendRawTransaction";

describe("sdk/node: private relays", () => {
  const sentTo = ({ asked }: Gate): number => asked.filter((method) => method === SEND).length;

  describe("the outbox behind one", () => {
    let chain: TestChain;
    let folder: string;
    let store: Store;
    let front: Gate;
    let relay: Gate;

    beforeEach(async () => {
      chain = await createChain();
      [front, relay] = await Promise.all([createGate(chain.url), createGate(chain.url)]);
      folder = mkdtempSync(join(tmpdir(), "assay-relay-"));
      store = Store.open(folder, "test");
    });

    afterEach(async () => {
      store.close();
      for (const gate of [front, relay]) gate.close();
      await chain.close();
      rmSync(folder, { recursive: true });
    });

    const rpcOf = (...urls: readonly string[]) => new Rpc({ urls, quorum: 1, timeoutSeconds: 5 });
    function outboxOf(isFallback: boolean, dropped: TransactionDroppedError[] = []) {
      const rpc = rpcOf(front.url);
      const outbox = new Outbox({
        ...{ chainId: 31_337, rpc, signer: localSigner(account), store, reorgDepth: 4 },
        relay: { rpc: rpcOf(relay.url, "http://127.0.0.1:9"), patienceBlocks: 3, isFallback },
        fees: {
          ...{ maxFee: parseGwei("100"), tip: parseGwei("1"), maxTip: parseGwei("40"), bumpPercent: 25 },
          ...{ bumpSeconds: 600, maxInFlight: 3, clockMarginSeconds: 600 },
        },
        events: { dropped: (_entry, error) => dropped.push(error) },
      });
      const { client } = rpc.endpoints[0]!;
      const submit = async (key: string) =>
        outbox.submit(client, await headOf(client), { key, to: `0x${"aa".repeat(20)}`, data: "0x" });
      const maintain = async () => outbox.maintain(client, await headOf(client));
      return { outbox, submit, maintain };
    }
    const used = async () =>
      Number(await chain.rpc<Hex>("eth_getTransactionCount", account.address, "latest"));

    it("default: what is sent goes to the relay alone, one that is down does no harm, and all else is asked elsewhere", async () => {
      const { outbox, submit, maintain } = outboxOf(false);
      expect((await submit("a")).kind).to.equal("sent");
      await maintain();
      expect(outbox.pending).to.deep.equal([]);
      expect(await used()).to.equal(1);
      expect([sentTo(front), sentTo(relay)]).to.deep.equal([0, 1]);
      expect(new Set(relay.asked)).to.deep.equal(new Set([SEND]));
    });

    it("error: what a relay drops is told after so many blocks, each time, and stays private", async () => {
      const dropped: TransactionDroppedError[] = [];
      const { outbox, submit, maintain } = outboxOf(false, dropped);
      relay.isSwallowing = true;
      await submit("a");
      await chain.rpc("hardhat_mine", "0x2");
      await maintain();
      expect(dropped).to.deep.equal([]);
      for (const [i, blocks] of ["0x1", "0x3"].entries()) {
        await chain.rpc("hardhat_mine", blocks);
        await maintain();
        await maintain();
        expect(dropped).to.have.length(i + 1);
      }
      const hash = outbox.pending[0]?.attempts[0]?.hash;
      const { code, isTransient, context } = dropped[0]!;
      expect({ code, isTransient }).to.deep.equal({ code: "TRANSACTION_DROPPED", isTransient: true });
      expect(context).to.deep.equal({ hash, nonce: 0, blocks: "3", isFallback: false });
      expect(sentTo(front)).to.equal(0);

      // The next time that it is told to be missing it is given to the relay again, which is honest now.
      relay.isSwallowing = false;
      await chain.rpc("hardhat_mine", "0x3");
      await maintain();
      await maintain();
      expect([await used(), sentTo(front)]).to.deep.equal([1, 0]);
      expect(outbox.pending).to.deep.equal([]);
    });

    it("behavior: with a fallback what is dropped goes to the public endpoints, with what waits behind it", async () => {
      const dropped: TransactionDroppedError[] = [];
      const { outbox, submit, maintain } = outboxOf(true, dropped);
      relay.isSwallowing = true;
      await submit("a");
      await submit("b");
      await chain.rpc("hardhat_mine", "0x3");
      await maintain();
      expect(dropped.map(({ context }) => context.nonce)).to.deep.equal([0]);
      expect(outbox.pending.map(({ key, isPublic }) => [key, isPublic])).to.deep.equal(
        outbox.pending.map(({ key }) => [key, true]),
      );
      // As after a crash: where it goes is written down.
      const again = outboxOf(true, dropped);
      for (const entry of again.outbox.pending) store.putOutbox({ ...entry, lastSentAt: Date.now() - 4_000 });
      const after = outboxOf(true, dropped);
      await after.maintain();
      await after.maintain();
      await after.maintain();
      expect(await used()).to.equal(2);
      expect(after.outbox.pending).to.deep.equal([]);
      expect(dropped).to.have.length(1);
      // What is new is private again.
      relay.isSwallowing = false;
      const before = sentTo(front);
      await after.submit("c");
      expect([await used(), sentTo(front)]).to.deep.equal([3, before]);
    });
  });

  it("behavior: a daemon works through a relay, tells when it drops what it is given, and goes on in public", async () => {
    const scene = await Scene.create();
    const [front, relay] = await Promise.all([createGate(scene.url), createGate(scene.url)]);
    const webhook = await startWebhook();
    try {
      const through = { rpcUrls: [front.url], submitRpcUrls: [relay.url], submitFallback: true };
      const settings = { ...through, submitBlocks: 2, alertUrls: [webhook.url], bumpSeconds: 600 };
      const { status } = await scene.operator(settings);
      const first = await scene.request();
      await until("committed", async () => (await scene.get(first)).status === "committed");
      expect(sentTo(front)).to.equal(0);
      expect(sentTo(relay)).to.be.greaterThan(1);

      relay.isSwallowing = true;
      const second = await scene.request([4, 3, 2, 1]);
      await until("given to the relay", () => relay.swallowed > 0);
      let minedAt = 0;
      await until("committed in public", async () => {
        if (Date.now() - minedAt > 500) {
          minedAt = Date.now();
          for (let block = 0; block < 2; block++) await scene.pass(1);
        }
        return (await scene.get(second)).status === "committed";
      });
      expect(sentTo(front)).to.be.greaterThan(0);
      const kinds = () => webhook.letters.map(({ body }) => JSON.parse(body).kind);
      await until("told", () => kinds().includes("transactionDropped"));
      const metrics = await (await fetch(`http://127.0.0.1:${status.port}/metrics`)).text();
      expect(metrics).to.match(/assay_tx_dropped_total\{role="operator"\} [1-9]/);
    } finally {
      await scene.close();
      for (const gate of [front, relay, webhook]) gate.close();
    }
  });
});
