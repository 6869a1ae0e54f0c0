/** Operators that move elements. */

import { Op } from "../../machine/opcodes.ts";
import { fromFloat } from "../../machine/scalar.ts";
import type { Value } from "../graph/ir.ts";
import { type Cut, concat, expand, gather, pad, permute, reshape, slice, split } from "../graph/movement.ts";
import { IDENTITY } from "../graph/rule.ts";
import { toRegisters } from "../host/bits.ts";
import { range } from "../host/movement.ts";
import { type HostTensor, int64Vector } from "../host/tensor.ts";
import { SELECT } from "./arithmetic.ts";
import { indicesOf, type OperatorContext, type OperatorTable } from "./context.ts";
import { sizes } from "./shape.ts";

function translateTranspose(ctx: OperatorContext): Value {
  const value = ctx.input(0);
  const rank = value.dims.length;
  const order = ctx.ints("perm") ?? range(rank, rank - 1, -1);
  if (order.length !== rank || ctx.axes(order, rank).some((from, d) => from !== order[d])) {
    throw ctx.mismatch(`perm [${order.join(", ")}] for ${rank} dimensions`);
  }
  return permute(ctx.graph, value, order);
}

function translateConcat(ctx: OperatorContext): Value {
  const values = ctx.all();
  const type = values[0]?.type;
  if (values.some((value) => value.type !== type)) throw ctx.malformed("inputs are of different types");
  const axis = ctx.int("axis");
  if (axis === undefined) throw ctx.malformed("attribute axis is missing");
  return concat(ctx.graph, values, ctx.axis(axis, values[0]?.dims.length ?? 0));
}

/** The coordinates that Python's `[start:end:step]` takes. */
function cutOf(extent: number, start: number, end: number, step: number): Cut {
  const place = (stated: number, least: number, most: number): number =>
    Math.min(most, Math.max(least, stated < 0 ? stated + extent : stated));
  const first = step > 0 ? place(start, 0, extent) : place(start, 0, extent - 1);
  const last = step > 0 ? place(end, 0, extent) : place(end, -1, extent - 1);
  const count = Math.max(0, Math.ceil((last - first) / step));
  // The step to a neighbour that does not exist can be anything.
  return { start: first, step: count > 1 ? step : 1, count };
}

function translateSlice(ctx: OperatorContext): Value {
  const value = ctx.input(0);
  const isAttribute = ctx.opset < 10;
  const starts = isAttribute ? ctx.ints("starts") : ctx.numbers(1, "starts");
  const ends = isAttribute ? ctx.ints("ends") : ctx.numbers(2, "ends");
  if (starts === undefined || ends === undefined || starts.length !== ends.length)
    throw ctx.malformed("starts and ends do not match");
  const stated = isAttribute ? ctx.ints("axes") : ctx.optionalNumbers(3, "axes");
  const steps = (isAttribute ? undefined : ctx.optionalNumbers(4, "steps")) ?? starts.map(() => 1);
  const axes = ctx.axes(stated ?? range(starts.length), value.dims.length);
  if (axes.length !== starts.length || steps.length !== starts.length || steps.includes(0)) {
    throw ctx.malformed("axes or steps do not match starts");
  }
  const cuts = axes.map(
    (axis, i) => [axis, cutOf(value.dims[axis]!, starts[i]!, ends[i]!, steps[i]!)] as const,
  );
  return slice(ctx.graph, value, new Map(cuts));
}

function translateSplit(ctx: OperatorContext): readonly Value[] {
  const value = ctx.input(0);
  const axis = ctx.axis(ctx.int("axis", 0), value.dims.length);
  const extent = value.dims[axis]!;
  const parts = ctx.int("num_outputs") ?? ctx.node.outputs.length;
  ctx.graph.checkList(parts);
  const stated = ctx.opset >= 13 ? ctx.optionalNumbers(1, "split") : ctx.ints("split");
  const size = Math.ceil(extent / parts);
  const lengths = sizes(ctx, stated ?? range(parts).map((i) => Math.min(size, extent - i * size)));
  if (lengths.reduce((sum, length) => sum + length, 0) !== extent) {
    throw ctx.mismatch(`parts [${lengths.join(", ")}] of ${extent} elements`);
  }
  return split(ctx.graph, value, axis, lengths);
}

/** Coordinates of a dimension with `before` and `after` more of them, mirrored or repeated at the ends. */
function mirrored(
  ctx: OperatorContext,
  extent: number,
  before: number,
  after: number,
  mode: string,
): number[] {
  ctx.graph.checkList(extent + before + after);
  return range(extent + before + after, -before).map((c) => {
    if (mode === "edge") return Math.min(extent - 1, Math.max(0, c));
    if (mode === "wrap") return ((c % extent) + extent) % extent;
    const period = Math.max(1, 2 * (extent - 1));
    if (before >= extent || after >= extent)
      throw ctx.mismatch(`${Math.max(before, after)} elements cannot be mirrored from ${extent}`);
    const folded = Math.abs(c) % period;
    return Math.min(folded, period - folded);
  });
}

function translatePad(ctx: OperatorContext): Value {
  const value = ctx.input(0);
  const rank = value.dims.length;
  const isAttribute = ctx.opset < 11;
  const pads = isAttribute ? ctx.ints("pads") : ctx.numbers(1, "pads");
  const axes = ctx.axes((isAttribute ? undefined : ctx.optionalNumbers(3, "axes")) ?? range(rank), rank);
  if (pads === undefined || pads.length !== 2 * axes.length)
    throw ctx.malformed(`${pads?.length ?? 0} pads for ${axes.length} axes`);
  const before = range(rank).map((d) => (axes.includes(d) ? pads[axes.indexOf(d)]! : 0));
  const after = range(rank).map((d) => (axes.includes(d) ? pads[axes.length + axes.indexOf(d)]! : 0));
  ctx.graph.checkSize(value.dims.map((extent, d) => Math.max(0, extent + before[d]! + after[d]!)));
  const mode = ctx.string("mode", "constant");
  switch (mode) {
    case "constant":
      return pad(
        ctx.graph,
        value,
        before,
        after,
        isAttribute ? fromFloat(ctx.float("value", 0)) : fillOf(ctx),
      );
    case "reflect":
    case "edge":
    case "wrap": {
      let result = value;
      for (const [d, extent] of value.dims.entries()) {
        if (before[d] === 0 && after[d] === 0) continue;
        result = gather(
          ctx.graph,
          result,
          int64Vector(mirrored(ctx, extent, before[d]!, after[d]!, mode)),
          d,
        );
      }
      return result;
    }
    default:
      throw ctx.unsupported("mode", mode, "constant, reflect, edge, wrap");
  }
}

function fillOf(ctx: OperatorContext): number {
  if (ctx.optional(2) === undefined) return 0;
  return toRegisters(ctx.known(2, "constant_value"), { at: ctx.at })[0] ?? 0;
}

function translateGather(ctx: OperatorContext): Value {
  const value = ctx.input(0);
  return gather(ctx.graph, value, indicesOf(ctx, 1), ctx.axis(ctx.int("axis", 0), value.dims.length));
}

function translateExpand(ctx: OperatorContext): Value {
  const value = ctx.input(0);
  const dims = ctx.graph.broadcast([value.dims, sizes(ctx, ctx.numbers(1, "shape"))]);
  return expand(ctx.graph, value, dims);
}

function translateTile(ctx: OperatorContext): Value {
  const repeats = sizes(ctx, ctx.numbers(1, "repeats"));
  let value = ctx.input(0);
  if (repeats.length !== value.dims.length)
    throw ctx.mismatch(`${repeats.length} repeats for ${value.dims.length} dimensions`);
  for (const [axis, count] of repeats.entries()) {
    if (count === 1) continue;
    const dims = value.dims.map((dim, d) => (d === axis ? dim * count : dim));
    value = ctx.graph.view(value, dims, { kind: "tile", axis });
  }
  return value;
}

function translateDepthToSpace(ctx: OperatorContext): Value {
  const value = ctx.input(0);
  const block = ctx.int("blocksize", 1);
  const [batch = 1, channels = 1, height = 1, width = 1] = value.dims;
  const rest = channels / (block * block);
  if (value.dims.length !== 4 || block < 1 || !Number.isInteger(rest))
    throw ctx.mismatch(`blocks of ${block} from [${value.dims.join(", ")}]`);
  const isColumnFirst = ctx.string("mode", "DCR") === "CRD";
  const parts = isColumnFirst
    ? [batch, rest, block, block, height, width]
    : [batch, block, block, rest, height, width];
  const order = isColumnFirst ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2];
  const moved = permute(ctx.graph, reshape(ctx.graph, value, parts), order);
  return reshape(ctx.graph, moved, [batch, rest, height * block, width * block]);
}

function translateSpaceToDepth(ctx: OperatorContext): Value {
  const value = ctx.input(0);
  const block = ctx.int("blocksize", 1);
  const [batch = 1, channels = 1, height = 1, width = 1] = value.dims;
  if (value.dims.length !== 4 || block < 1 || height % block !== 0 || width % block !== 0) {
    throw ctx.mismatch(`blocks of ${block} from [${value.dims.join(", ")}]`);
  }
  const parts = [batch, channels, height / block, block, width / block, block];
  const moved = permute(ctx.graph, reshape(ctx.graph, value, parts), [0, 3, 5, 1, 2, 4]);
  return reshape(ctx.graph, moved, [batch, channels * block * block, height / block, width / block]);
}

/** Keeps one triangle of the last two dimensions. */
function translateTrilu(ctx: OperatorContext): Value {
  const value = ctx.input(0);
  const [rows, columns] = value.dims.slice(-2);
  if (rows === undefined || columns === undefined) throw ctx.mismatch("the input is not a matrix");
  const shift = ctx.optional(1) === undefined ? 0 : ctx.numbers(1, "k")[0]!;
  const isUpper = ctx.flag("upper", true);
  ctx.graph.checkList(rows * columns);
  const kept = range(rows * columns).map((i) => {
    const distance = (i % columns) - Math.floor(i / columns) - shift;
    return Number(isUpper ? distance >= 0 : distance <= 0);
  });
  const mask: HostTensor = { kind: "host", type: "bool", dims: [rows, columns], data: Uint8Array.from(kept) };
  const zero = ctx.graph.pointwise(
    { ...IDENTITY, emit: (t) => t.bits(0), big: () => 0n },
    [value],
    value.type,
  );
  return ctx.graph.pointwise(SELECT, [mask, value, zero], value.type);
}

/** `on` where a class is named, `off` elsewhere. */
function translateOneHot(ctx: OperatorContext): Value {
  const { graph } = ctx;
  const index = ctx.input(0);
  const depth = Math.trunc(ctx.optionalFractions(1, "depth")?.[0] ?? 0);
  const values = ctx.input(2);
  const rank = index.dims.length + 1;
  const axis = ctx.axis(ctx.int("axis", -1), rank);
  const dims = [...index.dims.slice(0, axis), 1, ...index.dims.slice(axis)];
  graph.checkList(depth);
  const classes = reshape(
    graph,
    int64Vector(range(sizes(ctx, [depth])[0]!)),
    range(rank).map((d) => (d === axis ? depth : 1)),
  );
  const [off, on] = split(graph, values, 0, [1, 1]).map((part) => reshape(graph, part, []));
  const isHere = graph.pointwise(
    {
      emit: (t, [x, c], [type]) => {
        const whole = type === "float32" ? t.op(Op.i32TruncSatF32S, x!) : x!;
        const wrapped = t.select(
          t.op(Op.i32LtS, whole, t.i32(0)),
          t.op(Op.i32Add, whole, t.i32(depth)),
          whole,
        );
        return t.op(Op.i32Eq, wrapped, c!);
      },
    },
    [reshape(graph, index, dims), classes],
    "bool",
  );
  return graph.pointwise(SELECT, [isHere, on!, off!], values.type);
}

export const MOVEMENTS: OperatorTable = {
  Transpose: { attributes: ["perm"], translate: translateTranspose },
  Concat: { attributes: ["axis"], translate: translateConcat },
  Slice: { attributes: ["starts", "ends", "axes"], translate: translateSlice },
  Split: { attributes: ["axis", "split", "num_outputs"], translate: translateSplit },
  Pad: { attributes: ["mode", "pads", "value"], translate: translatePad },
  Gather: { attributes: ["axis"], translate: translateGather },
  Expand: { since: 8, translate: translateExpand },
  Tile: { translate: translateTile },
  DepthToSpace: { attributes: ["blocksize", "mode"], translate: translateDepthToSpace },
  SpaceToDepth: { attributes: ["blocksize"], translate: translateSpaceToDepth },
  Trilu: { since: 14, attributes: ["upper"], translate: translateTrilu },
  OneHot: { since: 9, attributes: ["axis"], translate: translateOneHot },
};
