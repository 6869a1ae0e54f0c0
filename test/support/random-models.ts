/** Random little models whose steps read one another, so that a lie in one of them reaches the output more often than not. */

import { encodeStep } from "../../sdk/src/machine/encode.ts";
import { executeStep } from "../../sdk/src/machine/execute.ts";
import type { Memory } from "../../sdk/src/machine/memory.ts";
import type { MachineModel } from "../../sdk/src/machine/model.ts";
import { Op } from "../../sdk/src/machine/opcodes.ts";
import { makeRecord, modelId } from "../../sdk/src/machine/record.ts";
import type { Depths, Step } from "../../sdk/src/machine/types.ts";
import { affine, instruction, makeOperand, makeStep } from "./builders.ts";
import { randomData } from "./patterns.ts";
import type { Random } from "./random.ts";
import { randomStep } from "./sound-steps.ts";

export interface ModelCase {
  readonly model: MachineModel;
  readonly inputBytes: Uint8Array;
}

/** A model of 1 to 9 steps with its input; its trace has a depth of 0 to about 16. */
export function randomModel(random: Random): ModelCase {
  const elements = random.pick([1, 5, 8, 17, 40]);
  const stepCount = random.integer(1, 9);
  const inputBytes = randomData(random, 4 * elements);
  const constants = randomData(random, 4 * random.integer(0, 64));
  const spare = (): number => (random.chance(0.5) ? 0 : random.integer(0, 4));
  const depths: Depths = {
    inputDepth: 3 + spare(),
    constantsDepth: 3 + spare(),
    stepDepth: Math.ceil(Math.log2(stepCount)) + spare(),
    wordDepth: Math.ceil(Math.log2(Math.ceil(elements / 8))) + spare(),
  };

  const steps: Uint8Array[] = [];
  const program: Uint8Array[] = [];
  const memory: Memory = { input: inputBytes, constants, steps, depths };
  for (let index = 0; index < stepCount; index++) {
    // Now and then any step at all, but not in the place of the output.
    const isFree = index < stepCount - 1 && random.chance(0.15);
    const step = isFree ? randomStep(random, memory, 40) : linkedStep(random, index, elements);
    program.push(encodeStep(step));
    steps.push(executeStep(step, index, memory));
  }
  return { model: modelOf(program, constants, depths, inputBytes.length, 4 * elements), inputBytes };
}

/** A model made of encodings, without named inputs and outputs. */
export function modelOf(
  program: readonly Uint8Array[],
  constants: Uint8Array,
  depths: Depths,
  inputBytes: number,
  outputBytes: number,
): MachineModel {
  const record = makeRecord({
    program,
    constants,
    inputBytes,
    outputBytes,
    largestTensorBytes: outputBytes,
    depths,
  });
  return { modelId: modelId(record), record, program, steps: [], constants, inputs: [], outputs: [] };
}

/** Reads the step before, element by element or as a whole. */
function linkedStep(random: Random, index: number, elements: number): Step {
  const space = index === 0 ? "input" : "step";
  const step = Math.max(index - 1, 0);
  const constant = makeOperand("const", "i32", affine(random.integer(0, 20), 1));
  const previous = makeOperand(space, "i32", affine(0, 1), { step });
  switch (random.integer(0, 2)) {
    case 0: // previous + constant
      return makeStep({
        extents: [elements],
        outerOperands: [previous, constant],
        epilogue: [instruction(Op.i32Add, 0, 1)],
      });
    case 1: // previous backwards, xor itself
      return makeStep({
        extents: [elements],
        outerOperands: [previous, makeOperand(space, "i32", affine(elements - 1, -1), { step })],
        immediates: [0x9e3779b9],
        epilogue: [instruction(Op.i32Mul, 0, 2), instruction(Op.i32Xor, 4, 1)],
      });
    default: // Σ previous[r] · (constant + 2 r + 1)
      return makeStep({
        fold: "i32.add",
        extents: [elements],
        reduction: [elements],
        bodyOperands: [
          makeOperand(space, "i32", affine(0, 0, 1), { step }),
          makeOperand("index", "i32", affine(1, 2, 2)),
        ],
        outerOperands: [constant],
        body: [instruction(Op.i32Mul, 0, 1)],
      });
  }
}
