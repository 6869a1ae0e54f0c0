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

type Line = readonly [
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes?: Attributes,
];

const nodes = (lines: readonly Line[]) =>
  lines.map(([operator, inputs, outputs, attributes]) =>
    nodeProto(operator, inputs, outputs, attributes, outputs[0]),
  );
const matrix = (name: string, dims: readonly number[], seed: number, scale = 0.2) =>
  tensorProto(
    name,
    "float32",
    dims,
    weights(dims, seed).values!.map((value) => value * scale),
  );
const integers = (name: string, ...values: readonly number[]) =>
  tensorProto(name, "int64", [values.length], values);
const number = (name: string, value: number) => tensorProto(name, "float32", [], [value]);

/** One block of a transformer as exporters write it: embedding, layer normalization and GELU in pieces, a causal mask. */
function transformer(length: number): Uint8Array {
  const [heads, size] = [4, 8];
  const width = heads * size;
  const normalize = (input: string, output: string): Line[] => [
    ["ReduceMean", [input], [`${output}_mean`], { axes: [-1] }],
    ["Sub", [input, `${output}_mean`], [`${output}_centered`]],
    ["Pow", [`${output}_centered`, "two"], [`${output}_squares`]],
    ["ReduceMean", [`${output}_squares`], [`${output}_variance`], { axes: [-1] }],
    ["Add", [`${output}_variance`, "epsilon"], [`${output}_shifted`]],
    ["Sqrt", [`${output}_shifted`], [`${output}_deviation`]],
    ["Div", [`${output}_centered`, `${output}_deviation`], [`${output}_normal`]],
    ["Mul", [`${output}_normal`, "gain"], [`${output}_scaled`]],
    ["Add", [`${output}_scaled`, "shift"], [output]],
  ];
  const head = (weight: string, output: string, perm: readonly number[]): Line[] => [
    ["MatMul", ["n", weight], [`${output}_flat`]],
    ["Reshape", [`${output}_flat`, "split"], [`${output}_heads`]],
    ["Transpose", [`${output}_heads`], [output], { perm }],
  ];
  return onnxFile({
    nodes: nodes([
      ["Gather", ["table", "tokens"], ["words"]],
      ["Add", ["words", "positions"], ["x"]],
      ...normalize("x", "n"),
      ...head("wq", "q", [0, 2, 1, 3]),
      ...head("wk", "k", [0, 2, 3, 1]),
      ...head("wv", "v", [0, 2, 1, 3]),
      ["MatMul", ["q", "k"], ["scores"]],
      ["Div", ["scores", "root"], ["scaled"]],
      ["Where", ["mask", "scaled", "least"], ["masked"]],
      ["Softmax", ["masked"], ["shares"], { axis: -1 }],
      ["MatMul", ["shares", "v"], ["mixed"]],
      ["Transpose", ["mixed"], ["rows"], { perm: [0, 2, 1, 3] }],
      ["Reshape", ["rows", "join"], ["joined"]],
      ["MatMul", ["joined", "wo"], ["projected"]],
      ["Add", ["projected", "x"], ["attended"]],
      ...normalize("attended", "m"),
      ["MatMul", ["m", "w1"], ["inner"]],
      ["Div", ["inner", "sqrt2"], ["e1"]],
      ["Erf", ["e1"], ["e2"]],
      ["Add", ["e2", "one"], ["e3"]],
      ["Mul", ["inner", "e3"], ["e4"]],
      ["Mul", ["e4", "half"], ["active"]],
      ["MatMul", ["active", "w2"], ["outer"]],
      ["Add", ["outer", "attended"], ["y"]],
    ]),
    inputs: [valueProto("tokens", "int64", [1, length])],
    outputs: [["y", "float32"]],
    initializers: [
      ...[matrix("table", [50, width], 1, 1), matrix("positions", [1, length, width], 2)],
      ...[
        matrix("wq", [width, width], 3),
        matrix("wk", [width, width], 4),
        matrix("wv", [width, width], 5),
        matrix("wo", [width, width], 6),
      ],
      ...[
        matrix("w1", [width, 4 * width], 7),
        matrix("w2", [4 * width, width], 8),
        matrix("gain", [width], 9, 1),
        matrix("shift", [width], 10),
      ],
      ...[
        integers("split", 0, 0, heads, size),
        integers("join", 0, 0, -1),
        number("two", 2),
        number("epsilon", 1e-5),
      ],
      ...[
        number("root", Math.sqrt(size)),
        number("least", -1e9),
        number("sqrt2", Math.SQRT2),
        number("one", 1),
        number("half", 0.5),
      ],
      tensorProto(
        "mask",
        "bool",
        [1, 1, length, length],
        Array.from({ length: length * length }, (_, i) => Number(i % length <= Math.floor(i / length))),
      ),
    ],
  });
}

/** A long short-term memory written out as exporters do when they unroll it. */
function unrolled(steps: number): Uint8Array {
  const lines: Line[] = [];
  for (let i = 0; i < steps; i++) {
    const [h, c] = i === 0 ? ["h0", "c0"] : [`h${i}`, `c${i}`];
    lines.push(
      ["Slice", ["x", `from${i}`, `to${i}`, "axis"], [`x${i}`]],
      ["Squeeze", [`x${i}`, "axis"], [`s${i}`]],
      ["Gemm", [`s${i}`, "w", "b"], [`a${i}`], { transB: 1 }],
      ["Gemm", [h, "r"], [`g${i}`], { transB: 1 }],
      ["Add", [`a${i}`, `g${i}`], [`sum${i}`]],
      ["Split", [`sum${i}`], [`i${i}`, `f${i}`, `o${i}`, `n${i}`], { axis: 1 }],
      ["Sigmoid", [`i${i}`], [`is${i}`]],
      ["Sigmoid", [`f${i}`], [`fs${i}`]],
      ["Sigmoid", [`o${i}`], [`os${i}`]],
      ["Tanh", [`n${i}`], [`nt${i}`]],
      ["Mul", [`fs${i}`, c], [`kept${i}`]],
      ["Mul", [`is${i}`, `nt${i}`], [`new${i}`]],
      ["Add", [`kept${i}`, `new${i}`], [`c${i + 1}`]],
      ["Tanh", [`c${i + 1}`], [`ct${i}`]],
      ["Mul", [`os${i}`, `ct${i}`], [`h${i + 1}`]],
    );
  }
  const bounds = Array.from({ length: steps }, (_, i) => [
    integers(`from${i}`, i),
    integers(`to${i}`, i + 1),
  ]).flat();
  return onnxFile({
    nodes: nodes(lines),
    inputs: [valueProto("x", "float32", [2, steps, 3])],
    outputs: [
      [`h${steps}`, "float32"],
      [`c${steps}`, "float32"],
    ],
    initializers: [
      ...bounds,
      ...[
        integers("axis", 1),
        matrix("w", [20, 3], 1, 1),
        matrix("b", [20], 2, 1),
        matrix("r", [20, 5], 3, 1),
      ],
      ...[
        tensorProto("h0", "float32", [2, 5], Array(10).fill(0)),
        tensorProto("c0", "float32", [2, 5], Array(10).fill(0)),
      ],
    ],
  });
}

describe("compileOnnx: blocks of networks", () => {
  it("default: a transformer's block", async () => {
    const model = await expectAgreement(transformer(12), {
      between: { tokens: [0, 49] },
      tolerance: { absolute: 1e-4, relative: 0 },
    });
    // No tensor is moved: heads are split, transposed and joined by addresses alone.
    expect(
      model.stepInfos
        .map(({ operator }) => operator)
        .filter((operator) => /^(Transpose|Reshape|Copy)/.test(operator)),
    ).to.deep.equal([]);
    expect(model.report.steps).to.be.at.most(24);
  });

  it("behavior: columns that lie far apart are copied rather than opened one by one", () => {
    const columns = (rows: number) =>
      onnxFile({
        nodes: [nodeProto("MatMul", ["a", "b"], ["y"])],
        inputs: [valueProto("a", "float32", [rows, 3000]), valueProto("b", "float32", [3000, 40])],
        outputs: [["y", "float32"]],
      });
    const operators = (rows: number) => compileOnnx(columns(rows)).stepInfos.map(({ operator }) => operator);
    // For many rows the copy is cheaper than the partial sums, for few ones not.
    expect(operators(3000)[0]).to.equal("Operand of MatMul");
    expect(new Set(operators(10))).to.deep.equal(new Set(["MatMul"]));
    expect(operators(3000).length).to.be.lessThan(operators(10).length);
  });

  it("default: an unrolled recurrent layer", async () => {
    const model = await expectAgreement(unrolled(5));
    expect(model.report.steps).to.be.at.most(5 * 4 + 1);
  });
});
