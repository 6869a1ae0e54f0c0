import { expect } from "chai";
import { network } from "hardhat";
import { granted } from "../../support/gas.ts";
import { createRandom } from "../../support/random.ts";
import { printedSeed } from "../../support/seed.ts";

const { ethers } = await network.create();
const packed = await ethers.deployContract("PackedBytesHarness");

/** As many bytes as may be added up at once. */
const MOST = 65_536;
const SIGNS = `0x${"80".repeat(32)}`;

async function expectSums(a: Uint8Array, b: Uint8Array, flips: readonly [number, number]): Promise<void> {
  const [u, v] = [a.map((byte) => byte ^ flips[0]), b.map((byte) => byte ^ flips[1])];
  const sum = (values: Iterable<number>): number =>
    Array.from(values).reduce((total, value) => total + value, 0);
  const products = sum(Array.from(u, (byte, i) => byte * (v[i] ?? 0)));
  const [first, second] = flips.map((flip) => (flip === 0 ? 0 : SIGNS));
  const result = await packed.sums(a, b, first!, second!, { gasLimit: granted(16_000_000) });
  expect(result.map(Number), `${a.length} bytes`).to.deep.equal([products, sum(u), sum(v)]);
}

describe("PackedBytes", () => {
  it("args: every length up to three words", async () => {
    const random = createRandom(printedSeed("packed bytes"));
    for (let n = 0; n <= 96; n++) {
      await expectSums(random.bytes(n), random.bytes(n), [random.pick([0, 128]), random.pick([0, 128])]);
    }
  });

  it("behavior: nothing is carried from lane to lane, with the largest bytes and as many as may be", async () => {
    const full = new Uint8Array(MOST).fill(255);
    await expectSums(full, full, [0, 0]);
    await expectSums(new Uint8Array(MOST).fill(127), full, [128, 0]);
    await expectSums(new Uint8Array(MOST).fill(127), new Uint8Array(MOST).fill(127), [128, 128]);
  });
});
