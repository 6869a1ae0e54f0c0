/** Regions of an image that the request names, resampled to one size. */

import { Op } from "../../machine/opcodes.ts";
import type { Value } from "../graph/ir.ts";
import { gather, reshape, slice } from "../graph/movement.ts";
import type { Rule } from "../graph/rule.ts";
import { range } from "../host/movement.ts";
import { elementCount, floatScalar, floatTensor, int64Vector } from "../host/tensor.ts";
import type { Register, Tape } from "../tape/tape.ts";
import { ADD, DIV, MAX } from "./arithmetic.ts";
import { indicesOf, type OperatorContext, type OperatorTable } from "./context.ts";
import { maximum, sum } from "./reduce.ts";
import { FLOATS, requireType } from "./types.ts";

/** Places between which a sample lies along one dimension: `near` with the weight 1 - share, `far` with the weight share. */
interface Between {
  readonly near: Register;
  readonly far: Register;
  readonly share: Register;
  /** Whether the sample lies in the image, or at most one element outside of it. */
  readonly isNear: Register;
}

function between(t: Tape, place: Register, extent: number): Between {
  const most = t.f32(extent - 1);
  const inside = t.max(place, t.f32(0));
  const floor = t.op(Op.f32Floor, inside);
  const near = t.min(floor, most);
  return {
    near: t.op(Op.i32TruncSatF32S, near),
    far: t.op(Op.i32TruncSatF32S, t.min(t.add(floor, t.f32(1)), most)),
    share: t.select(t.op(Op.f32Ge, floor, most), t.f32(0), t.sub(inside, floor)),
    isNear: t.op(Op.i32And, t.op(Op.f32Ge, place, t.f32(-1)), t.op(Op.f32Le, place, t.f32(extent))),
  };
}

/** What is computed: dimensions are regions, channels, rows, samples of a row, columns, samples of a column. */
function translateRoiAlign(ctx: OperatorContext): Value {
  const { graph } = ctx;
  const image = requireType(ctx, ctx.input(0), FLOATS);
  const regions = requireType(ctx, ctx.input(1), FLOATS);
  const batches = indicesOf(ctx, 2);
  const mode = ctx.string("mode", "avg");
  if (mode !== "avg" && mode !== "max") throw ctx.unsupported("mode", mode, "avg, max");
  const stated = ctx.string(TRANSFORMATION, ctx.opset < 16 ? "output_half_pixel" : "half_pixel");
  if (stated !== "half_pixel" && stated !== "output_half_pixel")
    throw ctx.unsupported(TRANSFORMATION, stated, "half_pixel, output_half_pixel");
  const samples = ctx.int("sampling_ratio", 0);
  if (samples < 1)
    throw ctx.unsupported(
      "sampling_ratio",
      samples,
      "numbers of at least 1; with 0 the number of samples follows from the data of the request",
    );
  const sizes = [ctx.int("output_height", 1), ctx.int("output_width", 1)];
  if (sizes.some((size) => size < 1)) throw ctx.unsupported("output size", sizes, "numbers of at least 1");
  const [, channels = 0, height = 0, width = 0] = image.dims;
  const [count = 0, four] = regions.dims;
  if (
    image.dims.length !== 4 ||
    regions.dims.length !== 2 ||
    four !== 4 ||
    batches.dims.join() !== `${count}`
  )
    throw ctx.mismatch(
      `regions [${regions.dims.join(", ")}] of images [${batches.dims.join(", ")}] in [${image.dims.join(", ")}]`,
    );

  const isHalf = stated === "half_pixel";
  const scale = ctx.float("spatial_scale", 1);
  /** Where samples lie along the rows (0) or columns (1) of the image. */
  const placesAlong = (axis: number): Value => {
    const size = sizes[axis]!;
    graph.checkList(size * samples);
    const shape = [1, 1, 1, 1, 1, 1].with(2 + 2 * axis, size);
    const bins = floatTensor(shape, range(size));
    const inBin = floatTensor(
      [1, 1, 1, 1, 1, 1].with(3 + 2 * axis, samples),
      range(samples).map((i) => i + 0.5),
    );
    const [first, last] = [1 - axis, 3 - axis].map((start) =>
      reshape(graph, slice(graph, regions, new Map([[1, { start, step: 1, count: 1 }]])), [
        count,
        1,
        1,
        1,
        1,
        1,
      ]),
    );
    const emit: Rule["emit"] = (t, [a, b, bin, sample]) => {
      const scaled = (x: Register): Register => t.sub(t.mul(x, t.f32(scale)), t.f32(isHalf ? 0.5 : 0));
      const start = scaled(a!);
      const span = t.sub(scaled(b!), start);
      const extent = t.div(isHalf ? span : t.max(span, t.f32(1)), t.f32(size));
      const offset = t.div(t.mul(sample!, extent), t.f32(samples));
      return t.add(t.add(start, t.mul(bin!, extent)), offset);
    };
    return graph.pointwise({ emit }, [first!, last!, bins, inBin], "float32");
  };
  const places = [placesAlong(0), placesAlong(1)];
  const flat = reshape(graph, image, [elementCount(image.dims)]);
  graph.checkList(channels);
  const starts = [
    reshape(graph, batches, [count, 1, 1, 1, 1, 1]),
    reshape(graph, int64Vector(range(channels, 0, height * width)), [1, channels, 1, 1, 1, 1]),
  ];

  const corners = [0, 1].flatMap((down) => [0, 1].map((right) => [down, right] as const));
  const parts = corners.map(([down, right]) => {
    const address: Rule["emit"] = (t, [y, x, batch, channel]) => {
      const [row, column] = [between(t, y!, height), between(t, x!, width)];
      const start = t.op(Op.i32Add, t.op(Op.i32Mul, batch!, t.i32(channels * height * width)), channel!);
      const above = t.op(Op.i32Mul, down === 1 ? row.far : row.near, t.i32(width));
      return t.op(Op.i32Add, t.op(Op.i32Add, above, right === 1 ? column.far : column.near), start);
    };
    const found = gather(graph, flat, graph.pointwise({ emit: address }, [...places, ...starts], "int64"), 0);
    const emit: Rule["emit"] = (t, [value, y, x]) => {
      const [row, column] = [between(t, y!, height), between(t, x!, width)];
      const weight = (share: Register, isFar: number): Register =>
        isFar === 1 ? share : t.sub(t.f32(1), share);
      const weighted = t.mul(value!, t.mul(weight(row.share, down), weight(column.share, right)));
      return t.select(t.op(Op.i32And, row.isNear, column.isNear), weighted, t.f32(0));
    };
    return graph.pointwise({ emit }, [found, ...places], "float32");
  });
  // The largest is one of the weighted corners, not of the samples: so the operator was defined.
  const joined = parts.reduce((a, b) => graph.pointwise(mode === "avg" ? ADD : MAX, [a, b], "float32"));
  if (mode === "max") return maximum(graph, joined, [3, 5], false);
  return graph.pointwise(DIV, [sum(graph, joined, [3, 5], false), floatScalar(samples * samples)], "float32");
}

const TRANSFORMATION = "coordinate_transformation_mode";

export const REGIONS: OperatorTable = {
  RoiAlign: {
    since: 10,
    attributes: [
      ...["mode", "output_height", "output_width", "sampling_ratio", "spatial_scale"],
      TRANSFORMATION,
    ],
    translate: translateRoiAlign,
  },
};
