import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type Hex, parseGwei, parseTransaction } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { headOf } from "../../../sdk/src/node/follower.ts";
import { type FeeOptions, Outbox } from "../../../sdk/src/node/outbox.ts";
import { Rpc } from "../../../sdk/src/node/rpc.ts";
import { localSigner } from "../../../sdk/src/node/signer.ts";
import { type OutboxEntry, Store } from "../../../sdk/src/node/store.ts";
import { createChain, type TestChain } from "../../support/node/chain.ts";
import { KEYS } from "../../support/node/scene.ts";

const account = privateKeyToAccount(KEYS.operator);
const TO: Hex = "0x00000000000000000000000000000000000a55a7";
/** Creates a contract that reverts whatever it is asked. */
const REVERTING: Hex = "0x600580600b6000396000f360006000fd";

describe("sdk/node: outbox", () => {
  let chain: TestChain;
  let folder: string;
  let store: Store;
  let rpc: Rpc;

  beforeEach(async () => {
    chain = await createChain();
    folder = mkdtempSync(join(tmpdir(), "assay-outbox-"));
    store = Store.open(folder, "test");
    rpc = new Rpc({ urls: [chain.url], timeoutSeconds: 5 });
  });

  afterEach(async () => {
    store.close();
    await chain.close();
    rmSync(folder, { recursive: true });
  });

  const client = () => rpc.endpoints[0]!.client;
  const head = () => headOf(client());
  const intent = (key: string, to = TO) => ({ key, to, data: "0xabcd" as Hex });
  function outboxOf(fees: Partial<FeeOptions> = {}, through = rpc, events = {}): Outbox {
    return new Outbox({
      ...{ chainId: 31_337, rpc: through, signer: localSigner(account), store, reorgDepth: 4, events },
      fees: {
        ...{
          maxFee: parseGwei("100"),
          tip: parseGwei("1"),
          maxTip: parseGwei("40"),
          clockMarginSeconds: 100,
          bumpPercent: 25,
          bumpSeconds: 60,
          maxInFlight: 3,
        },
        ...fees,
      },
    });
  }
  const sentBy = async () =>
    Number(await chain.rpc<Hex>("eth_getTransactionCount", account.address, "latest"));
  const feeOf = ({ attempts }: OutboxEntry) =>
    attempts.map(({ raw }) => parseTransaction(raw).maxFeePerGas ?? 0n);

  it("default: a purpose is served once, and forgotten when it cannot come back", async () => {
    const outbox = outboxOf();
    expect((await outbox.submit(client(), await head(), intent("a"))).kind).to.equal("sent");
    expect((await outbox.submit(client(), await head(), intent("a"))).kind).to.equal("pending");
    await outbox.maintain(client(), await head());
    expect(outbox.pending).to.deep.equal([]);
    expect(await sentBy()).to.equal(1);
    expect(store.outbox()).to.have.length(1);
    await chain.rpc("hardhat_mine", "0x8");
    await outbox.maintain(client(), await head());
    expect(store.outbox()).to.deep.equal([]);
  });

  it("behavior: purposes that come at the same time get nonces in a row", async () => {
    const outbox = outboxOf();
    await chain.rpc("evm_setAutomine", false);
    const at = await head();
    const kinds = await Promise.all(["a", "b", "c"].map((key) => outbox.submit(client(), at, intent(key))));
    expect(kinds.map(({ kind }) => kind)).to.deep.equal(["sent", "sent", "sent"]);
    expect((await outbox.submit(client(), at, intent("d"))).kind).to.equal("busy");
    await chain.rpc("evm_mine");
    await outbox.maintain(client(), await head());
    expect(outbox.pending).to.deep.equal([]);
    expect(await sentBy()).to.equal(3);
  });

  it("behavior: what was written down before a crash is sent afterwards, as it was", async () => {
    const nowhere = new Rpc({ urls: [chain.url, "http://127.0.0.1:9"], quorum: 1, timeoutSeconds: 5 });
    nowhere.broadcast = () => Promise.reject(new TypeError("fetch failed"));
    await outboxOf({}, nowhere).submit(client(), await head(), intent("a"));
    expect(await sentBy()).to.equal(0);
    const [before] = store.outbox();

    store.close();
    store = Store.open(folder, "test");
    const after = outboxOf();
    expect((await after.submit(client(), await head(), intent("a"))).kind).to.equal("pending");
    await after.maintain(client(), await head());
    await after.maintain(client(), await head());
    expect(await sentBy()).to.equal(1);
    expect(store.outbox()[0]?.attempts).to.deep.equal(before?.attempts);
  });

  it("behavior: what waits too long is sent for more, and never for more than the cap", async () => {
    const outbox = outboxOf({ bumpSeconds: 0.05, maxFee: parseGwei("6") });
    await chain.rpc("evm_setAutomine", false);
    await outbox.submit(client(), await head(), intent("a"));
    for (let look = 0; look < 20; look++) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      await outbox.maintain(client(), await head());
    }
    const fees = feeOf(outbox.pending[0]!);
    expect(fees.length).to.be.greaterThan(1);
    for (const [i, fee] of fees.entries()) {
      expect(fee <= parseGwei("6")).to.equal(true);
      if (i > 0) expect(fee * 100n >= (fees[i - 1] as bigint) * 125n).to.equal(true);
    }
    await chain.rpc("evm_mine");
    await outbox.maintain(client(), await head());
    expect(outbox.pending).to.deep.equal([]);
    expect(await sentBy()).to.equal(1);
  });

  it("behavior: a move pays more as its clock runs down, without waiting, and all that may be paid at its end", async () => {
    const outbox = outboxOf();
    await chain.rpc("evm_setAutomine", false);
    const start = await head();
    const deadline = { at: start.timestamp + 1_000, seconds: 1_000 };
    await outbox.submit(client(), start, { ...intent("a"), deadline });
    // The outbox is begun anew on the way, as after a crash: the clock is written down with the move.
    let after = outbox;
    for (let passed = 0; passed <= 1_000; passed += 20) {
      if (passed === 600) after = outboxOf();
      await after.maintain(client(), { ...start, timestamp: start.timestamp + passed });
    }
    const { attempts } = after.pending[0]!;
    expect(attempts.length).to.be.greaterThan(4);
    expect(attempts[0]?.maxPriorityFeePerGas).to.equal(parseGwei("1"));
    expect(attempts.at(-1)).to.include({
      ...{ maxFeePerGas: parseGwei("100"), maxPriorityFeePerGas: parseGwei("40") },
    });
    const { hash } = attempts.at(-1)!;
    await chain.rpc("evm_mine");
    expect(await chain.rpc<object>("eth_getTransactionReceipt", hash)).to.include({ status: "0x1" });
    await after.maintain(client(), await head());
    expect(after.pending).to.deep.equal([]);

    const late = { ...intent("b"), deadline: { at: start.timestamp, seconds: 1_000 } };
    await after.submit(client(), await head(), late);
    expect(after.pending[0]?.attempts[0]?.maxFeePerGas).to.equal(parseGwei("100"));
  });

  it("behavior: what was included in blocks that were replaced is sent again", async () => {
    const outbox = outboxOf();
    const before = await head();
    const snapshot = await chain.rpc<Hex>("evm_snapshot");
    await outbox.submit(client(), before, intent("a"));
    await outbox.maintain(client(), await head());
    expect(outbox.pending).to.deep.equal([]);

    await chain.rpc("evm_revert", snapshot);
    // Whoever wants it before that is seen does not leave a gap in the nonces.
    expect((await outbox.submit(client(), await head(), intent("a"))).kind).to.equal("pending");
    await outbox.maintain(client(), await head(), before.number);
    expect(outbox.pending.map(({ nonce }) => nonce)).to.deep.equal([0]);
    await outbox.maintain(client(), await head());
    expect(await sentBy()).to.equal(1);
    expect(outbox.pending).to.deep.equal([]);
  });

  it("behavior: what no node has is given to the nodes again, at the cap, too, however soon it would be sent for more", async () => {
    let isLost = true;
    const fees = { bumpSeconds: 0.1, maxFee: parseGwei("4"), tip: parseGwei("4") };
    const forgetful = new Rpc({ urls: [chain.url], timeoutSeconds: 5 });
    const broadcast = forgetful.broadcast.bind(forgetful);
    forgetful.broadcast = async (raw) => (isLost ? "0x" : broadcast(raw));
    const outbox = outboxOf(fees, forgetful);
    await outbox.submit(client(), await head(), intent("a"));
    isLost = false;
    const end = Date.now() + 20_000;
    while (outbox.pending.length > 0 && Date.now() < end) {
      await outbox.maintain(client(), await head());
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await sentBy()).to.equal(1);
  });

  it("behavior: an entry whose nonce another transaction has used is given up, so that it is decided anew", async () => {
    const silent = new Rpc({ urls: [chain.url], timeoutSeconds: 5 });
    silent.broadcast = async () => "0x";
    const outbox = outboxOf({}, silent);
    await outbox.submit(client(), await head(), intent("a"));
    await outboxOf().submit(client(), await head(), intent("b"));
    const other = await account.signTransaction({
      ...{ type: "eip1559", chainId: 31_337, nonce: 0, to: TO, gas: 21_000n },
      maxFeePerGas: parseGwei("10"),
    });
    await chain.rpc("eth_sendRawTransaction", other);
    const lost: boolean[] = [];
    for (let look = 0; look < 20; look++) lost.push(await outbox.maintain(client(), await head()));
    expect(lost).to.deep.equal([...Array(19).fill(false), true]);
    expect(outbox.isServed("a", await head())).to.equal(false);
  });

  it("error: what would be reverted is not sent, and takes no nonce", async () => {
    const hash = await chain.rpc<Hex>("eth_sendTransaction", { from: account.address, data: REVERTING });
    const { contractAddress } = await chain.rpc<{ contractAddress: Hex }>("eth_getTransactionReceipt", hash);
    const outbox = outboxOf();
    const submission = await outbox.submit(client(), await head(), intent("a", contractAddress));
    expect(submission.kind).to.equal("refused");
    expect(await sentBy()).to.equal(1);
    expect(store.outbox()).to.deep.equal([]);
  });
});
