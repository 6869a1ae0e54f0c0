import { decodeFunctionResult, encodeFunctionData, type Hash, type Hex, parseEventLogs } from "viem";
import { profilesAbi } from "../abis/generated/Profiles.ts";
import type { Profile } from "./getProfile.ts";
import { checked, PROFILE } from "./internal/check.ts";
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

/** What {@link createProfile} takes. */
export interface CreateProfileParameters extends WriteParameters {
  /** Times in seconds, shares in 1/10,000, amounts in the token's smallest unit. */
  readonly profile: Profile;
}

/** Hash of the transaction. */
export type CreateProfileReturnType = Hash;

/** What {@link createProfile} can fail with. */
export type CreateProfileErrorType = WriteErrorType;

/**
 * Creates an immutable parameter set, if it protects an honest side. Anyone can, and doing it again changes nothing.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} if the parameters are not sound; each rule has its own code, for instance `PROFILE_CLOCK_TOO_SHORT`
 */
export async function createProfile(
  client: AssayClient,
  parameters: CreateProfileParameters,
): Promise<CreateProfileReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link createProfile} would do now, without sending it; returns the profile's id. */
export async function simulateCreateProfile(
  client: AssayClient,
  parameters: CreateProfileParameters,
): Promise<Hex> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link createProfile}, for another wallet to send. */
export function encodeCreateProfile(parameters: EncodeParameters<CreateProfileParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link createProfile} says. */
export interface CreateProfileReceipt {
  /** Content address of the profile. */
  readonly profileId: Hex;
  /** The parameters. */
  readonly profile: Profile;
}

/** The profile that was created; `undefined` if it had been before, since nothing happens then. */
export function parseCreateProfileReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): CreateProfileReceipt | undefined {
  const logs = logsOf(receipt, parameters, "Profiles");
  return parseEventLogs({ abi: profilesAbi, eventName: "ProfileCreated", logs })[0]?.args;
}

function prepare(parameters: Omit<CreateProfileParameters, keyof WriteParameters>): ContractCall<Hex> {
  const { profile } = checked(parameters, { profile: PROFILE });
  return {
    contract: "Profiles",
    functionName: "create",
    data: encodeFunctionData({ abi: profilesAbi, functionName: "create", args: [profile] }),
    decode: (data) => decodeFunctionResult({ abi: profilesAbi, functionName: "create", data }),
  };
}
