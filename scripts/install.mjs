// Runs after `npm ci` and `npm install`. Plain JavaScript without dependencies, and valid on Node 20, because nothing
// can be assumed to be installed yet.
//
// 1. Repairs what npm leaves out when it runs under Node 20: it skips Hardhat's native binding, because that asks for
//    Node 22, although the project runs on the Node 24 which npm has just installed.
// 2. Builds the SDK's JavaScript, so that `@assay/sdk/compiler` and the `assay` command work after `npm ci` alone.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const node = join(modules, "node", "bin", process.platform === "win32" ? "node.exe" : "node");

/** Runs a program quietly; its output is shown only when it fails. */
function run(program, args, options) {
  const result = spawnSync(program, args, { cwd: root, encoding: "utf8", ...options });
  const ok = result.status === 0;
  return {
    ok,
    output: ok ? "" : [result.error?.message, result.stdout, result.stderr].filter(Boolean).join("\n"),
  };
}

function fail(title, output, hint) {
  console.error(`\ninstall: ${title}\n${output.trim()}\n\n${hint}\n`);
  process.exit(1);
}

const loadsBinding = () => run(node, ["--eval", "require('@nomicfoundation/edr')"]);

/** The environment without what the outer npm tells its scripts, which would steer the inner npm. */
function environmentWithoutNpm() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
}

function repairBinding() {
  const before = loadsBinding();
  if (before.ok) return;

  const npm = process.env.npm_execpath;
  if (!npm?.endsWith(".js")) {
    fail("Hardhat's native binding is missing.", before.output, "Install with npm: `npm ci`.");
  }
  const repair = run(node, [npm, "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"], {
    env: environmentWithoutNpm(),
  });
  if (!repair.ok) {
    fail(
      "Hardhat's native binding could not be added.",
      repair.output,
      "Run `npm ci` again, or use Node 22 or newer.",
    );
  }
  const after = loadsBinding();
  if (!after.ok) {
    fail(
      `Hardhat has no native binding for this machine (${process.platform} ${process.arch}).`,
      after.output,
      "It supports Linux, macOS and Windows on x64, and Linux and macOS on arm64.",
    );
  }
}

function buildSdk() {
  const sdk = join(root, "sdk");
  if (!existsSync(join(sdk, "src")) || !existsSync(join(sdk, "tsup.config.ts"))) return;

  const tsup = join(modules, "tsup", "dist", "cli-default.js");
  const build = run(node, [tsup, "--no-dts", "--silent"], { cwd: sdk });
  if (!build.ok) {
    fail(
      "The SDK could not be built.",
      build.output,
      "Correct it and run `npm run build:js --workspace sdk`.",
    );
  }
}

if (!existsSync(node)) {
  fail(
    "The pinned Node.js is missing.",
    `Not found: ${node}`,
    "Install scripts must be allowed and development dependencies installed: `npm ci --ignore-scripts=false --include=dev`.",
  );
}
repairBinding();
buildSdk();
