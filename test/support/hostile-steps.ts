/** Encodings that break the rules, each in a way that a hostile model could. */

import type { Affine, Step } from "../../sdk/src/machine/types.ts";
import type { Random } from "./random.ts";

/** A sound encoding with some bytes changed, cut off or appended. */
export function mutated(random: Random, encoding: Uint8Array): Uint8Array {
  if (random.chance(0.15)) return encoding.slice(0, random.integer(0, encoding.length));
  if (random.chance(0.15)) return Uint8Array.of(...encoding, ...random.bytes(random.integer(1, 9)));
  const result = encoding.slice();
  for (let times = random.integer(1, 3); times > 0; times--) {
    result[random.integer(0, result.length - 1)] = random.pick([
      0,
      1,
      2,
      4,
      8,
      9,
      0x7f,
      0x80,
      0xff,
      random.integer(0, 255),
    ]);
  }
  return result;
}

/** One rule broken, at its edge where it has one. */
export function violatingStep(random: Random, step: Step): Step {
  const wide = (base: number, strides: readonly number[]): Affine => ({ base, strides });
  const [operand] = step.outerOperands;
  switch (random.integer(0, 7)) {
    case 0:
      return { ...step, fold: "none" };
    case 1:
      return {
        ...step,
        extents: step.extents.map((extent, j) => (j === 0 ? random.pick([0, 2 ** 31, 2 ** 32 - 1]) : extent)),
      };
    case 2:
      return {
        ...step,
        reduction: step.reduction.map((extent, j) =>
          j === 0 ? random.pick([0, 2 ** 31, 2 ** 24 + 1]) : extent,
        ),
      };
    case 3:
      return {
        ...step,
        extents: step.extents.map((extent, j) => (j < 2 ? random.pick([2 ** 20, 2 ** 20 + 1]) : extent)),
      };
    case 4:
      if (operand === undefined) return { ...step, fold: "none" };
      return {
        ...step,
        outerOperands: [
          { ...operand, guards: [{ bound: random.pick([0, 2 ** 31]), affine: operand.address }] },
        ],
      };
    case 5: {
      if (operand === undefined) return { ...step, fold: "none" };
      const base = random.pick([2 ** 48, -(2 ** 48), 2 ** 48 - 1, 2 ** 52]);
      return { ...step, outerOperands: [{ ...operand, address: wide(base, operand.address.strides) }] };
    }
    case 6: {
      if (operand === undefined) return { ...step, fold: "none" };
      const index = {
        operand: 0,
        bound: random.pick([0, 2 ** 31, 2 ** 31 - 1]),
        stride: random.pick([2 ** 17, 2 ** 17 + 1, -(2 ** 31)]),
      };
      return { ...step, outerOperands: [operand, { ...operand, index }] };
    }
    default: // over budget by the number of iterations
      return {
        ...step,
        reduction: step.reduction.map((extent, j) => (j === 0 ? random.integer(10_000, 60_000) : extent)),
      };
  }
}

/** Hardly an encoding at all. */
export function noise(random: Random): Uint8Array {
  const bytes = random.bytes(random.integer(0, 80));
  // A plausible header gets further than noise alone.
  if (random.chance(0.7))
    bytes.set(
      [random.integer(0, 3), random.integer(0, 8), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0].slice(0, bytes.length),
    );
  return bytes;
}
