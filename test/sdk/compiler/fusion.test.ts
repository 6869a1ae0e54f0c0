import { expect } from "chai";
import { compileOnnx } from "../../../sdk/src/compiler/index.ts";
import {
  type Attributes,
  nodeProto,
  onnxFile,
  tensorProto,
  valueProto,
  weights,
} from "../../support/onnx.ts";
import { expectAgreement } from "../../support/onnx-oracle.ts";

type Line = readonly [operator: string, inputs: readonly string[], output: string, attributes?: Attributes];

/** A model with the input `x` and whatever constants the lines name as `w...`, shaped as given. */
function graph(
  lines: readonly Line[],
  constants: Readonly<Record<string, readonly number[]>> = {},
  outputs: readonly string[] = ["y"],
  dims: readonly number[] = [1, 3, 6, 6],
): Uint8Array {
  return onnxFile(
    {
      nodes: lines.map(([operator, inputs, output, attributes]) =>
        nodeProto(operator, inputs, [output], attributes, output),
      ),
      inputs: [valueProto("x", "float32", dims)],
      outputs: outputs.map((name) => [name, "float32"] as const),
      initializers: Object.entries(constants).map(([name, shape], i) =>
        tensorProto(name, "float32", shape, weights(shape, i + 1).values!),
      ),
    },
    14,
  );
}

const operators = (bytes: Uint8Array): readonly string[] =>
  compileOnnx(bytes).stepInfos.map(({ operator }) => operator);
const conv = (input: string, output: string, weight = "w"): Line => [
  "Conv",
  [input, weight],
  output,
  { pads: [1, 1, 1, 1] },
];
const KERNEL = [3, 3, 3, 3];

const CASES: Readonly<Record<string, readonly [bytes: Uint8Array, expected: readonly string[]]>> = {
  "activations join the convolution": [
    graph([conv("x", "c"), ["Relu", ["c"], "r"], ["Neg", ["r"], "y"]], { w: KERNEL }),
    ["Conv+Relu+Neg"],
  ],
  "so does what reads it twice": [
    graph([conv("x", "c"), ["Sigmoid", ["c"], "s"], ["Mul", ["c", "s"], "y"]], { w: KERNEL }),
    ["Conv+Sigmoid+Mul"],
  ],
  "and the sum with another branch": [
    graph([conv("x", "a"), conv("a", "b"), ["Add", ["a", "b"], "s"], ["Relu", ["s"], "y"]], { w: KERNEL }),
    ["Conv", "Conv+Add+Relu"],
  ],
  "of two convolutions that are added, the later one": [
    graph([conv("x", "a"), conv("x", "b", "v"), ["Add", ["a", "b"], "y"]], { w: KERNEL, v: KERNEL }),
    ["Conv", "Conv+Add"],
  ],
  "elementwise operators alone are one step": [
    graph([
      ["Abs", ["x"], "a"],
      ["Tanh", ["a"], "t"],
      ["Add", ["t", "x"], "s"],
      ["Exp", ["s"], "y"],
    ]),
    ["Abs+Tanh+Add+Exp"],
  ],
  "views in between cost nothing": [
    graph(
      [
        conv("x", "c"),
        ["Transpose", ["c"], "t", { perm: [0, 2, 3, 1] }],
        ["Relu", ["t"], "r"],
        ["Flatten", ["r"], "f"],
        ["Neg", ["f"], "y"],
      ],
      { w: KERNEL },
    ),
    ["Conv+Relu+Neg"],
  ],
  "nor do they between convolutions": [
    graph([conv("x", "a"), ["Transpose", ["a"], "t", { perm: [0, 1, 3, 2] }], conv("t", "y")], { w: KERNEL }),
    ["Conv", "Conv"],
  ],
  "a normalization goes into the weights": [
    graph([conv("x", "c"), ["BatchNormalization", ["c", "g", "g", "g", "h"], "n"], ["Relu", ["n"], "y"]], {
      w: KERNEL,
      g: [3],
      h: [3],
    }),
    ["BatchNormalization+Relu"],
  ],
  "an output that is also read is copied": [
    graph([conv("x", "c"), ["Relu", ["c"], "r"], conv("r", "y")], { w: KERNEL }, ["r", "y"]),
    ["Conv+Relu", "Copy", "Conv", "Outputs"],
  ],
  "padding is read through guards": [
    graph([
      ["Concat", ["x", "x"], "t", { axis: 1 }],
      ["Relu", ["t"], "y"],
    ]),
    ["Concat+Relu"],
  ],
  "softmax is four steps": [graph([["Softmax", ["x"], "y"]]), ["Softmax", "Softmax", "Softmax", "Softmax"]],
  "what no output needs is left out": [
    graph([conv("x", "c"), ["Exp", ["c"], "unused"], ["Relu", ["c"], "y"]], { w: KERNEL }),
    ["Conv+Relu"],
  ],
};

describe("compileOnnx: fusion", () => {
  for (const [title, [bytes, expected]] of Object.entries(CASES)) {
    it(`default: ${title}`, async () => {
      expect(operators(bytes)).to.deep.equal(expected);
      await expectAgreement(bytes, { between: { x: [-1, 1] } });
    });
  }

  it("behavior: steps name the nodes that they compute", () => {
    const bytes = graph([conv("x", "c"), ["Relu", ["c"], "y"]], { w: KERNEL });
    expect(compileOnnx(bytes).stepInfos).to.deep.equal([{ nodes: ["c", "y"], operator: "Conv+Relu" }]);
  });

  it("behavior: a tape that outgrows the registers is cut", async () => {
    const lines: Line[] = [];
    for (let i = 0; i < 20; i++)
      lines.push(["Tanh", [i === 0 ? "x" : `t${i - 1}`], i === 19 ? "y" : `t${i}`]);
    const bytes = graph(lines);
    expect(operators(bytes).length).to.be.within(2, 19);
    await expectAgreement(bytes);
  });

  it("behavior: convolutions lie with their channels last", () => {
    const model = compileOnnx(graph([conv("x", "a"), conv("a", "b"), ["Relu", ["b"], "y"]], { w: KERNEL }));
    const [first, second] = model.steps;
    // Row, column, channel; the second one then reduces rows of three times three neighbours without gaps.
    expect(first?.extents).to.deep.equal([6, 6, 3]);
    expect(second?.bodyOperands[0]?.address.strides.slice(-2)).to.deep.equal([3, 1]);
    expect(second?.bodyOperands[1]?.address.strides.at(-1)).to.equal(1);
  });
});
