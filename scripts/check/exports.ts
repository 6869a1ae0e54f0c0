import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { entries, unexported } from "../../sdk/entries.ts";
import { type Check, root } from "./check.ts";

/** Finds differences between what the package exports and what is built. */
export function checkExports(
  packageExports: Readonly<Record<string, unknown>>,
  built: ReadonlySet<string>,
): readonly string[] {
  const problems: string[] = [];
  const exported = new Set(
    Object.keys(packageExports)
      .filter((subpath) => subpath !== "./package.json")
      .map((subpath) => (subpath === "." ? "index" : subpath.slice("./".length))),
  );
  for (const name of exported) {
    if (!built.has(name))
      problems.push(`sdk/package.json: exports ${name}, which no entry file in sdk/entries.ts gives`);
  }
  for (const name of built) {
    if (!unexported.has(name) && !exported.has(name))
      problems.push(`sdk/package.json: does not export the entry ${name}`);
  }
  return problems;
}

export const exports_: Check = {
  name: "exports",
  rule: "Every subpath that the SDK's package.json exports has an entry file, and every entry file is exported.",
  run: () => {
    const manifest = JSON.parse(readFileSync(join(root, "sdk/package.json"), "utf8")) as {
      exports: Record<string, unknown>;
    };
    const present = Object.entries(entries).filter(([, file]) => existsSync(join(root, "sdk", file)));
    return checkExports(manifest.exports, new Set(present.map(([name]) => name)));
  },
};
