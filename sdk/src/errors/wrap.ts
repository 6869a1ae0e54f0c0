/**
 * The same as `toAssayError` for code that can wait: what the contracts' errors say is loaded when the first of them occurs, since it is larger than
 * everything else that a reading application needs.
 */

import { AssayError, type ErrorContext } from "../core/errors.ts";
import { classify } from "./classify.ts";

/** The error of the tree that describes what was thrown. */
export async function describeFailure(thrown: unknown, context: ErrorContext = {}): Promise<AssayError> {
  const options = { cause: thrown, context };
  const found = classify(thrown, options);
  if (AssayError.is(found)) return found;
  const { ContractRevertError } = await import("./contract.ts");
  return new ContractRevertError(found.revert, options);
}

/** Runs a call and throws what `describeFailure` makes of its failure. */
export async function withAssayErrors<result>(
  context: ErrorContext,
  call: () => Promise<result>,
): Promise<result> {
  try {
    return await call();
  } catch (error) {
    throw await describeFailure(error, context);
  }
}
