/** Fourier transforms, as products with constant matrices, and the windows that go with them. */

import type { Value } from "../graph/ir.ts";
import { gather, pad, permute, reshape } from "../graph/movement.ts";
import { range } from "../host/movement.ts";
import { elementCount, floatTensor, hostTensor, isHostType, typeName } from "../host/tensor.ts";
import { MUL } from "./arithmetic.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";
import { product } from "./matmul.ts";
import { cast } from "./shape.ts";
import { FLOATS, requireType } from "./types.ts";

/** pi / 4 */
const EIGHTH = 0.7853981633974483;

/** cos and sin of the angle `part / whole` of a turn, by their series on an eighth of one: only operations that every JavaScript engine rounds alike. */
function turn(part: number, whole: number): readonly [number, number] {
  // In eighths, exactly: octant and what is left of it.
  const octant = Math.floor((8 * part) / whole);
  const rest = (8 * part - octant * whole) / whole;
  const isOdd = octant % 2 === 1;
  const x = (isOdd ? 1 - rest : rest) * EIGHTH;
  const [c, s] = [series(x, 0), series(x, 1)];
  const [near, far] = isOdd ? [s, c] : [c, s];
  const quadrants = [
    [near, far],
    [-far, near],
    [-near, -far],
    [far, -near],
  ] as const;
  return quadrants[Math.floor(octant / 2) % 4]!;
}

/** x^start / start! - x^(start + 2) / (start + 2)! + ... */
function series(x: number, start: 0 | 1): number {
  let term = start === 0 ? 1 : x;
  let sum = 0;
  for (let k = start; k < 24; k += 2) {
    sum += term;
    term = (-term * x * x) / ((k + 1) * (k + 2));
  }
  return sum;
}

interface Transform {
  readonly length: number;
  readonly isInverse: boolean;
  readonly isOneSided: boolean;
}

/** The transform of the last dimension but one; the last holds real parts, or real and imaginary ones. */
function transformed(
  ctx: OperatorContext,
  value: Value,
  { length, isInverse, isOneSided }: Transform,
): Value {
  const { graph } = ctx;
  const [extent = 0, parts = 0] = value.dims.slice(-2);
  const outer = value.dims.slice(0, -2);
  if (parts !== 1 && parts !== 2) throw ctx.mismatch(`${parts} parts of a number`);
  if (!(length >= 1)) throw ctx.mismatch(`a transform of ${length} numbers`);
  const at = value.dims.length - 2;
  const ends = value.dims.map((_, d) => (d === at ? length - extent : 0));
  const fitted = pad(
    graph,
    value,
    value.dims.map(() => 0),
    ends,
    0,
  );
  const count = isOneSided ? Math.floor(length / 2) + 1 : length;
  graph.checkList(length * parts * count * 2);
  const weights = new Float32Array(length * parts * count * 2);
  for (let n = 0; n < length; n++) {
    for (let k = 0; k < count; k++) {
      const [c, forward] = turn((n * k) % length, length);
      const s = isInverse ? -forward : forward;
      const scale = isInverse ? 1 / length : 1;
      const row = n * parts * count * 2 + 2 * k;
      weights[row] = c * scale;
      weights[row + 1] = -s * scale;
      if (parts === 1) continue;
      weights[row + count * 2] = s * scale;
      weights[row + count * 2 + 1] = c * scale;
    }
  }
  const rows = reshape(graph, fitted, [elementCount(outer), length * parts]);
  const matrix = hostTensor("float32", [length * parts, count * 2], weights);
  return reshape(graph, product(graph, rows, matrix, undefined), [...outer, count, 2]);
}

function translateDft(ctx: OperatorContext): Value {
  const value = requireType(ctx, ctx.input(0), FLOATS);
  const rank = value.dims.length;
  const stated = ctx.opset < 20 ? ctx.int("axis", 1) : (ctx.optionalNumbers(2, "axis")?.[0] ?? -2);
  const axis = ctx.axis(stated, rank);
  if (axis === rank - 1) throw ctx.mismatch("the last dimension holds the parts of numbers");
  const order = range(rank).map((d) => (d === axis ? rank - 2 : d === rank - 2 ? axis : d));
  const result = transformed(ctx, permute(ctx.graph, value, order), {
    length: ctx.optionalNumbers(1, "dft_length")?.[0] ?? value.dims[axis]!,
    isInverse: ctx.flag("inverse", false),
    isOneSided: ctx.flag("onesided", false),
  });
  return permute(ctx.graph, result, order);
}

function translateStft(ctx: OperatorContext): Value {
  const { graph } = ctx;
  const given = requireType(ctx, ctx.input(0), FLOATS);
  const signal = given.dims.length === 2 ? reshape(graph, given, [...given.dims, 1]) : given;
  const step = ctx.numbers(1, "frame_step")[0] ?? 0;
  const window = ctx.optional(2);
  const length = ctx.optionalNumbers(3, "frame_length")?.[0] ?? window?.dims[0] ?? 0;
  const [, extent = 0] = signal.dims;
  const count = Math.floor((extent - length) / step) + 1;
  if (!(step >= 1 && length >= 1 && count >= 1))
    throw ctx.mismatch(`frames of ${length}, ${step} apart, in ${extent}`);
  graph.checkList(count * length);
  const places = range(count * length).map((i) => BigInt(Math.floor(i / length) * step + (i % length)));
  const frames = gather(graph, signal, hostTensor("int64", [count, length], BigInt64Array.from(places)), 1);
  const seen =
    window === undefined
      ? frames
      : graph.pointwise(
          MUL,
          [frames, reshape(graph, requireType(ctx, window, FLOATS), [length, 1])],
          "float32",
        );
  return transformed(ctx, seen, { length, isInverse: false, isOneSided: ctx.flag("onesided", true) });
}

/** `weights[0] + weights[1] * cos(2 pi n / N) + weights[2] * cos(4 pi n / N)` for n below the size, which N is, or one more than N. */
function windowOf(weights: readonly number[]): (ctx: OperatorContext) => Value {
  return (ctx) => {
    const size = ctx.numbers(0, "size")[0] ?? 0;
    const type = typeName(ctx.int("output_datatype", 1));
    if (!(size >= 1)) throw ctx.mismatch(`a window of ${size}`);
    if (!isHostType(type)) throw ctx.graph.unsupportedType("The result", type);
    ctx.graph.checkList(size);
    const period = Math.max(1, ctx.flag("periodic", true) ? size : size - 1);
    const values = range(size).map((n) =>
      weights.reduce((sum, weight, k) => sum + weight * turn((n * k) % period, period)[0], 0),
    );
    return cast(ctx, floatTensor([size], values), type);
  };
}

const WINDOW = { since: 17, attributes: ["output_datatype", "periodic"] } as const;

export const SPECTRA: OperatorTable = {
  DFT: { since: 17, attributes: ["axis", "inverse", "onesided"], translate: translateDft },
  STFT: { since: 17, attributes: ["onesided"], translate: translateStft },
  HannWindow: { ...WINDOW, translate: windowOf([0.5, -0.5]) },
  HammingWindow: { ...WINDOW, translate: windowOf([25 / 46, -21 / 46]) },
  BlackmanWindow: { ...WINDOW, translate: windowOf([0.42, -0.5, 0.08]) },
};
