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

/** What {@link completeUnstake} takes. */
export interface CompleteUnstakeParameters extends WriteParameters {
  /** A ticket that is ready. */
  readonly ticketId: bigint;
}

/** Hash of the transaction. */
export type CompleteUnstakeReturnType = Hash;

/** What {@link completeUnstake} can fail with. */
export type CompleteUnstakeErrorType = WriteErrorType;

/**
 * Credits a ticket to its owner's free balance. Anyone can.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `VAULT_TICKET_NOT_READY` if the ticket is not ready, `VAULT_TICKET_UNKNOWN` if it is no more
 */
export async function completeUnstake(
  client: AssayClient,
  parameters: CompleteUnstakeParameters,
): Promise<CompleteUnstakeReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link completeUnstake} would do now, without sending it. */
export async function simulateCompleteUnstake(
  client: AssayClient,
  parameters: CompleteUnstakeParameters,
): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link completeUnstake}, for another wallet to send. */
export function encodeCompleteUnstake(parameters: EncodeParameters<CompleteUnstakeParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link completeUnstake} says. */
export interface CompleteUnstakeReceipt {
  /** The ticket that is no more. */
  readonly ticketId: bigint;
}

/**
 * The ticket that was completed.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link completeUnstake}
 */
export function parseCompleteUnstakeReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): CompleteUnstakeReceipt {
  const logs = logsOf(receipt, parameters, "StakeVault");
  const events = parseEventLogs({ abi: stakeVaultAbi, eventName: "UnstakeCompleted", logs });
  return eventOf(events, "UnstakeCompleted", parameters, "StakeVault").args;
}

function prepare(parameters: Omit<CompleteUnstakeParameters, keyof WriteParameters>): ContractCall<void> {
  const { ticketId } = checked(parameters, { ticketId: bigUint(256) });
  return {
    contract: "StakeVault",
    functionName: "completeUnstake",
    data: encodeFunctionData({ abi: stakeVaultAbi, functionName: "completeUnstake", args: [ticketId] }),
    decode: decodeNothing,
  };
}
