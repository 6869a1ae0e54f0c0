/**
 * Floats of 16 bits. The machine computes in binary32, so operators see such tensors as binary32 ones, and what they give is rounded to the 16 bits once,
 * at the end of each operator: as if it had been computed without limits of range and precision that 16 bits have inside.
 */

import { type HalfType, isFloat, isHalf } from "../host/tensor.ts";
import { roundToHalf } from "../math/half.ts";
import type { GraphBuilder } from "./builder.ts";
import type { Item, Value } from "./ir.ts";
import type { Rule } from "./rule.ts";

/** Operators that move elements or contain graphs, and so take any type as it is. */
const AS_THEY_ARE: ReadonlySet<string> = new Set([
  ...[
    "Cast",
    "CastLike",
    "Compress",
    "Concat",
    "Constant",
    "ConstantOfShape",
    "DepthToSpace",
    "Expand",
    "EyeLike",
  ],
  ...[
    "Flatten",
    "Gather",
    "GatherElements",
    "GatherND",
    "Identity",
    "If",
    "Loop",
    "OneHot",
    "Pad",
    "Reshape",
  ],
  ...[
    "ReverseSequence",
    "Scan",
    "Shape",
    "Size",
    "Slice",
    "SpaceToDepth",
    "Split",
    "Squeeze",
    "Tile",
    "Transpose",
  ],
  ...["Trilu", "Unsqueeze", "Where"],
]);

/** A binary32 number rounded to the nearest of 16 bits. */
const ROUND_TO_HALF: Rule = { emit: (t, [x]) => roundToHalf(t, x!) };

/** The rounding of results to a type; of bfloat16 none, since ONNX's own tests cut off bits where others round. */
export function roundingTo(g: GraphBuilder, type: HalfType): Rule {
  if (type === "bfloat16") throw g.unsupportedType("The result", type);
  return ROUND_TO_HALF;
}

/**
 * Translates a node whose first floats have 16 bits as one of binary32.
 *
 * @param translate - from the inputs that the operator sees
 */
export function withHalves(
  g: GraphBuilder,
  operator: string,
  inputs: readonly (Item | undefined)[],
  translate: (inputs: readonly (Item | undefined)[]) => readonly (Item | undefined)[],
): readonly (Item | undefined)[] {
  const types = inputs.map((input) => (isTensor(input) ? input.type : undefined));
  const type = types.find(isFloat);
  if (AS_THEY_ARE.has(operator) || !types.some(isHalf)) return translate(inputs);
  const widened = inputs.map((input) =>
    isTensor(input) && isHalf(input.type) ? g.retyped(input, "float32") : input,
  );
  const results = translate(widened);
  if (!isHalf(type)) return results;
  return results.map((result) =>
    isTensor(result) && result.type === "float32" ? g.pointwise(roundingTo(g, type), [result], type) : result,
  );
}

function isTensor(item: Item | undefined): item is Value {
  return item !== undefined && item.kind !== "sequence";
}
