/** Plays games for one side: the moves are forced, so that it does not matter who makes them or how often it is tried. */

import type { Hex } from "viem";
import { encodeAnswerGame } from "../actions/answerGame.ts";
import { encodeConvictGame } from "../actions/convictGame.ts";
import { getGame } from "../actions/getGame.ts";
import { type GetGameViewReturnType, getGameView } from "../actions/getGameView.ts";
import { findPublishedOutput } from "../actions/internal/outputs.ts";
import type { EncodedCall } from "../actions/internal/types.ts";
import { encodePostTrace } from "../actions/postTrace.ts";
import { encodePublishInput } from "../actions/publishInput.ts";
import { encodeQuitGame } from "../actions/quitGame.ts";
import { encodeRevealGame } from "../actions/revealGame.ts";
import { encodeStepGame } from "../actions/stepGame.ts";
import { encodeTimeoutGame } from "../actions/timeoutGame.ts";
import type { Deployment } from "../addresses.ts";
import { GameNotFoundError } from "../errors/protocol.ts";
import { canTimeout, isActive, remainingOf, timeoutAt } from "../game/clock.ts";
import type { Move } from "../game/moves.ts";
import { type Game, type GameView, positionOf, type Side, stateHash } from "../game/state.ts";
import type { Deadline } from "./fees.ts";
import type { KnownGame } from "./store.ts";
import type { Look, Tools } from "./tools.ts";

/** A game to play in. */
export interface Seat {
  readonly game: KnownGame;
  readonly side: Side;
  readonly modelId: Hex;
  /** `undefined` where it is not known: then only what needs no input is done. */
  readonly input: Uint8Array | undefined;
  /** Salt of the opening, for one's own. */
  readonly salt?: Hex;
  /** Whether the game is somebody else's: then only who is silent for too long is helped. */
  readonly isHelp: boolean;
}

/** What a look at a game has brought. */
export interface GameFindings {
  /** Nothing if the chain has no such game. */
  readonly game: Pick<Game, "phase" | "outcome"> | undefined;
  /** Unix second of the chain at which to look again, if nothing happens before. */
  readonly dueAt: number | undefined;
  /** A move was wanted and could not be made now. */
  readonly isRetried: boolean;
}

/** What a move is refused with when the game has gone on since it was read: somebody else has made it. */
const OVERTAKEN: ReadonlySet<string> = new Set([
  "GAME_STATE_MISMATCH",
  "GAME_PHASE_MISMATCH",
  "GAME_NOT_ACTIVE",
  "HUB_TRACE_KNOWN",
]);

/** Share of what a side has left that it may take before somebody else moves for it. */
const PATIENCE = 0.5;

/** Looks at a game and makes the side's next move, if it has one. */
export async function playGame(tools: Tools, look: Look, seat: Seat): Promise<GameFindings> {
  const { deployment } = tools;
  const { gameId, blockNumber } = seat.game;
  const game = await readGame(tools, look, gameId);
  if (game === undefined || !isActive(game)) return { game, dueAt: undefined, isRetried: false };
  const view = await getGameView(look.client, { deployment, gameId, fromBlock: blockNumber });
  const now = view.blockTimestamp;
  if (!seat.isHelp) tools.alerts.tellOfGame(view, seat.side, now);
  const isOver = canTimeout(view, now);
  const isOurTurn = view.game.phase === "leaf" || view.game.turn === seat.side;
  const waiting = { game: view.game, dueAt: timeoutAt(view), isRetried: false };
  const isTheirs = isOver ? isOurTurn && view.game.phase !== "leaf" : !isOurTurn;
  if (isTheirs && !isLostCause(seat, view)) return waiting;
  if (seat.isHelp) {
    const helpAt = helpTime(view, isOver);
    if (now < helpAt) return { ...waiting, dueAt: helpAt };
  }
  if (tools.sending === undefined) return waiting;

  const move = isOver
    ? ({ kind: "timeout", position: positionOf(view) } as const)
    : view.game.phase === "demanded"
      ? demandedMove(seat, view)
      : nextMove(tools, look, seat, view, now);
  if (move === undefined) return waiting;
  const call = encodeMove(deployment, view, move);
  const key = `${gameId}:${stateHash(view)}`;
  const ids = { requestId: view.game.requestId, gameId, side: seat.side, level: view.game.level };
  const deadline = isOver ? undefined : deadlineOf(seat, view, now);
  const submission = await tools.send(look, move.kind, key, call, ids, deadline);
  if (submission.kind === "sent") tools.metrics.moves.inc({ kind: move.kind });
  const isRefused = submission.kind === "refused" && !OVERTAKEN.has(submission.error.code);
  return { ...waiting, isRetried: isRefused || submission.kind === "busy" };
}

/** A game as one endpoint shows it; nothing if there is none, be it that the block that opened it was replaced. */
export async function readGame({ deployment }: Tools, { client, head }: Look, gameId: Hex) {
  try {
    return await getGame(client, { deployment, gameId, blockNumber: head.number });
  } catch (error) {
    if (error instanceof GameNotFoundError) return undefined;
    throw error;
  }
}

/** The input that is demanded: a move of whoever has it. */
interface Publication {
  readonly kind: "publishInput";
  readonly input: Uint8Array;
}

/** When a move comes too late: when the clock of the side that it is made for is used up. */
function deadlineOf({ side }: Seat, view: GameView, now: number): Deadline {
  return { at: now + remainingOf(view, side, now), seconds: view.clockSeconds };
}

/** Whether an own demand has become idle: another game has slashed the commitment, and the bond could still be lost. */
function isLostCause({ side, isHelp }: Seat, { game, isSlashed }: GameView): boolean {
  return isSlashed && game.phase === "demanded" && side === "challenger" && !isHelp;
}

function demandedMove(seat: Seat, view: GameView): Move | Publication | undefined {
  if (isLostCause(seat, view)) return { kind: "quit", position: positionOf(view) };
  return seat.input === undefined ? undefined : { kind: "publishInput", input: seat.input };
}

/** When a side that is silent is helped: after a share of what it had left, so that the two do not race each other while it is there. */
function helpTime(view: GameView, isOver: boolean): number {
  const { game } = view;
  const sides: readonly Side[] = game.phase === "leaf" ? ["operator", "challenger"] : [game.turn];
  const least = Math.min(...sides.map((side) => remainingOf(view, side, game.turnStartedAt)));
  const since = isOver ? (timeoutAt(view) ?? game.turnStartedAt) : game.turnStartedAt;
  return since + Math.floor(least * PATIENCE);
}

function nextMove(
  tools: Tools,
  look: Look,
  seat: Seat,
  view: GetGameViewReturnType,
  time: number,
): Move | undefined {
  const { gameId, requestId } = seat.game;
  // A signer may post what its operator may.
  const account = tools.sending?.account;
  if (account === undefined) return undefined;
  const { side, modelId, input, salt } = seat;
  if (input === undefined) return undefined;
  const state = `${gameId}:${stateHash(view)}:${view.game.phase}:${view.dossier.traceRoot}:${view.isSlashed}`;
  const decided = tools.computed(requestId, state, async () => ({
    move: await tools.inference.decide({
      ...{ modelId, input, view, side, account, time },
      ...(salt === undefined ? {} : { salt }),
      // With the output alone the usual lie's whole trace can be guessed, which ends the game sooner.
      ...(side === "challenger" ? await committedOutput(tools, look, requestId) : {}),
    }),
  }));
  return decided?.move;
}

async function committedOutput({ deployment }: Tools, { client }: Look, requestId: Hex) {
  const output = await findPublishedOutput(client, { deployment, requestId });
  return output === undefined ? {} : { committedOutput: output };
}

function encodeMove(deployment: Deployment, view: GameView, move: Move | Publication): EncodedCall {
  const { gameId, game } = view;
  switch (move.kind) {
    case "publishInput":
      return encodePublishInput({ deployment, gameId, ...move });
    case "reveal":
      return encodeRevealGame({ deployment, gameId, ...move });
    case "postTrace":
      return encodePostTrace({ deployment, requestId: game.requestId, ...move });
    case "answer":
      return encodeAnswerGame({ deployment, gameId, ...move });
    case "step":
      return encodeStepGame({ deployment, gameId, ...move });
    case "convict":
      return encodeConvictGame({ deployment, gameId, ...move });
    case "timeout":
      return encodeTimeoutGame({ deployment, gameId, ...move });
    default:
      return encodeQuitGame({ deployment, gameId, ...move });
  }
}
