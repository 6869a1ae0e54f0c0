/** Holds what the machine computes against what onnxruntime computes. */

import type { CompiledModel } from "../../../sdk/src/compiler/index.ts";
import { run } from "../../../sdk/src/runtime/index.ts";
import { reference } from "../../../test/support/onnx-oracle.ts";
import type { Feeds, Outputs, RealModel } from "./models.ts";

export interface Agreement {
  readonly inputs: number;
  readonly elements: number;
  /** The largest difference of an element. */
  readonly absolute: number;
  /** The largest difference relative to the element, of elements that are at least a thousandth of the largest one of their output. */
  readonly relative: number;
  /** Decisions, and how many of them are the same. */
  readonly decisions: number;
  readonly same: number;
}

const SMALLEST_SHARE = 1e-3;

/** Whether an agreement is as good as a model's bounds ask for. */
export function isWithin({ absolute, same, decisions }: Agreement, bounds: RealModel["bounds"]): boolean {
  return absolute <= bounds.absolute && same >= bounds.agreement * decisions;
}

/** Runs a model on inputs with both. */
export async function compare(
  { bytes, decisions }: RealModel,
  model: CompiledModel,
  inputs: readonly Feeds[],
): Promise<Agreement> {
  const oracle = await reference(bytes());
  const total = { inputs: inputs.length, elements: 0, absolute: 0, relative: 0, decisions: 0, same: 0 };
  for (const feeds of inputs) {
    const actual = await run(model, feeds);
    const expected = await oracle.run(feeds);
    addDifferences(total, actual, expected);
    const others = decisions(expected);
    const same = decisions(actual).filter((decision, i) => decision === others[i]).length;
    total.decisions += others.length;
    total.same += same;
  }
  return total;
}

function addDifferences(
  total: { elements: number; absolute: number; relative: number },
  actual: Outputs,
  expected: Outputs,
): void {
  for (const [name, { data }] of Object.entries(expected)) {
    const ours = actual[name]!.data as Float32Array;
    const theirs = data as Float32Array;
    const floor = SMALLEST_SHARE * theirs.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    total.elements += theirs.length;
    for (const [i, value] of theirs.entries()) {
      const difference = Math.abs(ours[i]! - value);
      // Not Math.max alone: a NaN must not go unseen.
      if (!(difference <= total.absolute)) total.absolute = difference;
      if (Math.abs(value) >= floor && difference > 0)
        total.relative = Math.max(total.relative, difference / Math.abs(value));
    }
  }
}
