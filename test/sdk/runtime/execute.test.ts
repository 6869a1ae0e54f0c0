import { expect } from "chai";
import { Op } from "../../../sdk/src/machine/opcodes.ts";
import type { Step } from "../../../sdk/src/machine/types.ts";
import { executeModel } from "../../../sdk/src/runtime/execute.ts";
import { affine, instruction, makeOperand, makeStep, wordBytes } from "../../support/builders.ts";
import { expectError } from "../../support/errors.ts";
import { makeModel, makeSlots } from "../../support/models.ts";

/** Adds two tensors of earlier steps, or of the input for -1, element by element. */
function adding(left: number, right: number): Step {
  const operand = (step: number) =>
    step < 0 ? makeOperand("input", "i32", affine(0, 1)) : makeOperand("step", "i32", affine(0, 1), { step });
  return makeStep({
    extents: [12],
    outerOperands: [operand(left), operand(right)],
    epilogue: [instruction(Op.i32Add, 0, 1)],
  });
}

const SLOTS = makeSlots(["x", "int32", 12]);
const INPUT = wordBytes(...Array.from({ length: 12 }, (_, j) => j));

/** 2x, 3x, 4x, 6x, 6x: step 0 is read for the last time by step 3, step 1 by step 4. */
const MODEL = makeModel({
  program: [adding(-1, -1), adding(0, -1), adding(0, 0), adding(2, 0), adding(1, 0)].toSpliced(
    4,
    1,
    adding(1, 1),
  ),
  ...{ inputs: SLOTS, outputs: SLOTS },
});

describe("executeModel", () => {
  it("default: gives the answer", () => {
    const { output, tensors } = executeModel(MODEL, INPUT);
    expect([...new Int32Array(output.buffer)]).to.deep.equal(Array.from({ length: 12 }, (_, j) => 6 * j));
    expect(tensors.map(({ length }) => length)).to.deep.equal([0, 0, 0, 0, 64]);
  });

  it("args: keep", () => {
    const { tensors } = executeModel(MODEL, INPUT, { keep: "all" });
    expect(tensors.map((tensor) => tensor[4])).to.deep.equal([2, 3, 4, 6, 6]);
  });

  it("args: onStep", () => {
    const seen: number[] = [];
    executeModel(MODEL, INPUT, { onStep: (index, tensor) => seen.push(index, tensor[4] ?? -1) });
    expect(seen).to.deep.equal([0, 2, 1, 3, 2, 4, 3, 6, 4, 6]);
    const stop = new Error("enough");
    expect(() =>
      executeModel(MODEL, INPUT, {
        onStep: () => {
          throw stop;
        },
      }),
    ).to.throw(stop);
  });

  it("behavior: an input may be shorter, and lie anywhere", () => {
    const bytes = Uint8Array.of(9, 7, 0, 0, 0, 9).subarray(1, 5);
    const { output } = executeModel(MODEL, bytes);
    expect([...new Int32Array(output.buffer)]).to.deep.equal([42, ...Array(11).fill(0)]);
  });

  it("behavior: invalid steps give zeros, whatever their bytes", () => {
    const noise = Uint8Array.of(1, 2, 3);
    const model = makeModel({
      program: [noise, adding(0, -1), new Uint8Array()],
      inputs: SLOTS,
      outputs: SLOTS,
    });
    const { output, tensors } = executeModel(model, INPUT, { keep: "all" });
    expect(tensors.map(({ length }) => length)).to.deep.equal([0, 64, 0]);
    expect([...new Int32Array(tensors[1]!.buffer, 0, 12)]).to.deep.equal(
      Array.from({ length: 12 }, (_, j) => j),
    );
    expect(output).to.deep.equal(new Uint8Array(48));
  });

  it("behavior: a last tensor that is shorter than the answer ends with zeros", () => {
    const outputs = makeSlots(["y", "int32", 20]);
    const { output } = executeModel(makeModel({ program: [adding(-1, -1)], inputs: SLOTS, outputs }), INPUT);
    expect([...new Int32Array(output.buffer)].slice(10)).to.deep.equal([20, 22, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it("behavior: a last tensor that is longer than the answer, but only by zeros", () => {
    const outputs = makeSlots(["y", "int32", 1]);
    const model = makeModel({ program: [adding(-1, -1)], inputs: SLOTS, outputs });
    expect(executeModel(model, Uint8Array.of(3)).output).to.deep.equal(Uint8Array.of(6, 0, 0, 0));
  });

  it("error: an answer that goes on behind the bytes of the record, which nobody could commit to", () => {
    const outputs = makeSlots(["y", "int32", 2]);
    expectError(
      "MODEL_INVALID",
      () => executeModel(makeModel({ program: [adding(-1, -1)], inputs: SLOTS, outputs }), INPUT),
      { part: "output" },
    );
  });

  it("error: a step too long for the proof of it", () => {
    const program = [new Uint8Array(0x10000)];
    expectError(
      "MODEL_INVALID",
      () => executeModel(makeModel({ program, inputs: SLOTS, outputs: SLOTS }), INPUT),
      { part: "step 0" },
    );
  });

  it("error: more input than the record says", () => {
    expectError("MODEL_INVALID", () => executeModel(MODEL, new Uint8Array(49)), { actual: 49 });
  });

  it("error: parts that contradict the record", () => {
    expectError("MODEL_INVALID", () => executeModel({ ...MODEL, program: [] }, INPUT), {
      part: "number of steps",
    });
    expectError("MODEL_INVALID", () => executeModel({ ...MODEL, constants: new Uint8Array(33) }, INPUT));
  });

  it("error: a record that could not be registered", () => {
    const record = { ...MODEL.record, wordDepth: 29 };
    expectError("RECORD_INVALID", () => executeModel({ ...MODEL, record }, INPUT), { field: "wordDepth" });
  });
});
