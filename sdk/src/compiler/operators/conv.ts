/** Convolutions. */

import type { GraphBuilder } from "../graph/builder.ts";
import type { NestForm, Value } from "../graph/ir.ts";
import { pad, reshape, slice } from "../graph/movement.ts";
import { floatTensor, type HostTensor } from "../host/tensor.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";
import { FLOATS, requireType } from "./types.ts";
import { readWindows, WINDOW_ATTRIBUTES, type Window } from "./windows.ts";

/** A convolution before it is a nest. */
export interface Convolution {
  readonly input: Value;
  readonly weights: Value;
  readonly bias: Value | undefined;
  readonly groups: number;
  readonly windows: readonly Window[];
}

/** Convolutions by their results, so that a following normalization can be folded into the weights. */
const convolutions = new WeakMap<Value, Convolution>();

export function convolutionOf(value: Value): Convolution | undefined {
  return convolutions.get(value);
}

/**
 * A convolution as one nest over (batch, group, output channel of the group, place), reducing (input channel of the group, kernel).
 * The result lies with its channels last, so that the next convolution walks them without gaps.
 */
export function convolve(g: GraphBuilder, convolution: Convolution): Value {
  const { input, weights, bias, groups, windows } = convolution;
  const [batch = 1] = input.dims;
  const [outputs = 1, channels = 1] = weights.dims;
  const own = outputs / groups;
  const places = windows.map(({ output }) => output);
  const dims = [batch, groups, own, ...places];
  const nest = g.nest({
    type: "float32",
    dims,
    reduction: [channels, ...windows.map(({ kernel }) => kernel)],
    storage: [0, ...places.map((_, d) => 3 + d), 1, 2],
    fold: "f32.add",
    init: bias === undefined ? 0 : reshape(g, bias, [1, groups, own, ...places.map(() => 1)]),
    operands: [
      {
        source: input,
        coordinates: [
          { out: [[0, 1]] },
          { out: [[1, channels]], reduced: [[0, 1]] },
          ...windows.map(windowForm),
        ],
      },
      {
        source: weights,
        coordinates: [
          {
            out: [
              [1, own],
              [2, 1],
            ],
          },
          { reduced: [[0, 1]] },
          ...windows.map((_, d): NestForm => ({ reduced: [[1 + d, 1]] })),
        ],
      },
    ],
    body: (t, [x, w]) => t.mul(x!, w!),
  });
  const result = reshape(g, nest, [batch, outputs, ...places]);
  convolutions.set(result, convolution);
  return result;
}

function windowForm({ stride, dilation, before }: Window, d: number): NestForm {
  return { base: -before, out: [[3 + d, stride]], reduced: [[1 + d, dilation]] };
}

function translateConv(ctx: OperatorContext): Value {
  const input = requireType(ctx, ctx.input(0), FLOATS);
  const weights = requireType(ctx, ctx.input(1), FLOATS);
  const bias = ctx.optional(2);
  const groups = ctx.int("group", 1);
  const [outputs, channels, ...kernel] = weights.dims;
  if (outputs === undefined || channels === undefined || input.dims.length < 3) {
    throw ctx.mismatch(
      `an input [${input.dims.join(", ")}] cannot be convolved with weights [${weights.dims.join(", ")}]`,
    );
  }
  checkKernel(ctx, kernel);
  if (groups < 1 || outputs % groups !== 0 || input.dims[1] !== channels * groups) {
    throw ctx.mismatch(
      `${input.dims[1]} channels for weights [${weights.dims.join(", ")}] in ${groups} groups`,
    );
  }
  checkBias(ctx, bias, outputs);
  const windows = readWindows(ctx, input.dims.slice(2), kernel);
  return convolve(ctx.graph, { input, weights, bias, groups, windows });
}

function checkKernel(ctx: OperatorContext, kernel: readonly number[]): void {
  const stated = ctx.ints("kernel_shape") ?? kernel;
  if (stated.length !== kernel.length || stated.some((extent, d) => extent !== kernel[d])) {
    throw ctx.mismatch(
      `kernel_shape [${stated.join(", ")}] for weights with a kernel [${kernel.join(", ")}]`,
    );
  }
}

function checkBias(ctx: OperatorContext, bias: Value | undefined, outputs: number): void {
  if (bias !== undefined && (bias.dims.length !== 1 || bias.dims[0] !== outputs)) {
    throw ctx.mismatch(`a bias [${bias.dims.join(", ")}] for ${outputs} channels`);
  }
}

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
  const spans = readSpans(ctx, extents, kernel);
  const spread = spans.reduce((value, { gaps }, d) => spreadOut(ctx.graph, value, 2 + d, gaps), weights);
  const channels = inputs / groups;
  const nest = ctx.graph.nest({
    type: "float32",
    // batch, group, channel, then (t, p) for every spatial dimension
    dims: [batch, groups, own, ...spans.flatMap(({ turns, stride }) => [turns, stride])],
    reduction: [channels, ...spans.map(({ taps }) => taps)],
    storage: [0, ...spans.flatMap((_, d) => [3 + 2 * d, 4 + 2 * d]), 1, 2],
    fold: "f32.add",
    init: bias === undefined ? 0 : reshape(ctx.graph, bias, [1, groups, own, ...spans.flatMap(() => [1, 1])]),
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
        source: spread,
        coordinates: [
          { out: [[1, channels]], reduced: [[0, 1]] },
          { out: [[2, 1]] },
          ...spans.map(({ stride }, d): NestForm => ({ out: [[4 + 2 * d, 1]], reduced: [[1 + d, stride]] })),
        ],
      },
    ],
    body: (t, [x, w]) => t.mul(x!, w!),
  });
  const whole = reshape(ctx.graph, nest, [
    batch,
    own * groups,
    ...spans.map(({ turns, stride }) => turns * stride),
  ]);
  // What lies behind the last turn is reached by no kernel element: it is the bias alone.
  return slice(
    ctx.graph,
    whole,
    new Map(spans.map(({ before, output }, d) => [2 + d, { start: before, step: 1, count: output }])),
  );
}

/** Elements of an axis with `gaps` zeros after each but the last. */
function spreadOut(g: GraphBuilder, value: Value, axis: number, gaps: number): Value {
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
    const turns = Math.ceil(Math.max(full, before + output) / stride);
    const window = { stride, turns, before, output };
    if (stride === 1) return { ...window, gaps: 0, dilation, taps: kernel[d]! };
    const taps = Math.ceil(((kernel[d]! - 1) * dilation + 1) / stride);
    return { ...window, gaps: dilation - 1, dilation: 1, taps };
  });
}

/** The same convolution followed by `scale * y + shift` for every output channel, computed into the weights in double precision and rounded once. */
export function scaleConvolution(
  { weights, bias, ...rest }: Convolution,
  scale: readonly number[],
  shift: readonly number[],
): Convolution | undefined {
  if (weights.kind !== "host" || (bias !== undefined && bias.kind !== "host")) return undefined;
  const per = weights.data.length / scale.length;
  const scaled = Float64Array.from(
    weights.data as Float32Array,
    (value, i) => value * scale[Math.floor(i / per)]!,
  );
  const base = (channel: number): number =>
    bias === undefined ? 0 : Number((bias as HostTensor).data[channel]);
  return {
    ...rest,
    weights: floatTensor(weights.dims, scaled),
    bias: floatTensor(
      [scale.length],
      scale.map((factor, channel) => base(channel) * factor + shift[channel]!),
    ),
  };
}

export const CONVOLUTIONS: OperatorTable = {
  Conv: { attributes: [...WINDOW_ATTRIBUTES, "group"], translate: translateConv },
  ConvTranspose: {
    attributes: [...WINDOW_ATTRIBUTES, "group", "output_padding", "output_shape"],
    translate: translateConvTranspose,
  },
};
