/** Operators as they were before opset 7, for the definitions that mean the same as later ones, broadcasting apart. */

import type { Value } from "../graph/ir.ts";
import { reshape } from "../graph/movement.ts";
import type { HostType } from "../host/tensor.ts";
import type { OperatorContext } from "./context.ts";
import { requireType } from "./types.ts";

/** The first opset whose definition is the one that is translated, for operators that are older than opset 7. */
const FIRST_OPSETS: ReadonlyMap<number, readonly string[]> = new Map([
  [
    1,
    [
      ...[
        "And",
        "ArgMax",
        "ArgMin",
        "AveragePool",
        "Constant",
        "Conv",
        "ConvTranspose",
        "DepthToSpace",
        "Equal",
      ],
      ...["Flatten", "Gather", "GlobalAveragePool", "GlobalMaxPool", "Greater", "Hardmax"],
      ...[
        "Identity",
        "If",
        "LRN",
        "Less",
        "LogSoftmax",
        "Loop",
        "LpNormalization",
        "MatMul",
        "MaxPool",
        "Not",
        "Or",
      ],
      ...[
        "Pow",
        "ReduceL1",
        "ReduceL2",
        "ReduceLogSum",
        "ReduceLogSumExp",
        "ReduceMax",
        "ReduceMean",
        "ReduceMin",
      ],
      ...[
        "ReduceProd",
        "ReduceSum",
        "ReduceSumSquare",
        "Shape",
        "Size",
        "Slice",
        "Softmax",
        "Softplus",
        "Softsign",
      ],
      ...["SpaceToDepth", "Squeeze", "TopK", "Transpose", "Unsqueeze", "Xor"],
    ],
  ],
  [2, ["GlobalLpPool", "LpPool", "Pad", "Split"]],
  [4, ["Concat"]],
  [5, ["Reshape"]],
  [
    6,
    [
      ...["Abs", "Add", "BatchNormalization", "Cast", "Ceil", "Clip", "Div", "Elu", "Exp", "Floor", "Gemm"],
      ...[
        "HardSigmoid",
        "InstanceNormalization",
        "LeakyRelu",
        "Log",
        "Max",
        "Mean",
        "Min",
        "Mul",
        "Neg",
        "PRelu",
      ],
      ...["Reciprocal", "Relu", "Selu", "Sigmoid", "Sqrt", "Sub", "Sum", "Tanh", "Tile"],
    ],
  ],
]);

const FIRST = new Map(
  [...FIRST_OPSETS].flatMap(([opset, names]) => names.map((name) => [name, opset] as const)),
);

/** Operators without an opset of their own are supported from this one on. */
const LEAST = 7;

/** The first opset of an operator that is supported. */
export function firstOpset(name: string, since: number | undefined): number {
  return FIRST.get(name) ?? since ?? LEAST;
}

/** Attributes that operators of two inputs had, and which numpy's broadcasting has replaced. */
export const EARLY_BROADCAST = ["axis", "broadcast"] as const;

/** The second of two inputs, brought to the rank at which it is broadcast: before opset 7 an attribute said where its dimensions stand in the first. */
export function broadcastEarly(ctx: OperatorContext, first: Value, second: Value): Value {
  if (ctx.opset >= LEAST) return second;
  const [rank, own] = [first.dims.length, second.dims.length];
  const isSame = first.dims.join() === second.dims.join();
  if (isSame) return second;
  if (!ctx.flag("broadcast", false))
    throw ctx.mismatch(`[${first.dims.join(", ")}] and [${second.dims.join(", ")}] without broadcast`);
  const start = ctx.int("axis") === undefined ? rank - own : ctx.axis(ctx.int("axis", 0), rank);
  if (start < 0 || start + own > rank)
    throw ctx.mismatch(`[${second.dims.join(", ")}] at axis ${start} of [${first.dims.join(", ")}]`);
  return reshape(ctx.graph, second, [...second.dims, ...new Array<number>(rank - start - own).fill(1)]);
}

/** Two inputs as they are broadcast. */
export function pair(ctx: OperatorContext, types: readonly HostType[]): readonly [Value, Value] {
  const first = requireType(ctx, ctx.input(0), types);
  return [first, broadcastEarly(ctx, first, requireType(ctx, ctx.input(1), types))];
}
