import { decodeFunctionResult, encodeFunctionData, type Hash } from "viem";
import { assayTokenAbi } from "../abis/generated/AssayToken.ts";
import type { Deployment } from "../addresses.ts";
import { bigUint, checked } from "./internal/check.ts";
import { givenDeployment, resolveDeployment } from "./internal/deployment.ts";
import type {
  AssayClient,
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

/** What {@link approveToken} takes. */
export interface ApproveTokenParameters extends WriteParameters {
  /** What the vault may take from the sender's wallet, in the token's smallest unit. */
  readonly amount: bigint;
}

/** Hash of the transaction. */
export type ApproveTokenReturnType = Hash;

/** What {@link approveToken} can fail with. */
export type ApproveTokenErrorType = WriteErrorType;

/**
 * Allows the vault to take tokens from the sender's wallet, as {@link deposit} does. {@link depositWithPermit} needs no approval.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 */
export async function approveToken(
  client: AssayClient,
  parameters: ApproveTokenParameters,
): Promise<ApproveTokenReturnType> {
  const deployment = await resolveDeployment(client, checked(parameters, { amount: bigUint(256) }));
  return writeContractAction(client, { ...parameters, deployment }, prepare(parameters, deployment));
}

/** What {@link approveToken} would do now, without sending it; returns what the token returns. */
export async function simulateApproveToken(
  client: AssayClient,
  parameters: ApproveTokenParameters,
): Promise<boolean> {
  const deployment = await resolveDeployment(client, checked(parameters, { amount: bigUint(256) }));
  return simulateContractAction(client, { ...parameters, deployment }, prepare(parameters, deployment));
}

/** The call of {@link approveToken}, for another wallet to send. */
export function encodeApproveToken(parameters: EncodeParameters<ApproveTokenParameters>): EncodedCall {
  const deployment = givenDeployment(checked(parameters, { amount: bigUint(256) }));
  return encodeContractAction(parameters, prepare(parameters, deployment));
}

function prepare({ amount }: { readonly amount: bigint }, { contracts }: Deployment): ContractCall<boolean> {
  const args = [contracts.StakeVault, amount] as const;
  return {
    contract: "AssayToken",
    functionName: "approve",
    data: encodeFunctionData({ abi: assayTokenAbi, functionName: "approve", args }),
    decode: (data) => decodeFunctionResult({ abi: assayTokenAbi, functionName: "approve", data }),
  };
}
