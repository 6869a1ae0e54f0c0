import { type Address, decodeFunctionResult, encodeFunctionData, type Hash, parseEventLogs } from "viem";
import { stakeVaultAbi } from "../abis/generated/StakeVault.ts";
import { bigUint, checked } from "./internal/check.ts";
import { eventOf, logsOf, type ReceiptLike } from "./internal/receipts.ts";
import type {
  AssayClient,
  DeploymentParameter,
  EncodedCall,
  EncodeParameters,
  WriteErrorType,
  WriteParameters,
} from "./internal/types.ts";
import {
  type ContractCall,
  encodeContractAction,
  simulateContractAction,
  writeContractAction,
} from "./internal/write.ts";

/** What {@link requestUnstake} takes. */
export interface RequestUnstakeParameters extends WriteParameters {
  /** In the token's smallest unit. */
  readonly amount: bigint;
}

/** Hash of the transaction. */
export type RequestUnstakeReturnType = Hash;

/** What {@link requestUnstake} can fail with. */
export type RequestUnstakeErrorType = WriteErrorType;

/**
 * Takes some of the unlocked part of the sender's stake into a ticket, which can be completed after the vault's delay.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `VAULT_UNLOCKED_STAKE_TOO_LOW` if the unlocked part is smaller than the amount
 */
export async function requestUnstake(
  client: AssayClient,
  parameters: RequestUnstakeParameters,
): Promise<RequestUnstakeReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link requestUnstake} would do now, without sending it; returns the ticket's id. */
export async function simulateRequestUnstake(
  client: AssayClient,
  parameters: RequestUnstakeParameters,
): Promise<bigint> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link requestUnstake}, for another wallet to send. */
export function encodeRequestUnstake(parameters: EncodeParameters<RequestUnstakeParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link requestUnstake} says. */
export interface RequestUnstakeReceipt {
  /** What completes or cancels the exit. */
  readonly ticketId: bigint;
  /** Whose stake it was. */
  readonly operator: Address;
  /** In the token's smallest unit. */
  readonly amount: bigint;
  /** From this Unix second on it can be completed. */
  readonly readyAt: number;
}

/**
 * The ticket that was made.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link requestUnstake}
 */
export function parseRequestUnstakeReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): RequestUnstakeReceipt {
  const logs = logsOf(receipt, parameters, "StakeVault");
  const events = parseEventLogs({ abi: stakeVaultAbi, eventName: "UnstakeRequested", logs });
  return eventOf(events, "UnstakeRequested", parameters, "StakeVault").args;
}

function prepare(parameters: Omit<RequestUnstakeParameters, keyof WriteParameters>): ContractCall<bigint> {
  const { amount } = checked(parameters, { amount: bigUint(256) });
  return {
    contract: "StakeVault",
    functionName: "requestUnstake",
    data: encodeFunctionData({ abi: stakeVaultAbi, functionName: "requestUnstake", args: [amount] }),
    decode: (data) => decodeFunctionResult({ abi: stakeVaultAbi, functionName: "requestUnstake", data }),
  };
}
