/** A deployment with the toy machine in court, funded actors, and the sum of all money. */

import { type ContractTransactionResponse, getCreateAddress, id, parseEther } from "ethers";
import type { network } from "hardhat";
import { type ModelRecord, rootOfBytes, toyRecord } from "./toy-model.ts";

type Connection = Awaited<ReturnType<typeof network.create>>;

/** Amounts are such that every share of them is another number. */
export const toyProfile = {
  windowSeconds: 3600,
  clockSeconds: 1800,
  censorshipSeconds: 1000,
  inclusionSeconds: 60,
  traceSeconds: 300,
  lockBurnBps: 5500,
  requesterBps: 700,
  bondBurnBps: 2000,
  maxBatchResults: 16,
  lock: parseEther("1000"),
  bond: parseEther("100"),
  maxDemandBytes: 100,
  missedDeadlinePenalty: parseEther("30"),
  voidPenalty: parseEther("50"),
  answerRefund: parseEther("5"),
  stepRefund: parseEther("20"),
};

export type ToyProfile = typeof toyProfile;

export const FEE: bigint = parseEther("10");
export const STAKE: bigint = parseEther("5000");
export const FREE: bigint = parseEther("2000");
export const UNSTAKE_DELAY = 500;
export const INPUT = "0x0102030405";

/** `Status`, `Phase`, `Outcome` and `Side` of the contracts. */
export const Status = {
  None: 0n,
  Requested: 1n,
  Accepted: 2n,
  Committed: 3n,
  Final: 4n,
  Slashed: 5n,
  Void: 6n,
  Refunded: 7n,
} as const;
export const Phase = { None: 0n, Opened: 1n, Narrowing: 2n, Leaf: 3n, Ended: 4n, Demanded: 5n } as const;
export const Outcome = {
  None: 0n,
  OperatorWins: 1n,
  ChallengerWins: 2n,
  BothLose: 3n,
  Undecided: 4n,
  Left: 5n,
} as const;
export const Side = { Operator: 0n, Challenger: 1n } as const;

/** Deploys the contracts in the order that lets them know each other's addresses. */
export async function deployContracts(connection: Connection, token: string, referee: string) {
  const { ethers } = connection;
  const [deployer] = await ethers.getSigners();
  // Nodes in processes of their own answer before they have mined.
  const mined = async <contract extends { waitForDeployment(): Promise<unknown> }>(
    deployment: Promise<contract>,
  ): Promise<contract> => {
    const contract = await deployment;
    await contract.waitForDeployment();
    return contract;
  };
  const registry = await mined(ethers.deployContract("ModelRegistry"));
  const profiles = await mined(ethers.deployContract("Profiles"));
  const nonce = await deployer!.getNonce();
  const address = (k: number): string => getCreateAddress({ from: deployer!.address, nonce: nonce + k });
  const vault = await mined(
    ethers.deployContract("StakeVault", [token, address(2), address(1), UNSTAKE_DELAY]),
  );
  const game = await mined(ethers.deployContract("DisputeGame", [address(2), vault, referee]));
  const hub = await mined(ethers.deployContract("InferenceHub", [vault, game, registry, profiles]));
  const delivery = await mined(ethers.deployContract("ResultDelivery", [hub]));
  const lens = await mined(ethers.deployContract("InferenceLens", [hub]));
  return { registry, profiles, vault, game, hub, delivery, lens };
}

/** Everything that a test of the contracts acts upon. `ownToken` is a token of which the deployer has enough; a new one if it is left out. */
export async function createWorld(
  connection: Connection,
  record: ModelRecord = toyRecord,
  profile: ToyProfile = toyProfile,
  ownToken?: string,
) {
  const { ethers, networkHelpers } = connection;
  const [deployer, requester, operator, challenger, rival, third, stranger, ...crowd] =
    await ethers.getSigners();
  const token =
    ownToken === undefined
      ? await ethers.deployContract("AssayToken", [deployer!.address, parseEther("1000000000")])
      : await ethers.getContractAt("AssayToken", ownToken);
  const referee = await ethers.deployContract("ToyReferee");
  const contracts = await deployContracts(connection, await token.getAddress(), await referee.getAddress());
  const { vault, registry, profiles } = contracts;

  await registry.register(record);
  await profiles.create(profile);
  const actors = [requester!, operator!, challenger!, rival!, third!, stranger!, ...crowd];
  await token.approve(vault, ethers.MaxUint256);
  for (const { address } of actors)
    await vault.deposit(address, address === operator!.address ? FREE + STAKE : FREE);
  await vault.connect(operator!).stake(STAKE);

  return {
    ...contracts,
    ethers,
    time: networkHelpers.time,
    token,
    referee,
    record,
    profile,
    modelId: await modelIdOf(registry, record),
    profileId: await profiles.idOf(profile),
    inputRoot: rootOfBytes(INPUT, record.inputDepth),
    actors,
    deployer: deployer!,
    requester: requester!,
    operator: operator!,
    challenger: challenger!,
    rival: rival!,
    third: third!,
    stranger: stranger!,
    crowd,
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;
export type Signer = World["operator"];
export type Sent = Promise<ContractTransactionResponse>;

async function modelIdOf(
  registry: { register: { staticCall(record: ModelRecord): Promise<string> } },
  record: ModelRecord,
): Promise<string> {
  return await registry.register.staticCall(record);
}

/** Sends a transaction in a block of that time. */
export async function at<T>(world: World, timestamp: bigint, send: () => Promise<T>): Promise<T> {
  await world.time.setNextBlockTimestamp(timestamp);
  return await send();
}

let salts = 0;

/** A number that no other request or opening of this run has. */
export function freshSalt(): string {
  return id(`salt ${salts++}`);
}

/** What the vault owes to anybody, which has to be what it has; `accounts` are all that ever had a balance. */
export async function owed(world: World, tickets: readonly bigint[] = []): Promise<bigint> {
  let sum = 0n;
  for (const { address } of [world.deployer, ...world.actors]) {
    sum += await world.vault.balanceOf(address);
    sum += (await world.vault.stakeOf(address)).amount;
  }
  for (const ticket of tickets) sum += (await world.vault.ticketOf(ticket)).amount;
  const { held, burned } = await world.vault.escrow();
  return sum + held + burned;
}
