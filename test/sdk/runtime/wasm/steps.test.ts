import { expect } from "chai";
import { equalBytes } from "../../../../sdk/src/core/bytes.ts";
import { decodeStep } from "../../../../sdk/src/machine/decode.ts";
import { executeStep } from "../../../../sdk/src/machine/execute.ts";
import { tensorBytes } from "../../../../sdk/src/machine/memory.ts";
import { ELEMENT_SIZE } from "../../../../sdk/src/machine/opcodes.ts";
import { isExecutable } from "../../../../sdk/src/machine/validity.ts";
import { randomSteps, type StepCase } from "../../../support/random-steps.ts";
import { printedSeed } from "../../../support/seed.ts";
import { stepVectors } from "../../../support/vectors.ts";
import { executeOnWasm } from "../../../support/wasm-steps.ts";

const CASES = 4_000;
const MOST_BYTES = 2 ** 18;

/** Runs a case on both engines; `undefined` for what neither would run here. */
function compare({
  encoding,
  depths,
  memory,
  stepIndex,
}: StepCase): { equal: boolean; hasKernel: boolean } | undefined {
  const step = decodeStep(encoding);
  if (!isExecutable(step, encoding.length, depths) || tensorBytes(step, depths) > MOST_BYTES)
    return undefined;
  const expected = executeStep(step, stepIndex, memory);
  const { tensor, hasKernel } = executeOnWasm(step, stepIndex, memory);
  return { equal: equalBytes(tensor, expected), hasKernel };
}

describe("kernels", () => {
  it("default: the vectors of steps", () => {
    let compared = 0;
    for (const { title, encoding, stepIndex, element, memory, result } of stepVectors()) {
      const step = decodeStep(encoding);
      if (!isExecutable(step, encoding.length, memory.depths)) continue;
      const bytes = tensorBytes(step, memory.depths);
      if (bytes > MOST_BYTES || (element + 1) * ELEMENT_SIZE[step.type] > bytes) continue;
      const { tensor } = executeOnWasm(step, stepIndex, memory);
      const view = new DataView(tensor.buffer);
      const actual =
        ELEMENT_SIZE[step.type] === 4 ? view.getUint32(4 * element, true) : view.getUint8(element);
      expect(actual, title).to.equal(result);
      compared++;
    }
    expect(compared).to.be.greaterThan(300);
  }).timeout(60_000);

  it("default: random steps, sound and hostile, give the reference's bytes", () => {
    const seed = printedSeed("kernels");
    let kernels = 0;
    let number = 0;
    for (const one of randomSteps(seed)) {
      if (number++ === CASES) break;
      const outcome = compare(one);
      if (outcome?.equal === false) expect.fail(`seed ${seed}, case ${number}, ${one.kind}`);
      if (outcome?.hasKernel === true) kernels++;
    }
    expect(kernels).to.be.greaterThan(CASES / 3);
  }).timeout(120_000);

  it("behavior: random steps whose tensors have room for all elements", () => {
    const seed = printedSeed("whole tensors");
    let kernels = 0;
    let number = 0;
    for (const one of randomSteps(seed)) {
      if (number++ === CASES / 2) break;
      const depths = { ...one.depths, wordDepth: Math.max(one.depths.wordDepth, 12) };
      const outcome = compare({ ...one, depths, memory: { ...one.memory, depths } });
      if (outcome?.equal === false) expect.fail(`seed ${seed}, case ${number}, ${one.kind}`);
      if (outcome?.hasKernel === true) kernels++;
    }
    expect(kernels).to.be.greaterThan(CASES / 4);
  }).timeout(120_000);
});
