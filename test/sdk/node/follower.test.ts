import { expect } from "chai";
import { createClient, type Hex, http } from "viem";
import { Follower, type FollowerState } from "../../../sdk/src/node/follower.ts";
import { caught } from "../../support/caught.ts";
import { type Answer, createStub, type Stub } from "../../support/node/stub.ts";

const CONTRACT: Hex = "0x00000000000000000000000000000000000a55a7";

/** A chain of blocks with one log in each, whose name is the block's hash. */
class Blocks {
  readonly hashes: Hex[] = [];
  /** Most blocks that a question may span, and what a longer one is refused with. */
  limit = Number.POSITIVE_INFINITY;
  refusal: Answer = { error: { code: -32_000, message: "block range too large" } };

  grow(count: number, name: string): void {
    for (let i = 0; i < count; i++) {
      const text = `${name}${this.hashes.length}`;
      this.hashes.push(`0x${Buffer.from(text).toString("hex").padStart(64, "0")}`);
    }
  }

  /** Puts other blocks in the place of those from `number` on. */
  replace(number: number, count: number, name: string): void {
    this.hashes.length = number;
    this.grow(count, name);
  }

  answer(method: string, params: readonly unknown[]): Answer {
    if (method === "eth_getBlockByNumber") {
      const number = params[0] === "latest" ? this.hashes.length - 1 : Number(params[0]);
      const hash = this.hashes[number];
      if (hash === undefined) return { result: null };
      return {
        result: {
          number: hex(number),
          hash,
          timestamp: hex(number * 12),
          baseFeePerGas: "0x7",
          transactions: [],
        },
      };
    }
    const [{ fromBlock, toBlock }] = params as [{ fromBlock: Hex; toBlock: Hex }];
    const [from, to] = [Number(fromBlock), Number(toBlock)];
    if (to - from + 1 > this.limit) return this.refusal;
    const logs = this.hashes.slice(from, to + 1).map((blockHash, i) => ({
      ...{
        address: CONTRACT,
        topics: [],
        data: "0x",
        blockHash,
        blockNumber: hex(from + i),
        logIndex: "0x0",
      },
      ...{ transactionHash: blockHash, transactionIndex: "0x0", removed: false },
    }));
    return { result: logs };
  }
}

const hex = (value: number): Hex => `0x${value.toString(16)}`;

describe("sdk/node: follower", () => {
  let blocks: Blocks;
  let stub: Stub;

  beforeEach(async () => {
    blocks = new Blocks();
    blocks.grow(30, "a");
    stub = await createStub((method, params) => blocks.answer(method, params));
  });

  afterEach(() => stub.close());

  function followerOf(state?: FollowerState, { startBlock = 5n, blockRange = 1_000 } = {}): Follower {
    return new Follower({ addresses: [CONTRACT], startBlock, reorgDepth: 6, blockRange }, state);
  }
  const look = (follower: Follower) =>
    follower.look(createClient({ transport: http(stub.url, { retryCount: 0 }) }));
  const numbers = (logs: readonly { blockNumber: unknown }[]) =>
    logs.map(({ blockNumber }) => Number(blockNumber));
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

  it("default: every log once, in order, from the deployment on", async () => {
    const follower = followerOf();
    const first = await look(follower);
    expect(numbers(first.logs)).to.deep.equal(range(5, 29));
    expect(first).to.include({ isComplete: true, forkedAt: undefined });
    expect((await look(follower)).logs).to.deep.equal([]);
    blocks.grow(3, "a");
    expect(numbers((await look(follower)).logs)).to.deep.equal([30, 31, 32]);
  });

  it("behavior: goes on where an earlier run stopped, reading the last blocks again", async () => {
    const follower = followerOf();
    await look(follower);
    blocks.grow(3, "a");
    const state = JSON.parse(
      JSON.stringify(follower.state, (_key, value) => (typeof value === "bigint" ? Number(value) : value)),
    );
    const restored = {
      cursor: BigInt(state.cursor),
      seen: state.seen.map((s: { number: number; hash: Hex }) => ({ ...s, number: BigInt(s.number) })),
    };
    const { logs, forkedAt } = await look(followerOf(restored));
    expect(numbers(logs)).to.deep.equal(range(30 - 6, 32));
    expect(forkedAt).to.equal(undefined);
  });

  it("behavior: after blocks were replaced it says since when, and gives the logs of the new ones", async () => {
    const follower = followerOf();
    await look(follower);
    for (let i = 0; i < 3; i++) {
      blocks.grow(1, "a");
      await look(follower);
    }
    blocks.replace(31, 4, "b");
    const { forkedAt, logs, head } = await look(follower);
    expect(forkedAt).to.equal(30n);
    expect(numbers(logs)).to.deep.equal([31, 32, 33, 34]);
    expect(head.hash).to.equal(blocks.hashes[34]);
    expect((await look(follower)).forkedAt).to.equal(undefined);
  });

  it("behavior: a chain that became shorter, and one that is another from the first block on", async () => {
    const follower = followerOf();
    await look(follower);
    blocks.grow(1, "a");
    await look(follower);
    blocks.hashes.length = 30;
    expect((await look(follower)).forkedAt).to.equal(29n);
    blocks.replace(0, 20, "c");
    const { forkedAt, logs } = await look(follower);
    expect(forkedAt).to.equal(4n);
    expect(numbers(logs)).to.deep.equal(range(5, 19));
  });

  it("behavior: a fork while logs are being read is no look at all", async () => {
    const follower = followerOf();
    await look(follower);
    const { state } = follower;
    blocks.grow(2, "a");
    stub.answer = (method, params) => {
      const answer = blocks.answer(method, params);
      if (method === "eth_getLogs") blocks.replace(31, 2, "b");
      return answer;
    };
    expect((await caught(look(follower))).code).to.equal("NODE_BEHIND");
    expect(follower.state).to.deep.equal(state);
    expect(numbers((await look(follower)).logs)).to.deep.equal([30, 31, 32]);
  });

  it("behavior: ranges shrink until the endpoint takes them, in whatever words it refuses", async () => {
    const refusals: readonly Answer[] = [
      { error: { code: -32_000, message: "block range too large" } },
      { error: { code: -32_005, message: "query returned more than 10000 results" } },
      { error: { code: -32_602, message: "query exceeds max block range 5" } },
      { error: { code: -32_600, message: "Log response size exceeded" } },
      { status: 413 },
    ];
    for (const refusal of refusals) {
      blocks.limit = 5;
      blocks.refusal = refusal;
      const follower = followerOf();
      const found: number[] = [];
      // An endpoint that only hangs up may be down: then the next look tries with less.
      for (let i = 0; i < 5; i++)
        found.push(
          ...(await look(follower).then(
            ({ logs }) => numbers(logs),
            () => [],
          )),
        );
      expect(found, JSON.stringify(refusal)).to.deep.equal(range(5, 29));
    }
  });

  it("behavior: a long way is gone in several looks", async () => {
    const follower = followerOf(undefined, { blockRange: 1 });
    const first = await look(follower);
    expect(first.isComplete).to.equal(false);
    expect(numbers(first.logs)).to.deep.equal(range(5, 20));
    const found = numbers(first.logs);
    for (let sight = first; !sight.isComplete; ) {
      sight = await look(follower);
      found.push(...numbers(sight.logs));
    }
    expect(found).to.deep.equal(range(5, 29));
  });

  it("error: an endpoint that fails changes nothing", async () => {
    const follower = followerOf();
    const { state } = follower;
    stub.answer = (method, params) =>
      method === "eth_getLogs" ? { status: 503 } : blocks.answer(method, params);
    expect((await caught(look(follower))).code).to.equal("NODE_UNREACHABLE");
    expect(follower.state).to.deep.equal(state);
  });
});
