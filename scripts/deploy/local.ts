import hre from "hardhat";
import { type Account, type Chain, type Client, encodeDeployData, type Hex, type Transport } from "viem";
import { sendTransaction } from "viem/actions";
import { type Deployment, defineDeployment } from "../../sdk/src/addresses.ts";
import { deploySystem } from "./system.ts";

/** Compiles what has changed, and deploys the protocol and a token on the chain behind `url`, from its first account. */
export async function deployLocally(url: string): Promise<Deployment> {
  await hre.tasks.getTask("build").run({ quiet: true });
  const connection = await hre.network.create({ network: "localhost", override: { url } });
  try {
    return defineDeployment(await deploySystem(connection, { name: "local" }));
  } finally {
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
  const data = encodeDeployData({ abi: abi as never, bytecode: bytecode as Hex, args: args as never });
  return sendTransaction(client, { data, chain: null });
}
