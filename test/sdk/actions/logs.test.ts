import { expect } from "chai";
import { createClient, custom, type Hex, pad } from "viem";
import { encodeAnswerGame } from "../../../sdk/src/actions/answerGame.ts";
import { findLastLog, readLogs } from "../../../sdk/src/actions/internal/logs.ts";
import { findAnswerRows } from "../../../sdk/src/actions/internal/rows.ts";
import { nodeOf } from "../../../sdk/src/core/tree.ts";
import { caught } from "../../support/caught.ts";
import { deploymentForTests } from "../../support/deployment.ts";

const head = 99n;
const request = async (): Promise<string> => `0x${head.toString(16)}`;
const client = createClient({ transport: custom({ request }) });
const deployment = { ...deploymentForTests(), startBlock: 5n };

type Range = { readonly fromBlock: bigint; readonly toBlock: bigint };

/** A node with one log in every tenth block, which answers for so many blocks at a time. */
function node(largest = 1000n) {
  const asked: Range[] = [];
  const fetch = async ({ fromBlock, toBlock }: Range): Promise<bigint[]> => {
    asked.push({ fromBlock, toBlock });
    if (toBlock - fromBlock + 1n > largest)
      throw Object.assign(new Error("range too large"), { code: -32602 });
    const blocks = Array.from({ length: Number(toBlock - fromBlock) + 1 }, (_, i) => fromBlock + BigInt(i));
    return blocks.filter((block) => block % 10n === 0n);
  };
  return { asked, fetch };
}

const all = [10n, 20n, 30n, 40n, 50n, 60n, 70n, 80n, 90n];

describe("sdk/actions: logs", () => {
  it("default: all logs from the start block to the latest, in order", async () => {
    const { asked, fetch } = node();
    expect(await readLogs(client, deployment, {}, fetch)).to.deep.equal(all);
    expect(asked).to.deep.equal([{ fromBlock: 5n, toBlock: head }]);
  });

  it("args: fromBlock, toBlock and blockRange", async () => {
    const { asked, fetch } = node();
    const range = { fromBlock: 20n, toBlock: 49n, blockRange: 12n };
    expect(await readLogs(client, deployment, range, fetch)).to.deep.equal([20n, 30n, 40n]);
    expect(asked).to.deep.equal([
      { fromBlock: 38n, toBlock: 49n },
      { fromBlock: 26n, toBlock: 37n },
      { fromBlock: 20n, toBlock: 25n },
    ]);
    expect(await readLogs(client, deployment, { fromBlock: 50n, toBlock: 49n }, fetch)).to.deep.equal([]);
  });

  for (const largest of [1n, 2n, 7n, 50n, 94n]) {
    it(`behavior: asks for less where the node gives at most ${largest} blocks, and misses none`, async () => {
      const { asked, fetch } = node(largest);
      expect(await readLogs(client, deployment, {}, fetch)).to.deep.equal(all);
      const answered = asked.filter(({ fromBlock, toBlock }) => toBlock - fromBlock + 1n <= largest);
      const sum = answered.reduce((total, { fromBlock, toBlock }) => total + toBlock - fromBlock + 1n, 0n);
      expect(sum).to.equal(head - 5n + 1n);
    });
  }

  it("behavior: the latest log is looked for backwards", async () => {
    const { asked, fetch } = node();
    expect(await findLastLog(client, deployment, { blockRange: 10n }, fetch)).to.equal(90n);
    expect(asked.length).to.equal(1);
    expect(await findLastLog(client, deployment, { toBlock: 9n }, fetch)).to.equal(undefined);
  });

  it("error: a node that answers nothing at all, one that is away, and a range that makes no sense", async () => {
    const refused = await caught(readLogs(client, deployment, {}, node(0n).fetch));
    expect(refused.code).to.equal("NODE_REQUEST_FAILED");
    let calls = 0;
    const away = (): Promise<never> => {
      calls++;
      return Promise.reject(new TypeError("fetch failed"));
    };
    expect((await caught(readLogs(client, deployment, {}, away))).code).to.equal("NODE_UNREACHABLE");
    expect(calls).to.equal(1);
    const senseless = await caught(readLogs(client, deployment, { blockRange: 0n }, node().fetch));
    expect(senseless.code).to.equal("INVALID_PARAMETER");
  });
});

describe("sdk/actions: rows in the input of a transaction", () => {
  const gameId = pad("0x0a");
  const row = (first: number): Hex[] =>
    Array.from({ length: 16 }, (_, i) => pad(`0x${(first + i).toString(16).padStart(4, "0")}`));
  const [mover, other] = [row(1), row(100)];
  const move = {
    gameId,
    expectedState: pad("0x0b"),
    moverChildren: mover,
    otherChildren: other,
    moverGrandchildren: [],
  };
  const { data } = encodeAnswerGame({ deployment, ...move });

  it("default: a call of the game itself", () => {
    expect(findAnswerRows(data, gameId, nodeOf(mover), nodeOf(other))).to.deep.equal({
      moverChildren: mover,
      otherChildren: other,
    });
  });

  it("behavior: a call that a wallet's contract has wrapped, after one that only looks alike", () => {
    const selector = data.slice(2, 10);
    const wrapped: Hex = `0xdeadbeef${"00".repeat(32)}${selector}${"11".repeat(40)}${data.slice(2)}${"00".repeat(28)}`;
    expect(findAnswerRows(wrapped, gameId, nodeOf(mover), nodeOf(other))?.moverChildren).to.deep.equal(mover);
  });

  it("behavior: rows that do not hash to the nodes, and other games, are not believed", () => {
    expect(findAnswerRows(data, gameId, nodeOf(other), nodeOf(mover))).to.equal(undefined);
    expect(findAnswerRows(data, pad("0x0c"), nodeOf(mover), nodeOf(other))).to.equal(undefined);
    expect(findAnswerRows("0x", gameId, nodeOf(mover), nodeOf(other))).to.equal(undefined);
  });
});
