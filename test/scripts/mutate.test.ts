import { expect } from "chai";
import { readFiles } from "../../scripts/check/check.ts";
import { applyMutant, BUG_CLASSES, checkMutants, type Mutant } from "../../scripts/mutate/mutant.ts";
import { mutants } from "../../scripts/mutate/mutants/all.ts";
import { isSound, reportOf } from "../../scripts/mutate/report.ts";
import { stagesFor } from "../../scripts/mutate/stages.ts";
import { failureIn } from "../../scripts/mutate/workshop.ts";

const contract = { path: "contracts/a/A.sol", text: "if (a < b) return;\nif (c < d) return;" };
const mutant: Mutant = { bugClass: "boundary", file: "a/A.sol", find: "a < b", replace: "a <= b" };

describe("mutants", () => {
  it("default: every pattern occurs exactly once in its file", () => {
    const files = readFiles((path) => path.startsWith("contracts/"));
    expect(checkMutants(mutants, files)).to.deep.equal([]);
  });

  it("default: at least sixty, and three of every class of bugs", () => {
    expect(mutants.length).to.be.at.least(60);
    for (const bugClass of Object.keys(BUG_CLASSES)) {
      expect(mutants.filter((one) => one.bugClass === bugClass).length, bugClass).to.be.at.least(3);
    }
  });

  it("behavior: a mistake is put in where the pattern stands", () => {
    expect(applyMutant(mutant, contract.text)).to.equal("if (a <= b) return;\nif (c < d) return;");
  });

  it("error: patterns that are not there, or are there twice, files that are not there, and mistakes that are none", () => {
    const bad: Mutant[] = [
      { ...mutant, find: "a > b" },
      { ...mutant, find: " return;" },
      { ...mutant, file: "a/B.sol" },
      { ...mutant, replace: "a < b" },
      mutant,
      mutant,
    ];
    const problems = checkMutants(bad, [contract]);
    const parts = ["occurs 0 times", "occurs 2 times", "no such file", "changes nothing", "is there twice"];
    expect(problems).to.have.length(parts.length);
    for (const [i, part] of parts.entries()) expect(problems[i]).to.contain(part);
  });

  it("behavior: tests that compare gas have no say", () => {
    const files = ["dispute/gas.test.ts", "dispute/answers.test.ts", "dispute/court.gas.test.ts"];
    const paths = files.map((file) => `test/contracts/${file}`);
    const dispute = { ...mutant, file: "dispute/DisputeGame.sol" };
    expect(stagesFor(dispute, paths)).to.deep.equal([["test/contracts/dispute/answers.test.ts"]]);
  });

  it("behavior: what killed a mutant comes first, then what is about its function, what is near, what is short, the rest", () => {
    const names = [
      "dispute/answers",
      "dispute/clocks",
      "dispute/reveal",
      "staking/stakes",
      "dispute/campaign",
    ];
    const paths = names.map((name) => `test/contracts/${name}.test.ts`);
    const text = "function reveal() { if (a < b) }\nfunction timeout() { if (c < d) }";
    const dispute = { ...mutant, file: "dispute/DisputeGame.sol" };
    const [answers, clocks, reveal, stakes, campaign] = paths as [string, string, string, string, string];
    expect(stagesFor(dispute, paths, { text, killer: stakes })).to.deep.equal([
      ...[[stakes], [reveal]],
      ...[[answers, clocks], [campaign]],
    ]);
    expect(stagesFor({ ...dispute, find: "c < d" }, paths, { text })[0]).to.deep.equal([clocks]);
  });

  it("behavior: a survivor is a failure unless it is explained, and a victim where none can be is one as well", () => {
    const killed = { fate: "killed", by: "a test" } as const;
    const survived = { fate: "survived" } as const;
    const same = { ...mutant, equivalent: "it is the same" };
    expect(isSound({ mutant, verdict: killed })).to.equal(true);
    expect(isSound({ mutant, verdict: survived })).to.equal(false);
    expect(isSound({ mutant: same, verdict: survived })).to.equal(true);
    expect(isSound({ mutant: same, verdict: killed })).to.equal(false);
    const report = reportOf([mutant, same], {});
    expect(report).to.contain("2 mutants: 0 tried, 0 killed, 0 survived, 1 change nothing");
  });

  it("behavior: the test that failed is told from a run that ended, and from one that broke off", () => {
    const ended = "  a\n    1) default: b\n\n  1 failing\n\n  1) a\n       default: b:\n     Error: no\n";
    expect(failureIn(ended)).to.equal("a > default: b");
    expect(failureIn("  a\n    ✔ default: b\n    1) default: c\n\nUnhandled promise rejection:\n")).to.equal(
      "default: c",
    );
    expect(failureIn("  a\n    ✔ default: b\n\n  1 passing\n")).to.equal(undefined);
  });
});
