import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import { expectError } from "../../../support/errors.ts";
import { floats, type SingleNode, singleNode, weights } from "../../../support/onnx.ts";
import { expectNodeAgreement } from "../../../support/onnx-oracle.ts";

const conv = (
  input: readonly number[],
  kernel: readonly number[],
  attributes: NonNullable<SingleNode["attributes"]> = {},
  bias?: number,
): SingleNode => ({
  operator: "Conv",
  inputs: [floats(input), weights(kernel), ...(bias === undefined ? [] : [weights([bias], 2)])],
  attributes,
});

const CONVOLUTIONS: Readonly<Record<string, SingleNode>> = {
  "one dimension": conv([2, 3, 17], [4, 3, 5], { pads: [2, 1], strides: [2] }, 4),
  "two dimensions": conv([1, 3, 8, 9], [5, 3, 3, 3], {}, 5),
  "three dimensions": conv([1, 2, 4, 5, 6], [3, 2, 2, 3, 2], { pads: [1, 0, 1, 0, 1, 0] }, 3),
  "no bias": conv([1, 3, 6, 6], [2, 3, 3, 3]),
  "uneven pads": conv([1, 2, 7, 6], [3, 2, 3, 2], { pads: [0, 1, 2, 1] }),
  strides: conv([1, 2, 9, 9], [3, 2, 3, 3], { strides: [2, 3], pads: [1, 1, 1, 1] }),
  dilations: conv([1, 2, 9, 10], [3, 2, 3, 3], { dilations: [2, 3], pads: [2, 3, 2, 3] }),
  "pads larger than the kernel": conv([1, 1, 3, 3], [1, 1, 2, 2], { pads: [3, 3, 3, 3] }),
  groups: conv([1, 6, 5, 5], [9, 2, 3, 3], { group: 3, pads: [1, 1, 1, 1] }, 9),
  depthwise: conv([2, 5, 6, 7], [5, 1, 3, 3], { group: 5, pads: [1, 1, 1, 1] }, 5),
  "depthwise with a multiplier": conv([1, 4, 6, 6], [8, 1, 3, 3], { group: 4, strides: [2, 2] }, 8),
  pointwise: conv([1, 7, 4, 5], [6, 7, 1, 1], {}, 6),
  "auto_pad SAME_UPPER": conv([1, 2, 7, 8], [3, 2, 4, 3], { auto_pad: "SAME_UPPER", strides: [2, 2] }),
  "auto_pad SAME_LOWER": conv([1, 2, 7, 8], [3, 2, 4, 3], { auto_pad: "SAME_LOWER", strides: [2, 2] }),
  "auto_pad VALID": conv([1, 2, 7, 8], [3, 2, 3, 3], { auto_pad: "VALID", strides: [2, 2] }),
  "kernel_shape stated": conv([1, 2, 7, 8], [3, 2, 3, 3], { kernel_shape: [3, 3] }),
};

const TRANSPOSED: Readonly<Record<string, SingleNode>> = {
  plain: { ...conv([1, 3, 4, 5], [3, 2, 3, 3], {}, 2), operator: "ConvTranspose" },
  "kernel equal to stride": {
    ...conv([1, 3, 4, 5], [3, 2, 2, 2], { strides: [2, 2] }, 2),
    operator: "ConvTranspose",
  },
  "kernel no multiple of stride": {
    ...conv([1, 3, 4, 5], [3, 2, 3, 5], { strides: [2, 3], pads: [1, 0, 1, 2] }, 2),
    operator: "ConvTranspose",
  },
  "stride larger than kernel": {
    ...conv([1, 2, 3, 3], [2, 2, 2, 2], { strides: [3, 3] }, 2),
    operator: "ConvTranspose",
  },
  "output padding": {
    ...conv([1, 2, 3, 3], [2, 2, 3, 3], { strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 1] }),
    operator: "ConvTranspose",
  },
  groups: {
    ...conv([1, 6, 4, 4], [6, 2, 3, 3], { group: 3, strides: [2, 2] }, 6),
    operator: "ConvTranspose",
  },
  dilations: { ...conv([1, 2, 4, 4], [2, 3, 3, 3], { dilations: [2, 2] }, 3), operator: "ConvTranspose" },
  "dilations and strides": {
    ...conv([1, 2, 4, 3], [2, 3, 3, 2], { dilations: [2, 3], strides: [3, 2], pads: [1, 0, 2, 1] }, 3),
    operator: "ConvTranspose",
  },
  "three dimensions, one of them of stride 1": {
    ...conv([1, 1, 2, 4, 2], [1, 1, 3, 2, 3], { strides: [2, 2, 1] }),
    operator: "ConvTranspose",
  },
  "more loops than a step has, group by group": {
    ...conv([3, 4, 2, 3, 2], [4, 2, 2, 3, 2], { group: 2, strides: [2, 2, 3] }, 4),
    operator: "ConvTranspose",
  },
  "more loops than a step has, picture by picture": {
    ...conv([2, 6, 2, 3, 2], [6, 2, 2, 3, 2], { group: 3, strides: [2, 2, 3] }, 6),
    operator: "ConvTranspose",
  },
  output_shape: {
    ...conv([1, 2, 4, 4], [2, 3, 3, 3], { strides: [2, 2], output_shape: [8, 8] }, 3),
    operator: "ConvTranspose",
  },
  "one dimension": {
    ...conv([2, 3, 6], [3, 2, 4], { strides: [2], pads: [1, 1] }, 2),
    operator: "ConvTranspose",
  },
};

describe("compileOnnx: Conv", () => {
  for (const [title, node] of Object.entries(CONVOLUTIONS)) {
    it(`default: ${title}`, async () => {
      await expectNodeAgreement(node);
    });
  }

  it("default: weights of the request", async () => {
    const inputs = [floats([1, 2, 5, 5]), floats([3, 2, 3, 3]), floats([3])];
    await expectNodeAgreement({ operator: "Conv", inputs, attributes: { pads: [1, 1, 1, 1] } });
  });

  it("error: channels that do not fit", () => {
    const bytes = singleNode(conv([1, 3, 8, 8], [4, 2, 3, 3]));
    expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(bytes), { node: "tested", operator: "Conv" });
  });

  it("error: a kernel larger than the image", () => {
    expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(singleNode(conv([1, 1, 2, 2], [1, 1, 3, 3]))));
  });

  it("error: an attribute that nobody knows", () => {
    const bytes = singleNode(conv([1, 1, 4, 4], [1, 1, 3, 3], { winograd: 1 }));
    expectError("ONNX_UNSUPPORTED_ATTRIBUTE", () => compileOnnx(bytes), {
      attribute: "winograd",
      node: "tested",
    });
  });

  it("error: strides of zero", () => {
    const bytes = singleNode(conv([1, 1, 4, 4], [1, 1, 3, 3], { strides: [0, 1] }));
    expectError("ONNX_UNSUPPORTED_ATTRIBUTE", () => compileOnnx(bytes), { attribute: "strides" });
  });
});

describe("compileOnnx: ConvTranspose", () => {
  for (const [title, node] of Object.entries(TRANSPOSED)) {
    it(`default: ${title}`, async () => {
      await expectNodeAgreement(node);
    });
  }
});
