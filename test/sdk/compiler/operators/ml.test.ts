import { expect } from "chai";
import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import { run } from "../../../../sdk/src/runtime/index.ts";
import { expectError } from "../../../support/errors.ts";
import {
  type Attributes,
  encodeModel,
  floats,
  graphProto,
  ints,
  known,
  nodeProto,
  type OnnxType,
  type Operand,
  type SingleNode,
  singleNode,
  valueProto,
  versions,
} from "../../../support/onnx.ts";
import { expectNodeAgreement, numbersOf } from "../../../support/onnx-oracle.ts";

const ml = (
  operator: string,
  inputs: readonly Operand[],
  attributes: Attributes = {},
  outputs: readonly OnnxType[] = ["float32"],
): SingleNode => ({ operator, inputs, attributes, outputs, domain: "ai.onnx.ml", opset: 2 });
const rows = floats([5, 3], [-2, 2]);
const list = (...values: readonly number[]): { readonly floats: readonly number[] } => ({ floats: values });
const refuse = (code: string, node: SingleNode): void => {
  expectError(code, () => compileOnnx(singleNode(node)));
};

describe("compileOnnx: features of ai.onnx.ml", () => {
  for (const [scale, offset] of [
    [list(2, -1, 0.5), list(0.25, 0, -1)],
    [list(3), list(1)],
  ] as const) {
    it(`default: Scaler with ${scale.floats.length} factors`, async () => {
      await expectNodeAgreement(ml("Scaler", [rows], { scale, offset }));
      await expectNodeAgreement(ml("Scaler", [ints("int64", [2, 3], [-5, 5])], { scale, offset }));
    });
  }

  for (const norm of ["MAX", "L1", "L2"]) {
    it(`default: Normalizer, ${norm}, rows of zeros among them`, async () => {
      await expectNodeAgreement(ml("Normalizer", [rows], { norm }));
      await expectNodeAgreement(ml("Normalizer", [floats([3])], { norm }));
      await expectNodeAgreement(ml("Normalizer", [ints("int64", [40, 2], [0, 1])], { norm }));
    });
  }

  it("default: Binarizer", async () => {
    await expectNodeAgreement(ml("Binarizer", [rows], { threshold: { float: 0.5 } }));
    await expectNodeAgreement(ml("Binarizer", [rows]));
  });

  it("default: Imputer of a value, and of what is no number", async () => {
    const imputed_value_floats = list(7, 8, 9);
    const node = ml("Imputer", [rows], { imputed_value_floats, replaced_value_float: { float: 1 } });
    await expectNodeAgreement(node);
    await expectNodeAgreement(
      ml("Imputer", [ints("int64", [6, 2], [0, 2])], { imputed_value_int64s: [5], replaced_value_int64: 1 }, [
        "int64",
      ]),
    );
    const attributes = { imputed_value_floats, replaced_value_float: { float: Number.NaN } };
    const model = compileOnnx(singleNode(ml("Imputer", [floats([2, 3])], attributes)));
    const data = Float32Array.of(Number.NaN, 1, Number.NaN, 2, Number.NaN, 3);
    const { y0 } = await run(model, { x0: { type: "float32", dims: [2, 3], data } });
    expect(numbersOf(y0!)).to.deep.equal([7, 1, 9, 2, 8, 3]);
  });

  it("default: ArrayFeatureExtractor by known indices and by those of the request", async () => {
    await expectNodeAgreement(ml("ArrayFeatureExtractor", [rows, known(2, 0, 0, 1)]));
    await expectNodeAgreement(ml("ArrayFeatureExtractor", [floats([4]), known(3, 1)]));
    await expectNodeAgreement(ml("ArrayFeatureExtractor", [floats([2, 3, 4]), ints("int64", [2], [0, 3])]));
  });

  it("default: FeatureVectorizer joins, cuts and fills", async () => {
    const inputs = [rows, floats([5, 2])];
    await expectNodeAgreement(ml("FeatureVectorizer", inputs, { inputdimensions: [3, 2] }));
    await expectNodeAgreement(ml("FeatureVectorizer", inputs, { inputdimensions: [2, 4] }));
  });

  it("default: OneHotEncoder of integers and floats", async () => {
    const attributes = { cats_int64s: [3, -1, 7, 0], zeros: 1 };
    await expectNodeAgreement(ml("OneHotEncoder", [ints("int64", [4, 3], [-2, 8])], attributes));
    await expectNodeAgreement(ml("OneHotEncoder", [floats([9], [-2, 8])], attributes));
  });

  it("default: LabelEncoder between integers and floats", async () => {
    const given = [ints("int64", [20], [0, 6])];
    const keys_int64s = [3, 5, 1];
    const toInts = { keys_int64s, values_int64s: [10, -20, 30], default_int64: 99 };
    await expectNodeAgreement(ml("LabelEncoder", given, toInts, ["int64"]));
    const toFloats = { keys_int64s, values_floats: list(0.5, 1.5, -2), default_float: { float: -9 } };
    await expectNodeAgreement(ml("LabelEncoder", given, toFloats));
    const keys_floats = list(0.5, 1, Number.NaN);
    const model = compileOnnx(
      singleNode(ml("LabelEncoder", [floats([4])], { keys_floats, values_int64s: [1, 2, 3] }, ["int64"])),
    );
    const data = Float32Array.of(1, Number.NaN, 0.5, 0.75);
    const { y0 } = await run(model, { x0: { type: "float32", dims: [4], data } });
    expect(numbersOf(y0!)).to.deep.equal([2, 3, 1, -1]);
  });

  it("error: texts, lists that do not fit, and operators that are not there", () => {
    const texts = { strings: ["a", "b"] };
    refuse("ONNX_SHAPE_MISMATCH", ml("Scaler", [rows], { scale: list(1, 2), offset: list(0) }));
    refuse("ONNX_MALFORMED", ml("Scaler", [rows], { scale: list(1) }));
    refuse("ONNX_UNSUPPORTED_ATTRIBUTE", ml("Normalizer", [rows], { norm: "L3" }));
    refuse("ONNX_UNSUPPORTED_ATTRIBUTE", ml("Normalizer", [rows], { norm: "constructor" }));
    refuse("ONNX_MALFORMED", ml("Imputer", [rows], {}));
    refuse("ONNX_SHAPE_MISMATCH", ml("ArrayFeatureExtractor", [rows, known(3)]));
    refuse("ONNX_SHAPE_MISMATCH", ml("ArrayFeatureExtractor", [rows, known(-1)]));
    refuse("ONNX_SHAPE_MISMATCH", ml("FeatureVectorizer", [rows, rows], { inputdimensions: [3] }));
    refuse("ONNX_UNSUPPORTED_ATTRIBUTE", ml("OneHotEncoder", [rows], { cats_strings: texts }));
    refuse("ONNX_UNSUPPORTED_ATTRIBUTE", ml("LabelEncoder", [rows], { keys_strings: texts }));
    refuse(
      "ONNX_SHAPE_MISMATCH",
      ml("LabelEncoder", [rows], { keys_floats: list(1), values_floats: list(1, 2) }),
    );
    refuse("ONNX_UNSUPPORTED_OPERATOR", ml("SVMClassifier", [rows]));
    refuse("ONNX_UNSUPPORTED_OPERATOR", { ...ml("Scaler", [rows]), domain: "com.example" });
    refuse("ONNX_UNSUPPORTED_OPERATOR", { ...ml("Scaler", [rows]), domain: "constructor" });
  });
});

const LABELS: Attributes = { classlabels_ints: [4, 2, 9] };

describe("compileOnnx: linear models of ai.onnx.ml", () => {
  it("default: LinearRegressor of one target and of several", async () => {
    await expectNodeAgreement(ml("LinearRegressor", [rows], { coefficients: list(1, -2, 0.5), targets: 1 }));
    const coefficients = list(1, -2, 0.5, 0.25, 3, -1);
    await expectNodeAgreement(
      ml("LinearRegressor", [rows], { coefficients, intercepts: list(1, -1), targets: 2 }),
    );
  });

  for (const post_transform of ["NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO"]) {
    it(`default: LinearClassifier of three classes, ${post_transform}`, async () => {
      const coefficients = list(1, -2, 0.5, 0.25, 3, -1, 0.75, 0, -0.5);
      const attributes = { ...LABELS, coefficients, intercepts: list(0.5, -0.25, 0), post_transform };
      await expectNodeAgreement(ml("LinearClassifier", [rows], attributes, ["int64", "float32"]));
      const given = [ints("int64", [4, 3], [-2, 2])];
      await expectNodeAgreement(ml("LinearClassifier", given, attributes, ["int64", "float32"]));
    });

    it(`default: LinearClassifier of two classes by one row of coefficients, ${post_transform}`, async () => {
      const one = { coefficients: list(1, -2, 0.5), intercepts: list(0.25), post_transform };
      const attributes = { ...one, classlabels_ints: [4, 2] };
      await expectNodeAgreement(ml("LinearClassifier", [rows], attributes, ["int64", "float32"]));
    });
  }

  for (const kernel_type of ["LINEAR", "POLY", "RBF", "SIGMOID"]) {
    it(`default: SVMRegressor, ${kernel_type}`, async () => {
      const attributes = {
        ...{ kernel_type, kernel_params: list(0.5, 0.25, 3), n_supports: 2, rho: list(0.125) },
        ...{ coefficients: list(1, -2), support_vectors: list(1, 0.5, -1, 0, 2, -0.5) },
      };
      await expectNodeAgreement(ml("SVMRegressor", [rows], attributes));
      await expectNodeAgreement(ml("SVMRegressor", [rows], { ...attributes, one_class: 1 }));
    });
  }

  it("args: SVMRegressor without support vectors is a linear model", async () => {
    const kernel = { kernel_type: "LINEAR", kernel_params: list(0, 0, 0) };
    const attributes = { ...kernel, coefficients: list(1, -2, 0.5), rho: list(1) };
    await expectNodeAgreement(ml("SVMRegressor", [rows], attributes));
  });

  it("behavior: ZipMap gives the tensor of its maps, so that exported classifiers compile as they are", async () => {
    const coefficients = list(1, -2, 0.5, 0.25, 3, -1, 0.75, 0, -0.5);
    const attributes = { ...LABELS, coefficients, intercepts: list(0, 0, 0), post_transform: "SOFTMAX" };
    const domain = "ai.onnx.ml";
    const zip = nodeProto("ZipMap", ["scores"], ["probabilities"], { classlabels_int64s: [4, 2, 9] });
    const nodes = [
      { ...nodeProto("LinearClassifier", ["x"], ["label", "scores"], attributes), domain },
      { ...zip, domain },
    ];
    const inputs = [valueProto("x", "float32", [2, 3])];
    const graph = graphProto({ nodes, inputs, outputs: [["label", "int64"]] });
    const maps = { name: "probabilities", type: { value: { case: "sequenceType", value: {} } } };
    const output = [...(graph.output as readonly unknown[]), maps];
    const opsetImport = versions({ "": 13, [domain]: 1 });
    const model = compileOnnx(encodeModel({ irVersion: 8n, opsetImport, graph: { ...graph, output } }));
    const x = { type: "float32", dims: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) } as const;
    const { label, probabilities } = await run(model, { x });
    expect(label?.dims).to.deep.equal([2]);
    expect(probabilities?.dims).to.deep.equal([2, 3]);
  });

  it("error: coefficients, labels and support vectors that do not fit, and transforms that are not there", () => {
    const outputs = ["int64", "float32"] as const;
    const coefficients = list(1, 2, 3, 4, 5, 6);
    refuse("ONNX_SHAPE_MISMATCH", ml("LinearRegressor", [rows], { coefficients, targets: 1 }));
    refuse("ONNX_UNSUPPORTED_ATTRIBUTE", ml("LinearRegressor", [rows], { coefficients, targets: 0 }));
    refuse(
      "ONNX_UNSUPPORTED_ATTRIBUTE",
      ml("LinearRegressor", [rows], { coefficients, targets: 2, post_transform: "PROBIT" }),
    );
    refuse("ONNX_SHAPE_MISMATCH", ml("LinearClassifier", [rows], { ...LABELS, coefficients }, outputs));
    refuse(
      "ONNX_SHAPE_MISMATCH",
      ml("LinearClassifier", [rows], { ...LABELS, coefficients: list(1, 2) }, outputs),
    );
    refuse(
      "ONNX_UNSUPPORTED_ATTRIBUTE",
      ml("LinearClassifier", [rows], { coefficients, classlabels_strings: { strings: ["a", "b"] } }, outputs),
    );
    refuse("ONNX_SHAPE_MISMATCH", ml("SVMRegressor", [rows], { coefficients: list(1, 2) }));
    refuse(
      "ONNX_UNSUPPORTED_ATTRIBUTE",
      ml("SVMRegressor", [rows], { coefficients: list(1, 2, 3), kernel_type: "TANH" }),
    );
    refuse("ONNX_SHAPE_MISMATCH", ml("LinearRegressor", [floats([2, 2, 3])], { coefficients }));
  });
});
