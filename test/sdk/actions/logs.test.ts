import { expect } from "chai";
import { createClient, custom } from "viem";
import { findLastLog, readLogs } from "../../../sdk/src/actions/internal/logs.ts";
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
