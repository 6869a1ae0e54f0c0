/** The functions that recurrent layers apply to their gates. */

import { range } from "../host/movement.ts";
import { sigmoid } from "../math/sigmoid.ts";
import { softplus } from "../math/softplus.ts";
import { tanh } from "../math/tanh.ts";
import type { Register, Tape } from "../tape/tape.ts";
import type { OperatorContext } from "./context.ts";
import { elu, hardSigmoid, leakyRelu, line, softsign, thresholdedRelu } from "./functions.ts";

export type Activation = (t: Tape, x: Register) => Register;

interface GateFunction {
  readonly name: string;
  readonly compute: (t: Tape, x: Register, alpha: number, beta: number) => Register;
  /** What it takes if the node says nothing, or that the node must say it; without one it has no such parameter. */
  readonly alpha?: number | "stated";
  readonly beta?: number | "stated";
}

const FUNCTIONS: readonly GateFunction[] = [
  { name: "Affine", compute: line, alpha: 1, beta: 0 },
  { name: "Elu", compute: elu, alpha: 1 },
  { name: "HardSigmoid", compute: hardSigmoid, alpha: 0.2, beta: 0.5 },
  { name: "LeakyRelu", compute: leakyRelu, alpha: 0.01 },
  { name: "Relu", compute: (t, x) => t.max(x, t.f32(0)) },
  {
    ...{ name: "ScaledTanh", alpha: "stated", beta: "stated" },
    compute: (t, x, alpha, beta) => t.mul(t.f32(alpha), tanh(t, t.mul(t.f32(beta), x))),
  },
  { name: "Sigmoid", compute: sigmoid },
  { name: "Softplus", compute: softplus },
  { name: "Softsign", compute: softsign },
  { name: "Tanh", compute: tanh },
  { name: "ThresholdedRelu", compute: thresholdedRelu, alpha: 1 },
];

/** Their names are written in any case. */
const BY_NAME = new Map(FUNCTIONS.map((item) => [item.name.toLowerCase(), item]));

/**
 * The functions of every direction of a layer, the gates of which bound what they are given where the node says so.
 *
 * @param names - the functions of one direction by default
 */
export function readActivations(
  ctx: OperatorContext,
  names: readonly string[],
  directions: number,
): readonly (readonly Activation[])[] {
  const stated = ctx.strings("activations") ?? range(directions).flatMap(() => names);
  if (stated.length !== names.length * directions) throw ctx.malformed(`${stated.length} activations`);
  const clip = ctx.optionalFloat("clip");
  // Only functions with such a parameter take a number from these lists.
  const parameters = (attribute: string): ((fallback: GateFunction["alpha"]) => number) => {
    const left = [...(ctx.floats(attribute) ?? [])];
    return (fallback) => {
      const value = fallback === undefined ? 0 : (left.shift() ?? fallback);
      if (value === "stated") throw ctx.malformed(`${attribute} has too few numbers`);
      return value;
    };
  };
  const [nextAlpha, nextBeta] = [parameters("activation_alpha"), parameters("activation_beta")];
  const list = stated.map((name, i): Activation => {
    const item = BY_NAME.get(name.toLowerCase());
    if (item === undefined)
      throw ctx.unsupported("activations", name, FUNCTIONS.map((known) => known.name).join(", "));
    const [alpha, beta] = [nextAlpha(item.alpha), nextBeta(item.beta)];
    // The third function, that of the cell, is no gate.
    const most = i % names.length === 2 ? undefined : clip;
    return (t, x) => item.compute(t, most === undefined ? x : bounded(t, x, most), alpha, beta);
  });
  return range(directions).map((i) => list.slice(i * names.length, (i + 1) * names.length));
}

function bounded(t: Tape, x: Register, most: number): Register {
  return t.max(t.f32(-most), t.min(t.f32(most), x));
}
