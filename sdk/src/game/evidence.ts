/** A dispute written down: everything that its rules depend on, so that whoever has it can play it again without any chain. */

import { fromHex, type Hex } from "../core/bytes.ts";
import { AssayError } from "../core/errors.ts";
import { rootOfBytes } from "../core/tree.ts";
import { modelId as modelIdOf, validateRecord } from "../machine/record.ts";
import type { ModelRecord } from "../machine/types.ts";
import { checkProof } from "../trace/check.ts";
import { canTimeout } from "./clock.ts";
import type { Contradiction, Move, Reveal } from "./moves.ts";
import { refuse } from "./refusal.ts";
import { applyMove } from "./rules.ts";
import {
  type Court,
  demandIdOf,
  type GameView,
  type Outcome,
  openGame,
  operatorNodeOf,
  positionOf,
  ZERO_HASH,
} from "./state.ts";
import { byteOf, disputedByte, elementAt } from "./verdict.ts";

/** What a move of a dispute says beyond what follows from the moves before it. */
export type EvidenceStatement =
  | {
      /** Binds the operator's trace: with the commitment, or later. */
      readonly kind: "postTrace";
      /** Root of the tree over all words that the run writes, 32 bytes. */
      readonly traceRoot: Hex;
      /** stepDepth siblings from the last step's tensor to `traceRoot`. */
      readonly outputProof: readonly Hex[];
    }
  | Reveal
  | {
      /** Makes the move of the side whose turn it is. */
      readonly kind: "answer";
      /** The row below the mover's node. */
      readonly moverChildren: readonly Hex[];
      /** The row below the other side's node. */
      readonly otherChildren: readonly Hex[];
      /** The row below the mover's node at the first difference; empty at the leaves. */
      readonly moverGrandchildren: readonly Hex[];
    }
  | {
      /** Has the referee compute the disputed element. */
      readonly kind: "step";
      /** The step, the words that the element depends on, and their paths to the roots, as the referee takes them. */
      readonly proof: Hex;
    }
  | ({
      /** Convicts the operator by its own trace. */
      readonly kind: "convict";
      /** The same for the word that contradicts those before it. */
      readonly proof: Hex;
    } & Omit<Contradiction, "proof">)
  | {
      /** Shows the demanded input. */
      readonly kind: "publishInput";
      /** Exactly the model's `inputBytes`. */
      readonly input: Hex;
    }
  | {
      /** Ends a game in which the running clock is used up, or one that another game has decided. */
      readonly kind: "timeout" | "quit";
    };

/** One move of a dispute. */
export type EvidenceMove = EvidenceStatement & {
  /** Account that made it. */
  readonly caller: Hex;
  /** Unix second of its block. */
  readonly time: number;
  /** Hash of its transaction. */
  readonly transaction: Hex;
};

/** What the court computed, and what the sides had claimed: stored bits as unsigned numbers. */
export interface EvidenceVerdict {
  /** Number of the step in dispute. */
  readonly step: number;
  /** A byte of the disputed element, in the step's tensor. */
  readonly byteOffset: number;
  /** Bytes of the element. */
  readonly size: number;
  /** What the operator had claimed. */
  readonly operatorValue: number;
  /** What the challenger had claimed; `undefined` where the operator was convicted by its own words. */
  readonly challengerValue?: number | undefined;
  /** What the court computed. */
  readonly truth: number;
}

/** A dispute from its opening to its end, or as far as it has come. */
export interface DisputeRecord {
  /** The contract that the game lives in. */
  readonly court: Court;
  /** Id of the game: a hash of 32 bytes. */
  readonly gameId: Hex;
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
  /** Who opened it. */
  readonly challenger: Hex;
  /** Hash that binds the challenge; `undefined` for a demand of the input. */
  readonly openingHash?: Hex | undefined;
  /** Unix second of the opening. */
  readonly openedAt: number;
  /** Seconds that each side may use up. */
  readonly clockSeconds: number;
  /** What was committed to, and about what. */
  readonly commitment: {
    /** Account that committed. */
    readonly operator: Hex;
    /** Id of the model: the hash of `record`. */
    readonly modelId: Hex;
    /** What is registered of the model. */
    readonly record: ModelRecord;
    /** Root of the tree over the words of the input, 32 bytes. */
    readonly inputRoot: Hex;
    /** Root of the tree over the words of the output, 32 bytes. */
    readonly outputRoot: Hex;
  };
  /** All moves, in the order of the chain. */
  readonly moves: readonly EvidenceMove[];
  /** How it ended; `none` while it has not. */
  readonly outcome: Outcome;
  /** What the court computed, where it had to. */
  readonly verdict?: EvidenceVerdict | undefined;
}

/** The game that a dispute begins with, without any move. */
export function openingOf(dispute: Omit<DisputeRecord, "moves" | "outcome" | "verdict">): GameView {
  const { court, gameId, requestId, challenger, openingHash, openedAt: time, clockSeconds } = dispute;
  const { operator, record, inputRoot, outputRoot } = dispute.commitment;
  // A trace of a single tensor is its output.
  const traceRoot = record.stepDepth === 0 ? outputRoot : ZERO_HASH;
  const dossier = { operator, inputRoot, outputRoot, traceRoot, record };
  // Its place among others changes nothing in it.
  const parameters = { court, requestId, challenger, dossier, clockSeconds, sequence: 0, time };
  const opened = openGame({ ...parameters, openingHash: openingHash ?? ZERO_HASH });
  const view: GameView =
    openingHash !== undefined
      ? opened
      : {
          ...opened,
          gameId: demandIdOf(court, requestId, challenger),
          game: { ...opened.game, phase: "demanded", turn: "operator" },
        };
  if (view.gameId !== gameId) refuse("GameOpeningMismatch", { opening: openingHash, computed: view.gameId });
  return view;
}

/**
 * The game after a move.
 *
 * @throws {MoveRefusedError} if the rules do not allow it
 */
export function afterMove(view: GameView, move: EvidenceMove): GameView {
  if (move.kind === "publishInput") return afterInput(view, move.input, move.time);
  // A game is left when another one has slashed the commitment; that is not a part of this one.
  const before = move.kind === "quit" ? { ...view, isSlashed: true } : view;
  // Its signer posts it, too, which only the hub knows.
  const caller = move.kind === "postTrace" ? view.dossier.operator : move.caller;
  return applyMove(before, withPosition(view, move), { caller, time: move.time });
}

/** What the court computed in a move of a game, if it had to. */
export function verdictOf(view: GameView, move: EvidenceMove): EvidenceVerdict | undefined {
  if (move.kind !== "step" && move.kind !== "convict") return undefined;
  const { record, inputRoot, traceRoot } = view.dossier;
  const isStep = move.kind === "step";
  const place = isStep ? disputedByte(view) : byteOf(view.dossier, move.index, move.place);
  const proof = fromHex(move.proof);
  const { value: truth, size } = checkProof({ record, inputRoot, traceRoot, ...place, proof });
  const valueIn = (word: Hex): number => elementAt(fromHex(word), place.byteOffset % 32, size);
  const claims = isStep
    ? { operatorValue: valueIn(operatorNodeOf(view)), challengerValue: valueIn(view.game.challengerNode) }
    : { operatorValue: valueIn(move.word) };
  return { ...place, size, ...claims, truth };
}

/**
 * Plays a dispute again by the rules, and compares what comes out with what is written.
 *
 * @param onMove - called before every move with the game as it stands then
 * @returns the game at its end
 * @throws {MoveRefusedError} if a move is not one that the rules allow
 * @throws {EvidenceContradictedError} if the model, the outcome or the verdict is another one
 */
export function replayDispute(
  dispute: DisputeRecord,
  onMove: (view: GameView, move: EvidenceMove) => void = () => {},
): GameView {
  const { commitment, moves, outcome, verdict } = dispute;
  validateRecord(commitment.record);
  requireSame("modelId", commitment.modelId, modelIdOf(commitment.record));
  let view = openingOf(dispute);
  let computed: EvidenceVerdict | undefined;
  for (const move of moves) {
    onMove(view, move);
    // First the rules, which say whether there is anything to compute.
    const after = afterMove(view, move);
    computed = verdictOf(view, move) ?? computed;
    view = after;
  }
  requireSame("outcome", outcome, view.game.outcome);
  for (const field of ["step", "byteOffset", "size", "operatorValue", "challengerValue", "truth"] as const)
    requireSame(`verdict.${field}`, verdict?.[field], computed?.[field]);
  return view;
}

function afterInput(view: GameView, input: Hex, time: number): GameView {
  const { game, dossier } = view;
  if (game.phase !== "demanded") refuse("GamePhaseMismatch", { actual: game.phase, expected: "demanded" });
  if (canTimeout(view, time)) refuse("GameClockUsedUp", { turn: game.turn });
  const bytes = fromHex(input);
  requireSame("input length", bytes.length, dossier.record.inputBytes);
  requireSame("inputRoot", rootOfBytes(bytes, dossier.record.inputDepth), dossier.inputRoot);
  return { ...view, game: { ...game, phase: "ended", outcome: "operatorWins" } };
}

function withPosition(view: GameView, move: Exclude<EvidenceMove, { readonly kind: "publishInput" }>): Move {
  const position = positionOf(view);
  switch (move.kind) {
    case "step":
      return { kind: "step", position, proof: fromHex(move.proof) };
    case "convict":
      return { kind: "convict", position, contradiction: { ...move, proof: fromHex(move.proof) } };
    case "postTrace":
    case "reveal":
      return move;
    default:
      return { ...move, position };
  }
}

function requireSame(what: string, written: unknown, computed: unknown): void {
  if (written !== computed) throw new EvidenceContradictedError(what, written, computed);
}

/** A written dispute says something else than what follows from its moves. */
export class EvidenceContradictedError extends AssayError {
  override readonly name = "EvidenceContradictedError";

  constructor(what: string, written: unknown, computed: unknown) {
    const text = (value: unknown): string => String(value).slice(0, 80);
    super(
      "EVIDENCE_CONTRADICTED",
      `The evidence says ${what} ${text(written)}, and ${text(computed)} follows from it.`,
      {
        recovery: "Do not believe it; export the dispute again from a node that you trust.",
        context: { what, written: text(written), computed: text(computed) },
      },
    );
  }
}

/** A file is not the evidence of a dispute. */
export class EvidenceMalformedError extends AssayError {
  override readonly name = "EvidenceMalformedError";

  constructor(path: string, expected: string) {
    super("EVIDENCE_MALFORMED", `The evidence has at ${path || "its top"} something else than ${expected}.`, {
      recovery: "Pass what `exportDispute` or `assay dispute export` gave, unchanged.",
      context: { path, expected },
    });
  }
}
