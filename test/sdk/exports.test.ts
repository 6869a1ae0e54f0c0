import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { entries } from "../../sdk/entries.ts";

const root = join(import.meta.dirname, "../..");

/** Names that others may use. Taking one away breaks them; adding one is a promise. Written by hand, so that neither happens unseen. */
const expected = JSON.parse(readFileSync(join(import.meta.dirname, "exports.json"), "utf8")) as Record<
  string,
  string[]
>;

/** The sources of the package without what is generated. */
const sources = readdirSync(join(root, "sdk/src"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.includes("generated"))
  .map((name) => readFileSync(join(root, "sdk/src", name), "utf8"));

describe("sdk: exports", () => {
  it("default: every function that others may use says what it does", () => {
    const functions = [...new Set(Object.values(expected).flat())].filter((name) => /^[a-z]/.test(name));
    const definition = (name: string) => new RegExp(`^export (?:async )?function ${name}\\b`, "m");
    const defined = functions.filter((name) => sources.some((text) => definition(name).test(text)));
    expect(defined.length).to.be.greaterThan(200);
    const silent = defined.filter(
      (name) => !sources.some((text) => new RegExp(`\\*/\\n${definition(name).source.slice(1)}`).test(text)),
    );
    expect(silent).to.deep.equal([]);
  });

  for (const [entry, names] of Object.entries(expected)) {
    it(`default: the names of ${entry}`, async () => {
      const module = (await import(join(root, "sdk", entries[entry] as string))) as object;
      expect(Object.keys(module).sort()).to.deep.equal(names);
    });
  }
});
