/** What tapes and folds compute: a case at least for every sentence of SPEC.md section 4 about registers, order and NaN. */

import { Op } from "../../sdk/src/machine/opcodes.ts";
import type { Step } from "../../sdk/src/machine/types.ts";
import { affine, guard, instruction, makeOperand, makeStep } from "./builders.ts";
import { type HandBuiltCase, inputWord, stepCase } from "./step-cases.ts";

const both = (op: number, a: number, b: number, c = 0): Step =>
  makeStep({ type: "f32", immediates: [a, b, c], epilogue: [instruction(op, 0, 1, 2)] });

const TAPES: readonly HandBuiltCase[] = [
  stepCase("gives the accumulator's start without epilogue", makeStep({ immediates: [5, 6], init: 1 }), 6),
  stepCase("starts from 0 at the accumulator's own number", makeStep({ immediates: [5], init: 1 }), 0),
  stepCase("starts from 0 at a number beyond", makeStep({ immediates: [5], init: 255 }), 0),
  stepCase(
    "names outer operands, immediates, accumulator in this order",
    makeStep({
      ...{ outerOperands: [inputWord(0)], immediates: [3], init: 0 },
      epilogue: [instruction(Op.i32Sub, 0, 1), instruction(Op.i32Mul, 3, 2)],
    }),
    70,
  ),
  stepCase(
    "reads its own register as 0",
    makeStep({ immediates: [7], epilogue: [instruction(Op.i32Add, 0, 2)] }),
    7,
  ),
  stepCase(
    "reads its own register as 0 in every iteration",
    makeStep({ fold: "i32.add", reduction: [3], immediates: [7], body: [instruction(Op.i32Add, 0, 1)] }),
    28,
  ),
  stepCase(
    "reads a later register as 0",
    makeStep({ immediates: [7], epilogue: [instruction(Op.i32Add, 0, 3), instruction(Op.i32Add, 2, 2)] }),
    14,
  ),
  stepCase(
    "gives 0 for an unknown operation",
    makeStep({ immediates: [7], epilogue: [instruction(0x2f, 0, 0)] }),
    0,
  ),
  stepCase("gives 0 for operation 0", makeStep({ immediates: [7], epilogue: [instruction(0, 0, 0)] }), 0),
  stepCase("makes a NaN canonical", both(Op.f32Add, 0x7fa00001, 0), 0x7fc00000),
  stepCase("makes the NaN of a negation canonical", both(Op.f32Neg, 0x7fc00000, 0), 0x7fc00000),
  stepCase("selects the bits of a NaN", both(Op.select, 1, 0xffa00001), 0xffa00001),
  stepCase("selects by bits: -0 is not 0", both(Op.select, 0x80000000, 4, 5), 4),
  stepCase("selects the third for 0", both(Op.select, 0, 4, 5), 5),
];

const word = (type: "i32" | "f32", base: number, stride: number) =>
  makeOperand("input", type, affine(base, 0, stride));

/** Folds words of the input, from an immediate. */
function folding(fold: Step["fold"], type: "i32" | "f32", base: number, count: number, start: number): Step {
  return makeStep({
    type,
    fold,
    reduction: [count],
    bodyOperands: [word(type, base, 1)],
    immediates: [start],
    body: [instruction(Op.i32Or, 0, 0)],
  });
}

const FOLDED: readonly HandBuiltCase[] = [
  stepCase("folds f32.add", folding("f32.add", "f32", 8, 2, 0x40000000), 0x3fc00000),
  stepCase("folds f32.mul", folding("f32.mul", "f32", 8, 2, 0x40000000), 0xc0c00000),
  stepCase("folds f32.min", folding("f32.min", "f32", 8, 2, 0), 0xc0000000),
  stepCase("folds f32.max", folding("f32.max", "f32", 8, 2, 0), 0x3fc00000),
  stepCase("folds i32.add", folding("i32.add", "i32", 12, 3, 1), 0xff7fffff),
  stepCase("folds i32.mul", folding("i32.mul", "i32", 0, 3, 0x00100001), 0x77001770),
  stepCase("folds i32.min_s", folding("i32.min_s", "i32", 13, 2, 5), 0xffffffff),
  stepCase("folds i32.max_s", folding("i32.max_s", "i32", 13, 2, 5), 0x7fffffff),
  stepCase("canonicalises a NaN that a fold meets", folding("f32.max", "f32", 10, 1, 0x3f800000), 0x7fc00000),
  stepCase(
    "canonicalises a NaN that a fold starts from",
    folding("f32.min", "f32", 8, 1, 0xffa00001),
    0x7fc00000,
  ),
  stepCase(
    "adds from left to right",
    // 2^24 + 1 + 1, each time rounded down
    makeStep({
      ...{ type: "f32", fold: "f32.add", reduction: [2], immediates: [0x4b800000, 0x3f800000] },
      ...{ bodyOperands: [], body: [instruction(Op.f32Max, 1, 1)] },
    }),
    0x4b800000,
  ),
  stepCase(
    "walks the reduction in row-major order",
    // 1 + 1 + 2^24 + (-2^24) is 2, in any other order of the dimensions 0 or 1
    makeStep({
      ...{
        type: "f32",
        fold: "f32.add",
        reduction: [2, 2],
        immediates: [0, 0x3f800000, 0x4b800000, 0xcb800000],
      },
      bodyOperands: [
        makeOperand("index", "i32", affine(0, 0, 1, 0)),
        makeOperand("index", "i32", affine(0, 0, 0, 1)),
      ],
      body: [
        instruction(Op.select, 1, 5, 4), // the second pair: 2^24, then -2^24
        instruction(Op.select, 0, 6, 3),
      ],
    }),
    0x40000000,
  ),
  stepCase(
    "runs the body once without reduction",
    makeStep({
      fold: "i32.add",
      bodyOperands: [makeOperand("input", "i32", affine(0, 0))],
      immediates: [1],
      body: [instruction(Op.i32Add, 0, 0)],
    }),
    21,
  ),
  stepCase(
    "folds the last immediate when the body is empty",
    makeStep({ fold: "i32.add", reduction: [3], bodyOperands: [word("i32", 0, 1)], immediates: [1, 5] }),
    16,
  ),
  stepCase(
    "folds the last operand when there is nothing else",
    makeStep({
      fold: "i32.add",
      reduction: [3],
      bodyOperands: [word("i32", 0, 1)],
      outerOperands: [inputWord(3)],
    }),
    100,
  ),
  stepCase(
    "folds 0 when the body has no register",
    makeStep({ fold: "i32.add", reduction: [3], outerOperands: [inputWord(3)] }),
    40,
  ),
  stepCase(
    "does not show outer registers to the body",
    makeStep({
      fold: "i32.add",
      reduction: [1],
      outerOperands: [inputWord(3)],
      body: [instruction(Op.i32Add, 0, 0), instruction(Op.i32Add, 1, 0)],
    }),
    40,
  ),
  stepCase(
    "takes the guards of a body operand at (o, r)",
    makeStep({
      ...{ fold: "i32.add", extents: [4], reduction: [3], immediates: [0] },
      bodyOperands: [
        makeOperand("input", "i32", affine(-1, 1, 1), { guards: [guard(4, -1, 1, 1)], pad: 1000 }),
      ],
      body: [instruction(Op.i32Or, 0, 0)],
    }),
    1070,
    { element: 3 },
  ),
];

/** All of them. */
export const TAPE_CASES: readonly HandBuiltCase[] = [...TAPES, ...FOLDED];
