import { readFileSync } from "node:fs";
import { expect } from "chai";
import { compileOnnx } from "../../../sdk/src/compiler/index.ts";
import { modelId } from "../../../sdk/src/machine/record.ts";
import { floats, nodeProto, onnxFile, tensorProto, valueProto } from "../../support/onnx.ts";
import { createRandom } from "../../support/random.ts";
import { randomGraph } from "../../support/random-graphs.ts";

const digits = new Uint8Array(readFileSync(new URL("../../fixtures/models/digits.onnx", import.meta.url)));

describe("compileOnnx: identity", () => {
  it("default: the same bytes and options give the same model", () => {
    const first = compileOnnx(digits, { dims: { N: 1 } });
    const second = compileOnnx(digits.slice(), { dims: { N: 1 } });
    expect(second.modelId).to.equal(first.modelId);
    expect(second.program).to.deep.equal(first.program);
    expect(second.constants).to.deep.equal(first.constants);
    expect(modelId(first.record)).to.equal(first.modelId);
  });

  it("behavior: the digit classifier keeps its id", () => {
    // Changes only with the compiler's lowering. Whoever changes that on purpose writes the new id here.
    expect(compileOnnx(digits, { dims: { N: 1 } }).modelId).to.equal(DIGITS_ID);
  });

  it("behavior: does not depend on what was compiled before, or where the bytes lie", () => {
    const random = createRandom(99);
    const graphs = Array.from({ length: 20 }, () => randomGraph(random, 10));
    const ids = graphs.map((bytes) => compileOnnx(bytes).modelId);
    const shifted = graphs.toReversed().map((bytes) => {
      const room = new Uint8Array(bytes.length + 3);
      room.set(bytes, 3);
      return compileOnnx(room.subarray(3)).modelId;
    });
    expect(shifted.toReversed()).to.deep.equal(ids);
  });

  it("args: name", () => {
    const named = compileOnnx(digits, { dims: { N: 1 }, name: "Digits" });
    expect(named.name).to.equal("Digits");
    expect(named.modelId).to.equal(compileOnnx(digits, { dims: { N: 1 } }).modelId);
  });

  it("behavior: another shape is another model", () => {
    expect(compileOnnx(digits, { dims: { N: 2 } }).modelId).not.to.equal(
      compileOnnx(digits, { dims: { N: 1 } }).modelId,
    );
  });

  it("behavior: equal constants are kept once, each on a word", () => {
    const values = Array.from({ length: 9 }, (_, i) => i / 3);
    const graph = (second: readonly number[]) =>
      onnxFile({
        nodes: [nodeProto("Add", ["x", "a"], ["t"]), nodeProto("Mul", ["t", "b"], ["y"])],
        inputs: [valueProto("x", "float32", floats([9]).dims)],
        outputs: [["y", "float32"]],
        initializers: [tensorProto("a", "float32", [9], values), tensorProto("b", "float32", [9], second)],
      });
    expect(compileOnnx(graph(values)).constants.length).to.equal(64);
    expect(compileOnnx(graph(values.toReversed())).constants.length).to.equal(128);
  });
});

const DIGITS_ID = "0xe67f689d1ca645bf1f1ee065695fcddb358e153ad1756a5d8f56c6b95cb3ddee";
