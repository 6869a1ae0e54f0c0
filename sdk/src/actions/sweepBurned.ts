import { decodeFunctionResult, encodeFunctionData, type Hash, isAddressEqual, parseEventLogs } from "viem";
import { assayTokenAbi } from "../abis/generated/AssayToken.ts";
import { stakeVaultAbi } from "../abis/generated/StakeVault.ts";
import { checked } from "./internal/check.ts";
import { logsOf, type ReceiptLike } from "./internal/receipts.ts";
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

/** What {@link sweepBurned} takes. */
export interface SweepBurnedParameters extends WriteParameters {}

/** Hash of the transaction. */
export type SweepBurnedReturnType = Hash;

/** What {@link sweepBurned} can fail with. */
export type SweepBurnedErrorType = WriteErrorType;

/**
 * Sends the burned parts of slashed locks and lost bonds out of everybody's reach. Anyone can.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 */
export async function sweepBurned(
  client: AssayClient,
  parameters: SweepBurnedParameters,
): Promise<SweepBurnedReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link sweepBurned} would do now, without sending it; returns the amount, in the token's smallest unit. */
export async function simulateSweepBurned(
  client: AssayClient,
  parameters: SweepBurnedParameters,
): Promise<bigint> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link sweepBurned}, for another wallet to send. */
export function encodeSweepBurned(parameters: EncodeParameters<SweepBurnedParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link sweepBurned} says. */
export interface SweepBurnedReceipt {
  /** What went out of everybody's reach, in the token's smallest unit; 0 if nothing had been burned since the last time. */
  readonly amount: bigint;
}

/** What was swept. The vault says nothing about it: the token tells what has left it. */
export function parseSweepBurnedReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): SweepBurnedReceipt {
  const logs = logsOf(receipt, parameters, "AssayToken");
  const { StakeVault: vault } = parameters.deployment.contracts;
  const amount = parseEventLogs({ abi: assayTokenAbi, eventName: "Transfer", logs })
    .filter(({ args }) => isAddressEqual(args.from, vault))
    .reduce((sum, { args }) => sum + args.value, 0n);
  return { amount };
}

function prepare(parameters: WriteParameters): ContractCall<bigint> {
  checked(parameters, {});
  return {
    contract: "StakeVault",
    functionName: "sweepBurned",
    data: encodeFunctionData({ abi: stakeVaultAbi, functionName: "sweepBurned" }),
    decode: (data) => decodeFunctionResult({ abi: stakeVaultAbi, functionName: "sweepBurned", data }),
  };
}
