import { type Chain, defineChain, type Hex, parseEther } from "viem";
import { parseCreateProfileReceipt } from "../actions/createProfile.ts";
import type { Profile } from "../actions/getProfile.ts";
import { parseRequestInferenceReceipt } from "../actions/requestInference.ts";
import type { Deployment } from "../addresses.ts";
import { withAssayErrors } from "../errors/wrap.ts";
import type { MachineModel, Tensor } from "../machine/model.ts";
import { type LocalActor, mined } from "./actor.ts";
import { deployProtocol } from "./deploy.ts";
import { type LocalChallengerOptions, startChallenger } from "./local-challenger.ts";
import { type LocalNodeOptions, startLocalNode } from "./local-node.ts";
import { type LocalOperatorOptions, startOperator } from "./local-operator.ts";
import { clientOf, connect, ETHER_EACH, type LocalClient, PEOPLE, type Person } from "./people.ts";

/** Minutes, where a real profile has days: nobody censors this chain. Amounts are in the token's smallest unit, of 18 decimals. */
export const LOCAL_PROFILE: Profile = {
  windowSeconds: 600,
  clockSeconds: 600,
  censorshipSeconds: 60,
  inclusionSeconds: 15,
  traceSeconds: 60,
  lockBurnBps: 5_000,
  requesterBps: 1_000,
  bondBurnBps: 2_000,
  maxBatchResults: 1_000,
  maxDemandBytes: 100_000,
  lock: parseEther("500"),
  bond: parseEther("50"),
  missedDeadlinePenalty: parseEther("20"),
  voidPenalty: parseEther("20"),
  answerRefund: parseEther("2"),
  stepRefund: parseEther("10"),
};

/** What everybody but the deployer has in the vault at first, and what operators have staked of it. */
export const LOCAL_FUNDS = { balance: parseEther("10000"), stake: parseEther("2000") } as const;

/** How a local network is started. */
export interface StartLocalNetworkOptions extends LocalNodeOptions {
  /** A development chain that is running: Hardhat's or anvil's, with the accounts of the usual mnemonic. Default: one is started. */
  readonly url?: string;
  /** The profile that is created. Default {@link LOCAL_PROFILE}. */
  readonly profile?: Profile;
}

/** What is asked on a local network. */
export interface AskParameters {
  /** The model, with its constants. */
  readonly model: MachineModel;
  /** Tensors by the names of the model's inputs. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** In the token's smallest unit. Default: 5 tokens. */
  readonly fee?: bigint;
  /** Who asks. Default `requester`. */
  readonly by?: Person;
}

/** The protocol on a chain of its own, with everybody funded. */
export interface LocalNetwork {
  /** Where the node answers, with its protocol. */
  readonly url: string;
  /** The chain, as viem describes it. */
  readonly chain: Chain;
  /** The contracts. */
  readonly deployment: Deployment;
  /** Id of {@link StartLocalNetworkOptions.profile}. */
  readonly profileId: Hex;
  /** The profile that `ask` asks under. */
  readonly profile: Profile;
  /** Everybody's own connection, with every action bound to the deployment. `operator`, `liar` and `rival` have staked. */
  readonly clients: Readonly<Record<Person, LocalClient>>;
  /** Registers a model, so that it can be requested; returns its id. */
  register(model: Pick<MachineModel, "record" | "modelId">): Promise<Hex>;
  /** Makes a request with the network's profile and a deadline in an hour; returns its id. */
  ask(parameters: AskParameters): Promise<Hex>;
  /** Starts somebody who answers requests: an honest operator, or with `tamper` a liar. Default of `by`: `operator`, or `liar` where it lies. */
  startOperator(options: LocalOperatorOptions & { readonly by?: Person }): LocalActor;
  /** Starts somebody who re-executes every result and contests the wrong ones. Default of `by`: `challenger`. */
  startChallenger(options: LocalChallengerOptions & { readonly by?: Person }): LocalActor;
  /** Lets the chain's clock pass, and mines a block. */
  advance(seconds: number): Promise<void>;
  /** Stops the actors, and the chain if it was started here. */
  stop(): Promise<void>;
}

/**
 * Starts a development chain, deploys the protocol and a token on it, gives everybody tokens, and creates a profile. Needs neither Solidity nor a Hardhat project:
 * the contracts come with this package, the chain is the project's Hardhat 3, an `anvil` on the PATH, or whatever is behind `url`.
 *
 * @throws {LocalNetworkError} `LOCAL_NODE_MISSING` if there is no chain to start
 *
 * @example
 * const network = await startLocalNetwork();
 * await network.register(model);
 * network.startOperator({ models: [model] });
 * const requestId = await network.ask({ model, inputs });
 * await network.clients.requester.waitForFinality({ requestId, onStatus: ({ request }) => request.status === "committed" && network.advance(600) });
 * await network.stop();
 */
export async function startLocalNetwork(options: StartLocalNetworkOptions = {}): Promise<LocalNetwork> {
  const { profile = LOCAL_PROFILE } = options;
  const node = options.url === undefined ? await startLocalNode(options) : undefined;
  const url = options.url ?? node?.url ?? "";
  try {
    const chain = await chainBehind(url);
    const deployer = connect(url, chain, "deployer");
    for (const person of PEOPLE) {
      const { address } = connect(url, chain, person).account;
      if ((await deployer.getBalance({ address })) < ETHER_EACH)
        await deployer.setBalance({ address, value: ETHER_EACH });
    }
    const deployment = await deployProtocol(deployer);
    const clients = Object.fromEntries(
      PEOPLE.map((person) => [person, clientOf(url, chain, deployment, person)]),
    ) as Record<Person, LocalClient>;
    await fund(clients);
    const created = await mined(clients.publisher, await clients.publisher.createProfile({ profile }));
    const profileId = parseCreateProfileReceipt(created, { deployment })?.profileId ?? "0x";
    return networkOf({ url, chain, deployment, profileId, profile, clients }, async () => node?.stop());
  } catch (error) {
    await node?.stop();
    throw error;
  }
}

type Ground = Pick<LocalNetwork, "url" | "chain" | "deployment" | "profileId" | "profile" | "clients">;

function networkOf(ground: Ground, stopNode: () => Promise<void>): LocalNetwork {
  const { clients, deployment, profileId } = ground;
  const actors: LocalActor[] = [];
  const keep = (actor: LocalActor): LocalActor => {
    actors.push(actor);
    return actor;
  };
  return {
    ...ground,
    register: async ({ record, modelId }) => {
      const { publisher } = clients;
      await mined(publisher, await publisher.registerModel({ record }));
      return modelId;
    },
    ask: async ({ model, inputs, fee = parseEther("5"), by = "requester" }) => {
      const client = clients[by];
      const { timestamp } = await client.getBlock();
      const terms = { profileId, fee, deadline: Number(timestamp) + 3_600 };
      const receipt = await mined(client, await client.requestInference({ model, inputs, ...terms }));
      return parseRequestInferenceReceipt(receipt, { deployment }).requestId;
    },
    startOperator: ({ by, ...rest }) =>
      keep(startOperator(clients[by ?? (rest.tamper === undefined ? "operator" : "liar")], deployment, rest)),
    startChallenger: ({ by = "challenger", ...rest }) => keep(startChallenger(clients[by], deployment, rest)),
    advance: async (seconds) => {
      await clients.deployer.increaseTime({ seconds });
      await clients.deployer.mine({ blocks: 1 });
    },
    stop: async () => {
      const ends = await Promise.allSettled(actors.splice(0).map((actor) => actor.stop()));
      await stopNode();
      for (const end of ends) if (end.status === "rejected") throw end.reason;
    },
  };
}

async function chainBehind(url: string): Promise<Chain> {
  const undefinedChain = defineChain({
    id: 0,
    name: "local",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [url] } },
  });
  const id = await withAssayErrors({}, () => connect(url, undefinedChain, "deployer").getChainId());
  return defineChain({ ...undefinedChain, id });
}

/** Everybody's tokens lie in the vault. */
async function fund(clients: Readonly<Record<Person, LocalClient>>): Promise<void> {
  const { deployer } = clients;
  const { balance, stake } = LOCAL_FUNDS;
  await mined(deployer, await deployer.approveToken({ amount: BigInt(PEOPLE.length) * balance }));
  for (const person of PEOPLE) {
    const { address } = clients[person].account;
    await mined(deployer, await deployer.deposit({ amount: balance, beneficiary: address }));
  }
  for (const person of ["operator", "liar", "rival"] as const)
    await mined(clients[person], await clients[person].stake({ amount: stake }));
}
