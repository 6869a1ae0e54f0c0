import { getCreateAddress, keccak256 } from "ethers";
import type hre from "hardhat";
import { type ContractName, PROTOCOL_VERSION } from "../../sdk/src/addresses.ts";
import Assay, { CONTRACTS_BEFORE_VAULT, UNSTAKE_DELAY_SECONDS } from "./modules/Assay.ts";
import LocalToken, { LOCAL_SUPPLY } from "./modules/LocalToken.ts";

export type Connection = Awaited<ReturnType<typeof hre.network.create>>;

/** One contract as it was deployed; what `deployments/<chainId>.json` says of it. */
export interface DeployedContract {
  readonly address: `0x${string}`;
  readonly startBlock: number;
  readonly txHash: string | null;
  readonly deployer: string | null;
  /** What its constructor was given; null for a token that was there before. */
  readonly constructorArgs: readonly string[] | null;
  /** keccak256 of the code on-chain. */
  readonly runtimeHash: string;
}

/** What `deployments/<chainId>.json` holds. */
export interface DeploymentFile {
  readonly chainId: number;
  readonly caip2: string;
  readonly name: string;
  readonly protocolVersion: string;
  readonly contracts: Readonly<Record<ContractName, DeployedContract>>;
  readonly params: { readonly unstakeDelaySeconds: number };
}

export interface DeployParameters {
  /** The ERC-20 that everything is paid in. Default: a new `AssayToken`, all of it the deployer's. */
  readonly token?: string;
  /** Name of the chain for people. */
  readonly name: string;
  /** Names Ignition's journal, by which an interrupted deployment is recognised. Default: `chain-<chainId>`. */
  readonly deploymentId?: string;
}

/** Deploys the protocol with the connection's first account, which sends nothing else meanwhile. */
export async function deploySystem(
  connection: Connection,
  { token, name, deploymentId }: DeployParameters,
): Promise<DeploymentFile> {
  const { ethers, ignition } = connection;
  const { provider } = ethers;
  const first = (await provider.getBlockNumber()) + 1;
  const journal = deploymentId === undefined ? {} : { deploymentId };
  const tokenAddress = token ?? (await (await ignition.deploy(LocalToken, journal)).token.getAddress());

  const addresses = await addressesOf(connection);
  const parameters = { Assay: { token: tokenAddress, ...addresses } };
  const { referee, registry, profiles, vault, game, hub, delivery, lens } = await ignition.deploy(Assay, {
    parameters,
    ...journal,
  });

  const { chainId } = await provider.getNetwork();
  const creations = await creationsSince(connection, first);
  const describe = async (
    address: string,
    constructorArgs: readonly string[] | null,
  ): Promise<DeployedContract> => ({
    address: ethers.getAddress(address) as `0x${string}`,
    ...(creations.get(address.toLowerCase()) ?? { startBlock: first, txHash: null, deployer: null }),
    constructorArgs,
    runtimeHash: keccak256(await provider.getCode(address)),
  });
  const at = await addressOfEach({
    vault,
    game,
    hub,
    referee,
    registry,
    profiles,
    delivery,
    lens,
  });
  const supply = [(await ethers.getSigners())[0]?.address ?? "", String(LOCAL_SUPPLY)];
  return {
    chainId: Number(chainId),
    caip2: `eip155:${chainId}`,
    name,
    protocolVersion: PROTOCOL_VERSION,
    contracts: {
      AssayToken: await describe(tokenAddress, token === undefined ? supply : null),
      StakeVault: await describe(at.vault, [tokenAddress, at.hub, at.game, String(UNSTAKE_DELAY_SECONDS)]),
      ModelRegistry: await describe(at.registry, []),
      Profiles: await describe(at.profiles, []),
      InferenceHub: await describe(at.hub, [at.vault, at.game, at.registry, at.profiles]),
      DisputeGame: await describe(at.game, [at.hub, at.vault, at.referee]),
      Referee: await describe(at.referee, []),
      ResultDelivery: await describe(at.delivery, [at.hub]),
      InferenceLens: await describe(at.lens, [at.hub]),
    },
    params: { unstakeDelaySeconds: UNSTAKE_DELAY_SECONDS },
  };
}

async function addressOfEach<Name extends string>(
  contracts: Readonly<Record<Name, { getAddress(): Promise<string> }>>,
): Promise<Record<Name, string>> {
  const entries = Object.entries<{ getAddress(): Promise<string> }>(contracts);
  const addresses = await Promise.all(entries.map(([, contract]) => contract.getAddress()));
  return Object.fromEntries(entries.map(([name], i) => [name, addresses[i]])) as Record<Name, string>;
}

/** Where the game and the hub will be: the deployer's transactions follow each other in the module's order. */
async function addressesOf({ ethers }: Connection): Promise<{ game: string; hub: string }> {
  const [deployer] = await ethers.getSigners();
  if (deployer === undefined) throw new Error("The network has no account to deploy from: configure one.");
  const nonce = (await deployer.getNonce()) + CONTRACTS_BEFORE_VAULT;
  const at = (offset: number): string => getCreateAddress({ from: deployer.address, nonce: nonce + offset });
  return { game: at(1), hub: at(2) };
}

/** Which contract was created where, since a block. */
async function creationsSince({ ethers }: Connection, first: number) {
  const { provider } = ethers;
  const creations = new Map<string, Pick<DeployedContract, "startBlock" | "txHash" | "deployer">>();
  for (let number = first; number <= (await provider.getBlockNumber()); number++) {
    const block = await provider.getBlock(number);
    for (const txHash of block?.transactions ?? []) {
      const receipt = await provider.getTransactionReceipt(txHash);
      if (receipt?.contractAddress == null) continue;
      creations.set(receipt.contractAddress.toLowerCase(), {
        startBlock: number,
        txHash,
        deployer: receipt.from,
      });
    }
  }
  return creations;
}
