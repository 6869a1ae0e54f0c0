/** Transposed convolutions. */

import type { GraphBuilder } from "../graph/builder.ts";
import type { NestForm, Value } from "../graph/ir.ts";
import { concat, pad, reshape, slice } from "../graph/movement.ts";
import { range } from "../host/movement.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";
import { checkBias, checkKernel } from "./conv.ts";
import { FLOATS, requireType } from "./types.ts";
import { WINDOW_ATTRIBUTES } from "./windows.ts";

/** Of a step: SPEC.md section 4.4. With three strides, groups and a batch there is one too many. */
const MOST_EXTENTS = 8;

/**
 * A transposed convolution. With stride s, output place o (counted with the elements that pads cut off) is t * s + p, to which exactly the kernel
 * elements p + s * j contribute, each with input place t - j: so every phase p is a small convolution, and all phases together are one nest.
 */
function translateConvTranspose(ctx: OperatorContext): Value {
  const input = requireType(ctx, ctx.input(0), FLOATS);
  const weights = requireType(ctx, ctx.input(1), FLOATS);
  const bias = ctx.optional(2);
  const groups = ctx.int("group", 1);
  const [batch = 1, inputs = 1, ...extents] = input.dims;
  const [rows, own = 1, ...kernel] = weights.dims;
  if (
    rows !== inputs ||
    groups < 1 ||
    inputs % groups !== 0 ||
    kernel.length !== extents.length ||
    extents.length === 0
  ) {
    throw ctx.mismatch(
      `an input [${input.dims.join(", ")}] for weights [${weights.dims.join(", ")}] in ${groups} groups`,
    );
  }
  checkKernel(ctx, kernel);
  checkBias(ctx, bias, own * groups);
  const { graph } = ctx;
  const spans = readSpans(ctx, extents, kernel);
  const spread = spans.reduce((value, { gaps }, d) => spreadOut(graph, value, 2 + d, gaps), weights);
  const whole = { input, weights: spread, bias, groups };
  const loops = [batch, groups, own, ...spans.flatMap(({ turns, stride }) => [turns, stride])];
  if (loops.filter((extent) => extent > 1).length <= MOST_EXTENTS) return transposed(graph, whole, spans);
  const isByBatch = batch < groups;
  const parts = isByBatch ? byBatch(graph, whole) : byGroup(graph, whole);
  return concat(
    graph,
    parts.map((part) => transposed(graph, part, spans)),
    isByBatch ? 0 : 1,
  );
}

interface Transposed {
  readonly input: Value;
  readonly weights: Value;
  readonly bias: Value | undefined;
  readonly groups: number;
}

function part(g: GraphBuilder, value: Value, axis: number, index: number, parts: number): Value {
  const count = value.dims[axis]! / parts;
  return slice(g, value, new Map([[axis, { start: index * count, step: 1, count }]]));
}

function byBatch(g: GraphBuilder, { input, ...whole }: Transposed): readonly Transposed[] {
  const batch = input.dims[0]!;
  return range(batch).map((i) => ({ ...whole, input: part(g, input, 0, i, batch) }));
}

function byGroup(g: GraphBuilder, { input, weights, bias, groups }: Transposed): readonly Transposed[] {
  return range(groups).map((i) => ({
    ...{ input: part(g, input, 1, i, groups), weights: part(g, weights, 0, i, groups), groups: 1 },
    bias: bias === undefined ? undefined : part(g, bias, 0, i, groups),
  }));
}

function transposed(
  g: GraphBuilder,
  { input, weights, bias, groups }: Transposed,
  spans: readonly Span[],
): Value {
  const [batch = 1, inputs = 1] = input.dims;
  const own = weights.dims[1]!;
  const channels = inputs / groups;
  const nest = g.nest({
    type: "float32",
    // batch, group, channel, then (t, p) for every spatial dimension
    dims: [batch, groups, own, ...spans.flatMap(({ turns, stride }) => [turns, stride])],
    reduction: [channels, ...spans.map(({ taps }) => taps)],
    storage: [0, ...spans.flatMap((_, d) => [3 + 2 * d, 4 + 2 * d]), 1, 2],
    fold: "f32.add",
    init: bias === undefined ? 0 : reshape(g, bias, [1, groups, own, ...spans.flatMap(() => [1, 1])]),
    operands: [
      {
        source: input,
        coordinates: [
          { out: [[0, 1]] },
          { out: [[1, channels]], reduced: [[0, 1]] },
          ...spans.map(
            ({ dilation }, d): NestForm => ({ out: [[3 + 2 * d, 1]], reduced: [[1 + d, -dilation]] }),
          ),
        ],
      },
      {
        source: weights,
        coordinates: [
          { out: [[1, channels]], reduced: [[0, 1]] },
          { out: [[2, 1]] },
          ...spans.map(({ stride }, d): NestForm => ({ out: [[4 + 2 * d, 1]], reduced: [[1 + d, stride]] })),
        ],
      },
    ],
    body: (t, [x, w]) => t.mul(x!, w!),
  });
  const whole = reshape(g, nest, [batch, own * groups, ...spans.map(({ turns, stride }) => turns * stride)]);
  // What lies behind the last turn is reached by no kernel element: it is the bias alone.
  return slice(
    g,
    whole,
    new Map(spans.map(({ before, output }, d) => [2 + d, { start: before, step: 1, count: output }])),
  );
}

/** Elements of an axis with `gaps` zeros after each but the last. */
export function spreadOut(g: GraphBuilder, value: Value, axis: number, gaps: number): Value {
  if (gaps === 0) return value;
  const { dims } = value;
  const apart = reshape(g, value, [...dims.slice(0, axis + 1), 1, ...dims.slice(axis + 1)]);
  const none = apart.dims.map(() => 0);
  const wide = pad(g, apart, none, none.with(axis + 1, gaps), 0);
  const extent = dims[axis]! * (gaps + 1);
  const joined = reshape(g, wide, dims.with(axis, extent));
  return slice(g, joined, new Map([[axis, { start: 0, step: 1, count: extent - gaps }]]));
}

interface Span {
  readonly stride: number;
  /** Zeros between neighbours in the kernel; where the stride is not 1 they are made part of it, and the dilation is 1. */
  readonly gaps: number;
  readonly dilation: number;
  /** Kernel elements of one phase, at most. */
  readonly taps: number;
  /** Number of values of t. */
  readonly turns: number;
  readonly before: number;
  readonly output: number;
}

function readSpans(
  ctx: OperatorContext,
  extents: readonly number[],
  kernel: readonly number[],
): readonly Span[] {
  const rank = extents.length;
  const list = (name: string, fallback: number, length = rank): readonly number[] => {
    const values = ctx.ints(name) ?? new Array<number>(length).fill(fallback);
    if (values.length !== length || values.some((value) => value < fallback)) {
      throw ctx.unsupported(name, values, `${length} numbers of at least ${fallback}`);
    }
    return values;
  };
  const strides = list("strides", 1);
  const dilations = list("dilations", 1);
  const extra = list("output_padding", 0);
  const pads = list("pads", 0, 2 * rank);
  const shape = ctx.ints("output_shape");
  const mode = ctx.string("auto_pad", "NOTSET");
  if (!["NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER"].includes(mode)) {
    throw ctx.unsupported("auto_pad", mode, "NOTSET, VALID, SAME_UPPER, SAME_LOWER");
  }
  return extents.map((extent, d) => {
    const stride = strides[d]!;
    const dilation = dilations[d]!;
    const full = (extent - 1) * stride + (kernel[d]! - 1) * dilation + 1 + extra[d]!;
    let before = mode === "VALID" ? 0 : pads[d]!;
    let output = full - before - (mode === "VALID" ? 0 : pads[rank + d]!);
    const wanted =
      shape?.[shape.length - rank + d] ?? (mode.startsWith("SAME") ? extent * stride : undefined);
    if (wanted !== undefined) {
      const total = Math.max(0, full - wanted);
      before = mode === "SAME_LOWER" ? Math.ceil(total / 2) : Math.floor(total / 2);
      if (mode === "NOTSET") before = Math.ceil(total / 2);
      output = wanted;
    }
    if (!(output >= 1)) throw ctx.mismatch(`spatial dimension ${d} becomes ${output}`);
    return spanOf({ kernel: kernel[d]!, stride, dilation, full, before, output });
  });
}

/** `full`: places that windows reach, with those that `before` and what is behind `output` cut off. */
export function spanOf({
  kernel,
  full,
  dilation,
  ...kept
}: Pick<Span, "stride" | "dilation" | "before" | "output"> & { kernel: number; full: number }): Span {
  const { stride, before, output } = kept;
  const turns = Math.ceil(Math.max(full, before + output) / stride);
  if (stride === 1) return { ...kept, turns, gaps: 0, dilation, taps: kernel };
  const taps = Math.ceil(((kernel - 1) * dilation + 1) / stride);
  return { ...kept, turns, gaps: dilation - 1, dilation: 1, taps };
}

export const TRANSPOSED_CONVOLUTIONS: OperatorTable = {
  ConvTranspose: {
    attributes: [...WINDOW_ATTRIBUTES, "group", "output_padding", "output_shape"],
    translate: translateConvTranspose,
  },
};
