import { expect } from "chai";
import { compileWithin } from "../../../sdk/src/compiler/compile.ts";
import { compileOnnx } from "../../../sdk/src/compiler/index.ts";
import { cut } from "../../../sdk/src/compiler/lower/split.ts";
import { equalBytes } from "../../../sdk/src/core/bytes.ts";
import { stepCost } from "../../../sdk/src/machine/budget.ts";
import { BUDGET } from "../../../sdk/src/machine/weights.ts";
import { executeModel, packInputs } from "../../../sdk/src/runtime/index.ts";
import { compileIfProvable } from "../../support/compile.ts";
import {
  floats,
  nodeProto,
  onnxFile,
  type SingleNode,
  singleNode,
  tensorProto,
  valueProto,
  weights,
} from "../../support/onnx.ts";
import { makeInputs } from "../../support/onnx-oracle.ts";
import { createRandom } from "../../support/random.ts";

/** Convolution, activation and addition, so that both ends of a chain of steps have something to do. */
function fusedConvolution(): Uint8Array {
  const kernel = weights([4, 6, 3, 3]);
  const bias = weights([4], 2);
  return onnxFile({
    nodes: [
      nodeProto("Conv", ["x", "w", "b"], ["c"], { pads: [1, 1, 1, 1] }),
      nodeProto("Sigmoid", ["c"], ["s"]),
      nodeProto("Mul", ["c", "s"], ["m"]),
      nodeProto("Add", ["m", "r"], ["y"]),
    ],
    inputs: [valueProto("x", "float32", [1, 6, 5, 5]), valueProto("r", "float32", [1, 4, 5, 5])],
    outputs: [["y", "float32"]],
    initializers: [
      tensorProto("w", "float32", kernel.dims, kernel.values!),
      tensorProto("b", "float32", bias.dims, bias.values!),
    ],
  });
}

const large = (operator: string, inputs: SingleNode["inputs"]): Uint8Array =>
  singleNode({ operator, inputs });

const CASES: Readonly<Record<string, Uint8Array>> = {
  "a convolution with all that follows": fusedConvolution(),
  "a matrix product": large("MatMul", [floats([2, 300]), weights([300, 3])]),
  "a maximum": large("GlobalMaxPool", [floats([1, 2, 20, 20])]),
};

describe("compileOnnx: reductions beyond the budget", () => {
  for (const [title, bytes] of Object.entries(CASES)) {
    it(`behavior: cutting ${title} changes no bit`, () => {
      const whole = compileOnnx(bytes);
      const input = packInputs(whole, makeInputs(whole, { random: createRandom(3) }));
      const expected = executeModel(whole, input).output;
      const counts = new Set<number>();
      // From what the dearest step takes down to what no cutting can reach.
      for (let gas = whole.report.worstStep.gas; ; gas = Math.floor(gas * 0.9)) {
        const model = compileIfProvable(bytes, { gas, bytes: BUDGET.bytes });
        if (model === undefined) break;
        counts.add(model.record.stepCount);
        expect(equalBytes(executeModel(model, input).output, expected), `${gas} gas`).to.equal(true);
        expect(model.modelId === whole.modelId).to.equal(model.record.stepCount === whole.record.stepCount);
        for (const step of model.steps) expect(stepCost(step!, model.record).gas).to.be.at.most(gas);
      }
      expect(counts.size).to.be.greaterThan(2);
    });
  }

  it("behavior: a bound on opened bytes cuts as well", () => {
    const bytes = CASES["a matrix product"]!;
    const whole = compileOnnx(bytes);
    const most = Math.floor(whole.report.worstStep.bytes * 0.75);
    const input = packInputs(whole, makeInputs(whole, { random: createRandom(3) }));
    const model = compileWithin(bytes, {}, { gas: BUDGET.gas, bytes: most });
    expect(model.record.stepCount).to.be.greaterThan(1);
    expect(equalBytes(executeModel(model, input).output, executeModel(whole, input).output)).to.equal(true);
    for (const step of model.steps) expect(stepCost(step!, model.record).bytes).to.be.at.most(most);
  });

  it("behavior: the machine's own budget is kept by a product of 30,000 terms", () => {
    const model = compileOnnx(large("MatMul", [floats([1, 30_000]), weights([30_000, 1])]));
    expect(model.record.stepCount).to.be.greaterThan(2);
    for (const step of model.steps) {
      const cost = stepCost(step!, model.record);
      expect(cost.gas).to.be.at.most(BUDGET.gas);
      expect(cost.bytes).to.be.at.most(BUDGET.bytes);
    }
  });
});

describe("cut", () => {
  const sizeOf = (reduction: readonly number[], dimension: number, extent: number): number =>
    reduction.slice(dimension + 1).reduce((size, inner) => size * inner, extent);

  it("default: consecutive boxes in the order of the fold", () => {
    for (const reduction of [[7], [3, 5], [2, 3, 4], [5, 1, 3]]) {
      const total = sizeOf(reduction, 0, reduction[0]!);
      for (let most = 1; most <= total; most++) {
        const boxes = cut(reduction, (dimension, extent) => sizeOf(reduction, dimension, extent) <= most)!;
        const visited = boxes.flatMap(({ starts, loops }) => {
          const place = reduction.reduce((sum, extent, j) => sum * extent + starts[j]!, 0);
          const size = loops.reduce((product, { extent }) => product * extent, 1);
          expect(size).to.be.at.most(most);
          return Array.from({ length: size }, (_, i) => place + i);
        });
        expect(visited).to.deep.equal(Array.from({ length: total }, (_, i) => i));
      }
    }
  });

  it("default: as even as can be", () => {
    const boxes = cut([10], (_, extent) => extent <= 4)!;
    expect(boxes.map(({ loops }) => loops[0]!.extent)).to.deep.equal([4, 4, 2]);
    expect(cut([9], (_, extent) => extent <= 5)!.map(({ loops }) => loops[0]!.extent)).to.deep.equal([5, 4]);
  });

  it("error: nothing fits", () => {
    expect(cut([3, 4], () => false)).to.equal(undefined);
  });
});
