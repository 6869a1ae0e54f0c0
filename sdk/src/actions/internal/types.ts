/** Types that the actions share. */

import type { Account, Address, BlockTag, Chain, Client, Hex, Transport } from "viem";
import type { Deployment } from "../../addresses.ts";
import type {
  ContractNotDeployedError,
  InsufficientFundsError,
  InvalidCallError,
  MissingAccountError,
  MissingDeploymentError,
  NodeBehindError,
  NodeRateLimitedError,
  NodeRequestError,
  NodeUnreachableError,
  NonceError,
  UnsupportedChainError,
  UserRejectedError,
  WrongChainError,
} from "../../errors/client.ts";
import type { ContractRevertError } from "../../errors/contract.ts";
import type { InvalidParameterError } from "../../errors/protocol.ts";

/** Any viem client: public, wallet or test, with or without a chain and an account. */
export type AssayClient = Client<Transport, Chain | undefined, Account | undefined>;

/** Bytes as an array or in hexadecimal. */
export type BytesLike = Uint8Array | Hex;

/** Which contracts a call is about. */
export interface DeploymentParameter {
  /** The contracts to talk to. Default: the bundled deployment of the client's chain. */
  readonly deployment?: Deployment;
}

/** Which contracts are read, and at which block. */
export interface ReadParameters extends DeploymentParameter {
  /** The block to read at. Default: the latest. */
  readonly blockNumber?: bigint;
  /** The block to read at, by name. Default: `latest`. */
  readonly blockTag?: BlockTag;
}

/** How events are searched. */
export interface LogParameters extends DeploymentParameter {
  /** The first block to search. Default: the deployment's start block. */
  readonly fromBlock?: bigint;
  /** The last block to search. Default: the latest. */
  readonly toBlock?: bigint;
  /** How many blocks to ask for at a time; halved where the node wants fewer. Default 10,000. */
  readonly blockRange?: bigint;
  /** Ends the search early, with an `AbortedError`. */
  readonly signal?: AbortSignal;
}

/** How a transaction is sent, and not what it does. */
export interface SendParameters {
  /** The sender. Default: the client's account. */
  readonly account?: Account | Address;
  /** Gas limit. Default: the estimate and a fifth more. */
  readonly gas?: bigint;
  /** Wei per gas, tip included. */
  readonly maxFeePerGas?: bigint;
  /** Wei per gas. */
  readonly maxPriorityFeePerGas?: bigint;
  /** The transaction's number of its sender. Default: the next one that the node knows. */
  readonly nonce?: number;
}

export interface WriteParameters extends DeploymentParameter, SendParameters {}

/** The parameters of a write without how it is sent, and with the deployment, since there is no client to find it by. */
export type EncodeParameters<parameters extends WriteParameters> = parameters extends unknown
  ? Omit<parameters, keyof WriteParameters> & { readonly deployment: Deployment }
  : never;

/** A call for a Safe, for a batch, or for another wallet to send. */
export interface EncodedCall {
  /** Contract that is called. */
  readonly to: Address;
  /** Selector and ABI-encoded arguments. */
  readonly data: Hex;
  /** Wei; always 0, since no function of the protocol takes any. */
  readonly value: 0n;
}

/** What every read can fail with. */
export type ReadErrorType =
  | ContractNotDeployedError
  | ContractRevertError
  | InvalidCallError
  | InvalidParameterError
  | MissingDeploymentError
  | NodeBehindError
  | NodeRateLimitedError
  | NodeRequestError
  | NodeUnreachableError
  | UnsupportedChainError
  | WrongChainError;

/** What every write can fail with. */
export type WriteErrorType =
  | ReadErrorType
  | InsufficientFundsError
  | MissingAccountError
  | NonceError
  | UserRejectedError;
