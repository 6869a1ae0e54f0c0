import {
  type Chain,
  type Client,
  createWalletClient,
  type HDAccount,
  http,
  parseEther,
  type TestActions,
  type Transport,
  testActions,
  type PublicActions as ViemPublicActions,
  publicActions as viemPublicActions,
  type WalletActions,
} from "viem";
import { mnemonicToAccount } from "viem/accounts";
import type { Deployment } from "../addresses.ts";
import { type ChallengerActions, challengerActions } from "../clients/challengerActions.ts";
import { type OperatorActions, operatorActions } from "../clients/operatorActions.ts";
import { type PublicActions, publicActions } from "../clients/publicActions.ts";
import { type PublisherActions, publisherActions } from "../clients/publisherActions.ts";
import { type RequesterActions, requesterActions } from "../clients/requesterActions.ts";

/** The mnemonic of every development chain. Its keys are known to everybody. */
export const TEST_MNEMONIC = "test test test test test test test test test test test junk";

/** Who takes part, in the order of the mnemonic's accounts. */
export const PEOPLE = [
  ...["deployer", "publisher", "requester", "operator", "challenger", "liar", "rival", "stranger"],
] as const satisfies readonly string[];

/** Somebody on a local network. */
export type Person =
  | "deployer"
  | "publisher"
  | "requester"
  | "operator"
  | "challenger"
  | "liar"
  | "rival"
  | "stranger";

/** The account of a person: a key of {@link TEST_MNEMONIC}. */
export function accountOf(person: Person) {
  return mnemonicToAccount(TEST_MNEMONIC, { addressIndex: PEOPLE.indexOf(person) });
}

/** A wallet of viem that also reads, and controls the chain. */
export type DevelopmentClient = Client<
  Transport,
  Chain,
  HDAccount,
  undefined,
  ViemPublicActions<Transport, Chain, HDAccount> & WalletActions<Chain, HDAccount> & TestActions
>;

/** The same with every action of the protocol. */
export type LocalClient = Client<
  Transport,
  Chain,
  HDAccount,
  undefined,
  ViemPublicActions<Transport, Chain, HDAccount> &
    WalletActions<Chain, HDAccount> &
    TestActions &
    PublicActions &
    RequesterActions &
    OperatorActions &
    ChallengerActions &
    PublisherActions
>;

/** A person's own connection, without the actions of a deployment. */
export function connect(url: string, chain: Chain, person: Person): DevelopmentClient {
  const transport = http(url, { retryCount: 2 });
  return createWalletClient({
    account: accountOf(person),
    chain,
    transport,
    cacheTime: 0,
    pollingInterval: 50,
  })
    .extend(viemPublicActions)
    .extend(testActions({ mode: "hardhat" }));
}

/** A person's own connection, with every action of the protocol and of viem. */
export function clientOf(url: string, chain: Chain, deployment: Deployment, person: Person): LocalClient {
  return connect(url, chain, person)
    .extend(publicActions(deployment))
    .extend(requesterActions(deployment))
    .extend(operatorActions(deployment))
    .extend(challengerActions(deployment))
    .extend(publisherActions(deployment));
}

/** Wei for gas that everybody has at least. */
export const ETHER_EACH: bigint = parseEther("100");
