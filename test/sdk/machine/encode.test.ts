import { expect } from "chai";
import { fromHex, toHex } from "../../../sdk/src/core/bytes.ts";
import { decodeStep } from "../../../sdk/src/machine/decode.ts";
import { encodedLength, encodeStep } from "../../../sdk/src/machine/encode.ts";
import { Op } from "../../../sdk/src/machine/opcodes.ts";
import type { Step } from "../../../sdk/src/machine/types.ts";
import { affine, guard, instruction, makeOperand, makeStep } from "../../support/builders.ts";
import { expectError } from "../../support/errors.ts";

/** Every field of the encoding, each with a value of its own. */
const EVERY_FIELD: Step = {
  type: "u8",
  fold: "i32.mul",
  extents: [2, 0x01020304],
  reduction: [5],
  bodyOperands: [
    makeOperand("const", "i8", affine(-2, 1, -1, 0x7fffffff)),
    makeOperand("step", "i32", affine(2 ** 40, 0, 0, -(2 ** 31)), {
      step: 0xfffffffe,
      index: { operand: 0, bound: 9, stride: -3 },
      guards: [guard(7, -1, 1, 2, 3), guard(8, 4, 0, 0, 0)],
      pad: 0xdeadbeef,
    }),
  ],
  outerOperands: [makeOperand("index", "f32", affine(6, 8, 9))],
  immediates: [0xffffffff, 1],
  init: 2,
  body: [instruction(Op.f32Add, 1, 2, 3)],
  epilogue: [instruction(Op.select, 4, 5, 6), instruction(0xff, 0xfe, 0xfd, 0xfc)],
};

const EVERY_FIELD_HEX = [
  "03 06 02 01 02 01 02 02 0001 0002", // header
  "00000002 01020304 00000005", // extents
  "01 02 00 ff 00000000 fffffffffffffffe 00000001 ffffffff 7fffffff", // first body operand
  "02 01 02 00 fffffffe 0000010000000000 00000000 00000000 80000000", // second body operand
  "00000009 fffffffd", // its index
  "deadbeef 00000007 ffffffffffffffff 00000001 00000002 00000003", // its guards
  "00000008 0000000000000004 00000000 00000000 00000000",
  "03 00 00 ff 00000000 0000000000000006 00000008 00000009", // outer operand
  "ffffffff 00000001", // immediates
  "10 01 02 03", // body
  "60 04 05 06 ff fe fd fc", // epilogue
]
  .join("")
  .replaceAll(" ", "");

describe("encodeStep", () => {
  it("default: writes every field in its place", () => {
    expect(toHex(encodeStep(EVERY_FIELD))).to.equal(`0x${EVERY_FIELD_HEX}`);
    expect(decodeStep(fromHex(`0x${EVERY_FIELD_HEX}`))).to.deep.equal(EVERY_FIELD);
  });

  it("behavior: encodedLength tells the length beforehand", () => {
    expect(encodedLength(EVERY_FIELD)).to.equal(EVERY_FIELD_HEX.length / 2);
    expect(encodedLength(makeStep({ extents: [] }))).to.equal(12);
  });

  const operand = makeOperand("input", "f32", affine(0, 0));
  const withOperand = (fields: object): Step => makeStep({ outerOperands: [{ ...operand, ...fields }] });
  const refused: readonly (readonly [field: string, step: Step])[] = [
    ["length", makeStep({ epilogue: Array(1100).fill(instruction(0)) })],
    ["type", makeStep({ type: "f64" as "f32" })],
    ["fold", makeStep({ fold: "f32.div" as "f32.add" })],
    ["extents.length", makeStep({ extents: Array(9).fill(1) })],
    ["reduction.length", makeStep({ reduction: Array(9).fill(1) })],
    ["immediates.length", makeStep({ immediates: Array(256).fill(1) })],
    ["extents[0]", makeStep({ extents: [2 ** 32] })],
    ["reduction[0]", makeStep({ reduction: [1.5] })],
    ["init", makeStep({ init: 256 })],
    ["init", makeStep({ init: -1 })],
    ["immediates[1]", makeStep({ immediates: [0, -1] })],
    ["epilogue[0].op", makeStep({ epilogue: [instruction(256)] })],
    ["epilogue[0].c", makeStep({ epilogue: [instruction(1, 2, 3, 256)] })],
    ["outerOperands[0].space", withOperand({ space: "output" })],
    ["outerOperands[0].type", withOperand({ type: "i64" })],
    ["outerOperands[0].step", withOperand({ step: 2 ** 32 })],
    ["outerOperands[0].address.base", withOperand({ address: affine(2 ** 53, 0) })],
    ["outerOperands[0].address.base", withOperand({ address: affine(Number.NaN, 0) })],
    ["outerOperands[0].address.strides.length", withOperand({ address: affine(0) })],
    ["outerOperands[0].address.strides[0]", withOperand({ address: affine(0, 2 ** 31) })],
    ["outerOperands[0].pad", withOperand({ pad: 1 })],
    ["outerOperands[0].guards.length", withOperand({ guards: Array(9).fill(guard(1, 0, 0)) })],
    ["outerOperands[0].guards[0].bound", withOperand({ guards: [guard(-1, 0, 0)] })],
    ["outerOperands[0].guards[0].affine.strides.length", withOperand({ guards: [guard(1, 0)] })],
    ["outerOperands[0].index.operand", withOperand({ index: { operand: 0, bound: 1, stride: 1 } })],
  ];
  for (const [field, step] of refused) {
    it(`error: ${field} that does not fit`, () => {
      expectError("STEP_NOT_ENCODABLE", () => encodeStep(step), { field });
    });
  }
});
