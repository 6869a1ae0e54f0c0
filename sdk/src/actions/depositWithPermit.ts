import { type Address, encodeFunctionData, type Hash } from "viem";
import { stakeVaultAbi } from "../abis/generated/StakeVault.ts";
import { address, bigUint, checked, optional, PERMIT } from "./internal/check.ts";
import type {
  AssayClient,
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
import { type DepositPermit, signDepositPermit } from "./signDepositPermit.ts";

/** What {@link depositWithPermit} takes. */
export interface DepositWithPermitParameters extends WriteParameters {
  /** In the token's smallest unit. */
  readonly amount: bigint;
  /** Whose free balance grows. Default: the sender's. */
  readonly beneficiary?: Address;
  /** A permit of the sender for this amount. Default: the sender is asked to sign one. */
  readonly permit?: DepositPermit;
}

/** Hash of the transaction. */
export type DepositWithPermitReturnType = Hash;

/** What {@link depositWithPermit} can fail with. */
export type DepositWithPermitErrorType = WriteErrorType;

/**
 * Moves tokens from the sender's wallet to a free balance in the vault with a signed permit instead of an approval.
 * A permit that somebody else has used already is no obstacle. {@link parseDepositReceipt} reads the receipt.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `ERC20_INSUFFICIENT_ALLOWANCE` if the permit is not valid, `ERC20_INSUFFICIENT_BALANCE` if the wallet has less
 * @throws {UserRejectedError} if the permit is not signed
 */
export async function depositWithPermit(
  client: AssayClient,
  parameters: DepositWithPermitParameters,
): Promise<DepositWithPermitReturnType> {
  return writeContractAction(client, parameters, prepare(await complete(client, parameters)));
}

/** What {@link depositWithPermit} would do now, without sending it. */
export async function simulateDepositWithPermit(
  client: AssayClient,
  parameters: DepositWithPermitParameters,
): Promise<void> {
  return simulateContractAction(client, parameters, prepare(await complete(client, parameters)));
}

type Complete = {
  readonly amount: bigint;
  readonly beneficiary: Address;
  readonly permit: DepositPermit;
};

/** The call of {@link depositWithPermit}, for another wallet to send: the one that signed the permit. */
export function encodeDepositWithPermit(
  parameters: EncodeParameters<DepositWithPermitParameters> & Complete,
): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

async function complete(client: AssayClient, parameters: DepositWithPermitParameters): Promise<Complete> {
  const { amount, beneficiary, permit } = checked(parameters, {
    ...{ amount: bigUint(256), beneficiary: optional(address), permit: optional(PERMIT) },
  });
  return {
    amount,
    beneficiary: beneficiary ?? senderAddressOf(client, parameters),
    permit: permit ?? (await signDepositPermit(client, parameters)),
  };
}

function prepare(parameters: Complete): ContractCall<void> {
  const { amount, beneficiary, permit } = checked(parameters, {
    ...{ amount: bigUint(256), beneficiary: address, permit: PERMIT },
  });
  const args = [beneficiary, amount, permit.deadline, permit.v, permit.r, permit.s] as const;
  return {
    contract: "StakeVault",
    functionName: "depositWithPermit",
    data: encodeFunctionData({ abi: stakeVaultAbi, functionName: "depositWithPermit", args }),
    decode: decodeNothing,
  };
}
