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

/** What {@link deposit} takes. */
export interface DepositParameters extends WriteParameters {
  /** In the token's smallest unit; the vault must be approved for it. */
  readonly amount: bigint;
  /** Whose free balance grows. Default: the sender's. */
  readonly beneficiary?: Address;
}

/** Hash of the transaction. */
export type DepositReturnType = Hash;

/** What {@link deposit} can fail with. */
export type DepositErrorType = WriteErrorType;

/**
 * Moves tokens from the sender's wallet to a free balance in the vault, from which fees, stakes and bonds are taken.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `ERC20_INSUFFICIENT_ALLOWANCE` if the vault is not approved, `ERC20_INSUFFICIENT_BALANCE` if the wallet has less
 *
 * @example
 * await approveToken(client, { deployment, amount });
 * await deposit(client, { deployment, amount });
 */
export async function deposit(
  client: AssayClient,
  parameters: DepositParameters,
): Promise<DepositReturnType> {
  return writeContractAction(client, parameters, prepare(withSender(client, parameters)));
}

/** What {@link deposit} would do now, without sending it. */
export async function simulateDeposit(client: AssayClient, parameters: DepositParameters): Promise<void> {
  return simulateContractAction(client, parameters, prepare(withSender(client, parameters)));
}

/** The call of {@link deposit}, for another wallet to send. */
export function encodeDeposit(
  parameters: EncodeParameters<DepositParameters> & { readonly beneficiary: Address },
): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link deposit} says. */
export interface DepositReceipt {
  /** Whose free balance has grown. */
  readonly account: Address;
  /** Whose wallet paid. */
  readonly from: Address;
  /** In the token's smallest unit. */
  readonly amount: bigint;
}

/**
 * What was deposited.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link deposit} or {@link depositWithPermit}
 */
export function parseDepositReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): DepositReceipt {
  const logs = logsOf(receipt, parameters, "StakeVault");
  const events = parseEventLogs({ abi: stakeVaultAbi, eventName: "Deposited", logs });
  return eventOf(events, "Deposited", parameters, "StakeVault").args;
}

function withSender(client: AssayClient, parameters: DepositParameters) {
  const { amount, beneficiary } = checked(parameters, {
    amount: bigUint(256),
    beneficiary: optional(address),
  });
  return { amount, beneficiary: beneficiary ?? senderAddressOf(client, parameters) };
}

function prepare(parameters: { readonly amount: bigint; readonly beneficiary: Address }): ContractCall<void> {
  const { amount, beneficiary } = checked(parameters, { amount: bigUint(256), beneficiary: address });
  const args = [beneficiary, amount] as const;
  return {
    contract: "StakeVault",
    functionName: "deposit",
    data: encodeFunctionData({ abi: stakeVaultAbi, functionName: "deposit", args }),
    decode: decodeNothing,
  };
}
