import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import hre from "hardhat";
import {
  type Abi,
  type Account,
  type Chain,
  type Client,
  encodeDeployData,
  type Hex,
  type Transport,
} from "viem";
import { sendTransaction } from "viem/actions";
import { type Deployment, defineDeployment } from "../../sdk/src/addresses.ts";
import { deploySystem } from "./system.ts";

/** Compiles what has changed, and deploys the protocol and a token on the chain behind `url`, from its first account. */
export async function deployLocally(url: string): Promise<Deployment> {
  await hre.tasks.getTask("build").run({ quiet: true });
  // The chain will be gone, so its journal has nothing to resume: it gets a name of its own and is deleted.
  const deploymentId = `local-${randomUUID()}`;
  const connection = await hre.network.create({ network: "localhost", override: { url } });
  try {
    return defineDeployment(await deploySystem(connection, { name: "local", deploymentId }));
  } finally {
    rmSync(join(hre.config.paths.ignition, "deployments", deploymentId), { recursive: true, force: true });
    await connection.close();
  }
}

/** Deploys one contract of the project; the receipt of the transaction has its address. */
export async function deployContract(
  client: Client<Transport, Chain | undefined, Account>,
  name: string,
  args: readonly unknown[],
): Promise<Hex> {
  const { abi, bytecode } = await hre.artifacts.readArtifact(name);
  const data = encodeDeployData({ abi: abi as Abi, bytecode: bytecode as Hex, args });
  return sendTransaction(client, { data, chain: null });
}
