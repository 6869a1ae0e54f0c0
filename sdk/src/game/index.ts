/** `@assay/sdk/game`: the rules of disputes and how an honest side plays them. */

export { canMove, canTimeout, isActive, remainingOf, timeoutAt } from "./clock.ts";
export type { Answer, Move, PostTrace, Quit, Reveal, StepMove, Timeout } from "./moves.ts";
export { NarrowedTree } from "./narrowed-tree.ts";
export {
  applyMove,
  type DisputedByte,
  disputedByte,
  elementAt,
  judge,
  type MoveContext,
  MoveRefusedError,
  type RefusalReason,
} from "./rules.ts";
export {
  type Court,
  type Dossier,
  type Game,
  type GameView,
  gameIdOf,
  LEVELS_PER_MOVE,
  nodeOfSide,
  type OpenGameParameters,
  OUTCOMES,
  type Outcome,
  openGame,
  openingHash,
  opponentOf,
  PHASES,
  type Phase,
  type Row,
  rowHeight,
  rowOf,
  SIDES,
  type Side,
  stateHash,
  traceDepth,
  ZERO_HASH,
} from "./state.ts";
export {
  type Claim,
  decide,
  favouredSide,
  type NarrowingTree,
  type Player,
  shouldChallenge,
} from "./strategy.ts";
