/** Resize and Upsample: by picking elements, or by weighing two or four neighbours along every dimension. */

import type { Value } from "../graph/ir.ts";
import { gather, reshape } from "../graph/movement.ts";
import { range } from "../host/movement.ts";
import { floatScalar, floatTensor, hostTensor, int64Vector } from "../host/tensor.ts";
import { ADD, MUL, SELECT } from "./arithmetic.ts";
import { named, type OperatorContext, type OperatorTable } from "./context.ts";
import { sizes } from "./shape.ts";
import { requireType } from "./types.ts";

/** One dimension that changes. */
interface Scaling {
  readonly axis: number;
  readonly input: number;
  readonly output: number;
  readonly scale: number;
  /** The part of the input that is resized, as fractions of it; for tf_crop_and_resize. */
  readonly crop?: readonly [start: number, end: number];
}

/** How elements are found between others. */
interface Method {
  readonly mode: string;
  readonly transformation: string;
  readonly rounding: string;
  readonly cubic: number;
  readonly isOutsideExcluded: boolean;
  /** For places outside of the input, by tf_crop_and_resize. */
  readonly extrapolation: number;
}

/** For every output place one neighbour, and its weight. */
interface Tap {
  readonly picks: readonly number[];
  readonly weights: readonly number[];
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
  tf_half_pixel_for_nn: (x, { scale }) => (x + 0.5) / scale,
  tf_crop_and_resize: (x, { input, output, crop = [0, 1] }) => {
    const [start, end] = crop;
    if (output <= 1) return 0.5 * (start + end) * (input - 1);
    return start * (input - 1) + (x * (end - start) * (input - 1)) / (output - 1);
  },
  half_pixel_symmetric: (x, { scale, input, output }) => {
    const adjusted = output / (scale * input);
    return (input / 2) * (1 - adjusted) + (x + 0.5) / scale - 0.5;
  },
};

function resize(ctx: OperatorContext, scalings: readonly Scaling[], method: Method): Value {
  const { mode, transformation, rounding } = method;
  const transform = named(TRANSFORMATIONS, transformation);
  const nearest = named(NEAREST, rounding);
  if (transform === undefined) {
    throw ctx.unsupported(
      "coordinate_transformation_mode",
      transformation,
      Object.keys(TRANSFORMATIONS).join(", "),
    );
  }
  if (nearest === undefined) throw ctx.unsupported("nearest_mode", rounding, Object.keys(NEAREST).join(", "));
  if (!["nearest", "linear", "cubic"].includes(mode))
    throw ctx.unsupported("mode", mode, "nearest, linear, cubic");
  let value = ctx.input(0);
  const outside: Value[] = [];
  for (const scaling of scalings) {
    const { axis, input, output, crop } = scaling;
    const isWhole = crop === undefined || (crop[0] === 0 && crop[1] === 1);
    if (input === output && scaling.scale === 1 && isWhole) continue;
    ctx.graph.checkList(output);
    const places = range(output).map((place) => transform(place, scaling));
    if (mode === "nearest") value = pick(ctx, value, scaling, places.map(nearest));
    else
      value = weigh(
        ctx,
        value,
        axis,
        mode === "linear" ? linear(places, input) : cubic(places, input, method),
      );
    if (crop !== undefined) outside.push(outsideOf(ctx, value, scaling, places));
  }
  if (outside.length === 0) return value;
  const fill = floatScalar(method.extrapolation);
  return outside.reduce((kept, mask) => ctx.graph.pointwise(SELECT, [mask, fill, kept], kept.type), value);
}

/** Which places along an axis do not lie in the input. */
function outsideOf(
  ctx: OperatorContext,
  value: Value,
  { axis, input }: Scaling,
  places: readonly number[],
): Value {
  const flags = Uint8Array.from(places, (place) => Number(place < 0 || place > input - 1));
  return reshape(
    ctx.graph,
    hostTensor("bool", [flags.length], flags),
    value.dims.map((dim, d) => (d === axis ? dim : 1)),
  );
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

const within = (place: number, input: number): number => Math.min(input - 1, Math.max(0, place));

function linear(places: readonly number[], input: number): readonly Tap[] {
  const clamped = places.map((place) => within(place, input));
  const left = clamped.map((place) => Math.min(Math.floor(place), Math.max(0, input - 2)));
  const share = clamped.map((place, i) => place - left[i]!);
  return [
    { picks: left, weights: share.map((weight) => 1 - weight) },
    { picks: left.map((place) => within(place + 1, input)), weights: share },
  ];
}

/** Keys' cubic convolution. Neighbours beyond an end are the end's element, or are left out, the others then weighing more. */
function cubic(
  places: readonly number[],
  input: number,
  { cubic: a, isOutsideExcluded }: Pick<Method, "cubic" | "isOutsideExcluded">,
): readonly Tap[] {
  const kernel = (x: number): number => {
    const d = Math.abs(x);
    if (d <= 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
    return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
  };
  const lists = places.map((place) => {
    const first = Math.floor(place) - 1;
    const own = range(4).map((k) => {
      const isOutside = first + k < 0 || first + k >= input;
      return isOutside && isOutsideExcluded ? 0 : kernel(place - first - k);
    });
    const total = isOutsideExcluded ? own.reduce((sum, weight) => sum + weight, 0) : 1;
    return own.map((weight, k) => ({ pick: within(first + k, input), weight: weight / total }));
  });
  return range(4).map((k) => ({
    picks: lists.map((list) => list[k]!.pick),
    weights: lists.map((list) => list[k]!.weight),
  }));
}

/** The sum of neighbours along an axis by their weights. */
function weigh(ctx: OperatorContext, value: Value, axis: number, taps: readonly Tap[]): Value {
  const { graph } = ctx;
  const inside = requireType(ctx, value, ["float32"]);
  const parts = taps.map(({ picks, weights }) => {
    const dims = value.dims.map((_, d) => (d === axis ? weights.length : 1));
    const factors = reshape(graph, floatTensor([weights.length], weights), dims);
    return graph.pointwise(MUL, [gather(graph, inside, int64Vector(picks), axis), factors], "float32");
  });
  return parts.reduce((sum, part) => graph.pointwise(ADD, [sum, part], "float32"));
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
  const crops = transformation === "tf_crop_and_resize" ? readCrops(ctx, dims.length, axes) : undefined;
  const cropped = scalings.map((scaling, d) =>
    crops === undefined ? scaling : { ...scaling, crop: crops[d]! },
  );
  return resize(ctx, cropped, {
    ...{ mode, transformation, cubic: ctx.float("cubic_coeff_a", -0.75) },
    rounding: ctx.string("nearest_mode", isFirst ? "floor" : "round_prefer_floor"),
    isOutsideExcluded: ctx.flag("exclude_outside", false),
    extrapolation: ctx.float("extrapolation_value", 0),
  });
}

/** The part of every dimension that is resized: all starts, then all ends. */
function readCrops(
  ctx: OperatorContext,
  rank: number,
  axes: readonly number[],
): readonly (readonly [number, number])[] {
  const list = ctx.optionalFractions(1, "roi") ?? [];
  if (list.length !== 2 * axes.length)
    throw ctx.mismatch(`${list.length} ends of parts for ${axes.length} dimensions`);
  return range(rank).map((d) => {
    const place = axes.indexOf(d);
    return place < 0 ? [0, 1] : [list[place]!, list[axes.length + place]!];
  });
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
  return resize(ctx, scalings, {
    ...{ mode: mode === "bilinear" ? "linear" : mode, transformation: "asymmetric", rounding: "floor" },
    ...{ cubic: -0.75, isOutsideExcluded: false, extrapolation: 0 },
  });
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
