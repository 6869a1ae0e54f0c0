/** Recurrent layers, unrolled over their sequence: each step is one product with the state, and what the gates make of it. */

import { Op } from "../../machine/opcodes.ts";
import type { Value } from "../graph/ir.ts";
import { concat, expand, permute, reshape, slice, split } from "../graph/movement.ts";
import { floatScalar, toNumbers } from "../host/tensor.ts";
import { SELECT } from "./arithmetic.ts";
import { type Cell, gruCell, type Layer, lstmCell, rnnCell, type State } from "./cells.ts";
import { named, type OperatorContext, type OperatorTable } from "./context.ts";
import { readActivations } from "./gates.ts";
import { product } from "./matmul.ts";
import { FLOATS, requireType } from "./types.ts";

interface Kind {
  /** Beside those that all have. */
  readonly attributes: readonly string[];
  readonly gates: number;
  readonly activations: readonly string[];
  readonly cell: (ctx: OperatorContext) => Cell;
}

const DIRECTIONS: Readonly<Record<string, readonly boolean[]>> = {
  forward: [false],
  reverse: [true],
  bidirectional: [false, true],
};

function translate(
  ctx: OperatorContext,
  { gates, activations: names, cell }: Kind,
): readonly (Value | undefined)[] {
  const { graph: g } = ctx;
  const isBatchFirst = ctx.int("layout", 0) === 1;
  const swap = (value: Value, order: readonly number[]): Value =>
    isBatchFirst ? permute(g, value, order) : value;
  const sequence = swap(requireType(ctx, ctx.input(0), FLOATS), [1, 0, 2]);
  if (sequence.dims.length !== 3)
    throw ctx.mismatch(`the sequence has ${sequence.dims.length} dimensions, not 3`);
  const [length = 0, batch = 0, width = 0] = sequence.dims;
  const lengths = readLengths(ctx, length, batch);
  const hidden = ctx.int("hidden_size") ?? ctx.input(2).dims[2] ?? 0;
  const name = ctx.string("direction", "forward");
  const directions = named(DIRECTIONS, name);
  if (directions === undefined) throw ctx.unsupported("direction", name, Object.keys(DIRECTIONS).join(", "));
  g.unroll(length * directions.length);
  const functions = readActivations(ctx, names, directions.length);
  const shaped = (index: number, value: Value, ...dims: readonly number[]): Value => {
    const wanted = [directions.length, ...dims];
    if (value.dims.join() === wanted.join()) return value;
    throw ctx.mismatch(`input ${index} is [${value.dims.join(", ")}], not [${wanted.join(", ")}]`);
  };
  const initial = (index: number, direction: number): Value => {
    const given = ctx.optional(index);
    if (given === undefined) return expand(g, floatScalar(0), [batch, hidden]);
    return reshape(
      g,
      slice(
        g,
        shaped(index, swap(given, [1, 0, 2]), batch, hidden),
        new Map([[0, { start: direction, step: 1, count: 1 }]]),
      ),
      [batch, hidden],
    );
  };
  const results = directions.map((isReverse, direction) => {
    const own = (index: number, ...dims: readonly number[]): Value =>
      slice(
        g,
        shaped(index, ctx.input(index), ...dims),
        new Map([[0, { start: direction, step: 1, count: 1 }]]),
      );
    const bias =
      ctx.optional(3) === undefined
        ? []
        : split(g, reshape(g, own(3, 2 * gates * hidden), [2 * gates * hidden]), 0, [
            gates * hidden,
            gates * hidden,
          ]);
    const layer: Layer = {
      ...{ g, hidden, activations: functions[direction]! },
      weights: permute(g, reshape(g, own(1, gates * hidden, width), [gates * hidden, width]), [1, 0]),
      recurrence: permute(g, reshape(g, own(2, gates * hidden, hidden), [gates * hidden, hidden]), [1, 0]),
      inputBias: bias[0],
      stateBias: bias[1],
      peepholes:
        ctx.optional(7) === undefined
          ? undefined
          : split(g, reshape(g, own(7, 3 * hidden), [3 * hidden]), 0, [hidden, hidden, hidden]),
    };
    // The input's part of all steps at once.
    const all = product(g, reshape(g, sequence, [length * batch, width]), layer.weights, layer.inputBias);
    let state: State = { hidden: initial(5, direction), cell: initial(6, direction) };
    const outputs: Value[] = [];
    for (let i = 0; i < length; i++) {
      const place = isReverse ? length - 1 - i : i;
      const contribution = slice(g, all, new Map([[0, { start: place * batch, step: 1, count: batch }]]));
      const next = cell(ctx)(layer, contribution, state);
      const going = goingAt(ctx, lengths, place);
      outputs[place] = chosen(ctx, going, next.hidden, floatScalar(0));
      // Behind its end a sequence keeps its state; backwards it has not begun.
      state = {
        hidden: chosen(ctx, going, next.hidden, state.hidden),
        cell: next.cell === undefined ? undefined : chosen(ctx, going, next.cell, state.cell!),
      };
    }
    return { outputs, state };
  });
  const stack = (values: readonly Value[]): Value =>
    concat(
      g,
      values.map((value) => reshape(g, value, [1, batch, hidden])),
      0,
    );
  const whole = results.map(({ outputs }) => reshape(g, stack(outputs), [length, 1, batch, hidden]));
  const last = swap(stack(results.map(({ state }) => state.hidden)), [1, 0, 2]);
  const cells = results.flatMap(({ state }) => state.cell ?? []);
  return [
    swap(concat(g, whole, 1), [2, 0, 1, 3]),
    last,
    ...(cells.length > 0 ? [swap(stack(cells), [1, 0, 2])] : []),
  ];
}

/** How long every sequence is, [batch, 1]; `undefined` if all are as long as the input. */
function readLengths(ctx: OperatorContext, length: number, batch: number): Value | undefined {
  const lengths = ctx.optional(4);
  if (lengths === undefined) return undefined;
  requireType(ctx, lengths, ["int32"]);
  if (lengths.dims.join() !== String(batch))
    throw ctx.mismatch(`sequence_lens [${lengths.dims.join(", ")}] for ${batch} sequences`);
  if (lengths.kind === "host") {
    const wrong = toNumbers(lengths).find((own) => own < 0 || own > length);
    if (wrong !== undefined) throw ctx.mismatch(`a sequence of ${wrong} in an input of ${length}`);
  }
  return reshape(ctx.graph, lengths, [batch, 1]);
}

/** Which sequences have an element at a place, [batch, 1]; `undefined` if all have. */
function goingAt(ctx: OperatorContext, lengths: Value | undefined, place: number): Value | undefined {
  if (lengths === undefined) return undefined;
  if (lengths.kind === "host" && toNumbers(lengths).every((own) => own > place)) return undefined;
  return ctx.graph.pointwise({ emit: (t, [own]) => t.op(Op.i32LtS, t.i32(place), own!) }, [lengths], "bool");
}

function chosen(ctx: OperatorContext, going: Value | undefined, value: Value, other: Value): Value {
  return going === undefined ? value : ctx.graph.pointwise(SELECT, [going, value, other], "float32");
}

const ATTRIBUTES = [
  ...["activations", "activation_alpha", "activation_beta", "clip"],
  ...["direction", "hidden_size", "layout"],
];

const KINDS: Readonly<Record<string, Kind>> = {
  RNN: { attributes: [], gates: 1, activations: ["Tanh"], cell: () => rnnCell },
  GRU: {
    ...{ attributes: ["linear_before_reset"], gates: 3, activations: ["Sigmoid", "Tanh"] },
    cell: (ctx) => gruCell(ctx.flag("linear_before_reset", false)),
  },
  LSTM: {
    ...{ attributes: ["input_forget"], gates: 4, activations: ["Sigmoid", "Tanh", "Tanh"] },
    cell: (ctx) => lstmCell(ctx.flag("input_forget", false)),
  },
};

export const RECURRENCES: OperatorTable = Object.fromEntries(
  Object.entries(KINDS).map(([name, kind]) => [
    name,
    {
      attributes: [...ATTRIBUTES, ...kind.attributes],
      translate: (ctx: OperatorContext) => translate(ctx, kind),
    },
  ]),
);
