/**
 * The two clocks of a game: the twin of `GameClock.sol`. Each side may use up less than the game's budget, in total and over all its turns.
 *
 *     phase       running            a move is possible while
 *     opened      challenger         used + elapsed < clock
 *     narrowing   the side to move   used + elapsed < clock
 *     leaf        both               used + elapsed < clock for one of them
 */

import type { Game, GameView, Side } from "./state.ts";

/** A duration never grows beyond what the contract can hold. */
const MAX_DURATION = 2 ** 32 - 1;

type Clocks = Pick<GameView, "game" | "clockSeconds">;

/** Whether a game exists and has not ended. */
export function isActive(game: Pick<Game, "phase">): boolean {
  return game.phase !== "none" && game.phase !== "ended";
}

/** Whether the game's next move is still possible: exactly one of this and `canTimeout` holds until the game has ended. */
export function canMove(view: Clocks, time: number): boolean {
  return isActive(view.game) && isInTime(view, time);
}

/** Whether the game can be ended by a timeout. */
export function canTimeout(view: Clocks, time: number): boolean {
  return isActive(view.game) && !isInTime(view, time);
}

/** Seconds that a side has left; 0 once used up, and when the game has ended. */
export function remainingOf(view: Clocks, side: Side, time: number): number {
  const { game, clockSeconds } = view;
  if (!isActive(game)) return 0;
  const runs = game.phase === "leaf" || game.turn === side;
  return Math.max(0, clockSeconds - (runs ? totalOf(game, side, time) : usedBy(game, side)));
}

/** Seconds that a side has used up, the present turn included. */
export function totalOf(game: Game, side: Side, time: number): number {
  const elapsed = Math.min(MAX_DURATION, Math.max(0, time - game.turnStartedAt));
  return Math.min(MAX_DURATION, usedBy(game, side) + elapsed);
}

/** The first second at which the game can be ended by a timeout, if nothing happens before. */
export function timeoutAt({ game, clockSeconds }: Clocks): number | undefined {
  if (!isActive(game)) return undefined;
  const rest = (side: Side): number => Math.max(0, clockSeconds - usedBy(game, side));
  const longest = game.phase === "leaf" ? Math.max(rest("operator"), rest("challenger")) : rest(game.turn);
  return game.turnStartedAt + longest;
}

function isInTime({ game, clockSeconds }: Clocks, time: number): boolean {
  if (game.phase !== "leaf") return totalOf(game, game.turn, time) < clockSeconds;
  return totalOf(game, "operator", time) < clockSeconds || totalOf(game, "challenger", time) < clockSeconds;
}

function usedBy(game: Game, side: Side): number {
  return side === "operator" ? game.operatorUsed : game.challengerUsed;
}
