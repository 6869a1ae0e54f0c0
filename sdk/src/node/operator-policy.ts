/** What an operator does about a request. Pure: sees a request, itself and its terms, and suggests one thing. */

import type { Hex } from "viem";
import type { Profile } from "../actions/getProfile.ts";
import type { InferenceRequest } from "../actions/getRequest.ts";

/** What an operator takes on. */
export interface OperatorTerms {
  /** Profiles to commit under; any if empty. */
  readonly allowProfiles: readonly Hex[];
  /** In the token's smallest unit. */
  readonly minFee: bigint;
  /** Most stake to have locked; `undefined` for all of it. */
  readonly maxExposure: bigint | undefined;
  readonly deadlineMarginSeconds: number;
}

/** Why a request is not taken on. */
export type Refusal =
  | "other operator"
  | "model not served"
  | "profile not allowed"
  | "fee too low"
  | "deadline too near"
  | "input not available"
  | "stake too small"
  | "exposure too large"
  | "draining"
  | "failed before";

export type OperatorStep =
  /** Nothing can come of it any more, or it is somebody else's. */
  | { readonly kind: "ended" }
  | { readonly kind: "decline"; readonly reason: Refusal }
  /** Look again at that time. */
  | { readonly kind: "wait"; readonly until: number | undefined }
  /** Look for the input where the request says that it is. */
  | { readonly kind: "seek" }
  | { readonly kind: "accept" }
  /** Compute, and commit as soon as that is done. */
  | { readonly kind: "answer" }
  | { readonly kind: "settle" }
  | { readonly kind: "expire" };

export interface OperatorSituation {
  readonly request: InferenceRequest;
  readonly profile: Profile;
  readonly me: Hex;
  readonly terms: OperatorTerms;
  /** Whether the model is there and allowed. */
  readonly isServed: boolean;
  /** Whether the input is published, or was found elsewhere. */
  readonly hasInput: boolean;
  /** Stake in total, in the token's smallest unit. */
  readonly stake: bigint;
  /** Stake that is locked, or will be by transactions on their way, without this request's. */
  readonly locked: bigint;
  /** How long the model is known to take. */
  readonly runSeconds: number;
  readonly isDraining: boolean;
  /** Whether the model has failed on this input. */
  readonly hasFailed: boolean;
  /** Unix second of the latest block. */
  readonly time: number;
}

/** The next thing to do about a request; defending its games comes on top. */
export function decideOperator(situation: OperatorSituation): OperatorStep {
  const { request, me } = situation;
  const isOurs = request.operator?.toLowerCase() === me.toLowerCase();
  switch (request.status) {
    case "requested":
      return takeOn(situation, isOurs);
    case "accepted":
      if (!isOurs) return { kind: "ended" };
      // The lock is lost sooner by saying nothing than by an answer that comes late, so that a failure is not the end.
      return { kind: "answer" };
    case "committed":
      if (!isOurs) return { kind: "ended" };
      return { kind: "wait", until: request.windowEndsAt };
    case "refunded":
      // Whoever accepted and missed the deadline has its stake locked until somebody says so.
      return isOurs && !request.isSettled && request.lock > 0n ? { kind: "expire" } : { kind: "ended" };
    case "slashed":
      return isOurs && request.openGames > 0 ? { kind: "wait", until: undefined } : { kind: "ended" };
    default:
      return isOurs && !request.isSettled ? { kind: "settle" } : { kind: "ended" };
  }
}

function takeOn(situation: OperatorSituation, isOurs: boolean): OperatorStep {
  const { request, profile, terms, stake, locked, runSeconds, time } = situation;
  const decline = (reason: Refusal): OperatorStep => ({ kind: "decline", reason });
  if (request.operator !== undefined && !isOurs) return decline("other operator");
  if (!situation.isServed) return decline("model not served");
  if (terms.allowProfiles.length > 0 && !terms.allowProfiles.includes(request.profileId)) {
    return decline("profile not allowed");
  }
  if (request.fee < terms.minFee) return decline("fee too low");
  if (situation.isDraining) return decline("draining");
  if (situation.hasFailed) return decline("failed before");
  if (request.deadline - time < terms.deadlineMarginSeconds + 2 * runSeconds)
    return decline("deadline too near");
  if (stake < locked + profile.lock) return decline("stake too small");
  if (terms.maxExposure !== undefined && locked + profile.lock > terms.maxExposure) {
    return decline("exposure too large");
  }
  // Only for what is taken on: strangers say where inputs are.
  if (!situation.hasInput) return { kind: "seek" };
  // Whom the request names may commit without having accepted, which saves a transaction.
  return { kind: isOurs ? "answer" : "accept" };
}
