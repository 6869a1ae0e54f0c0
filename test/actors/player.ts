/** Sides that play a game: an honest one by the book, and others that try what a liar can try. */

import { toHex } from "../../sdk/src/core/bytes.ts";
import { timeoutAt } from "../../sdk/src/game/clock.ts";
import type { Move } from "../../sdk/src/game/moves.ts";
import { MoveRefusedError } from "../../sdk/src/game/refusal.ts";
import { applyMove } from "../../sdk/src/game/rules.ts";
import type { GameView } from "../../sdk/src/game/state.ts";
import { decide, type Player } from "../../sdk/src/game/strategy.ts";
import type { Random } from "../support/random.ts";

/** A move that an actor means to make. */
export interface Plan {
  readonly move: Move;
  readonly time: number;
}

/** Sees the game at a time and plans its next move; nothing if it waits for the other side. */
export type Actor = (view: GameView, now: number) => Plan | undefined;

/** Follows the strategy, taking up to `most` seconds for a move, and claims timeouts as soon as they are due. */
export function byTheBook(player: Player, most: number, random: Random): Actor {
  return (view, now) => {
    const soon = now + random.integer(0, most);
    const move = decide(view, player, soon);
    if (move !== undefined) return { move, time: soon };
    const due = timeoutAt(view);
    if (due === undefined) return undefined;
    const time = Math.max(due, now) + random.integer(0, 3);
    const timeout = decide(view, player, time);
    return timeout === undefined ? undefined : { move: timeout, time };
  };
}

export const TRICKS = [
  "plays on",
  "falls silent",
  "is late by nothing",
  "sends garbage rows",
  "names another state",
] as const;
export type Trick = (typeof TRICKS)[number];

/** Plays its lie by the book until, at some move, it tries a trick. */
export function trickster(player: Player, most: number, random: Random, trick: Trick): Actor {
  const patience = random.integer(0, 4);
  const book = byTheBook(player, most, random);
  let moves = 0;
  return (view, now) => {
    const plan = book(view, now);
    if (plan === undefined || moves++ < patience) return plan;
    switch (trick) {
      case "falls silent":
        return undefined;
      case "is late by nothing":
        return { ...plan, time: Math.max(plan.time, timeoutAt(view) ?? plan.time) };
      case "sends garbage rows":
        return { ...plan, move: garbled(plan.move, random) };
      case "names another state":
        return { ...plan, move: misplaced(plan.move) };
      default:
        return plan;
    }
  };
}

export interface PlayedGame {
  readonly view: GameView;
  /** Moves that the rules took, and who made them: 0 the first actor, 1 the second. */
  readonly moves: readonly { readonly actor: number; readonly plan: Plan }[];
  readonly refusals: readonly MoveRefusedError[];
}

/**
 * Lets actors play until the game has ended or nobody wants to move any more. A move that is refused is lost, and its actor says nothing more until another move
 * has been made.
 *
 * @param onMove - sees the game before and after each move
 */
export function play(
  start: GameView,
  actors: readonly Actor[],
  accounts: readonly Player[],
  onMove: (before: GameView, after: GameView, plan: Plan) => void = () => {},
): PlayedGame {
  let view = start;
  let now = start.game.turnStartedAt;
  const moves: { actor: number; plan: Plan }[] = [];
  const refusals: MoveRefusedError[] = [];
  let muted = new Set<number>();
  while (view.game.phase !== "ended" && moves.length < 100) {
    const plans = actors
      .map((actor, index) => ({ actor: index, plan: muted.has(index) ? undefined : actor(view, now) }))
      .filter((entry): entry is { actor: number; plan: Plan } => entry.plan !== undefined)
      .sort((a, b) => a.plan.time - b.plan.time);
    const first = plans[0];
    if (first === undefined) break;
    const { actor, plan } = first;
    now = plan.time;
    try {
      const caller = accounts[actor]!.account;
      const next = applyMove(view, plan.move, { caller, time: now });
      onMove(view, next, plan);
      view = next;
      moves.push(first);
      muted = new Set();
    } catch (error) {
      if (!(error instanceof MoveRefusedError)) throw error;
      refusals.push(error);
      muted.add(actor);
    }
  }
  return { view, moves, refusals };
}

/** The move for another position than the game's, where it names one. */
function misplaced(move: Move): Move {
  if (!("position" in move)) return move;
  return { ...move, position: { ...move.position, index: move.position.index + 1 } };
}

function garbled(move: Move, random: Random): Move {
  if (move.kind !== "answer") return move;
  const nodes = move.moverChildren.slice();
  nodes[random.integer(0, nodes.length - 1)] = toHex(random.bytes(32));
  return random.chance(0.5)
    ? { ...move, moverChildren: nodes }
    : { ...move, moverGrandchildren: move.moverGrandchildren.toReversed() };
}
