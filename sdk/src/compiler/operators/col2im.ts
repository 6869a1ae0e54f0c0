/** Adds up the columns of sliding windows where they overlap: what transposed convolutions do after their product. */

import type { NestForm, Value } from "../graph/ir.ts";
import { reshape, slice } from "../graph/movement.ts";
import { elementCount } from "../host/tensor.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";
import { spanOf, spreadOut } from "./conv-transpose.ts";
import { FLOATS, requireType } from "./types.ts";
import { positive } from "./windows.ts";

/** See `translateConvTranspose`: only that there is one element for every place of a window at every place of it, instead of a product. */
function translateCol2Im(ctx: OperatorContext): Value {
  const { graph } = ctx;
  const value = requireType(ctx, ctx.input(0), FLOATS);
  const image = ctx.numbers(1, "image_shape");
  const block = ctx.numbers(2, "block_shape");
  const rank = image.length;
  const strides = positive(ctx, "strides", rank);
  const dilations = positive(ctx, "dilations", rank);
  const pads = ctx.ints("pads") ?? new Array<number>(2 * rank).fill(0);
  const [batch = 1, rows = 0, columns = 0] = value.dims;
  const windows = image.map((extent, d) => {
    const reach = (block[d]! - 1) * dilations[d]! + 1;
    return Math.floor((extent + pads[d]! + pads[rank + d]! - reach) / strides[d]!) + 1;
  });
  const places = elementCount(block);
  const channels = rows / places;
  if (
    value.dims.length !== 3 ||
    block.length !== rank ||
    pads.length !== 2 * rank ||
    [...image, ...block, ...windows].some((extent) => !(extent >= 1)) ||
    pads.some((pad) => pad < 0) ||
    elementCount(windows) !== columns ||
    !Number.isInteger(channels)
  ) {
    throw ctx.mismatch(
      `[${value.dims.join(", ")}] for windows of [${block.join(", ")}] at [${windows.join(", ")}] places`,
    );
  }
  const spans = image.map((output, d) => {
    const [kernel, stride, dilation] = [block[d]!, strides[d]!, dilations[d]!];
    const full = (windows[d]! - 1) * stride + (kernel - 1) * dilation + 1;
    return spanOf({ kernel, stride, dilation, full, before: pads[d]!, output });
  });
  const apart = reshape(graph, value, [batch, channels, ...block, ...windows]);
  const nest = graph.nest({
    type: "float32",
    // batch, channel, then turn and phase for every spatial dimension
    dims: [batch, channels, ...spans.flatMap(({ turns, stride }) => [turns, stride])],
    reduction: spans.map(({ taps }) => taps),
    fold: "f32.add",
    init: 0,
    operands: [
      {
        source: spans.reduce((spread, { gaps }, d) => spreadOut(graph, spread, 2 + d, gaps), apart),
        coordinates: [
          { out: [[0, 1]] },
          { out: [[1, 1]] },
          ...spans.map(({ stride }, d): NestForm => ({ out: [[3 + 2 * d, 1]], reduced: [[d, stride]] })),
          ...spans.map(({ dilation }, d): NestForm => ({ out: [[2 + 2 * d, 1]], reduced: [[d, -dilation]] })),
        ],
      },
    ],
    body: (_t, [x]) => x!,
  });
  const whole = reshape(graph, nest, [batch, channels, ...spans.map(({ turns, stride }) => turns * stride)]);
  const cuts = spans.map(
    ({ before, output }, d) => [2 + d, { start: before, step: 1, count: output }] as const,
  );
  return slice(graph, whole, new Map(cuts));
}

export const COLUMNS: OperatorTable = {
  Col2Im: { since: 18, attributes: ["strides", "dilations", "pads"], translate: translateCol2Im },
};
