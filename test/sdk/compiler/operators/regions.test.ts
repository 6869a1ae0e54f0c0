import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import { expectError } from "../../../support/errors.ts";
import { floats, ints, type Operand, type SingleNode, singleNode } from "../../../support/onnx.ts";
import { expectNodeAgreement } from "../../../support/onnx-oracle.ts";

/** Regions of which some lie partly or wholly outside of the image, and some are turned round. */
const inputs: readonly Operand[] = [
  floats([2, 3, 9, 7]),
  floats([6, 4], [-4, 22]),
  ints("int64", [6], [0, 1]),
];

const node = (attributes: SingleNode["attributes"] = {}, opset = 16, given = inputs): SingleNode => ({
  ...{ operator: "RoiAlign", inputs: given, opset },
  attributes: {
    sampling_ratio: 2,
    output_height: 3,
    output_width: 2,
    spatial_scale: { float: 0.5 },
    ...attributes,
  },
});

describe("compileOnnx: RoiAlign", () => {
  for (const mode of ["avg", "max"])
    for (const coordinate_transformation_mode of ["half_pixel", "output_half_pixel"])
      for (const sampling_ratio of [1, 2, 3])
        it(`default: ${mode}, ${coordinate_transformation_mode}, ${sampling_ratio} samples`, async () => {
          await expectNodeAgreement(node({ mode, coordinate_transformation_mode, sampling_ratio }));
        });

  it("args: opset 10, which knew one transformation", async () => {
    await expectNodeAgreement(node({}, 10));
  });

  it("error: samples whose number follows from the request, and modes that nobody knows", () => {
    const compile =
      (attributes: SingleNode["attributes"], given = inputs) =>
      () =>
        compileOnnx(singleNode(node(attributes, 16, given)));
    expectError("ONNX_UNSUPPORTED_ATTRIBUTE", compile({ sampling_ratio: 0 }), {
      attribute: "sampling_ratio",
    });
    expectError("ONNX_UNSUPPORTED_ATTRIBUTE", compile({ mode: "median" }), { attribute: "mode" });
    expectError("ONNX_UNSUPPORTED_ATTRIBUTE", compile({ coordinate_transformation_mode: "asymmetric" }));
    expectError("ONNX_UNSUPPORTED_ATTRIBUTE", compile({ output_width: 0 }));
    const [image, regions, batches] = inputs as [Operand, Operand, Operand];
    expectError("ONNX_SHAPE_MISMATCH", compile({}, [image, floats([6, 5]), batches]));
    expectError("ONNX_SHAPE_MISMATCH", compile({}, [image, regions, ints("int64", [5], [0, 1])]));
  });
});
