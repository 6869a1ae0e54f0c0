/** A model that is small enough to be understood at a glance: the sum of the squares of four numbers, and each of them. */

import type { MachineModel, Tensor } from "../../sdk/src/machine/model.ts";
import { Op } from "../../sdk/src/machine/opcodes.ts";
import { affine, instruction, makeOperand, makeStep } from "./builders.ts";
import { makeModel, makeSlots } from "./models.ts";

/**
 * Step 0 squares the input, step 1 adds the squares up, step 2 puts the sum before the squares.
 *
 * @param stepDepth - deeper than need be, so that a dispute takes three answers; another depth makes another model
 */
export function makeSquaresModel(stepDepth = 5): MachineModel {
  return makeModel({
    program: [
      makeStep({
        type: "f32",
        extents: [4],
        outerOperands: [makeOperand("input", "f32", affine(0, 1))],
        epilogue: [instruction(Op.f32Mul, 0, 0)],
      }),
      makeStep({
        type: "f32",
        fold: "f32.add",
        extents: [1],
        reduction: [4],
        bodyOperands: [makeOperand("step", "f32", affine(0, 0, 1), { step: 0 })],
        immediates: [0],
        body: [instruction(Op.i32Or, 0, 0)],
      }),
      makeStep({
        type: "f32",
        extents: [5],
        outerOperands: [
          makeOperand("step", "f32", affine(-1, 1), { step: 0 }),
          makeOperand("step", "f32", affine(0, 1), { step: 1 }),
          makeOperand("index", "i32", affine(0, 1)),
        ],
        epilogue: [instruction(Op.select, 2, 0, 1)],
      }),
    ],
    inputs: makeSlots(["numbers", "float32", 4]),
    outputs: makeSlots(["result", "float32", 5]),
    depths: { stepDepth, wordDepth: 5 },
  });
}

export const squaresModel: MachineModel = makeSquaresModel();

/** Inputs of the model. */
export function squaresInputs(...numbers: readonly number[]): Record<string, Tensor> {
  return { numbers: { type: "float32", dims: [4], data: Float32Array.from(numbers) } };
}

/** What the model gives for them. */
export function squaresOutput(...numbers: readonly number[]): number[] {
  const squares = numbers.map((number) => number * number);
  return [squares.reduce((sum, square) => sum + square, 0), ...squares];
}

/** The numbers of the model's output, by name as the SDK gives them. */
export function numbersOf(outputs: Readonly<Record<string, Tensor>> | undefined): number[] {
  return Array.from(outputs?.result?.data ?? [], Number);
}
