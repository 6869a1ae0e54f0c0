/** Tells where in a model a word of the trace stands. */

import { checkNode } from "../core/tree.ts";
import { count } from "../machine/budget.ts";
import { WORD_BYTES } from "../machine/memory.ts";
import type { MachineModel, StepInfo } from "../machine/model.ts";
import { ELEMENT_SIZE, type ElementType } from "../machine/opcodes.ts";
import { isExecutable } from "../machine/validity.ts";

/** A place in a trace, in the words of the model. */
export interface LeafDescription {
  /** Number of the step that writes the word. */
  readonly step: number;
  /** Word of the step's tensor. */
  readonly word: number;
  /** Type of the step's tensor; `undefined` where no step writes, or one that writes only zeros. */
  readonly type: ElementType | undefined;
  /** Number of the element that contains the byte. */
  readonly element: number;
  /** The element's row-major coordinates in the tensor; `undefined` for padding. */
  readonly coordinates: readonly number[] | undefined;
  /** Names of the layers that the step computes, if known. */
  readonly layers: readonly string[];
  /** Their operators, if known. */
  readonly operator: string | undefined;
}

/**
 * Says what a leaf of the trace is.
 *
 * @param leaf - `step · 2^wordDepth + word`
 * @param steps - names of the model's steps, as the compiler reports them
 * @param byteInWord - a byte of the word, to name one of its elements; default the first
 */
export function describeLeaf(
  model: Pick<MachineModel, "record" | "program" | "steps">,
  leaf: number,
  steps: readonly StepInfo[] = [],
  byteInWord = 0,
): LeafDescription {
  const { record } = model;
  checkNode(record.stepDepth + record.wordDepth, 0, leaf);
  const stepIndex = Math.floor(leaf / 2 ** record.wordDepth);
  const word = leaf % 2 ** record.wordDepth;
  const decoded = model.steps[stepIndex];
  const step = isExecutable(decoded, model.program[stepIndex]?.length ?? 0, record) ? decoded : undefined;
  const element = Math.floor(
    (word * WORD_BYTES + byteInWord) / (step === undefined ? 4 : ELEMENT_SIZE[step.type]),
  );
  const info = steps[stepIndex];
  const isWritten = step !== undefined && element < count(step.extents);
  return {
    step: stepIndex,
    word,
    type: step?.type,
    element,
    coordinates: isWritten ? coordinatesOf(element, step.extents) : undefined,
    layers: info?.nodes ?? [],
    operator: info?.operator,
  };
}

/** One line for people, for instance `Conv+Relu "conv1", element [0, 3, 4, 7] (step 2)`. */
export function describeInWords(place: LeafDescription): string {
  const layers = place.layers.map((name) => `"${name}"`).join(", ");
  const what = [place.operator, layers].filter((part) => part !== undefined && part !== "").join(" ");
  const where = place.coordinates === undefined ? "padding" : `element [${place.coordinates.join(", ")}]`;
  return `${what === "" ? "" : `${what}, `}${where} (step ${place.step}, word ${place.word})`;
}

function coordinatesOf(element: number, extents: readonly number[]): number[] {
  const result: number[] = [];
  let rest = element;
  for (const extent of extents.toReversed()) {
    result.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return result;
}
