/** Why the rules refuse a move. */

import { AssayError, type AssayErrorOptions, type ErrorContext } from "../core/errors.ts";
import type { ProofErrorCode } from "../trace/check.ts";

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
  | "GameWordProofLengthMismatch"
  | "GameWordMismatch"
  | "GamePlaceOutOfRange"
  | "GameWordAgrees"
  | "GameCallerNotChallenger"
  | "OutputProofLengthMismatch"
  | "OutputProofMismatch"
  | "HubOperatorMismatch"
  | "HubTraceRootZero"
  | "HubTraceKnown"
  | "HubStatusMismatch"
  | ProofErrorCode;

/** Refuses a move. */
export function refuse(reason: RefusalReason, context: ErrorContext = {}): never {
  throw new MoveRefusedError(reason, context);
}

/** The rules do not allow a move. Nothing has changed. */
export class MoveRefusedError extends AssayError {
  override readonly name = "MoveRefusedError";
  /** Which rule the move breaks. */
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
