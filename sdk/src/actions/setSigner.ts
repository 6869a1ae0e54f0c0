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

/** What {@link setSigner} takes. */
export interface SetSignerParameters extends WriteParameters {
  /** Who accepts and commits for the sender from now on, beside the sender itself; the zero address for nobody. */
  readonly signer: Address;
}

/** Hash of the transaction. */
export type SetSignerReturnType = Hash;

/** What {@link setSigner} can fail with. */
export type SetSignerErrorType = WriteErrorType;

/**
 * Names the key that accepts and commits for the sender, so that the sender's own can stay cold. It replaces the one before at once, and moves no money.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 */
export async function setSigner(
  client: AssayClient,
  parameters: SetSignerParameters,
): Promise<SetSignerReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link setSigner} would do now, without sending it. */
export async function simulateSetSigner(client: AssayClient, parameters: SetSignerParameters): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link setSigner}, for another wallet to send. */
export function encodeSetSigner(parameters: EncodeParameters<SetSignerParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** The new signer. */
export interface SetSignerReceipt {
  /** Whose signer it is. */
  readonly operator: Address;
  /** The signer; the zero address for nobody. */
  readonly signer: Address;
}

/**
 * The new signer.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link setSigner}
 */
export function parseSetSignerReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): SetSignerReceipt {
  const logs = logsOf(receipt, parameters, "StakeVault");
  const events = parseEventLogs({ abi: stakeVaultAbi, eventName: "SignerSet", logs });
  return eventOf(events, "SignerSet", parameters, "StakeVault").args;
}

function prepare(parameters: Omit<SetSignerParameters, keyof WriteParameters>): ContractCall<void> {
  const { signer } = checked(parameters, { signer: address });
  return {
    contract: "StakeVault",
    functionName: "setSigner",
    data: encodeFunctionData({ abi: stakeVaultAbi, functionName: "setSigner", args: [signer] }),
    decode: decodeNothing,
  };
}
