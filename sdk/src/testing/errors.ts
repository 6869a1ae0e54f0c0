import { AssayError, type AssayErrorOptions } from "../core/errors.ts";

/** A local network could not be started, or does not do what it was asked for. */
export class LocalNetworkError extends AssayError {
  override readonly name = "LocalNetworkError";

  constructor(
    code: "LOCAL_NODE_MISSING" | "LOCAL_NODE_FAILED" | "LOCAL_TRANSACTION_REVERTED" | "LOCAL_ACTOR_FAILED",
    message: string,
    recovery: string,
    options: Pick<AssayErrorOptions, "cause" | "context"> = {},
  ) {
    super(code, message, { recovery, ...options });
  }
}
