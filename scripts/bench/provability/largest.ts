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
import { openedBytesOf, type Proof, type TestReferee } from "./prove.ts";

/** The deepest constants, and a trace of 2^40 words: 4,096 steps of up to 2^28 words. */
export const DEEPEST: Depths = {
  inputDepth: RECORD_LIMITS.inputDepth,
  constantsDepth: RECORD_LIMITS.constantsDepth,
  stepDepth: RECORD_LIMITS.traceDepth - RECORD_LIMITS.wordDepth,
  wordDepth: RECORD_LIMITS.wordDepth,
};

/** Shapes of steps that grow until the budget ends them. */
const STEPS: Readonly<Record<string, (length: number) => Step>> = {
  "dot product": (length) =>
    makeStep({
      ...{ type: "f32", fold: "f32.add", extents: [4], reduction: [length], immediates: [0] },
      bodyOperands: [
        makeOperand("step", "f32", affine(0, 0, 1), { step: 1 }),
        makeOperand("const", "f32", affine(0, length, 1)),
      ],
      body: [instruction(Op.f32Mul, 0, 1)],
    }),
  "sum of a column, a word and a path for every element": (length) =>
    makeStep({
      ...{ type: "f32", fold: "f32.add", extents: [4], reduction: [length], immediates: [0] },
      bodyOperands: [makeOperand("const", "f32", affine(0, 1, 1024))],
    }),
  "sum of rows that other data chooses": (length) =>
    makeStep({
      ...{ type: "f32", fold: "f32.add", extents: [4], reduction: [length], immediates: [0] },
      bodyOperands: [
        makeOperand("step", "i32", affine(0, 0, 1), { step: 1 }),
        makeOperand("const", "f32", affine(0, 1, 0), { index: { operand: 0, bound: 4096, stride: 16 } }),
      ],
    }),
};

/** The longest steps of such a model, proven. */
export async function proveDeepest(referee: TestReferee): Promise<Proof[]> {
  const proofs: Proof[] = [];
  for (const [title, make] of Object.entries(STEPS)) {
    const length = longest(make);
    const step = make(length);
    const encoding = encodeStep(step);
    const random = createRandom(length);
    const words = (count: number): Uint8Array =>
      new Uint8Array(Int32Array.from({ length: count }, () => random.integer(1, 4095)).buffer);
    const numbers = (count: number): Uint8Array =>
      new Uint8Array(Float32Array.from({ length: count }, () => random.integer(-1000, 1000) / 512).buffer);
    const read = title === "dot product" ? numbers(length) : words(length);
    const memory = {
      input: numbers(8),
      constants: numbers(2 ** 17),
      steps: [numbers(8), read],
      depths: DEEPEST,
    };
    const { call } = refereeCall({ encoding, memory, stepIndex: 2, element: 2 });
    const { gas, calldataBytes } = await referee.execute(call);
    const openedBytes = openedBytesOf(call, encoding);
    const bound = stepCost(step, DEEPEST);
    const operator = `${title}, ${length.toLocaleString("en-US")} elements`;
    proofs.push({ step: 2, operator, chosen: "longest", gas, calldataBytes, openedBytes, bound });
  }
  return proofs;
}

/** The greatest length with which a step is within the budget. */
function longest(make: (length: number) => Step): number {
  let length = 1;
  for (let bit = 2 ** 16; bit >= 1; bit /= 2) {
    const step = make(length + bit);
    if (isExecutable(step, encodeStep(step).length, DEEPEST)) length += bit;
  }
  return length;
}
