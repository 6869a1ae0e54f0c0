import { expect } from "chai";
import { network } from "hardhat";
import { rewardShares, sum } from "../../support/protocol/shares.ts";
import { createRandom } from "../../support/random.ts";
import { printedSeed } from "../../support/seed.ts";

const { ethers } = await network.create();

describe("RewardPool", () => {
  it("behavior: shares are those of the rule, whatever the order of winning", async () => {
    const harness = await ethers.deployContract("RewardPoolHarness");
    const random = createRandom(printedSeed("reward pools"));
    for (let round = 0; round < 150; round++) {
      const count = random.integer(0, 14);
      const sequences = new Set<number>();
      while (sequences.size < count)
        sequences.add(random.chance(0.5) ? random.integer(0, 30) : random.bits());
      const winners = [...sequences];
      const amount =
        BigInt(random.pick([0, 1, 2, 3, 17, random.bits()])) * (random.chance(0.3) ? 10n ** 18n : 1n);
      const [unclaimable, shares] = await harness.share.staticCall(amount, winners);
      const expected = rewardShares(amount, winners);
      expect(shares, `${amount} ${winners}`).to.deep.equal(expected);
      expect(unclaimable).to.equal(amount - sum(expected));
    }
  });

  it("behavior: a game that was not won earns nothing, whoever else won", async () => {
    const harness = await ethers.deployContract("RewardPoolHarness");
    for (const winners of [[], [3], [3, 5], [9, 1, 5, 7, 3, 11, 13, 15, 17, 19]]) {
      // The place that an empty pool calls its earliest is no winner's.
      for (const loser of [0, 4, 20])
        expect(await harness.shareOfLoser.staticCall(101n, winners, loser)).to.equal(0n);
    }
  });

  it("args: nobody, one, two and nine winners", async () => {
    const harness = await ethers.deployContract("RewardPoolHarness");
    const results: bigint[] = [];
    for (const count of [0, 1, 2, 9]) {
      const winners = Array.from({ length: count }, (_, i) => i);
      results.push((await harness.share.staticCall(101n, winners))[0]);
    }
    expect(results).to.deep.equal([101n, 50n, 0n, 2n]);
  });
});
