import { type Address, type Hex, zeroAddress } from "viem";
import { randomWord } from "./bytes.ts";

/** What every request says beside its model and its input. */
export interface RequestTerms {
  /** The profile that the commitment will live under. */
  readonly profileId: Hex;
  /** Paid to the operator when the result is final, from the sender's free balance, in the token's smallest unit. */
  readonly fee: bigint;
  /** A result must be committed before this Unix second. */
  readonly deadline: number;
  /** The only operator that may accept. Default: anyone may. */
  readonly operator?: Address;
  /** Smallest stake, in total, that the operator must hold, in the token's smallest unit. Default 0. */
  readonly minStake?: bigint;
  /** Makes equal requests distinct: the same one cannot be made twice, so that retrying with it is safe. Default: random. */
  readonly salt?: bigint;
}

/** The tuple that the hub takes. */
export function requestTuple(modelId: Hex, terms: RequestTerms) {
  const { profileId, fee, deadline } = terms;
  const { operator = zeroAddress, minStake = 0n, salt = BigInt(randomWord()) } = terms;
  return { modelId, profileId, fee, deadline, operator, minStake, salt };
}
