import { expect } from "chai";
import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import { run } from "../../../../sdk/src/runtime/index.ts";
import { expectError } from "../../../support/errors.ts";
import { type Attributes, floats, type SingleNode, singleNode } from "../../../support/onnx.ts";

const node = (
  operator: string,
  shapes: readonly (readonly number[])[],
  attributes: Attributes = {},
  opset = 6,
): SingleNode => ({ operator, inputs: shapes.map((dims) => floats(dims)), attributes, opset });

const tensor = (dims: readonly number[], ...values: readonly number[]) =>
  ({ type: "float32", dims, data: Float32Array.from(values) }) as const;

describe("compileOnnx: opsets before 7", () => {
  it("args: axis, where the second input stands in the first", async () => {
    const model = compileOnnx(singleNode(node("Add", [[2, 3], [2]], { broadcast: 1, axis: 0 })));
    const inputs = { x0: tensor([2, 3], 1, 2, 3, 4, 5, 6), x1: tensor([2], 10, 20) };
    expect([...(await run(model, inputs)).y0!.data]).to.deep.equal([11, 12, 13, 24, 25, 26]);
  });

  it("behavior: without an axis the last dimensions are meant", async () => {
    const model = compileOnnx(singleNode(node("Mul", [[2, 2], [2]], { broadcast: 1 })));
    const inputs = { x0: tensor([2, 2], 1, 2, 3, 4), x1: tensor([2], 10, 20) };
    expect([...(await run(model, inputs)).y0!.data]).to.deep.equal([10, 40, 30, 80]);
  });

  it("behavior: PRelu has a slope for every channel", async () => {
    const model = compileOnnx(singleNode(node("PRelu", [[1, 2, 2], [2]])));
    const inputs = { x0: tensor([1, 2, 2], -1, 1, -1, -2), x1: tensor([2], 10, 20) };
    expect([...(await run(model, inputs)).y0!.data]).to.deep.equal([-10, 1, -20, -40]);
  });

  it("error: shapes that differ without broadcast, or where it says", () => {
    for (const attributes of [{}, { broadcast: 1, axis: 0 }]) {
      expectError("ONNX_SHAPE_MISMATCH", () =>
        compileOnnx(singleNode(node("Add", [[2, 3], [3]], attributes))),
      );
    }
  });

  it("error: the attribute in an opset that does not have it", () => {
    expectError(
      "ONNX_UNSUPPORTED_ATTRIBUTE",
      () => compileOnnx(singleNode(node("Add", [[2], [2]], { broadcast: 1 }, 7))),
      { attribute: "broadcast" },
    );
  });

  it("error: a definition that means something else than later ones", () => {
    for (const item of [node("Add", [[2], [2]], {}, 1), node("Dropout", [[2]], {}, 6)]) {
      expectError("ONNX_UNSUPPORTED_OPERATOR", () => compileOnnx(singleNode(item)));
    }
  });

  it("error: a normalization that is to be trained", () => {
    const shapes = [[1, 2, 3], [2], [2], [2], [2]];
    expectError(
      "ONNX_UNSUPPORTED_ATTRIBUTE",
      () => compileOnnx(singleNode(node("BatchNormalization", shapes))),
      {
        attribute: "is_test",
      },
    );
  });
});
