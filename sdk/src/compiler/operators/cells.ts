/** One step of a recurrent layer: a product with the state, and what the gates make of it. */

import type { GraphBuilder } from "../graph/builder.ts";
import type { Value } from "../graph/ir.ts";
import { concat, split } from "../graph/movement.ts";
import type { Rule } from "../graph/rule.ts";
import { range } from "../host/movement.ts";
import type { Activation } from "./gates.ts";
import { product } from "./matmul.ts";

/** One direction of a layer. */
export interface Layer {
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

export interface State {
  readonly hidden: Value;
  readonly cell: Value | undefined;
}

/** The next state, given what the input contributes to all gates, [batch, gates * hidden]. */
export type Cell = (layer: Layer, contribution: Value, state: State) => State;

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

/** A node of its own for every function, so that those that are too long for one step get several. */
function activate(g: GraphBuilder, activation: Activation | undefined, value: Value): Value {
  return apply(g, (t, [x]) => activation!(t, x!), [value]);
}

function sum(g: GraphBuilder, a: Value, b: Value | undefined): Value {
  return b === undefined ? a : apply(g, (t, [x, y]) => t.add(x!, y!), [a, b]);
}

export const rnnCell: Cell = ({ g, recurrence, stateBias, activations }, contribution, state) => {
  const gates = product(g, state.hidden, recurrence, sum(g, contribution, stateBias));
  return { hidden: activate(g, activations[0], gates), cell: undefined };
};

/**
 * Gates in the order input, output, forget, cell.
 *
 * @param isCoupled - whether what is not taken in is kept, without a forget gate of its own
 */
export const lstmCell =
  (isCoupled: boolean): Cell =>
  ({ g, recurrence, stateBias, activations, peepholes }, contribution, state) => {
    const [gate, inner, outer] = activations;
    const gates = product(g, state.hidden, recurrence, sum(g, contribution, stateBias));
    const [input, output, forget, fresh] = parts(g, gates, 4);
    const seeing = (value: Value, cell: Value, k: number): Value =>
      peepholes === undefined
        ? value
        : apply(g, (t, [x, c, p]) => t.add(x!, t.mul(p!, c!)), [value, cell, peepholes[k]!]);
    const before = state.cell!;
    const taken = activate(g, gate, seeing(input!, before, 0));
    const kept = isCoupled
      ? apply(g, (t, [i]) => t.sub(t.f32(1), i!), [taken])
      : activate(g, gate, seeing(forget!, before, 2));
    const next: Rule["emit"] = (t, [i, f, c, old]) => t.add(t.mul(f!, old!), t.mul(i!, c!));
    const cell = apply(g, next, [taken, kept, activate(g, inner, fresh!), before]);
    const shown = activate(g, gate, seeing(output!, cell, 1));
    const hidden = apply(g, (t, [o, c]) => t.mul(o!, c!), [shown, activate(g, outer, cell)]);
    return { hidden, cell };
  };

/** Gates in the order update, reset, hidden. */
export function gruCell(isLinearFirst: boolean): Cell {
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
    const [update, reset] = parts(g, both, 2).map((part) => activate(g, gate, part));
    const fresh = isLinearFirst
      ? apply(g, (t, [r, h, x]) => t.add(t.mul(r!, h!), x!), [
          reset!,
          product(g, state.hidden, columns[1]!, biases[1]),
          freshInput!,
        ])
      : product(
          g,
          apply(g, (t, [r, h]) => t.mul(r!, h!), [reset!, state.hidden]),
          columns[1]!,
          sum(g, freshInput!, biases[1]),
        );
    const mix: Rule["emit"] = (t, [z, n, h]) => t.add(t.mul(t.sub(t.f32(1), z!), n!), t.mul(z!, h!));
    return { hidden: apply(g, mix, [update!, activate(g, inner, fresh), state.hidden]), cell: undefined };
  };
}
