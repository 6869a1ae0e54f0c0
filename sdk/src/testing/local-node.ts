import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { LocalNetworkError } from "./errors.ts";

/** A development chain behind JSON-RPC on a loopback port. */
export interface LocalNode {
  /** Where the node answers, with its protocol. */
  readonly url: string;
  /** Ends the process; doing it twice does no harm. */
  stop(): Promise<void>;
}

/** How a development chain is started. */
export interface LocalNodeOptions {
  /** Folder of the project whose Hardhat is started. Default: the current folder. */
  readonly cwd?: string;
  /** Port on 127.0.0.1. Default: a free one. */
  readonly port?: number;
  /** Milliseconds that the node may take to answer. Default 60,000. */
  readonly timeout?: number;
}

interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cleanUp: () => void;
}

/**
 * Starts a development chain: the Hardhat 3 that the project has installed, else an `anvil` on the PATH. It ends with `stop`, or with this process.
 *
 * @throws {LocalNetworkError} `LOCAL_NODE_MISSING` if neither is there, `LOCAL_NODE_FAILED` if it does not answer in time
 */
export async function startLocalNode(options: LocalNodeOptions = {}): Promise<LocalNode> {
  const { cwd = process.cwd(), timeout = 60_000 } = options;
  const port = await freePort(options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;
  const { program, args, cleanUp } = hardhatCommand(cwd, port) ?? anvilCommand(port) ?? missing(cwd);
  const child = spawn(program, args, { cwd, stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    complaint = `${complaint}${chunk.toString()}`.slice(-4_000);
  });
  const kill = (): void => {
    child.kill("SIGKILL");
    cleanUp();
  };
  process.once("exit", kill);
  const stop = async (): Promise<void> => {
    process.off("exit", kill);
    await ended(child);
    cleanUp();
  };

  const deadline = Date.now() + timeout;
  while (!(await answers(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new LocalNetworkError(
        "LOCAL_NODE_FAILED",
        `${program} did not answer on ${url}.`,
        "See the context for what it said; Hardhat 3 needs Node.js 22.13 or newer.",
        { context: { program, args, complaint: complaint.trim() } },
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, stop };
}

/** Hardhat takes a configuration only from inside of the project that it is installed in, so an empty one lies in a cache of that project. */
function hardhatCommand(cwd: string, port: number): Command | undefined {
  let root: string;
  try {
    root = dirname(createRequire(join(cwd, "package.json")).resolve("hardhat/package.json"));
  } catch {
    return undefined;
  }
  const cache = join(dirname(root), ".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "assay-testing-"));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}\n');
  writeFileSync(join(folder, "hardhat.config.js"), "export default {};\n");
  const config = join(folder, "hardhat.config.js");
  const node = ["node", "--hostname", "127.0.0.1", "--port", String(port)];
  return {
    program: process.execPath,
    args: [join(root, "dist/src/cli.js"), "--config", config, ...node],
    cleanUp: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function anvilCommand(port: number): Command | undefined {
  if (spawnSync("anvil", ["--version"], { stdio: "ignore" }).status !== 0) return undefined;
  return {
    program: "anvil",
    args: ["--host", "127.0.0.1", "--port", String(port), "--silent"],
    cleanUp: () => {},
  };
}

function missing(cwd: string): never {
  throw new LocalNetworkError(
    "LOCAL_NODE_MISSING",
    `There is neither Hardhat 3 in ${cwd} nor anvil on the PATH.`,
    "Run `npm install --save-dev hardhat`, or start a development chain yourself and pass its `url`.",
    { context: { cwd } },
  );
}

/** The port, if nobody listens on it; 0 stands for any. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (cause) => {
      const context = { port: wanted };
      const recovery = "Leave the port out, to have a free one.";
      reject(
        new LocalNetworkError("LOCAL_NODE_FAILED", `Port ${wanted} cannot be used.`, recovery, {
          cause,
          context,
        }),
      );
    });
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_chainId", params: [] });
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    return response.ok;
  } catch {
    return false;
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), 2_000).unref();
  });
}
