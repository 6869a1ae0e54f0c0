import { type Address, encodeFunctionData, type Hash, parseEventLogs } from "viem";
import { stakeVaultAbi } from "../abis/generated/StakeVault.ts";

import { address, checked } from "./internal/check.ts";
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

/** What {@link setPayout} takes. */
export interface SetPayoutParameters extends WriteParameters {
  /** Whose free balance receives what the sender earns as an operator from now on; the zero address for the sender's own. */
  readonly payout: Address;
}

/** Hash of the transaction. */
export type SetPayoutReturnType = Hash;

/** What {@link setPayout} can fail with. */
export type SetPayoutErrorType = WriteErrorType;

/**
 * Names the account that receives what the sender earns as an operator. Stake, and what leaves it, stay the sender's.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `VAULT_RECEIVER_INVALID` if it is the vault itself
 */
export async function setPayout(
  client: AssayClient,
  parameters: SetPayoutParameters,
): Promise<SetPayoutReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link setPayout} would do now, without sending it. */
export async function simulateSetPayout(client: AssayClient, parameters: SetPayoutParameters): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link setPayout}, for another wallet to send. */
export function encodeSetPayout(parameters: EncodeParameters<SetPayoutParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** The new payout account. */
export interface SetPayoutReceipt {
  /** Whose earnings they are. */
  readonly operator: Address;
  /** Who receives them; the zero address for the operator. */
  readonly payout: Address;
}

/**
 * The new payout account.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link setPayout}
 */
export function parseSetPayoutReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): SetPayoutReceipt {
  const logs = logsOf(receipt, parameters, "StakeVault");
  const events = parseEventLogs({ abi: stakeVaultAbi, eventName: "PayoutSet", logs });
  return eventOf(events, "PayoutSet", parameters, "StakeVault").args;
}

function prepare(parameters: Omit<SetPayoutParameters, keyof WriteParameters>): ContractCall<void> {
  const { payout } = checked(parameters, { payout: address });
  return {
    contract: "StakeVault",
    functionName: "setPayout",
    data: encodeFunctionData({ abi: stakeVaultAbi, functionName: "setPayout", args: [payout] }),
    decode: decodeNothing,
  };
}
