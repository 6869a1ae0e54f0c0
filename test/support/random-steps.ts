/** Random steps, sound and hostile, with small memories: the same cases for every implementation of the machine. */

import { decodeStep } from "../../sdk/src/machine/decode.ts";
import { encodeStep } from "../../sdk/src/machine/encode.ts";
import type { Memory } from "../../sdk/src/machine/memory.ts";
import { ELEMENT_TYPES, FOLDS } from "../../sdk/src/machine/opcodes.ts";
import type { Depths, Operand, Step } from "../../sdk/src/machine/types.ts";
import { isExecutable } from "../../sdk/src/machine/validity.ts";
import { mutated, noise, violatingStep } from "./hostile-steps.ts";
import { randomData, randomPattern } from "./patterns.ts";
import { createRandom, type Random } from "./random.ts";
import { randomStep, randomTape } from "./sound-steps.ts";

/** How a case was made: `wide` is sound with a tensor of thousands; `heavy` and `crowded` are at the edge of what is executable, on either side. */
export type StepCaseKind = "sound" | "wide" | "heavy" | "crowded" | "mutated" | "violating" | "noise";

export interface StepCase {
  readonly kind: StepCaseKind;
  readonly encoding: Uint8Array;
  readonly depths: Depths;
  readonly memory: Memory;
  readonly stepIndex: number;
  readonly element: number;
}

const KINDS: readonly StepCaseKind[] = [
  ...Array<StepCaseKind>(67).fill("sound"),
  ...Array<StepCaseKind>(3).fill("wide"),
  ...Array<StepCaseKind>(1).fill("heavy"),
  ...Array<StepCaseKind>(4).fill("crowded"),
  ...Array<StepCaseKind>(12).fill("mutated"),
  ...Array<StepCaseKind>(10).fill("violating"),
  ...Array<StepCaseKind>(3).fill("noise"),
];

/** Endless; the same seed gives the same cases. */
export function* randomSteps(seed: number): Generator<StepCase, never> {
  const random = createRandom(seed);
  for (;;) yield randomCase(random, random.pick(KINDS));
}

function randomCase(random: Random, kind: StepCaseKind): StepCase {
  const memory = kind === "wide" ? wideMemory(random) : randomMemory(random);
  const { depths } = memory;
  // Sometimes the step is an earlier one, so that operands name steps that it must not read.
  const stepIndex = random.chance(0.1) ? random.integer(0, memory.steps.length) : memory.steps.length;
  const encoding = randomEncoding(random, kind, memory);
  const step = decodeStep(encoding);
  const elements = step?.extents.reduce((product, extent) => product * extent, 1) ?? 1;
  const element = random.chance(0.95)
    ? random.integer(0, Math.max(elements, 1) - 1)
    : elements + random.integer(0, 9);
  return { kind, encoding, depths, memory, stepIndex, element: Math.min(element, 2 ** 40) };
}

function randomMemory(random: Random): Memory {
  const isDeep = random.chance(0.05);
  const depths: Depths = isDeep
    ? {
        inputDepth: random.integer(0, 32),
        constantsDepth: random.integer(0, 32),
        stepDepth: random.integer(2, 16),
        wordDepth: random.integer(5, 24),
      }
    : {
        inputDepth: random.integer(0, 4),
        constantsDepth: random.integer(0, 5),
        stepDepth: random.integer(0, 3),
        wordDepth: random.integer(0, 5),
      };
  const data = (depth: number): Uint8Array => randomSpace(random, Math.min(depth, 5));
  const steps = Array.from({ length: random.integer(0, Math.min(2 ** depths.stepDepth - 1, 5)) }, () =>
    data(depths.wordDepth),
  );
  return { input: data(depths.inputDepth), constants: data(depths.constantsDepth), steps, depths };
}

/** Room for more elements than an executor takes at a time. */
function wideMemory(random: Random): Memory {
  const depths: Depths = { inputDepth: 7, constantsDepth: 6, stepDepth: 1, wordDepth: random.integer(6, 9) };
  const steps = Array.from({ length: random.integer(0, 1) }, () => randomSpace(random, 7));
  return { input: randomSpace(random, 7), constants: randomSpace(random, 6), steps, depths };
}

/** A space that is mostly full. */
function randomSpace(random: Random, depth: number): Uint8Array {
  const room = 32 * 2 ** depth;
  return randomData(random, random.chance(0.7) ? room : random.integer(0, room));
}

function randomEncoding(random: Random, kind: StepCaseKind, memory: Memory): Uint8Array {
  switch (kind) {
    case "sound":
      return encodeStep(randomStep(random, memory));
    case "wide":
      return encodeStep(randomStep(random, memory, 3000));
    case "heavy":
      return encodeStep(heavyStep(random, memory));
    case "crowded":
      return encodeStep(crowdedStep(random, memory));
    case "mutated":
      return mutated(random, encodeStep(randomStep(random, memory)));
    case "violating":
      return encodeStep(violatingStep(random, randomStep(random, memory)));
    default:
      return noise(random);
  }
}

/** A reduction as long as the budget allows, or one longer. */
function heavyStep(random: Random, memory: Memory): Step {
  const operand = (): Operand => ({
    space: random.pick(["input", "const", "step", "index"] as const),
    type: random.pick(ELEMENT_TYPES),
    step: 0,
    address: { base: random.integer(0, 3), strides: [0, random.integer(0, 2)] },
    guards: [],
    pad: 0,
  });
  const bodyOperands = [operand(), operand()];
  const body = randomTape(random, 3, random.integer(1, 5));
  const fold = random.pick(FOLDS.slice(1));
  const immediates = [randomPattern(random)];
  const sized = (iterations: number): Step => ({
    ...{
      type: "f32",
      fold,
      extents: [3],
      reduction: [iterations],
      bodyOperands,
      outerOperands: [],
    },
    ...{ immediates, init: 0, body, epilogue: [] },
  });
  let most = 1;
  let excess = 2 ** 24;
  while (excess - most > 1) {
    const middle = Math.floor((most + excess) / 2);
    if (isExecutable(sized(middle), encodeStep(sized(middle)).length, memory.depths)) most = middle;
    else excess = middle;
  }
  return sized(random.chance(0.5) ? most : excess);
}

/** As many registers as there can be, or one more. */
function crowdedStep(random: Random, memory: Memory): Step {
  const step = randomStep(random, memory);
  const excess = random.integer(-1, 1);
  const taken = step.outerOperands.length + step.immediates.length + 1;
  const epilogue = randomTape(random, taken, 256 - taken + excess);
  if (step.fold === "none") return { ...step, epilogue };
  const bodyTaken = step.bodyOperands.length + step.immediates.length;
  const extents = step.extents.map((extent) => Math.min(extent, 2));
  return {
    ...step,
    extents,
    reduction: [2],
    bodyOperands: [],
    body: randomTape(random, bodyTaken, 256 - bodyTaken + excess),
    epilogue,
  };
}
