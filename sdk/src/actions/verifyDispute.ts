import { encodeFunctionData, type Hex } from "viem";
import { disputeGameAbi } from "../abis/generated/DisputeGame.ts";
import type { AssayError } from "../core/errors.ts";
import {
  type DisputeRecord,
  EvidenceContradictedError,
  type EvidenceMove,
  replayDispute,
} from "../game/evidence.ts";
import { type GameView, positionOf } from "../game/state.ts";
import { committedRoots } from "./internal/evidence-moves.ts";
import { readEvidence } from "./internal/evidence-reader.ts";
import { checkTerms } from "./internal/evidence-terms.ts";
import { type EvidenceTransaction, isSigned } from "./internal/evidence-transactions.ts";
import { asPosition } from "./internal/position.ts";

/** What {@link verifyDispute} gives. */
export interface VerifyDisputeReturnType {
  /** What happened, move by move; all of it follows from the rules. */
  readonly dispute: DisputeRecord;
  /** What a file alone cannot prove, in sentences: ask a node for the transactions, by their hashes. */
  readonly unproven: readonly string[];
}

/** What {@link verifyDispute} can fail with: `EVIDENCE_MALFORMED`, `EVIDENCE_CONTRADICTED`, `MOVE_REFUSED`, or what is wrong with the model's record. */
export type VerifyDisputeErrorType = AssayError;

/**
 * Checks the evidence of a dispute without any chain. It hashes the model's record, the opening and every tree path; it plays all moves by the rules, with the
 * clocks as they stood; it has the reference implementation of the machine compute the disputed element, and compares the verdict and the outcome; and it
 * checks that each transaction was signed by whom it names, and says what its move says.
 *
 * @param evidence - what {@link exportDispute} gave, as it was parsed from JSON; anything else is refused
 * @throws {EvidenceMalformedError} if it is not the evidence of a dispute
 * @throws {EvidenceContradictedError} if it says something else than what follows from it, or than was signed
 * @throws {MoveRefusedError} if a move is not one that the rules allow
 *
 * @example
 * const { dispute, unproven } = await verifyDispute(JSON.parse(readFileSync("dispute.json", "utf8")));
 */
export async function verifyDispute(evidence: unknown): Promise<VerifyDisputeReturnType> {
  const { dispute, terms, transactions, commitTransaction, openTransaction } = readEvidence(evidence);
  const known = new Map(transactions.map((transaction) => [transaction.hash, transaction]));
  const unproven: string[] = ["that the chain includes the transactions, and when"];
  const find = (hash: Hex): EvidenceTransaction => {
    const transaction = known.get(hash);
    if (transaction === undefined) throw new EvidenceContradictedError("transaction", hash, "none such");
    return transaction;
  };
  if (terms !== undefined) checkTerms(dispute, terms);
  else
    unproven.push(
      "that the request is about this model, this input and these clocks: it is a result in a batch",
    );
  replayDispute(dispute, (view, move) => {
    const transaction = find(move.transaction);
    requireSame("the time of a move", move.time, transaction.time);
    for (const part of saidBy(view, move))
      if (!contains(transaction, part))
        contradict(`a ${move.kind} in transaction`, transaction.hash, "another call");
    if (move.kind === "quit")
      unproven.push("that another game had slashed the operator when the challenger left");
    // The hub is told of a trace, the court of all else.
    if (move.kind !== "postTrace" && transaction.to !== dispute.court.address)
      unproven.push(`that ${move.caller} made the ${move.kind}: it came through ${transaction.to}`);
    else requireSame(`the caller of a ${move.kind}`, move.caller, transaction.from);
  });
  requireOpening(dispute, find(openTransaction), unproven);
  if (commitTransaction === undefined)
    unproven.push("what the operator has committed to: its transaction is missing");
  else requireCommitment(dispute, find(commitTransaction), unproven);
  for (const transaction of transactions) {
    const signed = await isSigned(transaction);
    if (signed === false) contradict("transaction", transaction.hash, "something else was signed");
    if (signed === undefined) unproven.push(`that ${transaction.from} signed ${transaction.hash}`);
  }
  return { dispute, unproven };
}

/** Calldata that a move's transaction holds, in one piece or in several. */
function saidBy(view: GameView, move: EvidenceMove): readonly Hex[] {
  const { gameId } = view;
  const abi = disputeGameAbi;
  const position = asPosition(positionOf(view));
  switch (move.kind) {
    case "postTrace":
      // In the call that commits, or in one of its own.
      return [move.traceRoot, ...move.outputProof];
    case "reveal": {
      const { traceRoot, salt, outputRoot, outputProof, children } = move;
      const args = [gameId, traceRoot, salt, outputRoot, outputProof, children] as const;
      return [encodeFunctionData({ abi, functionName: "reveal", args })];
    }
    case "answer": {
      const { moverChildren, otherChildren, moverGrandchildren } = move;
      const args = [gameId, position, moverChildren, otherChildren, moverGrandchildren] as const;
      return [encodeFunctionData({ abi, functionName: "answer", args })];
    }
    case "step":
      return [encodeFunctionData({ abi, functionName: "step", args: [gameId, position, move.proof] })];
    case "convict":
      // Before the reveal its position is of no account, and may be any.
      return [gameId, move.word, ...move.siblings];
    case "publishInput":
      return [encodeFunctionData({ abi, functionName: "publishInput", args: [gameId, move.input] })];
    default:
      return [gameId];
  }
}

function requireOpening(
  { openedAt, challenger, openingHash, requestId, court }: DisputeRecord,
  transaction: EvidenceTransaction,
  unproven: string[],
): void {
  requireSame("openedAt", openedAt, transaction.time);
  for (const part of openingHash === undefined ? [requestId] : [requestId, openingHash])
    if (!contains(transaction, part))
      contradict("an opening in transaction", transaction.hash, "another call");
  if (transaction.to === court.address) requireSame("challenger", challenger, transaction.from);
  else unproven.push(`that ${challenger} opened the game: it came through ${transaction.to}`);
}

function requireCommitment(
  { requestId, commitment }: DisputeRecord,
  transaction: EvidenceTransaction,
  unproven: string[],
): void {
  const { operator, outputRoot, record } = commitment;
  // A result of a batch has its root in the call that shows it.
  const outputRoots = committedRoots(requestId, record.wordDepth, transaction);
  if (!outputRoots.includes(outputRoot) && !contains(transaction, outputRoot))
    contradict("a commitment to", outputRoot, outputRoots[0] ?? "nothing");
  if (transaction.from !== operator)
    unproven.push(`that ${transaction.from}, who sent the commitment, could do so for ${operator}`);
}

function contains({ data }: EvidenceTransaction, part: Hex): boolean {
  return data.includes(part.slice(2).toLowerCase());
}

function requireSame(what: string, written: unknown, signed: unknown): void {
  if (written !== signed) contradict(what, written, signed);
}

function contradict(what: string, written: unknown, computed: unknown): never {
  throw new EvidenceContradictedError(what, written, computed);
}
