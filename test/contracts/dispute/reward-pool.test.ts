import { expect } from "chai";
import { network } from "hardhat";
import { createRandom } from "../../support/random.ts";
import { printedSeed } from "../../support/seed.ts";

const { ethers } = await network.create();

/** Half to the earliest, the larger one if there are two; the other half in equal parts to at most eight others. */
function expectedShares(amount: bigint, sequences: readonly number[]): bigint[] {
  const order = [...sequences].sort((a, b) => a - b);
  const half = amount / 2n;
  const others = BigInt(Math.min(order.length, 9) - 1);
  return sequences.map((sequence) => {
    const rank = order.indexOf(sequence);
    if (rank === 0) return amount - half;
    return rank < 9 ? half / others : 0n;
  });
}

describe("RewardPool", () => {
  it("behavior: shares are those of the rule, whatever the order of winning", async () => {
    const harness = await ethers.deployContract("RewardPoolHarness");
    const random = createRandom(printedSeed("reward pools"));
    for (let round = 0; round < 150; round++) {
      const count = random.integer(0, 14);
      const sequences = new Set<number>();
      while (sequences.size < count) sequences.add(random.chance(0.5) ? random.integer(0, 30) : random.bits());
      const winners = [...sequences];
      const amount = BigInt(random.pick([0, 1, 2, 3, 17, random.bits()])) * (random.chance(0.3) ? 10n ** 18n : 1n);
      const [unclaimable, shares] = await harness.share.staticCall(amount, winners);
      const expected = expectedShares(amount, winners);
      expect(shares, `${amount} ${winners}`).to.deep.equal(expected);
      expect(unclaimable).to.equal(amount - expected.reduce((sum, share) => sum + share, 0n));
    }
  });

  it("args: nobody, one, two and nine winners", async () => {
    const harness = await ethers.deployContract("RewardPoolHarness");
    const results = [];
    for (const count of [0, 1, 2, 9]) {
      const winners = Array.from({ length: count }, (_, i) => i);
      results.push((await harness.share.staticCall(101n, winners))[0]);
    }
    expect(results).to.deep.equal([101n, 50n, 0n, 2n]);
  });
});
