import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { checked, word } from "./internal/check.ts";
import { loadProfilesAbi } from "./internal/late-abis.ts";
import { readContractAction } from "./internal/read.ts";
import type { AssayClient, ReadErrorType, ReadParameters } from "./internal/types.ts";

/** Immutable parameters of a commitment and of every game about it. Amounts are in the smallest unit of the vault's token. */
export interface Profile {
  /** W: a challenge can be opened for so long after the commitment. */
  readonly windowSeconds: number;
  /** C: what one side of one game may use up in total. */
  readonly clockSeconds: number;
  /** The censorship, in total, that the window and the clocks are made to survive. */
  readonly censorshipSeconds: number;
  /** What one transaction may take to be included, the time to compute it contained. */
  readonly inclusionSeconds: number;
  /** What building the whole trace may take. */
  readonly traceSeconds: number;
  /** Share of the lock burned on a slash, in 1/10,000. */
  readonly lockBurnBps: number;
  /** Share of the lock paid to the requester on a slash, in 1/10,000. */
  readonly requesterBps: number;
  /** Share of a lost bond burned, in 1/10,000. */
  readonly bondBurnBps: number;
  /** How many results one lock may back together, as a batch; 0 if each result needs a lock of its own. */
  readonly maxBatchResults: number;
  /** L: stake locked for one commitment. */
  readonly lock: bigint;
  /** B: what a challenger stakes on one game. */
  readonly bond: bigint;
  /** Longest input, in bytes, whose publication a challenger may demand where a request gave its root alone; 0 if none. */
  readonly maxDemandBytes: number;
  /** What an operator loses that accepted and did not commit in time. */
  readonly missedDeadlinePenalty: bigint;
  /** What an operator loses whose commitment ended Void. */
  readonly voidPenalty: bigint;
  /** Paid out of a lost bond to a third party for each answer it made for the operator. */
  readonly answerRefund: bigint;
  /** Paid out of a lost bond to a third party for the step that it made for the operator, or the demanded input that it published. */
  readonly stepRefund: bigint;
}

/** What {@link getProfile} takes. */
export interface GetProfileParameters extends ReadParameters {
  /** Id of the profile: a hash of 32 bytes over its parameters. */
  readonly profileId: Hex;
}

/** What {@link getProfile} gives. */
export type GetProfileReturnType = Profile;

/** What {@link getProfile} can fail with. */
export type GetProfileErrorType = ReadErrorType;

/**
 * The parameters of a profile: how long the window and the clocks are, and what is at stake.
 *
 * @throws {ContractRevertError} `PROFILE_UNKNOWN` if there is no such profile
 */
export async function getProfile(
  client: AssayClient,
  parameters: GetProfileParameters,
): Promise<GetProfileReturnType> {
  checked(parameters, { profileId: word });
  return readContractAction(client, parameters, "Profiles", async (address, block) => {
    const call = { address, abi: await loadProfilesAbi(), functionName: "profileOf", ...block } as const;
    return readContract(client, { ...call, args: [parameters.profileId] });
  });
}
