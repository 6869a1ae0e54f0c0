/** Counts how often short sequences of tokens occur in rows of tokens that are integers. */

import { Op } from "../../machine/opcodes.ts";
import type { NestForm, Value } from "../graph/ir.ts";
import { concat, expand, gather, reshape } from "../graph/movement.ts";
import type { Rule } from "../graph/rule.ts";
import { range } from "../host/movement.ts";
import { floatTensor, int64Vector } from "../host/tensor.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";
import { cast } from "./shape.ts";
import { requireType } from "./types.ts";

/** Sequences of one length that are looked for. */
interface Grams {
  readonly length: number;
  /** Sequence by sequence. */
  readonly tokens: readonly number[];
  /** Number of the first one among all sequences of the pool. */
  readonly first: number;
}

/** The pool lists sequences of length 1, then those of length 2, and so on; `ngram_counts` says where each length starts. */
function readPool(ctx: OperatorContext): readonly Grams[] {
  const texts = ctx.strings("pool_strings") ?? [];
  if (texts.length > 0) throw ctx.unsupported("pool_strings", texts, "integers, in pool_int64s");
  const pool = ctx.ints("pool_int64s") ?? [];
  const starts = ctx.ints("ngram_counts") ?? [];
  let first = 0;
  return starts.map((start, i) => {
    const [length, end] = [i + 1, starts[i + 1] ?? pool.length];
    const tokens = start >= 0 && start <= end ? pool.slice(start, end) : [];
    const count = tokens.length / length;
    if (end > pool.length || end < start || start < 0 || !Number.isInteger(count))
      throw ctx.malformed(`ngram_counts [${starts.join(", ")}] do not divide a pool of ${pool.length}`);
    first += count;
    return { length, tokens, first: first - count };
  });
}

/** How often each sequence occurs in each row, with 0 to `mostSkips` tokens left out between any two of its own. */
function countGrams(ctx: OperatorContext, rows: Value, { length, tokens }: Grams, mostSkips: number): Value {
  const { graph } = ctx;
  const [count = 1, width = 1] = rows.dims;
  const grams = tokens.length / length;
  const wanted = reshape(graph, int64Vector(tokens), [grams, length]);
  const zero = expand(graph, reshape(graph, int64Vector([0]), [1, 1]), [count, grams]);
  let sum: Value = zero;
  // A single token has nothing between that could be left out.
  for (let skip = 0; skip <= (length === 1 ? 0 : mostSkips); skip++) {
    const places = width - (length - 1) * (skip + 1);
    if (places < 1) break;
    graph.unroll(length);
    sum = graph.nest({
      ...{ type: "int64", dims: [count, grams], reduction: [places], fold: "i32.add", init: sum },
      operands: range(length).flatMap((j) => [
        {
          source: rows,
          coordinates: [{ out: [[0, 1]] }, { base: j * (skip + 1), reduced: [[0, 1]] }] as NestForm[],
        },
        { source: wanted, coordinates: [{ out: [[1, 1]] }, { base: j }] as NestForm[] },
      ]),
      body: (t, args) =>
        range(length)
          .map((j) => t.op(Op.i32Eq, args[2 * j]!, args[2 * j + 1]!))
          .reduce((all, one) => t.op(Op.i32And, all, one)),
    });
  }
  return sum;
}

const MODES: readonly string[] = ["TF", "IDF", "TFIDF"];

function translateTfIdf(ctx: OperatorContext): Value {
  const { graph } = ctx;
  const value = requireType(ctx, ctx.input(0), ["int32", "int64"]);
  const { dims } = value;
  if (dims.length !== 1 && dims.length !== 2)
    throw ctx.mismatch(`[${dims.join(", ")}] where rows of tokens are taken`);
  const rows =
    dims.length === 1 ? reshape(graph, cast(ctx, value, "int64"), [1, ...dims]) : cast(ctx, value, "int64");
  const mode = ctx.string("mode", "");
  if (!MODES.includes(mode)) throw ctx.unsupported("mode", mode, MODES.join(", "));
  const [least, most] = [ctx.int("min_gram_length", 1), ctx.int("max_gram_length", 1)];
  const pool = readPool(ctx);
  const total = pool.reduce((sum, { tokens, length }) => sum + tokens.length / length, 0);
  const places = ctx.ints("ngram_indexes") ?? [];
  const weights = ctx.floats("weights") ?? new Array<number>(total).fill(1);
  if (places.length !== total || weights.length !== total || total === 0 || places.some((place) => place < 0))
    throw ctx.mismatch(`${places.length} indices and ${weights.length} weights for ${total} sequences`);
  const size = places.reduce((a, b) => Math.max(a, b), 0) + 1;
  graph.checkList(size);

  const counted = pool.filter(({ length, tokens }) => length >= least && length <= most && tokens.length > 0);
  const parts = counted.map((grams) => countGrams(ctx, rows, grams, ctx.int("max_skip_count", 0)));
  // What is not counted reads a column of zeros, the last one.
  const zeros = expand(graph, reshape(graph, int64Vector([0]), [1, 1]), [rows.dims[0]!, 1]);
  const counts = concat(graph, [...parts, zeros], 1);
  const sources = new Array<number>(size).fill(counts.dims[1]! - 1);
  const factors = new Array<number>(size).fill(0);
  const seen = new Set<number>();
  let column = 0;
  for (const { first, tokens, length } of counted) {
    for (const gram of range(tokens.length / length, first)) {
      const place = places[gram]!;
      if (seen.has(place)) throw ctx.mismatch(`two sequences have the index ${place}`);
      seen.add(place);
      sources[place] = column++;
      factors[place] = weights[gram]!;
    }
  }
  const found = cast(ctx, gather(graph, counts, int64Vector(sources), 1), "float32");
  const emit: Rule["emit"] = (t, [count, weight]) => {
    if (mode === "TF") return count!;
    if (mode === "TFIDF") return t.mul(count!, weight!);
    return t.select(t.op(Op.f32Gt, count!, t.f32(0)), weight!, t.f32(0));
  };
  const result = graph.pointwise({ emit }, [found, floatTensor([size], factors)], "float32");
  return dims.length === 1 ? reshape(graph, result, [size]) : result;
}

export const TOKEN_COUNTS: OperatorTable = {
  TfIdfVectorizer: {
    since: 9,
    attributes: [
      ...["max_gram_length", "max_skip_count", "min_gram_length", "mode", "ngram_counts", "ngram_indexes"],
      ...["pool_int64s", "pool_strings", "weights"],
    ],
    translate: translateTfIdf,
  },
};
