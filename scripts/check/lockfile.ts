import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Check, root } from "./check.ts";

type LockedPackage = {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

type Lock = { readonly packages: Readonly<Record<string, LockedPackage>> };

/** Finds what makes a lock file work on one machine only. */
export function checkLockfile(text: string): readonly string[] {
  const problems: string[] = [];
  const { packages } = JSON.parse(text) as Lock;

  for (const [path, entry] of Object.entries(packages)) {
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!resolves(packages, path, name)) problems.push(`${path}: ${name}, which is optional, has no entry`);
    }
    if (entry.resolved !== undefined && entry.link !== true) {
      problems.push(`${path}: records where it was fetched from`);
    }
    if (path.startsWith("node_modules/") && entry.link !== true && entry.integrity === undefined) {
      problems.push(`${path}: has no integrity hash`);
    }
  }
  if (/https?:\/\/[^"]*\.tgz/.test(text))
    problems.push("package-lock.json: contains the address of a registry");
  return problems;
}

/** Whether a package is found from a folder by going up, as Node does. */
function resolves(packages: Lock["packages"], from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/")))) {
    if (packages[`${folder}${folder === "" ? "" : "/"}node_modules/${name}`] !== undefined) return true;
    if (folder === "") return false;
  }
}

export const lockfile: Check = {
  name: "lockfile",
  rule: "The lock file is complete for all platforms and names no registry.",
  run: () => checkLockfile(readFileSync(join(root, "package-lock.json"), "utf8")),
};
