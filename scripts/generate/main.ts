import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { listFiles, root } from "../check/check.ts";
import { abis } from "./abis.ts";
import { bytecode } from "./bytecode.ts";
import { clearSigning } from "./clear-signing.ts";
import { contractErrors } from "./contract-errors.ts";
import { deployments } from "./deployments.ts";
import { digests } from "./digests.ts";
import type { GeneratedFile, Generator } from "./generator.ts";
import { operators } from "./operators.ts";
import { securityMap } from "./security-map.ts";
import { typechain } from "./typechain.ts";
import { vectors } from "./vectors.ts";

// Usage: npm run generate
// Writes all generated files, and deletes those in folders named "generated" that no generator writes any more.

/** All generators. One that reads what another writes comes after it. */
const generators: readonly Generator[] = [
  abis,
  bytecode,
  clearSigning,
  contractErrors,
  deployments,
  digests,
  operators,
  securityMap,
  typechain,
  vectors,
];

/** What all generators would write. Nothing is written yet: `npm run check` compares it with what is there. */
export async function generateAll(): Promise<readonly GeneratedFile[]> {
  const files: GeneratedFile[] = [];
  for (const generator of generators) files.push(...(await generator.generate()));
  return files;
}

function write(file: GeneratedFile): boolean {
  const path = join(root, file.path);
  if (existsSync(path) && Buffer.compare(readFileSync(path), file.content) === 0) return false;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, file.content);
  return true;
}

if (import.meta.main) {
  const files = await generateAll();
  const known = new Set(files.map(({ path }) => path));
  const stale = listFiles().filter((path) => path.split("/").includes("generated") && !known.has(path));

  for (const path of stale) rmSync(join(root, path), { force: true });
  const written = files.filter(write);
  console.log(`${files.length} generated files, ${written.length} written, ${stale.length} deleted`);
}
