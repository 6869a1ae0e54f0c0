import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../../scripts/check/check.ts";

const ROUNDS = 12;

describe("sdk/node: log output", () => {
  let child: ChildProcess;

  beforeEach(() => {
    child = fork(join(root, "test/support/node/talkative.ts"), {
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    });
  });

  afterEach(() => {
    child.kill("SIGKILL");
  });

  const rounds = (count: number): Promise<void> =>
    new Promise((resolve) => child.on("message", (round) => Number(round) >= count && resolve()));
  const exitCode = async (): Promise<unknown> => {
    const ended = once(child, "exit");
    child.disconnect();
    return (await ended)[0];
  };

  it("behavior: a daemon whose log nobody reads goes on, and ends when it wants to", async () => {
    await rounds(ROUNDS);
    expect(await exitCode()).to.equal(7);
  });

  it("behavior: a daemon goes on whose reader is gone", async () => {
    child.stdout?.destroy();
    await rounds(ROUNDS);
    expect(await exitCode()).to.equal(7);
  });

  it("default: whoever reads gets whole lines in order, and is told how many were lost", async () => {
    let text = "";
    await rounds(ROUNDS);
    child.stdout?.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    await new Promise<void>((resolve) => {
      const look = setInterval(() => {
        if (!text.includes('"dropped":')) return;
        clearInterval(look);
        resolve();
      }, 20);
    });
    const lines = text
      .slice(0, text.lastIndexOf("\n"))
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.slice(0, 3).map(({ line }) => line)).to.deep.equal([0, 1, 2]);
    expect(lines.find(({ dropped }) => dropped > 0)).to.include({ level: "warn" });
  });
});
