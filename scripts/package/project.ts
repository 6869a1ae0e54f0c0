import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../check/check.ts";

/** Runs a program to its end and returns what it has printed; throws with all of that if it fails. */
export function execute(
  cwd: string,
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): string {
  try {
    return execFileSync(program, args, {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
      maxBuffer: 1 << 26,
    });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(" ")} failed in ${cwd}:\n${stdout}\n${stderr}`, { cause: error });
  }
}

/** The same, while this program goes on: it may serve what the other one asks for. */
export function executeLater(cwd: string, program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, encoding: "utf8", maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${program} ${args.join(" ")} failed:\n${stdout}\n${stderr}`, { cause: error }));
    });
  });
}

/** Packs the SDK as it would be published; returns the path of the archive. */
export function pack(folder: string): string {
  const name = execute(join(root, "sdk"), "npm", ["pack", "--silent", "--pack-destination", folder]);
  return join(folder, name.trim().split("\n").at(-1) ?? "");
}

/** The version of a development dependency of this repository. */
function pinned(name: string): string {
  const { version } = JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")) as {
    version: string;
  };
  return `${name}@${version}`;
}

/** A fresh project outside of the repository, with the archive and the peers installed by npm, from its cache where it can. */
export function freshProject(archive: string, peers: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "assay-consumer-"));
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  const options = ["--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
  execute(folder, "npm", ["install", ...options, archive, ...peers.map(pinned)]);
  cpSync(join(root, "scripts/package/consumers"), folder, { recursive: true });
  return folder;
}
