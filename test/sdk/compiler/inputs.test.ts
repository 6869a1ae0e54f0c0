import { expect } from "chai";
import { compileOnnx } from "../../../sdk/src/compiler/index.ts";
import { run } from "../../../sdk/src/runtime/index.ts";
import { expectError } from "../../support/errors.ts";
import {
  type Dimension,
  nodeProto,
  type OnnxType,
  onnxFile,
  tensorProto,
  valueProto,
} from "../../support/onnx.ts";
import { expectAgreement } from "../../support/onnx-oracle.ts";

const relu = (dims: readonly Dimension[], type: OnnxType = "float32"): Uint8Array =>
  onnxFile(
    {
      nodes: [nodeProto("Relu", ["x"], ["y"])],
      inputs: [valueProto("x", type, dims)],
      outputs: [["y", type]],
    },
    14,
  );

describe("compileOnnx: inputs and outputs", () => {
  it("args: dims", () => {
    const model = compileOnnx(relu(["batch", 3, "width"]), { dims: { batch: 2, width: 5 } });
    expect(model.inputs).to.deep.equal([
      { name: "x", type: "float32", elementType: "f32", dims: [2, 3, 5], byteOffset: 0, byteLength: 120 },
    ]);
    expect(model.outputs).to.deep.equal([
      { name: "y", type: "float32", elementType: "f32", dims: [2, 3, 5], byteOffset: 0, byteLength: 120 },
    ]);
    expect(model.record.inputBytes).to.equal(120);
  });

  it("args: dims of dimensions without a name, or of size 0", () => {
    const model = compileOnnx(relu([undefined, 3, 0]), { dims: { "x:0": 2, "x:2": 4 } });
    expect(model.inputs[0]!.dims).to.deep.equal([2, 3, 4]);
  });

  it("args: dims by place where the dimension has a name", () => {
    expect(compileOnnx(relu(["batch", 3]), { dims: { "x:0": 2 } }).inputs[0]!.dims).to.deep.equal([2, 3]);
  });

  it("behavior: one name binds all dimensions that have it", () => {
    const bytes = onnxFile({
      nodes: [nodeProto("Add", ["a", "b"], ["y"])],
      inputs: [valueProto("a", "float32", ["n", 3]), valueProto("b", "float32", ["n", 1])],
      outputs: [["y", "float32"]],
    });
    expect(compileOnnx(bytes, { dims: { n: 4 } }).outputs[0]!.dims).to.deep.equal([4, 3]);
  });

  it("behavior: inputs begin on words, in the order of the file, used or not", () => {
    const bytes = onnxFile({
      nodes: [nodeProto("Relu", ["b"], ["y"])],
      inputs: [
        valueProto("a", "uint8", [33]),
        valueProto("b", "float32", [1]),
        valueProto("c", "int64", [9]),
      ],
      outputs: [["y", "float32"]],
    });
    const model = compileOnnx(bytes);
    expect(model.inputs.map(({ byteOffset }) => byteOffset)).to.deep.equal([0, 64, 96]);
    expect(model.record.inputBytes).to.equal(96 + 36);
  });

  it("behavior: initializers among the inputs are constants", () => {
    const bytes = onnxFile({
      nodes: [nodeProto("Add", ["x", "w"], ["y"])],
      inputs: [valueProto("x", "float32", [2]), valueProto("w", "float32", [2])],
      outputs: [["y", "float32"]],
      initializers: [tensorProto("w", "float32", [2], [1, 2])],
    });
    expect(compileOnnx(bytes).inputs.map(({ name }) => name)).to.deep.equal(["x"]);
  });

  it("behavior: several outputs are packed by the last step, whatever their types", async () => {
    const bytes = onnxFile({
      nodes: [
        nodeProto("Relu", ["x"], ["a"]),
        nodeProto("Greater", ["x", "zero"], ["b"]),
        nodeProto("ArgMax", ["x"], ["c"], { axis: 1 }),
        nodeProto("Transpose", ["a"], ["d"], { perm: [1, 0] }),
      ],
      inputs: [valueProto("x", "float32", [5, 7])],
      outputs: [
        ["a", "float32"],
        ["b", "bool"],
        ["c", "int64"],
        ["d", "float32"],
      ],
      initializers: [tensorProto("zero", "float32", [], [0])],
    });
    const model = await expectAgreement(bytes);
    expect(model.outputs.map(({ byteOffset, elementType }) => [byteOffset, elementType])).to.deep.equal([
      [0, "f32"],
      [160, "u8"],
      [224, "i32"],
      [256, "f32"],
    ]);
    expect(model.record.outputBytes).to.equal(256 + 140);
    expect(model.steps.at(-1)?.type).to.equal("u8");
  });

  it("behavior: a hundred outputs are packed in stages", async () => {
    const names = Array.from({ length: 100 }, (_, i) => `y${i}`);
    const bytes = onnxFile({
      nodes: names.map((name, i) => nodeProto(i % 2 === 0 ? "Exp" : "Neg", ["x"], [name])),
      inputs: [valueProto("x", "float32", [5])],
      outputs: names.map((name) => [name, "float32"] as const),
    });
    const model = await expectAgreement(bytes);
    expect(model.stepInfos.filter(({ operator }) => operator === "Outputs").length).to.equal(5);
  });

  it("behavior: an output can be an input or a constant", async () => {
    const bytes = onnxFile({
      nodes: [nodeProto("Identity", ["x"], ["y"]), nodeProto("Identity", ["w"], ["z"])],
      inputs: [valueProto("x", "int64", [3])],
      outputs: [
        ["y", "int64"],
        ["z", "int64"],
        ["x", "int64"],
      ],
      initializers: [tensorProto("w", "int64", [2], [-7, 8])],
    });
    const model = compileOnnx(bytes);
    const data = BigInt64Array.of(1n, -2n, 3n);
    const outputs = await run(model, { x: { type: "int64", dims: [3], data } });
    expect([...outputs.y!.data]).to.deep.equal([1n, -2n, 3n]);
    expect([...outputs.z!.data]).to.deep.equal([-7n, 8n]);
    expect([...outputs.x!.data]).to.deep.equal([1n, -2n, 3n]);
  });

  it("error: a dimension that nobody binds", () => {
    expectError("ONNX_UNBOUND_DIMENSION", () => compileOnnx(relu(["batch", 3])), {
      input: "x",
      axis: 0,
      dimension: "batch",
    });
    expectError("ONNX_UNBOUND_DIMENSION", () => compileOnnx(relu([3, undefined])), {
      input: "x",
      axis: 1,
      dimension: "x:1",
    });
    expectError("ONNX_UNBOUND_DIMENSION", () => compileOnnx(relu([0])), { dimension: "x:0" });
  });

  it("error: a binding that fits nothing", () => {
    for (const [name, value] of [
      ["width", 2],
      ["x:1", 2],
      ["toString", 2],
      ["batch", 0],
      ["batch", 1.5],
      ["batch", Number.NaN],
    ] as const) {
      expectError(
        "ONNX_DIMENSION_OPTION",
        () => compileOnnx(relu(["batch", 3]), { dims: { [name]: value } }),
        {
          dimension: name,
          open: ["batch", "x:0"],
        },
      );
    }
  });

  it("error: an input of a type that the machine does not have", () => {
    expectError("ONNX_UNSUPPORTED_TYPE", () => compileOnnx(relu([3], "float64")), {
      what: 'Input "x"',
      type: "float64",
    });
  });

  it("behavior: a model without inputs takes one byte, which says nothing", async () => {
    const bytes = onnxFile({
      nodes: [nodeProto("Constant", [], ["y"], { value_float: { float: 1.5 } })],
      inputs: [],
      outputs: [["y", "float32"]],
    });
    const model = compileOnnx(bytes);
    expect(model.inputs).to.deep.equal([]);
    expect(model.record.inputBytes).to.equal(1);
    expect([...(await run(model, {})).y!.data]).to.deep.equal([1.5]);
  });

  describe("args: initializers", () => {
    const reshaped = (): Uint8Array =>
      onnxFile({
        nodes: [nodeProto("Reshape", ["x", "shape"], ["y"])],
        inputs: [valueProto("x", "float32", [6]), valueProto("shape", "int64", ["rank"])],
        outputs: [["y", "float32"]],
      });
    const shape = { type: "int64", dims: [2], data: BigInt64Array.of(2n, 3n) } as const;

    it("behavior: an input that is given becomes a constant, and is no part of requests", () => {
      const model = compileOnnx(reshaped(), { initializers: { shape } });
      expect(model.inputs.map(({ name }) => name)).to.deep.equal(["x"]);
      expect(model.outputs[0]!.dims).to.deep.equal([2, 3]);
    });

    it("behavior: the model is that of the file with the initializer inside", () => {
      const inside = onnxFile({
        nodes: [nodeProto("Reshape", ["x", "shape"], ["y"])],
        inputs: [valueProto("x", "float32", [6])],
        outputs: [["y", "float32"]],
        initializers: [tensorProto("shape", "int64", [2], [2, 3])],
      });
      expect(compileOnnx(reshaped(), { initializers: { shape } }).modelId).to.equal(
        compileOnnx(inside).modelId,
      );
    });

    it("error: without it, naming the input that must be known", () => {
      expectError("ONNX_DATA_DEPENDENT", () => compileOnnx(reshaped(), { dims: { rank: 2 } }), {
        what: "Its shape",
        inputs: ["shape"],
      });
    });

    it("error: what is no input, or is of another type, shape or length", () => {
      const wrong = {
        form: shape,
        x: { type: "int64", dims: [6], data: new BigInt64Array(6) },
        shape: { type: "int64", dims: [2, 1], data: BigInt64Array.of(2n, 3n) },
      } as const;
      for (const [input, tensor] of Object.entries(wrong)) {
        expectError(
          "ONNX_INITIALIZER_OPTION",
          () => compileOnnx(reshaped(), { initializers: { [input]: tensor } }),
          { input },
        );
      }
      const short = { type: "int64", dims: [3], data: BigInt64Array.of(2n) } as const;
      expectError(
        "ONNX_INITIALIZER_OPTION",
        () => compileOnnx(reshaped(), { initializers: { shape: short } }),
        {
          problem: "it holds 1 elements, not 3",
        },
      );
    });
  });
});
