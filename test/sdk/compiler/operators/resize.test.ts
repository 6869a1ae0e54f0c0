import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import { expectError } from "../../../support/errors.ts";
import {
  type Attributes,
  floats,
  known,
  type Operand,
  type SingleNode,
  singleNode,
} from "../../../support/onnx.ts";
import { expectNodeAgreement } from "../../../support/onnx-oracle.ts";

const scales = (...values: readonly number[]): Operand => ({
  type: "float32",
  dims: [values.length],
  values,
});
const image = floats([1, 2, 5, 4]);
const resize = (how: Operand, attributes: Attributes, roi?: Operand, opset = 13): SingleNode => ({
  operator: "Resize",
  inputs: how.type === "int64" ? [image, roi, undefined, how] : [image, roi, how],
  attributes,
  opset,
});

const SIZES = known(1, 2, 8, 7);
const SMALL = known(1, 2, 3, 2);
const MODES = ["asymmetric", "half_pixel", "pytorch_half_pixel", "align_corners"];

describe("compileOnnx: Resize", () => {
  for (const mode of ["nearest", "linear", "cubic"]) {
    for (const coordinate_transformation_mode of MODES) {
      it(`default: ${mode}, ${coordinate_transformation_mode}`, async () => {
        await expectNodeAgreement(resize(SIZES, { mode, coordinate_transformation_mode }));
        await expectNodeAgreement(resize(SMALL, { mode, coordinate_transformation_mode }));
      });
    }
  }

  it("args: cubic_coeff_a", async () => {
    await expectNodeAgreement(resize(SIZES, { mode: "cubic", cubic_coeff_a: { float: -0.5 } }));
  });

  it("args: exclude_outside", async () => {
    await expectNodeAgreement(resize(SIZES, { mode: "cubic", exclude_outside: 1 }));
  });

  it("args: tf_half_pixel_for_nn", async () => {
    await expectNodeAgreement(resize(SIZES, { coordinate_transformation_mode: "tf_half_pixel_for_nn" }));
  });

  it("args: a part of the input, and what lies beyond it", async () => {
    const roi = scales(0, 0, 0.2, -0.5, 1, 1, 0.8, 0.9);
    const attributes = {
      ...{ coordinate_transformation_mode: "tf_crop_and_resize", mode: "linear" },
      extrapolation_value: { float: 7 },
    };
    await expectNodeAgreement(resize(known(1, 2, 4, 6), attributes, roi));
  });

  it("args: nearest_mode", async () => {
    for (const nearest_mode of ["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"]) {
      await expectNodeAgreement(resize(scales(1, 1, 0.75, 1.5), { nearest_mode }));
    }
  });

  it("args: antialias", async () => {
    for (const mode of ["linear", "cubic"]) {
      for (const factors of [scales(1, 1, 0.5, 0.3), scales(1, 1, 0.7, 2)]) {
        const attributes = { mode, antialias: 1 };
        await expectNodeAgreement(resize(factors, attributes, undefined, 18));
        await expectNodeAgreement(resize(factors, { ...attributes, exclude_outside: 1 }, undefined, 18));
      }
    }
  });

  it("args: keep_aspect_ratio_policy, axes", async () => {
    for (const keep_aspect_ratio_policy of ["stretch", "not_larger", "not_smaller"]) {
      for (const mode of ["nearest", "linear"]) {
        const attributes = { mode, keep_aspect_ratio_policy, axes: [3, 2] };
        await expectNodeAgreement(resize(known(9, 7), attributes, undefined, 18));
        await expectNodeAgreement(resize(known(2, 4), attributes, undefined, 18));
      }
    }
  });

  it("behavior: opset 10 rounds places up in what becomes smaller", async () => {
    for (const factors of [scales(1, 1, 0.6, 0.3), scales(1, 1, 2.5, 1.5)]) {
      const node = {
        operator: "Resize",
        inputs: [image, factors],
        attributes: { mode: "nearest" },
        opset: 10,
      };
      await expectNodeAgreement(node);
    }
  });

  it("behavior: places are rounded to binary32 as runtimes do it, which decides on neighbours", async () => {
    for (const size of [5, 7, 11, 13]) {
      const attributes = { coordinate_transformation_mode: "asymmetric", nearest_mode: "floor" };
      for (const factor of [0.3, 0.6, 1.4, 2.8]) {
        const inputs = [floats([1, 1, 1, size]), undefined, scales(1, 1, 1, factor)];
        await expectNodeAgreement({ operator: "Resize", inputs, attributes, opset: 13 });
      }
    }
  });

  it("error: what there is no rule for", () => {
    const file = (attributes: Attributes): Uint8Array => singleNode(resize(SIZES, attributes));
    expectError("ONNX_UNSUPPORTED_ATTRIBUTE", () => compileOnnx(file({ mode: "lanczos" })), {
      attribute: "mode",
    });
    expectError("ONNX_UNSUPPORTED_ATTRIBUTE", () => compileOnnx(file({ nearest_mode: "up" })));
    const policy = resize(SIZES, { keep_aspect_ratio_policy: "bend" }, undefined, 18);
    expectError("ONNX_UNSUPPORTED_ATTRIBUTE", () => compileOnnx(singleNode(policy)), { value: "bend" });
    const cropped = { coordinate_transformation_mode: "tf_crop_and_resize" };
    expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(file(cropped)));
  });
});
