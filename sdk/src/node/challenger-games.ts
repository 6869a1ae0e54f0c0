/** The games that a challenger follows: opens its own, plays in them, and helps whoever is right but silent. */

import { type Hex, isAddressEqual } from "viem";
import type { InferenceRequest } from "../actions/getRequest.ts";
import { concatBytes, fromHex } from "../core/bytes.ts";
import { keccakHex } from "../core/hash.ts";
import { isActive } from "../game/clock.ts";
import type { Game } from "../game/state.ts";
import type { Findings, Task } from "./agenda.ts";
import type { Agreement } from "./challenger-policy.ts";
import { demandWhenSure, isDemand } from "./demanding.ts";
import { GameBook } from "./game-book.ts";
import { playGame, readGame } from "./game-player.ts";
import { openWhenSure } from "./opening.ts";
import type { KnownGame } from "./store.ts";
import type { Look, Tools } from "./tools.ts";

export class ChallengerGames {
  readonly book: GameBook;
  readonly #tools: Tools;
  /** What salts are derived from. */
  readonly #secret: Hex | undefined;

  constructor(tools: Tools, secret: Hex | undefined) {
    this.#tools = tools;
    this.#secret = secret;
    this.book = new GameBook(tools.metrics);
  }

  /** Whether an account is the daemon's. */
  isOurs(address: Hex): boolean {
    const { sending } = this.#tools;
    return sending !== undefined && isAddressEqual(address, sending.signer.address);
  }

  /** Whether this account has a game about a result, and whether anybody has demanded its input. */
  about(task: Task): { readonly hasGame: boolean; readonly isDemanded: boolean } {
    // One whose block was replaced has to be opened again, unless it comes back by itself.
    const games = [...task.games.values()].filter(({ gameId }) => !this.book.isMissing(gameId));
    return {
      hasGame: games.some((game) => this.isOurs(game.challenger) && !this.#isDemand(game)),
      isDemanded: games.some((game) => this.#isDemand(game)),
    };
  }

  /** Opens a game, once it is sure. Says whether to try again. */
  async challenge(look: Look, task: Task, request: InferenceRequest, input: Uint8Array): Promise<boolean> {
    const salt = this.#saltOf(request.requestId);
    if (salt === undefined) return false;
    const opening = await openWhenSure(this.#tools, look, { request, input, salt });
    if (opening.isOpen) task.games.set(opening.game.gameId, opening.game);
    if (opening.isSent) {
      const { bond } = await this.#tools.profileOf(request.profileId);
      this.book.open(opening.game.gameId, request.requestId, bond);
    }
    return opening.isRetried;
  }

  /** Demands an input. Says whether to try again. */
  async demand(look: Look, request: InferenceRequest, bond: bigint): Promise<boolean> {
    const { sending } = this.#tools;
    if (sending === undefined) return false;
    const demand = await demandWhenSure(this.#tools, look, request, sending.signer.address);
    if (demand.isSent) this.book.open(demand.gameId, request.requestId, bond);
    return demand.isRetried;
  }

  /** Plays own games, and in the games of others for whoever is right but silent. */
  async play(
    look: Look,
    task: Task,
    request: InferenceRequest,
    input: Uint8Array | undefined,
    agreement: Agreement,
    until: number | undefined,
  ): Promise<Omit<Findings, "state">> {
    const { requestId, modelId } = request;
    let dueAt = until !== undefined && until > look.head.timestamp ? until : undefined;
    let isRetried = false;
    const { bond } = await this.#tools.profileOf(request.profileId);
    for (const game of task.games.values()) {
      const isOwn = this.isOurs(game.challenger);
      const isOwnDemand = isOwn && this.#isDemand(game);
      // An own demand goes on whatever is known; nobody answers it for the operator who has paid for it.
      if (!isOwnDemand && (input === undefined || agreement === "unknown")) continue;
      const salt = isOwn ? this.#saltOf(requestId) : undefined;
      const found = await playGame(this.#tools, look, {
        ...{ game, modelId, input, isHelp: !isOwn },
        side: agreement === "agree" && !isOwnDemand ? "operator" : "challenger",
        ...(salt === undefined ? {} : { salt }),
      });
      if (found.game === undefined) this.book.miss(game);
      else this.#see(game, found.game, bond);
      if (found.dueAt !== undefined) dueAt = Math.min(dueAt ?? found.dueAt, found.dueAt);
      isRetried ||= found.isRetried || (isOwn && found.game === undefined);
    }
    this.book.report();
    return { dueAt, isRetried };
  }

  /** Looks at games without a move in them. */
  async watch(look: Look, task: Task, bond: bigint): Promise<void> {
    for (const game of task.games.values()) {
      const seen = await readGame(this.#tools, look, game.gameId);
      if (seen === undefined) this.book.miss(game);
      else this.#see(game, seen, bond);
    }
  }

  #isDemand(game: KnownGame): boolean {
    return isDemand(this.#tools.deployment, game);
  }

  /** The same every time, so that a daemon that has lost its store can still reveal. */
  #saltOf(requestId: Hex): Hex | undefined {
    const secret = this.#secret;
    return secret === undefined ? undefined : keccakHex(concatBytes(fromHex(secret), fromHex(requestId)));
  }

  #see(
    { gameId, requestId, challenger }: KnownGame,
    seen: Pick<Game, "outcome" | "phase">,
    bond: bigint,
  ): void {
    const isEnded = !isActive(seen);
    const isOwn = this.isOurs(challenger);
    const { outcome } = seen;
    if (isEnded && !this.book.isEnded(gameId))
      this.#tools.log.info({ requestId, gameId, outcome, isOwn }, "a game has ended");
    this.book.see({ gameId, requestId, outcome, isEnded, bond: isOwn ? bond : undefined });
  }
}
