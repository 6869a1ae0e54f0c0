/** A model whose output is too long for a transaction. */

import type { MachineModel } from "../../sdk/src/machine/model.ts";
import { Op } from "../../sdk/src/machine/opcodes.ts";
import { affine, instruction, makeOperand, makeStep } from "./builders.ts";
import { makeModel, makeSlots } from "./models.ts";

/** As many as a text detector gives for a picture of 320 x 320: 409,600 bytes. */
const NUMBERS = 320 * 320;

/** Every place of a map, times the one number that is asked about. */
export function makeMapModel(): MachineModel {
  const places = makeStep({
    type: "f32",
    extents: [NUMBERS],
    outerOperands: [makeOperand("index", "i32", affine(0, 1))],
    epilogue: [instruction(Op.f32ConvertI32S, 0)],
  });
  const products = makeStep({
    type: "f32",
    extents: [NUMBERS],
    outerOperands: [
      makeOperand("step", "f32", affine(0, 1), { step: 0 }),
      makeOperand("input", "f32", affine(0, 0)),
    ],
    epilogue: [instruction(Op.f32Mul, 0, 1)],
  });
  return makeModel({
    program: [places, products],
    inputs: makeSlots(["factor", "float32", 8]),
    outputs: makeSlots(["map", "float32", NUMBERS]),
  });
}
