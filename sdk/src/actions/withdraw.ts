import { type Address, encodeFunctionData, type Hash, parseEventLogs } from "viem";
import { stakeVaultAbi } from "../abis/generated/StakeVault.ts";
import { address, bigUint, checked, optional } from "./internal/check.ts";
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
  senderAddressOf,
  simulateContractAction,
  writeContractAction,
} from "./internal/write.ts";

/** What {@link withdraw} takes. */
export interface WithdrawParameters extends WriteParameters {
  /** In the token's smallest unit. */
  readonly amount: bigint;
  /** Whose wallet gets the tokens. Default: the sender's. */
  readonly to?: Address;
}

/** Hash of the transaction. */
export type WithdrawReturnType = Hash;

/** What {@link withdraw} can fail with. */
export type WithdrawErrorType = WriteErrorType;

/**
 * Moves tokens from the sender's free balance in the vault to a wallet.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `VAULT_BALANCE_TOO_LOW` if the free balance is smaller than the amount, `VAULT_RECEIVER_INVALID` if nobody could use the tokens at `to`
 */
export async function withdraw(
  client: AssayClient,
  parameters: WithdrawParameters,
): Promise<WithdrawReturnType> {
  return writeContractAction(client, parameters, prepare(withReceiver(client, parameters)));
}

/** What {@link withdraw} would do now, without sending it. */
export async function simulateWithdraw(client: AssayClient, parameters: WithdrawParameters): Promise<void> {
  return simulateContractAction(client, parameters, prepare(withReceiver(client, parameters)));
}

/** The call of {@link withdraw}, for another wallet to send. */
export function encodeWithdraw(
  parameters: EncodeParameters<WithdrawParameters> & { readonly to: Address },
): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link withdraw} says. */
export interface WithdrawReceipt {
  /** Whose free balance has shrunk. */
  readonly account: Address;
  /** Whose wallet got the tokens. */
  readonly to: Address;
  /** In the token's smallest unit. */
  readonly amount: bigint;
}

/**
 * What was withdrawn.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link withdraw}
 */
export function parseWithdrawReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): WithdrawReceipt {
  const logs = logsOf(receipt, parameters, "StakeVault");
  const events = parseEventLogs({ abi: stakeVaultAbi, eventName: "Withdrawn", logs });
  return eventOf(events, "Withdrawn", parameters, "StakeVault").args;
}

function withReceiver(client: AssayClient, parameters: WithdrawParameters) {
  const { amount, to } = checked(parameters, { amount: bigUint(256), to: optional(address) });
  return { amount, to: to ?? senderAddressOf(client, parameters) };
}

function prepare(parameters: { readonly to: Address; readonly amount: bigint }): ContractCall<void> {
  const { to, amount } = checked(parameters, { to: address, amount: bigUint(256) });
  return {
    contract: "StakeVault",
    functionName: "withdraw",
    data: encodeFunctionData({ abi: stakeVaultAbi, functionName: "withdraw", args: [to, amount] }),
    decode: decodeNothing,
  };
}
