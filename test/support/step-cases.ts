/** Steps that are built by hand, with the element that SPEC.md says they give. */

import { encodeStep } from "../../sdk/src/machine/encode.ts";
import type { Memory } from "../../sdk/src/machine/memory.ts";
import type { Operand, Step } from "../../sdk/src/machine/types.ts";
import { affine, makeOperand, SMALL_MEMORY } from "./builders.ts";

export interface HandBuiltCase {
  readonly title: string;
  readonly encoding: Uint8Array;
  readonly memory: Memory;
  readonly stepIndex: number;
  readonly element: number;
  /** Stored bits; 0 for an invalid step. Valid ones give something else, unless 0 is the point. */
  readonly result: number;
}

export function stepCase(
  title: string,
  step: Step,
  result: number,
  rest: Partial<HandBuiltCase> = {},
): HandBuiltCase {
  return {
    title,
    encoding: encodeStep(step),
    memory: SMALL_MEMORY,
    stepIndex: 3,
    element: 0,
    result,
    ...rest,
  };
}

/** An operand over one element: word `base` of the input. */
export function inputWord(base: number, fields: Partial<Operand> = {}): Operand {
  return makeOperand("input", "i32", affine(base, 0), fields);
}
