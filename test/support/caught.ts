import { AssertionError } from "chai";
import { AssayError } from "../../sdk/src/core/errors.ts";
import { ContractRevertError } from "../../sdk/src/errors/contract.ts";

/** The error of the tree that a promise is rejected with. */
export async function caught(promise: Promise<unknown>): Promise<AssayError> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    if (AssayError.is(error)) return error;
    throw error;
  }
  throw new AssertionError(`expected an error, got ${String(value)}`);
}

/** The revert of a contract that a promise is rejected with. */
export async function caughtRevert(promise: Promise<unknown>): Promise<ContractRevertError> {
  const error = await caught(promise);
  if (error instanceof ContractRevertError) return error;
  throw error;
}
