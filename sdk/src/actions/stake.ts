import { type Address, encodeFunctionData, type Hash, parseEventLogs } from "viem";
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
  decodeNothing,
  encodeContractAction,
  simulateContractAction,
  writeContractAction,
} from "./internal/write.ts";

/** What {@link stake} takes. */
export interface StakeParameters extends WriteParameters {
  /** In the token's smallest unit. */
  readonly amount: bigint;
}

/** Hash of the transaction. */
export type StakeReturnType = Hash;

/** What {@link stake} can fail with. */
export type StakeErrorType = WriteErrorType;

/**
 * Moves some of the sender's free balance to its stake, so that it can accept requests.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `VAULT_BALANCE_TOO_LOW` if the free balance is smaller than the amount
 */
export async function stake(client: AssayClient, parameters: StakeParameters): Promise<StakeReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link stake} would do now, without sending it. */
export async function simulateStake(client: AssayClient, parameters: StakeParameters): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link stake}, for another wallet to send. */
export function encodeStake(parameters: EncodeParameters<StakeParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link stake} says. */
export interface StakeReceipt {
  /** Whose stake it is. */
  readonly operator: Address;
  /** In the token's smallest unit. */
  readonly amount: bigint;
}

/**
 * What was staked.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link stake}
 */
export function parseStakeReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): StakeReceipt {
  const logs = logsOf(receipt, parameters, "StakeVault");
  const events = parseEventLogs({ abi: stakeVaultAbi, eventName: "Staked", logs });
  return eventOf(events, "Staked", parameters, "StakeVault").args;
}

function prepare(parameters: Omit<StakeParameters, keyof WriteParameters>): ContractCall<void> {
  const { amount } = checked(parameters, { amount: bigUint(256) });
  return {
    contract: "StakeVault",
    functionName: "stake",
    data: encodeFunctionData({ abi: stakeVaultAbi, functionName: "stake", args: [amount] }),
    decode: decodeNothing,
  };
}
