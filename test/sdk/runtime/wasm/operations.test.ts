import { expect } from "chai";
import type { Memory } from "../../../../sdk/src/machine/memory.ts";
import { Op } from "../../../../sdk/src/machine/opcodes.ts";
import type { Operand } from "../../../../sdk/src/machine/types.ts";
import { affine, instruction, makeOperand, makeStep } from "../../../support/builders.ts";
import { type ScalarVector, scalarVectors } from "../../../support/vectors.ts";
import { executeOnWasm } from "../../../support/wasm-steps.ts";

/** All results of one operation, computed as one tensor. */
function compute(op: number, vectors: readonly ScalarVector[]): Uint32Array {
  const length = vectors.length;
  const column = (of: (vector: ScalarVector) => number): Uint8Array =>
    new Uint8Array(Uint32Array.from(vectors, of).buffer);
  const memory: Memory = {
    input: column(({ a }) => a),
    constants: column(({ b }) => b),
    steps: [column(({ c }) => c)],
    depths: { inputDepth: 20, constantsDepth: 20, stepDepth: 1, wordDepth: 20 },
  };
  const read = (space: Operand["space"]): Operand => makeOperand(space, "i32", affine(0, 1));
  const step = makeStep({
    ...{ type: "i32", extents: [length], outerOperands: [read("input"), read("const"), read("step")] },
    epilogue: [instruction(op, 0, 1, 2)],
  });
  const { tensor, hasKernel } = executeOnWasm(step, 1, memory);
  expect(hasKernel).to.equal(true);
  return new Uint32Array(tensor.buffer, 0, length);
}

function groupBy(
  vectors: Iterable<ScalarVector>,
  keyOf: (vector: ScalarVector) => number,
): Map<number, ScalarVector[]> {
  const groups = new Map<number, ScalarVector[]>();
  for (const vector of vectors) {
    const group = groups.get(keyOf(vector));
    if (group === undefined) groups.set(keyOf(vector), [vector]);
    else group.push(vector);
  }
  return groups;
}

describe("operations on vectors", () => {
  const byOp = groupBy(scalarVectors(), ({ op }) => op);

  for (const [name, op] of Object.entries(Op)) {
    if (op === Op.zero) continue;
    it(`default: ${name} gives the vectors of operations`, () => {
      const vectors = byOp.get(op) ?? [];
      expect(vectors.length).to.be.greaterThan(600);
      const results = compute(op, vectors);
      for (const [j, { a, b, c, result }] of vectors.entries())
        if (results[j] !== result)
          expect(results[j]?.toString(16), `${a} ${b} ${c}`).to.equal(result.toString(16));
    });
  }

  it("behavior: minimum and maximum with a constant, whichever side it stands on", () => {
    for (const op of [Op.f32Min, Op.f32Max]) {
      const byConstant = groupBy(byOp.get(op) ?? [], ({ b }) => b);
      for (const [constant, vectors] of byConstant) {
        if (vectors.length < 8) continue;
        const memory: Memory = {
          input: new Uint8Array(Uint32Array.from(vectors, ({ a }) => a).buffer),
          constants: new Uint8Array(),
          steps: [],
          depths: { inputDepth: 20, constantsDepth: 0, stepDepth: 0, wordDepth: 20 },
        };
        for (const [a, b] of [
          [0, 1],
          [1, 0],
        ]) {
          const step = makeStep({
            ...{ type: "i32", extents: [vectors.length], immediates: [constant] },
            outerOperands: [makeOperand("input", "i32", affine(0, 1))],
            epilogue: [instruction(op, a, b)],
          });
          const { tensor } = executeOnWasm(step, 0, memory);
          const results = new Uint32Array(tensor.buffer);
          for (const [j, { a: value, result }] of vectors.entries())
            if (results[j] !== result)
              expect.fail(`${op} of ${value} and the constant ${constant}: ${results[j]}`);
        }
      }
    }
  });
});
