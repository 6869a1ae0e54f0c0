/** What can move an account's money, and where the money is. All amounts are in the token's smallest unit. */

import type { Address, Hex } from "viem";

/** Where an account's money is. */
export interface Holdings {
  /** Free balance in the vault. */
  readonly free: bigint;
  /** Stake as an operator, the locked part included. */
  readonly stake: bigint;
  /** The part of the stake that is locked for results. It is counted in `stake` already. */
  readonly locked: bigint;
  /** Stake on its way out of the vault. */
  readonly exits: bigint;
  /** Bonds in games that have not ended. */
  readonly bonds: bigint;
  /** Fees of own requests that have not ended. */
  readonly fees: bigint;
}

export const NOTHING: Holdings = { free: 0n, stake: 0n, locked: 0n, exits: 0n, bonds: 0n, fees: 0n };

/** What a movement is for. */
export type MovementKind =
  /** Tokens from a wallet. */
  | "deposit"
  /** Tokens to a wallet. */
  | "withdrawal"
  /** Free balance became stake. */
  | "stake"
  /** Stake began to leave. */
  | "unstake"
  /** An exit was taken back. */
  | "unstakeCancelled"
  /** An exit became free balance. */
  | "unstakeCompleted"
  /** Stake became another operator's. */
  | "stakeSent"
  /** Another operator's stake became the account's. */
  | "stakeReceived"
  /** Stake was locked for a result or a batch. */
  | "lock"
  /** A lock ended. What it cost, if anything, is a movement of its own. */
  | "unlock"
  /** The lock of a result that was convicted. */
  | "slashed"
  /** What an operator loses that accepted and did not answer in time. */
  | "deadlinePenalty"
  /** What an operator loses whose result nobody could decide about. */
  | "voidPenalty"
  /** The fee of a request was put into escrow. */
  | "feePlaced"
  /** The fee of a request went to its operator. */
  | "feePaid"
  /** The fee of a request came back. */
  | "feeReturned"
  /** The fee of a request that was answered. */
  | "feeEarned"
  /** A requester's share of a slashed lock. */
  | "compensation"
  /** The penalty of an operator that had accepted the account's request and did not answer in time. */
  | "penaltyReceived"
  /** The bond of a game was put into escrow. */
  | "bondPlaced"
  /** The bond of a game came back. */
  | "bondReturned"
  /** The bond of a game was lost. */
  | "bondLost"
  /** What the operator gets of a bond that a challenger has lost. */
  | "bondEarned"
  /** A winning challenger's share of a slashed lock. */
  | "reward"
  /** What a third party is repaid for its moves for an operator. */
  | "moveRefund"
  /** What a transaction of the account has cost in the chain's currency; moves no tokens. */
  | "gas";

/** What a movement is about. */
export interface Subject {
  /** The request, or the result that was shown from a batch. */
  readonly requestId?: Hex | undefined;
  /** The game. */
  readonly gameId?: Hex | undefined;
  /** The batch. */
  readonly batchId?: Hex | undefined;
  /** The withdrawal of stake. */
  readonly ticketId?: bigint | undefined;
  /** Who is on the other side, where there is one. */
  readonly counterparty?: Address | undefined;
}

/** One movement of one account. */
export interface Movement extends Subject {
  /** Whose money was moved. */
  readonly account: Address;
  /** What for. */
  readonly kind: MovementKind;
  /** How much was moved, never negative. */
  readonly amount: bigint;
  /** By how much each place has changed. */
  readonly change: Partial<Holdings>;
}

/** Holdings after a change. */
export function applied(holdings: Holdings, change: Partial<Holdings>): Holdings {
  return {
    free: holdings.free + (change.free ?? 0n),
    stake: holdings.stake + (change.stake ?? 0n),
    locked: holdings.locked + (change.locked ?? 0n),
    exits: holdings.exits + (change.exits ?? 0n),
    bonds: holdings.bonds + (change.bonds ?? 0n),
    fees: holdings.fees + (change.fees ?? 0n),
  };
}

/** All of an account's money, wherever it is. */
export function totalOf({ free, stake, exits, bonds, fees }: Holdings): bigint {
  return free + stake + exits + bonds + fees;
}

/** What each kind does to the places, by its sign. */
const EFFECTS: Readonly<
  Record<Exclude<MovementKind, "gas">, Readonly<Partial<Record<keyof Holdings, 1 | -1>>>>
> = {
  deposit: { free: 1 },
  withdrawal: { free: -1 },
  stake: { free: -1, stake: 1 },
  unstake: { stake: -1, exits: 1 },
  unstakeCancelled: { exits: -1, stake: 1 },
  unstakeCompleted: { exits: -1, free: 1 },
  stakeSent: { stake: -1 },
  stakeReceived: { stake: 1 },
  lock: { locked: 1 },
  unlock: { locked: -1 },
  slashed: { stake: -1 },
  deadlinePenalty: { stake: -1 },
  voidPenalty: { stake: -1 },
  feePlaced: { free: -1, fees: 1 },
  feePaid: { fees: -1 },
  feeReturned: { fees: -1, free: 1 },
  feeEarned: { free: 1 },
  compensation: { free: 1 },
  penaltyReceived: { free: 1 },
  bondPlaced: { free: -1, bonds: 1 },
  bondReturned: { bonds: -1, free: 1 },
  bondLost: { bonds: -1 },
  bondEarned: { free: 1 },
  reward: { free: 1 },
  moveRefund: { free: 1 },
};

/** A movement of tokens; none where the amount is 0. */
export function movement(
  account: Address,
  kind: keyof typeof EFFECTS,
  amount: bigint,
  subject: Subject = {},
): readonly Movement[] {
  if (amount === 0n) return [];
  const change = Object.fromEntries(
    Object.entries(EFFECTS[kind]).map(([place, sign]) => [place, BigInt(sign) * amount]),
  );
  return [{ ...subject, account, kind, amount, change }];
}
