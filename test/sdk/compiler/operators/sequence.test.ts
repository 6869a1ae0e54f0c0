import { expect } from "chai";
import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import { expectError } from "../../../support/errors.ts";
import {
  graphProto,
  nodeProto,
  type OnnxType,
  onnxFile,
  tensorProto,
  valueProto,
} from "../../../support/onnx.ts";
import { expectAgreement } from "../../../support/onnx-oracle.ts";

type Nodes = readonly ReturnType<typeof nodeProto>[];

const file = (nodes: Nodes, type: OnnxType = "float32", opset = 17): Uint8Array =>
  onnxFile(
    {
      nodes,
      inputs: [valueProto("a", "float32", [2, 3]), valueProto("b", "float32", [2, 3])],
      outputs: [["y", type]],
      initializers: [
        tensorProto("zero", "int64", [], [0]),
        tensorProto("last", "int64", [], [-1]),
        tensorProto("two", "int64", [], [2]),
        tensorProto("far", "int64", [], [7]),
      ],
    },
    opset,
  );
const both = nodeProto("SequenceConstruct", ["a", "b"], ["s"]);

const CASES: Readonly<Record<string, Nodes>> = {
  SequenceAt: [both, nodeProto("SequenceAt", ["s", "last"], ["y"])],
  "SequenceInsert at the front": [
    ...[both, nodeProto("Neg", ["b"], ["n"]), nodeProto("SequenceInsert", ["s", "n", "zero"], ["t"])],
    nodeProto("ConcatFromSequence", ["t"], ["y"], { axis: 1 }),
  ],
  "SequenceInsert at the end of an empty one": [
    ...[nodeProto("SequenceEmpty", [], ["e"]), nodeProto("SequenceInsert", ["e", "a"], ["s"])],
    nodeProto("SequenceAt", ["s", "zero"], ["y"]),
  ],
  SequenceErase: [
    ...[both, nodeProto("SequenceErase", ["s", "zero"], ["t"])],
    nodeProto("ConcatFromSequence", ["t"], ["y"], { axis: 0, new_axis: 1 }),
  ],
  SplitToSequence: [
    ...[nodeProto("Concat", ["a", "b"], ["c"], { axis: 1 })],
    ...[
      nodeProto("SplitToSequence", ["c", "two"], ["s"], { axis: 1 }),
      nodeProto("SequenceAt", ["s", "last"], ["y"]),
    ],
  ],
  "SplitToSequence without keeping dimensions": [
    nodeProto("SplitToSequence", ["a"], ["s"], { axis: 0, keepdims: 0 }),
    nodeProto("ConcatFromSequence", ["s"], ["y"], { axis: 0 }),
  ],
};

describe("compileOnnx: sequences", () => {
  for (const [title, nodes] of Object.entries(CASES)) {
    it(`default: ${title}`, async () => {
      await expectAgreement(file(nodes));
    });
  }

  it("default: SequenceLength", async () => {
    await expectAgreement(
      file([both, nodeProto("Identity", ["s"], ["t"]), nodeProto("SequenceLength", ["t"], ["y"])], "int64"),
    );
  });

  it("default: SequenceMap", () => {
    const body = graphProto({
      nodes: [nodeProto("Mul", ["x", "w"], ["z"])],
      inputs: [valueProto("x", "float32", [2, 3]), valueProto("w", "float32", [2, 3])],
      outputs: [["z", "float32"]],
    });
    const nodes = [
      ...[both, nodeProto("SequenceMap", ["s", "b"], ["t"], { body: { graph: body } })],
      nodeProto("ConcatFromSequence", ["t"], ["y"], { axis: 0 }),
    ];
    expect(compileOnnx(file(nodes)).outputs[0]!.dims).to.deep.equal([4, 3]);
  });

  it("error: places that are not there", () => {
    const nodes = [both, nodeProto("SequenceAt", ["s", "far"], ["y"])];
    expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(file(nodes)));
    const none = [nodeProto("SequenceEmpty", [], ["e"]), nodeProto("SequenceAt", ["e", "zero"], ["y"])];
    expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(file(none)));
  });

  it("error: a sequence where a tensor belongs, and the other way round", () => {
    for (const node of [nodeProto("Neg", ["s"], ["y"]), nodeProto("SequenceLength", ["a"], ["y"])]) {
      expectError("ONNX_MALFORMED", () => compileOnnx(file([both, node])));
    }
  });

  it("error: sequences as inputs or outputs of the model", () => {
    expectError("ONNX_UNSUPPORTED_TYPE", () => compileOnnx(file([{ ...both, output: ["y"] }])), {
      type: "sequence",
    });
  });
});
