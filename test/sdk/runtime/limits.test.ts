import { expect } from "chai";
import { Op } from "../../../sdk/src/machine/opcodes.ts";
import { executeModel } from "../../../sdk/src/runtime/execute.ts";
import { checkLimits, lastReaders, workload } from "../../../sdk/src/runtime/limits.ts";
import { affine, guard, instruction, makeOperand, makeStep } from "../../support/builders.ts";
import { expectError } from "../../support/errors.ts";
import { makeModel, makeSlots } from "../../support/models.ts";

const SLOTS = makeSlots(["x", "int32", 8]);

const reading = (elements: number, ...steps: number[]) =>
  makeStep({
    extents: [elements],
    outerOperands: steps.map((step) => makeOperand("step", "i32", affine(0, 1), { step })),
  });

/** Tensors of 32, 64, 96 and 32 bytes: the second is held until the last step, the first only until the third. */
const MODEL = makeModel({
  program: [reading(8), reading(16, 0), reading(17, 1, 0), reading(8, 1)],
  ...{ inputs: SLOTS, outputs: SLOTS },
});

describe("lastReaders", () => {
  it("default: finds the last reader of every tensor", () => {
    expect(lastReaders(MODEL.program)).to.deep.equal([2, 3, 2, 3]);
  });

  it("behavior: later and own steps, and steps that are nothing, read nothing", () => {
    const model = makeModel({ program: [reading(1, 0, 1), Uint8Array.of(1)], inputs: SLOTS, outputs: SLOTS });
    expect(lastReaders(model.program)).to.deep.equal([0, 1]);
  });
});

describe("workload", () => {
  const rest = 32 + 32 + 64;

  it("default: counts the most that is held at one time", () => {
    expect(workload(MODEL, "last").memoryBytes).to.equal(32 + 64 + 96 + rest);
    expect(workload(MODEL, "all").memoryBytes).to.equal(32 + 64 + 96 + 32 + rest);
  });

  it("behavior: counts loads, guards and instructions of every element", () => {
    const body = makeOperand("index", "i32", affine(0, 0, 0), { guards: [guard(1, 0, 0, 0)], pad: 1 });
    const step = makeStep({
      ...{ fold: "i32.add", extents: [10], reduction: [100], bodyOperands: [body] },
      ...{ body: [instruction(Op.i32Neg)], epilogue: [instruction(Op.i32Neg)] },
    });
    const model = makeModel({ program: [step, new Uint8Array()], inputs: SLOTS, outputs: SLOTS });
    expect(workload(model, "last").operations).to.equal(10 * (2 + 100 * 4));
  });
});

describe("checkLimits", () => {
  it("args: memoryBytes", () => {
    const { memoryBytes } = workload(MODEL, "last");
    checkLimits(MODEL, "last", { memoryBytes });
    expectError("LIMIT_EXCEEDED", () => checkLimits(MODEL, "last", { memoryBytes: memoryBytes - 1 }), {
      ...{ limit: "memoryBytes", actual: memoryBytes, most: memoryBytes - 1 },
    });
    expectError("LIMIT_EXCEEDED", () => checkLimits(MODEL, "all", { memoryBytes }), { limit: "memoryBytes" });
  });

  it("args: operations", () => {
    const { operations } = workload(MODEL, "last");
    checkLimits(MODEL, "last", { operations });
    expectError("LIMIT_EXCEEDED", () => checkLimits(MODEL, "last", { operations: operations - 1 }), {
      limit: "operations",
    });
  });

  it("args: steps", () => {
    checkLimits(MODEL, "last", { steps: 4 });
    expectError("LIMIT_EXCEEDED", () => checkLimits(MODEL, "last", { steps: 3 }), {
      limit: "steps",
      actual: 4,
      most: 3,
    });
  });

  it("error: attack 62: a hostile model is refused before it runs", () => {
    const depths = { stepDepth: 4, wordDepth: 28 };
    const huge = makeStep({ extents: [2 ** 31 - 1] });
    const large = makeModel({ program: [huge, huge], inputs: SLOTS, outputs: SLOTS, depths });
    expectError("LIMIT_EXCEEDED", () => executeModel(large, new Uint8Array(32)), { limit: "memoryBytes" });
    const long = makeStep({ type: "u8", fold: "i32.add", extents: [2 ** 30], reduction: [9000] });
    const slow = makeModel({ program: [long], inputs: SLOTS, outputs: SLOTS, depths });
    expectError("LIMIT_EXCEEDED", () => executeModel(slow, new Uint8Array(32)), { limit: "operations" });
  });

  it("behavior: a tensor is counted only as far as it is stored", () => {
    const endless = makeStep({ extents: [2 ** 20, 2 ** 20] });
    const model = makeModel({ program: [endless], inputs: SLOTS, outputs: SLOTS, depths: { wordDepth: 3 } });
    expect(workload(model, "last")).to.deep.equal({ memoryBytes: 256 + 32 + 32 + 64, operations: 64 });
  });
});
