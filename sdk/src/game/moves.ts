/** What can be done in a game. */

import type { Hex } from "../core/bytes.ts";

/** Shows what the opening had bound. */
export interface Reveal {
  readonly kind: "reveal";
  readonly traceRoot: Hex;
  readonly salt: Hex;
  readonly outputRoot: Hex;
  /** stepDepth siblings from the last step's tensor to `traceRoot`. */
  readonly outputProof: readonly Hex[];
  /** The row below `traceRoot`. */
  readonly children: readonly Hex[];
}

/** Binds the trace of a lazy commitment: a call of the hub. */
export interface PostTrace {
  readonly kind: "postTrace";
  readonly traceRoot: Hex;
  readonly outputProof: readonly Hex[];
}

/** Makes the move of the side whose turn it is. */
export interface Answer {
  readonly kind: "answer";
  readonly expectedState: Hex;
  /** The row below the mover's node. */
  readonly moverChildren: readonly Hex[];
  /** The row below the other side's node. */
  readonly otherChildren: readonly Hex[];
  /** The row below the mover's node at the first difference; empty at the leaves. */
  readonly moverGrandchildren: readonly Hex[];
}

/** Has the referee compute the disputed element. */
export interface StepMove {
  readonly kind: "step";
  readonly expectedState: Hex;
  readonly proof: Uint8Array;
}

/** Ends a game in which the running clock is used up. */
export interface Timeout {
  readonly kind: "timeout";
}

/** Takes the bond back from a game about a commitment that another game has slashed. */
export interface Quit {
  readonly kind: "quit";
}

export type Move = Reveal | PostTrace | Answer | StepMove | Timeout | Quit;
