/** Where the elements of a resized dimension come from: places between elements of the input, and the neighbours that stand for them. */

import type { GraphBuilder } from "../graph/builder.ts";
import { range } from "../host/movement.ts";

/** One dimension that changes. */
export interface Scaling {
  readonly axis: number;
  readonly input: number;
  readonly output: number;
  readonly scale: number;
  /** The part of the input that is resized, as fractions of it; for tf_crop_and_resize. */
  readonly crop?: readonly [start: number, end: number];
}

/** How elements are found between others. */
export interface Method {
  readonly mode: string;
  readonly transformation: string;
  /** The neighbour that stands for a place, by `nearest`. */
  readonly rounding: (place: number, scaling: Scaling) => number;
  readonly cubic: number;
  readonly isOutsideExcluded: boolean;
  /** Whether what is made smaller is weighed over all elements that an output element covers. */
  readonly isAntialiased: boolean;
  /** For places outside of the input, by tf_crop_and_resize. */
  readonly extrapolation: number;
}

/** For every output place one neighbour, and its weight. */
export interface Tap {
  readonly picks: readonly number[];
  readonly weights: readonly number[];
}

export const NEAREST: Readonly<Record<string, Method["rounding"]>> = {
  round_prefer_floor: (x) => Math.ceil(x - 0.5),
  round_prefer_ceil: (x) => Math.floor(x + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

/**
 * The place of the input that an output place corresponds to. All numbers are binary32, every operation rounding, as in ONNX's own code and in
 * runtimes: which neighbour is nearest can depend on it.
 */
export const TRANSFORMATIONS: Readonly<Record<string, (place: number, scaling: Scaling) => number>> = {
  asymmetric: (x, { scale }) => Math.fround(x / scale),
  half_pixel: (x, { scale }) => Math.fround(Math.fround((x + 0.5) / scale) - 0.5),
  pytorch_half_pixel: (x, { scale, output }) =>
    output > 1 ? Math.fround(Math.fround((x + 0.5) / scale) - 0.5) : 0,
  // As ONNX's own tests have it, the length before it is rounded down: corners meet where it is whole. Runtimes differ otherwise.
  align_corners: (x, { input, output, scale }) =>
    output > 1 ? Math.fround((x * (input - 1)) / Math.fround(Math.fround(input * scale) - 1)) : 0,
  tf_half_pixel_for_nn: (x, { scale }) => Math.fround((x + 0.5) / scale),
  tf_crop_and_resize: (x, { input, output, crop = [0, 1] }) => {
    const [start, end] = crop;
    if (output <= 1) return 0.5 * (start + end) * (input - 1);
    return start * (input - 1) + (x * (end - start) * (input - 1)) / (output - 1);
  },
  half_pixel_symmetric: (x, { scale, input, output }) => {
    const adjusted = Math.fround(output / Math.fround(scale * input));
    const offset = Math.fround((input / 2) * Math.fround(1 - adjusted));
    return Math.fround(Math.fround(offset + Math.fround((x + 0.5) / scale)) - 0.5);
  },
};

/** Opset 10 says nothing, and its tests and runtimes round up what becomes smaller. */
export const covering: Method["rounding"] = (x, { scale }) => (scale < 1 ? Math.ceil(x) : Math.floor(x));

export const within = (place: number, input: number): number => Math.min(input - 1, Math.max(0, place));

/** The neighbours that every place is weighed from. */
export function taps(
  g: GraphBuilder,
  places: readonly number[],
  { input, scale }: Scaling,
  { mode, cubic, isOutsideExcluded, isAntialiased }: Method,
): readonly Tap[] {
  const isSmaller = isAntialiased && scale < 1;
  if (mode === "linear" && !isSmaller && !isOutsideExcluded) return linear(places, input);
  const [reach, kernel] = mode === "linear" ? [1, tent] : [2, keys(cubic)];
  const width = isSmaller ? scale : 1;
  const first = Math.floor(-reach / width) + 1;
  g.checkList((2 - 2 * first) * places.length);
  return window(places, input, { first, kernel: (x) => kernel(x * width), isOutsideExcluded });
}

function linear(places: readonly number[], input: number): readonly Tap[] {
  const clamped = places.map((place) => within(place, input));
  const left = clamped.map((place) => Math.min(Math.floor(place), Math.max(0, input - 2)));
  const share = clamped.map((place, i) => place - left[i]!);
  return [
    { picks: left, weights: share.map((weight) => 1 - weight) },
    { picks: left.map((place) => within(place + 1, input)), weights: share },
  ];
}

const tent = (x: number): number => Math.max(0, 1 - Math.abs(x));

/** Keys' cubic convolution. */
function keys(a: number): (x: number) => number {
  return (x) => {
    const d = Math.abs(x);
    if (d <= 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
    return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
  };
}

interface Kernel {
  /** Of the neighbours, counted from the one in front of the place. */
  readonly first: number;
  readonly kernel: (distance: number) => number;
  readonly isOutsideExcluded: boolean;
}

/** Neighbours beyond an end are the end's element, or are left out; the weights of a place sum up to 1. */
function window(
  places: readonly number[],
  input: number,
  { first, kernel, isOutsideExcluded }: Kernel,
): readonly Tap[] {
  const count = 2 - 2 * first;
  const lists = places.map((place) => {
    const start = Math.floor(place) + first;
    const own = range(count).map((k) => {
      const isOutside = start + k < 0 || start + k >= input;
      return isOutside && isOutsideExcluded ? 0 : kernel(place - start - k);
    });
    const total = own.reduce((sum, weight) => sum + weight, 0);
    return own.map((weight, k) => ({ pick: within(start + k, input), weight: weight / total }));
  });
  return range(count).map((k) => ({
    picks: lists.map((list) => list[k]!.pick),
    weights: lists.map((list) => list[k]!.weight),
  }));
}
