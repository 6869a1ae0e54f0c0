import { expect } from "chai";
import { AnvilMissingError } from "../../scripts/soak/anvil.ts";
import { TROUBLES } from "../../scripts/soak/chaos.ts";
import { report } from "../../scripts/soak/report.ts";
import { type SoakResult, soak } from "../../scripts/soak/soak.ts";
import { printedSeed } from "../support/seed.ts";
import { squaresModel } from "../support/squares.ts";

describe("soak", () => {
  it("default: a sample: everything goes wrong once, and every request and token ends where it has to", async function () {
    this.timeout(600_000);
    const seed = printedSeed("soak");
    let result: SoakResult;
    try {
      result = await soak({
        ...{ model: squaresModel, seed, requests: 8, undisturbed: 2, atOnce: 8 },
        kinds: ["liar", "place", "anybody", "liar", "data", "ghost"],
        ...{ names: ["operator", "liar", "challenger", "slanderer"], troubles: TROUBLES },
        ...{ blockSeconds: 0.2, chainSeconds: 2, pollSeconds: 0.2, pauseSeconds: 0.5, faultSeconds: 2 },
        ...{ lookSeconds: 0.5, patienceSeconds: 300, say: () => {} },
      });
    } catch (error) {
      if (!(error instanceof AnvilMissingError) || process.env.CI === "true") throw error;
      console.log("      anvil cannot be had on this machine: the sample was not run");
      return;
    }
    expect(result.faults, report(result)).to.deep.equal([]);
    expect(result.requests).to.equal(8);
    // The ghost's; those of others are answered by whoever comes first where anybody may.
    expect(result.endings.refunded).to.equal(1);
    expect(result.endings["slashed, wrong result"]).to.be.within(2, 5);
    expect(result.endings["final, right result"]).to.be.within(2, 5);
    expect(result.damage).to.deep.equal(Object.fromEntries(TROUBLES.map((trouble) => [trouble, 1])));
  });
});
