import { expect } from "chai";
import { compileOnnx } from "../../../sdk/src/compiler/index.ts";
import { equalBytes } from "../../../sdk/src/core/bytes.ts";
import { BUDGET } from "../../../sdk/src/machine/weights.ts";
import { executeModel, packInputs } from "../../../sdk/src/runtime/index.ts";
import { compileIfProvable } from "../../support/compile.ts";
import { expectAgreement, makeInputs } from "../../support/onnx-oracle.ts";
import { createRandom } from "../../support/random.ts";
import { randomGraph } from "../../support/random-graphs.ts";
import { printedSeed } from "../../support/seed.ts";

const GRAPHS = 300;

describe("compileOnnx: random graphs", () => {
  it("behavior: agree with onnxruntime", async () => {
    const seed = printedSeed("random graphs");
    let steps = 0;
    for (let i = 0; i < GRAPHS; i++) {
      const random = createRandom(seed + i);
      const bytes = randomGraph(random, random.integer(2, 25));
      const model = await expectAgreement(bytes, { random, tolerance: { absolute: 1e-4, relative: 1e-4 } });
      steps += model.record.stepCount;
    }
    expect(steps).to.be.greaterThan(3 * GRAPHS);
  });

  it("behavior: a smaller budget gives other steps and the same bits", () => {
    const seed = printedSeed("random graphs with small budgets");
    let compared = 0;
    for (let i = 0; i < GRAPHS; i++) {
      const random = createRandom(seed + i);
      const bytes = randomGraph(random, random.integer(2, 25));
      const whole = compileOnnx(bytes);
      const input = packInputs(whole, makeInputs(whole, { random }));
      const expected = executeModel(whole, input).output;
      for (const share of [0.9, 0.8, 0.7, 0.6]) {
        const gas = Math.floor(share * whole.report.worstStep.gas);
        const cut = compileIfProvable(bytes, { gas, bytes: BUDGET.bytes });
        if (cut === undefined || cut.record.stepCount === whole.record.stepCount) continue;
        expect(equalBytes(executeModel(cut, input).output, expected), `graph ${seed + i}`).to.equal(true);
        compared++;
      }
    }
    expect(compared).to.be.greaterThan(10);
  });
});
