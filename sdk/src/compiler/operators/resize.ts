/** Resize and Upsample: by picking elements, or by weighing two neighbours along every dimension. */

import type { Value } from "../graph/ir.ts";
import { gather, reshape } from "../graph/movement.ts";
import { range } from "../host/movement.ts";
import { floatTensor, int64Vector } from "../host/tensor.ts";
import { ADD, MUL } from "./arithmetic.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";
import { sizes } from "./shape.ts";
import { requireType } from "./types.ts";

/** One dimension that changes. */
interface Scaling {
  readonly axis: number;
  readonly input: number;
  readonly output: number;
  readonly scale: number;
}

const NEAREST: Readonly<Record<string, (x: number) => number>> = {
  round_prefer_floor: (x) => Math.ceil(x - 0.5),
  round_prefer_ceil: (x) => Math.floor(x + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

/** The place of the input that an output place corresponds to. */
const TRANSFORMATIONS: Readonly<Record<string, (place: number, scaling: Scaling) => number>> = {
  asymmetric: (x, { scale }) => x / scale,
  half_pixel: (x, { scale }) => (x + 0.5) / scale - 0.5,
  pytorch_half_pixel: (x, { scale, output }) => (output > 1 ? (x + 0.5) / scale - 0.5 : 0),
  // As ONNX's own tests have it, the length before it is rounded down: corners meet where it is whole. Runtimes differ otherwise.
  align_corners: (x, { input, output, scale }) => (output > 1 ? (x * (input - 1)) / (input * scale - 1) : 0),
  half_pixel_symmetric: (x, { scale, input, output }) => {
    const adjusted = output / (scale * input);
    return (input / 2) * (1 - adjusted) + (x + 0.5) / scale - 0.5;
  },
};

function resize(
  ctx: OperatorContext,
  scalings: readonly Scaling[],
  mode: string,
  transformation: string,
  rounding: string,
): Value {
  const transform = TRANSFORMATIONS[transformation];
  const nearest = NEAREST[rounding];
  if (transform === undefined) {
    throw ctx.unsupported(
      "coordinate_transformation_mode",
      transformation,
      Object.keys(TRANSFORMATIONS).join(", "),
    );
  }
  if (nearest === undefined) throw ctx.unsupported("nearest_mode", rounding, Object.keys(NEAREST).join(", "));
  let value = ctx.input(0);
  for (const scaling of scalings) {
    const { input, output } = scaling;
    if (input === output && scaling.scale === 1) continue;
    ctx.graph.checkList(output);
    const places = range(output).map((place) => transform(place, scaling));
    if (mode === "nearest") value = pick(ctx, value, scaling, places.map(nearest));
    else if (mode === "linear") value = interpolate(ctx, value, scaling, places);
    else throw ctx.unsupported("mode", mode, "nearest, linear");
  }
  return value;
}

function pick(
  ctx: OperatorContext,
  value: Value,
  { axis, input, output }: Scaling,
  places: readonly number[],
): Value {
  const picks = places.map((place) => Math.min(input - 1, Math.max(0, place)));
  const factor = output / input;
  if (Number.isInteger(factor) && picks.every((place, i) => place === Math.floor(i / factor))) {
    const dims = value.dims.map((dim, d) => (d === axis ? output : dim));
    return ctx.graph.view(value, dims, { kind: "repeat", axis, factor });
  }
  return gather(ctx.graph, value, int64Vector(picks), axis);
}

function interpolate(
  ctx: OperatorContext,
  value: Value,
  { axis, input }: Scaling,
  places: readonly number[],
): Value {
  const { graph } = ctx;
  const inside = requireType(ctx, value, ["float32"]);
  const clamped = places.map((place) => Math.min(input - 1, Math.max(0, place)));
  const left = clamped.map((place) => Math.min(Math.floor(place), Math.max(0, input - 2)));
  const weights = clamped.map((place, i) => place - left[i]!);
  const dims = value.dims.map((_, d) => (d === axis ? weights.length : 1));
  const part = (picks: readonly number[], factors: readonly number[]): Value =>
    graph.pointwise(
      MUL,
      [
        gather(graph, inside, int64Vector(picks), axis),
        reshape(graph, floatTensor([factors.length], factors), dims),
      ],
      "float32",
    );
  const near = part(
    left,
    weights.map((weight) => 1 - weight),
  );
  const far = part(
    left.map((place) => Math.min(input - 1, place + 1)),
    weights,
  );
  return graph.pointwise(ADD, [near, far], "float32");
}

function translateResize(ctx: OperatorContext): Value {
  const { dims } = ctx.input(0);
  const isFirst = ctx.opset < 11;
  const mode = ctx.string("mode", "nearest");
  const axes = ctx.axes(ctx.ints("axes") ?? range(dims.length), dims.length);
  const filled = <T>(
    index: number,
    what: string,
    other: (d: number) => T,
    each: (value: number) => T,
  ): T[] | undefined => {
    const list = ctx.optionalFractions(index, what);
    if (list === undefined || list.length === 0) return undefined;
    if (list.length !== axes.length)
      throw ctx.mismatch(`${list.length} ${what} for ${axes.length} dimensions`);
    return range(dims.length).map((d) => (axes.includes(d) ? each(list[axes.indexOf(d)]!) : other(d)));
  };
  const scales = filled(
    isFirst ? 1 : 2,
    "scales",
    () => 1,
    (scale) => scale,
  );
  const wanted = isFirst
    ? undefined
    : filled(
        3,
        "sizes",
        (d) => dims[d]!,
        (size) => size,
      );
  const policy = ctx.string("keep_aspect_ratio_policy", "stretch");
  if (policy !== "stretch") throw ctx.unsupported("keep_aspect_ratio_policy", policy, "stretch");
  if (ctx.flag("antialias", false)) throw ctx.unsupported("antialias", 1, "0");
  if (scales === undefined && wanted === undefined) throw ctx.malformed("it has neither scales nor sizes");
  const outputs = sizes(ctx, wanted ?? dims.map((dim, d) => Math.floor(dim * scales![d]!)));
  const scalings = dims.map((input, axis) => ({
    ...{ axis, input, output: outputs[axis]! },
    scale: wanted === undefined ? scales![axis]! : outputs[axis]! / input,
  }));
  if (outputs.some((output) => output < 1))
    throw ctx.mismatch(`[${dims.join(", ")}] becomes [${outputs.join(", ")}]`);
  const transformation = ctx.string("coordinate_transformation_mode", isFirst ? "asymmetric" : "half_pixel");
  const rounding = ctx.string("nearest_mode", isFirst ? "floor" : "round_prefer_floor");
  return resize(ctx, scalings, mode, transformation, rounding);
}

function translateUpsample(ctx: OperatorContext): Value {
  const { dims } = ctx.input(0);
  const attribute = ctx.node.attributes.get("scales");
  const scales = attribute?.kind === "floats" ? attribute.value : (ctx.optionalFractions(1, "scales") ?? []);
  if (scales.length !== dims.length)
    throw ctx.mismatch(`${scales.length} scales for ${dims.length} dimensions`);
  const scalings = dims.map((input, axis) => ({
    axis,
    input,
    output: Math.floor(input * scales[axis]!),
    scale: scales[axis]!,
  }));
  if (scalings.some(({ output }) => !(output >= 1))) throw ctx.mismatch(`scales [${scales.join(", ")}]`);
  const mode = ctx.string("mode", "nearest");
  return resize(ctx, scalings, mode === "bilinear" ? "linear" : mode, "asymmetric", "floor");
}

export const RESIZES: OperatorTable = {
  Resize: {
    since: 10,
    attributes: [
      ...[
        "mode",
        "coordinate_transformation_mode",
        "nearest_mode",
        "axes",
        "keep_aspect_ratio_policy",
        "antialias",
      ],
      ...["cubic_coeff_a", "exclude_outside", "extrapolation_value"],
    ],
    translate: translateResize,
  },
  Upsample: { until: 9, attributes: ["mode", "scales"], translate: translateUpsample },
};
