import { expect } from "chai";
import { tally } from "../../scripts/differential/tally.ts";

const output = (games: string, seed: number): string =>
  [
    "Compiled 1 Solidity file with solc 0.8.37",
    "Running Mocha tests",
    "  differential: games",
    `      100 games on a chain: ASSAY_SEED=${seed}`,
    "      500 games",
    `      ${games}`,
    "    ✔ default: every move of 7 games (12345ms)",
    "",
    "  1 passing (3m)",
  ].join("\n");

describe("differential tally", () => {
  it("default: what processes have counted is added up, whatever its order, and the rest is said once", () => {
    const outputs = [output("won by step 5, left 1", 7), output("left 2, refused: GameNotActive 3", 8)];
    expect(tally(outputs)).to.deep.equal([
      "  differential: games",
      "      100 games on a chain: ASSAY_SEED=7",
      "      won by step 5, left 3, refused: GameNotActive 3",
      "    ✔ default: every move of 7 games",
      "  1 passing",
    ]);
  });

  it("args: numbers before their words, and several lines of them", () => {
    const lines = (ran: number): string =>
      `  engines\n      random: ${ran} ran\n      damaged: 1 ran, 2 no model\n`;
    expect(tally([lines(3), lines(4)])).to.deep.equal([
      "  engines",
      "      random: 7 ran, damaged: 2 ran, 4 no model",
    ]);
  });

  it("behavior: without counts nothing is added", () => {
    expect(tally(["  a\n    ✔ default: b (5ms)\n"])).to.deep.equal(["  a", "    ✔ default: b"]);
  });
});
