import { expect } from "chai";
import { rootOfBytes } from "../../../sdk/src/core/tree.ts";
import { encodeStep } from "../../../sdk/src/machine/encode.ts";
import type { MachineModel } from "../../../sdk/src/machine/model.ts";
import { Op } from "../../../sdk/src/machine/opcodes.ts";
import { executeModel } from "../../../sdk/src/runtime/execute.ts";
import { trace, traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { describeInWords, describeLeaf } from "../../../sdk/src/trace/describe.ts";
import { affine, instruction, makeOperand, makeStep, wordBytes } from "../../support/builders.ts";
import { expectError } from "../../support/errors.ts";
import { createRandom } from "../../support/random.ts";
import { modelOf, randomModel } from "../../support/random-models.ts";

/** out[i, j] = in[i, j] + 1 over 2 × 5, then a copy as bytes. */
function plusOne(): MachineModel {
  const steps = [
    makeStep({
      extents: [2, 5],
      outerOperands: [makeOperand("input", "i32", affine(0, 5, 1))],
      immediates: [1],
      epilogue: [instruction(Op.i32Add, 0, 1)],
    }),
    makeStep({ type: "u8", extents: [10], outerOperands: [makeOperand("step", "i32", affine(0, 1))] }),
  ];
  const depths = { inputDepth: 1, constantsDepth: 0, stepDepth: 1, wordDepth: 1 };
  const slot = { dims: [2, 5], byteOffset: 0 } as const;
  return {
    ...modelOf(steps.map(encodeStep), new Uint8Array(0), depths, 40, 10),
    steps,
    inputs: [{ ...slot, name: "x", type: "int32", elementType: "i32", byteLength: 40 }],
    outputs: [{ ...slot, name: "y", type: "uint8", elementType: "u8", byteLength: 10 }],
  };
}

describe("trace/trace", () => {
  it("default: a run by names, with its roots", async () => {
    const data = Int32Array.from([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
    const run = await trace(plusOne(), { x: { type: "int32", dims: [2, 5], data } });
    const expected = [1, 11, 21, 31, 41, 51, 61, 71, 81, 91];
    expect([...(run.outputs.y?.data ?? [])]).to.deep.equal(expected);
    expect([...run.outputBytes]).to.deep.equal(expected);
    expect(run.inputRoot).to.equal(rootOfBytes(wordBytes(...data), 1));
    expect(run.outputRoot).to.equal(rootOfBytes(Uint8Array.from(expected), 1));
    expect(run.outputRoot).to.equal(run.tree.stepRoot(1));
    expect(run.traceRoot).to.equal(
      rootOfBytes(Uint8Array.from([...run.tree.tensors[0]!, ...run.outputBytes]), 2),
    );
  });

  it("behavior: the trace says what the runtime says", async () => {
    const random = createRandom(3);
    for (let round = 0; round < 20; round++) {
      const { model, inputBytes } = randomModel(random);
      const run = await traceBytes(model, inputBytes);
      const { tensors, output } = executeModel(model, inputBytes, { keep: "all" });
      expect(run.outputBytes).to.deep.equal(output);
      for (const [step, tensor] of tensors.entries()) {
        expect(run.tree.stepRoot(step)).to.equal(rootOfBytes(tensor, model.record.wordDepth));
      }
    }
  });

  it("behavior: leaves are told in the words of the model", () => {
    const model = plusOne();
    const info = [
      { nodes: ["/add"], operator: "Add" },
      { nodes: ["/cast", "/flatten"], operator: "Cast+Flatten" },
    ];
    expect(describeLeaf(model, 1, info, 4)).to.deep.equal({
      step: 0,
      word: 1,
      type: "i32",
      element: 9,
      coordinates: [1, 4],
      layers: ["/add"],
      operator: "Add",
    });
    expect(describeInWords(describeLeaf(model, 1, info, 4))).to.equal(
      'Add "/add", element [1, 4] (step 0, word 1)',
    );
    expect(describeInWords(describeLeaf(model, 2, info, 7))).to.equal(
      'Cast+Flatten "/cast", "/flatten", element [7] (step 1, word 0)',
    );
    expect(describeInWords(describeLeaf(model, 3))).to.equal("padding (step 1, word 1)");
    expect(describeLeaf({ ...model, steps: [] }, 0)).to.deep.include({
      type: undefined,
      coordinates: undefined,
    });
  });

  it("error: a leaf that does not exist", () => {
    expectError("WORD_TREE_INDEX_OUT_OF_RANGE", () => describeLeaf(plusOne(), 4));
  });

  it("error: more than the limits", async () => {
    const refusal = await traceBytes(plusOne(), new Uint8Array(40), { limits: { memoryBytes: 10 } }).catch(
      (error) => error,
    );
    expect(refusal).to.have.property("name", "LimitError");
  });
});
