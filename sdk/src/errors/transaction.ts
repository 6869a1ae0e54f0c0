import type { Hex } from "../core/bytes.ts";
import { AssayError } from "../core/errors.ts";

/** A transaction was included and reverted: something else came before it. */
export class TransactionRevertedError extends AssayError {
  override readonly name = "TransactionRevertedError";

  constructor(title: string, hash: Hex) {
    super("TRANSACTION_REVERTED", `${title}: transaction ${hash} was reverted.`, {
      recovery: "Something else came before it; look again and retry.",
      isTransient: true,
      context: { hash },
    });
  }
}
