/** The protocol on a fresh chain, with clients of the SDK for everyone who takes part. */

import { network } from "hardhat";
import {
  type Address,
  createClient,
  createPublicClient,
  createWalletClient,
  custom,
  type EIP1193Provider,
  type Hash,
  type Hex,
  parseEther,
  type TransactionReceipt,
} from "viem";
import { waitForTransactionReceipt } from "viem/actions";
import { createProfile, simulateCreateProfile } from "../../sdk/src/actions/createProfile.ts";
import type { Profile } from "../../sdk/src/actions/getProfile.ts";
import { registerModel } from "../../sdk/src/actions/registerModel.ts";
import { type Deployment, defineDeployment } from "../../sdk/src/addresses.ts";
import type { MachineModel } from "../../sdk/src/machine/model.ts";
import { deployContracts } from "./protocol/world.ts";
import { squaresModel } from "./squares.ts";

export type Connection = Awaited<ReturnType<typeof network.create>>;

/** Short times, and amounts that are easy to add up. */
export const testProfile: Profile = {
  windowSeconds: 1000,
  clockSeconds: 600,
  censorshipSeconds: 100,
  inclusionSeconds: 10,
  traceSeconds: 100,
  lockBurnBps: 5000,
  requesterBps: 1000,
  bondBurnBps: 2000,
  maxBatchResults: 16,
  lock: parseEther("100"),
  bond: parseEther("10"),
  maxDemandBytes: 4096,
  missedDeadlinePenalty: parseEther("5"),
  voidPenalty: parseEther("5"),
  answerRefund: parseEther("0.1"),
  stepRefund: parseEther("1"),
};

export const FEE: bigint = parseEther("3");
export const BALANCE: bigint = parseEther("3000");
export const STAKE: bigint = parseEther("2000");

/** A wallet client of one of the chain's own accounts. */
export function walletOf(connection: Connection, account: Address) {
  return createWalletClient({ account, transport: transportOf(connection), pollingInterval: 10 });
}

export type Wallet = ReturnType<typeof walletOf>;

export function transportOf({ provider }: Connection) {
  return custom(provider as unknown as EIP1193Provider, { retryCount: 0 });
}

/** Deploys everything, registers a model and a profile, and gives everyone tokens in the vault. */
export async function createProtocol(model: MachineModel = squaresModel, given?: Connection) {
  const connection = given ?? (await network.create());
  const { ethers, networkHelpers } = connection;
  const signers = await ethers.getSigners();
  const [deployer] = signers;
  const token = await ethers.deployContract("AssayToken", [deployer!.address, parseEther("1000000")]);
  const referee = await ethers.deployContract("Referee");
  const { registry, profiles, vault, game, hub, delivery, lens } = await deployContracts(
    connection,
    await token.getAddress(),
    await referee.getAddress(),
  );
  const deployment: Deployment = defineDeployment({
    chainId: 31337,
    contracts: {
      AssayToken: await token.getAddress(),
      StakeVault: await vault.getAddress(),
      ModelRegistry: await registry.getAddress(),
      Profiles: await profiles.getAddress(),
      InferenceHub: await hub.getAddress(),
      DisputeGame: await game.getAddress(),
      Referee: await referee.getAddress(),
      ResultDelivery: await delivery.getAddress(),
      InferenceLens: await lens.getAddress(),
    },
  });
  // Nodes in processes of their own answer before they have mined.
  const sent = async (transaction: Promise<{ wait(): Promise<unknown> }>) => (await transaction).wait();
  await sent(token.approve(vault, ethers.MaxUint256));
  const wallets = signers.slice(0, 6).map(({ address }) => walletOf(connection, address as Address));
  for (const { account } of wallets) {
    await sent(vault.deposit(account.address, BALANCE));
    if (account.address !== deployer!.address) await sent(token.transfer(account.address, BALANCE));
  }
  const [publisher, requester, operator, challenger, stranger, other] = wallets;
  await sent(vault.connect(signers[2]!).stake(STAKE));

  const client = createPublicClient({
    transport: transportOf(connection),
    pollingInterval: 10,
    cacheTime: 0,
  });
  const mined = async (hash: Hash): Promise<TransactionReceipt> =>
    waitForTransactionReceipt(client, { hash });
  await mined(await registerModel(publisher!, { deployment, record: model.record }));
  await mined(await createProfile(publisher!, { deployment, profile: testProfile }));
  const profileId: Hex = await simulateCreateProfile(publisher!, { deployment, profile: testProfile });

  return {
    connection,
    deployment,
    client,
    model,
    profileId,
    mined,
    time: networkHelpers.time,
    mine: networkHelpers.mine,
    signers,
    token,
    publisher: publisher!,
    requester: requester!,
    operator: operator!,
    challenger: challenger!,
    stranger: stranger!,
    other: other!,
    /** A deadline that is far enough. */
    deadline: async (): Promise<number> => (await networkHelpers.time.latest()) + 500,
  };
}

export type Protocol = Awaited<ReturnType<typeof createProtocol>>;

/** A client that is connected to nothing. */
export function unreachableClient(account?: Address) {
  const request = async (): Promise<never> => {
    throw Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } });
  };
  const transport = custom({ request }, { retryCount: 0 });
  return account === undefined ? createClient({ transport }) : createClient({ account, transport });
}
