/** Resize and Upsample: by picking elements, or by weighing neighbours along every dimension. */

import type { Value } from "../graph/ir.ts";
import { gather, reshape } from "../graph/movement.ts";
import { range } from "../host/movement.ts";
import { floatScalar, floatTensor, hostTensor, int64Vector } from "../host/tensor.ts";
import { ADD, MUL, SELECT } from "./arithmetic.ts";
import { named, type OperatorContext, type OperatorTable } from "./context.ts";
import {
  covering,
  type Method,
  NEAREST,
  type Scaling,
  type Tap,
  TRANSFORMATIONS,
  taps,
} from "./neighbours.ts";
import { sizes } from "./shape.ts";
import { requireType } from "./types.ts";

function resize(ctx: OperatorContext, scalings: readonly Scaling[], method: Method): Value {
  const { mode, transformation, rounding } = method;
  const transform = named(TRANSFORMATIONS, transformation);
  if (transform === undefined) {
    throw ctx.unsupported(
      "coordinate_transformation_mode",
      transformation,
      Object.keys(TRANSFORMATIONS).join(", "),
    );
  }
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
    if (mode === "nearest") {
      const picks = places.map((place) => rounding(place, scaling));
      value = pick(ctx, value, scaling, picks);
    } else value = weigh(ctx, value, axis, taps(ctx.graph, places, scaling, method));
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
  if (scales === undefined && wanted === undefined) throw ctx.malformed("it has neither scales nor sizes");
  const factors = wanted === undefined ? scales! : wantedScales(ctx, wanted, axes);
  const isStretched = wanted !== undefined && ctx.string("keep_aspect_ratio_policy", "stretch") === "stretch";
  const half = wanted === undefined ? 0 : 0.5;
  const scaled = dims.map((dim, d) => Math.floor(Math.fround(dim * factors[d]!) + half));
  const outputs = sizes(ctx, isStretched ? wanted : scaled);
  const scalings = dims.map((input, axis) => ({
    ...{ axis, input, output: outputs[axis]!, scale: factors[axis]! },
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
    rounding: isFirst ? covering : readRounding(ctx),
    isOutsideExcluded: ctx.flag("exclude_outside", false),
    isAntialiased: ctx.flag("antialias", false),
    extrapolation: ctx.float("extrapolation_value", 0),
  });
}

function readRounding(ctx: OperatorContext): Method["rounding"] {
  const name = ctx.string("nearest_mode", "round_prefer_floor");
  const rounding = named(NEAREST, name);
  if (rounding === undefined) throw ctx.unsupported("nearest_mode", name, Object.keys(NEAREST).join(", "));
  return rounding;
}

/** The scales that lead to given sizes: of every dimension its own, or one for all that keep the picture's proportions. */
function wantedScales(
  ctx: OperatorContext,
  wanted: readonly number[],
  axes: readonly number[],
): readonly number[] {
  const own = ctx.input(0).dims.map((dim, d) => Math.fround(wanted[d]! / dim));
  const policy = ctx.string("keep_aspect_ratio_policy", "stretch");
  const among = axes.map((d) => own[d]!);
  switch (policy) {
    case "stretch":
      return own;
    case "not_larger":
      return own.map((scale, d) => (axes.includes(d) ? Math.min(...among) : scale));
    case "not_smaller":
      return own.map((scale, d) => (axes.includes(d) ? Math.max(...among) : scale));
    default:
      throw ctx.unsupported("keep_aspect_ratio_policy", policy, "stretch, not_larger, not_smaller");
  }
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
    ...{ mode: mode === "bilinear" ? "linear" : mode, transformation: "asymmetric", rounding: Math.floor },
    ...{ cubic: -0.75, isOutsideExcluded: false, isAntialiased: false, extrapolation: 0 },
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
