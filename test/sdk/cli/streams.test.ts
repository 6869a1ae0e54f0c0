import { spawn } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../../scripts/check/check.ts";
import { runCommand, runNode } from "../../support/command.ts";

const MAIN = join(root, "sdk/src/cli/main.ts");
const WORKER = join(root, "sdk/src/cli/progress-worker.ts");

/** A shell's line, in which `assay` is the command from its sources. */
function inShell(line: string): ReturnType<typeof runCommand> {
  const command = `assay() { "${process.execPath}" "${MAIN}" "$@"; }; ${line}`;
  return runCommand("bash", ["-c", command]);
}

/** What a progress bar of some width draws until it has drawn twice, line by line. */
async function drawn(columns: number): Promise<readonly string[]> {
  const title = "a title that is longer than many a terminal is wide, as a hash of a transaction is";
  const program = `
    import { Worker } from "node:worker_threads";
    const done = new SharedArrayBuffer(4);
    const workerData = { title: ${JSON.stringify(title)}, total: 3, done, columns: ${columns} };
    new Worker(${JSON.stringify(WORKER)}, { workerData, execArgv: [] });
  `;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let lines: readonly string[] = [];
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    lines = stderr.split(/\u001b\[[0-9;?]*[A-Za-z]|\u001b7|[\r\n]/).filter((text) => text !== "");
    if (lines.length > 1) child.kill();
  });
  await new Promise((resolve) => child.once("close", resolve));
  return lines;
}

describe("assay and its streams", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "assay-"));
    writeFileSync(join(folder, "pw"), "a password of many words\n");
  });

  after(() => rmSync(folder, { recursive: true }));

  it("behavior: whoever stops reading what is printed, or what goes wrong, changes no exit code", async () => {
    const read = await inShell("set -o pipefail; assay --help | head -n 1; echo $?");
    expect(read.stdout).to.match(/^Usage: assay.*\n0\n$/);
    expect(read.stderr).to.equal("");
    const unread = await inShell(
      "{ assay keys address nowhere.json 2>&1 >&3 3>&-; echo $? >&4; } 3>&1 4>&1 | cat",
    );
    expect(unread.stdout).to.match(/2\n/);
    const closed = await inShell("exec 2>&-; assay keys address nowhere.json; echo $?");
    expect(closed.stdout).to.equal("2\n");
  });

  it("behavior: errors into a pipe that nobody reads", async () => {
    const child = spawn(process.execPath, [MAIN, "keys", "address", "nowhere.json"], {
      cwd: root,
      stdio: ["ignore", "ignore", "pipe"],
    });
    child.stderr?.destroy();
    expect(await new Promise((resolve) => child.once("close", resolve))).to.equal(2);
  });

  it("error: an output that takes nothing, as a full disk does, is one line and no success", async () => {
    const full = openSync(join(folder, "pw"), "r");
    const child = spawn(process.execPath, [MAIN, "--version"], { stdio: ["ignore", full, "pipe"] });
    let stderr = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    expect(await new Promise((resolve) => child.once("close", resolve))).to.equal(1);
    expect(stderr).to.equal("OUTPUT_FAILED: What is printed cannot be written (EBADF).\n");
  });

  it("error: a standard input that is closed, empty or endless is no key", async () => {
    const out = join(folder, "k.json");
    const command = `assay keys import --out ${out} --password-file ${join(folder, "pw")}`;
    for (const line of [`${command} <&-`, `${command} < /dev/null`, `yes | ${command}`]) {
      const { code, stderr } = await inShell(line);
      expect([line, code]).to.deep.equal([line, 1]);
      expect(stderr).to.match(/^KEYSTORE_KEY_INVALID: /);
    }
    expect(() => readFileSync(out)).to.throw();
  });

  it("error: an endpoint that does not answer is named as such, by the command that makes a chain too", async () => {
    const devnet = ["devnet", "--url", "http://127.0.0.1:1", "--out", join(folder, "net"), "--json"];
    const { code, stdout } = await runNode(MAIN, ...devnet);
    expect([code, JSON.parse(stdout).error.code]).to.deep.equal([1, "NODE_UNREACHABLE"]);
  });

  it("behavior: a progress bar keeps to one line of a narrow terminal", async () => {
    for (const columns of [1, 24, 80]) {
      const lines = await drawn(columns);
      expect(lines.length).to.be.greaterThan(1);
      for (const line of lines) expect(line.length, line).to.be.at.most(Math.max(1, columns - 1));
    }
  });
});
