/** Readers who do literally what a guide says: one folder, one terminal after the other. */

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { blocksOf } from "../../test/support/markdown.ts";

/** A guide is not followed to its end: a command fails, a program prints something else, or a daemon does not come up. */
export class GuideFailure extends Error {
  override readonly name = "GuideFailure";
}

export interface Desk {
  /** Where everything is written and run; the guide's files are in it already. */
  readonly folder: string;
  /** Where the first `npx` is found that the guide's commands mean. Default: that of the PATH. */
  readonly bin?: string;
}

/** A program that stays, or that has ended. */
interface Running {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

/** How long a daemon may take until it says that it is there, in milliseconds. */
const START_TIMEOUT = 600_000;

/**
 * Writes every file, runs every command and every program of a guide, and compares what it says that they print.
 *
 * @throws {GuideFailure} naming the block, with all that it has printed
 */
export async function follow(guide: string, desk: Desk): Promise<void> {
  const reader = new Reader(desk, await freePort());
  try {
    let printed: string | undefined;
    for (const [index, { language, note, code }] of blocksOf(guide).entries()) {
      if (language === "sh" && note === "terminal") await reader.open(code);
      else if (language === "sh") await reader.run(code);
      else if (language === "ts") printed = await reader.execute(`block-${index}.ts`, code);
      else if (note !== "") reader.write(note, code);
      else if (printed !== undefined) {
        if (printed.trim() !== code.trim())
          throw new GuideFailure(`It says\n${code}\nbut what is printed is\n${printed}`);
        printed = undefined;
      }
    }
    if (printed !== undefined) throw new GuideFailure(`It does not show the output of a program: ${printed}`);
  } finally {
    await reader.close();
  }
}

class Reader {
  readonly #desk: Desk;
  readonly #port: number;
  readonly #terminals: Running[] = [];

  constructor(desk: Desk, port: number) {
    this.#desk = desk;
    this.#port = port;
  }

  /** Others may have a chain on the port that the guides name. */
  #here(text: string): string {
    return text.replaceAll("8545", String(this.#port));
  }

  write(name: string, content: string): void {
    writeFileSync(join(this.#desk.folder, name), this.#here(content));
  }

  #start(program: string, args: readonly string[]): Running {
    const { folder, bin } = this.#desk;
    const path = [...(bin === undefined ? [] : [bin]), process.env.PATH].join(delimiter);
    const child = spawn(program, args, {
      cwd: folder,
      env: { ...process.env, PATH: path },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, as a terminal gives it: npx does not pass on what it alone is told.
      detached: true,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString();
      });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    return { child, output: () => output, ended };
  }

  /** Commands that end. */
  async run(code: string): Promise<void> {
    await this.#finish(code, this.#start("bash", ["-euo", "pipefail", "-c", this.#here(code)]));
  }

  /** A command that stays, in a terminal of its own; goes on when it has said that it is there. */
  async open(code: string): Promise<void> {
    const settings = existsSync(join(this.#desk.folder, "assay.yaml"))
      ? "export ASSAY_CONFIG=assay.yaml; "
      : "";
    const running = this.#start("bash", ["-c", `${settings}exec ${this.#here(code)}`]);
    this.#terminals.push(running);
    const sign = code.includes("devnet") ? /requester/ : /"msg":"started"/;
    const end = Date.now() + START_TIMEOUT;
    while (!sign.test(running.output())) {
      if (running.child.exitCode !== null || Date.now() > end)
        throw new GuideFailure(`${code}\n${running.output()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** A program; returns what it prints. */
  async execute(name: string, code: string): Promise<string> {
    this.write(name, code);
    return this.#finish(code, this.#start(process.execPath, [name]));
  }

  async #finish(code: string, { output, ended }: Running): Promise<string> {
    const status = await ended;
    if (status !== 0) throw new GuideFailure(`${code}\nended with ${status}:\n${output()}`);
    return output();
  }

  async close(): Promise<void> {
    for (const { child, ended } of this.#terminals.reverse()) {
      interrupt(child);
      await ended;
    }
  }
}

/** What Ctrl-C does in a terminal: all programs of the group are told, those that it has started among them. */
function interrupt({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGINT");
  } catch (error) {
    // All of them have ended already.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
