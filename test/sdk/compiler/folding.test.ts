import { expect } from "chai";
import { compileOnnx } from "../../../sdk/src/compiler/index.ts";
import { expectError } from "../../support/errors.ts";
import {
  type Attributes,
  encodeModel,
  graphProto,
  nodeProto,
  onnxFile,
  tensorProto,
  valueProto,
} from "../../support/onnx.ts";
import { expectAgreement } from "../../support/onnx-oracle.ts";

const ints = (name: string, ...values: readonly number[]) =>
  tensorProto(name, "int64", [values.length], values);
const scalar = (name: string, value: number) => tensorProto(name, "int64", [], [value]);

type Node = readonly [operator: string, inputs: readonly string[], output: string, attributes?: Attributes];
const nodes = (...list: readonly Node[]) =>
  list.map(([operator, inputs, output, attributes]) =>
    nodeProto(operator, inputs, [output], attributes, output),
  );

describe("compileOnnx: what is known while compiling", () => {
  it("default: arithmetic on shapes", async () => {
    // Reshape to [batch, channels * height, width / 2, 2], computed the way exporters do.
    const bytes = onnxFile({
      nodes: nodes(
        ["Shape", ["x"], "shape"],
        ["Gather", ["shape", "zero"], "batch"],
        ["Slice", ["shape", "one", "three"], "middle"],
        ["ReduceProd", ["middle"], "rows", { keepdims: 0 }],
        ["Gather", ["shape", "last"], "width"],
        ["Div", ["width", "two"], "half"],
        ["Unsqueeze", ["batch", "axis"], "batch1"],
        ["Unsqueeze", ["rows", "axis"], "rows1"],
        ["Unsqueeze", ["half", "axis"], "half1"],
        ["Concat", ["batch1", "rows1", "half1", "minus"], "target", { axis: 0 }],
        ["Cast", ["target"], "cast", { to: 6 }],
        ["Cast", ["cast"], "again", { to: 7 }],
        ["Reshape", ["x", "again"], "y"],
      ),
      inputs: [valueProto("x", "float32", ["n", 3, 4, 6])],
      outputs: [["y", "float32"]],
      initializers: [
        scalar("zero", 0),
        ints("one", 1),
        ints("three", 3),
        scalar("last", -1),
        scalar("two", 2),
        ints("axis", 0),
        ints("minus", -1),
      ],
    });
    const model = await expectAgreement(bytes, { dims: { n: 2 } });
    expect(model.outputs[0]!.dims).to.deep.equal([2, 12, 3, 2]);
    expect(model.report.steps).to.equal(1);
    expect(model.constants.length).to.equal(0);
  });

  it("default: ConstantOfShape, Range, Expand, Where and comparisons", async () => {
    const bytes = onnxFile({
      nodes: nodes(
        ["Range", ["start", "limit", "delta"], "range"],
        ["Less", ["range", "three"], "less"],
        ["ConstantOfShape", ["shape"], "fill", { value: { tensor: tensorProto("", "int64", [1], [9]) } }],
        ["Where", ["less", "range", "fill"], "picked"],
        ["Cast", ["picked"], "floats", { to: 1 }],
        ["Add", ["x", "floats"], "y"],
      ),
      inputs: [valueProto("x", "float32", [5])],
      outputs: [["y", "float32"]],
      initializers: [
        scalar("start", 0),
        scalar("limit", 5),
        scalar("delta", 1),
        scalar("three", 3),
        ints("shape", 5),
      ],
    });
    const model = await expectAgreement(bytes);
    expect(model.report.steps).to.equal(1);
  });

  it("behavior: integers beyond 32 bits are computed exactly", async () => {
    const bytes = onnxFile({
      nodes: nodes(
        ["Mul", ["big", "big"], "square"],
        ["Div", ["square", "other"], "size"],
        ["Reshape", ["x", "size"], "y"],
      ),
      inputs: [valueProto("x", "float32", [2, 3])],
      outputs: [["y", "float32"]],
      initializers: [ints("big", 3 * 2 ** 29), ints("other", 3 * 2 ** 57)],
    });
    // (3 * 2^29)^2 / (3 * 2^57) = 6
    expect(compileOnnx(bytes).outputs[0]!.dims).to.deep.equal([6]);
  });

  it("behavior: doubles and halves are constants that can be cast", async () => {
    const bytes = onnxFile({
      nodes: nodes(
        ["Sqrt", ["d"], "root"],
        ["Cast", ["root"], "f", { to: 1 }],
        ["Cast", ["h"], "g", { to: 1 }],
        ["Mul", ["x", "f"], "t"],
        ["Add", ["t", "g"], "y"],
      ),
      inputs: [valueProto("x", "float32", [3])],
      outputs: [["y", "float32"]],
      initializers: [
        tensorProto("d", "float64", [], [7]),
        tensorProto("h", "float16", [3], [0x3555, 0x0001, 0xfbff]),
      ],
    });
    await expectAgreement(bytes);
  });

  it("behavior: large repetitions stay views", async () => {
    const bytes = onnxFile({
      nodes: nodes(["Expand", ["one", "shape"], "many"], ["Add", ["x", "many"], "y"]),
      inputs: [valueProto("x", "float32", [1, 1])],
      outputs: [["y", "float32"]],
      initializers: [tensorProto("one", "float32", [3, 1], [1, 2, 3]), ints("shape", 3, 2_000_000)],
    });
    const model = compileOnnx(bytes);
    expect(model.constants.length).to.equal(32);
    expect(model.record.outputBytes).to.equal(24_000_000);
  });

  const branch = (name: string, operator: string) =>
    graphProto({ nodes: [nodeProto(operator, ["x"], [name])], inputs: [], outputs: [[name, "float32"]] });

  for (const taken of [0, 1]) {
    it(`default: If with the condition ${taken}`, async () => {
      const bytes = onnxFile({
        nodes: [
          nodeProto("If", ["c"], ["y"], {
            then_branch: { graph: branch("a", "Exp") },
            else_branch: { graph: branch("b", "Neg") },
          }),
        ],
        inputs: [valueProto("x", "float32", [4])],
        outputs: [["y", "float32"]],
        initializers: [tensorProto("c", "bool", [], [taken])],
      });
      const model = await expectAgreement(bytes);
      expect(model.stepInfos[0]!.operator).to.equal(taken === 1 ? "Exp" : "Neg");
    });
  }

  const loop = (trips: number) => {
    const body = graphProto({
      nodes: [
        nodeProto("Add", ["state", "x"], ["next"]),
        nodeProto("Identity", ["going"], ["goes"]),
        nodeProto("Neg", ["next"], ["scan"]),
      ],
      inputs: [
        valueProto("i", "int64", []),
        valueProto("going", "bool", []),
        valueProto("state", "float32", [3]),
      ],
      outputs: [
        ["goes", "bool"],
        ["next", "float32"],
        ["scan", "float32"],
      ],
    });
    return onnxFile({
      nodes: [nodeProto("Loop", ["trips", "", "x"], ["last", "all"], { body: { graph: body } })],
      inputs: [valueProto("x", "float32", [3])],
      outputs: [
        ["last", "float32"],
        ["all", "float32"],
      ],
      initializers: [scalar("trips", trips)],
    });
  };

  it("default: Loop with a known number of trips", async () => {
    const model = await expectAgreement(loop(4));
    expect(model.outputs.map(({ dims }) => dims)).to.deep.equal([[3], [4, 3]]);
  });

  it("error: a loop that is too long", () => {
    expectError("ONNX_LIMIT_EXCEEDED", () => compileOnnx(loop(2 ** 31)), { what: "Iterations of a loop" });
  });

  it("default: functions of the model's own", async () => {
    const scaled = {
      name: "Scaled",
      domain: "local",
      input: ["a"],
      output: ["b"],
      attribute: ["slope"],
      node: [
        {
          ...nodeProto("LeakyRelu", ["a"], ["t"]),
          attribute: [{ name: "alpha", type: 1, refAttrName: "slope" }],
        },
        nodeProto("Tanh", ["t"], ["b"]),
      ],
      opsetImport: [{ domain: "", version: 13n }],
    };
    const bytes = encodeModel({
      irVersion: 8n,
      opsetImport: [
        { domain: "", version: 13n },
        { domain: "local", version: 1n },
      ],
      graph: graphProto({
        nodes: [{ ...nodeProto("Scaled", ["x"], ["y"], { slope: { float: 0.25 } }), domain: "local" }],
        inputs: [valueProto("x", "float32", [8])],
        outputs: [["y", "float32"]],
      }),
      functions: [scaled],
    });
    const model = await expectAgreement(bytes);
    expect(model.stepInfos[0]!.operator).to.equal("LeakyRelu+Tanh");
  });
});
