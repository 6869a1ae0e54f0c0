import { expect } from "chai";
import { AssayError } from "../../../sdk/src/core/errors.ts";
import { Op } from "../../../sdk/src/machine/opcodes.ts";
import { ENGINES } from "../../../sdk/src/runtime/engines.ts";
import { type RunOptions, run } from "../../../sdk/src/runtime/run.ts";
import { affine, instruction, makeOperand, makeStep } from "../../support/builders.ts";
import { makeModel, makeSlots } from "../../support/models.ts";

/** y = max(A x + b, 0), and i = the integers of y: 3 outputs of 2 inputs. */
const MODEL = makeModel({
  program: [
    makeStep({
      ...{ type: "f32", fold: "f32.add", extents: [3], reduction: [2] },
      bodyOperands: [
        makeOperand("const", "f32", affine(0, 2, 1)),
        makeOperand("input", "f32", affine(0, 0, 1)),
      ],
      outerOperands: [makeOperand("const", "f32", affine(6, 1))],
      ...{ immediates: [0], body: [instruction(Op.f32Mul, 0, 1)], epilogue: [instruction(Op.f32Max, 2, 1)] },
    }),
    makeStep({
      extents: [2, 8],
      outerOperands: [
        makeOperand("step", "f32", affine(0, 0, 1)),
        makeOperand("index", "i32", affine(0, 1, 0)),
      ],
      epilogue: [instruction(Op.i32TruncSatF32S, 0), instruction(Op.select, 1, 3, 0)],
    }),
  ],
  constants: new Uint8Array(Float32Array.of(1, 2, 3, 4, -5, -6, 0.5, 0.25, 0.125).buffer),
  inputs: makeSlots(["x", "float32", 2]),
  outputs: makeSlots(["y", "float32", 3], ["i", "int64", 3]),
});

const INPUTS = { x: { type: "float32", dims: [2], data: Float32Array.of(10, 100) } } as const;

async function expectRejection(
  code: string,
  inputs: object,
  options?: object,
  context: object = {},
): Promise<void> {
  let thrown: unknown;
  await run(MODEL, inputs as typeof INPUTS, options as RunOptions).catch((error: unknown) => {
    thrown = error;
  });
  expect(AssayError.is(thrown), String(thrown)).to.equal(true);
  expect((thrown as AssayError).code).to.equal(code);
  expect((thrown as AssayError).context).to.include(context);
}

describe("run", () => {
  it("default: from named tensors to named tensors", async () => {
    const outputs = await run(MODEL, INPUTS);
    expect(outputs).to.deep.equal({
      y: { type: "float32", dims: [3], data: Float32Array.of(210.5, 430.25, 0) },
      i: { type: "int64", dims: [3], data: BigInt64Array.of(210n, 430n, 0n) },
    });
  });

  it("args: engine", async () => {
    for (const engine of ENGINES)
      expect(await run(MODEL, INPUTS, { engine })).to.deep.equal(await run(MODEL, INPUTS));
    await expectRejection(
      "ENGINE_UNAVAILABLE",
      INPUTS,
      { engine: "abacus" },
      { option: "engine", actual: "abacus" },
    );
  });

  it("args: threads", async () => {
    expect(await run(MODEL, INPUTS, { threads: 4 })).to.deep.equal(await run(MODEL, INPUTS));
    for (const threads of [0, -1, 1.5, Number.NaN])
      await expectRejection("ENGINE_UNAVAILABLE", INPUTS, { threads }, { option: "threads" });
  });

  it("args: limits", async () => {
    await expectRejection(
      "LIMIT_EXCEEDED",
      INPUTS,
      { limits: { memoryBytes: 100 } },
      { limit: "memoryBytes", most: 100 },
    );
    await expectRejection("LIMIT_EXCEEDED", INPUTS, { limits: { memoryBytes: 7 } }, { actual: 8, most: 7 });
  });

  it("error: inputs that do not fit are refused", async () => {
    await expectRejection("INPUT_MISSING", {}, {}, { name: "x" });
  });

  it("behavior: the model's own decoded steps are not trusted", async () => {
    const lying = { ...MODEL, steps: [makeStep(), makeStep()] };
    expect(await run(lying, INPUTS)).to.deep.equal(await run(MODEL, INPUTS));
  });

  it("behavior: constants may lie anywhere within a buffer", async () => {
    const bytes = new Uint8Array([9, ...MODEL.constants]).subarray(1);
    expect(await run({ ...MODEL, constants: bytes }, INPUTS)).to.deep.equal(await run(MODEL, INPUTS));
  });
});
