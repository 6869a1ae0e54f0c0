/** What can be done in a game. */

import type { Hex } from "../core/bytes.ts";
import type { GamePosition } from "./state.ts";

/** Shows what the opening had bound. */
export interface Reveal {
  /** What tells the moves apart. */
  readonly kind: "reveal";
  /** Root of the tree over all words that the run writes, 32 bytes. */
  readonly traceRoot: Hex;
  /** 32 random bytes that hide the challenge until it is revealed. */
  readonly salt: Hex;
  /** Root of the tree over the words of the output, 32 bytes. */
  readonly outputRoot: Hex;
  /** stepDepth siblings from the last step's tensor to `traceRoot`. */
  readonly outputProof: readonly Hex[];
  /** The row below `traceRoot`. */
  readonly children: readonly Hex[];
}

/** Binds the trace of a lazy commitment: a call of the hub. */
export interface PostTrace {
  /** What tells the moves apart. */
  readonly kind: "postTrace";
  /** Root of the tree over all words that the run writes, 32 bytes. */
  readonly traceRoot: Hex;
  /** stepDepth siblings from the last step's tensor to `traceRoot`. */
  readonly outputProof: readonly Hex[];
}

/** Makes the move of the side whose turn it is. */
export interface Answer {
  /** What tells the moves apart. */
  readonly kind: "answer";
  /** The position that the move answers. */
  readonly position: GamePosition;
  /** The row below the mover's node. */
  readonly moverChildren: readonly Hex[];
  /** The row below the other side's node. */
  readonly otherChildren: readonly Hex[];
  /** The row below the mover's node at the first difference; empty at the leaves. */
  readonly moverGrandchildren: readonly Hex[];
}

/** Has the referee compute the disputed element. */
export interface StepMove {
  /** What tells the moves apart. */
  readonly kind: "step";
  /** The position that the move answers. */
  readonly position: GamePosition;
  /** Bytes of the proof, as the referee takes them. */
  readonly proof: Uint8Array;
}

/** A word of the operator's own trace that contradicts the words before it. */
export interface Contradiction {
  /** Number of the word among the leaves of the trace. */
  readonly index: number;
  /** A byte of the wrong element, 0 to 31. */
  readonly place: number;
  /** The wrong word, 32 bytes. */
  readonly word: Hex;
  /** Siblings from the word to the root of the operator's trace. */
  readonly siblings: readonly Hex[];
  /** The referee's proof of the element that holds the byte. */
  readonly proof: Uint8Array;
}

/** Convicts the operator by its own trace, whatever the game has come to. */
export interface Convict {
  /** What tells the moves apart. */
  readonly kind: "convict";
  /** The present position; of no account before the reveal. */
  readonly position: GamePosition;
  /** The word, and the proof that it is wrong. */
  readonly contradiction: Contradiction;
}

/** Ends a game in which the running clock is used up. */
export interface Timeout {
  /** What tells the moves apart. */
  readonly kind: "timeout";
  /** The present position; of no account before the reveal. */
  readonly position: GamePosition;
}

/** Takes the bond back from a game about a commitment that another game has slashed. */
export interface Quit {
  /** What tells the moves apart. */
  readonly kind: "quit";
  /** The present position; of no account before the reveal. */
  readonly position: GamePosition;
}

/** A move of a game, with all that its transaction says. */
export type Move = Reveal | PostTrace | Answer | StepMove | Convict | Timeout | Quit;
