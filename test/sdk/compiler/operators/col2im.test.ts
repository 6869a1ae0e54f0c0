import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import { expectError } from "../../../support/errors.ts";
import { floats, known, type SingleNode, singleNode } from "../../../support/onnx.ts";
import { expectNodeAgreement } from "../../../support/onnx-oracle.ts";

const node = (
  dims: readonly number[],
  image: readonly number[],
  block: readonly number[],
  attributes: SingleNode["attributes"] = {},
): SingleNode => ({
  ...{ operator: "Col2Im", inputs: [floats(dims), known(...image), known(...block)], attributes, opset: 18 },
});

const CASES: Readonly<Record<string, SingleNode>> = {
  "windows side by side": node([1, 5, 5], [5, 5], [1, 5]),
  "batch and channels": node([2, 27, 9], [5, 5], [3, 3]),
  strides: node([1, 18, 6], [7, 5], [3, 3], { strides: [2, 2] }),
  pads: node([1, 9, 20], [5, 4], [3, 3], { pads: [1, 1, 1, 1] }),
  dilations: node([1, 9, 9], [7, 7], [3, 3], { dilations: [2, 2] }),
  "strides and dilations": node([1, 12, 9], [9, 9], [2, 3], { strides: [2, 2], dilations: [3, 2] }),
  "strides beyond the windows": node([1, 4, 4], [7, 7], [2, 2], { strides: [4, 4] }),
  "one dimension": node([2, 6, 4], [9], [3], { strides: [2] }),
  "three dimensions": node([1, 16, 8], [3, 3, 3], [2, 2, 2]),
};

describe("compileOnnx: Col2Im", () => {
  for (const [title, one] of Object.entries(CASES))
    it(`default: ${title}`, async () => {
      await expectNodeAgreement(one);
    });

  it("error: columns that are not those of the windows, and windows that do not fit", () => {
    for (const [dims, image, block] of [
      [
        [1, 9, 8],
        [5, 5],
        [3, 3],
      ],
      [
        [1, 10, 9],
        [5, 5],
        [3, 3],
      ],
      [
        [1, 9, 9],
        [2, 5],
        [3, 3],
      ],
      [[1, 9, 9], [5, 5], [9]],
    ] as const)
      expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(singleNode(node(dims, image, block))));
    expectError("ONNX_UNSUPPORTED_ATTRIBUTE", () =>
      compileOnnx(singleNode(node([1, 9, 9], [5, 5], [3, 3], { strides: [0, 1] }))),
    );
  });
});
