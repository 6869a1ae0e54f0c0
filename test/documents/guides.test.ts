import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/check/check.ts";
import { follow } from "../../scripts/package/reader.ts";
import { buildSdk } from "../support/command.ts";

const SDK = join(root, "sdk");
const GUIDES = ["README.md", ...readdirSync(join(SDK, "docs")).map((name) => `docs/${name}`)];

/** A `npx` that takes the command from this repository. */
function npxIn(folder: string): string {
  const bin = join(folder, ".bin");
  mkdirSync(bin);
  const npx = `#!/bin/sh\nshift\nexec "${process.execPath}" "${join(SDK, "bin/assay.js")}" "$@"\n`;
  writeFileSync(join(bin, "npx"), npx, { mode: 0o755 });
  return bin;
}

describe("the SDK's guides", () => {
  before(() => buildSdk());

  for (const guide of GUIDES) {
    it(`default: ${guide} works when it is followed literally`, async () => {
      mkdirSync(join(root, ".scratch"), { recursive: true });
      const folder = mkdtempSync(join(root, ".scratch/guide-"));
      try {
        copyFileSync(join(root, "test/fixtures/models/digits.onnx"), join(folder, "digits.onnx"));
        await follow(readFileSync(join(SDK, guide), "utf8"), { folder, bin: npxIn(folder) });
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }

  it("default: every link leads somewhere, and every subpath is named", () => {
    const exported = Object.keys(JSON.parse(readFileSync(join(SDK, "package.json"), "utf8")).exports);
    for (const name of [...GUIDES, "llms.txt", "CHANGELOG.md"]) {
      const text = readFileSync(join(SDK, name), "utf8");
      for (const [, path = ""] of text.matchAll(/\]\((?!https?:)([^)#]+)\)/g))
        expect(() => readFileSync(join(SDK, dirname(name), path)), `${name}: ${path}`).to.not.throw();
      for (const [, path] of text.matchAll(/@assay\/sdk(\/[a-z]+)/g))
        expect(exported, name).to.include(`.${path}`);
    }
    const readme = readFileSync(join(SDK, "README.md"), "utf8");
    for (const path of exported.filter((name) => name !== "." && name !== "./package.json"))
      expect(readme).to.contain(`\`${path.slice(1)}\``);
  });
});
