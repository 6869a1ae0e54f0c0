/** What operands read: a case at least for every sentence of SPEC.md section 4.1 that can be got wrong. */

import { encodeStep } from "../../sdk/src/machine/encode.ts";
import { ELEMENT_TYPES } from "../../sdk/src/machine/opcodes.ts";
import type { Operand, Step } from "../../sdk/src/machine/types.ts";
import { affine, guard, makeOperand, makeStep } from "./builders.ts";
import { type HandBuiltCase, inputWord, stepCase } from "./step-cases.ts";

/** A step that loads operands and gives the last of them, or what a tape makes of them. */
function loading(...operands: Operand[]): Step {
  return makeStep({ outerOperands: operands, init: operands.length - 1 });
}

const at = (base: number) => affine(base, 0);
const along = (base: number, stride: number) => affine(base, stride);

const LOADS: readonly HandBuiltCase[] = [
  stepCase("loads an i32", loading(inputWord(1)), 20),
  stepCase(
    "moves the bits of a NaN as f32",
    { ...loading(makeOperand("input", "f32", at(10))), type: "f32" },
    0x7fa12345,
  ),
  stepCase("extends the sign of an i8", loading(makeOperand("const", "i8", at(3))), 0xffffff80),
  stepCase("does not extend the sign of a u8", loading(makeOperand("const", "u8", at(3))), 0x80),
  stepCase("stores the low byte as i8", makeStep({ type: "i8", immediates: [0x123456f8] }), 0xf8),
  stepCase("stores the low byte as u8", makeStep({ type: "u8", immediates: [0xffffff01] }), 0x01),
  stepCase("reads constants in words", loading(makeOperand("const", "i32", at(0))), 0x807f0201),
  stepCase("reads an earlier step", loading(makeOperand("step", "i32", at(15), { step: 0 })), 115),
  stepCase(
    "reads what a step did not write as zero",
    loading(makeOperand("step", "i32", at(2), { step: 1 })),
    0,
  ),
  stepCase("reads what the constants do not reach as zero", loading(makeOperand("const", "u8", at(9))), 0),
  stepCase("reads its own step as zero", loading(makeOperand("step", "i32", at(0), { step: 3 })), 0),
  stepCase("reads its own step as zero though it is written", loading(makeOperand("step", "i32", at(0))), 0, {
    stepIndex: 0,
  }),
  stepCase("reads a later step as zero", loading(makeOperand("step", "i32", at(0), { step: 1 })), 0, {
    stepIndex: 1,
  }),
  stepCase(
    "reads a step number beyond all as zero",
    loading(makeOperand("step", "i32", at(0), { step: 0xffffffff })),
    0,
  ),
  stepCase("takes no notice of a step number elsewhere", loading(inputWord(1, { step: 77 })), 20),
  stepCase("reads the last element in range", loading(inputWord(15)), 0x4b800000),
  stepCase("reads the address after the last as zero", loading(inputWord(16)), 0),
  stepCase("reads address -1 as zero", loading(inputWord(-1)), 0),
  stepCase("reads a far address as zero", loading(inputWord(2 ** 47)), 0),
  stepCase("reads an address that is in range only modulo 2^32 as zero", loading(inputWord(2 ** 32 + 1)), 0),
  stepCase(
    "reads beyond a step's words as zero",
    loading(makeOperand("step", "i32", at(16), { step: 0 })),
    0,
  ),
  stepCase(
    "does not read the next step's tensor",
    loading(makeOperand("step", "u8", at(64), { step: 0 })),
    0,
  ),
  stepCase("gives the address in INDEX", loading(makeOperand("index", "i32", along(5, 3))), 14, {
    ...{
      encoding: encodeStep({ ...loading(makeOperand("index", "i32", along(5, 3))), extents: [4] }),
      element: 3,
    },
  }),
  stepCase(
    "gives low bits of a negative address in INDEX",
    loading(makeOperand("index", "i32", at(-3))),
    0xfffffffd,
  ),
  stepCase(
    "gives low bits of a wide address in INDEX",
    loading(makeOperand("index", "i32", at(2 ** 40 + 9))),
    9,
  ),
  stepCase("takes no notice of the type in INDEX", loading(makeOperand("index", "i8", at(300))), 300),
  ...ELEMENT_TYPES.map((type) =>
    stepCase(
      `loads and stores ${type}`,
      { ...loading(makeOperand("const", type, at(0))), type },
      {
        ...{ f32: 0x807f0201, i32: 0x807f0201, i8: 1, u8: 1 },
      }[type],
    ),
  ),
];

const ADDRESSES: readonly HandBuiltCase[] = [
  stepCase(
    "walks elements in row-major order",
    makeStep({ extents: [2, 3], outerOperands: [makeOperand("input", "i32", affine(0, 1, 2))] }),
    60,
    { element: 5 },
  ),
  stepCase(
    "walks backwards with a negative stride",
    makeStep({ extents: [8], outerOperands: [makeOperand("input", "i32", along(7, -1))] }),
    60,
    { element: 2 },
  ),
  stepCase("has one element without extents", makeStep({ extents: [], immediates: [9] }), 9),
  stepCase("has no element number n", makeStep({ extents: [2, 2], immediates: [9] }), 0, { element: 4 }),
  stepCase("has an element number n - 1", makeStep({ extents: [2, 2], immediates: [9] }), 9, { element: 3 }),
  stepCase(
    "has elements up to 2^40",
    makeStep({ extents: [2 ** 20, 2 ** 20], outerOperands: [makeOperand("index", "i32", affine(0, 1, 0))] }),
    2 ** 20 - 1,
    { element: 2 ** 40 - 1 },
  ),
];

const pick = (value: number, bound: number, stride: number, base = 0): Step =>
  loading(makeOperand("index", "i32", at(value)), inputWord(base, { index: { operand: 0, bound, stride } }));

const INDEXED: readonly HandBuiltCase[] = [
  stepCase("adds an index", pick(2, 8, 1), 30),
  stepCase("scales an index", pick(2, 8, 3), 70),
  stepCase("takes an index backwards", pick(2, 8, -1, 7), 60),
  stepCase("clamps an index to the last", pick(100, 4, 1), 40),
  stepCase("clamps a negative index to the first", pick(-1, 4, 1, 1), 20),
  stepCase("clamps the smallest integer to the first", pick(-(2 ** 31), 4, 1, 1), 20),
  stepCase("clamps the largest integer to the last", pick(2 ** 31 - 1, 4, 1), 40),
  stepCase(
    "indexes by what an indexed operand read",
    loading(
      makeOperand("index", "i32", at(1)),
      makeOperand("const", "u8", at(0), { index: { operand: 0, bound: 9, stride: 1 } }),
      inputWord(0, { index: { operand: 1, bound: 9, stride: 2 } }),
    ),
    50,
  ),
  stepCase(
    "indexes by the pad value of a failed guard",
    loading(
      inputWord(0, { guards: [guard(1, 1, 0)], pad: 5 }),
      inputWord(0, { index: { operand: 0, bound: 9, stride: 1 } }),
    ),
    60,
  ),
  stepCase(
    "adds an index in INDEX",
    loading(
      inputWord(0),
      makeOperand("index", "u8", at(-4), { index: { operand: 0, bound: 8, stride: -2 } }),
    ),
    0xffffffee,
  ),
];

const PADDED = { pad: 0x7fa00001 };

const GUARDED: readonly HandBuiltCase[] = [
  stepCase(
    "reads when a guard holds at 0",
    loading(inputWord(1, { ...PADDED, guards: [guard(1, 0, 0)] })),
    20,
  ),
  stepCase(
    "reads when a guard holds at its last",
    loading(inputWord(1, { ...PADDED, guards: [guard(4, 3, 0)] })),
    20,
  ),
  stepCase(
    "pads when a guard fails at its bound",
    loading(inputWord(1, { ...PADDED, guards: [guard(4, 4, 0)] })),
    0x7fa00001,
  ),
  stepCase(
    "pads when a guard fails at -1",
    loading(inputWord(1, { ...PADDED, guards: [guard(4, -1, 0)] })),
    0x7fa00001,
  ),
  stepCase(
    "pads when the last of several guards fails",
    loading(inputWord(1, { ...PADDED, guards: [guard(4, 0, 0), guard(1, 0, 0), guard(2, 2, 0)] })),
    0x7fa00001,
  ),
  stepCase(
    "pads when the address is out of range too",
    loading(inputWord(-9, { ...PADDED, guards: [guard(1, 1, 0)] })),
    0x7fa00001,
  ),
  stepCase(
    "reads zero when guards hold and the address is out of range",
    loading(inputWord(-9, { ...PADDED, guards: [guard(1, 0, 0)] })),
    0,
  ),
  stepCase(
    "pads in INDEX",
    loading(makeOperand("index", "i32", at(3), { ...PADDED, guards: [guard(1, 1, 0)] })),
    0x7fa00001,
  ),
  stepCase(
    "pads without regard to the type",
    loading(makeOperand("const", "u8", at(3), { ...PADDED, guards: [guard(1, 1, 0)] })),
    0x7fa00001,
  ),
  stepCase(
    "evaluates a guard at the element",
    makeStep({
      extents: [4],
      outerOperands: [makeOperand("input", "i32", along(0, 1), { pad: 5, guards: [guard(2, -1, 1)] })],
    }),
    5,
    { element: 3 },
  ),
];

/** All of them. */
export const OPERAND_CASES: readonly HandBuiltCase[] = [...LOADS, ...ADDRESSES, ...INDEXED, ...GUARDED];
