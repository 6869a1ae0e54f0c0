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

const node = (inputs: readonly (Operand | undefined)[], attributes: Attributes = {}): SingleNode => ({
  ...{ operator: "DeformConv", inputs, attributes, opset: 19 },
});

describe("compileOnnx: DeformConv", () => {
  it("default: windows that are bent, within the image and beyond it", async () => {
    const offsets = floats([2, 18, 4, 3], [-3, 3]);
    await expectNodeAgreement(node([floats([2, 3, 6, 5]), weights([4, 3, 3, 3]), offsets]));
  });

  it("args: groups of channels and of offsets, a bias and a mask", async () => {
    const [image, kernel] = [floats([2, 4, 5, 6]), weights([6, 2, 2, 3])];
    const [offsets, mask] = [floats([2, 24, 4, 4], [-2, 2]), floats([2, 12, 4, 4], [0, 1])];
    const attributes = { group: 2, offset_group: 2 };
    await expectNodeAgreement(node([image, kernel, offsets, weights([6], 2), mask], attributes));
    await expectNodeAgreement(node([image, kernel, offsets, undefined, mask], attributes));
  });

  it("args: strides, pads, dilations, and offsets of the request's own weights", async () => {
    const attributes = { strides: [2, 1], pads: [1, 2, 0, 1], dilations: [1, 2], kernel_shape: [3, 2] };
    const inputs = [floats([1, 2, 7, 5]), floats([3, 2, 3, 2]), floats([1, 12, 3, 6], [-1, 1])];
    await expectNodeAgreement(node(inputs, attributes));
  });

  it("error: offsets, masks and groups that do not fit", () => {
    const [image, kernel] = [floats([1, 2, 5, 5]), weights([2, 2, 3, 3])];
    const [offsets, mask] = [floats([1, 18, 3, 3]), floats([1, 9, 3, 3])];
    const refuse = (inputs: readonly (Operand | undefined)[], attributes: Attributes = {}): void => {
      expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(singleNode(node(inputs, attributes))));
    };
    refuse([image, kernel, floats([1, 18, 3, 4])]);
    refuse([image, kernel, floats([1, 9, 3, 3])]);
    refuse([image, kernel, offsets, undefined, floats([1, 18, 3, 3])]);
    refuse([image, kernel, offsets, weights([3]), mask]);
    refuse([image, kernel, offsets], { group: 2 });
    refuse([image, kernel, offsets], { offset_group: 0 });
    refuse([floats([1, 2, 5]), weights([2, 2, 3]), floats([1, 6, 3])]);
  });
});
