/** The command line on a chain of its own: a folder, a local network, and the keys of its people. */

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { defineChain, type Hex } from "viem";
import { root } from "../../scripts/check/check.ts";
import { imageToInput, loadMnist } from "../../scripts/train/data.ts";
import { type Deployment, defineDeployment } from "../../sdk/src/addresses.ts";
import { encryptKey } from "../../sdk/src/node/keystore.ts";
import { writeKeystore } from "../../sdk/src/node/keystore-file.ts";
import { readModelDirectory } from "../../sdk/src/node/model-directory.ts";
import { writeNpy } from "../../sdk/src/node/npy.ts";
import { flipOutputBit, traceWith } from "../../sdk/src/testing/lie.ts";
import { type LocalNode, startLocalNode } from "../../sdk/src/testing/local-node.ts";
import { clientOf, type LocalClient, type Person } from "../../sdk/src/testing/people.ts";
import type { CommandResult } from "./command.ts";

/** The model that the commands are about. */
export const DIGITS = join(root, "test/fixtures/models/digits.onnx");

const PASSWORD = "a password of many words";

export class CommandScene {
  readonly folder: string;
  readonly #node: LocalNode;
  readonly #env: Readonly<Record<string, string>>;
  #deployment: Deployment | undefined;
  #profileId: Hex = "0x";

  private constructor(folder: string, node: LocalNode) {
    this.folder = folder;
    this.#node = node;
    this.#env = {
      ASSAY_RPC_URLS: node.url,
      ASSAY_DEPLOYMENT: "devnet/deployment.json",
      ASSAY_PASSWORD_FILE: "pw",
    };
  }

  /** Starts a chain, deploys everything, writes keystores of some people, compiles the model, and writes an image. */
  static async create(people: readonly Person[]): Promise<CommandScene> {
    const folder = mkdtempSync(join(tmpdir(), "assay-"));
    const scene = new CommandScene(folder, await startLocalNode({ cwd: root }));
    writeFileSync(scene.path("pw"), `${PASSWORD}\n`);
    const { profileId } = await scene.json(0, "devnet", "--url", scene.url, "--out", "devnet");
    scene.#profileId = profileId;
    scene.#deployment = defineDeployment(
      JSON.parse(readFileSync(scene.path("devnet/deployment.json"), "utf8")),
    );
    for (const name of people) {
      const key = readFileSync(scene.path(`devnet/${name}.key`), "utf8").trim() as Hex;
      await writeKeystore(scene.path(`${name}.json`), await encryptKey(PASSWORD, key, { scryptN: 2 }));
    }
    await scene.json(0, "model", "compile", DIGITS, "--dim", "N=1", "--out", "digits");
    const { images } = loadMnist("test");
    const image = { type: "float32", dims: [1, 1, 28, 28], data: imageToInput(images, 0) } as const;
    await writeNpy(scene.path("image.npy"), image);
    return scene;
  }

  get url(): string {
    return this.#node.url;
  }

  get profileId(): Hex {
    return this.#profileId;
  }

  get deployment(): Deployment {
    if (this.#deployment === undefined) throw new Error("Nothing is deployed yet");
    return this.#deployment;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** The command from its sources, in the scene's folder, with its environment only. */
  run(
    args: readonly string[],
    input = "",
    env: Readonly<Record<string, string>> = this.#env,
  ): Promise<CommandResult> {
    return new Promise((resolve, reject) => {
      const program = [join(root, "sdk/src/cli/main.ts"), ...args];
      // The same files are loaded by every command, from their sources.
      const cache = join(root, ".scratch/compile-cache");
      const variables = { PATH: process.env.PATH, NODE_COMPILE_CACHE: cache, ...env };
      const child = spawn(process.execPath, program, { cwd: this.folder, env: variables, stdio: "pipe" });
      const texts = { stdout: "", stderr: "" };
      for (const name of ["stdout", "stderr"] as const)
        child[name].on("data", (chunk: Buffer) => {
          texts[name] += chunk.toString();
        });
      child.once("error", reject);
      child.once("close", (code) => resolve({ code, ...texts }));
      child.stdin.end(input);
    });
  }

  /** Runs it with `--json` and gives what it printed. */
  // biome-ignore lint/suspicious/noExplicitAny: every command prints something else
  async json(code: number, ...args: readonly string[]): Promise<any> {
    const result = await this.run([...args, "--json"]);
    expect(result.code, `${args.join(" ")}\n${result.stdout}${result.stderr}`).to.equal(code);
    return JSON.parse(result.stdout);
  }

  person(name: Person): LocalClient {
    const chain = defineChain({
      id: this.deployment.chainId,
      name: "local",
      nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
      rpcUrls: { default: { http: [this.url] } },
    });
    return clientOf(this.url, chain, this.deployment, name);
  }

  /** Asks as the requester. */
  async ask(...more: readonly string[]): Promise<Hex> {
    const ask = ["request", "send", "--model", "digits", "--input", "image=image.npy"];
    const from = ["--profile", this.profileId, "--keystore", "requester.json"];
    return (await this.json(0, ...ask, ...from, ...more)).results[0].requestId;
  }

  /** Has the liar accept a request and commit to another output than the model's. */
  async lie(requestId: Hex): Promise<ReturnType<typeof traceWith>> {
    const liar = this.person("liar");
    const { model } = await readModelDirectory(this.path("digits"));
    const input = await liar.getInput({ requestId });
    await liar.waitForTransactionReceipt({ hash: await liar.acceptRequest({ requestId }) });
    const lie = traceWith(model, input, flipOutputBit(model));
    const hash = await liar.commitResult({ requestId, output: lie.outputBytes });
    await liar.waitForTransactionReceipt({ hash });
    return lie;
  }

  async close(): Promise<void> {
    await this.#node.stop();
    rmSync(this.folder, { recursive: true });
  }
}
