/** Has the chain compute an element of every step of every operator test that passes. */

import { count, stepCost } from "../../sdk/src/machine/budget.ts";
import type { ConformanceCase } from "../../test/support/conformance/archive.ts";
import { ConformanceError, prepareCase } from "../../test/support/conformance/run-case.ts";
import { elementCall, runModel } from "../../test/support/model-proofs.ts";
import type { Random } from "../../test/support/random.ts";
import { startReferee } from "../bench/provability/prove.ts";

export interface ProofSummary {
  readonly cases: number;
  readonly steps: number;
  /** Of the dearest transaction. */
  readonly gas: number;
  readonly calldataBytes: number;
}

/**
 * @param passing - cases that pass
 * @throws if the chain computes anything else, or takes more gas than the budget grants the step
 */
export async function proveCases(passing: readonly ConformanceCase[], random: Random): Promise<ProofSummary> {
  const referee = await startReferee();
  const summary = { cases: 0, steps: 0, gas: 0, calldataBytes: 0 };
  try {
    for (const item of passing) {
      const { model, request } = prepareCase(item);
      const run = runModel(model, request);
      for (const [index, step] of model.steps.entries()) {
        const { call, bits } = elementCall(run, index, random.integer(0, count(step!.extents) - 1));
        const { value, gas, calldataBytes } = await referee.execute(call);
        const bound = stepCost(step!, model.record);
        if (value !== bits || gas >= bound.gas)
          throw new ConformanceError(
            item.name,
            `step ${index}, byte ${call[4]}: ${value} with ${gas} gas instead of ${bits} with ${bound.gas}`,
          );
        summary.steps++;
        summary.gas = Math.max(summary.gas, gas);
        summary.calldataBytes = Math.max(summary.calldataBytes, calldataBytes);
      }
      summary.cases++;
    }
  } finally {
    await referee.close();
  }
  return summary;
}
