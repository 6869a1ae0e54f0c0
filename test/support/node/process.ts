/** A daemon as a process of its own, from the command line. */

import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/check/check.ts";
import { type Person, type Scene, until } from "./scene.ts";

export interface DaemonProcess {
  /** Ends with the exit code, or with the signal that has ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  readonly pid: number;
  kill(signal: NodeJS.Signals): void;
  /** What it has logged. */
  lines(): readonly Record<string, unknown>[];
  /** What it has written past its log. */
  stderr(): string;
}

const START_SECONDS = 240;

/** Starts `assay operator run` or `assay challenger run`, and waits until it works. */
export async function startProcess(
  scene: Scene,
  role: "operator" | "challenger",
  person: Person,
  settings: object = {},
): Promise<DaemonProcess> {
  const config = join(scene.folder, `${person}.config.json`);
  const content = {
    ...{ rpcUrls: [scene.url], deployment: join(scene.folder, "deployment.json"), pollSeconds: 0.1 },
    ...{ keystore: join(scene.folder, `${person}.json`), passwordFile: join(scene.folder, "password") },
    ...{ dataDir: join(scene.folder, `${person}-process`), models: [join(scene.folder, "models")] },
    ...{ metricsPort: 0, reorgDepth: 8, ...settings },
  };
  writeFileSync(config, JSON.stringify(content));
  const args = [join(root, "sdk/src/cli/main.ts"), role, "run", "--config", config];
  // The same files are loaded by every process, from their sources.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(root, ".scratch/compile-cache") };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].on("data", (chunk: Buffer) => {
      texts[name] += chunk.toString();
    });
  const ended = new Promise<number | NodeJS.Signals>((resolve) =>
    child.once("close", (code, signal) => resolve(code ?? (signal as NodeJS.Signals))),
  );
  const lines = (): readonly Record<string, unknown>[] =>
    texts.stdout.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : []));
  const isStarted = (): boolean => {
    if (child.exitCode !== null) throw new Error(`${role} ended: ${texts.stdout}${texts.stderr}`);
    return lines().some(({ msg }) => msg === "started");
  };
  await until(`${role} started`, isStarted, START_SECONDS);
  return {
    ...{ ended, lines, pid: child.pid as number, stderr: () => texts.stderr },
    kill: (signal) => void child.kill(signal),
  };
}
