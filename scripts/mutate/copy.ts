import { cpSync, existsSync, mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { listFiles, root } from "../check/check.ts";

/**
 * Copies what contracts and their tests need into a folder of its own, in which they can be spoiled.
 *
 * @param purpose - part of the folder's name
 * @param isWanted - which of those files
 * @returns the folder, and the paths of the files in it
 */
export function copyRepository(
  purpose: string,
  isWanted: (path: string) => boolean,
): { readonly folder: string; readonly files: readonly string[] } {
  const folder = mkdtempSync(join(tmpdir(), `assay-${purpose}-`));
  const needed = /^(?:contracts|test|sdk|scripts|deployments)\/|^[^/]+\.(?:json|ts)$/;
  const files = listFiles().filter(
    (path) => needed.test(path) && isWanted(path) && existsSync(join(root, path)),
  );
  for (const path of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  for (const modules of ["node_modules", "sdk/node_modules"]) {
    if (existsSync(join(root, modules))) symlinkSync(join(root, modules), join(folder, modules));
  }
  return { folder, files };
}
