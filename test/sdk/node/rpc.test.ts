import { expect } from "chai";
import { getBlockNumber } from "viem/actions";
import type { AssayClient } from "../../../sdk/src/actions/internal/types.ts";
import { QuorumError, Rpc } from "../../../sdk/src/node/rpc.ts";
import { caught } from "../../support/caught.ts";
import { until } from "../../support/node/scene.ts";
import { type Answer, createStub, type Stub } from "../../support/node/stub.ts";

describe("sdk/node: rpc", () => {
  let stubs: Stub[];
  const opened: Stub[] = [];

  afterEach(() => {
    for (const stub of opened.splice(0)) stub.close();
  });

  async function rpcOf(answers: readonly Answer[], quorum?: number): Promise<Rpc> {
    stubs = await Promise.all(answers.map((answer) => createStub(() => answer)));
    opened.push(...stubs);
    const urls = stubs.map(({ url }) => url);
    return new Rpc({ urls, timeoutSeconds: 0.5, ...(quorum === undefined ? {} : { quorum }) });
  }
  const number = (rpc: Rpc) => rpc.agree("the block", (client) => getBlockNumber(client, { cacheTime: 0 }));
  const block = (value: number) => ({ result: `0x${value.toString(16)}` });

  it("default: what two of three endpoints say counts", async () => {
    expect(await number(await rpcOf([block(7), block(9), block(7)]))).to.equal(7n);
  });

  it("behavior: endpoints that are down do not keep the others from agreeing", async () => {
    expect(await number(await rpcOf([{ status: 502 }, block(7), block(7)]))).to.equal(7n);
  });

  it("error: one endpoint is not enough where two have to agree, be the others wrong or down", async () => {
    for (const answers of [
      [block(7), block(8), block(9)],
      [block(7), { status: 502 }, { status: 429 }],
      [block(7), block(8)],
    ]) {
      const error = await caught(number(await rpcOf(answers)));
      expect(error).to.be.instanceOf(QuorumError);
      expect(error.isTransient).to.equal(true);
      expect(error.context).to.include({ agreeing: 1, quorum: 2 });
    }
  });

  it("args: the quorum is 2 by default, 1 for a single endpoint, or what is given", async () => {
    expect((await rpcOf([block(1)])).quorum).to.equal(1);
    expect((await rpcOf([block(1), block(1), block(1)])).quorum).to.equal(2);
    const strict = await rpcOf([block(1), block(1), block(2)], 3);
    expect(await caught(number(strict))).to.be.instanceOf(QuorumError);
  });

  it("behavior: of numbers, the largest that enough endpoints reach counts: neither a laggard's nor a braggart's", async () => {
    const read = (rpc: Rpc) =>
      rpc.atLeast("the nonce", async (client) => Number(await getBlockNumber(client, { cacheTime: 0 })));
    expect(await read(await rpcOf([block(3), block(5), block(1_000)]))).to.equal(5);
    expect(await read(await rpcOf([block(3), { status: 500 }, block(4)]))).to.equal(3);
    expect(await caught(read(await rpcOf([{ status: 500 }, block(4)])))).to.be.instanceOf(QuorumError);
  });

  it("behavior: a transaction is given to all; it is enough if one takes it", async () => {
    const hash = `0x${"12".repeat(32)}`;
    const rpc = await rpcOf([
      { status: 500 },
      { error: { code: -32_000, message: "already known" } },
      { result: hash },
    ]);
    expect(await rpc.broadcast("0x02")).to.equal(hash);
    await until("all were asked", () => stubs.every(({ asked }) => asked.length === 1));
    expect(stubs.map(({ asked }) => asked.length)).to.deep.equal([1, 1, 1]);
  });

  it("behavior: nobody waits for an endpoint that does not answer when the others are enough", async () => {
    await rpcOf([block(7), block(7), block(7)]);
    const urls = stubs.map(({ url }) => url);
    const rpc = new Rpc({ urls, timeoutSeconds: 300 });
    const held: (() => void)[] = [];
    stubs[1]!.answer = () => new Promise((resolve) => held.push(() => resolve(block(9))));
    expect(await number(rpc)).to.equal(7n);
    const count = async (client: AssayClient) => Number(await getBlockNumber(client, { cacheTime: 0 }));
    expect(await rpc.atLeast("the nonce", count)).to.equal(7);
    expect(await rpc.broadcast("0x02")).to.equal("0x7");
    // Two questions that are the same are asked once while there is no answer.
    await until("asked", () => held.length === 2);
    for (const release of held) release();
  });

  it("error: a transaction that no endpoint takes", async () => {
    const rpc = await rpcOf([{ error: { code: -32_000, message: "nonce too low" } }, { status: 500 }]);
    expect((await caught(rpc.broadcast("0x02"))).code).to.equal("NONCE_INVALID");
  });

  it("behavior: an endpoint that fails rests, longer every time, and comes back", async () => {
    const rpc = await rpcOf([{ status: 429 }, block(7)]);
    const [bad, good] = rpc.endpoints;
    const ask = () =>
      rpc.ask(bad!, (client) => getBlockNumber(client, { cacheTime: 0 })).catch(() => undefined);
    const rests: number[] = [];
    for (let i = 0; i < 4; i++) {
      await ask();
      rests.push(bad!.restsUntil - Date.now());
    }
    expect(bad!.failures).to.equal(4);
    expect(rests[3]!).to.be.greaterThan(rests[0]!);
    for (let i = 0; i < 4; i++) expect(rpc.next()).to.equal(good);
    stubs[0]!.answer = () => block(7);
    expect(await ask()).to.equal(7n);
    expect(bad!.failures).to.equal(0);
    expect(new Set([rpc.next(), rpc.next()])).to.deep.equal(new Set([bad, good]));
  });

  it("behavior: a revert is the question's fault, not the endpoint's", async () => {
    const rpc = await rpcOf([{ error: { code: 3, message: "execution reverted", data: "0x" } }]);
    await caught(rpc.ask(rpc.endpoints[0]!, (client) => getBlockNumber(client, { cacheTime: 0 })));
    expect(rpc.endpoints[0]!.failures).to.equal(0);
  });

  it("behavior: labels keep what is secret to themselves, and are never the same", () => {
    const urls = [
      "https://rpc.example/v3/secret",
      "https://rpc.example/v3/other",
      "https://u:p@node.example",
    ];
    const { endpoints } = new Rpc({ urls, timeoutSeconds: 1 });
    const labels = endpoints.map(({ label }) => label);
    expect(labels.join(" ")).to.not.match(/secret|other|u:p/);
    expect(new Set(labels).size).to.equal(3);
  });
});
