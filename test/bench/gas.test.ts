import { expect } from "chai";
import type { Figure } from "../../scripts/bench/figures.ts";
import { keyOf } from "../../scripts/bench/figures.ts";
import { measureGas } from "../../scripts/bench/scenes.ts";
import { builtProfile, differences, readSnapshot } from "../../scripts/bench/snapshot.ts";
import { TARGETS, targetOf } from "../../scripts/bench/targets.ts";

/** What no transaction may take: EIP-7825. */
const TRANSACTION_GAS_CAP = 2 ** 24;

describe("gas benchmark", () => {
  let figures: readonly Figure[] = [];

  before(async () => {
    figures = await measureGas();
  });

  it("default: every figure is the committed one (npm run bench:gas -- --write commits new ones)", async () => {
    expect(differences(readSnapshot(await builtProfile()), figures)).to.deep.equal([]);
  });

  it("behavior: no figure exceeds a target that has been kept before", () => {
    const excesses = figures.filter((figure) => {
      const target = targetOf(figure);
      return target?.isKept === true && figure.gas > target.limit;
    });
    expect(excesses).to.deep.equal([]);
  });

  it("behavior: every target is about something that is measured", () => {
    for (const target of TARGETS) {
      expect(figures.filter((figure) => targetOf(figure) === target).map(keyOf), String(target.about)).not.to
        .be.empty;
    }
  });

  it("behavior: no transaction comes near the cap", () => {
    const single = figures.filter(({ transactions }) => transactions === 1);
    expect(Math.max(...single.map(({ gas }) => gas))).to.be.below(TRANSACTION_GAS_CAP / 2);
  });

  it("behavior: measured again, on another chain, every figure is the same", async () => {
    expect(await measureGas()).to.deep.equal(figures);
  });
});
