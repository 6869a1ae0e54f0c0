import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import { expectError } from "../../../support/errors.ts";
import { floats, ints, known, type Operand, singleNode } from "../../../support/onnx.ts";
import { expectNodeAgreement } from "../../../support/onnx-oracle.ts";

const image = floats([2, 3, 5, 4]);
const grid = floats([2, 4, 3, 2], [-1.7, 1.7]);

describe("compileOnnx: GridSample", () => {
  for (const mode of ["nearest", "bilinear", "bicubic"]) {
    for (const padding_mode of ["zeros", "border", "reflection"]) {
      for (const align_corners of [0, 1]) {
        it(`default: ${mode}, ${padding_mode}, ${align_corners ? "aligned" : "not aligned"}`, async () => {
          const attributes = { mode, padding_mode, align_corners };
          await expectNodeAgreement({ operator: "GridSample", inputs: [image, grid], attributes, opset: 16 });
        });
      }
    }
  }

  it("args: the names of opset 20", async () => {
    const attributes = { mode: "cubic" };
    await expectNodeAgreement({ operator: "GridSample", inputs: [image, grid], attributes, opset: 20 });
  });

  it("error: grids of another batch, and modes that nobody knows", () => {
    const file = (attributes: Readonly<Record<string, string>>, places = grid): Uint8Array =>
      singleNode({ operator: "GridSample", inputs: [image, places], attributes, opset: 16 });
    expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(file({}, floats([1, 4, 3, 2]))));
    expectError("ONNX_UNSUPPORTED_ATTRIBUTE", () => compileOnnx(file({ mode: "best" })), {
      attribute: "mode",
    });
    expectError("ONNX_UNSUPPORTED_ATTRIBUTE", () => compileOnnx(file({ padding_mode: "wrap" })));
  });
});

describe("compileOnnx: AffineGrid", () => {
  for (const align_corners of [0, 1]) {
    for (const size of [
      [2, 3, 5, 4],
      [1, 2, 3, 4, 5],
    ]) {
      it(`default: ${size.length - 2} dimensions, ${align_corners ? "aligned" : "not aligned"}`, async () => {
        const rank = size.length - 2;
        const inputs = [floats([size[0]!, rank, rank + 1]), known(...size)];
        await expectNodeAgreement({
          operator: "AffineGrid",
          inputs,
          attributes: { align_corners },
          opset: 20,
        });
      });
    }
  }

  it("error: matrices for other dimensions, and sizes that the request names", () => {
    const file = (dims: readonly number[], size: Operand): Uint8Array =>
      singleNode({ operator: "AffineGrid", inputs: [floats(dims), size], opset: 20 });
    expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(file([1, 3, 4], known(1, 1, 4, 4))));
    expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(file([2, 2, 3], known(1, 1, 4, 4))));
    expectError("ONNX_DATA_DEPENDENT", () => compileOnnx(file([1, 2, 3], ints("int64", [4], [1, 4]))));
  });
});
