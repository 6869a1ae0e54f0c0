/** Turns whatever a client library, a wallet or a node throws into one error of the tree. */

import { AssayError, type ErrorContext } from "../core/errors.ts";
import { classify } from "./classify.ts";
import { ContractRevertError } from "./contract.ts";

/**
 * The error of the tree that describes what was thrown.
 *
 * @param thrown - anything
 * @param context - values of the call that failed, added to the error's own
 */
export function toAssayError(thrown: unknown, context: ErrorContext = {}): AssayError {
  const options = { cause: thrown, context };
  const found = classify(thrown, options);
  return AssayError.is(found) ? found : new ContractRevertError(found.revert, options);
}
