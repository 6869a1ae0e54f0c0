import { expect } from "chai";
import { network } from "hardhat";
import { compileOnnx } from "../../sdk/src/compiler/index.ts";
import { decodeModel } from "../../sdk/src/compiler/onnx/decode.ts";
import { OPERATORS } from "../../sdk/src/compiler/operators/registry.ts";
import { count, stepCost } from "../../sdk/src/machine/budget.ts";
import { readArchive } from "../support/conformance/archive.ts";
import { type PreparedCase, prepareCase } from "../support/conformance/run-case.ts";
import { readTable } from "../support/conformance/table.ts";
import { granted } from "../support/gas.ts";
import { elementCall, type ModelRun, runModel } from "../support/model-proofs.ts";
import { floats, ints, known, type SingleNode, singleNode, weights } from "../support/onnx.ts";
import { makeInputs } from "../support/onnx-oracle.ts";
import { createRandom, type Random } from "../support/random.ts";
import { printedSeed } from "../support/seed.ts";

/** Operators that no test of the ONNX project that passes has. */
const OTHERS: readonly SingleNode[] = [
  ...["BitwiseAnd", "BitwiseOr", "BitwiseXor"].map((operator): SingleNode => {
    const inputs = [ints("int32", [5], [-99, 99]), ints("int32", [5], [-99, 99])];
    return { operator, inputs, outputs: ["int32"], opset: 18 };
  }),
  { operator: "BitwiseNot", inputs: [ints("int32", [5], [-99, 99])], outputs: ["int32"], opset: 18 },
  { operator: "Mish", inputs: [floats([5])], opset: 18 },
  { operator: "Gelu", inputs: [floats([5])], opset: 20 },
  {
    operator: "GroupNormalization",
    inputs: [floats([1, 4, 3]), weights([4]), weights([4])],
    ...{ attributes: { num_groups: 2 }, opset: 21 },
  },
  { operator: "LpNormalization", inputs: [floats([3, 4])] },
  { operator: "CenterCropPad", inputs: [floats([3, 4]), known(4, 2)], opset: 18 },
  { operator: "LpPool", inputs: [floats([1, 1, 4, 4])], attributes: { kernel_shape: [2, 2] } },
  { operator: "GlobalLpPool", inputs: [floats([1, 2, 3, 3])] },
  { operator: "ReduceLogSumExp", inputs: [floats([3, 4])] },
  { operator: "CumSum", inputs: [floats([6]), { ...known(0), dims: [] }] },
  { operator: "Col2Im", inputs: [floats([1, 9, 9]), known(5, 5), known(3, 3)], opset: 18 },
  { operator: "AffineGrid", inputs: [floats([1, 2, 3]), known(1, 1, 4, 4)], opset: 20 },
  { operator: "Einsum", inputs: [floats([3, 4]), floats([4, 2])], attributes: { equation: "ij,jk->ik" } },
];

/** Operators whose work is done while compiling: they leave no step of their own. */
const WITHOUT_STEPS = ["SequenceMap"];

const { ethers } = await network.create();
const referee = await ethers.deployContract("Referee");

/** Has the chain compute a random element of a random step, with the gas that the budget grants the step. */
async function judge({ model, ...run }: ModelRun, random: Random, title: string): Promise<void> {
  const index = random.integer(0, model.steps.length - 1);
  const step = model.steps[index]!;
  const { call, bits } = elementCall({ model, ...run }, index, random.integer(0, count(step.extents) - 1));
  const data = referee.interface.encodeFunctionData("execute", [...call]);
  const to = await referee.getAddress();
  const result = await ethers.provider.call({
    to,
    data,
    gasLimit: granted(stepCost(step, model.record).gas),
  });
  const [value] = referee.interface.decodeFunctionResult("execute", result);
  expect(Number(value), `${title}, step ${index}, element at byte ${call[4]}`).to.equal(bits);
}

/** Of every operator the cases that pass and have it, in random order. */
function casesByOperator(random: Random): ReadonlyMap<string, readonly (() => PreparedCase)[]> {
  const table = readTable();
  const byOperator = new Map<string, (() => PreparedCase)[]>();
  for (const item of readArchive()) {
    if (table.get(item.name)?.result !== "pass") continue;
    const names = new Set(decodeModel(item.model).graph.nodes.map(({ operator }) => operator));
    for (const name of names) {
      const list = byOperator.get(name) ?? [];
      list.splice(random.integer(0, list.length), 0, () => prepareCase(item));
      byOperator.set(name, list);
    }
  }
  return byOperator;
}

describe("steps that operators become, in Solidity", () => {
  it("behavior: of every operator, random elements of random steps are what the referee computes", async () => {
    const random = createRandom(printedSeed("steps of operators"));
    const cases = casesByOperator(random);
    const proven = new Set<string>();
    for (const name of Object.keys(OPERATORS)) {
      for (const prepare of (cases.get(name) ?? []).slice(0, 3)) {
        const { model, request } = prepare();
        await judge(runModel(model, request), random, name);
        proven.add(name);
      }
    }
    for (const node of OTHERS) {
      const model = compileOnnx(singleNode(node));
      await judge(runModel(model, makeInputs(model, { random })), random, node.operator);
      proven.add(node.operator);
    }
    const rest = Object.keys(OPERATORS).filter((name) => !proven.has(name));
    expect(rest).to.deep.equal(WITHOUT_STEPS);
  });
});
