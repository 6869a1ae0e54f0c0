import { expect } from "chai";
import { probe, tagOf } from "../../scripts/coverage/branches.ts";
import { type FileCoverage, linesOf, reportOf, shareOf } from "../../scripts/coverage/report.ts";

const SOURCE = `// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

contract Weighs {
    error WeighsTooMuch(uint256 weight);

    uint256 private constant MOST = true ? 9 : 8;

    function weigh(uint256 a, uint256 b) external pure returns (uint256) {
        require(a < MOST && b < MOST, WeighsTooMuch(a + b)); // “both”
        if (a == 0 || b == 0) return a > b ? a : b;
        assembly {
            if a {
                a := mload(0x40)
            }
        }
        return a;
    }
}
`;

describe("coverage of branches", () => {
  it("default: every condition outside assembly and constants reports what it is, and lines stay where they are", () => {
    const { files, conditions } = probe([{ path: "contracts/scales/Weighs.sol", text: SOURCE }]);
    expect(conditions.map(({ line, kind, text }) => `${line} ${kind} ${text}`)).to.have.members([
      "10 require a < MOST && b < MOST",
      "10 && a < MOST",
      "11 if a == 0 || b == 0",
      "11 || a == 0",
      "11 ?: a > b",
    ]);
    const [probed, library] = files;
    expect(library?.path).to.equal("contracts/BranchProbe.sol");
    const lines = probed?.text.split("\n") ?? [];
    expect(lines.length).to.equal(SOURCE.split("\n").length);
    expect(lines[1]).to.equal('pragma solidity 0.8.37; import {BranchProbe} from "../BranchProbe.sol";');
    const at = (kind: string, line: number): number =>
      conditions.findIndex((condition) => condition.kind === kind && condition.line === line);
    expect(lines[9]).to.equal(
      `        require(BranchProbe.at(${at("require", 10)}, BranchProbe.at(${at("&&", 10)}, a < MOST) && b < MOST), WeighsTooMuch(a + b)); // “both”`,
    );
    expect(lines[10]).to.contain(`return BranchProbe.at(${at("?:", 11)}, a > b) ? a : b;`);
  });

  it("behavior: assembly leaves the first unallocated word to what is reported", () => {
    const [probed] = probe([{ path: "contracts/Weighs.sol", text: SOURCE }]).files;
    expect(probed?.text).to.contain("a := add(mload(0x40), 0x20)");
  });

  it("behavior: a tag is a word, and tells condition and outcome", () => {
    const tags = [tagOf(0, false), tagOf(0, true), tagOf(1, false), tagOf(300, true)];
    expect(new Set(tags).size).to.equal(4);
    for (const tag of tags) expect(tag).to.match(/^[0-9a-f]{64}$/);
  });

  it("behavior: a line counts as reached if one of several reports has reached it", () => {
    const section = (counts: string): string =>
      `TN:\nSF:contracts/A.sol\n${counts}LH:1\nLF:2\nend_of_record\n`;
    const lines = linesOf([section("DA:3,0\nDA:4,0\n"), section("DA:3,2\nDA:4,0\n")]);
    expect([...(lines.get("contracts/A.sol") ?? [])]).to.deep.equal([
      [3, true],
      [4, false],
    ]);
  });

  it("error: what no test reaches is listed, and counts against the share", () => {
    const condition = { file: "contracts/A.sol", line: 7, kind: "if", text: "a == b" } as const;
    const file: FileCoverage = {
      path: "contracts/A.sol",
      lines: { all: 4, missing: [9] },
      branches: { all: 2, missing: [{ condition, isTrue: false }] },
    };
    expect([shareOf([file], "lines"), shareOf([file], "branches"), shareOf([], "lines")]).to.deep.equal([
      75, 50, 100,
    ]);
    const report = reportOf([file]);
    expect(report).to.contain("| contracts/A.sol | 4 | 75.00 % | 2 | 50.00 % |");
    expect(report).to.contain(
      "- contracts/A.sol: lines 9\n- contracts/A.sol:7: `a == b` (if) is never false",
    );
  });
});
