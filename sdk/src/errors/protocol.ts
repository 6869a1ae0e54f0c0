/** What the SDK finds out about requests, results and games by itself, without a contract that reverts. */

import type { Hex } from "../core/bytes.ts";
import { AssayError, type ErrorContext } from "../core/errors.ts";

/** No request has this id. */
export class RequestNotFoundError extends AssayError {
  override readonly name = "RequestNotFoundError";

  constructor(requestId: Hex) {
    super("REQUEST_NOT_FOUND", `There is no request ${requestId}.`, {
      recovery:
        "Check the id, the chain and the deployment, and that the request's transaction was included.",
      context: { requestId },
    });
  }
}

/** No game has this id. */
export class GameNotFoundError extends AssayError {
  override readonly name = "GameNotFoundError";

  constructor(gameId: Hex) {
    super("GAME_NOT_FOUND", `There is no game ${gameId}.`, {
      recovery:
        "Check the id, the chain and the deployment, and that the opening's transaction was included.",
      context: { gameId },
    });
  }
}

/** A result was asked for that can still change, or that will never be one. */
export class ResultNotFinalError extends AssayError {
  override readonly name = "ResultNotFinalError";

  constructor(requestId: Hex, status: string) {
    const isPending = status === "requested" || status === "accepted" || status === "committed";
    super("RESULT_NOT_FINAL", `The request ${requestId} is ${status}, not final.`, {
      recovery: isPending
        ? "Use waitForFinality first, or pass `allowPending` to read a committed result that can still be convicted."
        : "This request has no result and never will; make a new one.",
      isTransient: isPending,
      context: { requestId, status },
    });
  }
}

/** A result is needed where nobody has committed to one. */
export class ResultNotCommittedError extends AssayError {
  override readonly name = "ResultNotCommittedError";

  constructor(requestId: Hex, status: string) {
    const isPending = status === "requested" || status === "accepted";
    super("RESULT_NOT_COMMITTED", `The request ${requestId} is ${status} and has no result.`, {
      recovery: isPending ? "Wait until an operator has committed." : "Make a new request.",
      isTransient: isPending,
      context: { requestId, status },
    });
  }
}

/** An event that must exist was not found in the blocks that were searched. */
export class EventNotFoundError extends AssayError {
  override readonly name = "EventNotFoundError";

  constructor(event: string, context: ErrorContext) {
    super("EVENT_NOT_FOUND", `No ${event} event was found.`, {
      recovery: "Search from an earlier `fromBlock`, and use a node that keeps the logs of that time.",
      context: { event, ...context },
    });
  }
}

/** A receipt does not hold the event that the call emits: it is the receipt of another transaction, or of a failed one. */
export class ReceiptMismatchError extends AssayError {
  override readonly name = "ReceiptMismatchError";

  constructor(event: string, contract: string, address: Hex) {
    super("RECEIPT_MISMATCH", `The receipt holds no ${event} event of the ${contract} at ${address}.`, {
      recovery: "Pass the receipt of the transaction that this call sent, and check its status.",
      context: { event, contract, address },
    });
  }
}

/** The requester published only the root of the input. */
export class InputNotPublishedError extends AssayError {
  override readonly name = "InputNotPublishedError";

  constructor(requestId: Hex, inputUri: string) {
    super("INPUT_NOT_PUBLISHED", `The input of the request ${requestId} was not published on-chain.`, {
      recovery: "Get the bytes from `inputUri` or from the requester, and check their root.",
      context: { requestId, inputUri },
    });
  }
}

/** The operator published only the root of the output. */
export class OutputNotPublishedError extends AssayError {
  override readonly name = "OutputNotPublishedError";

  constructor(requestId: Hex, outputUri: string | undefined) {
    super("OUTPUT_NOT_PUBLISHED", `The output of the request ${requestId} was not published on-chain.`, {
      recovery:
        "Get the bytes from `outputUri` or from the operator, or run the model, and pass them as `output`.",
      context: { requestId, outputUri },
    });
  }
}

/** Bytes do not hash to the root that the chain knows. */
export class RootMismatchError extends AssayError {
  override readonly name = "RootMismatchError";

  constructor(what: string, actual: Hex, expected: Hex) {
    super("ROOT_MISMATCH", `The ${what} hashes to ${actual}, the chain says ${expected}.`, {
      recovery: "Do not use these bytes; get them from another source.",
      context: { what, actual, expected },
    });
  }
}

/** Two runs of the same model on the same input gave different traces: one of the engines, or this computer, is broken. */
export class EnginesDisagreeError extends AssayError {
  override readonly name = "EnginesDisagreeError";

  constructor(engines: readonly [string, string], requestId: Hex) {
    super(
      "ENGINES_DISAGREE",
      `The engines ${engines[0]} and ${engines[1]} disagree about request ${requestId}.`,
      {
        recovery: "Stake nothing on this computer; run the self-test, and report the model and the input.",
        context: { engines, requestId },
      },
    );
  }
}

/** A parameter is not what the model or the request needs. */
export class InvalidParameterError extends AssayError {
  override readonly name = "InvalidParameterError";

  constructor(parameter: string, value: unknown, expected: string) {
    const given = inWords(value);
    super("INVALID_PARAMETER", `The parameter ${parameter} is ${given}; it must be ${expected}.`, {
      recovery: `Pass ${expected}.`,
      context: { parameter, value: given, expected },
    });
  }
}

/** A value as an error may show it. Long texts are not: somebody may have taken a private key for an address. */
function inWords(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value.length > 42 ? `a string of ${value.length} characters` : JSON.stringify(value);
    case "bigint":
      return `${value}n`;
    case "function":
      return "a function";
    case "object":
      if (value === null) return "null";
      if (Array.isArray(value)) return `an array of ${value.length}`;
      return ArrayBuffer.isView(value) ? `${value.byteLength} bytes` : "an object";
    default:
      return String(value);
  }
}

/** Waiting took longer than the caller wanted. */
export class FinalityTimeoutError extends AssayError {
  override readonly name = "FinalityTimeoutError";

  constructor(requestId: Hex, context: ErrorContext & { readonly status: string; readonly timeout: number }) {
    super(
      "FINALITY_TIMEOUT",
      `The request ${requestId} is still ${context.status} after ${context.timeout} ms.`,
      {
        recovery:
          "Wait again with the same id. On a chain that makes no blocks by itself, mine one: time only passes with blocks.",
        isTransient: true,
        context: { requestId, ...context },
      },
    );
  }
}
