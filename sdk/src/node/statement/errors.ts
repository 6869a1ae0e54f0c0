import type { Address } from "viem";
import { AssayError } from "../../core/errors.ts";
import type { Holdings } from "./movements.ts";

/** An event continues something whose beginning is not among the events. */
export class EventMissingError extends AssayError {
  override readonly name = "EventMissingError";

  constructor(what: string, id: string) {
    super("EVENT_MISSING", `The events go on about the ${what} ${id}, and its beginning is not among them.`, {
      recovery:
        "Check the deployment's start block, and ask another endpoint: this one may have lost events.",
      context: { what, id },
    });
  }
}

/** What the events add up to is not what the vault has: nothing can be said about the account. */
export class StatementMismatchError extends AssayError {
  override readonly name = "StatementMismatchError";

  constructor(
    account: Address,
    place: keyof Holdings,
    { derived, actual, block }: { readonly derived: bigint; readonly actual: bigint; readonly block: bigint },
    isReorg: boolean,
  ) {
    super(
      "STATEMENT_MISMATCH",
      `The events of ${account} up to block ${block} make ${derived} in \`${place}\`, and the vault has ${actual}: a difference of ${actual - derived} of the token's smallest units.`,
      {
        recovery: isReorg
          ? "Blocks were replaced meanwhile: try again."
          : "Ask another endpoint: one that has lost events, or lags, adds up to something else. If all agree, the deployment is not this protocol's.",
        isTransient: isReorg,
        context: { account, place, derived, actual, block },
      },
    );
  }
}
