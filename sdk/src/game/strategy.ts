/** What an honest side does next. Pure: sees a game and its own trace, and suggests one move. */

import type { Hex } from "../core/bytes.ts";
import type { Tree } from "../core/tree.ts";
import { checkProof } from "../trace/check.ts";
import { canMove, canTimeout } from "./clock.ts";
import { findContradiction } from "./contradiction.ts";
import type { Answer, Convict, Move, PostTrace, Quit, Reveal, StepMove } from "./moves.ts";
import { NarrowedTree, type NarrowingTree } from "./narrowed-tree.ts";
import {
  type Dossier,
  type GameView,
  operatorNodeOf,
  opponentOf,
  positionOf,
  rowHeight,
  rowOf,
  type Side,
  traceDepth,
  ZERO_HASH,
} from "./state.ts";
import { type DisputedByte, disputedByte, judge } from "./verdict.ts";

/** What one side claims about a run; `Trace` is one. */
export interface Claim {
  /** Root of the tree over the words of the output, 32 bytes. */
  readonly outputRoot: Hex;
  /** Root of the tree over all words that the run writes, 32 bytes. */
  readonly traceRoot: Hex;
  /** Tree over the trace's words. */
  readonly tree: NarrowingTree;
}

/** What a side knows. */
export interface Player {
  /** Side that is played. */
  readonly side: Side;
  /** What the player has computed itself. */
  readonly claim: Claim;
  /** Builds the referee's proof about an element that opens `tree`; see `proveElement`. */
  readonly prove: (disputed: DisputedByte, tree: Tree) => Uint8Array;
  /** Account that the moves are sent from; only some may post a trace or quit. */
  readonly account: Hex;
  /** Salt of the opening, for the challenger. */
  readonly salt?: Hex;
  /** The operator's tree, for a challenger that has it or guesses it; see `reconstructTrace`. One that the commitment is not bound to is of no account. */
  readonly operatorTree?: NarrowingTree;
}

/** Whether a commitment is one that a trace contradicts: a right output is never attacked. */
export function shouldChallenge(
  dossier: Pick<Dossier, "outputRoot">,
  claim: Pick<Claim, "outputRoot">,
): boolean {
  return !isSame(dossier.outputRoot, claim.outputRoot);
}

/**
 * The next move of a side, if it has one now. Moves are only suggested that the rules allow and that serve the side: a timeout when the other side's clock is used up
 * (at the leaf, when both are), a step when the court decides for it. A challenger that has the operator's trace convicts it at once, whosever turn it is.
 *
 * @param time - seconds since the Unix epoch at which the move would be included
 */
export function decide(view: GameView, player: Player, time: number): Move | undefined {
  const { game } = view;
  const { side } = player;
  if (canTimeout(view, time)) {
    // At the leaf nobody gains by it, but what is locked comes free.
    return game.phase === "leaf" || game.turn !== side
      ? { kind: "timeout", position: positionOf(view) }
      : undefined;
  }
  if (!canMove(view, time)) return undefined;
  const conviction = convict(view, player);
  if (conviction !== undefined) return conviction;
  if (game.phase !== "leaf" && game.turn !== side) return undefined;
  return ownMove(view, player) ?? quit(view, player);
}

/**
 * The side that wins if both go on as they can, given the right trace: the one whose present node is right.
 *
 * @returns nothing if neither node is right, or the game has not come so far
 */
export function favouredSide(view: GameView, truth: Pick<Claim, "tree">): Side | undefined {
  const { game } = view;
  if (game.phase === "ended") {
    if (game.outcome === "operatorWins") return "operator";
    return game.outcome === "challengerWins" ? "challenger" : undefined;
  }
  if (game.phase !== "narrowing" && game.phase !== "leaf") return undefined;
  const right = truth.tree.node(game.level, game.index);
  if (isSame(operatorNodeOf(view), right)) return "operator";
  return isSame(game.challengerNode, right) ? "challenger" : undefined;
}

function ownMove(view: GameView, player: Player): Move | undefined {
  switch (view.game.phase) {
    case "opened":
      return reveal(view, player);
    case "narrowing":
      return postTrace(view, player) ?? answer(view, player);
    case "leaf":
      return stepMove(view, player);
    default:
      return undefined;
  }
}

/** What makes all narrowing needless. */
function convict(view: GameView, { side, claim, operatorTree, prove }: Player): Convict | undefined {
  if (side !== "challenger" || operatorTree === undefined) return undefined;
  const contradiction = findContradiction(view.dossier, operatorTree, claim.tree, prove);
  return contradiction && { kind: "convict", position: positionOf(view), contradiction };
}

/** A challenger that cannot go on saves its bond where another game has won already. */
function quit(view: GameView, { side, account }: Player): Quit | undefined {
  const { isSlashed, game } = view;
  return side === "challenger" && isSlashed && isSame(account, game.challenger)
    ? { kind: "quit", position: positionOf(view) }
    : undefined;
}

function reveal({ dossier }: GameView, { claim, salt }: Player): Reveal | undefined {
  const { traceRoot, outputRoot, tree } = claim;
  if (salt === undefined || !shouldChallenge(dossier, claim) || isSame(traceRoot, dossier.traceRoot))
    return undefined;
  const { record } = dossier;
  return {
    kind: "reveal",
    traceRoot,
    salt,
    outputRoot,
    outputProof: tree.stepProof(record.stepCount - 1),
    children: rowBelow(tree, 0, 0, traceDepth(record)),
  };
}

/** The operator of a lazy commitment binds its trace before it answers. */
function postTrace({ dossier }: GameView, { side, claim, account }: Player): PostTrace | undefined {
  const isDue =
    side === "operator" && isSame(dossier.traceRoot, ZERO_HASH) && isSame(account, dossier.operator);
  if (!isDue || !isSame(claim.outputRoot, dossier.outputRoot)) return undefined;
  return {
    kind: "postTrace",
    traceRoot: claim.traceRoot,
    outputProof: claim.tree.stepProof(dossier.record.stepCount - 1),
  };
}

function answer(view: GameView, { side, claim }: Player): Answer | undefined {
  const { game, dossier } = view;
  const { level, index } = game;
  const depth = traceDepth(dossier.record);
  const { tree } = claim;
  // The commitment's trace, or the node that the game has come to, may be another one than the player's.
  const moverNode = side === "operator" ? operatorNodeOf(view) : game.challengerNode;
  if (!isSame(moverNode, tree.node(level, index))) return undefined;
  const other = rowOf(view, opponentOf(side), level, index);
  if (other === undefined) return undefined;

  const moverChildren = rowBelow(tree, level, index, depth);
  const place = moverChildren.findIndex((node, i) => !isSame(node, other.nodes[i] ?? ZERO_HASH));
  if (place < 0) return undefined;
  const height = rowHeight(level, depth);
  return {
    kind: "answer",
    position: positionOf(view),
    moverChildren,
    otherChildren: other.nodes,
    moverGrandchildren: rowBelow(tree, level + height, index * 2 ** height + place, depth),
  };
}

/** Opens the operator's tree, which the court computes from. */
function stepMove(view: GameView, { side, claim, prove }: Player): StepMove | undefined {
  const { record, inputRoot, traceRoot } = view.dossier;
  const tree = isSame(claim.traceRoot, traceRoot)
    ? claim.tree
    : NarrowedTree.of(view, claim.tree, "operator");
  if (tree === undefined) return undefined;
  const disputed = disputedByte(view);
  const proof = prove(disputed, tree);
  const verdict = checkProof({ record, inputRoot, traceRoot, ...disputed, proof });
  const winner = judge(view, disputed.byteOffset, verdict);
  return winner === `${side}Wins` ? { kind: "step", position: positionOf(view), proof } : undefined;
}

function rowBelow(tree: NarrowingTree, level: number, index: number, depth: number): Hex[] {
  const height = rowHeight(level, depth);
  return height === 0 ? [] : tree.children(level, index, height);
}

function isSame(a: Hex, b: Hex): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
