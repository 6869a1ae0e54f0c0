import { expect } from "chai";
import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import { run } from "../../../../sdk/src/runtime/index.ts";
import { expectError } from "../../../support/errors.ts";
import {
  type Attributes,
  floats,
  graphProto,
  ints,
  known,
  nodeProto,
  type OnnxType,
  type Operand,
  onnxFile,
  type SingleNode,
  singleNode,
  valueProto,
  weights,
} from "../../../support/onnx.ts";
import { expectAgreement, expectNodeAgreement } from "../../../support/onnx-oracle.ts";

type Case = SingleNode;
const node = (
  operator: string,
  inputs: Case["inputs"],
  attributes: Attributes = {},
  outputs: readonly OnnxType[] = ["float32"],
  opset = 13,
): Case => ({ operator, inputs, attributes, outputs, opset });

const bytes = (type: "int8" | "uint8", dims: readonly number[]): Operand =>
  ints(type, dims, type === "int8" ? [-128, 127] : [0, 255]);
const constant = (type: OnnxType, ...values: readonly number[]): Operand => ({
  type,
  dims: values.length === 1 ? [] : [values.length],
  values,
});
const TWO: readonly OnnxType[] = ["float32", "float32"];

const NODES: Readonly<Record<string, Case>> = {
  "Einsum, matrix product": node("Einsum", [floats([3, 4]), floats([4, 5])], { equation: "ij,jk->ik" }),
  "Einsum, attention": node("Einsum", [floats([2, 3, 4, 5]), floats([2, 6, 4, 5])], {
    equation: "bqhd,bkhd->bhqk",
  }),
  "Einsum, implicit": node("Einsum", [floats([3, 4]), floats([4, 5])], { equation: "ij,jk" }),
  "Einsum, ellipsis": node("Einsum", [floats([2, 3, 4]), floats([4, 5])], { equation: "...ij, jk -> ...ik" }),
  "Einsum, sum": node("Einsum", [floats([3, 4])], { equation: "ij->i" }),
  "Einsum, diagonal": node("Einsum", [floats([2, 4, 4])], { equation: "bii->bi" }),
  "Einsum, outer product": node("Einsum", [floats([3]), floats([4])], { equation: "i,j->ij" }),
  "Einsum of three": node("Einsum", [floats([2, 3]), floats([3, 4]), floats([4, 2])], {
    equation: "ij,jk,kl->il",
  }),
  Hardmax: node("Hardmax", [floats([3, 5])], { axis: 0 }),
  "Hardmax of everything behind an axis": node("Hardmax", [floats([2, 3, 4])], { axis: 1 }, ["float32"], 12),
  NegativeLogLikelihoodLoss: node("NegativeLogLikelihoodLoss", [
    floats([4, 3, 2]),
    ints("int64", [4, 2], [0, 2]),
    weights([3]),
  ]),
  "NegativeLogLikelihoodLoss that ignores a class": node(
    "NegativeLogLikelihoodLoss",
    [floats([4, 3, 2]), ints("int64", [4, 2], [0, 2])],
    { ignore_index: 1 },
  ),
  "NegativeLogLikelihoodLoss of every place": node(
    "NegativeLogLikelihoodLoss",
    [floats([4, 3, 2]), ints("int64", [4, 2], [0, 2]), weights([3])],
    { ignore_index: 2, reduction: "none" },
  ),
  SoftmaxCrossEntropyLoss: node(
    "SoftmaxCrossEntropyLoss",
    [floats([4, 3, 2], [-3, 3]), ints("int64", [4, 2], [0, 2])],
    { reduction: "sum" },
    TWO,
  ),
  TopK: node("TopK", [floats([3, 9]), known(4)], {}, ["float32", "int64"]),
  "TopK, smallest, another axis": node("TopK", [floats([6, 4]), known(3)], { axis: 0, largest: 0 }, [
    "float32",
    "int64",
  ]),
  "TopK, ties": node("TopK", [ints("int32", [4, 12], [0, 3]), known(7)], {}, ["int32", "int64"]),
  GatherND: node("GatherND", [floats([3, 4, 5]), ints("int64", [6, 2], [-3, 2])]),
  "GatherND in batches": node("GatherND", [floats([2, 3, 4]), ints("int64", [2, 5, 1], [0, 2])], {
    batch_dims: 1,
  }),
  ScatterElements: node("ScatterElements", [
    floats([3, 4]),
    { type: "int64", dims: [2, 2], values: [0, 2, 1, -1] },
    floats([2, 2]),
  ]),
  "ScatterElements along another axis": node(
    "ScatterElements",
    [floats([3, 4]), ints("int64", [3, 1], [-4, 3]), floats([3, 1])],
    { axis: 1 },
  ),
  "ScatterElements that adds": node(
    "ScatterElements",
    [floats([4]), ints("int64", [9], [0, 3]), floats([9])],
    { reduction: "add" },
    ["float32"],
    16,
  ),
  ScatterND: node("ScatterND", [
    floats([4, 3]),
    { type: "int64", dims: [2, 1], values: [3, 1] },
    floats([2, 3]),
  ]),
  "ScatterND by the request": node("ScatterND", [floats([4, 3]), ints("int64", [1, 2], [0, 2]), floats([1])]),
  Sin: node("Sin", [floats([200], [-100, 100])]),
  Cos: node("Cos", [floats([200], [-100, 100])]),
  Tan: node("Tan", [floats([40], [-1, 1])]),
  Shrink: node("Shrink", [floats([40], [-3, 3])], { lambd: { float: 1.5 }, bias: { float: 0.5 } }),
  LRN: node("LRN", [floats([1, 6, 3, 3])], { size: 3, alpha: { float: 0.1 }, bias: { float: 2 } }),
  LpNormalization: node("LpNormalization", [floats([3, 5])], { axis: 1 }),
  GroupNormalization: node(
    "GroupNormalization",
    [floats([2, 6, 3]), weights([6], 1), weights([6], 2)],
    { num_groups: 3 },
    ["float32"],
    21,
  ),
  QuantizeLinear: node(
    "QuantizeLinear",
    [floats([50], [-9, 9]), constant("float32", 0.05), constant("uint8", 128)],
    {},
    ["uint8"],
  ),
  "QuantizeLinear for every channel": node(
    "QuantizeLinear",
    [floats([2, 3, 5], [-9, 9]), constant("float32", 0.05, 0.1, 0.2), constant("int8", 1, -2, 3)],
    { axis: 1 },
    ["int8"],
  ),
  DequantizeLinear: node("DequantizeLinear", [
    bytes("uint8", [50]),
    constant("float32", 0.05),
    constant("uint8", 128),
  ]),
  "DequantizeLinear for every channel": node(
    "DequantizeLinear",
    [bytes("int8", [2, 3, 5]), constant("float32", 0.05, 0.1, 0.2), constant("int8", 1, -2, 3)],
    { axis: 1 },
  ),
  DynamicQuantizeLinear: node("DynamicQuantizeLinear", [floats([40], [-3, 7])], {}, [
    "uint8",
    "float32",
    "uint8",
  ]),
  MatMulInteger: node(
    "MatMulInteger",
    [bytes("uint8", [3, 8]), bytes("uint8", [8, 5]), constant("uint8", 12), constant("uint8", 200)],
    {},
    ["int32"],
  ),
  ConvInteger: node(
    "ConvInteger",
    [bytes("uint8", [1, 2, 5, 5]), bytes("uint8", [3, 2, 3, 3]), constant("uint8", 7)],
    { pads: [1, 1, 1, 1] },
    ["int32"],
  ),
  QLinearMatMul: node(
    "QLinearMatMul",
    [
      ...[bytes("uint8", [3, 8]), constant("float32", 0.02), constant("uint8", 120)],
      ...[bytes("uint8", [8, 5]), constant("float32", 0.03), constant("uint8", 130)],
      ...[constant("float32", 0.4), constant("uint8", 128)],
    ],
    {},
    ["uint8"],
  ),
  QLinearConv: node(
    "QLinearConv",
    [
      ...[bytes("uint8", [1, 2, 5, 5]), constant("float32", 0.02), constant("uint8", 120)],
      ...[bytes("uint8", [3, 2, 3, 3]), constant("float32", 0.03), constant("uint8", 130)],
      ...[
        constant("float32", 0.5),
        constant("uint8", 128),
        { type: "int32" as const, dims: [3], values: [50, -70, 0] },
      ],
    ],
    { pads: [1, 1, 1, 1] },
    ["uint8"],
  ),
};

describe("compileOnnx: operators made of others", () => {
  for (const [title, item] of Object.entries(NODES)) {
    it(`default: ${title}`, async () => {
      await expectNodeAgreement(item);
    });
  }

  it("default: Scan", async () => {
    const body = graphProto({
      nodes: [nodeProto("Add", ["state", "part"], ["next"]), nodeProto("Tanh", ["next"], ["out"])],
      inputs: [valueProto("state", "float32", [3]), valueProto("part", "float32", [3])],
      outputs: [
        ["next", "float32"],
        ["out", "float32"],
      ],
    });
    const file = onnxFile({
      nodes: [
        nodeProto("Scan", ["s", "x"], ["last", "all"], {
          body: { graph: body },
          num_scan_inputs: 1,
          scan_input_directions: [1],
        }),
      ],
      inputs: [valueProto("s", "float32", [3]), valueProto("x", "float32", [4, 3])],
      outputs: [
        ["last", "float32"],
        ["all", "float32"],
      ],
    });
    await expectAgreement(file);
  });

  it("behavior: of several largest elements Hardmax marks the first", async () => {
    const model = compileOnnx(singleNode(node("Hardmax", [floats([2, 3])])));
    const x = { type: "float32", dims: [2, 3], data: Float32Array.of(1, 2, 2, 0, 0, 0) } as const;
    expect([...(await run(model, { x0: x })).y0!.data]).to.deep.equal([0, 1, 0, 1, 0, 0]);
  });

  it("error: an equation that says nothing", () => {
    for (const equation of ["ij,jk", "i->ij", "i1->i", "i->ii"]) {
      const file = singleNode(node("Einsum", [floats([3])], { equation }));
      expectError("ONNX_UNSUPPORTED_ATTRIBUTE", () => compileOnnx(file), { attribute: "equation" });
    }
  });

  it("error: more elements than there are", () => {
    const file = singleNode(node("TopK", [floats([3]), known(4)], {}, ["float32", "int64"]));
    expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(file));
  });

  it("error: a zero point of the request", () => {
    const file = singleNode(
      node(
        "ConvInteger",
        [bytes("uint8", [1, 1, 3, 3]), bytes("uint8", [1, 1, 2, 2]), ints("uint8", [], [0, 9])],
        {},
        ["int32"],
      ),
    );
    expectError("ONNX_DATA_DEPENDENT", () => compileOnnx(file), { what: "Its input zero point" });
  });
});
