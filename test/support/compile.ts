/** Compiling for smaller budgets than the machine's. */

import { compileWithin } from "../../sdk/src/compiler/compile.ts";
import type { CompiledModel } from "../../sdk/src/compiler/index.ts";
import { AssayError } from "../../sdk/src/core/errors.ts";

/** `undefined` if some step cannot be cut down to the budget. */
export function compileIfProvable(
  bytes: Uint8Array,
  budget: { readonly gas: number; readonly bytes: number },
): CompiledModel | undefined {
  try {
    return compileWithin(bytes, {}, budget);
  } catch (error) {
    if (AssayError.is(error) && error.code === "ONNX_UNPROVABLE_STEP") return undefined;
    throw error;
  }
}
