import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { importMapOf, modulesOf } from "../../scripts/package/modules.ts";

describe("scripts/package: modules of a page", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "assay-"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function write(files: Readonly<Record<string, string>>): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
  }

  it("default: every import is followed, and what a package has for browsers is taken", () => {
    const exports_ = { ".": { browser: "./web.js", default: "./node.js" }, "./late": "./late.js" };
    write({
      "page/main.js": 'import { a } from "lib";\nexport * from "./other.js";\nawait import("lib/late");\n',
      "page/other.js": "export const b = 1;\n",
      "node_modules/lib/package.json": JSON.stringify({ name: "lib", type: "module", exports: exports_ }),
      "node_modules/lib/web.js": "export const a = 1;\n",
      "node_modules/lib/node.js": 'import "node:fs";\n',
      "node_modules/lib/late.js": "",
    });
    const modules = modulesOf(folder, "page/main.js");
    expect([...modules.keys()].sort()).to.deep.equal([
      ...["node_modules/lib/late.js", "node_modules/lib/web.js", "page/main.js", "page/other.js"],
    ]);
    expect(importMapOf(modules)).to.deep.equal({
      scopes: { "/page/": { lib: "/node_modules/lib/web.js", "lib/late": "/node_modules/lib/late.js" } },
    });
  });

  it("error: what a browser cannot load is named with who imports it, all of it at once", () => {
    write({
      "main.js": 'import "./old.js";\nimport "fs";\nimport "missing";\nimport("node:worker_threads");\n',
      "old.js": "module.exports = {};\n",
    });
    expect(() => modulesOf(folder, "main.js"))
      .to.throw(/main\.js imports fs, which only Node has/)
      .with.property("message")
      .that.matches(/main\.js imports node:worker_threads, which only Node has/)
      .and.matches(/main\.js imports missing/)
      .and.matches(/old\.js is no ES module/);
  });
});
