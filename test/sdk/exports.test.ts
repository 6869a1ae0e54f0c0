import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { entries } from "../../sdk/entries.ts";

const root = join(import.meta.dirname, "../..");

/** Names that others may use. Taking one away breaks them; adding one is a promise. Written by hand, so that neither happens unseen. */
const expected = JSON.parse(readFileSync(join(import.meta.dirname, "exports.json"), "utf8")) as Record<
  string,
  string[]
>;

describe("sdk: exports", () => {
  for (const [entry, names] of Object.entries(expected)) {
    it(`default: the names of ${entry}`, async () => {
      const module = (await import(join(root, "sdk", entries[entry] as string))) as object;
      expect(Object.keys(module).sort()).to.deep.equal(names);
    });
  }
});
