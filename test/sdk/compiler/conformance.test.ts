import { expect } from "chai";
import { readArchive } from "../../support/conformance/archive.ts";
import { differences, readTable, runAll, summarize } from "../../support/conformance/table.ts";

describe("compileOnnx: the operator tests of the ONNX project", () => {
  it("behavior: every case comes out as the table says, and none gives a wrong output", async () => {
    const cases = readArchive();
    const measured = await runAll(cases);
    expect(measured.size).to.equal(cases.length);
    expect(differences(readTable(), measured)).to.deep.equal([]);
  });

  it("behavior: the table has all 1,072 cases, and at least 800 pass", () => {
    const { cases, passed } = summarize(readTable());
    expect(cases).to.equal(1072);
    expect(passed).to.be.at.least(800);
  });
});
