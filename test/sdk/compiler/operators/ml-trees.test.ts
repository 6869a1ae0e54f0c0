import { expect } from "chai";
import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import type { Tensor } from "../../../../sdk/src/machine/model.ts";
import { run } from "../../../../sdk/src/runtime/index.ts";
import { expectError } from "../../../support/errors.ts";
import { type ForestShape, forestAttributes } from "../../../support/forests.ts";
import { type Attributes, floats, ints, type SingleNode, singleNode } from "../../../support/onnx.ts";
import { CLOSE, difference, numbersOf, reference } from "../../../support/onnx-oracle.ts";
import { createRandom, type Random } from "../../../support/random.ts";
import { printedSeed } from "../../../support/seed.ts";

const FEATURES = 4;
const ROWS = 9;
const MODES = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ"];

const node = (operator: string, attributes: Attributes): SingleNode => {
  const outputs = operator.endsWith("Classifier") ? (["int64", "float32"] as const) : (["float32"] as const);
  return {
    operator,
    inputs: [floats([ROWS, FEATURES])],
    attributes,
    outputs,
    domain: "ai.onnx.ml",
    opset: 3,
  };
};

/** Halves, which meet the trees' values often, and some that are no numbers. */
function features(random: Random): Tensor {
  const data = Float32Array.from({ length: ROWS * FEATURES }, () =>
    random.chance(0.1) ? Number.NaN : random.integer(-4, 4) / 2,
  );
  return { type: "float32", dims: [ROWS, FEATURES], data };
}

async function expectTrees(wanted: SingleNode, random: Random): Promise<void> {
  const bytes = singleNode(wanted);
  const model = compileOnnx(bytes);
  const oracle = await reference(bytes);
  for (let i = 0; i < 3; i++) {
    const inputs = { x0: features(random) };
    const [actual, expected] = [await run(model, inputs), await oracle.run(inputs)];
    for (const { name } of model.outputs) {
      const shown = `${name}: ${actual[name]?.data} instead of ${expected[name]?.data}`;
      expect(difference(actual[name], expected[name], CLOSE), shown).to.be.at.most(1);
    }
  }
}

const shape = (random: Random, more: Partial<ForestShape>): ForestShape => ({
  ...{ trees: 5, depth: 4, features: FEATURES, targets: [0], modes: ["BRANCH_LEQ"] },
  weight: () => random.integer(-20, 20) / 16,
  ...more,
});
const positive = (random: Random) => (): number => random.integer(0, 16) / 64;
const labels = (count: number): Attributes => ({
  classlabels_int64s: Array.from({ length: count }, (_, i) => 10 * i - 7),
});

describe("compileOnnx: TreeEnsembleRegressor", () => {
  for (const mode of MODES) {
    for (const tracksMissing of [false, true]) {
      it(`default: ${mode}${tracksMissing ? ", missing values tracked" : ""}`, async () => {
        const random = createRandom(printedSeed(`trees of ${mode}`));
        const trees = forestAttributes("target", shape(random, { modes: [mode], tracksMissing }), random);
        await expectTrees(node("TreeEnsembleRegressor", { ...trees, n_targets: 1 }), random);
      });
    }
  }

  for (const aggregate_function of ["SUM", "AVERAGE", "MIN", "MAX"]) {
    for (const targets of [[0], [0, 1, 2]]) {
      it(`args: ${aggregate_function} of ${targets.length} targets, with base values, modes mixed`, async () => {
        const random = createRandom(printedSeed("mixed trees"));
        const trees = forestAttributes("target", shape(random, { modes: MODES, targets }), random);
        const base_values = { floats: targets.map((target) => 0.5 - target) };
        const attributes = { ...trees, n_targets: targets.length, aggregate_function, base_values };
        await expectTrees(node("TreeEnsembleRegressor", attributes), random);
      });
    }
  }

  it("args: a tree that is one leaf, and features that are integers", async () => {
    const random = createRandom(3);
    const trees = forestAttributes("target", shape(random, { depth: 0, trees: 2 }), random);
    await expectTrees(node("TreeEnsembleRegressor", { ...trees, n_targets: 1 }), random);
    const whole = forestAttributes("target", shape(random, {}), random);
    const inputs = [ints("int64", [2, FEATURES], [-3, 3])];
    compileOnnx(singleNode({ ...node("TreeEnsembleRegressor", whole), inputs }));
  });

  it("error: circles, nodes that are not there, features that are not there, and transforms in dispute", () => {
    const random = createRandom(4);
    const trees = forestAttributes("target", shape(random, { depth: 2 }), random);
    const file = (more: Attributes): Uint8Array =>
      singleNode(node("TreeEnsembleRegressor", { ...trees, ...more }));
    const list = (name: string): number[] => [...(trees[name] as readonly number[])];
    expectError("ONNX_MALFORMED", () =>
      compileOnnx(file({ nodes_truenodeids: list("nodes_truenodeids").fill(0) })),
    );
    expectError("ONNX_MALFORMED", () =>
      compileOnnx(file({ nodes_falsenodeids: list("nodes_nodeids").fill(99) })),
    );
    expectError("ONNX_MALFORMED", () => compileOnnx(file({ nodes_nodeids: list("nodes_nodeids").fill(0) })));
    expectError("ONNX_MALFORMED", () => compileOnnx(file({ nodes_featureids: [0] })));
    expectError("ONNX_SHAPE_MISMATCH", () =>
      compileOnnx(file({ nodes_featureids: list("nodes_nodeids").fill(FEATURES) })),
    );
    expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(file({ target_ids: list("target_ids").fill(1) })));
    expectError("ONNX_UNSUPPORTED_ATTRIBUTE", () => compileOnnx(file({ post_transform: "LOGISTIC" })));
    expectError("ONNX_UNSUPPORTED_ATTRIBUTE", () => compileOnnx(file({ aggregate_function: "MEDIAN" })));
  });
});

describe("compileOnnx: a branch that leads to itself", () => {
  it("error: is refused, although nothing leads back from another node", () => {
    const lists = { nodes_treeids: [0, 0], nodes_nodeids: [0, 1], nodes_featureids: [0, 0] };
    const attributes: Attributes = {
      ...{
        ...lists,
        nodes_truenodeids: [0, 0],
        nodes_falsenodeids: [1, 0],
        nodes_values: { floats: [1, 0] },
      },
      ...{ nodes_modes: { strings: ["BRANCH_LEQ", "LEAF"] }, n_targets: 1, target_weights: { floats: [2] } },
      ...{ target_ids: [0], target_treeids: [0], target_nodeids: [1] },
    };
    expectError("ONNX_MALFORMED", () => compileOnnx(singleNode(node("TreeEnsembleRegressor", attributes))));
    const sound = { ...attributes, nodes_truenodeids: [1, 0] };
    compileOnnx(singleNode(node("TreeEnsembleRegressor", sound)));
  });
});

describe("compileOnnx: TreeEnsembleClassifier", () => {
  for (const post_transform of ["NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO"]) {
    for (const base of [false, true]) {
      it(`default: three classes, ${post_transform}${base ? ", base values" : ""}`, async () => {
        const random = createRandom(printedSeed("trees of three classes"));
        const trees = forestAttributes("class", shape(random, { targets: [0, 1, 2] }), random);
        const base_values = base ? { base_values: { floats: [0.25, -0.5, 0.125] } } : {};
        const attributes = { ...trees, ...labels(3), ...base_values, post_transform };
        await expectTrees(node("TreeEnsembleClassifier", attributes), random);
      });
    }
  }

  for (const post_transform of ["NONE", "LOGISTIC"]) {
    for (const isPositive of [false, true]) {
      it(`default: two classes, one of which has weights${isPositive ? ", none negative" : ""}, ${post_transform}`, async () => {
        const random = createRandom(printedSeed("trees of two classes"));
        const weight = isPositive ? positive(random) : shape(random, {}).weight;
        const trees = forestAttributes("class", shape(random, { targets: [0], weight }), random);
        const attributes = { ...trees, ...labels(2), post_transform };
        await expectTrees(node("TreeEnsembleClassifier", attributes), random);
        await expectTrees(
          node("TreeEnsembleClassifier", { ...attributes, base_values: { floats: [0.125] } }),
          random,
        );
      });
    }
  }

  it("args: of two classes that both have weights the better one", async () => {
    const random = createRandom(printedSeed("forests of two classes"));
    const weight = positive(random);
    const trees = forestAttributes("class", shape(random, { targets: [0, 1], weight }), random);
    const bytes = singleNode(node("TreeEnsembleClassifier", { ...trees, ...labels(2) }));
    const inputs = { x0: features(random) };
    const actual = await run(compileOnnx(bytes), inputs);
    // Its label is whether the second score is positive.
    const { y1: scores } = await (await reference(bytes)).run(inputs);
    expect(difference(actual.y1, scores, CLOSE)).to.be.at.most(1);
    const values = numbersOf(scores!);
    const best = Array.from({ length: ROWS }, (_, row) => (values[2 * row + 1]! > values[2 * row]! ? 3 : -7));
    expect(numbersOf(actual.y0!)).to.deep.equal(best);
  });

  it("error: labels that are texts, and fewer than two", () => {
    const random = createRandom(5);
    const trees = forestAttributes("class", shape(random, {}), random);
    const file = (more: Attributes): Uint8Array =>
      singleNode(node("TreeEnsembleClassifier", { ...trees, ...more }));
    expectError("ONNX_UNSUPPORTED_ATTRIBUTE", () =>
      compileOnnx(file({ classlabels_strings: { strings: ["cat", "dog"] } })),
    );
    expectError("ONNX_UNSUPPORTED_ATTRIBUTE", () => compileOnnx(file(labels(1))));
  });
});
