/** What a daemon makes sure of before it starts: that it computes as it must, and that it talks to the chain and the contracts that it means to. */

import { readFileSync } from "node:fs";
import { type Hex, keccak256 } from "viem";
import { getChainId, getCode, simulateContract } from "viem/actions";
import { z } from "zod";
import { modelRegistryAbi } from "../abis/generated/ModelRegistry.ts";
import {
  CONTRACT_NAMES,
  type ContractName,
  type Deployment,
  defineDeployment,
  deploymentOf,
} from "../addresses.ts";
import { AssayError } from "../core/errors.ts";
import { ContractNotDeployedError, ProtocolVersionError, WrongChainError } from "../errors/client.ts";
import { describeFailure } from "../errors/wrap.ts";
import { ZERO_HASH } from "../game/state.ts";
import { MACHINE_VERSION } from "../machine/opcodes.ts";
import { runSelfTest } from "../runtime/selftest.ts";
import { packInputs } from "../runtime/tensors.ts";
import { ConfigError } from "./config.ts";
import type { Inference } from "./inference.ts";
import type { ModelStore, StoredModel } from "./model-store.ts";
import type { Rpc } from "./rpc.ts";
import { sampleInputs, type TestVector } from "./sample.ts";

/** The code at a contract's address is not the one that was deployed. */
export class ContractCodeError extends AssayError {
  override readonly name = "ContractCodeError";

  constructor(contract: string, address: Hex, actual: Hex, expected: Hex) {
    super(
      "CONTRACT_CODE_MISMATCH",
      `The code of ${contract} at ${address} hashes to ${actual}, not to ${expected}.`,
      {
        recovery: "Check the deployment file and the chain: a contract that is not ours can take any stake.",
        context: { contract, address, actual, expected },
      },
    );
  }
}

/** A model gives another output on this computer than its directory says. */
export class ModelVectorError extends AssayError {
  override readonly name = "ModelVectorError";

  constructor({ modelId, directory }: StoredModel, { seed, outputRoot }: TestVector, actual: Hex) {
    super(
      "MODEL_VECTOR_MISMATCH",
      `The model in ${directory} gives ${actual} for the sample input ${seed}, and its manifest says ${outputRoot}.`,
      {
        recovery:
          "Run `assay model verify` on that directory, here and on another computer: either the manifest is wrong, or this computer is.",
        context: { modelId, directory, seed, expected: outputRoot, actual },
      },
    );
  }
}

/** A deployment with the hashes of its code, where its file has them. */
export interface KnownDeployment {
  readonly deployment: Deployment;
  readonly runtimeHashes: Partial<Record<ContractName, Hex>>;
}

const file = z.looseObject({
  chainId: z.int().positive(),
  contracts: z.record(
    z.string(),
    z.union([z.string(), z.looseObject({ address: z.string(), runtimeHash: z.string().optional() })]),
  ),
});

/**
 * The contracts of a file, or else the bundled ones of the endpoints' chain.
 *
 * @throws {ConfigError} if the file cannot be used
 * @throws {WrongChainError} if an endpoint is on another chain
 */
export async function findDeployment(path: string | undefined, rpc: Rpc): Promise<KnownDeployment> {
  const chainId = await rpc.agree("the chain id", (client) => getChainId(client));
  if (path === undefined) return { deployment: deploymentOf(chainId), runtimeHashes: {} };
  const known = readDeployment(path);
  if (known.deployment.chainId !== chainId) throw new WrongChainError(chainId, known.deployment.chainId);
  return known;
}

function readDeployment(path: string): KnownDeployment {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw new ConfigError(
      "deployment",
      `${path} cannot be read, or is not JSON`,
      "Give deployments/<chainId>.json.",
    );
  }
  const parsed = file.safeParse(json);
  if (!parsed.success) {
    throw new ConfigError(
      "deployment",
      `${path} is no deployment: ${z.prettifyError(parsed.error)}`,
      "Give deployments/<chainId>.json.",
    );
  }
  const deployment = defineDeployment(json as Parameters<typeof defineDeployment>[0]);
  const runtimeHashes: Partial<Record<ContractName, Hex>> = {};
  for (const name of CONTRACT_NAMES) {
    const contract = parsed.data.contracts[name];
    if (typeof contract === "object" && contract.runtimeHash !== undefined)
      runtimeHashes[name] = contract.runtimeHash as Hex;
  }
  return { deployment, runtimeHashes };
}

/**
 * Makes sure that every contract is there, by as many endpoints as have to agree, and is the one that was deployed.
 *
 * @throws {ContractNotDeployedError} if there is nothing at an address
 * @throws {ContractCodeError} if there is something else
 */
export async function checkContracts(
  rpc: Rpc,
  { deployment, runtimeHashes }: KnownDeployment,
): Promise<void> {
  for (const name of CONTRACT_NAMES) {
    const address = deployment.contracts[name];
    const actual = await rpc.agree(`the code of ${name}`, async (client) => {
      const code = await getCode(client, { address });
      return code === undefined || code === "0x" ? null : keccak256(code);
    });
    if (actual === null) throw new ContractNotDeployedError(name, address);
    const expected = runtimeHashes[name];
    if (expected !== undefined && actual !== expected)
      throw new ContractCodeError(name, address, actual, expected);
  }
}

/** A record of no version: the registry says which one it takes. */
const NO_RECORD = {
  ...{ machineVersion: 0, programRoot: ZERO_HASH, constantsRoot: ZERO_HASH },
  ...{ inputDepth: 0, constantsDepth: 0, stepDepth: 0, wordDepth: 0 },
  ...{ stepCount: 1, inputBytes: 1, outputBytes: 1 },
} as const;

/**
 * Makes sure that the contracts are made for the machine that this package runs, by as many endpoints as have to agree.
 *
 * @throws {ProtocolVersionError} if they are made for another one
 */
export async function checkVersion(rpc: Rpc, { contracts }: Deployment): Promise<void> {
  const version = await rpc.agree("the machine's version", async (client) => {
    try {
      await simulateContract(client, {
        ...{ address: contracts.ModelRegistry, abi: modelRegistryAbi },
        ...{ functionName: "register", args: [NO_RECORD] },
      });
    } catch (thrown) {
      const error = await describeFailure(thrown);
      if (error.code === "MODEL_VERSION_UNSUPPORTED") return String(error.context.supported);
      // Anything else at that address is no registry of ours.
      if (error.isTransient) throw error;
    }
    return "unknown";
  });
  if (version !== String(MACHINE_VERSION))
    throw new ProtocolVersionError("machine", version, String(MACHINE_VERSION));
}

/**
 * Runs the machine's known answers and those of every model; a model without any runs once on an input of zeros. That shows what is computed wrongly here, or
 * cannot be run, before somebody stakes on it.
 *
 * @throws {SelfTestError} if this computer does not compute as the machine must
 * @throws {ModelVectorError} if a model gives another output than its directory says
 * @throws {InferenceError} if a model cannot be run here
 */
export async function checkMachine(models: ModelStore, inference: Inference): Promise<void> {
  runSelfTest();
  for (const model of models.all) {
    const { modelId, record, vectors } = model;
    if (vectors.length === 0) await inference.run(modelId, new Uint8Array(record.inputBytes));
    for (const vector of vectors) {
      const { outputRoot } = await inference.run(
        modelId,
        packInputs(model, sampleInputs(model, vector.seed)),
      );
      if (outputRoot !== vector.outputRoot) throw new ModelVectorError(model, vector, outputRoot);
    }
  }
}
