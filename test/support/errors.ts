/** Typed expectations on refusals. */

import { expect } from "chai";
import { AssayError } from "../../sdk/src/core/errors.ts";

/** Runs something that must throw an error of the SDK with this code, and this context as far as it is given. Returns the error. */
export function expectError(
  code: string,
  action: () => unknown,
  context: Readonly<Record<string, unknown>> = {},
): AssayError {
  let thrown: unknown;
  try {
    action();
  } catch (error) {
    thrown = error;
  }
  expect(AssayError.is(thrown), `expected ${code}, got ${String(thrown)}`).to.equal(true);
  const error = thrown as AssayError;
  expect(error.code).to.equal(code);
  for (const [key, value] of Object.entries(context)) expect(error.context[key]).to.deep.equal(value);
  return error;
}
