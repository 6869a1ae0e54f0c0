/** A real node in a process of its own: mines at intervals, can be stopped and started again, and can replace its last blocks. */

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { childOf } from "./processes.ts";

const PACKAGE = "@foundry-rs/anvil@1.7.1";

/** How long a node may take to load its chain. */
const START_MS = 60_000;

export interface AnvilOptions {
  /** Where the chain is kept while the node is down. */
  readonly folder: string;
  /** Seconds of this computer between two blocks. */
  readonly blockSeconds: number;
}

/** The node cannot be had on this machine. */
export class AnvilMissingError extends Error {
  override readonly name = "AnvilMissingError";
}

/**
 * The program, from the package registry: there is one for Linux on x64 only, so it cannot be a dependency of everybody.
 *
 * @throws {AnvilMissingError}
 */
export async function findAnvil(): Promise<string> {
  const where = `require("node:fs").realpathSync(process.env.PATH.split(":").map((p) => p + "/anvil").find((p) => require("node:fs").existsSync(p)))`;
  const args = ["exec", "--yes", `--package=${PACKAGE}`, "-c", `node -p '${where}'`];
  try {
    const { stdout } = await promisify(execFile)("npm", args, { timeout: 120_000 });
    return stdout.trim().split("\n").at(-1) as string;
  } catch (cause) {
    throw new AnvilMissingError(`${PACKAGE} cannot be installed or does not run on this machine.`, { cause });
  }
}

export class Anvil {
  readonly url: string;
  readonly #program: string;
  readonly #port: number;
  readonly #options: AnvilOptions;
  #child: ChildProcess | undefined;
  /** The head when the node was started. */
  #firstBlock = 0;
  #chainSeconds: number | undefined;
  #tick: NodeJS.Timeout | undefined;

  private constructor(program: string, port: number, options: AnvilOptions) {
    this.#program = program;
    this.#port = port;
    this.#options = options;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async create(options: AnvilOptions): Promise<Anvil> {
    const anvil = new Anvil(await findAnvil(), await freePort(), options);
    await anvil.start();
    return anvil;
  }

  /** Starts the node, with the chain that it had when it was stopped. Blocks come as soon as there is something to include until {@link pace}. */
  async start(): Promise<void> {
    for (let attempt = 0; attempt < 10; attempt++) {
      if (await this.#tryToStart()) {
        this.#firstBlock = await this.#height();
        return this.#applyPace();
      }
      await this.stop();
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    throw new AnvilMissingError("anvil does not answer.");
  }

  /** Says whether it answers; it ends at once while somebody else has its port. */
  async #tryToStart(): Promise<boolean> {
    const chain = ["--host", "127.0.0.1", "--port", String(this.#port), "--accounts", "16"];
    // The latest state alone: with those of all blocks, writing it down takes longer every time.
    const state = ["--state", join(this.#options.folder, "chain.json")];
    // The package's program is a Node.js wrapper, which hands a termination on to the node itself only by its group.
    const child = spawn(process.execPath, [this.#program, ...chain, ...state, "--silent"], {
      stdio: "ignore",
      detached: true,
    });
    this.#child = child;
    const end = Date.now() + START_MS;
    while (child.exitCode === null && Date.now() < end) {
      if ((await this.rpc("eth_chainId").catch(() => undefined)) !== undefined) return true;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return false;
  }

  /** From now on a block is mined every `blockSeconds`, and is `chainSeconds` later than the one before. Can be called again. */
  async pace(chainSeconds: number): Promise<void> {
    if (this.#chainSeconds === chainSeconds) return;
    this.#chainSeconds = chainSeconds;
    await this.#applyPace();
    // The node's own interval takes whole seconds only.
    this.#tick ??= setInterval(() => {
      if (this.#child !== undefined) void this.rpc("evm_mine").catch(() => {});
    }, this.#options.blockSeconds * 1_000);
  }

  /** What a node forgets when it is stopped. */
  async #applyPace(): Promise<void> {
    if (this.#chainSeconds === undefined) return;
    await this.rpc("evm_setAutomine", false);
    await this.rpc("anvil_setBlockTimestampInterval", this.#chainSeconds);
  }

  /** Process of the node itself, which the package's program has started. */
  get pid(): number | undefined {
    return this.#child?.pid === undefined ? undefined : (childOf(this.#child.pid) ?? this.#child.pid);
  }

  /** Ends the node; the chain is written down. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child?.pid === undefined || child.exitCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    process.kill(-child.pid, "SIGTERM");
    await ended;
  }

  async close(): Promise<void> {
    clearInterval(this.#tick);
    await this.stop();
  }

  /**
   * Replaces the last blocks by others without their transactions. Says whether it did: anvil loses all state with blocks from before it was started.
   */
  async reorganise(depth: number): Promise<boolean> {
    if ((await this.#height()) - depth <= this.#firstBlock) return false;
    await this.rpc("anvil_reorg", depth, []);
    return true;
  }

  async #height(): Promise<number> {
    return Number(await this.rpc("eth_blockNumber"));
  }

  async rpc(method: string, ...params: readonly unknown[]): Promise<unknown> {
    const response = await fetch(this.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
      signal: AbortSignal.timeout(30_000),
    });
    const { result, error } = (await response.json()) as { result?: unknown; error?: { message: string } };
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  }
}

/**
 * A port on which nobody listens, below those that connections are made from: whoever asks in vain for a node that is down could otherwise be given the node's own
 * port to ask from, and keep it from coming back.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = 10_000 + Math.floor(20_000 * Math.random());
    if (await isFree(port)) return port;
  }
  throw new AnvilMissingError("there is no port for anvil.");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
