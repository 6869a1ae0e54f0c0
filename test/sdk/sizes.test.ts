import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/check/check.ts";
import { BUDGETS, measure } from "../../scripts/package/sizes.ts";
import { buildSdk } from "../support/command.ts";

describe("sdk: what an application loads", () => {
  it("default: reads and single actions keep within their sizes", async () => {
    await buildSdk();
    mkdirSync(join(root, ".scratch"), { recursive: true });
    const folder = mkdtempSync(join(root, ".scratch/sizes-"));
    try {
      for (const { title, bytes, limit } of await measure(folder, BUDGETS))
        expect(bytes, title).to.be.within(1, limit);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
