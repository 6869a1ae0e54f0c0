/** Samples an image at places that the request names, and makes such places. */

import { Op } from "../../machine/opcodes.ts";
import type { Value } from "../graph/ir.ts";
import { gather, reshape, slice } from "../graph/movement.ts";
import type { Rule } from "../graph/rule.ts";
import { range } from "../host/movement.ts";
import { elementCount, floatTensor, int64Vector } from "../host/tensor.ts";
import type { Register, Tape } from "../tape/tape.ts";
import { named, type OperatorContext, type OperatorTable } from "./context.ts";
import { FLOATS, requireType } from "./types.ts";

/** One dimension of the image. */
interface Side {
  readonly extent: number;
  /** Ends at which places beyond are reflected. */
  readonly least: number;
  readonly most: number;
}

type Padding = "zeros" | "border" | "reflection";
type Along = (t: Tape, x: Register, side: Side) => Register;

const clamped: Along = (t, x, { extent }) => t.min(t.max(x, t.f32(0)), t.f32(extent - 1));

/** Reflected at both ends as often as it takes: a zigzag of the distance from one end. */
const reflected: Along = (t, x, { least, most }) => {
  const span = most - least;
  if (span === 0) return t.f32(least);
  const distance = t.op(Op.f32Abs, t.sub(x, t.f32(least)));
  const turns = t.op(Op.f32Floor, t.div(distance, t.f32(span)));
  const rest = t.sub(distance, t.mul(turns, t.f32(span)));
  const half = t.mul(turns, t.f32(0.5));
  const isBack = t.op(Op.f32Ne, t.op(Op.f32Floor, half), half);
  return t.add(t.f32(least), t.select(isBack, t.sub(t.f32(span), rest), rest));
};

const INTO: Readonly<Record<Padding, Along>> = {
  zeros: (_t, x) => x,
  border: clamped,
  reflection: reflected,
};

/** Where a coordinate from -1 to 1 lies in a dimension of the image. */
function located(t: Tape, x: Register, side: Side, isAligned: boolean): Register {
  const { extent } = side;
  const one = t.add(x, t.f32(1));
  if (isAligned) return t.mul(t.mul(one, t.f32(0.5)), t.f32(extent - 1));
  return t.mul(t.sub(t.mul(one, t.f32(extent)), t.f32(1)), t.f32(0.5));
}

/** The weights of four neighbours, the second being the place rounded down: Keys' cubic convolution with -0.75. */
function cubicWeight(t: Tape, share: Register, k: number): Register {
  const a = -0.75;
  const d = t.op(Op.f32Abs, t.sub(share, t.f32(k - 1)));
  if (k === 1 || k === 2) {
    const inner = t.sub(t.mul(t.f32(a + 2), d), t.f32(a + 3));
    return t.add(t.mul(t.mul(inner, d), d), t.f32(1));
  }
  const inner = t.add(t.mul(t.sub(t.mul(t.f32(a), d), t.f32(5 * a)), d), t.f32(8 * a));
  return t.sub(t.mul(inner, d), t.f32(4 * a));
}

function linearWeight(t: Tape, share: Register, k: number): Register {
  return k === 0 ? t.sub(t.f32(1), share) : share;
}

interface Kernel {
  /** The first neighbour, counted from the place rounded down, and how many there are. */
  readonly first: number;
  readonly count: number;
  readonly weight: (t: Tape, share: Register, k: number) => Register;
}

const KERNELS: Readonly<Record<string, Kernel>> = {
  nearest: { first: 0, count: 1, weight: (t) => t.f32(1) },
  bilinear: { first: 0, count: 2, weight: linearWeight },
  bicubic: { first: -1, count: 4, weight: cubicWeight },
};
/** The names of opset 20. */
const RENAMED: Readonly<Record<string, string>> = { linear: "bilinear", cubic: "bicubic" };

function translateGridSample(ctx: OperatorContext): Value {
  const { graph } = ctx;
  const image = requireType(ctx, ctx.input(0), FLOATS);
  const grid = requireType(ctx, ctx.input(1), FLOATS);
  const stated = ctx.string("mode", ctx.opset < 20 ? "bilinear" : "linear");
  const kernel = named(KERNELS, named(RENAMED, stated) ?? stated);
  const padding = ctx.string("padding_mode", "zeros");
  if (kernel === undefined)
    throw ctx.unsupported("mode", stated, "nearest, bilinear, bicubic, linear, cubic");
  if (!isPadding(padding)) throw ctx.unsupported("padding_mode", padding, "zeros, border, reflection");
  const [batch = 0, channels = 0, height = 0, width = 0] = image.dims;
  const [own, rows = 0, columns = 0, two] = grid.dims;
  if (image.dims.length !== 4 || grid.dims.length !== 4 || own !== batch || two !== 2)
    throw ctx.mismatch(`a grid [${grid.dims.join(", ")}] for an image [${image.dims.join(", ")}]`);
  const isAligned = ctx.flag("align_corners", false);
  const sides = [width, height].map(
    (extent): Side =>
      isAligned ? { extent, least: 0, most: extent - 1 } : { extent, least: -0.5, most: extent - 0.5 },
  );
  const into = INTO[padding];
  const places = sides.map((side, axis) => {
    const part = slice(graph, grid, new Map([[3, { start: axis, step: 1, count: 1 }]]));
    const emit: Rule["emit"] = (t, [x]) => {
      const place = located(t, x!, side, isAligned);
      // Of cubic kernels only the neighbours are brought into the image.
      if (kernel.count === 4) return place;
      return into(t, kernel.count === 1 ? t.op(Op.f32Nearest, place) : place, side);
    };
    return graph.pointwise({ emit }, [reshape(graph, part, [batch, 1, rows, columns])], "float32");
  });
  const flat = reshape(graph, image, [elementCount(image.dims)]);
  graph.checkList(batch * channels);
  const starts = reshape(graph, int64Vector(range(batch * channels, 0, height * width)), [
    batch,
    channels,
    1,
    1,
  ]);

  /** The neighbour `k` along an axis, and whether it is there. */
  const neighbour = (t: Tape, place: Register, axis: number, k: number): readonly [Register, Register] => {
    const side = sides[axis]!;
    const c = t.add(t.op(Op.f32Floor, place), t.f32(kernel.first + k));
    const inside = clamped(t, padding === "zeros" ? c : into(t, c, side), side);
    return [t.op(Op.i32TruncSatF32S, inside), t.op(Op.f32Eq, inside, c)];
  };
  const all = range(kernel.count).flatMap((y) => range(kernel.count).map((x) => [x, y] as const));
  const parts = all.map(([kx, ky]) => {
    const address: Rule["emit"] = (t, [x, y, start]) => {
      const row = t.op(Op.i32Mul, neighbour(t, y!, 1, ky)[0], t.i32(width));
      return t.op(Op.i32Add, t.op(Op.i32Add, row, neighbour(t, x!, 0, kx)[0]), start!);
    };
    const found = gather(graph, flat, graph.pointwise({ emit: address }, [...places, starts], "int64"), 0);
    const emit: Rule["emit"] = (t, [value, x, y]) => {
      const weights = [x!, y!].map((place, axis) => {
        const share = t.sub(place, t.op(Op.f32Floor, place));
        return kernel.weight(t, share, axis === 0 ? kx : ky);
      });
      const isThere = t.op(Op.i32And, neighbour(t, x!, 0, kx)[1], neighbour(t, y!, 1, ky)[1]);
      const seen = padding === "zeros" ? t.select(isThere, value!, t.f32(0)) : value!;
      return t.mul(seen, t.mul(weights[0]!, weights[1]!));
    };
    return graph.pointwise({ emit }, [found, ...places], "float32");
  });
  return parts.reduce((sum, part) =>
    graph.pointwise({ emit: (t, [a, b]) => t.add(a!, b!) }, [sum, part], "float32"),
  );
}

/** Grids of places, by matrices that take the places of the output to those of the image. */
function translateAffineGrid(ctx: OperatorContext): Value {
  const { graph } = ctx;
  const matrices = requireType(ctx, ctx.input(0), FLOATS);
  const [batch = 0, , ...extents] = ctx.numbers(1, "size");
  const rank = extents.length;
  if (!(rank === 2 || rank === 3) || matrices.dims.join() !== [batch, rank, rank + 1].join())
    throw ctx.mismatch(`matrices [${matrices.dims.join(", ")}] for ${rank} spatial dimensions`);
  const isAligned = ctx.flag("align_corners", false);
  const ones = new Array<number>(rank + 2).fill(1);
  /** Column j of the matrices, one element for each coordinate of a place. */
  const column = (j: number): Value => {
    const part = slice(graph, matrices, new Map([[2, { start: j, step: 1, count: 1 }]]));
    return reshape(graph, part, ones.with(0, batch).with(rank + 1, rank));
  };
  const terms = range(rank).flatMap((j) => {
    // The first coordinate of a place runs along the last dimension.
    const axis = rank - 1 - j;
    const extent = extents[axis]!;
    if (!(extent >= 1)) throw ctx.mismatch(`a grid of [${extents.join(", ")}]`);
    graph.checkList(extent);
    const place = (i: number): number => {
      if (!isAligned) return (2 * i + 1) / extent - 1;
      return extent === 1 ? 0 : (2 * i) / (extent - 1) - 1;
    };
    return [column(j), floatTensor(ones.with(1 + axis, extent), range(extent).map(place))];
  });
  const emit: Rule["emit"] = (t, args) => {
    const products = range(rank).map((j) => t.mul(args[2 * j]!, args[2 * j + 1]!));
    return t.add(
      products.reduce((sum, product) => t.add(sum, product)),
      args[2 * rank]!,
    );
  };
  return graph.pointwise({ emit }, [...terms, column(rank)], "float32");
}

function isPadding(text: string): text is Padding {
  return Object.hasOwn(INTO, text);
}

export const SAMPLES: OperatorTable = {
  AffineGrid: { since: 20, attributes: ["align_corners"], translate: translateAffineGrid },
  GridSample: {
    since: 16,
    attributes: ["mode", "padding_mode", "align_corners"],
    translate: translateGridSample,
  },
};
