/** Models of one node or two whose numbers are beyond all measure: each of them must be refused, or compile within the limits. */

import {
  floats,
  known,
  nodeProto,
  onnxFile,
  type SingleNode,
  singleNode,
  tensorProto,
  valueProto,
  weights,
} from "../onnx.ts";
import type { Random } from "../random.ts";

/** Sizes around every edge that there is: of bytes, of 16, 24, 31, 32, 53 and 63 bits. */
const EDGES = [8, 15, 16, 24, 30, 31, 32, 40, 53, 62].flatMap((bits) => [-1, 0, 1].map((d) => 2 ** bits + d));
const SMALL = [-2, -1, 0, 1, 2, 3, 5, 17];

/** A size that is small, huge, or negative. */
export function anySize(random: Random): number {
  const size = random.pick(random.chance(0.5) ? SMALL : EDGES);
  return random.chance(0.1) ? -size : size;
}

const sizes = (random: Random, most = 5): number[] =>
  Array.from({ length: random.integer(1, most) }, () => anySize(random));

type Recipe = (random: Random) => Uint8Array;

const single =
  (make: (random: Random) => SingleNode): Recipe =>
  (random) =>
    singleNode({ opset: 19, ...make(random) });

/** An input whose dimensions the file states, however large. */
function inputOf(dims: readonly number[], operator: string, attributes = {}): Uint8Array {
  return onnxFile({
    nodes: [nodeProto(operator, ["x"], ["y"], attributes)],
    inputs: [valueProto("x", "float32", dims)],
    outputs: [["y", "float32"]],
  });
}

/** By what is huge. */
export const SIZE_RECIPES: Readonly<Record<string, Recipe>> = {
  input: (random) =>
    inputOf(sizes(random), random.pick(["Relu", "Softmax", "Transpose", "Flatten", "ReduceSum"])),
  products: single((random) => ({
    operator: random.pick(["MatMul", "Gemm"]),
    inputs: [floats([anySize(random), anySize(random)]), floats([anySize(random), anySize(random)])],
  })),
  constantOfShape: single((random) => ({ operator: "ConstantOfShape", inputs: [known(...sizes(random))] })),
  expand: single((random) => ({ operator: "Expand", inputs: [floats([1]), known(...sizes(random))] })),
  expandedWeights: (random) =>
    onnxFile({
      nodes: [
        nodeProto("Expand", ["w", "s"], ["e"]),
        nodeProto("Transpose", ["e"], ["t"]),
        nodeProto("Add", ["t", "x"], ["y"]),
      ],
      inputs: [valueProto("x", "float32", [1])],
      outputs: [["y", "float32"]],
      initializers: [
        tensorProto("w", "float32", [2, 1], [1, 2]),
        tensorProto("s", "int64", [2], [2, Math.abs(anySize(random))]),
      ],
    }),
  tile: single((random) => ({
    operator: "Tile",
    inputs: [floats([2, 2]), known(anySize(random), anySize(random))],
  })),
  tiledWeights: single((random) => ({
    operator: "Tile",
    inputs: [weights([2, 2]), known(anySize(random), anySize(random))],
  })),
  range: single((random) => ({
    operator: "Range",
    inputs: [0, anySize(random), anySize(random)].map((value) => ({
      type: "int64",
      dims: [],
      values: [value],
    })),
    outputs: ["int64"],
  })),
  oneHot: single((random) => ({
    operator: "OneHot",
    inputs: [
      { type: "int64", dims: [3], values: [0, 1, anySize(random)] },
      { type: "int64", dims: [], values: [anySize(random)] },
      { type: "float32", dims: [2], values: [0, 1] },
    ],
  })),
  pad: single((random) => ({
    operator: "Pad",
    inputs: [floats([2, 3]), known(...Array.from({ length: 4 }, () => anySize(random)))],
    attributes: { mode: random.pick(["constant", "reflect", "edge", "wrap"]) },
  })),
  resize: single((random) => ({
    operator: "Resize",
    inputs: [floats([1, 1, 4, 4]), undefined, undefined, known(1, 1, anySize(random), anySize(random))],
    attributes: {
      mode: random.pick(["nearest", "linear", "cubic"]),
      coordinate_transformation_mode: random.pick(["half_pixel", "asymmetric", "align_corners"]),
    },
  })),
  scaled: single((random) => ({
    operator: "Resize",
    inputs: [
      floats([1, 1, 4, 4]),
      undefined,
      { type: "float32", dims: [4], values: [1, 1, random.pick([0, -1, 1e9, 1e38, Number.NaN]), 0.001] },
    ],
  })),
  conv: single((random) => ({
    operator: random.pick(["Conv", "ConvTranspose"]),
    inputs: [floats([1, 2, 5, 5]), weights([2, 2, 3, 3])],
    attributes: {
      ...(random.chance(0.5) ? { pads: Array.from({ length: 4 }, () => anySize(random)) } : {}),
      ...(random.chance(0.5) ? { strides: [anySize(random), anySize(random)] } : {}),
      ...(random.chance(0.5) ? { dilations: [anySize(random), anySize(random)] } : {}),
      ...(random.chance(0.3) ? { group: anySize(random) } : {}),
      ...(random.chance(0.3) ? { kernel_shape: [anySize(random), anySize(random)] } : {}),
      ...(random.chance(0.2) ? { output_padding: [anySize(random), anySize(random)] } : {}),
    },
  })),
  pool: single((random) => ({
    operator: random.pick(["MaxPool", "AveragePool", "LpPool"]),
    inputs: [floats([1, 1, 7, 7])],
    attributes: {
      kernel_shape: [anySize(random), anySize(random)],
      ...(random.chance(0.5) ? { pads: Array.from({ length: 4 }, () => anySize(random)) } : {}),
      ...(random.chance(0.5) ? { strides: [anySize(random), anySize(random)] } : {}),
      ...(random.chance(0.3) ? { ceil_mode: 1 } : {}),
    },
  })),
  recurrent: single((random) => {
    const [sequence, batch, input, hidden] = [anySize(random), random.integer(0, 2), 2, random.integer(0, 3)];
    const gates = random.pick([1, 3, 4]);
    return {
      operator: random.pick(["LSTM", "GRU", "RNN"]),
      inputs: [
        floats([sequence, batch, input]),
        weights([1, gates * hidden, input]),
        weights([1, gates * hidden, hidden]),
      ],
      attributes: { hidden_size: random.chance(0.8) ? hidden : anySize(random) },
    };
  }),
  reshape: single((random) => ({
    operator: "Reshape",
    inputs: [floats([4, 6]), known(...sizes(random))],
    ...(random.chance(0.3) ? { attributes: { allowzero: 1 } } : {}),
  })),
  slice: single((random) => ({
    operator: "Slice",
    inputs: [floats([7, 5]), ...Array.from({ length: 4 }, () => known(anySize(random)))],
  })),
  topK: single((random) => ({
    operator: "TopK",
    inputs: [floats([2, random.pick([3, 40, 3000])]), known(anySize(random))],
    attributes: { axis: random.integer(-3, 3) },
    outputs: ["float32", "int64"],
  })),
  axes: single((random) => ({
    operator: random.pick(["ReduceSum", "Unsqueeze", "Squeeze"]),
    inputs: [floats([2, 3]), known(...sizes(random, 30))],
  })),
  axis: single((random) => ({
    operator: random.pick(["Softmax", "Concat", "Flatten", "LogSoftmax", "Hardmax", "ArgMax"]),
    inputs: [floats([2, 3])],
    attributes: { axis: anySize(random) },
  })),
  split: single((random) => ({
    operator: "Split",
    inputs: [floats([12]), known(...sizes(random))],
    outputs: ["float32", "float32"],
  })),
  depth: single((random) => ({
    operator: random.pick(["DepthToSpace", "SpaceToDepth"]),
    inputs: [floats([1, 4, 4, 4])],
    attributes: { blocksize: anySize(random) },
  })),
  eye: single((random) => ({
    operator: "EyeLike",
    inputs: [floats([anySize(random), anySize(random)])],
    attributes: { k: anySize(random) },
  })),
  cumulative: single((random) => ({
    operator: "CumSum",
    inputs: [
      floats([random.pick([3, 1000, 10_000])]),
      { type: "int64", dims: [], values: [anySize(random)] },
    ],
  })),
  gather: single((random) => ({
    operator: random.pick(["Gather", "GatherElements", "GatherND"]),
    inputs: [floats([4, 3]), { type: "int64", dims: [1, 2], values: [anySize(random), anySize(random)] }],
    attributes: random.chance(0.5) ? { axis: anySize(random) } : {},
  })),
  scatter: single((random) => ({
    operator: random.pick(["ScatterND", "ScatterElements"]),
    inputs: [
      floats([4, 3]),
      { type: "int64", dims: [1, 2], values: [anySize(random), anySize(random)] },
      floats(random.pick([[1], [1, 2]])),
    ],
  })),
  einsum: single((random) => {
    const letters = (count: number): string =>
      Array.from({ length: count }, () =>
        random.pick(["a", "b", "c", "d", "..", "->", ",", " ", "Z", "."]),
      ).join("");
    const equation = random.pick([
      "ab,bc->ac",
      "ab,cd->abcd",
      "aa->a",
      "ab->",
      letters(random.integer(0, 12)),
    ]);
    const dim = (): number => (random.chance(0.7) ? random.integer(1, 4) : Math.abs(anySize(random)));
    return {
      operator: "Einsum",
      inputs: equation
        .split("->")[0]!
        .split(",")
        .map((term) => floats(Array.from(term, dim))),
      attributes: { equation },
    };
  }),
};
