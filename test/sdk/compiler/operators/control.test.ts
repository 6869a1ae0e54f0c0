import { expect } from "chai";
import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import { expectError } from "../../../support/errors.ts";
import {
  type AttributeValue,
  type GraphParts,
  graphProto,
  nodeProto,
  type OnnxType,
  onnxFile,
  tensorProto,
  valueProto,
} from "../../../support/onnx.ts";
import { expectAgreement } from "../../../support/onnx-oracle.ts";

type Node = GraphParts["nodes"][number];

/** A graph of a branch: it sees the names around it. */
function branch(nodes: readonly Node[], type: OnnxType = "float32"): AttributeValue {
  return { graph: graphProto({ nodes, inputs: [], outputs: [["result", type]] }) };
}

const sized = (size: number): Node => nodeProto("ConstantOfShape", [`size${size}`], ["result"]);
const SIZES = [3, 4].map((size) => tensorProto(`size${size}`, "int64", [1], [size]));

/** One of two branches, by whether the sum of an input is positive. */
function conditional(then_branch: AttributeValue, else_branch: AttributeValue): Uint8Array {
  return onnxFile({
    nodes: [
      nodeProto("ReduceSum", ["x"], ["sum"], { keepdims: 1 }),
      nodeProto("Greater", ["sum", "zero"], ["isPositive"]),
      nodeProto("If", ["isPositive"], ["y"], { then_branch, else_branch }, "choice"),
    ],
    inputs: [valueProto("x", "float32", [4])],
    outputs: [["y", "float32"]],
    initializers: [tensorProto("zero", "float32", [], [0]), ...SIZES],
  });
}

interface Doubling {
  readonly trips?: number;
  readonly scans?: boolean;
}

/** Doubles an input until its sum is large. */
function doubling({ trips, scans = false }: Doubling): Uint8Array {
  const body = graphProto({
    nodes: [
      nodeProto("Add", ["state", "state"], ["next"]),
      nodeProto("ReduceSum", ["next"], ["sum"], { keepdims: 0 }),
      nodeProto("Less", ["sum", "large"], ["goesOn"]),
      nodeProto("Identity", ["sum"], ["listed"]),
    ],
    inputs: [
      valueProto("i", "int64", []),
      valueProto("going", "bool", []),
      valueProto("state", "float32", [3]),
    ],
    outputs: [["goesOn", "bool"], ["next", "float32"], ...(scans ? [["listed", "float32"] as const] : [])],
  });
  return onnxFile({
    nodes: [
      nodeProto("ReduceSum", ["x"], ["start"], { keepdims: 0 }),
      nodeProto("Less", ["start", "large"], ["first"]),
      nodeProto("Loop", [trips === undefined ? "" : "trips", "first", "x"], scans ? ["y", "all"] : ["y"], {
        body: { graph: body },
      }),
    ],
    inputs: [valueProto("x", "float32", [3])],
    outputs: [["y", "float32"]],
    initializers: [
      tensorProto("large", "float32", [], [20]),
      ...(trips === undefined ? [] : [tensorProto("trips", "int64", [], [trips])]),
    ],
  });
}

describe("compileOnnx: conditions that the request decides", () => {
  it("default: If, whose branches are both computed", async () => {
    const bytes = conditional(
      branch([nodeProto("Exp", ["x"], ["result"])]),
      branch([nodeProto("Neg", ["x"], ["result"])]),
    );
    const model = await expectAgreement(bytes, { times: 20 });
    expect(model.inputs.map(({ name }) => name)).to.deep.equal(["x"]);
  });

  it("behavior: If inside of If, and what both branches give alike", async () => {
    const inner = [
      nodeProto("If", ["isPositive"], ["result"], {
        then_branch: branch([nodeProto("Abs", ["x"], ["result"])]),
        else_branch: branch([nodeProto("Identity", ["x"], ["result"])]),
      }),
    ];
    await expectAgreement(conditional(branch(inner), branch([nodeProto("Sqrt", ["x"], ["result"])])), {
      times: 20,
    });
    const same = branch([nodeProto("Identity", ["x"], ["result"])]);
    expect(compileOnnx(conditional(same, same)).report.steps).to.equal(1);
  });

  it("default: Loop with a bound, as many iterations as there may be", async () => {
    const model = await expectAgreement(doubling({ trips: 6 }), { between: { x: [-1, 4] }, times: 40 });
    expect(model.report.steps).to.be.greaterThan(6);
    await expectAgreement(doubling({ trips: 0 }), { between: { x: [-1, 9] }, times: 5 });
  });

  it("error: branches of different shapes or types", () => {
    expectError(
      "ONNX_DATA_DEPENDENT",
      () => compileOnnx(conditional(branch([sized(3)]), branch([sized(4)]))),
      {
        what: "Its condition, which decides between float32[3] and float32[4],",
        inputs: ["x"],
        node: "choice",
      },
    );
    const integers = branch([nodeProto("Cast", ["x"], ["result"], { to: 6 })], "int32");
    expectError("ONNX_DATA_DEPENDENT", () =>
      compileOnnx(conditional(branch([nodeProto("Neg", ["x"], ["result"])]), integers)),
    );
  });

  it("error: a branch that cannot be for these shapes", () => {
    const fits = branch([nodeProto("Neg", ["x"], ["result"])]);
    const broken = branch([
      nodeProto("ConstantOfShape", ["size3"], ["three"]),
      nodeProto("Add", ["x", "three"], ["result"]),
    ]);
    expectError("ONNX_DATA_DEPENDENT", () => compileOnnx(conditional(fits, broken)), {
      what: "Its condition",
      operator: "If",
    });
  });

  it("error: Loop without a bound, or whose number of iterations is the length of an output", () => {
    expectError("ONNX_DATA_DEPENDENT", () => compileOnnx(doubling({})), { operator: "Loop" });
    expectError("ONNX_DATA_DEPENDENT", () => compileOnnx(doubling({ trips: 4, scans: true })), {
      operator: "Loop",
      inputs: ["x"],
    });
  });
});
