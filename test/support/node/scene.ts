/** A chain behind HTTP with the protocol on it, and daemons that know nothing but its address. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { network } from "hardhat";
import type { Address, Hex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { deposit } from "../../../sdk/src/actions/deposit.ts";
import { getRequest, type InferenceRequest } from "../../../sdk/src/actions/getRequest.ts";
import { parseRequestInferenceReceipt, requestInference } from "../../../sdk/src/actions/requestInference.ts";
import type { MachineModel } from "../../../sdk/src/machine/model.ts";
import { encryptKey } from "../../../sdk/src/node/keystore.ts";
import { writeKeystore } from "../../../sdk/src/node/keystore-file.ts";
import { writeModelDirectory } from "../../../sdk/src/node/model-directory.ts";
import type { Service, ServiceOptions } from "../../../sdk/src/node/service.ts";
import { type ChallengerConfig, startChallenger } from "../../../sdk/src/node/start-challenger.ts";
import { type OperatorConfig, startOperator } from "../../../sdk/src/node/start-operator.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { createProtocol, FEE, type Protocol } from "../sdk.ts";
import { squaresInputs, squaresModel } from "../squares.ts";

/** Keys of the chain's first accounts: the operator's, the challenger's, and two more. */
export const KEYS = {
  operator: "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
  challenger: "0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6",
  stranger: "0x47e179ec197488593b187f80a00eb0da91f1b9d0b13f8733639f19c30a34926a",
  other: "0x8b3a350cf5c34c9194ca85829a2df0ec3153be0318b5e2d3348e872092edffba",
} as const satisfies Record<string, Hex>;
export type Person = keyof typeof KEYS;

const PASSWORD = "for tests only";

export class Scene {
  readonly protocol: Protocol;
  readonly folder: string;
  readonly url: string;
  /** Everything that the daemons have logged. */
  readonly lines: Record<string, unknown>[] = [];
  readonly #close: () => Promise<void>;
  readonly #services: Service[] = [];

  private constructor(protocol: Protocol, folder: string, url: string, close: () => Promise<void>) {
    this.protocol = protocol;
    this.folder = folder;
    this.url = url;
    this.#close = close;
  }

  /** On a chain of its own, or on that of a node with the development accounts. */
  static async create(model: MachineModel = squaresModel, node?: string): Promise<Scene> {
    const server = node === undefined ? await network.createServer("default", "127.0.0.1", 0) : undefined;
    const { address, port } = (await server?.listen()) ?? {};
    const url = node ?? `http://${address}:${port}`;
    const connection = await network.create({ network: "localhost", override: { url } });
    const protocol = await createProtocol(model, connection as never);
    const folder = mkdtempSync(join(tmpdir(), "assay-node-"));
    await writeModelDirectory(join(folder, "models", "squares"), {
      ...{ name: "squares", model, stepInfos: [] },
    });
    writeFileSync(join(folder, "password"), PASSWORD);
    for (const [person, key] of Object.entries(KEYS)) {
      await writeKeystore(
        join(folder, `${person}.json`),
        await encryptKey(PASSWORD, key, { scryptN: 2 ** 4 }),
      );
    }
    const { deployment } = protocol;
    const file = { ...deployment, startBlock: Number(deployment.startBlock) };
    writeFileSync(join(folder, "deployment.json"), JSON.stringify(file));
    return new Scene(protocol, folder, url, async () => {
      await connection.close();
      await server?.close();
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#services.map((service) => service.stop()));
    await this.#close();
    rmSync(this.folder, { recursive: true });
  }

  addressOf(person: Person): Address {
    return privateKeyToAccount(KEYS[person]).address;
  }

  /** What every daemon is configured with. */
  config(person: Person, directory: string = person) {
    return {
      ...{ rpcUrls: [this.url], quorum: undefined, deployment: join(this.folder, "deployment.json") },
      ...{ rpcTimeoutSeconds: 5, keystore: join(this.folder, `${person}.json`), signerUrl: undefined },
      ...{ passwordFile: join(this.folder, "password"), account: undefined },
      ...{ dataDir: join(this.folder, directory), models: [join(this.folder, "models")], pollSeconds: 0.05 },
      ...{ reorgDepth: 8, blockRange: 1_000, workers: 1, runSeconds: 60, maxMemoryMb: 256 },
      ...{ alertUrls: [], alertSecretFile: undefined, lowGas: 0.05 },
      ...{ inputSeconds: 1, ipfsGateway: undefined, allowPrivateInputs: false },
      ...{ metricsHost: "127.0.0.1", metricsPort: 0, drainSeconds: 5 },
      logLevel: "debug" as const,
      logFormat: "json" as const,
      ...{ submitRpcUrls: [], submitBlocks: 25, submitFallback: false },
      ...{ maxTipGwei: 50, clockMarginSeconds: 600 },
      ...{ maxFeeGwei: 100, tipGwei: 1, bumpPercent: 25, bumpSeconds: 5, maxInFlight: 16 },
    };
  }

  async operator(changes: Partial<OperatorConfig> = {}, options: ServiceOptions = {}): Promise<Service> {
    const config: OperatorConfig = {
      ...this.config("operator"),
      ...{
        allowModels: [],
        allowProfiles: [],
        minFee: 0n,
        maxExposure: undefined,
        ...{ owner: undefined, lowStake: 0n, topUpBelow: undefined, topUpCap: undefined },
        deadlineMarginSeconds: 10,
      },
      ...{
        eager: false,
        apiHost: "127.0.0.1",
        apiPort: undefined,
        apiUrl: undefined,
        apiProfile: undefined,
        batchSize: 16,
        batchSeconds: 60,
      },
      ...changes,
    };
    return this.#keep(await startOperator(config, { logTo: this.#log(), ...options }));
  }

  async challenger(
    person: Person = "challenger",
    changes: Partial<ChallengerConfig> = {},
    options: ServiceOptions = {},
  ): Promise<Service> {
    const config: ChallengerConfig = {
      ...this.config(person),
      ...{ strategy: "full", allowModels: [], maxBond: undefined, claimFor: [], saltFile: undefined },
      ...{ demandInputs: false, canaryPercent: 0, canarySeed: undefined },
      ...changes,
    };
    return this.#keep(await startChallenger(config, { logTo: this.#log(), ...options }));
  }

  /** Asks for an inference of the squares of four numbers. */
  async request(numbers: readonly number[] = [1, 2, 3, 4], terms: object = {}): Promise<Hex> {
    const { requester, deployment, profileId, deadline, mined } = this.protocol;
    const hash = await requestInference(requester, {
      ...{ deployment, modelId: squaresModel.modelId, profileId, fee: FEE, deadline: await deadline() },
      input: packInputs(squaresModel, squaresInputs(...numbers)),
      ...terms,
    });
    return parseRequestInferenceReceipt(await mined(hash), { deployment }).requestId;
  }

  get(requestId: Hex): Promise<InferenceRequest> {
    const { client, deployment } = this.protocol;
    return getRequest(client, { deployment, requestId });
  }

  /** Lets the chain's time pass. */
  async pass(seconds: number): Promise<void> {
    await this.protocol.time.increase(seconds);
  }

  /** Gives somebody a free balance in the vault. */
  async fund(beneficiary: Address, amount: bigint): Promise<void> {
    const { publisher, deployment, mined } = this.protocol;
    await mined(await deposit(publisher, { deployment, amount, beneficiary }));
  }

  logged(message: string): readonly Record<string, unknown>[] {
    return this.lines.filter(({ msg }) => msg === message);
  }

  #keep(service: Service): Service {
    this.#services.push(service);
    return service;
  }

  #log(): Writable {
    return new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        for (const line of chunk.toString().split("\n")) if (line !== "") this.lines.push(JSON.parse(line));
        done();
      },
    });
  }
}

/** Waits until something holds, and fails naming it if it never does. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  seconds = 60,
): Promise<void> {
  const deadline = Date.now() + seconds * 1_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`after ${seconds} s still not: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
