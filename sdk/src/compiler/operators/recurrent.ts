/** Recurrent layers, unrolled over their sequence: each step is one product with the state, and what the gates make of it. */

import type { GraphBuilder } from "../graph/builder.ts";
import type { Value } from "../graph/ir.ts";
import { concat, expand, permute, reshape, slice, split } from "../graph/movement.ts";
import type { Rule } from "../graph/rule.ts";
import { range } from "../host/movement.ts";
import { floatScalar } from "../host/tensor.ts";
import { sigmoid } from "../math/sigmoid.ts";
import { tanh } from "../math/tanh.ts";
import type { Register, Tape } from "../tape/tape.ts";
import type { OperatorContext, OperatorTable } from "./context.ts";
import { product } from "./matmul.ts";
import { FLOATS, requireType } from "./types.ts";

type Activation = (t: Tape, x: Register) => Register;

const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  Sigmoid: sigmoid,
  Tanh: tanh,
  Relu: (t, x) => t.max(x, t.f32(0)),
};

/** One direction of a layer. */
interface Layer {
  readonly g: GraphBuilder;
  readonly hidden: number;
  /** [inputs, gates * hidden] and [hidden, gates * hidden] */
  readonly weights: Value;
  readonly recurrence: Value;
  /** For the product with the input and for that with the state, [gates * hidden] each. */
  readonly inputBias: Value | undefined;
  readonly stateBias: Value | undefined;
  readonly activations: readonly Activation[];
  /** What the input, output and forget gates see of the cell, [hidden] each. */
  readonly peepholes?: readonly Value[] | undefined;
}

interface State {
  readonly hidden: Value;
  readonly cell: Value | undefined;
}

/** The next state, given what the input contributes to all gates, [batch, gates * hidden]. */
type Cell = (layer: Layer, contribution: Value, state: State) => State;

function apply(g: GraphBuilder, emit: Rule["emit"], inputs: readonly Value[]): Value {
  return g.pointwise({ emit }, inputs, "float32");
}

function parts(g: GraphBuilder, gates: Value, count: number): Value[] {
  const size = gates.dims[1]! / count;
  return split(
    g,
    gates,
    1,
    range(count).map(() => size),
  );
}

function sum(g: GraphBuilder, a: Value, b: Value | undefined): Value {
  return b === undefined ? a : apply(g, (t, [x, y]) => t.add(x!, y!), [a, b]);
}

const rnnCell: Cell = ({ g, recurrence, stateBias, activations }, contribution, state) => {
  const gates = product(g, state.hidden, recurrence, sum(g, contribution, stateBias));
  return { hidden: apply(g, (t, [x]) => activations[0]!(t, x!), [gates]), cell: undefined };
};

/** Gates in the order input, output, forget, cell. */
const lstmCell: Cell = ({ g, recurrence, stateBias, activations, peepholes }, contribution, state) => {
  const [gate, inner, outer] = activations;
  const gates = product(g, state.hidden, recurrence, sum(g, contribution, stateBias));
  const [input, output, forget, fresh] = parts(g, gates, 4);
  const seeing = (value: Value, cell: Value, k: number): Value =>
    peepholes === undefined
      ? value
      : apply(g, (t, [x, c, p]) => t.add(x!, t.mul(p!, c!)), [value, cell, peepholes[k]!]);
  const next: Rule["emit"] = (t, [i, f, c, old]) =>
    t.add(t.mul(gate!(t, f!), old!), t.mul(gate!(t, i!), inner!(t, c!)));
  const before = state.cell!;
  const cell = apply(g, next, [seeing(input!, before, 0), seeing(forget!, before, 2), fresh!, before]);
  const hidden = apply(g, (t, [o, c]) => t.mul(gate!(t, o!), outer!(t, c!)), [
    seeing(output!, cell, 1),
    cell,
  ]);
  return { hidden, cell };
};

/** Gates in the order update, reset, hidden. */
function gruCell(isLinearFirst: boolean): Cell {
  return ({ g, hidden, recurrence, stateBias, activations }, contribution, state) => {
    const [gate, inner] = activations;
    const [updateInput, resetInput, freshInput] = parts(g, contribution, 3);
    const columns = split(g, recurrence, 1, [2 * hidden, hidden]);
    const biases = stateBias === undefined ? [] : split(g, stateBias, 0, [2 * hidden, hidden]);
    const both = product(
      g,
      state.hidden,
      columns[0]!,
      sum(g, concat(g, [updateInput!, resetInput!], 1), biases[0]),
    );
    const [update, reset] = parts(g, both, 2);
    const fresh = isLinearFirst
      ? apply(g, (t, [r, h, x]) => inner!(t, t.add(t.mul(gate!(t, r!), h!), x!)), [
          reset!,
          product(g, state.hidden, columns[1]!, biases[1]),
          freshInput!,
        ])
      : apply(g, (t, [x]) => inner!(t, x!), [
          product(
            g,
            apply(g, (t, [r, h]) => t.mul(gate!(t, r!), h!), [reset!, state.hidden]),
            columns[1]!,
            sum(g, freshInput!, biases[1]),
          ),
        ]);
    const mix: Rule["emit"] = (t, [z, n, h]) => {
      const share = gate!(t, z!);
      return t.add(t.mul(t.sub(t.f32(1), share), n!), t.mul(share, h!));
    };
    return { hidden: apply(g, mix, [update!, fresh, state.hidden]), cell: undefined };
  };
}

interface Kind {
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
  if (ctx.flag("input_forget", false)) throw ctx.unsupported("input_forget", 1, "0");
  const isBatchFirst = ctx.int("layout", 0) === 1;
  const swap = (value: Value, order: readonly number[]): Value =>
    isBatchFirst ? permute(g, value, order) : value;
  const sequence = swap(requireType(ctx, ctx.input(0), FLOATS), [1, 0, 2]);
  const [length = 0, batch = 0, width = 0] = sequence.dims;
  const lengths = ctx.optionalNumbers(4, "sequence_lens") ?? [];
  if (lengths.some((own) => own !== length))
    throw ctx.unsupported("input 4 (sequence_lens)", lengths, `sequences of one length, ${length}`);
  const hidden = ctx.int("hidden_size") ?? ctx.input(2).dims[2] ?? 0;
  const name = ctx.string("direction", "forward");
  const directions = DIRECTIONS[name];
  if (directions === undefined) throw ctx.unsupported("direction", name, Object.keys(DIRECTIONS).join(", "));
  const chosen = readActivations(ctx, names, directions.length);
  const initial = (index: number, direction: number): Value => {
    const given = ctx.optional(index);
    if (given === undefined) return expand(g, floatScalar(0), [batch, hidden]);
    return reshape(
      g,
      slice(g, swap(given, [1, 0, 2]), new Map([[0, { start: direction, step: 1, count: 1 }]])),
      [batch, hidden],
    );
  };
  const results = directions.map((isReverse, direction) => {
    const own = (index: number): Value =>
      slice(g, ctx.input(index), new Map([[0, { start: direction, step: 1, count: 1 }]]));
    const bias =
      ctx.optional(3) === undefined
        ? []
        : split(g, reshape(g, own(3), [2 * gates * hidden]), 0, [gates * hidden, gates * hidden]);
    const layer: Layer = {
      ...{ g, hidden, activations: chosen[direction]! },
      weights: permute(g, reshape(g, own(1), [gates * hidden, width]), [1, 0]),
      recurrence: permute(g, reshape(g, own(2), [gates * hidden, hidden]), [1, 0]),
      inputBias: bias[0],
      stateBias: bias[1],
      peepholes:
        ctx.optional(7) === undefined
          ? undefined
          : split(g, reshape(g, own(7), [3 * hidden]), 0, [hidden, hidden, hidden]),
    };
    // The input's part of all steps at once.
    const all = product(g, reshape(g, sequence, [length * batch, width]), layer.weights, layer.inputBias);
    let state: State = { hidden: initial(5, direction), cell: initial(6, direction) };
    const outputs: Value[] = [];
    for (let i = 0; i < length; i++) {
      const place = isReverse ? length - 1 - i : i;
      const contribution = slice(g, all, new Map([[0, { start: place * batch, step: 1, count: batch }]]));
      state = cell(ctx)(layer, contribution, state);
      outputs[place] = state.hidden;
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

function readActivations(
  ctx: OperatorContext,
  names: readonly string[],
  directions: number,
): readonly (readonly Activation[])[] {
  const attribute = ctx.node.attributes.get("activations");
  const stated = attribute?.kind === "strings" ? attribute.value : range(directions).flatMap(() => names);
  if (stated.length !== names.length * directions) throw ctx.malformed(`${stated.length} activations`);
  const list = stated.map((name) => {
    const activation = ACTIVATIONS[name];
    if (activation === undefined)
      throw ctx.unsupported("activations", name, Object.keys(ACTIVATIONS).join(", "));
    return activation;
  });
  return range(directions).map((i) => list.slice(i * names.length, (i + 1) * names.length));
}

const ATTRIBUTES = [
  "activations",
  "direction",
  "hidden_size",
  "layout",
  "input_forget",
  "linear_before_reset",
];

const KINDS: Readonly<Record<string, Kind>> = {
  RNN: { gates: 1, activations: ["Tanh"], cell: () => rnnCell },
  GRU: {
    gates: 3,
    activations: ["Sigmoid", "Tanh"],
    cell: (ctx) => gruCell(ctx.flag("linear_before_reset", false)),
  },
  LSTM: { gates: 4, activations: ["Sigmoid", "Tanh", "Tanh"], cell: () => lstmCell },
};

export const RECURRENCES: OperatorTable = Object.fromEntries(
  Object.entries(KINDS).map(([name, kind]) => [
    name,
    { attributes: ATTRIBUTES, translate: (ctx: OperatorContext) => translate(ctx, kind) },
  ]),
);
