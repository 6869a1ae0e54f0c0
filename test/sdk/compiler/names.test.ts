import { expect } from "chai";
import { CompilerError, compileOnnx } from "../../../sdk/src/compiler/index.ts";
import { caught } from "../../support/caught.ts";
import {
  floats,
  known,
  nodeProto,
  onnxFile,
  type SingleNode,
  singleNode,
  valueProto,
  weights,
} from "../../support/onnx.ts";

/** Names that every JavaScript object has something for. */
const INHERITED = ["constructor", "toString", "__proto__", "hasOwnProperty"];

const NODES: Readonly<Record<string, (word: string) => SingleNode>> = {
  "a direction": (word) => ({
    operator: "RNN",
    inputs: [floats([2, 1, 2]), weights([1, 3, 2]), weights([1, 3, 3])],
    attributes: { hidden_size: 3, direction: word },
  }),
  "a coordinate transformation": (word) => ({
    operator: "Resize",
    inputs: [floats([1, 1, 4, 4]), undefined, undefined, known(1, 1, 8, 8)],
    attributes: { coordinate_transformation_mode: word },
  }),
  "a rounding": (word) => ({
    operator: "Resize",
    inputs: [floats([1, 1, 4, 4]), undefined, undefined, known(1, 1, 8, 8)],
    attributes: { nearest_mode: word },
  }),
  "a way of sampling": (word) => ({
    operator: "GridSample",
    inputs: [floats([1, 1, 4, 4]), floats([1, 2, 2, 2])],
    attributes: { mode: word },
    opset: 20,
  }),
  "a reduction": (word) => ({
    operator: "ScatterElements",
    inputs: [floats([3]), { type: "int64", dims: [1], values: [0] }, floats([1])],
    attributes: { reduction: word },
    opset: 18,
  }),
  "an operator": (word) => ({ operator: word, inputs: [floats([3])] }),
};

describe("compileOnnx: names that objects inherit", () => {
  for (const [what, node] of Object.entries(NODES)) {
    it(`error: ${what}`, async () => {
      for (const word of INHERITED) {
        const error = await caught(Promise.resolve().then(() => compileOnnx(singleNode(node(word)))));
        expect(error, word).to.be.instanceOf(CompilerError);
        expect(error.code).to.be.oneOf(["ONNX_UNSUPPORTED_ATTRIBUTE", "ONNX_UNSUPPORTED_OPERATOR"]);
      }
    });
  }

  it("error: an open dimension", async () => {
    for (const word of INHERITED) {
      const bytes = onnxFile({
        nodes: [nodeProto("Relu", ["x"], ["y"])],
        inputs: [valueProto("x", "float32", [word, 2])],
        outputs: [["y", "float32"]],
      });
      const error = await caught(Promise.resolve().then(() => compileOnnx(bytes)));
      expect(error.code, word).to.equal("ONNX_UNBOUND_DIMENSION");
    }
  });
});
