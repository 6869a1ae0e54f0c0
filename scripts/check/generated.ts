import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { GeneratedFile } from "../generate/generator.ts";
import { type Check, listFiles, root } from "./check.ts";

/** Finds generated files that differ from what their generator writes, and files in their folders that none writes. */
export function checkGenerated(
  expected: readonly GeneratedFile[],
  present: ReadonlyMap<string, Uint8Array>,
): readonly string[] {
  const problems: string[] = [];
  const known = new Set(expected.map(({ path }) => path));
  for (const { path, content } of expected) {
    const actual = present.get(path);
    if (actual === undefined) problems.push(`${path}: is missing; run \`npm run generate\``);
    else if (Buffer.compare(Buffer.from(content), actual) !== 0) {
      problems.push(`${path}: differs from what its generator writes; run \`npm run generate\``);
    }
  }
  for (const path of present.keys()) {
    if (!known.has(path)) problems.push(`${path}: lies among generated files, but no generator writes it`);
  }
  return problems;
}

export const generated: Check = {
  name: "generated",
  rule: "Generated files are exactly what their generators write.",
  run: async () => {
    const { generateAll } = await import("../generate/main.ts");
    const expected = await generateAll();
    const paths = new Set([
      ...expected.map(({ path }) => path),
      ...listFiles().filter((path) => path.split("/").includes("generated")),
    ]);
    const present = [...paths].filter((path) => existsSync(join(root, path)));
    return checkGenerated(expected, new Map(present.map((path) => [path, readFileSync(join(root, path))])));
  },
};
