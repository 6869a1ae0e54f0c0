/** The rules of a game without any chain: the twin of `DisputeGame.sol`, which refuses in the same order and for the same reasons. */

import { equalBytes, fromHex, type Hex } from "../core/bytes.ts";
import { AssayError, type AssayErrorOptions, type ErrorContext } from "../core/errors.ts";
import { nodeOf, rootFrom } from "../core/tree.ts";
import { checkProof, type ProofErrorCode, type Verdict } from "../trace/check.ts";
import { canTimeout, isActive, remainingOf, totalOf } from "./clock.ts";
import type { Answer, Move, PostTrace, Reveal, StepMove } from "./moves.ts";
import {
  type Game,
  type GameView,
  gameIdOf,
  nodeOfSide,
  type Outcome,
  openingHash,
  opponentOf,
  type Phase,
  type Row,
  rowHeight,
  type Side,
  stateHash,
  traceDepth,
  ZERO_HASH,
} from "./state.ts";

/** Names of the contracts' errors, and the codes of a bad proof. */
export type RefusalReason =
  | "GamePhaseMismatch"
  | "GameNotActive"
  | "GameClockUsedUp"
  | "GameClockRunning"
  | "GameStateMismatch"
  | "GameOpeningMismatch"
  | "GameTraceAgrees"
  | "GameOutputAgrees"
  | "GameTraceUnknown"
  | "GameRowLengthMismatch"
  | "GameRowMismatch"
  | "GameCallerNotChallenger"
  | "OutputProofLengthMismatch"
  | "OutputProofMismatch"
  | "HubOperatorMismatch"
  | "HubTraceRootZero"
  | "HubTraceKnown"
  | "HubStatusMismatch"
  | ProofErrorCode;

/** Who moves, and when. */
export interface MoveContext {
  readonly caller: Hex;
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
      return answer(view, move, context.time);
    case "step":
      return step(view, move, context.time);
    case "timeout":
      return timeout(view, context.time);
    default:
      return quit(view, context.caller);
  }
}

/** The disputed place of a game at the leaf. */
export interface DisputedByte {
  readonly step: number;
  /** Position, in the step's tensor, of the first byte in which the sides differ. */
  readonly byteOffset: number;
}

/** Where two leaves differ first. */
export function disputedByte({ game, dossier }: Pick<GameView, "game" | "dossier">): DisputedByte {
  const wordsPerStep = 2 ** dossier.record.wordDepth;
  const [operatorWord, challengerWord] = [fromHex(game.operatorNode), fromHex(game.challengerNode)];
  const place = operatorWord.findIndex((byte, i) => byte !== challengerWord[i]);
  return {
    step: Math.floor(game.index / wordsPerStep),
    byteOffset: 32 * (game.index % wordsPerStep) + place,
  };
}

/** How a game at the leaf ends when the court has computed the disputed element. */
export function judge(game: Game, byteOffset: number, { value, size }: Verdict): Outcome {
  const place = byteOffset % 32;
  const claims = (side: Side): boolean => elementAt(fromHex(nodeOfSide(game, side)), place, size) === value;
  if (claims("operator")) return "operatorWins";
  return claims("challenger") ? "challengerWins" : "bothLose";
}

/** The element of a word that contains a byte, as a little-endian number. */
export function elementAt(word: Uint8Array, place: number, size: number): number {
  const first = place - (place % size);
  return word.slice(first, first + size).reduceRight((value, byte) => value * 256 + byte, 0);
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
      operatorNode: dossier.traceRoot,
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

function answer(view: GameView, move: Answer, time: number): GameView {
  const { game, dossier } = view;
  requireMovable(view, "narrowing", time);
  requireState(view, move.expectedState);
  const { turn: mover, level, index } = game;
  const depth = traceDepth(dossier.record);
  const operatorNode = knownOperatorNode(view);
  const nodes = { operatorNode, challengerNode: game.challengerNode };
  checkRow(move.moverChildren, nodeOfSide(nodes, mover), level, depth);
  checkRow(move.otherChildren, nodeOfSide(nodes, opponentOf(mover)), level, depth);

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
    },
    rows: withRows(
      view.rows,
      { side: mover, level, index, nodes: move.moverChildren },
      { side: opponentOf(mover), level, index, nodes: move.otherChildren },
      { side: mover, ...next, nodes: move.moverGrandchildren },
    ),
  };
}

function step(view: GameView, move: StepMove, time: number): GameView {
  requireMovable(view, "leaf", time);
  requireState(view, move.expectedState);
  const { game, dossier } = view;
  const { record, inputRoot, traceRoot } = dossier;
  const disputed = disputedByte(view);
  let verdict: Verdict;
  try {
    verdict = checkProof({ record, inputRoot, traceRoot, ...disputed, proof: move.proof });
  } catch (error) {
    if (!AssayError.is(error)) throw error;
    return refuse(error.code as ProofErrorCode, error.context);
  }
  return end(view, judge(game, disputed.byteOffset, verdict));
}

function timeout(view: GameView, time: number): GameView {
  const { game } = view;
  if (!isActive(game)) refuse("GameNotActive", { phase: game.phase });
  if (!canTimeout(view, time)) {
    const remaining = (side: Side): number => remainingOf(view, side, time);
    refuse("GameClockRunning", { operator: remaining("operator"), challenger: remaining("challenger") });
  }
  if (game.phase === "leaf") return end(view, "undecided");
  return end(view, game.turn === "operator" ? "challengerWins" : "operatorWins");
}

function quit(view: GameView, caller: Hex): GameView {
  const { game } = view;
  if (!isActive(game)) refuse("GameNotActive", { phase: game.phase });
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
  if (canTimeout(view, time)) refuse("GameClockUsedUp", { turn: game.turn });
}

function requireState(view: GameView, expected: Hex): void {
  const actual = stateHash(view);
  if (!same(actual, expected)) refuse("GameStateMismatch", { expected, actual });
}

/** The operator's node; at its first answer to a lazy commitment's challenge, the root that it has posted. */
function knownOperatorNode({ game, dossier }: GameView): Hex {
  if (!same(game.operatorNode, ZERO_HASH) || game.level !== 0) return game.operatorNode;
  if (same(dossier.traceRoot, ZERO_HASH)) refuse("GameTraceUnknown");
  return dossier.traceRoot;
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

function refuse(reason: RefusalReason, context: ErrorContext = {}): never {
  throw new MoveRefusedError(reason, context);
}

/** The rules do not allow a move. Nothing has changed. */
export class MoveRefusedError extends AssayError {
  override readonly name = "MoveRefusedError";
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, context: ErrorContext, options: AssayErrorOptions = {}) {
    super("MOVE_REFUSED", `The rules refuse the move: ${reason}.`, {
      recovery: "Read the game again; somebody may have moved in the meantime.",
      ...options,
      context: { reason, ...context },
    });
    this.reason = reason;
  }
}
