import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../scripts/check/check.ts";
import { buildSdk, runNode } from "./support/command.ts";
import { blocksOf } from "./support/markdown.ts";

describe("README", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const blocks = blocksOf(readme);
  const scripts = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).scripts as Record<
    string,
    string
  >;

  before(() => buildSdk());

  it("default: every block is of a kind that is tested here, or a picture", () => {
    expect(new Set(blocks.map(({ language }) => language))).to.deep.equal(new Set(["sh", "ts", "text"]));
  });

  it("default: the first two commands are those that install, show and test everything", () => {
    const commands = blocks.filter(({ language }) => language === "sh").map(({ code }) => code.trim());
    expect(commands.slice(0, 2)).to.deep.equal(["npm ci && npm run demo", "npm test"]);
  });

  it("default: every npm script that it names exists", () => {
    const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, name = ""]) => name);
    expect(named).to.not.be.empty;
    for (const name of named) expect(scripts).to.have.property(name);
  });

  it("default: the folders and files that it links or names exist", () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, path = ""]) => path);
    expect(links).to.not.be.empty;
    for (const path of links) expect(() => readFileSync(join(root, path)), path).to.not.throw(/ENOENT/);
  });

  for (const [index, { code }] of blocks.filter(({ language }) => language === "ts").entries()) {
    it(`default: TypeScript block ${index + 1} runs against the built package`, async () => {
      mkdirSync(join(root, ".scratch"), { recursive: true });
      const folder = mkdtempSync(join(root, ".scratch/readme-"));
      try {
        const file = join(folder, "block.ts");
        writeFileSync(file, code);
        const result = await runNode(file);
        expect(result.code, result.stderr).to.equal(0);
        expect(result.stdout).to.match(/0x[0-9a-f]{64}/);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }

  for (const { code } of blocks.filter(
    ({ language, code }) => language === "sh" && code.startsWith("npx assay"),
  )) {
    it(`default: ${code.trim()}`, async () => {
      const [, , ...args] = code.trim().split(/\s+/);
      const result = await runNode("sdk/bin/assay.js", ...args);
      expect(result.code, result.stderr).to.equal(0);
      expect(result.stdout).to.match(/0x[0-9a-f]{64}/);
    });
  }
});
