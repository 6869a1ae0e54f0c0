/** The nouns of a game, as the contracts have them: `IDisputeGame`, `Game.sol`, `IInferenceCourt.Dossier`. */

import { concatBytes, fromHex, type Hex, toHex, uintBytes } from "../core/bytes.ts";
import { HASH_BYTES, keccakHex, keccakText } from "../core/hash.ts";
import type { ModelRecord } from "../machine/types.ts";

/** In the order of the contract's codes. */
export const SIDES = ["operator", "challenger"] as const;
/** One of the two sides of a game. */
export type Side = (typeof SIDES)[number];

/** What a game waits for, in the order of the contract's codes. */
export const PHASES = ["none", "opened", "narrowing", "leaf", "ended", "demanded"] as const;
/** Where a game stands. */
export type Phase = (typeof PHASES)[number];

/** How a game ended, in the order of the contract's codes. */
export const OUTCOMES = ["none", "operatorWins", "challengerWins", "bothLose", "undecided", "left"] as const;
/** How a game has ended; `none` while it has not. */
export type Outcome = (typeof OUTCOMES)[number];

/** Levels that one move descends. */
export const LEVELS_PER_MOVE = 4;

/** What stands for a root or node that is not known. */
export const ZERO_HASH: Hex = `0x${"00".repeat(HASH_BYTES)}`;

/** Where a game stands between its reveal and its end: what a move answers. The chain keeps its hash, the events tell it. */
export interface GamePosition {
  /** Account that committed. */
  readonly operator: Hex;
  /** Account that opened the game. */
  readonly challenger: Hex;
  /** Position of the two nodes in their level. */
  readonly index: number;
  /** Zero at level 0, where it is the root that the hub knows. */
  readonly operatorNode: Hex;
  /** The challenger's node at this level. */
  readonly challengerNode: Hex;
  /** Third parties that answered for the operator, in order; see `joinDefence`. Zero if there were none. */
  readonly defence: Hex;
}

/** One challenge of one commitment: what `gameOf` gives, and the position. */
export interface Game {
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
  /** Account that opened the game. */
  readonly challenger: Hex;
  /** What the game waits for. */
  readonly phase: Phase;
  /** How it ended. */
  readonly outcome: Outcome;
  /** Whose clock runs, except at the leaf. */
  readonly turn: Side;
  /** Depth of the two nodes below the roots. */
  readonly level: number;
  /** Position of the two nodes in their level. */
  readonly index: number;
  /** Seconds since the Unix epoch. */
  readonly turnStartedAt: number;
  /** Place of this game among the games of its commitment, from 0 in order of opening. */
  readonly sequence: number;
  /** Seconds used in ended turns. */
  readonly operatorUsed: number;
  /** Seconds that the challenger used in ended turns. */
  readonly challengerUsed: number;
  /** Zero at level 0, where it is the root that the hub knows. */
  readonly operatorNode: Hex;
  /** Zero before the reveal. */
  readonly challengerNode: Hex;
  /** Third parties that answered for the operator; zero if there were none. */
  readonly defence: Hex;
}

/** What a commitment claims, and about what. */
export interface Dossier {
  /** Account that committed. */
  readonly operator: Hex;
  /** Root of the tree over the words of the input, 32 bytes. */
  readonly inputRoot: Hex;
  /** Root of the tree over the words of the output, 32 bytes. */
  readonly outputRoot: Hex;
  /** Zero while a lazy commitment's trace is unknown. */
  readonly traceRoot: Hex;
  /** What is registered on-chain of the model. */
  readonly record: ModelRecord;
}

/** The contract that a game lives in; part of its id. */
export interface Court {
  /** EIP-155 id of the chain. */
  readonly chainId: number;
  /** Address of the contract DisputeGame. */
  readonly address: Hex;
}

/** The nodes k = min(4, depth - level) levels below a node, which a move has shown to hash to it. */
export interface Row {
  /** Whose trace it belongs to. */
  readonly side: Side;
  /** Depth of the node below the root. */
  readonly level: number;
  /** Position of the node in its level. */
  readonly index: number;
  /** Its descendants, left to right. */
  readonly nodes: readonly Hex[];
}

/** Everything about a game that can be read from the chain. */
export interface GameView {
  /** The contract that the game lives in. */
  readonly court: Court;
  /** Id of the game: a hash of 32 bytes. */
  readonly gameId: Hex;
  /** The game's own state. */
  readonly game: Game;
  /** What the commitment claims, and about what. */
  readonly dossier: Dossier;
  /** What a side may use up in total. */
  readonly clockSeconds: number;
  /** Whether a game has slashed the commitment. */
  readonly isSlashed: boolean;
  /** Rows that moves have shown, each once; from events and calldata. */
  readonly rows: readonly Row[];
}

/** The other side. */
export function opponentOf(side: Side): Side {
  return side === "operator" ? "challenger" : "operator";
}

/** Levels of the traces. */
export function traceDepth(record: Pick<ModelRecord, "stepDepth" | "wordDepth">): number {
  return record.stepDepth + record.wordDepth;
}

/** Levels from a node to the row below it; 0 for a leaf, below which there is none. */
export function rowHeight(level: number, depth: number): number {
  return Math.min(LEVELS_PER_MOVE, depth - level);
}

/** The node of a side. */
export function nodeOfSide(game: Pick<Game, "operatorNode" | "challengerNode">, side: Side): Hex {
  return side === "operator" ? game.operatorNode : game.challengerNode;
}

/** A row that a move has shown, if one has. */
export function rowOf(
  view: Pick<GameView, "rows">,
  side: Side,
  level: number,
  index: number,
): Row | undefined {
  return view.rows.find((row) => row.side === side && row.level === level && row.index === index);
}

/** The operator's node of a game, be it the root that the hub knows. Zero if that is not known. */
export function operatorNodeOf({ game, dossier }: Pick<GameView, "game" | "dossier">): Hex {
  return game.level === 0 ? dossier.traceRoot : game.operatorNode;
}

/** What the next move has to show. */
export function positionOf({ game, dossier }: Pick<GameView, "game" | "dossier">): GamePosition {
  const { challenger, index, operatorNode, challengerNode, defence } = game;
  return { operator: dossier.operator, challenger, index, operatorNode, challengerNode, defence };
}

/** Whether a game has a position: only between its reveal and its end. */
export function isPlaced({ phase }: Pick<Game, "phase">): boolean {
  return phase === "narrowing" || phase === "leaf";
}

/** Hash of a position at a level of a game: hash(abi.encode(gameId, level, position)). */
export function positionHash(gameId: Hex, level: number, position: GamePosition): Hex {
  return hashWords(
    fromHex(gameId),
    word(level),
    addressWord(position.operator),
    addressWord(position.challenger),
    word(position.index),
    fromHex(position.operatorNode),
    fromHex(position.challengerNode),
    fromHex(position.defence),
  );
}

/** Hash of a game's position; zero before the reveal and after the end. */
export function stateHash(view: Pick<GameView, "gameId" | "game" | "dossier">): Hex {
  return isPlaced(view.game) ? positionHash(view.gameId, view.game.level, positionOf(view)) : ZERO_HASH;
}

/** The defence of an operator after one more third party has moved for it. */
export function joinDefence(defence: Hex, mover: Hex): Hex {
  return hashWords(fromHex(defence), addressWord(mover));
}

/** Hash that binds a challenge without showing it. */
export function openingHash(court: Court, requestId: Hex, challenger: Hex, traceRoot: Hex, salt: Hex): Hex {
  return hashWords(
    keccakText("Assay opening"),
    word(court.chainId),
    addressWord(court.address),
    fromHex(requestId),
    addressWord(challenger),
    fromHex(traceRoot),
    fromHex(salt),
  );
}

/** Id of the game that a challenger opens with an opening's hash. */
export function gameIdOf(court: Court, requestId: Hex, challenger: Hex, openingHash: Hex): Hex {
  return hashWords(
    keccakText("Assay game"),
    word(court.chainId),
    addressWord(court.address),
    fromHex(requestId),
    addressWord(challenger),
    fromHex(openingHash),
  );
}

/** The id of the game in which an account demands an input: it has no opening to bind, and there is one at most. */
export function demandIdOf(court: Court, requestId: Hex, challenger: Hex): Hex {
  return gameIdOf(court, requestId, challenger, toHex(keccakText("Assay demand")));
}

/** What is needed to open a game. */
export interface OpenGameParameters {
  /** The contract that the game lives in. */
  readonly court: Court;
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
  /** Account that opened the game. */
  readonly challenger: Hex;
  /** Hash that binds the challenge. */
  readonly openingHash: Hex;
  /** What the commitment claims, and about what. */
  readonly dossier: Dossier;
  /** What each side may use up in total. */
  readonly clockSeconds: number;
  /** Place of the game among those of its commitment, from 0. */
  readonly sequence: number;
  /** Time of the opening. */
  readonly time: number;
}

/** A game as it stands right after its opening. */
export function openGame(parameters: OpenGameParameters): GameView {
  const { court, requestId, challenger, dossier, clockSeconds, sequence, time } = parameters;
  return {
    court,
    gameId: gameIdOf(court, requestId, challenger, parameters.openingHash),
    game: {
      requestId,
      challenger,
      phase: "opened",
      outcome: "none",
      turn: "challenger",
      level: 0,
      index: 0,
      turnStartedAt: time,
      sequence,
      operatorUsed: 0,
      challengerUsed: 0,
      operatorNode: ZERO_HASH,
      challengerNode: ZERO_HASH,
      defence: ZERO_HASH,
    },
    dossier,
    clockSeconds,
    isSlashed: false,
    rows: [],
  };
}

function hashWords(...words: readonly Uint8Array[]): Hex {
  return keccakHex(concatBytes(...words));
}

function word(value: number): Uint8Array {
  return uintBytes(value, HASH_BYTES);
}

function addressWord(address: Hex): Uint8Array {
  return concatBytes(new Uint8Array(12), fromHex(address));
}
