/** `@assay/sdk/addresses`: where the contracts are. */

import { type Address, getAddress, isAddress } from "viem";
import { deployments as bundled } from "./addresses/generated/deployments.ts";
import { InvalidDeploymentError, ProtocolVersionError, UnsupportedChainError } from "./errors/client.ts";

/** Version of the contracts that this package is made for. Those that differ in the first number, or in the second while the first is 0, have another meaning. */
export const PROTOCOL_VERSION = "0.1.0";

/** The contracts that the SDK talks to. `AssayToken` is the vault's token, whatever it is on that chain. */
export const CONTRACT_NAMES = [
  "AssayToken",
  "StakeVault",
  "ModelRegistry",
  "Profiles",
  "InferenceHub",
  "DisputeGame",
  "Referee",
  "ResultDelivery",
  "InferenceLens",
] as const;

/** The name of a contract of the protocol. */
export type ContractName = (typeof CONTRACT_NAMES)[number];

/** One set of contracts that belong together, on one chain. */
export interface Deployment {
  /** EIP-155 id of the chain. */
  readonly chainId: number;
  /** What the chain is called, for people. */
  readonly name?: string;
  /** Version of the contracts, where it was written down. */
  readonly protocolVersion?: string;
  /** The first block that can hold an event of these contracts. */
  readonly startBlock: bigint;
  /** Address of each contract by its name. */
  readonly contracts: Readonly<Record<ContractName, Address>>;
}

/** A deployment as one writes it down, or as `deployments/<chainId>.json` holds it. */
export interface DeploymentInput {
  /** EIP-155 id of the chain. */
  readonly chainId: number;
  /** What the chain is called, for people. */
  readonly name?: string;
  /** Version of the contracts, as it was written down when they were deployed. Default: not known, and not checked. */
  readonly protocolVersion?: string;
  /** Default: the smallest start block of the contracts, or 0. */
  readonly startBlock?: bigint | number;
  /** Address of each contract by its name. */
  readonly contracts: Readonly<
    Record<ContractName, string | { readonly address: string; readonly startBlock?: bigint | number }>
  >;
}

/**
 * Checks a deployment and brings its addresses into checksum form.
 *
 * @throws {InvalidDeploymentError} if a contract is missing, an address is not one, or the chain id or the start block is not a whole number
 * @throws {ProtocolVersionError} if it is of a version that this package is not made for
 *
 * @example
 * import { defineDeployment } from "@assay/sdk";
 * import file from "../deployments/31337.json" with { type: "json" };
 *
 * const deployment = defineDeployment(file);
 */
export function defineDeployment(input: DeploymentInput): Deployment {
  const { chainId, name, protocolVersion } = input;
  if (!Number.isSafeInteger(chainId) || chainId < 1) {
    throw new InvalidDeploymentError("chainId", chainId, "a positive integer");
  }
  if (protocolVersion !== undefined) checkVersion(protocolVersion);
  const entries = CONTRACT_NAMES.map((contract) => {
    const given = input.contracts?.[contract];
    return [contract, typeof given === "string" ? { address: given } : given] as const;
  });
  const addresses = entries.map(
    ([contract, given]) => [contract, checkAddress(contract, given?.address)] as const,
  );
  const starts = entries.map(([, given]) => checkBlock(given?.startBlock ?? 0));
  const startBlock =
    input.startBlock === undefined ? starts.reduce((a, b) => (a < b ? a : b)) : checkBlock(input.startBlock);
  return Object.freeze({
    chainId,
    ...(name === undefined ? {} : { name }),
    ...(protocolVersion === undefined ? {} : { protocolVersion }),
    startBlock,
    contracts: Object.freeze(Object.fromEntries(addresses) as Record<ContractName, Address>),
  });
}

/** Versions after the first number that is not 0 add something and change nothing. */
function checkVersion(version: unknown): void {
  if (typeof version !== "string" || !/^\d+\.\d+\.\d+$/.test(version))
    throw new InvalidDeploymentError("protocolVersion", version, "a version such as 0.1.0");
  const [major, minor] = version.split(".");
  const [ownMajor, ownMinor] = PROTOCOL_VERSION.split(".");
  if (major !== ownMajor || (major === "0" && minor !== ownMinor))
    throw new ProtocolVersionError("protocol", version, PROTOCOL_VERSION);
}

function checkAddress(contract: ContractName, address: unknown): Address {
  if (typeof address === "string" && isAddress(address, { strict: false })) return getAddress(address);
  throw new InvalidDeploymentError(`contracts.${contract}`, address, "an address");
}

function checkBlock(block: bigint | number): bigint {
  if (typeof block === "bigint" ? block >= 0n : Number.isSafeInteger(block) && block >= 0)
    return BigInt(block);
  throw new InvalidDeploymentError("startBlock", block, "a block number");
}

const known: ReadonlyMap<number, Deployment> = new Map(
  (bundled as readonly DeploymentInput[]).map((input) => [input.chainId, defineDeployment(input)]),
);

/** Ids of the chains that have a bundled deployment, in ascending order. */
export function supportedChains(): readonly number[] {
  return [...known.keys()];
}

/**
 * The bundled deployment of a chain.
 *
 * @throws {UnsupportedChainError} if there is none
 */
export function deploymentOf(chainId: number): Deployment {
  const deployment = known.get(chainId);
  if (deployment === undefined) throw new UnsupportedChainError(chainId, supportedChains());
  return deployment;
}
