/**
 * Builds and packs the SDK, and checks the archive as a user would find it: its metadata, its size, and programs that use it in fresh projects.
 *
 *     npm run check:package
 */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalNode } from "../../sdk/src/testing/local-node.ts";
import { root } from "../check/check.ts";
import { useInApplication } from "./application.ts";
import { followGuides } from "./guides.ts";
import { execute, executeLater, freshProject, pack } from "./project.ts";
import { BUDGETS, measure } from "./sizes.ts";
import { useInPage } from "./web.ts";

const PEERS = [
  ...["viem", "ethers", "typescript", "react", "react-dom", "wagmi", "@tanstack/react-query"],
  ...["@types/react", "@types/node", "hardhat"],
] as const;
const MODEL = join(root, "test/fixtures/models/digits.onnx");
const bin = (name: string): string => join(root, "node_modules/.bin", name);

const folder = mkdtempSync(join(tmpdir(), "assay-package-"));
const folders = [folder];
const failures: string[] = [];

async function stage(name: string, run: () => unknown): Promise<void> {
  const started = Date.now();
  try {
    const notes = await run();
    console.log(
      `ok   ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)${typeof notes === "string" ? notes : ""}`,
    );
  } catch (error) {
    failures.push(name);
    console.log(`FAIL ${name}\n${error instanceof Error ? error.message : String(error)}`);
  }
}

try {
  await stage(
    "build",
    () => execute(root, "npm", ["run", "--silent", "build", "--workspace", "sdk"]) && undefined,
  );
  const archive = pack(folder);
  await stage("publint --strict", () => execute(folder, bin("publint"), ["--strict", archive]) && undefined);
  await stage(
    "attw, node16 and bundler",
    () => execute(folder, bin("attw"), [archive, "--profile", "node16", "--format", "ascii"]) && undefined,
  );

  const project = freshProject(archive, PEERS);
  folders.push(project);
  await stage("no peer is installed as a dependency of ours", () => {
    const { dependencies, peerDependencies } = manifestOf(project);
    const both = Object.keys(peerDependencies).filter((name) => name in dependencies);
    if (both.length > 0) throw new Error(both.join(", "));
  });
  await stage("size", async () => {
    const sizes = await measure(project, BUDGETS);
    const over = sizes.filter(({ bytes, limit }) => bytes > limit || bytes <= 0);
    const lines = sizes.map(
      ({ title, bytes, limit }) => `\n       ${String(bytes).padStart(6)} of ${limit} bytes  ${title}`,
    );
    if (over.length > 0)
      throw new Error(`Over budget: ${over.map(({ title }) => title).join("; ")}${lines.join("")}`);
    return lines.join("");
  });
  // The compiler works beside the programs, most of which wait for chains.
  const typed = stage("types, nodenext and bundler", () =>
    Promise.all(
      ["nodenext", "bundler"].map((name) =>
        executeLater(project, bin("tsc"), ["--project", `types/tsconfig.${name}.json`]),
      ),
    ),
  );
  await stage("require()", () => expectOutput(project, "cjs/main.cjs", "cjs ok", {}));
  const chain = await startLocalNode({ cwd: root });
  try {
    await stage("import, and a request and a dispute on a chain", () =>
      expectOutput(project, "esm/main.mjs", "esm ok", { ASSAY_TEST_RPC: chain.url }),
    );
    await stage("an application that Vite builds", () => useInApplication(project, MODEL));
  } finally {
    await chain.stop();
  }
  await stage("guides, followed literally with the archive", () => followGuides(project, MODEL));
  await stage("the command", () => {
    const assay = (...args: readonly string[]): string =>
      execute(project, process.execPath, ["node_modules/.bin/assay", ...args]);
    if (!assay("--help").includes("Usage: assay")) throw new Error(assay("--help"));
    assay("model", "compile", MODEL, "--dim", "N=1", "--out", "digits");
    const { isRight } = JSON.parse(assay("model", "verify", "digits", "--json")) as { isRight: boolean };
    if (!isRight) throw new Error("The model that was compiled is not right");
  });
  await stage("a page without a build", () => useInPage(project, MODEL));
  await typed;
} finally {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
}
if (failures.length > 0) {
  console.log(`\n${failures.length} failed: ${failures.join("; ")}`);
  process.exitCode = 1;
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

function manifestOf(project: string): Manifest {
  return JSON.parse(readFileSync(join(project, "node_modules/@assay/sdk/package.json"), "utf8")) as Manifest;
}

function expectOutput(project: string, file: string, expected: string, env: Record<string, string>): void {
  const output = execute(project, process.execPath, [file], { ASSAY_TEST_MODEL: MODEL, ...env });
  if (output.trim() !== expected) throw new Error(output);
}
