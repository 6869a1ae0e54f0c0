/** Runs programs as a user would. */

import { spawn } from "node:child_process";
import { root } from "../../scripts/check/check.ts";

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program in the repository, without a shell and without input. */
export function runCommand(program: string, args: readonly string[]): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** Runs a script of the repository on the Node.js that runs the tests. */
export function runNode(...args: readonly string[]): Promise<CommandResult> {
  return runCommand(process.execPath, args);
}

let built: Promise<void> | undefined;

/** Builds the package once, for the tests that use it as its users do. */
export function buildSdk(): Promise<void> {
  built ??= runCommand("npm", ["run", "--silent", "build:js", "--workspace", "sdk"]).then(
    ({ code, stdout, stderr }) => {
      if (code !== 0) throw new Error(stdout + stderr);
    },
  );
  return built;
}
