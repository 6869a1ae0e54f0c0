import { expect } from "chai";
import { CompilerError, compileOnnx, LIMITS } from "../../../sdk/src/compiler/index.ts";
import { expectError } from "../../support/errors.ts";
import { encodeModel, graphProto, nodeProto, onnxFile, tensorProto, valueProto } from "../../support/onnx.ts";

const X = valueProto("x", "float32", [2, 3]);
const outputs = [["y", "float32"]] as const;
const OPSETS = [{ domain: "", version: 13n }];

describe("compileOnnx: files that are refused", () => {
  it("error: no protobuf", () => {
    for (const bytes of [
      new Uint8Array(0),
      Uint8Array.of(0xff),
      Uint8Array.of(0x3a, 0x05, 1),
      new TextEncoder().encode("onnx"),
    ]) {
      expectError("ONNX_MALFORMED", () => compileOnnx(bytes));
    }
  });

  it("error: no graph, or no operators", () => {
    expectError("ONNX_MALFORMED", () => compileOnnx(encodeModel({ opsetImport: OPSETS })));
    expectError("ONNX_MALFORMED", () =>
      compileOnnx(encodeModel({ graph: graphProto({ nodes: [], inputs: [X], outputs }) })),
    );
  });

  it("error: opsets of another age", () => {
    for (const opset of [0, 22, 99]) {
      const bytes = onnxFile({ nodes: [nodeProto("Relu", ["x"], ["y"])], inputs: [X], outputs }, opset);
      expectError("ONNX_UNSUPPORTED_OPSET", () => compileOnnx(bytes), {
        domain: "",
        version: opset,
        least: 1,
        most: 21,
      });
    }
  });

  it("error: an operator that nobody knows", () => {
    const bytes = onnxFile({
      nodes: [nodeProto("Imagine", ["x"], ["y"], {}, "dream")],
      inputs: [X],
      outputs,
    });
    expectError("ONNX_UNSUPPORTED_OPERATOR", () => compileOnnx(bytes), {
      node: "dream",
      operator: "Imagine",
      domain: "",
      opset: 13,
    });
    try {
      compileOnnx(bytes);
    } catch (error) {
      expect(error).to.be.instanceOf(CompilerError);
      expect((error as CompilerError).message)
        .to.include('node "dream", Imagine of ai.onnx opset 13')
        .and.to.include("Softmax");
    }
  });

  it("error: an operator of another domain", () => {
    const bytes = encodeModel({
      opsetImport: [...OPSETS, { domain: "com.microsoft", version: 1n }],
      graph: graphProto({
        nodes: [{ ...nodeProto("Relu", ["x"], ["y"]), domain: "com.microsoft" }],
        inputs: [X],
        outputs,
      }),
    });
    expectError("ONNX_UNSUPPORTED_OPERATOR", () => compileOnnx(bytes), { domain: "com.microsoft", opset: 1 });
  });

  it("error: an operator before its time, or after it", () => {
    const node = (operator: string) =>
      onnxFile({ nodes: [nodeProto(operator, ["x"], ["y"])], inputs: [X], outputs }, 12);
    expectError("ONNX_UNSUPPORTED_OPERATOR", () => compileOnnx(node("HardSwish")), {
      operator: "HardSwish",
      opset: 12,
    });
    expectError("ONNX_UNSUPPORTED_OPERATOR", () => compileOnnx(node("Upsample")), {
      operator: "Upsample",
      opset: 12,
    });
  });

  it("error: an input that does not exist", () => {
    const bytes = onnxFile({ nodes: [nodeProto("Relu", ["nothing"], ["y"])], inputs: [X], outputs });
    expectError("ONNX_MALFORMED", () => compileOnnx(bytes), { operator: "Relu" });
  });

  it("error: an input that is left out", () => {
    const bytes = onnxFile({ nodes: [nodeProto("Add", ["x"], ["y"])], inputs: [X], outputs });
    expectError("ONNX_MALFORMED", () => compileOnnx(bytes), { operator: "Add" });
  });

  it("error: an output that is never computed", () => {
    expectError("ONNX_MALFORMED", () => compileOnnx(onnxFile({ nodes: [], inputs: [X], outputs })));
  });

  it("error: nodes in a circle", () => {
    const nodes = [
      nodeProto("Add", ["x", "b"], ["a"]),
      nodeProto("Neg", ["a"], ["b"]),
      nodeProto("Abs", ["b"], ["y"]),
    ];
    expectError("ONNX_MALFORMED", () => compileOnnx(onnxFile({ nodes, inputs: [X], outputs })));
    const alone = [nodeProto("Add", ["x", "y"], ["y"])];
    expectError("ONNX_MALFORMED", () => compileOnnx(onnxFile({ nodes: alone, inputs: [X], outputs })));
  });

  it("behavior: nodes may stand in any order", () => {
    const nodes = [
      nodeProto("Abs", ["b"], ["y"]),
      nodeProto("Neg", ["a"], ["b"]),
      nodeProto("Exp", ["x"], ["a"]),
    ];
    expect(compileOnnx(onnxFile({ nodes, inputs: [X], outputs })).stepInfos[0]!.operator).to.equal(
      "Exp+Neg+Abs",
    );
  });

  it("behavior: what no output needs may be anything", () => {
    const nodes = [nodeProto("Relu", ["x"], ["y"]), nodeProto("Imagine", ["x"], ["z"])];
    expect(compileOnnx(onnxFile({ nodes, inputs: [X], outputs })).report.steps).to.equal(1);
  });

  it("error: names given twice", () => {
    const twice =
      (...nodes: readonly ReturnType<typeof nodeProto>[]) =>
      () =>
        compileOnnx(onnxFile({ nodes, inputs: [X], outputs }));
    expectError("ONNX_MALFORMED", twice(nodeProto("Relu", ["x"], ["y"]), nodeProto("Abs", ["x"], ["y"])));
    expectError("ONNX_MALFORMED", twice(nodeProto("Relu", ["x"], ["x"]), nodeProto("Abs", ["x"], ["y"])));
    const w = tensorProto("w", "float32", [1], [1]);
    const nodes = [nodeProto("Add", ["x", "w"], ["y"])];
    expectError("ONNX_MALFORMED", () =>
      compileOnnx(onnxFile({ nodes, inputs: [X], outputs, initializers: [w, w] })),
    );
    expectError("ONNX_MALFORMED", () =>
      compileOnnx(onnxFile({ nodes: [nodeProto("Relu", ["x"], ["y"])], inputs: [X, X], outputs })),
    );
    expectError("ONNX_MALFORMED", () =>
      compileOnnx(
        onnxFile({
          nodes: [nodeProto("Relu", ["x"], ["y"])],
          inputs: [X],
          outputs: [...outputs, ...outputs],
        }),
      ),
    );
  });

  it("error: attributes of the wrong kind, or given twice", () => {
    const bytes = onnxFile({
      nodes: [nodeProto("Transpose", ["x"], ["y"], { perm: 1 })],
      inputs: [X],
      outputs,
    });
    expectError("ONNX_MALFORMED", () => compileOnnx(bytes), { operator: "Transpose" });
    const node = nodeProto("Transpose", ["x"], ["y"], { perm: [1, 0] });
    const attribute = [...(node.attribute as readonly unknown[]), ...(node.attribute as readonly unknown[])];
    expectError("ONNX_MALFORMED", () =>
      compileOnnx(onnxFile({ nodes: [{ ...node, attribute }], inputs: [X], outputs })),
    );
  });

  const withTensor = (tensor: Readonly<Record<string, unknown>>) => () =>
    compileOnnx(
      onnxFile({
        nodes: [nodeProto("Add", ["x", "w"], ["y"])],
        inputs: [X],
        outputs,
        initializers: [tensor],
      }),
    );

  it("error: tensors whose data and dimensions disagree", () => {
    const w = tensorProto("w", "float32", [3], [1, 2, 3]);
    const bad = [
      { dims: [4n] },
      { dims: [-3n] },
      { dims: [2n ** 40n, 2n ** 40n] },
      { dims: [0n, 2n ** 62n, 2n ** 62n] },
      { dims: Array(30).fill(1n) },
      { floatData: [], rawData: new Uint8Array(13) },
      { floatData: [], rawData: new Uint8Array(16) },
      { floatData: [] },
      { segment: { begin: 0n, end: 3n } },
    ];
    for (const fields of bad) expectError("ONNX_MALFORMED", withTensor({ ...w, ...fields }));
  });

  it("error: tensors of types that cannot be held", () => {
    for (const [dataType, type] of [
      [8, "string"],
      [14, "complex64"],
      [17, "float8e4m3fn"],
      [22, "int4"],
      [77, "type 77"],
      [0, "undefined"],
    ] as const) {
      expectError(
        "ONNX_UNSUPPORTED_TYPE",
        withTensor({ ...tensorProto("w", "float32", [0], []), dataType }),
        { type },
      );
    }
  });

  it("error: data outside of the file", () => {
    const externalData = [{ key: "location", value: "weights.bin" }];
    const w = { ...tensorProto("w", "float32", [3], []), dataLocation: 1, externalData };
    expectError("ONNX_EXTERNAL_DATA", withTensor(w), { tensor: "w", location: "weights.bin" });
  });

  it("error: sparse initializers", () => {
    const graph = {
      ...graphProto({ nodes: [nodeProto("Relu", ["x"], ["y"])], inputs: [X], outputs }),
      sparseInitializer: [{ values: tensorProto("s", "float32", [1], [1]) }],
    };
    expectError("ONNX_MALFORMED", () => compileOnnx(encodeModel({ opsetImport: OPSETS, graph })));
  });

  it("error: inputs that are no tensors, or of no shape", () => {
    const nodes = [nodeProto("Relu", ["x"], ["y"])];
    for (const type of [undefined, { value: { case: "tensorType", value: { elemType: 1 } } }]) {
      const input = type === undefined ? { name: "x" } : { name: "x", type };
      expectError("ONNX_MALFORMED", () => compileOnnx(onnxFile({ nodes, inputs: [input], outputs })));
    }
    for (const [kind, type] of Object.entries({ sequenceType: "sequence", optionalType: "optional" })) {
      const input = { name: "x", type: { value: { case: kind, value: {} } } };
      expectError("ONNX_UNSUPPORTED_TYPE", () => compileOnnx(onnxFile({ nodes, inputs: [input], outputs })), {
        type,
      });
    }
  });

  it("error: an output without elements", () => {
    const nodes = [nodeProto("Slice", ["x", "zero", "zero"], ["y"])];
    const initializers = [tensorProto("zero", "int64", [1], [0])];
    const inputs = [valueProto("x", "float32", [2, 3])];
    expectError("ONNX_EMPTY_OUTPUT", () => compileOnnx(onnxFile({ nodes, inputs, outputs, initializers })), {
      output: "y",
      dims: [0, 3],
    });
  });

  it("error: a model that imports other operators only", () => {
    const node = { ...nodeProto("Adagrad", ["x"], ["y"]), domain: "ai.onnx.preview.training" };
    const graph = graphProto({ nodes: [node], inputs: [X], outputs });
    const opsetImport = [{ domain: "ai.onnx.preview.training", version: 1n }];
    expectError("ONNX_UNSUPPORTED_OPERATOR", () => compileOnnx(encodeModel({ opsetImport, graph })), {
      ...{ operator: "Adagrad", domain: "ai.onnx.preview.training", opset: 1 },
    });
  });

  it("error: graphs within graphs without end", () => {
    let graph = graphProto({
      nodes: [nodeProto("Relu", ["x"], ["t0"])],
      inputs: [],
      outputs: [["t0", "float32"]],
    });
    const c = tensorProto("c", "bool", [], [1]);
    for (let i = 1; i <= 40; i++) {
      const node = nodeProto("If", ["c"], [`t${i}`], { then_branch: { graph }, else_branch: { graph } });
      graph = graphProto({
        nodes: [{ ...node, attribute: (node.attribute as readonly unknown[]).slice(0, 1) }],
        inputs: [],
        outputs: [[`t${i}`, "float32"]],
      });
    }
    const whole = { ...graph, input: [X], initializer: [c] };
    expectError("ONNX_LIMIT_EXCEEDED", () => compileOnnx(encodeModel({ opsetImport: OPSETS, graph: whole })));
  });

  it("error: millions of empty messages", () => {
    // Field 7 (graph) holding field 1 (node) of length 0 over and over: two bytes become an object.
    const nodes = new Uint8Array(6_000_000).map((_, i) => (i % 2 === 0 ? 0x0a : 0));
    const length = [0x80, 0x9b, 0xee, 0x02];
    const bytes = new Uint8Array(5 + nodes.length);
    bytes.set([0x3a, ...length]);
    bytes.set(nodes, 5);
    expectError("ONNX_LIMIT_EXCEEDED", () => compileOnnx(bytes), { limit: LIMITS.decodedBytes });
  });

  it("error: a function that calls itself", () => {
    const f = {
      ...{ name: "F", domain: "local", input: ["a"], output: ["b"], opsetImport: OPSETS },
      node: [{ ...nodeProto("F", ["a"], ["b"]), domain: "local" }],
    };
    const graph = graphProto({
      nodes: [{ ...nodeProto("F", ["x"], ["y"]), domain: "local" }],
      inputs: [X],
      outputs,
    });
    expectError("ONNX_LIMIT_EXCEEDED", () =>
      compileOnnx(encodeModel({ opsetImport: OPSETS, graph, functions: [f] })),
    );
  });

  it("error: a step that no cutting can prove", () => {
    // A product of 150 factors: the machine has 256 registers.
    const names = Array.from({ length: 150 }, (_, i) => `x${i}`);
    const inputs = names.map((name) => valueProto(name, "float32", [2, 2, 2, 2]));
    const nodes = [nodeProto("Einsum", names, ["y"], { equation: `${names.map(() => "abcd").join(",")}->` })];
    const bytes = onnxFile({ nodes, inputs, outputs });
    const at = { operator: "Einsum", domain: "", opset: 13 };
    const error = expectError("ONNX_UNPROVABLE_STEP", () => compileOnnx(bytes), {
      ...at,
      nodes: ["Einsum_0"],
    });
    expect(error.message).to.contain("Einsum of ai.onnx opset 13");
  });
});
