import { expect } from "chai";
import { addUp, hollow, reportOf } from "../../scripts/campaign/counts.ts";
import { readFiles } from "../../scripts/check/check.ts";

const SHARE = "actions that could be done, of a hundred";

describe("campaign counts", () => {
  it("default: runs are added up, and what the runner repeats is not", () => {
    const counts = addUp(`${SHARE}=80;final=30;\n${SHARE}=70;final=20;\n${SHARE}=70;final=20;\n`, 2);
    expect(counts.get("final")).to.deep.equal({ total: 50, least: 20 });
    expect(counts.get(SHARE)?.least).to.equal(70);
    expect(hollow(counts)).to.deep.equal([]);
    expect(reportOf(counts, { runs: 2, depth: 9, seed: 1 })).to.contain("| final | 50 | 20 |");
  });

  it("error: what is too rare, actions that are mostly refused, and runs that did not end", () => {
    const counts = addUp(`${SHARE}=60;final=49;\n`, 1);
    expect(hollow(counts)).to.deep.equal([SHARE, "final"]);
    expect(() => addUp("final=1;\n", 2)).to.throw("1 of 2 runs have ended");
  });
});

describe("invariants", () => {
  it("default: every one of I1 to I33 is named by the test that holds it", () => {
    const tests = readFiles((path) => /^test\/.*\.(?:sol|ts)$/.test(path) && !path.includes("/scripts/"));
    const text = tests.map(({ text }) => text).join("\n");
    const missing = Array.from({ length: 33 }, (_, i) => `I${i + 1}`).filter(
      (name) => !new RegExp(`\\b${name}\\b`).test(text),
    );
    expect(missing).to.deep.equal([]);
  });
});
