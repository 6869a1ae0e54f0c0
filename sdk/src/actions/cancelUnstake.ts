import { encodeFunctionData, type Hash, parseEventLogs } from "viem";
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

/** What {@link cancelUnstake} takes. */
export interface CancelUnstakeParameters extends WriteParameters {
  /** A ticket of the sender. */
  readonly ticketId: bigint;
}

/** Hash of the transaction. */
export type CancelUnstakeReturnType = Hash;

/** What {@link cancelUnstake} can fail with. */
export type CancelUnstakeErrorType = WriteErrorType;

/**
 * Puts a ticket's amount back to the stake.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `VAULT_TICKET_NOT_OWNED` if the ticket is not the sender's, `VAULT_TICKET_UNKNOWN` if it is no more
 */
export async function cancelUnstake(
  client: AssayClient,
  parameters: CancelUnstakeParameters,
): Promise<CancelUnstakeReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link cancelUnstake} would do now, without sending it. */
export async function simulateCancelUnstake(
  client: AssayClient,
  parameters: CancelUnstakeParameters,
): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link cancelUnstake}, for another wallet to send. */
export function encodeCancelUnstake(parameters: EncodeParameters<CancelUnstakeParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link cancelUnstake} says. */
export interface CancelUnstakeReceipt {
  /** The ticket that is no more. */
  readonly ticketId: bigint;
}

/**
 * The ticket that was cancelled.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link cancelUnstake}
 */
export function parseCancelUnstakeReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): CancelUnstakeReceipt {
  const logs = logsOf(receipt, parameters, "StakeVault");
  const events = parseEventLogs({ abi: stakeVaultAbi, eventName: "UnstakeCancelled", logs });
  return eventOf(events, "UnstakeCancelled", parameters, "StakeVault").args;
}

function prepare(parameters: Omit<CancelUnstakeParameters, keyof WriteParameters>): ContractCall<void> {
  const { ticketId } = checked(parameters, { ticketId: bigUint(256) });
  return {
    contract: "StakeVault",
    functionName: "cancelUnstake",
    data: encodeFunctionData({ abi: stakeVaultAbi, functionName: "cancelUnstake", args: [ticketId] }),
    decode: decodeNothing,
  };
}
