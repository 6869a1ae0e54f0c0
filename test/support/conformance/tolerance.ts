/** How exactly the outputs of a graph must agree. */

import type { OnnxGraph } from "../../../sdk/src/compiler/onnx/model.ts";
import { EXACT, SUITE, type Tolerance } from "./values.ts";

/** Operators whose floats are elements of their inputs, or compare them. */
const EXACT_OPERATORS: ReadonlySet<string> = new Set([
  ...[
    "Abs",
    "And",
    "ArgMax",
    "ArgMin",
    "Ceil",
    "Clip",
    "Compress",
    "Concat",
    "ConcatFromSequence",
    "Constant",
  ],
  ...[
    "ConstantOfShape",
    "DepthToSpace",
    "Dropout",
    "Equal",
    "Expand",
    "EyeLike",
    "Flatten",
    "Floor",
    "Gather",
  ],
  ...[
    "GatherElements",
    "GatherND",
    "GlobalMaxPool",
    "Greater",
    "GreaterOrEqual",
    "Hardmax",
    "Identity",
    "IsInf",
  ],
  ...[
    "IsNaN",
    "Less",
    "LessOrEqual",
    "Max",
    "MaxPool",
    "MaxUnpool",
    "Min",
    "Neg",
    "NonZero",
    "Not",
    "OneHot",
    "Or",
  ],
  ...[
    "Pad",
    "ReduceMax",
    "ReduceMin",
    "Relu",
    "Reshape",
    "ReverseSequence",
    "Round",
    "Scatter",
    "ScatterElements",
  ],
  ...[
    "ScatterND",
    "SequenceAt",
    "SequenceConstruct",
    "SequenceErase",
    "SequenceInsert",
    "Shape",
    "Sign",
    "Size",
  ],
  ...[
    "Slice",
    "SpaceToDepth",
    "Split",
    "SplitToSequence",
    "Squeeze",
    "ThresholdedRelu",
    "Tile",
    "TopK",
    "Transpose",
  ],
  ...["Trilu", "Unique", "Unsqueeze", "Where", "Xor"],
]);

/** Integers are always compared exactly, floats where nothing is rounded, and otherwise as ONNX's own runner compares them. */
export function toleranceOf(graph: OnnxGraph): Tolerance {
  return graph.nodes.every(({ operator }) => EXACT_OPERATORS.has(operator)) ? EXACT : SUITE;
}
