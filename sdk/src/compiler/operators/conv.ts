/** Convolutions. */

import type { GraphBuilder } from "../graph/builder.ts";
import type { NestForm, Value } from "../graph/ir.ts";
import { reshape } from "../graph/movement.ts";
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

export function checkKernel(ctx: OperatorContext, kernel: readonly number[]): void {
  const stated = ctx.ints("kernel_shape") ?? kernel;
  if (stated.length !== kernel.length || stated.some((extent, d) => extent !== kernel[d])) {
    throw ctx.mismatch(
      `kernel_shape [${stated.join(", ")}] for weights with a kernel [${kernel.join(", ")}]`,
    );
  }
}

export function checkBias(ctx: OperatorContext, bias: Value | undefined, outputs: number): void {
  if (bias !== undefined && (bias.dims.length !== 1 || bias.dims[0] !== outputs)) {
    throw ctx.mismatch(`a bias [${bias.dims.join(", ")}] for ${outputs} channels`);
  }
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
};
