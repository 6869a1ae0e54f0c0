/** What is the largest model that a liar about it can still be convicted of: trees of the greatest depths that a record can have. */

import { stepCost } from "../../../sdk/src/machine/budget.ts";
import { encodeStep } from "../../../sdk/src/machine/encode.ts";
import { Op } from "../../../sdk/src/machine/opcodes.ts";
import { RECORD_LIMITS } from "../../../sdk/src/machine/record.ts";
import type { Depths, Step } from "../../../sdk/src/machine/types.ts";
import { isExecutable } from "../../../sdk/src/machine/validity.ts";
import { affine, instruction, makeOperand, makeStep } from "../../../test/support/builders.ts";
import { createRandom } from "../../../test/support/random.ts";
import { refereeCall } from "../../../test/support/referee-calls.ts";
import type { Proof, TestReferee } from "./prove.ts";

/** The deepest constants, and a trace of 2^40 words: 4,096 steps of up to 2^28 words. */
export const DEEPEST: Depths = {
  inputDepth: RECORD_LIMITS.inputDepth,
  constantsDepth: RECORD_LIMITS.constantsDepth,
  stepDepth: RECORD_LIMITS.traceDepth - RECORD_LIMITS.wordDepth,
  wordDepth: RECORD_LIMITS.wordDepth,
};

function dotProduct(length: number): Step {
  return makeStep({
    ...{ type: "f32", fold: "f32.add", extents: [4], reduction: [length], immediates: [0] },
    bodyOperands: [
      makeOperand("step", "f32", affine(0, 0, 1), { step: 1 }),
      makeOperand("const", "f32", affine(0, length, 1)),
    ],
    body: [instruction(Op.f32Mul, 0, 1)],
  });
}

/** The longest dot product that one step of such a model can have, proven. */
export async function proveDeepest(referee: TestReferee): Promise<Proof & { readonly length: number }> {
  let length = 1;
  const isLegal = (n: number): boolean => {
    const step = dotProduct(n);
    return isExecutable(step, encodeStep(step).length, DEEPEST);
  };
  for (let bit = 2 ** 16; bit >= 1; bit /= 2) if (isLegal(length + bit)) length += bit;

  const random = createRandom(1);
  const numbers = (count: number): Uint8Array =>
    new Uint8Array(Float32Array.from({ length: count }, () => random.integer(-1000, 1000) / 512).buffer);
  const step = dotProduct(length);
  const steps = [numbers(8), numbers(length)];
  const memory = { input: numbers(8), constants: numbers(4 * length), steps, depths: DEEPEST };
  const { call } = refereeCall({ encoding: encodeStep(step), memory, stepIndex: 2, element: 2 });
  const { gas, calldataBytes } = await referee.execute(call);
  const cost = stepCost(step, DEEPEST);
  const estimates = { estimatedGas: cost.gas, estimatedBytes: cost.bytes };
  return { length, step: 2, operator: "dot product", ...estimates, gas, calldataBytes };
}
