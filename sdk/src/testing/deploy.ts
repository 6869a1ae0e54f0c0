import {
  type Abi,
  type Address,
  type ContractConstructorArgs,
  encodeDeployData,
  getContractAddress,
  type Hex,
  type PublicActions,
  type WalletActions,
} from "viem";
import {
  assayTokenAbi,
  disputeGameAbi,
  inferenceHubAbi,
  inferenceLensAbi,
  modelRegistryAbi,
  profilesAbi,
  refereeAbi,
  resultDeliveryAbi,
  stakeVaultAbi,
} from "../abis/index.ts";
import { type ContractName, type Deployment, defineDeployment } from "../addresses.ts";
import { LocalNetworkError } from "./errors.ts";
import { creationCode } from "./generated/bytecode.ts";

/** All of the local token, a billion of 18 decimals, belongs to the deployer. */
export const LOCAL_SUPPLY: bigint = 10n ** 27n;

/** Seconds between asking for unlocked stake and having it. */
const UNSTAKE_DELAY_SECONDS = 600;

/** Whoever can deploy: a wallet client of viem with its public actions and an account. */
type Deployer = Pick<WalletActions, "sendTransaction"> &
  Pick<
    PublicActions,
    "getTransactionCount" | "waitForTransactionReceipt" | "getChainId" | "getBlockNumber"
  > & {
    readonly account: { readonly address: Address };
  };

/** Deploys the protocol and a token of its own, from one account that sends nothing else meanwhile. */
export async function deployProtocol(client: Deployer): Promise<Deployment> {
  const { address: from } = client.account;
  const chainId = await client.getChainId();
  const startBlock = await client.getBlockNumber();
  const deploy = async <const abi extends Abi>(
    name: ContractName,
    abi: abi,
    args: ContractConstructorArgs<abi>,
  ): Promise<Address> => {
    const bytecode: Hex = creationCode[name];
    const data = encodeDeployData({ abi: abi as Abi, bytecode, args: args as readonly unknown[] });
    const hash = await (client.sendTransaction as (call: { data: Hex }) => Promise<Hex>)({ data });
    const { contractAddress, status } = await client.waitForTransactionReceipt({ hash });
    if (status === "success" && contractAddress != null) return contractAddress;
    throw new LocalNetworkError(
      "LOCAL_TRANSACTION_REVERTED",
      `${name} could not be deployed.`,
      "Use a development chain with at least Cancun's rules and a gas limit of 2^24 per transaction.",
      { context: { name, hash } },
    );
  };

  const AssayToken = await deploy("AssayToken", assayTokenAbi, [from, LOCAL_SUPPLY]);
  const Referee = await deploy("Referee", refereeAbi, []);
  const ModelRegistry = await deploy("ModelRegistry", modelRegistryAbi, []);
  const Profiles = await deploy("Profiles", profilesAbi, []);
  // Vault, game and hub know each other from birth.
  const nonce = await client.getTransactionCount({ address: from });
  const future = (offset: number): Address => getContractAddress({ from, nonce: BigInt(nonce + offset) });
  const links = [AssayToken, future(2), future(1), UNSTAKE_DELAY_SECONDS] as const;
  const StakeVault = await deploy("StakeVault", stakeVaultAbi, links);
  const DisputeGame = await deploy("DisputeGame", disputeGameAbi, [future(2), StakeVault, Referee]);
  const hubLinks = [StakeVault, DisputeGame, ModelRegistry, Profiles] as const;
  const InferenceHub = await deploy("InferenceHub", inferenceHubAbi, hubLinks);
  const ResultDelivery = await deploy("ResultDelivery", resultDeliveryAbi, [InferenceHub]);
  const InferenceLens = await deploy("InferenceLens", inferenceLensAbi, [InferenceHub]);
  const contracts = {
    AssayToken,
    StakeVault,
    ModelRegistry,
    Profiles,
    InferenceHub,
    DisputeGame,
    Referee,
    ResultDelivery,
    InferenceLens,
  };
  return defineDeployment({ chainId, name: "local", startBlock, contracts });
}
