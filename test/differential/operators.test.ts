import { expect } from "chai";
import { network } from "hardhat";
import { compileOnnx } from "../../sdk/src/compiler/index.ts";
import { decodeModel } from "../../sdk/src/compiler/onnx/decode.ts";
import { ML_OPERATORS } from "../../sdk/src/compiler/operators/ml/registry.ts";
import { OPERATORS } from "../../sdk/src/compiler/operators/registry.ts";
import { count, stepCost } from "../../sdk/src/machine/budget.ts";
import { readArchive } from "../support/conformance/archive.ts";
import { type PreparedCase, prepareCase } from "../support/conformance/run-case.ts";
import { readTable } from "../support/conformance/table.ts";
import { forestAttributes } from "../support/forests.ts";
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
  {
    operator: "DeformConv",
    inputs: [floats([1, 2, 5, 4]), weights([2, 2, 3, 3]), floats([1, 18, 3, 2])],
    opset: 19,
  },
  { operator: "Einsum", inputs: [floats([3, 4]), floats([4, 2])], attributes: { equation: "ij,jk->ik" } },
];

const ML = { domain: "ai.onnx.ml", opset: 3 } as const;
const ML_CLASSES = { ...ML, outputs: ["int64", "float32"] } as const;
const list = (...values: readonly number[]): { readonly floats: readonly number[] } => ({ floats: values });
const rows = floats([3, 2], [-2, 2]);

/** Every operator of ai.onnx.ml. */
const OTHER_DOMAIN: readonly SingleNode[] = [
  { ...ML, operator: "ArrayFeatureExtractor", inputs: [rows, ints("int64", [2], [0, 1])] },
  { ...ML, operator: "Binarizer", inputs: [rows] },
  { ...ML, operator: "FeatureVectorizer", inputs: [rows, rows], attributes: { inputdimensions: [1, 3] } },
  { ...ML, operator: "Imputer", inputs: [rows], attributes: { imputed_value_floats: list(1, 2) } },
  {
    ...{ ...ML, operator: "LabelEncoder", inputs: [ints("int64", [6], [0, 3])] },
    attributes: { keys_int64s: [1, 2], values_floats: list(0.5, 7) },
  },
  {
    ...{ ...ML_CLASSES, operator: "LinearClassifier", inputs: [rows] },
    attributes: {
      ...{ coefficients: list(1, 2, -1, 1, 0, 2), classlabels_ints: [5, 6, 7] },
      ...{ intercepts: list(1, 0, -1), post_transform: "SOFTMAX" },
    },
  },
  { ...ML, operator: "LinearRegressor", inputs: [rows], attributes: { coefficients: list(1, 2) } },
  { ...ML, operator: "Normalizer", inputs: [rows], attributes: { norm: "L2" } },
  { ...ML, operator: "OneHotEncoder", inputs: [rows], attributes: { cats_int64s: [0, 1] } },
  {
    ...{ ...ML, operator: "SVMRegressor", inputs: [rows] },
    attributes: {
      ...{ kernel_type: "RBF", kernel_params: list(0.5, 0, 0), n_supports: 2, rho: list(0.5) },
      ...{ coefficients: list(1, -1), support_vectors: list(1, 0, 0, 1) },
    },
  },
  { ...ML, operator: "Scaler", inputs: [rows], attributes: { offset: list(1), scale: list(2, 3) } },
  ...(["Classifier", "Regressor"] as const).map((kind): SingleNode => {
    const random = createRandom(1);
    const isClassifier = kind === "Classifier";
    const shape = { trees: 3, depth: 3, features: 2, targets: [0, 1, 2], modes: ["BRANCH_LEQ", "BRANCH_GT"] };
    const weight = (): number => random.integer(-9, 9) / 8;
    const trees = forestAttributes(isClassifier ? "class" : "target", { ...shape, weight }, random);
    const more = isClassifier ? { classlabels_int64s: [3, 4, 5] } : { n_targets: 3 };
    const attributes = { ...trees, ...more };
    return {
      ...(isClassifier ? ML_CLASSES : ML),
      operator: `TreeEnsemble${kind}`,
      inputs: [rows],
      attributes,
    };
  }),
  { ...ML, operator: "ZipMap", inputs: [rows], attributes: { classlabels_int64s: [0, 1] } },
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
    for (const node of OTHER_DOMAIN) {
      const model = compileOnnx(singleNode(node));
      for (let i = 0; i < 4; i++)
        await judge(runModel(model, makeInputs(model, { random })), random, node.operator);
    }
    const others = OTHER_DOMAIN.map(({ operator }) => operator);
    expect(others).to.deep.equal(Object.keys(ML_OPERATORS).sort());
  });
});
