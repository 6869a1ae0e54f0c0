import { type Address, encodeFunctionData, type Hash, parseEventLogs } from "viem";
import { stakeVaultAbi } from "../abis/generated/StakeVault.ts";

import { address, bigUint, checked } from "./internal/check.ts";
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
  decodeNothing,
  encodeContractAction,
  simulateContractAction,
  writeContractAction,
} from "./internal/write.ts";

/** What {@link transferStake} takes. */
export interface TransferStakeParameters extends WriteParameters {
  /** The new owner. */
  readonly to: Address;
  /** In the token's smallest unit. */
  readonly amount: bigint;
}

/** Hash of the transaction. */
export type TransferStakeReturnType = Hash;

/** What {@link transferStake} can fail with. */
export type TransferStakeErrorType = WriteErrorType;

/**
 * Moves unlocked stake to another owner, without the delay of leaving the vault: how an operator replaces the key that owns its stake.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `VAULT_UNLOCKED_STAKE_TOO_LOW` if the unlocked part is smaller than the amount, `VAULT_RECEIVER_INVALID` if the new owner cannot be one
 */
export async function transferStake(
  client: AssayClient,
  parameters: TransferStakeParameters,
): Promise<TransferStakeReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link transferStake} would do now, without sending it. */
export async function simulateTransferStake(
  client: AssayClient,
  parameters: TransferStakeParameters,
): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link transferStake}, for another wallet to send. */
export function encodeTransferStake(parameters: EncodeParameters<TransferStakeParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What changed its owner. */
export interface TransferStakeReceipt {
  /** The old owner. */
  readonly from: Address;
  /** The new owner. */
  readonly to: Address;
  /** In the token's smallest unit. */
  readonly amount: bigint;
}

/**
 * What changed its owner.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link transferStake}
 */
export function parseTransferStakeReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): TransferStakeReceipt {
  const logs = logsOf(receipt, parameters, "StakeVault");
  const events = parseEventLogs({ abi: stakeVaultAbi, eventName: "StakeTransferred", logs });
  return eventOf(events, "StakeTransferred", parameters, "StakeVault").args;
}

function prepare(parameters: Omit<TransferStakeParameters, keyof WriteParameters>): ContractCall<void> {
  const { to, amount } = checked(parameters, { to: address, amount: bigUint(256) });
  return {
    contract: "StakeVault",
    functionName: "transferStake",
    data: encodeFunctionData({ abi: stakeVaultAbi, functionName: "transferStake", args: [to, amount] }),
    decode: decodeNothing,
  };
}
