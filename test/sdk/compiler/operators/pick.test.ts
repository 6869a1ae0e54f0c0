import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import { expectError } from "../../../support/errors.ts";
import {
  type Attributes,
  floats,
  ints,
  known,
  type OnnxType,
  type Operand,
  type SingleNode,
  singleNode,
} from "../../../support/onnx.ts";
import { expectNodeAgreement } from "../../../support/onnx-oracle.ts";

const node = (
  operator: string,
  inputs: SingleNode["inputs"],
  attributes: Attributes = {},
  outputs: readonly OnnxType[] = ["float32"],
  opset = 13,
): SingleNode => ({ operator, inputs, attributes, outputs, opset });
const flags = (...values: readonly number[]): Operand => ({ type: "bool", dims: [values.length], values });
const lengths = ints("int64", [3], [0, 4]);
const image = floats([1, 2, 6, 5]);
const WITH_PLACES = ["float32", "int64"] as const;

const NODES: Readonly<Record<string, SingleNode>> = {
  Compress: node("Compress", [floats([3, 4]), flags(0, 1, 1)], { axis: 0 }),
  "Compress of everything": node("Compress", [floats([3, 4]), flags(1, 0, 1, 0, 0, 1)]),
  ReverseSequence: node("ReverseSequence", [floats([4, 3, 2]), lengths]),
  "ReverseSequence, batch first": node("ReverseSequence", [floats([3, 4]), lengths], {
    time_axis: 1,
    batch_axis: 0,
  }),
  "MaxPool with its places": node(
    "MaxPool",
    [image],
    { kernel_shape: [3, 2], strides: [2, 1], pads: [1, 0, 1, 0] },
    WITH_PLACES,
  ),
  "MaxPool with its places, by columns": node(
    "MaxPool",
    [image],
    { kernel_shape: [2, 2], storage_order: 1 },
    WITH_PLACES,
  ),
  "MaxPool with its places, dilated": node(
    "MaxPool",
    [image],
    { kernel_shape: [2, 2], dilations: [2, 2] },
    WITH_PLACES,
  ),
  MaxUnpool: node(
    "MaxUnpool",
    [floats([1, 1, 2, 2]), { type: "int64", dims: [1, 1, 2, 2], values: [1, 3, 8, 15] }],
    {
      ...{ kernel_shape: [2, 2], strides: [2, 2] },
    },
  ),
  LpPool: node("LpPool", [image], { kernel_shape: [2, 3], p: 2 }),
  "LpPool of absolute values": node("LpPool", [image], { kernel_shape: [2, 2], strides: [2, 2], p: 1 }),
  GlobalLpPool: node("GlobalLpPool", [image], { p: 3 }),
  MeanVarianceNormalization: node("MeanVarianceNormalization", [floats([2, 3, 4, 5])]),
  "CenterCropPad, both": node("CenterCropPad", [floats([6, 3]), known(3, 8)], {}, ["float32"], 18),
  "CenterCropPad of one axis": node(
    "CenterCropPad",
    [floats([5, 7]), known(4)],
    { axes: [1] },
    ["float32"],
    18,
  ),
  BitwiseNot: node("BitwiseNot", [ints("uint8", [9], [0, 255])], {}, ["uint8"], 18),
  "Dropout that drops nothing": node(
    "Dropout",
    [floats([3]), { type: "float32", dims: [], values: [0] }, { type: "bool", dims: [], values: [1] }],
    {},
    ["float32", "bool"],
  ),
};

describe("compileOnnx: operators that pick elements", () => {
  for (const [title, item] of Object.entries(NODES)) {
    it(`default: ${title}`, async () => {
      await expectNodeAgreement(item);
    });
  }

  it("error: conditions that depend on the request", () => {
    const file = singleNode(node("Compress", [floats([3]), ints("bool", [3])]));
    expectError("ONNX_DATA_DEPENDENT", () => compileOnnx(file), { inputs: ["x1"] });
  });

  it("error: axes that are not the first two", () => {
    const file = singleNode(node("ReverseSequence", [floats([4, 3, 2]), lengths], { time_axis: 2 }));
    expectError("ONNX_UNSUPPORTED_ATTRIBUTE", () => compileOnnx(file), { attribute: "time_axis" });
  });

  it("error: an unpooled output that is too small", () => {
    const inputs = [floats([1, 1, 2, 2]), ints("int64", [1, 1, 2, 2], [0, 15]), known(1, 1, 3, 3)];
    const file = singleNode(node("MaxUnpool", inputs, { kernel_shape: [2, 2], strides: [2, 2] }));
    expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(file));
  });
});
