import { readFileSync } from "node:fs";
import { expect } from "chai";
import { compileOnnx } from "../../../sdk/src/compiler/index.ts";
import { stepCost } from "../../../sdk/src/machine/budget.ts";
import { tensorBytes } from "../../../sdk/src/machine/memory.ts";
import { BUDGET } from "../../../sdk/src/machine/weights.ts";

const file = readFileSync(new URL("../../fixtures/models/digits.onnx", import.meta.url));
const model = compileOnnx(new Uint8Array(file), { dims: { N: 1 } });

describe("CompileReport", () => {
  it("default: counts what the program is made of", () => {
    const { report, record, program, constants } = model;
    expect(report.steps).to.equal(program.length);
    expect(report.constantWords).to.equal(constants.length / 32);
    const { inputDepth, constantsDepth, stepDepth, wordDepth } = record;
    expect(report.depths).to.deep.equal({ inputDepth, constantsDepth, stepDepth, wordDepth });
    const words = model.steps.map((step) => Math.ceil(tensorBytes(step!, record) / 32));
    expect(report.traceWords).to.equal(words.reduce((sum, count) => sum + count, 0));
    expect(report.lines.length).to.equal(program.length);
    expect(model.stepInfos.length).to.equal(program.length);
  });

  it("default: names the dearest step", () => {
    const { worstStep } = model.report;
    const share = (index: number): number => {
      const { gas, bytes } = stepCost(model.steps[index]!, model.record);
      return Math.max(gas / BUDGET.gas, bytes / BUDGET.bytes);
    };
    for (const index of model.steps.keys()) expect(share(index)).to.be.at.most(share(worstStep.index));
    expect(worstStep.nodes).to.deep.equal(model.stepInfos[worstStep.index]!.nodes);
    expect(worstStep.gas).to.equal(stepCost(model.steps[worstStep.index]!, model.record).gas);
  });

  it("behavior: survives JSON", () => {
    expect(JSON.parse(JSON.stringify(model.report))).to.deep.equal(model.report);
  });

  it("behavior: bytes of Node's own kind are as good", () => {
    expect(compileOnnx(file, { dims: { N: 1 } }).modelId).to.equal(model.modelId);
  });
});
