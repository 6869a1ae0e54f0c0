import { expect } from "chai";
import { Op } from "../../../../sdk/src/machine/opcodes.ts";
import { programOf, wasmInstance } from "../../../../sdk/src/runtime/wasm/engine.ts";
import { affine, instruction, makeOperand, makeStep } from "../../../support/builders.ts";
import { makeModel, makeSlots } from "../../../support/models.ts";

/** Doubles 2^21 numbers. */
function large(): ReturnType<typeof makeModel> {
  const count = 2 ** 21;
  const double = makeStep({
    ...{ type: "f32", extents: [count] },
    outerOperands: [makeOperand("input", "f32", affine(0, 1))],
    epilogue: [instruction(Op.f32Add, 0, 0)],
  });
  return makeModel({
    program: [double],
    inputs: makeSlots(["x", "float32", count]),
    outputs: makeSlots(["y", "float32", count]),
  });
}

describe("wasmInstance", () => {
  it("default: is compiled once, and again for threads", () => {
    const model = large();
    const options = { isTraced: false, memoryBytes: 2 ** 30 };
    const instance = wasmInstance(model, options);
    expect(wasmInstance(model, options)).to.equal(instance);
    const shared = wasmInstance(model, { ...options, isShared: true });
    expect(shared?.isShared).to.equal(true);
    expect(wasmInstance(model, options)).to.equal(shared);
  });

  it("behavior: what one limit refuses, another may allow", () => {
    const model = large();
    const needed = programOf(model, false)?.memoryBytes ?? 0;
    expect(needed).to.be.greaterThan(2 ** 24);
    expect(wasmInstance(model, { isTraced: false, memoryBytes: 0 })).to.equal(undefined);
    const instance = wasmInstance(model, { isTraced: false, memoryBytes: needed });
    expect(instance?.memory.buffer.byteLength).to.equal(needed);
    expect(wasmInstance(model, { isTraced: false, memoryBytes: 0 })).to.equal(undefined);
  });
});
