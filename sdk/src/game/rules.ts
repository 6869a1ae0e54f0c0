/** The rules of a game without any chain: the twin of `DisputeGame.sol`, which refuses in the same order and for the same reasons. */

import { equalBytes, fromHex, type Hex } from "../core/bytes.ts";
import { AssayError } from "../core/errors.ts";
import { nodeOf, rootFrom } from "../core/tree.ts";
import { checkProof, type ProofErrorCode, type Verdict } from "../trace/check.ts";
import { canTimeout, isActive, remainingOf, totalOf } from "./clock.ts";
import type { Answer, Convict, Move, PostTrace, Reveal, StepMove } from "./moves.ts";
import { refuse } from "./refusal.ts";
import {
  type Game,
  type GamePosition,
  type GameView,
  gameIdOf,
  isPlaced,
  joinDefence,
  type Outcome,
  openingHash,
  operatorNodeOf,
  opponentOf,
  type Phase,
  positionHash,
  type Row,
  rowHeight,
  type Side,
  stateHash,
  traceDepth,
  ZERO_HASH,
} from "./state.ts";
import { byteOf, type DisputedByte, disputedByte, elementAt, judge } from "./verdict.ts";

/** Who moves, and when. */
export interface MoveContext {
  /** Account that makes the move. */
  readonly caller: Hex;
  /** Second since the Unix epoch at which it is made. */
  readonly time: number;
}

/**
 * Makes a move.
 *
 * @returns the game after the move
 * @throws {MoveRefusedError} if the rules do not allow it
 */
export function applyMove(view: GameView, move: Move, context: MoveContext): GameView {
  switch (move.kind) {
    case "reveal":
      return reveal(view, move, context.time);
    case "postTrace":
      return postTrace(view, move, context.caller);
    case "answer":
      return answer(view, move, context);
    case "step":
      return step(view, move, context);
    case "convict":
      return convict(view, move, context.time);
    case "timeout":
      return timeout(view, move.position, context.time);
    default:
      return quit(view, move.position, context.caller);
  }
}

function reveal(view: GameView, move: Reveal, time: number): GameView {
  const { court, gameId, game, dossier } = view;
  requireMovable(view, "opened", time);
  const opening = openingHash(court, game.requestId, game.challenger, move.traceRoot, move.salt);
  if (gameIdOf(court, game.requestId, game.challenger, opening) !== gameId)
    refuse("GameOpeningMismatch", { opening });
  if (same(move.traceRoot, dossier.traceRoot)) refuse("GameTraceAgrees", { traceRoot: move.traceRoot });
  if (same(move.outputRoot, dossier.outputRoot)) refuse("GameOutputAgrees", { outputRoot: move.outputRoot });
  checkOutput(view, move.outputRoot, move.traceRoot, move.outputProof);
  const depth = traceDepth(dossier.record);
  checkRow(move.children, move.traceRoot, 0, depth);
  return {
    ...view,
    game: {
      ...passTurn(game, time),
      phase: depth === 0 ? "leaf" : "narrowing",
      challengerNode: move.traceRoot,
    },
    rows: withRows(view.rows, { side: "challenger", level: 0, index: 0, nodes: move.children }),
  };
}

function postTrace(view: GameView, move: PostTrace, caller: Hex): GameView {
  const { dossier } = view;
  if (!same(caller, dossier.operator)) refuse("HubOperatorMismatch", { caller, operator: dossier.operator });
  if (same(move.traceRoot, ZERO_HASH)) refuse("HubTraceRootZero");
  if (!same(dossier.traceRoot, ZERO_HASH)) refuse("HubTraceKnown", { traceRoot: dossier.traceRoot });
  checkOutput(view, dossier.outputRoot, move.traceRoot, move.outputProof);
  return { ...view, dossier: { ...dossier, traceRoot: move.traceRoot } };
}

function answer(view: GameView, move: Answer, { caller, time }: MoveContext): GameView {
  const { game, dossier } = view;
  requireMovable(view, "narrowing", time);
  requirePosition(view, move.position);
  const { turn: mover, level, index } = game;
  const depth = traceDepth(dossier.record);
  if (level === 0 && same(dossier.traceRoot, ZERO_HASH)) refuse("GameTraceUnknown");
  const [operatorRow, challengerRow] =
    mover === "operator"
      ? [move.moverChildren, move.otherChildren]
      : [move.otherChildren, move.moverChildren];
  checkRow(operatorRow, operatorNodeOf(view), level, depth);
  checkRow(challengerRow, game.challengerNode, level, depth);

  const place = move.moverChildren.findIndex((node, i) => !same(node, move.otherChildren[i] ?? ZERO_HASH));
  const [moverNode, otherNode] = [
    move.moverChildren[place] ?? ZERO_HASH,
    move.otherChildren[place] ?? ZERO_HASH,
  ];
  const height = rowHeight(level, depth);
  const next = { level: level + height, index: index * 2 ** height + place };
  checkRow(move.moverGrandchildren, moverNode, next.level, depth);
  return {
    ...view,
    game: {
      ...passTurn(game, time),
      ...next,
      operatorNode: mover === "operator" ? moverNode : otherNode,
      challengerNode: mover === "operator" ? otherNode : moverNode,
      phase: next.level === depth ? "leaf" : "narrowing",
      defence:
        mover === "operator" && isThirdParty(view, caller) ? joinDefence(game.defence, caller) : game.defence,
    },
    rows: withRows(
      view.rows,
      { side: mover, level, index, nodes: move.moverChildren },
      { side: opponentOf(mover), level, index, nodes: move.otherChildren },
      { side: mover, ...next, nodes: move.moverGrandchildren },
    ),
  };
}

function step(view: GameView, move: StepMove, { caller, time }: MoveContext): GameView {
  requireMovable(view, "leaf", time);
  requirePosition(view, move.position);
  const disputed = disputedByte(view);
  const outcome = judge(view, disputed.byteOffset, execute(view, disputed, move.proof));
  const { game } = view;
  const isDefence = outcome === "operatorWins" && isThirdParty(view, caller);
  return end(
    isDefence ? { ...view, game: { ...game, defence: joinDefence(game.defence, caller) } } : view,
    outcome,
  );
}

function convict(view: GameView, { position, contradiction }: Convict, time: number): GameView {
  const { game, dossier } = view;
  requireActive(game);
  // A demand is about the input, whatever the trace says.
  requireMovable(view, game.phase === "demanded" ? "opened" : game.phase, time);
  if (isPlaced(game)) requirePosition(view, position);
  const depth = traceDepth(dossier.record);
  // A trace of a single word is that word, and known, even where it is zero.
  if (depth > 0 && same(dossier.traceRoot, ZERO_HASH)) refuse("GameTraceUnknown");
  const { index, place, word, siblings, proof } = contradiction;
  if (siblings.length !== depth)
    refuse("GameWordProofLengthMismatch", { actual: siblings.length, expected: depth });
  const computed = rootFrom(word, index, siblings);
  if (!same(computed, dossier.traceRoot))
    refuse("GameWordMismatch", { computed, traceRoot: dossier.traceRoot });
  if (place > 31) refuse("GamePlaceOutOfRange", { place });
  const { value, size } = execute(view, byteOf(dossier, index, place), proof);
  if (elementAt(fromHex(word), place, size) === value) refuse("GameWordAgrees", { value });
  return end(view, "challengerWins");
}

/** What the court computes from the operator's trace. */
function execute({ dossier }: GameView, byte: DisputedByte, proof: Uint8Array): Verdict {
  const { record, inputRoot, traceRoot } = dossier;
  try {
    return checkProof({ record, inputRoot, traceRoot, ...byte, proof });
  } catch (error) {
    if (!AssayError.is(error)) throw error;
    return refuse(error.code as ProofErrorCode, error.context);
  }
}

function timeout(view: GameView, position: GamePosition, time: number): GameView {
  const { game } = view;
  requireActive(game);
  if (!canTimeout(view, time)) {
    const remaining = (side: Side): number => remainingOf(view, side, time);
    refuse("GameClockRunning", { operator: remaining("operator"), challenger: remaining("challenger") });
  }
  if (isPlaced(game)) requirePosition(view, position);
  if (game.phase === "leaf") return end(view, "undecided");
  return end(view, game.turn === "operator" ? "challengerWins" : "operatorWins");
}

function quit(view: GameView, position: GamePosition, caller: Hex): GameView {
  const { game } = view;
  requireActive(game);
  if (isPlaced(game)) requirePosition(view, position);
  if (!same(caller, game.challenger))
    refuse("GameCallerNotChallenger", { caller, challenger: game.challenger });
  if (!view.isSlashed) refuse("HubStatusMismatch");
  return end(view, "left");
}

function end(view: GameView, outcome: Outcome): GameView {
  const isSlashed = view.isSlashed || outcome === "challengerWins" || outcome === "bothLose";
  return { ...view, game: { ...view.game, phase: "ended", outcome }, isSlashed };
}

/** Books the turn that ends to the side that made it, and starts the other side's. */
function passTurn(game: Game, time: number): Game {
  const used = totalOf(game, game.turn, time);
  return {
    ...game,
    ...(game.turn === "operator" ? { operatorUsed: used } : { challengerUsed: used }),
    turn: opponentOf(game.turn),
    turnStartedAt: time,
  };
}

function requireMovable(view: GameView, phase: Phase, time: number): void {
  const { game } = view;
  if (game.phase !== phase) refuse("GamePhaseMismatch", { actual: game.phase, expected: phase });
  requireInTime(view, time);
}

function requireInTime(view: GameView, time: number): void {
  if (canTimeout(view, time)) refuse("GameClockUsedUp", { turn: view.game.turn });
}

function requireActive({ phase }: Game): void {
  if (!isActive({ phase })) refuse("GameNotActive", { phase });
}

function requirePosition(view: GameView, position: GamePosition): void {
  const actual = stateHash(view);
  const expected = positionHash(view.gameId, view.game.level, position);
  if (!same(actual, expected)) refuse("GameStateMismatch", { expected, actual });
}

/** Somebody who is repaid for a move for the operator. */
function isThirdParty({ game, dossier }: GameView, caller: Hex): boolean {
  return !same(caller, dossier.operator) && !same(caller, game.challenger);
}

/** A trace's last tensor is the output that is claimed with it. */
function checkOutput({ dossier }: GameView, outputRoot: Hex, traceRoot: Hex, proof: readonly Hex[]): void {
  const { record } = dossier;
  if (proof.length !== record.stepDepth) {
    refuse("OutputProofLengthMismatch", { actual: proof.length, expected: record.stepDepth });
  }
  const computed = rootFrom(outputRoot, record.stepCount - 1, proof);
  if (!same(computed, traceRoot)) refuse("OutputProofMismatch", { computed, traceRoot });
}

/** Refuses what is not the row below a node. Below a leaf there is none: the row is empty. */
function checkRow(row: readonly Hex[], node: Hex, level: number, depth: number): void {
  const height = rowHeight(level, depth);
  const length = height === 0 ? 0 : 2 ** height;
  if (row.length !== length) refuse("GameRowLengthMismatch", { actual: row.length, expected: length });
  if (length === 0) return;
  const computed = nodeOf(row);
  if (!same(computed, node)) refuse("GameRowMismatch", { computed, node });
}

function withRows(rows: readonly Row[], ...shown: readonly Row[]): Row[] {
  const isKnown = (row: Row): boolean =>
    rows.some(({ side, level, index }) => side === row.side && level === row.level && index === row.index);
  return [...rows, ...shown.filter((row) => row.nodes.length > 0 && !isKnown(row))];
}

function same(a: Hex, b: Hex): boolean {
  return a === b || (a.length === b.length && equalBytes(fromHex(a), fromHex(b)));
}
