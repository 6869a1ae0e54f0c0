import { expect } from "chai";
import fc from "fast-check";
import { type Deadline, type FeeTerms, feesAfter, feesAt, isOutpaced } from "../../../sdk/src/node/fees.ts";
import { printedSeed } from "../../support/seed.ts";

const GWEI = 10n ** 9n;
const terms: FeeTerms = {
  ...{ maxFee: 300n * GWEI, tip: GWEI, maxTip: 50n * GWEI, bumpPercent: 25, clockMarginSeconds: 600 },
};
const NOW = 1_000_000;
const left = (remaining: number, seconds: number): Deadline => ({ at: NOW + remaining, seconds });

const wei = fc.bigInt({ min: 0n, max: 2_000n * GWEI });
const anyTerms: fc.Arbitrary<FeeTerms> = fc.record({
  maxFee: fc.bigInt({ min: 1n, max: 1_000n * GWEI }),
  ...{ tip: wei, maxTip: wei, bumpPercent: fc.integer({ min: 13, max: 1_000 }) },
  clockMarginSeconds: fc.integer({ min: 0, max: 100_000 }),
});
const seconds = fc.integer({ min: 0, max: 1_000_000 });
const remaining = fc.integer({ min: -1_000, max: 1_000_000 });

describe("sdk/node: fees", () => {
  const runs = (title: string) => ({ seed: printedSeed(title) | 0, numRuns: 2_000 });

  it("default: the base of what has time, the cap of what has none, and a rise between", () => {
    const baseFee = 10n * GWEI;
    const tipAt = (remainingSeconds: number): bigint =>
      feesAt(baseFee, terms, left(remainingSeconds, 7_200), NOW).maxPriorityFeePerGas;
    const calm = { maxFeePerGas: 21n * GWEI, maxPriorityFeePerGas: GWEI };
    expect(feesAt(baseFee, terms)).to.deep.equal(calm);
    expect(feesAt(baseFee, terms, left(7_200, 7_200), NOW)).to.deep.equal(calm);
    expect(feesAt(baseFee, terms, left(3_600, 7_200), NOW)).to.deep.equal(calm);
    expect(tipAt(2_100)).to.equal(GWEI + (49n * GWEI) / 8n);
    expect(tipAt(601) < 50n * GWEI).to.equal(true);
    for (const late of [600, 1, 0, -5])
      expect(feesAt(baseFee, terms, left(late, 7_200), NOW)).to.deep.equal({
        ...{ maxFeePerGas: 300n * GWEI, maxPriorityFeePerGas: 50n * GWEI },
      });
  });

  it("behavior: the margin of a short clock is its last quarter", () => {
    const margin = (rest: number) => feesAt(GWEI, terms, left(rest, 100), NOW).maxFeePerGas === terms.maxFee;
    expect([26, 25, 24].map(margin)).to.deep.equal([false, true, true]);
  });

  it("behavior: never above the cap, and with less time left never less", () => {
    fc.assert(
      fc.property(wei, anyTerms, seconds, remaining, remaining, (baseFee, given, total, a, b) => {
        const early = feesAt(baseFee, given, left(Math.max(a, b), total), NOW);
        const late = feesAt(baseFee, given, left(Math.min(a, b), total), NOW);
        const calm = feesAt(baseFee, given);
        for (const { maxFeePerGas, maxPriorityFeePerGas } of [early, late, calm])
          if (maxFeePerGas > given.maxFee || maxPriorityFeePerGas > maxFeePerGas) return false;
        const isRisen =
          late.maxFeePerGas >= early.maxFeePerGas && late.maxPriorityFeePerGas >= early.maxPriorityFeePerGas;
        return isRisen && early.maxFeePerGas >= calm.maxFeePerGas;
      }),
      runs("fees that rise"),
    );
  });

  it("behavior: an attempt that replaces another one pays as much more as nodes demand, or there is none", () => {
    fc.assert(
      fc.property(
        wei,
        wei,
        anyTerms,
        seconds,
        remaining,
        remaining,
        (before, baseFee, given, total, a, b) => {
          const last = feesAt(before, given, left(Math.max(a, b), total), NOW);
          const deadline = left(Math.min(a, b), total);
          const isEnough = (next: bigint, previous: bigint): boolean =>
            next * 100n >= previous * BigInt(100 + given.bumpPercent);
          for (const at of [undefined, deadline]) {
            const next = feesAfter(last, baseFee, given, at, NOW);
            if (next === undefined) {
              if (isEnough(given.maxFee, last.maxFeePerGas)) return false;
              continue;
            }
            const { maxFeePerGas, maxPriorityFeePerGas } = next;
            if (maxFeePerGas > given.maxFee || maxPriorityFeePerGas > maxFeePerGas) return false;
            if (!isEnough(maxFeePerGas, last.maxFeePerGas)) return false;
            if (!isEnough(maxPriorityFeePerGas, last.maxPriorityFeePerGas)) return false;
          }
          return true;
        },
      ),
      runs("fees that replace"),
    );
  });

  it("behavior: the last attempt that there is room for pays all that a clock may cost", () => {
    const last = { maxFeePerGas: 200n * GWEI, maxPriorityFeePerGas: 5n * GWEI };
    expect(feesAfter(last, GWEI, terms, left(3_000, 7_200), NOW)).to.deep.equal({
      ...{ maxFeePerGas: 300n * GWEI, maxPriorityFeePerGas: 50n * GWEI },
    });
    expect(feesAfter(last, GWEI, terms)).to.deep.equal({
      ...{ maxFeePerGas: 250n * GWEI, maxPriorityFeePerGas: (25n * GWEI) / 4n },
    });
  });

  it("behavior: an attempt is outpaced when its clock asks for a bump more, and not at the top", () => {
    const early = feesAt(GWEI, terms);
    expect(isOutpaced(early, GWEI, terms, left(3_600, 7_200), NOW)).to.equal(false);
    expect(isOutpaced(early, GWEI, terms, left(2_000, 7_200), NOW)).to.equal(true);
    const top = feesAt(GWEI, terms, left(0, 7_200), NOW);
    expect(isOutpaced(top, GWEI, terms, left(-100, 7_200), NOW)).to.equal(false);
    const free = { ...terms, tip: 0n, maxTip: 0n };
    expect(isOutpaced(feesAt(0n, free), 0n, free, left(0, 7_200), NOW)).to.equal(false);
  });
});
