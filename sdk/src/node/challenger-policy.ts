/** What a challenger does about a result. Pure: sees a request, what it has found out about it, and its terms, and suggests one thing. */

import type { Profile } from "../actions/getProfile.ts";
import type { InferenceRequest } from "../actions/getRequest.ts";

/** `watch` only looks, `defend` makes moves that cost no bond, `full` challenges. */
export type Strategy = "watch" | "defend" | "full";

/** Whether the committed result is the model's, as far as it is known. */
export type Agreement = "agree" | "disagree" | "unknown";

export type ChallengerStep =
  /** Nothing can come of it any more. */
  | { readonly kind: "ended" }
  /** Look again at that time, and play the games there are meanwhile. */
  | { readonly kind: "wait"; readonly until: number | undefined }
  | { readonly kind: "check" }
  | { readonly kind: "challenge" }
  /** Look for the input where the request says that it is, and play the games there are meanwhile. */
  | { readonly kind: "seek" }
  /** Have the operator publish the input, or lose its stake. */
  | { readonly kind: "demand" }
  | { readonly kind: "settle" }
  | { readonly kind: "expire" }
  /** Rewards and refunds of games that have ended. */
  | { readonly kind: "claim" };

/** An input that the chain does not have. */
export interface UnpublishedInput {
  /** The model's. */
  readonly inputBytes: number;
  /** Whether it was looked for in vain, often enough. */
  readonly isWithheld: boolean;
}

export interface ChallengerSituation {
  readonly request: InferenceRequest;
  readonly profile: Profile;
  readonly strategy: Strategy;
  readonly agreement: Agreement;
  /** Whether the result can be computed again here. */
  readonly isVerifiable: boolean;
  /** What is known of an input that the chain does not have, where the model is there; `undefined` otherwise. */
  readonly unpublished: UnpublishedInput | undefined;
  /** Whether this account has a game about the result, or one on its way. A demand for the input is none. */
  readonly hasGame: boolean;
  /** Whether somebody has demanded the input; that is possible once. */
  readonly isDemanded: boolean;
  /** Whether inputs are demanded at all: whoever publishes one gets the bond. */
  readonly demandInputs: boolean;
  /** Whether this account is the operator. */
  readonly isOwnResult: boolean;
  /** Free balance in the vault. */
  readonly balance: bigint;
  /** Bonds of this account in games that have not ended. */
  readonly bonded: bigint;
  /** Most to have bonded; `undefined` for all there is. */
  readonly maxBond: bigint | undefined;
  readonly isDraining: boolean;
  /** Unix second of the latest block. */
  readonly time: number;
}

/** Requester and operator settle what they gain by; others only come in when they do not. */
const GRACE_SECONDS = 120;

/** The next thing to do about a request; playing its games comes on top. */
export function decideChallenger(situation: ChallengerSituation): ChallengerStep {
  const { request, strategy, time } = situation;
  const mayWrite = strategy !== "watch";
  switch (request.status) {
    case "requested":
    case "accepted":
      return { kind: "wait", until: request.deadline + GRACE_SECONDS };
    case "refunded":
      if (request.isSettled || !mayWrite) return { kind: "ended" };
      return afterGrace("expire", request.deadline, time);
    case "committed":
      return committed(situation);
    case "slashed":
      if (situation.isVerifiable && situation.agreement === "unknown") return { kind: "check" };
      if (request.openGames > 0) return { kind: "wait", until: undefined };
      return mayWrite ? { kind: "claim" } : { kind: "ended" };
    default:
      if (situation.isVerifiable && situation.agreement === "unknown") return { kind: "check" };
      if (!mayWrite) return { kind: "ended" };
      if (request.isSettled) return { kind: "claim" };
      return afterGrace("settle", request.windowEndsAt ?? request.deadline, time);
  }
}

/** Whether a bond can be spared. */
export function canBond({ profile, balance, bonded, maxBond }: ChallengerSituation): boolean {
  return balance >= profile.bond && (maxBond === undefined || bonded + profile.bond <= maxBond);
}

/** The bond that a game about the result would still take, whether it can be spared or not; 0 where none is wanted. */
export function requiredBond(situation: ChallengerSituation): bigint {
  return isWanted(situation) || isDemandWanted(situation) ? situation.profile.bond : 0n;
}

/** Whether a game about the result is missing. */
function isWanted({ request, strategy, agreement, hasGame, time }: ChallengerSituation): boolean {
  const { status, windowEndsAt } = request;
  const isOpen = status === "committed" && windowEndsAt !== undefined && time < windowEndsAt;
  return isOpen && strategy === "full" && agreement === "disagree" && !hasGame;
}

/** Whether the input has to be demanded before anything can be said about the result. */
function isDemandWanted(situation: ChallengerSituation): boolean {
  const { request, profile, strategy, unpublished, time } = situation;
  const { status, committedAt } = request;
  if (status !== "committed" || committedAt === undefined || unpublished === undefined) return false;
  // The first window counts, whatever has become of it since.
  const isOpen = time < committedAt + profile.windowSeconds;
  const isPossible = isOpen && !situation.isDemanded && unpublished.inputBytes <= profile.maxDemandBytes;
  const isMeant = strategy === "full" && situation.demandInputs && !situation.isOwnResult;
  return isPossible && isMeant && unpublished.isWithheld;
}

function committed(situation: ChallengerSituation): ChallengerStep {
  const { request, agreement, unpublished, time } = situation;
  const until = request.windowEndsAt;
  if (situation.isVerifiable && agreement === "unknown") return { kind: "check" };
  const isOpen = until !== undefined && time < until;
  if (isWanted(situation) && !situation.isDraining && canBond(situation)) return { kind: "challenge" };
  if (isDemandWanted(situation) && !situation.isDraining && canBond(situation)) return { kind: "demand" };
  if (unpublished !== undefined) return { kind: "seek" };
  // After the window there is the settling; without it, something else may change what can be done.
  return { kind: "wait", until: isOpen ? until : undefined };
}

function afterGrace(kind: "settle" | "expire", since: number, time: number): ChallengerStep {
  const due = since + GRACE_SECONDS;
  return time >= due ? { kind } : { kind: "wait", until: due };
}
