/** Convolutions whose windows are bent: every element of a window is read from a place of its own, between the image's elements. */

import { Op } from "../../machine/opcodes.ts";
import type { GraphBuilder } from "../graph/builder.ts";
import type { Value } from "../graph/ir.ts";
import { gather, reshape, slice } from "../graph/movement.ts";
import type { Rule } from "../graph/rule.ts";
import { range } from "../host/movement.ts";
import { elementCount, floatTensor, int64Vector } from "../host/tensor.ts";
import type { Register, Tape } from "../tape/tape.ts";
import { ADD, MUL } from "./arithmetic.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";
import { checkBias, checkKernel } from "./conv.ts";
import { FLOATS, requireType } from "./types.ts";
import { readWindows, type Window } from "./windows.ts";

/** What is sampled, by (batch, group of offsets, channel of the group, element of the window, row, column). */
interface Sampling {
  readonly image: Value;
  readonly groups: number;
  /** Rows and columns of the image, [batch, groups, 1, elements, rows, columns]. */
  readonly places: readonly [Value, Value];
}

/** One of the two neighbours of a place along an axis: its coordinate, its weight, and whether it lies in the image. */
function neighbour(
  t: Tape,
  place: Register,
  extent: number,
  isFar: boolean,
): { readonly at: Register; readonly weight: Register; readonly isThere: Register } {
  const floor = t.op(Op.f32Floor, place);
  const share = t.sub(place, floor);
  const c = isFar ? t.add(floor, t.f32(1)) : floor;
  const inside = t.min(t.max(c, t.f32(0)), t.f32(extent - 1));
  return {
    at: t.op(Op.i32TruncSatF32S, inside),
    weight: isFar ? share : t.sub(t.f32(1), share),
    isThere: t.op(Op.f32Eq, inside, c),
  };
}

/** The image between its elements, by their four neighbours; what lies outside of it is zero. */
function sample(g: GraphBuilder, { image, groups, places }: Sampling): Value {
  const [batch = 1, channels = 1, height = 1, width = 1] = image.dims;
  const flat = reshape(g, image, [elementCount(image.dims)]);
  g.checkList(batch * channels);
  const starts = reshape(g, int64Vector(range(batch * channels, 0, height * width)), [
    ...[batch, groups, channels / groups, 1, 1, 1],
  ]);
  const corners = [false, true].flatMap((down) => [false, true].map((right) => [down, right] as const));
  const parts = corners.map(([down, right]) => {
    const address: Rule["emit"] = (t, [y, x, start]) => {
      const row = t.op(Op.i32Mul, neighbour(t, y!, height, down).at, t.i32(width));
      return t.op(Op.i32Add, t.op(Op.i32Add, row, neighbour(t, x!, width, right).at), start!);
    };
    const found = gather(g, flat, g.pointwise({ emit: address }, [...places, starts], "int64"), 0);
    const emit: Rule["emit"] = (t, [value, y, x]) => {
      const [row, column] = [neighbour(t, y!, height, down), neighbour(t, x!, width, right)];
      const seen = t.select(t.op(Op.i32And, row.isThere, column.isThere), value!, t.f32(0));
      return t.mul(seen, t.mul(row.weight, column.weight));
    };
    return g.pointwise({ emit }, [found, ...places], "float32");
  });
  return parts.reduce((all, part) => g.pointwise(ADD, [all, part], "float32"));
}

function translateDeformConv(ctx: OperatorContext): Value {
  const { graph } = ctx;
  const [image, weights, offsets] = [0, 1, 2].map((i) => requireType(ctx, ctx.input(i), FLOATS)) as [
    ...[Value, Value, Value],
  ];
  const [bias, mask] = [ctx.optional(3), ctx.optional(4)];
  const [groups, bends] = [ctx.int("group", 1), ctx.int("offset_group", 1)];
  const [batch = 0, channels = 0, ...sides] = image.dims;
  const [outputs = 0, own = 0, ...kernel] = weights.dims;
  if (sides.length !== 2 || kernel.length !== 2)
    throw ctx.mismatch(`an image [${image.dims.join(", ")}] and weights [${weights.dims.join(", ")}]`);
  checkKernel(ctx, kernel);
  checkBias(ctx, bias, outputs);
  const windows = readWindows(ctx, sides, kernel);
  const size = windows.map(({ output }) => output);
  const elements = elementCount(kernel);
  if (
    groups < 1 ||
    bends < 1 ||
    outputs % groups !== 0 ||
    channels !== own * groups ||
    channels % bends !== 0 ||
    offsets.dims.join() !== [batch, 2 * bends * elements, ...size].join() ||
    (mask !== undefined && mask.dims.join() !== [batch, bends * elements, ...size].join())
  ) {
    throw ctx.mismatch(
      `offsets [${offsets.dims.join(", ")}] and a mask [${mask?.dims.join(", ") ?? ""}] for weights [${weights.dims.join(", ")}] at [${size.join(", ")}] places`,
    );
  }
  const apart = reshape(graph, offsets, [batch, bends, elements, 2, ...size]);
  const places = windows.map((window, axis) => {
    const cut = slice(graph, apart, new Map([[3, { start: axis, step: 1, count: 1 }]]));
    const moved = reshape(graph, cut, [batch, bends, 1, elements, ...size]);
    return graph.pointwise(ADD, [moved, straight(graph, window, axis, kernel)], "float32");
  }) as [Value, Value];
  const sampled = sample(graph, { image, groups: bends, places });
  const weighed =
    mask === undefined
      ? sampled
      : graph.pointwise(
          MUL,
          [sampled, reshape(graph, mask, [batch, bends, 1, elements, ...size])],
          "float32",
        );
  const perGroup = outputs / groups;
  const nest = graph.nest({
    ...{ type: "float32", dims: [batch, groups, perGroup, ...size], reduction: [own, elements] },
    ...{ storage: [0, 3, 4, 1, 2], fold: "f32.add" },
    init: bias === undefined ? 0 : reshape(graph, bias, [1, groups, perGroup, 1, 1]),
    operands: [
      {
        source: reshape(graph, weighed, [batch, channels, elements, ...size]),
        coordinates: [
          { out: [[0, 1]] },
          { out: [[1, own]], reduced: [[0, 1]] },
          { reduced: [[1, 1]] },
          { out: [[3, 1]] },
          { out: [[4, 1]] },
        ],
      },
      {
        source: reshape(graph, weights, [outputs, own, elements]),
        coordinates: [
          {
            out: [
              [1, perGroup],
              [2, 1],
            ],
          },
          { reduced: [[0, 1]] },
          { reduced: [[1, 1]] },
        ],
      },
    ],
    body: (t, [x, w]) => t.mul(x!, w!),
  });
  return reshape(graph, nest, [batch, outputs, ...size]);
}

/** Where the elements of the windows lie along an axis before they are moved. */
function straight(
  g: GraphBuilder,
  { stride, dilation, before, output }: Window,
  axis: number,
  kernel: readonly number[],
): Value {
  const elements = elementCount(kernel);
  g.checkList(elements * output);
  const along = range(elements).map((e) => (axis === 0 ? Math.floor(e / kernel[1]!) : e % kernel[1]!));
  const values = along.flatMap((k) => range(output).map((o) => o * stride - before + k * dilation));
  const dims = [1, 1, 1, elements, 1, 1].with(4 + axis, output);
  return floatTensor(dims, values);
}

export const BENT_CONVOLUTIONS: OperatorTable = {
  DeformConv: {
    since: 19,
    attributes: ["dilations", "group", "kernel_shape", "offset_group", "pads", "strides"],
    translate: translateDeformConv,
  },
};
