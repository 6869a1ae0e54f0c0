/** What a challenger knows of the games it follows, and of the money that is in them or would have to be: the source of its metrics about both. */

import type { Hex } from "viem";
import { OUTCOMES, type Outcome } from "../game/state.ts";
import type { Agreement } from "./challenger-policy.ts";
import type { Metrics } from "./metrics.ts";

/** A game as it was seen last. */
export interface SeenGame {
  readonly gameId: Hex;
  readonly requestId: Hex;
  readonly outcome: Outcome;
  readonly isEnded: boolean;
  /** What this account has in it, if it is its own. */
  readonly bond: bigint | undefined;
}

interface Note extends SeenGame {
  /** Milliseconds since the Unix epoch. */
  readonly lookedAt: number;
}

/** What costs a challenger its bond. */
const LOSSES: ReadonlySet<Outcome> = new Set(["operatorWins", "bothLose"]);
const WEI_PER_TOKEN = 1e18;
const AGREEMENTS = ["agree", "disagree", "unknown"] as const satisfies readonly Agreement[];

export class GameBook {
  readonly #metrics: Pick<
    Metrics,
    "disputes" | "inflightDisputes" | "honestBonds" | "bondRequired" | "oldestDisputeUpdate"
  >;
  readonly #games = new Map<Hex, Note>();
  /** Games that an event has told of and that the chain does not have, with their requests: their blocks were replaced. */
  readonly #missing = new Map<Hex, Hex>();
  /** Bonds of own games that have not ended, with those that are on their way to the chain. */
  readonly #bonds = new Map<Hex, { readonly requestId: Hex; readonly bond: bigint }>();
  readonly #agreements = new Map<Hex, Agreement>();
  readonly #required = new Map<Hex, bigint>();
  /** Bonds of own games that have ended, by what became of them since the start. */
  readonly #decided = { won: 0n, lost: 0n };

  constructor(metrics: Metrics) {
    this.#metrics = metrics;
  }

  /** Tokens in own games that have not ended. */
  get bonded(): bigint {
    return sum([...this.#bonds.values()].map(({ bond }) => bond));
  }

  isEnded(gameId: Hex): boolean {
    return this.#games.get(gameId)?.isEnded === true;
  }

  isMissing(gameId: Hex): boolean {
    return this.#missing.has(gameId);
  }

  /** Notes that the chain does not have a game. */
  miss({ gameId, requestId }: Pick<SeenGame, "gameId" | "requestId">): void {
    this.#missing.set(gameId, requestId);
    this.#games.delete(gameId);
  }

  /** Notes what this account thinks of a result, and what challenging it would still take; 0 for nothing. */
  judge(requestId: Hex, agreement: Agreement, required: bigint): void {
    this.#agreements.set(requestId, agreement);
    this.#required.set(requestId, required);
  }

  /** A bond is on its way into a game. */
  open(gameId: Hex, requestId: Hex, bond: bigint): void {
    this.#bonds.set(gameId, { requestId, bond });
  }

  /** Notes a game as the chain shows it. */
  see(game: SeenGame): void {
    const { gameId, requestId, isEnded, bond, outcome } = game;
    const isNews = isEnded && !this.isEnded(gameId);
    if (isNews && bond !== undefined && outcome === "challengerWins") this.#decided.won += bond;
    if (isNews && bond !== undefined && LOSSES.has(outcome)) this.#decided.lost += bond;
    this.#games.set(gameId, { ...game, lookedAt: Date.now() });
    this.#missing.delete(gameId);
    if (bond !== undefined && !isEnded) this.#bonds.set(gameId, { requestId, bond });
    else this.#bonds.delete(gameId);
  }

  /** Nothing can happen to a request and its games any more. */
  forget(requestId: Hex): void {
    for (const book of [this.#games, this.#bonds])
      for (const [gameId, about] of book) if (about.requestId === requestId) book.delete(gameId);
    for (const [gameId, about] of this.#missing) if (about === requestId) this.#missing.delete(gameId);
    this.#agreements.delete(requestId);
    this.#required.delete(requestId);
    this.report();
  }

  /** Tells the metrics. */
  report(): void {
    const { disputes, inflightDisputes, honestBonds, bondRequired, oldestDisputeUpdate } = this.#metrics;
    const games = [...this.#games.values()];
    const active = games.filter(({ isEnded }) => !isEnded);
    inflightDisputes.set(active.length);
    honestBonds.set({ state: "pending" }, tokens(this.bonded));
    for (const state of ["won", "lost"] as const) honestBonds.set({ state }, tokens(this.#decided[state]));
    const atStake = new Set([...this.#bonds.values()].map(({ requestId }) => requestId));
    const missing = [...this.#required].filter(([requestId]) => !atStake.has(requestId));
    bondRequired.set(tokens(sum(missing.map(([, bond]) => bond))));
    const oldest = Math.min(...active.map(({ lookedAt }) => lookedAt), Date.now());
    oldestDisputeUpdate.set(Math.floor(oldest / 1_000));
    for (const status of OUTCOMES) {
      for (const agreement of AGREEMENTS) {
        const isCounted = ({ outcome, requestId }: SeenGame): boolean =>
          outcome === status && (this.#agreements.get(requestId) ?? "unknown") === agreement;
        disputes.set(
          { status: status === "none" ? "inProgress" : status, agreement },
          games.filter(isCounted).length,
        );
      }
    }
  }
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

function tokens(amount: bigint): number {
  return Number(amount) / WEI_PER_TOKEN;
}
