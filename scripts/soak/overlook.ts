/** What has not come to its end, looked at again and again while a soak runs; what is over is not read every time. */

import type { Hex } from "viem";
import type { DisputeGameState } from "../../sdk/src/actions/getGame.ts";
import { GameNotFoundError, RequestNotFoundError } from "../../sdk/src/errors/protocol.ts";
import { type Asked, askedIn, claimedIn, type Ending, endingOf, type Opened, openedIn } from "./chain.ts";
import { DEADLINE_SECONDS, SOAK_PROFILE, type Stage } from "./stage.ts";

const TERMINAL: readonly string[] = ["final", "slashed", "void", "refunded"];
/** More blocks than are ever replaced. */
const AGAIN = 32n;

/** What somebody has to do something about, and what only time is wanting for. */
export interface Open {
  readonly asked: readonly Asked[];
  readonly urgent: readonly string[];
  readonly waiting: readonly string[];
  /** The least share of the time that something urgent has left; 1 if nothing is urgent. */
  readonly share: number;
}

export class Overlook {
  readonly #stage: Stage;
  #asked: readonly Asked[] = [];
  #opened: readonly Opened[] = [];
  #claimed: readonly { readonly gameId: Hex; readonly blockNumber: bigint }[] = [];
  /** Requests and games that were over at a block. */
  readonly #over = new Map<Hex, bigint>();
  readonly #outcomes = new Map<Hex, string>();
  #read = 0n;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async look(): Promise<Open> {
    const { requester } = this.#stage.network.clients;
    const { number, timestamp } = await requester.getBlock();
    const from = this.#read > AGAIN ? this.#read - AGAIN : 0n;
    const [asked, opened, claimed] = await Promise.all([
      askedIn(this.#stage, from),
      openedIn(this.#stage, from),
      claimedIn(this.#stage, from),
    ]);
    const known = <log extends { readonly blockNumber: bigint }>(
      before: readonly log[],
      now: readonly log[],
    ) => [...before.filter(({ blockNumber }) => blockNumber < from), ...now];
    this.#asked = known(this.#asked, asked);
    this.#opened = known(this.#opened, opened);
    this.#claimed = known(this.#claimed, claimed);
    this.#read = number;

    const urgent: string[] = [];
    const waiting: string[] = [];
    const shares: number[] = [1];
    const isOpen = ({ requestId }: Asked): boolean => !this.#isOver(requestId, number);
    for (const request of await this.#each(this.#asked.filter(isOpen), (one) => endingOf(this.#stage, one))) {
      const { requestId, status, openGames, isSettled, isTrue, isAnswerable } = request;
      if (isSettled && openGames === 0 && TERMINAL.includes(status)) {
        this.#note(requestId, number);
        continue;
      }
      this.#over.delete(requestId);
      const isUncommitted = status === "requested" || status === "accepted";
      const isUrgent = openGames > 0 || (isUncommitted && isAnswerable) || isTrue === false;
      (isUrgent ? urgent : waiting).push(`${requestId.slice(0, 10)} ${status}, ${openGames} games`);
      if (isUrgent && openGames === 0) shares.push(shareOf(request, Number(timestamp)));
    }
    const isPlayed = ({ gameId }: Opened): boolean => !this.#isOver(gameId, number);
    const { getGame } = requester;
    for (const game of await this.#each(this.#opened.filter(isPlayed), ({ gameId }) => getGame({ gameId }))) {
      if (game.outcome === "none") {
        this.#over.delete(game.gameId);
        shares.push(gameShareOf(game));
      } else {
        this.#outcomes.set(game.gameId, game.outcome);
        this.#note(game.gameId, number);
      }
    }
    const paid = new Set(this.#claimed.map(({ gameId }) => gameId));
    for (const { gameId, challenger } of this.#opened) {
      if (this.#outcomes.get(gameId) === "challengerWins" && !paid.has(gameId))
        urgent.push(`reward of ${challenger} for ${gameId.slice(0, 10)}`);
    }
    return { asked: this.#asked, urgent, waiting, share: Math.min(...shares) };
  }

  #note(id: Hex, block: bigint): void {
    if (!this.#over.has(id)) this.#over.set(id, block);
  }

  /** Whether something was over so long ago that no other block can change it. */
  #isOver(id: Hex, head: bigint): boolean {
    const since = this.#over.get(id);
    return since !== undefined && since + AGAIN < head;
  }

  /** Reads what is there; blocks that were replaced may have taken it away. */
  async #each<item, read>(items: readonly item[], action: (item: item) => Promise<read>): Promise<read[]> {
    const found = await Promise.all(
      items.map((item) =>
        action(item).catch((error: unknown) => {
          if (error instanceof RequestNotFoundError || error instanceof GameNotFoundError) return undefined;
          throw error;
        }),
      ),
    );
    return found.filter((one) => one !== undefined) as read[];
  }
}

function shareOf({ status, deadline, windowEndsAt }: Ending, time: number): number {
  if (status === "requested" || status === "accepted") return (deadline - time) / DEADLINE_SECONDS;
  return ((windowEndsAt ?? time) - time) / SOAK_PROFILE.windowSeconds;
}

function gameShareOf({ phase, turn, operatorRemaining, challengerRemaining }: DisputeGameState): number {
  const both = Math.min(operatorRemaining, challengerRemaining);
  const remaining = phase === "leaf" ? both : turn === "operator" ? operatorRemaining : challengerRemaining;
  return remaining / SOAK_PROFILE.clockSeconds;
}
