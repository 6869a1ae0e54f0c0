import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/check/check.ts";
import { runNode } from "../support/command.ts";

/** What the gas of the demo may be at most; the exact figures are in the benchmark's snapshot. */
const LIMITS = { commit: 110_000, open: 140_000, disputeTotal: 2_500_000 };
const SECONDS = 120;

describe("demo", () => {
  for (const [model, honest] of [
    ["digits", "7"],
    ["cls", "upright"],
  ] as const) {
    it(`default: ${model} is answered, and a lie about it is convicted`, async () => {
      const { code, stdout, stderr } = await runNode("scripts/demo/main.ts", "--json", "--model", model);
      expect(code, stderr).to.equal(0);
      const lines = stdout.trim().split("\n");
      expect(lines).to.have.length(1);
      const told = JSON.parse(lines[0] ?? "");
      expect(told.model).to.equal(model);
      expect(told.modelId).to.match(/^0x[0-9a-f]{64}$/);
      expect(told.honest).to.deep.equal({ status: "final", output: honest });
      expect(told.liar.status).to.equal("slashed");
      expect(told.liar.claimed).to.not.equal(told.liar.truth);
      expect(BigInt(told.liar.operatorStakeAfter) < BigInt(told.liar.operatorStakeBefore)).to.equal(true);
      for (const [kind, limit] of Object.entries(LIMITS)) expect(told.gas[kind], kind).to.be.within(1, limit);
      expect(told.moves).to.be.at.least(6);
      expect(told.seconds).to.be.below(SECONDS);
    });
  }

  it("default: tells the story that the README shows, its gas to one part in a hundred", async () => {
    const { code, stdout, stderr } = await runNode("scripts/demo/main.ts");
    expect(code, stderr).to.equal(0);
    const [, shown = ""] =
      readFileSync(join(root, "README.md"), "utf8").match(/^```text\n(A lying operator[\s\S]*?)^```$/m) ?? [];
    expect(shown).to.contain("the chain computed");
    expect(withoutGas(stdout)).to.contain(withoutGas(shown));
    const told = gasOf(stdout.slice(stdout.indexOf("A lying operator")));
    for (const [line, gas] of gasOf(shown).entries())
      expect(told[line]).to.be.closeTo(gas, Math.floor(gas / 100));
  });

  it("error: an unknown model is refused with the names of those there are", async () => {
    const { code, stdout, stderr } = await runNode("scripts/demo/main.ts", "--model", "cat");
    expect(code).to.equal(2);
    expect(stdout).to.equal("");
    expect(stderr).to.contain("cat").and.to.contain("digits, cls");
  });
});

/** Random salts have more or fewer zero bytes, which cost less: only the first digits of a figure are always the same. */
function gasOf(story: string): number[] {
  return [...story.matchAll(/([\d,]+) gas$/gm)].map(([, figure = ""]) => Number(figure.replaceAll(",", "")));
}

function withoutGas(story: string): string {
  return story.replaceAll(/ +[\d,]+ gas$/gm, " gas");
}
