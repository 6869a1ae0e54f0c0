import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import { expectError } from "../../../support/errors.ts";
import { floats, ints, type SingleNode, singleNode } from "../../../support/onnx.ts";
import { expectNodeAgreement } from "../../../support/onnx-oracle.ts";

type Case = Omit<SingleNode, "operator">;
const pool = (
  dims: readonly number[],
  attributes: NonNullable<SingleNode["attributes"]>,
  opset = 13,
): Case => ({
  inputs: [floats(dims)],
  attributes,
  opset,
});

const POOLS: Readonly<Record<string, Case>> = {
  "two dimensions": pool([1, 3, 8, 8], { kernel_shape: [2, 2], strides: [2, 2] }),
  overlapping: pool([2, 2, 7, 6], { kernel_shape: [3, 3], strides: [1, 2] }),
  pads: pool([1, 2, 7, 6], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 0, 1, 2] }),
  "one dimension": pool([1, 3, 11], { kernel_shape: [3], strides: [2], pads: [1, 1] }),
  "three dimensions": pool([1, 2, 4, 5, 6], { kernel_shape: [2, 2, 3], strides: [2, 1, 2] }),
  ceil_mode: pool([1, 1, 8, 7], { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 }),
  "ceil_mode with pads": pool([1, 1, 8, 7], {
    kernel_shape: [3, 2],
    strides: [2, 3],
    ceil_mode: 1,
    pads: [1, 0, 1, 1],
  }),
  "ceil_mode, last window outside": pool([1, 1, 4, 4], {
    kernel_shape: [1, 1],
    strides: [3, 3],
    ceil_mode: 1,
    pads: [0, 0, 0, 0],
  }),
  "auto_pad SAME_UPPER": pool([1, 2, 7, 8], {
    kernel_shape: [3, 2],
    strides: [2, 2],
    auto_pad: "SAME_UPPER",
  }),
  "auto_pad SAME_LOWER": pool([1, 2, 7, 8], {
    kernel_shape: [3, 2],
    strides: [2, 2],
    auto_pad: "SAME_LOWER",
  }),
  "auto_pad VALID": pool([1, 2, 7, 8], { kernel_shape: [3, 2], strides: [2, 2], auto_pad: "VALID" }),
};

const AVERAGES: Readonly<Record<string, Case>> = {
  "pads that count": pool([1, 2, 7, 6], {
    kernel_shape: [3, 3],
    strides: [2, 2],
    pads: [1, 1, 1, 1],
    count_include_pad: 1,
  }),
  "pads that count, ceil_mode": pool(
    [1, 1, 8, 7],
    { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1], count_include_pad: 1, ceil_mode: 1 },
    19,
  ),
  dilations: pool([1, 2, 9, 9], { kernel_shape: [3, 3], dilations: [2, 2] }, 19),
};

for (const operator of ["MaxPool", "AveragePool"]) {
  describe(`compileOnnx: ${operator}`, () => {
    const own = operator === "MaxPool" ? {} : AVERAGES;
    for (const [title, node] of Object.entries({ ...POOLS, ...own })) {
      it(`default: ${title}`, async () => {
        await expectNodeAgreement({ ...node, operator });
      });
    }

    it("error: no kernel_shape", () => {
      expectError("ONNX_MALFORMED", () =>
        compileOnnx(singleNode({ operator, inputs: [floats([1, 1, 4, 4])] })),
      );
    });
  });
}

describe("compileOnnx: MaxPool", () => {
  it("default: dilations", async () => {
    await expectNodeAgreement({
      operator: "MaxPool",
      ...pool([1, 2, 9, 9], { kernel_shape: [3, 2], dilations: [2, 3] }),
    });
  });

  it("default: bytes", async () => {
    const attributes = { kernel_shape: [2, 2], pads: [1, 1, 1, 1] };
    await expectNodeAgreement({
      operator: "MaxPool",
      inputs: [ints("int8", [1, 3, 5, 5], [-128, 127])],
      attributes,
      outputs: ["int8"],
    });
    await expectNodeAgreement({
      operator: "MaxPool",
      inputs: [ints("uint8", [1, 3, 5, 5], [0, 255])],
      attributes,
      outputs: ["uint8"],
    });
  });
});

for (const operator of ["GlobalMaxPool", "GlobalAveragePool"]) {
  describe(`compileOnnx: ${operator}`, () => {
    it("default: two dimensions", async () => {
      await expectNodeAgreement({ operator, inputs: [floats([2, 5, 6, 7])] });
    });

    it("default: three dimensions", async () => {
      await expectNodeAgreement({ operator, inputs: [floats([1, 2, 3, 4, 5])] });
    });
  });
}
