import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { builtProfile } from "../../scripts/bench/snapshot.ts";
import { addUp, hollow, reportOf } from "../../scripts/campaign/counts.ts";
import { readFiles, root } from "../../scripts/check/check.ts";

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

describe("campaign seed", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "assay-campaign-"));
  });

  after(() => rmSync(folder, { recursive: true }));

  /** What has happened in a short campaign, action by action as far as its counts tell. */
  async function play(seed: number): Promise<string> {
    const log = join(folder, "counts.txt");
    writeFileSync(log, "");
    const hardhat = join(root, "node_modules", "hardhat", "dist", "src", "cli.js");
    // What another profile has built is not built anew in the midst of its tests.
    const options = (await builtProfile()) === "default" ? [] : ["--no-compile"];
    const env = { ASSAY_CAMPAIGN_RUNS: "1", ASSAY_CAMPAIGN_DEPTH: "120", ASSAY_CAMPAIGN_LOG: log };
    const file = "test/invariant/Protocol.t.sol";
    spawnSync(process.execPath, [hardhat, "test", "solidity", file, ...options], {
      ...{ cwd: root, encoding: "utf8", env: { ...process.env, ...env, ASSAY_SEED: String(seed) } },
    });
    return readFileSync(log, "utf8");
  }

  it("behavior: a seed has the same happen again, and another one something else", async () => {
    const [first, again, other] = [await play(7), await play(7), await play(8)];
    expect(first).to.match(/=[1-9]/);
    expect(again).to.equal(first);
    expect(other).to.not.equal(first);
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
