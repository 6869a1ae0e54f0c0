import { expect } from "chai";
import { getBytes } from "ethers";
import { network } from "hardhat";
import { f32Add, f32Mul } from "../../../sdk/src/machine/scalar.ts";
import { randomPattern } from "../../support/patterns.ts";
import { createRandom, type Random } from "../../support/random.ts";
import { printedSeed } from "../../support/seed.ts";

// Many products take more gas than a transaction has. No entry point of the protocol is called here.
const { ethers, networkHelpers } = await network.create({
  override: { blockGasLimit: 1_000_000_000n, hardfork: "prague" },
});

async function fixture() {
  return {
    DotProduct: await ethers.deployContract("DotProductHarness"),
    PackedFloats: await ethers.deployContract("PackedFloatsHarness"),
  };
}

/** Factors of one kind: a start, and pairs. */
interface Campaign {
  readonly title: string;
  readonly length: number;
  readonly start: (random: Random) => number;
  readonly pair: (random: Random, previous: readonly [number, number]) => readonly [number, number];
  /** Least share of products that must not be left to the general operations. */
  readonly fast: number;
}

/** A float of any sign with its stored exponent in a range. */
const float = (random: Random, least: number, most: number): number =>
  ((random.bits() & 0x807fffff) | (random.integer(least, most) << 23)) >>> 0;

const CAMPAIGNS: readonly Campaign[] = [
  {
    title: "numbers as models have them",
    length: 128,
    start: (random) => float(random, 110, 130),
    pair: (random) => [float(random, 100, 130), float(random, 100, 130)],
    fast: 1,
  },
  {
    title: "zeros among them, also negative ones",
    length: 32,
    start: (random) => (random.chance(0.5) ? 0 : float(random, 110, 130)),
    pair: (random) => [
      random.chance(0.5) ? random.pick([0, 0x80000000]) : float(random, 100, 130),
      float(random, 0, 200),
    ],
    fast: 0.4,
  },
  {
    title: "sums that cancel",
    length: 32,
    start: () => 0,
    pair: (random, [x, y]) =>
      random.chance(0.5)
        ? [(x ^ 0x80000000 ^ random.integer(0, 1)) >>> 0, y]
        : [float(random, 120, 130), float(random, 120, 130)],
    fast: 1,
  },
  {
    title: "sums that cancel down to subnormal numbers",
    length: 32,
    start: () => 0,
    pair: (random, [x, y]) => {
      if (random.chance(0.5)) return [(x ^ 0x80000000 ^ random.integer(0, 3)) >>> 0, y];
      const exponent = random.integer(40, 90);
      const other = random.integer(130, 136) - exponent;
      return [float(random, exponent, exponent), float(random, other, other)];
    },
    fast: 0.9,
  },
  {
    title: "few bits, which make ties",
    length: 64,
    start: (random) => float(random, 126, 128) & 0xfff00000,
    pair: (random) => [
      (float(random, 100, 150) & 0xffe00000) >>> 0,
      random.chance(0.5) ? 0x3f800001 : (float(random, 115, 130) & 0xffe00000) >>> 0,
    ],
    fast: 1,
  },
  {
    title: "powers of two",
    length: 64,
    start: (random) => float(random, 0, 200) & 0xff800000,
    pair: (random) => [
      (float(random, 40, 170) & 0xff800000) >>> 0,
      (float(random, 120, 130) & 0xff800000) >>> 0,
    ],
    fast: 0.8,
  },
  {
    title: "exponents at the ends of what is fast",
    length: 16,
    start: (random) => float(random, 0, 255),
    pair: (random) => {
      const x = random.integer(1, 254);
      const sum = random.pick([128, 129, 130, 131, 347, 348, 349]);
      return [float(random, x, x), float(random, Math.min(Math.max(sum - x, 1), 254), 254)];
    },
    fast: 0,
  },
  {
    title: "boundary patterns",
    length: 4,
    start: randomPattern,
    pair: (random) => [randomPattern(random), randomPattern(random)],
    fast: 0.1,
  },
  {
    title: "any bits",
    length: 4,
    start: (random) => random.bits(),
    pair: (random) => [random.bits(), random.bits()],
    fast: 0.1,
  },
];

/** Products per campaign. */
const PRODUCTS = 16_384;

/** The two ways in which products are added up: of registers, and of words as they stand in a proof, 8 elements at a time. */
const WAYS = [
  { name: "DotProduct", isLittleEndian: false, share: 1 },
  // One factor that is not ordinary stops its 7 neighbours as well.
  { name: "PackedFloats", isLittleEndian: true, share: 0.2 },
] as const;

for (const { name, isLittleEndian, share } of WAYS) {
  describe(name, () => {
    for (const { title, length, start, pair, fast } of CAMPAIGNS) {
      it(`behavior: ${title}`, async () => {
        const { [name]: dots } = await networkHelpers.loadFixture(fixture);
        const random = createRandom(printedSeed(`${name}, ${title}`));
        const count = PRODUCTS / length;
        const starts = new DataView(new ArrayBuffer(4 * count));
        const a = new DataView(new ArrayBuffer(4 * PRODUCTS));
        const b = new DataView(new ArrayBuffer(4 * PRODUCTS));
        let previous: readonly [number, number] = [0x3f800000, 0x3f800000];
        for (let i = 0; i < count; i++) starts.setUint32(4 * i, start(random));
        for (let i = 0; i < PRODUCTS; i++) {
          previous = pair(random, previous);
          a.setUint32(4 * i, previous[0], isLittleEndian);
          b.setUint32(4 * i, previous[1], isLittleEndian);
        }
        const bytes = (view: DataView): Uint8Array => new Uint8Array(view.buffer);
        const results = getBytes(
          await dots.accumulate(bytes(starts), bytes(a), bytes(b), { gasLimit: 900_000_000n }),
        );
        const view = new DataView(results.buffer, results.byteOffset);
        let fastProducts = 0;
        for (let i = 0; i < count; i++) {
          const done = view.getUint32(8 * i + 4);
          let sum = starts.getUint32(4 * i);
          for (let j = 0; j < done; j++) {
            const at = 4 * (length * i + j);
            sum = f32Add(sum, f32Mul(a.getUint32(at, isLittleEndian), b.getUint32(at, isLittleEndian)));
          }
          expect(view.getUint32(8 * i), `dot product ${i} after ${done} products`).to.equal(sum);
          fastProducts += done;
        }
        const least = fast === 1 ? 1 : share * fast;
        expect(fastProducts / PRODUCTS).to.be.greaterThanOrEqual(least, "share of products that are fast");
      });
    }

    it("behavior: of any number of products, what stands behind the last factors is not added", async () => {
      const { [name]: dots } = await networkHelpers.loadFixture(fixture);
      const random = createRandom(printedSeed(`${name}, lengths`));
      for (let length = 1; length <= 40; length++) {
        // Two of them, so that there is something behind the first.
        const [a, b] = [new DataView(new ArrayBuffer(8 * length)), new DataView(new ArrayBuffer(8 * length))];
        for (const view of [a, b])
          for (let at = 0; at < 8 * length; at += 4)
            view.setUint32(at, float(random, 125, 128), isLittleEndian);
        let sum = 0;
        for (let at = 0; at < 4 * length; at += 4)
          sum = f32Add(sum, f32Mul(a.getUint32(at, isLittleEndian), b.getUint32(at, isLittleEndian)));
        const [x, y] = [a, b].map((view) => new Uint8Array(view.buffer)) as [Uint8Array, Uint8Array];
        const results = getBytes(await dots.accumulate(new Uint8Array(8), x, y));
        const view = new DataView(results.buffer, results.byteOffset);
        expect([view.getUint32(0), view.getUint32(4)], `${length} products`).to.deep.equal([sum, length]);
      }
    });

    it("behavior: nothing is added to a start that is no ordinary number", async () => {
      const { [name]: dots } = await networkHelpers.loadFixture(fixture);
      const [one, zero] = isLittleEndian ? ["0x0000803f", "0x00000080"] : ["0x3f800000", "0x80000000"];
      for (const start of ["0x80000000", "0x7f800000", "0xff800000", "0x7fc00000", "0x7f000000"])
        expect(await dots.accumulate(start, one, one)).to.equal(`${start}00000000`);
      expect(await dots.accumulate("0x00000000", one, zero)).to.equal("0x0000000000000001");
    });
  });
}
