import { expect } from "chai";
import { decodeStep } from "../../../sdk/src/machine/decode.ts";
import { evaluateElement } from "../../../sdk/src/machine/element.ts";
import { executeStep } from "../../../sdk/src/machine/execute.ts";
import { tensorBytes } from "../../../sdk/src/machine/memory.ts";
import { ELEMENT_SIZE, Op } from "../../../sdk/src/machine/opcodes.ts";
import { applyOp } from "../../../sdk/src/machine/scalar.ts";
import { isExecutable } from "../../../sdk/src/machine/validity.ts";
import { scalarVectors, stepVectors } from "../../support/vectors.ts";

describe("vectors of operations", () => {
  it("default: the reference gives them", () => {
    const counts = new Map<number, number>();
    for (const { name, op, a, b, c, result } of scalarVectors()) {
      const actual = applyOp(op, a, b, c);
      if (actual !== result)
        expect(actual.toString(16), `${name} ${a} ${b} ${c}`).to.equal(result.toString(16));
      counts.set(op, (counts.get(op) ?? 0) + 1);
    }
    for (const [name, op] of Object.entries(Op))
      if (op !== Op.zero) expect(counts.get(op), name).to.be.greaterThan(600);
  });
});

describe("vectors of steps", () => {
  const vectors = stepVectors();

  it("default: the reference gives them, element by element", () => {
    for (const { title, encoding, stepIndex, element, memory, result } of vectors)
      expect(evaluateElement(decodeStep(encoding), stepIndex, element, memory), title).to.equal(result);
  });

  it("default: the reference gives them in whole tensors", () => {
    let compared = 0;
    for (const { title, encoding, stepIndex, element, memory, result } of vectors) {
      const step = decodeStep(encoding);
      if (!isExecutable(step, encoding.length, memory.depths)) {
        expect(result, title).to.equal(0);
        continue;
      }
      const bytes = tensorBytes(step, memory.depths);
      if (bytes > 2 ** 18 || (element + 1) * ELEMENT_SIZE[step.type] > bytes) continue;
      const view = new DataView(executeStep(step, stepIndex, memory).buffer);
      const actual =
        ELEMENT_SIZE[step.type] === 4 ? view.getUint32(4 * element, true) : view.getUint8(element);
      expect(actual, title).to.equal(result);
      compared++;
    }
    expect(compared).to.be.greaterThan(300);
  });

  it("behavior: their titles are all different, and most results are not 0", () => {
    expect(new Set(vectors.map(({ title }) => title)).size).to.equal(vectors.length);
    expect(vectors.filter(({ result }) => result !== 0).length).to.be.greaterThan(200);
  });
});
