import { expect } from "chai";
import { equalBytes } from "../../../../sdk/src/core/bytes.ts";
import { decodeStep } from "../../../../sdk/src/machine/decode.ts";
import { executeStep } from "../../../../sdk/src/machine/execute.ts";
import { type Memory, tensorBytes } from "../../../../sdk/src/machine/memory.ts";
import { ELEMENT_SIZE, Op } from "../../../../sdk/src/machine/opcodes.ts";
import { isExecutable } from "../../../../sdk/src/machine/validity.ts";
import { affine, guard, instruction, makeOperand, makeStep } from "../../../support/builders.ts";
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
  });

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
  });

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
  });

  it("behavior: one operand judged by whole vectors beside one judged lane by lane", () => {
    // As transposed convolutions have it: weights whose guard changes along an outer loop, padded inputs along the vectors.
    const step = makeStep({
      ...{ type: "f32", fold: "f32.add", extents: [2, 4, 2, 4], reduction: [3], immediates: [0] },
      bodyOperands: [
        makeOperand("input", "f32", affine(0, 0, 2, 0, 1, -1), { guards: [guard(2, 0, 0, 0, 0, 1, -1)] }),
        makeOperand("const", "f32", affine(0, 0, 0, 3, 0, 1), { guards: [guard(1, 0, 1, 0, 0, 0, 0)] }),
      ],
      body: [instruction(Op.f32Mul, 0, 1)],
    });
    const numbers = (first: number): Uint8Array =>
      new Uint8Array(Float32Array.from({ length: 8 }, (_, i) => first + i).buffer);
    const depths = { inputDepth: 0, constantsDepth: 0, stepDepth: 0, wordDepth: 3 };
    const memory: Memory = { depths, input: numbers(1), constants: numbers(11), steps: [] };
    const { tensor, hasKernel } = executeOnWasm(step, 0, memory);
    expect(hasKernel).to.equal(true);
    expect([...tensor]).to.deep.equal([...executeStep(step, 0, memory)]);
  });
});
