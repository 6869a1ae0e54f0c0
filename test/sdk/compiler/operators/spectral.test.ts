import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import { expectError } from "../../../support/errors.ts";
import {
  type Attributes,
  floats,
  type Operand,
  type SingleNode,
  singleNode,
  weights,
} from "../../../support/onnx.ts";
import { expectNodeAgreement } from "../../../support/onnx-oracle.ts";

const scalar = (value: number): Operand => ({ type: "int64", dims: [], values: [value] });
const node = (
  operator: string,
  inputs: SingleNode["inputs"],
  attributes: Attributes = {},
  opset = 17,
): SingleNode => ({ operator, inputs, attributes, opset });
/** Sums of this many terms of about 1. */
const TOLERANCE = { absolute: 2e-5, relative: 1e-5 };

const NODES: Readonly<Record<string, SingleNode>> = {
  DFT: node("DFT", [floats([2, 10, 1])]),
  "DFT of complex numbers": node("DFT", [floats([2, 12, 2])]),
  "DFT, inverse": node("DFT", [floats([2, 9, 2])], { inverse: 1 }),
  "DFT, one side": node("DFT", [floats([2, 16, 1])], { onesided: 1 }),
  "DFT along another axis": node("DFT", [floats([2, 5, 6, 1])], { axis: 2 }),
  "DFT of fewer numbers": node("DFT", [floats([1, 10, 1]), scalar(6)]),
  "DFT of more numbers": node("DFT", [floats([1, 10, 1]), scalar(16)]),
  "DFT, opset 20": node("DFT", [floats([2, 7, 4, 1]), undefined, scalar(1)], {}, 20),
  STFT: node("STFT", [floats([1, 64, 1]), scalar(8), weights([16])]),
  "STFT, both sides, without a window": node(
    "STFT",
    [floats([2, 40, 1]), scalar(10), undefined, scalar(20)],
    { onesided: 0 },
  ),
};

describe("compileOnnx: Fourier transforms", () => {
  for (const [title, item] of Object.entries(NODES)) {
    it(`default: ${title}`, async () => {
      await expectNodeAgreement(item, TOLERANCE);
    });
  }

  for (const operator of ["HannWindow", "HammingWindow", "BlackmanWindow"]) {
    it(`default: ${operator}`, async () => {
      for (const periodic of [0, 1])
        await expectNodeAgreement(node(operator, [scalar(11)], { periodic }), TOLERANCE);
    });
  }

  it("error: a transform along the parts of numbers, or of what has more than two", () => {
    for (const item of [node("DFT", [floats([2, 10, 2])], { axis: 2 }), node("DFT", [floats([2, 10, 3])])]) {
      expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(singleNode(item)));
    }
  });

  it("error: frames that do not fit", () => {
    const item = node("STFT", [floats([1, 8, 1]), scalar(4), undefined, scalar(16)]);
    expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(singleNode(item)));
  });

  it("error: a length that depends on the request", () => {
    const length: Operand = { type: "int64", dims: [] };
    expectError("ONNX_DATA_DEPENDENT", () =>
      compileOnnx(singleNode(node("DFT", [floats([1, 4, 1]), length]))),
    );
    expectError("ONNX_DATA_DEPENDENT", () => compileOnnx(singleNode(node("HannWindow", [length]))));
  });
});
