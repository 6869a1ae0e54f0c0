/** `@assay/sdk/game`: the rules of disputes and how an honest side plays them. */

export { canMove, canTimeout, isActive, remainingOf, timeoutAt } from "./clock.ts";
export { findContradiction, firstDifferentLeaf } from "./contradiction.ts";
export {
  type DisputeRecord,
  EvidenceContradictedError,
  EvidenceMalformedError,
  type EvidenceMove,
  type EvidenceStatement,
  type EvidenceVerdict,
  replayDispute,
} from "./evidence.ts";
export type {
  Answer,
  Contradiction,
  Convict,
  Move,
  PostTrace,
  Quit,
  Reveal,
  StepMove,
  Timeout,
} from "./moves.ts";
export { NarrowedTree, type NarrowingTree } from "./narrowed-tree.ts";
export { MoveRefusedError, type RefusalReason } from "./refusal.ts";
export { applyMove, type MoveContext } from "./rules.ts";
export {
  type Court,
  type Dossier,
  type Game,
  type GamePosition,
  type GameView,
  gameIdOf,
  isPlaced,
  joinDefence,
  LEVELS_PER_MOVE,
  nodeOfSide,
  type OpenGameParameters,
  OUTCOMES,
  type Outcome,
  openGame,
  openingHash,
  operatorNodeOf,
  opponentOf,
  PHASES,
  type Phase,
  positionHash,
  positionOf,
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
  type Player,
  shouldChallenge,
} from "./strategy.ts";
export { byteOf, type DisputedByte, disputedByte, elementAt, firstDifferentByte, judge } from "./verdict.ts";
