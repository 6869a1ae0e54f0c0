/** The daemons of a soak, each in a process of its own, so that killing one is what killing a daemon is. */

import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, rmSync, type WriteStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../check/check.ts";
import type { MemberConfig } from "./member.ts";

export class Member {
  readonly name: string;
  readonly config: MemberConfig;
  /** Times that it was killed, and of those, times that its store was deleted as well. */
  kills = 0;
  amnesias = 0;
  /** Times that it ended on its own, which it never should. */
  readonly crashes: string[] = [];
  readonly #log: WriteStream;
  #child: ChildProcess | undefined;
  #isWanted = false;
  #ready: Promise<void> = Promise.resolve();
  #port: number | undefined;

  constructor(name: string, config: MemberConfig, logFolder: string) {
    this.name = name;
    this.config = config;
    this.#log = createWriteStream(join(logFolder, `${name}.log`), { flags: "a" });
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Ends when the daemon works that was started last. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** Seconds from a transaction's signature to the look that saw it included, on average; the daemon has to be ready. */
  async confirmationSeconds(): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${this.#port}/metrics`)).text();
    const read = (name: string): number =>
      Number(new RegExp(`^assay_tx_confirmed_latency_ms_${name}\\{.*\\} (.*)$`, "m").exec(text)?.[1]);
    return read("sum") / read("count") / 1_000;
  }

  start(): void {
    this.#isWanted = true;
    const program = join(root, "scripts/soak/member.ts");
    const child = spawn(process.execPath, [program, JSON.stringify(this.config)], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    this.#ready = new Promise((resolve) => {
      createInterface(child.stdout).on("line", (line) => {
        if (!line.includes('"msg":"started"')) return;
        this.#port = (JSON.parse(line) as { readonly port: number }).port;
        resolve();
      });
    });
    child.stdout.pipe(this.#log, { end: false });
    child.stderr.pipe(this.#log, { end: false });
    child.once("exit", (code, signal) => {
      if (this.#child !== child || !this.#isWanted) return;
      this.crashes.push(`${this.name} ended with ${code ?? signal}`);
      this.start();
    });
  }

  /** Ends the process at once, wherever it is. */
  async kill({ amnesia = false } = {}): Promise<void> {
    this.kills++;
    await this.#end("SIGKILL");
    if (!amnesia) return;
    this.amnesias++;
    rmSync(this.config.dataDir, { recursive: true, force: true });
  }

  /** Ends the process as an operating system would; returns the exit code. */
  async stop(): Promise<number | null> {
    const code = await this.#end("SIGTERM");
    this.#log.end();
    return code;
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    this.#isWanted = false;
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null)
      return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.kill(signal);
    return ended;
  }
}
