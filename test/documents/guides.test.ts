import { type ChildProcess, spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/check/check.ts";
import { buildSdk } from "../support/command.ts";
import { blocksOf } from "../support/markdown.ts";

const SDK = join(root, "sdk");
const GUIDES = ["README.md", ...readdirSync(join(SDK, "docs")).map((name) => `docs/${name}`)];

/** A program that stays, or that has ended. */
interface Running {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

/** A reader who follows a guide literally: one folder, one terminal after the other. */
class Reader {
  readonly #folder = mkdtempSync(join(root, ".guide-"));
  readonly #port: number;
  readonly #terminals: Running[] = [];

  constructor(port: number) {
    this.#port = port;
    copyFileSync(join(root, "test/fixtures/models/digits.onnx"), join(this.#folder, "digits.onnx"));
    mkdirSync(join(this.#folder, ".bin"));
    const npx = `#!/bin/sh\nshift\nexec "${process.execPath}" "${join(SDK, "bin/assay.js")}" "$@"\n`;
    writeFileSync(join(this.#folder, ".bin/npx"), npx, { mode: 0o755 });
  }

  /** Other tests may have a chain on the port that the guides name. */
  #here(text: string): string {
    return text.replaceAll("8545", String(this.#port));
  }

  write(name: string, content: string): void {
    writeFileSync(join(this.#folder, name), this.#here(content));
  }

  #start(program: string, args: readonly string[]): Running {
    const env = { ...process.env, PATH: `${join(this.#folder, ".bin")}:${process.env.PATH}` };
    const child = spawn(program, args, { cwd: this.#folder, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString();
      });
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    return { child, output: () => output, ended };
  }

  /** Commands that end. */
  async run(code: string): Promise<void> {
    const { output, ended } = this.#start("bash", ["-euo", "pipefail", "-c", this.#here(code)]);
    expect(await ended, `${code}\n${output()}`).to.equal(0);
  }

  /** A command that stays, in a terminal of its own; goes on when it has said that it is there. */
  async open(code: string): Promise<void> {
    const settings = existsSync(join(this.#folder, "assay.yaml")) ? "export ASSAY_CONFIG=assay.yaml; " : "";
    const running = this.#start("bash", ["-c", `${settings}exec ${this.#here(code)}`]);
    this.#terminals.push(running);
    const sign = code.includes("devnet") ? /requester/ : /"msg":"started"/;
    const end = Date.now() + 120_000;
    while (!sign.test(running.output())) {
      if (running.child.exitCode !== null || Date.now() > end) expect.fail(`${code}\n${running.output()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** A program; returns what it prints. */
  async execute(name: string, code: string): Promise<string> {
    this.write(name, code);
    const { output, ended } = this.#start(process.execPath, [name]);
    expect(await ended, `${code}\n${output()}`).to.equal(0);
    return output();
  }

  async close(): Promise<void> {
    for (const { child, ended } of this.#terminals.reverse()) {
      child.kill("SIGTERM");
      await ended;
    }
    rmSync(this.#folder, { recursive: true });
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

describe("the SDK's guides", () => {
  before(() => buildSdk());

  for (const guide of GUIDES) {
    it(`default: ${guide} works when it is followed literally`, async () => {
      const blocks = blocksOf(readFileSync(join(SDK, guide), "utf8"));
      const reader = new Reader(await freePort());
      try {
        let printed: string | undefined;
        for (const [index, { language, note, code }] of blocks.entries()) {
          if (language === "sh" && note === "terminal") await reader.open(code);
          else if (language === "sh") await reader.run(code);
          else if (language === "ts") printed = await reader.execute(`block-${index}.ts`, code);
          else if (note !== "") reader.write(note, code);
          else if (printed !== undefined) {
            expect(printed.trim()).to.equal(code.trim());
            printed = undefined;
          }
        }
        expect(printed, "a program whose output the guide does not show").to.equal(undefined);
      } finally {
        await reader.close();
      }
    });
  }

  it("default: every link leads somewhere, and every subpath is named", () => {
    const exported = Object.keys(JSON.parse(readFileSync(join(SDK, "package.json"), "utf8")).exports);
    for (const name of [...GUIDES, "llms.txt", "CHANGELOG.md"]) {
      const text = readFileSync(join(SDK, name), "utf8");
      for (const [, path = ""] of text.matchAll(/\]\((?!https?:)([^)#]+)\)/g))
        expect(() => readFileSync(join(SDK, dirname(name), path)), `${name}: ${path}`).to.not.throw();
      for (const [, path] of text.matchAll(/@assay\/sdk(\/[a-z]+)/g))
        expect(exported, name).to.include(`.${path}`);
    }
    const readme = readFileSync(join(SDK, "README.md"), "utf8");
    for (const path of exported.filter((name) => name !== "." && name !== "./package.json"))
      expect(readme).to.contain(`\`${path.slice(1)}\``);
  });
});
