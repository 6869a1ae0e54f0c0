import { expect } from "chai";
import type { Hex } from "../../../sdk/src/core/bytes.ts";
import { equalBytes } from "../../../sdk/src/core/bytes.ts";
import { AssayError } from "../../../sdk/src/core/errors.ts";
import { decodeStep } from "../../../sdk/src/machine/decode.ts";
import { evaluateElement } from "../../../sdk/src/machine/element.ts";
import { encodeStep } from "../../../sdk/src/machine/encode.ts";
import { executeStep } from "../../../sdk/src/machine/execute.ts";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { checkProof } from "../../../sdk/src/trace/check.ts";
import { elementSize, proveElement } from "../../../sdk/src/trace/prove.ts";
import { type Trace, traceOf } from "../../../sdk/src/trace/trace.ts";
import { makeStep } from "../../support/builders.ts";
import { expectError } from "../../support/errors.ts";
import { createRandom } from "../../support/random.ts";
import { type ModelCase, modelOf, randomModel } from "../../support/random-models.ts";
import { randomSteps, type StepCase } from "../../support/random-steps.ts";
import { printedSeed } from "../../support/seed.ts";

const ZERO: Hex = `0x${"00".repeat(32)}`;

/** A model whose step `stepIndex` is the case's; what the other steps wrote is given. */
function caseModel({ encoding, depths, memory, stepIndex }: StepCase): ModelCase & { readonly trace: Trace } {
  const stepCount = Math.max(memory.steps.length, stepIndex + 1);
  const program = Array.from({ length: stepCount }, (_, i) =>
    i === stepIndex ? encoding : Uint8Array.of(i),
  );
  // Some memories hold more than their trees have room for.
  const cut = (data: Uint8Array, depth: number): Uint8Array => data.subarray(0, 32 * 2 ** depth);
  const inputBytes = cut(memory.input, depths.inputDepth);
  const constants = cut(memory.constants, depths.constantsDepth);
  const model = modelOf(program, constants, depths, Math.max(1, inputBytes.length), 1);
  const tensors = memory.steps.map((tensor) => cut(tensor, depths.wordDepth));
  return { model, inputBytes, trace: traceOf(model.record, inputBytes, tensors) };
}

describe("trace/proof", () => {
  it("default: a proof of any element of any step gives the element", () => {
    const cases = randomSteps(printedSeed("proofs of random elements"));
    let opened = 0;
    for (let round = 0; round < 1500; round++) {
      const stepCase = cases.next().value;
      const { encoding, depths, memory, stepIndex, element } = stepCase;
      const { model, inputBytes, trace } = caseModel(stepCase);
      const step = decodeStep(encoding);
      const size = elementSize(step, encoding.length, depths);
      const byteOffset = element * size + (element % size);
      const proof = proveElement(model, inputBytes, trace, stepIndex, byteOffset);
      const { record } = model;
      const { inputRoot, traceRoot } = trace;
      const verdict = checkProof({ record, inputRoot, traceRoot, step: stepIndex, byteOffset, proof });
      expect(verdict, `round ${round}`).to.deep.equal({
        value: evaluateElement(step, stepIndex, element, memory),
        size,
      });
      if (proof.length > 2 + encoding.length + 32 * depths.stepDepth + 6) opened++;
    }
    expect(opened).to.be.greaterThan(500);
  });

  it("behavior: an element of a traced run is the one that stands in the tensor", async () => {
    const random = createRandom(printedSeed("elements of random models"));
    for (let round = 0; round < 60; round++) {
      const { model, inputBytes } = randomModel(random);
      const trace = await traceBytes(model, inputBytes);
      const { record } = model;
      const { inputRoot, traceRoot } = trace;
      for (let i = 0; i < 5; i++) {
        const step = random.integer(0, record.stepCount - 1);
        const tensor = trace.tree.tensors[step]!;
        const byteOffset = random.integer(0, 32 * 2 ** record.wordDepth - 1);
        const proof = proveElement(model, inputBytes, trace, step, byteOffset);
        const { value, size } = checkProof({ record, inputRoot, traceRoot, step, byteOffset, proof });
        const first = byteOffset - (byteOffset % size);
        const expected = Array.from({ length: size }, (_, j) => tensor[first + j] ?? 0);
        expect(Array.from({ length: size }, (_, j) => (value >>> (8 * j)) & 0xff)).to.deep.equal(expected);
      }
    }
  });

  it("behavior: changing any byte of a proof, or its length, never gives another element", () => {
    const cases = randomSteps(printedSeed("changed proofs"));
    const random = createRandom(9);
    let refused = 0;
    for (let round = 0; round < 400; round++) {
      const stepCase = cases.next().value;
      const { encoding, depths, stepIndex, element } = stepCase;
      const { model, inputBytes, trace } = caseModel(stepCase);
      const byteOffset = element * elementSize(decodeStep(encoding), encoding.length, depths);
      const proof = proveElement(model, inputBytes, trace, stepIndex, byteOffset);
      const { record } = model;
      const { inputRoot, traceRoot } = trace;
      const check = (candidate: Uint8Array) =>
        checkProof({ record, inputRoot, traceRoot, step: stepIndex, byteOffset, proof: candidate });
      const truth = check(proof);

      expectError("PROOF_MALFORMED", () => check(Uint8Array.from([...proof, 0])));
      expect(() => check(proof.subarray(0, -1))).to.throw(AssayError);
      const changed = proof.slice();
      const at = random.integer(0, proof.length - 1);
      changed[at] = changed[at]! ^ (1 << random.integer(0, 7));
      try {
        expect(check(changed)).to.deep.equal(truth);
      } catch (error) {
        if (!AssayError.is(error)) throw error;
        expect(error.code).to.match(/^PROOF_/);
        refused++;
      }
    }
    expect(refused).to.be.greaterThan(350);
  });

  it("behavior: a proof holds no more than the words that the element depends on", () => {
    const cases = randomSteps(11);
    let missing = 0;
    for (let round = 0; round < 300; round++) {
      const stepCase = cases.next().value;
      const { encoding, depths, stepIndex, element } = stepCase;
      const { model, inputBytes, trace } = caseModel(stepCase);
      const byteOffset = element * elementSize(decodeStep(encoding), encoding.length, depths);
      const proof = proveElement(model, inputBytes, trace, stepIndex, byteOffset);
      const bare = proof.slice(0, 2 + encoding.length + 32 * depths.stepDepth + 6).fill(0, -6);
      if (equalBytes(bare, proof)) continue;
      const { record } = model;
      const { inputRoot, traceRoot } = trace;
      expectError("PROOF_WORD_MISSING", () =>
        checkProof({ record, inputRoot, traceRoot, step: stepIndex, byteOffset, proof: bare }),
      );
      missing++;
    }
    expect(missing).to.be.greaterThan(100);
  });

  it("args: steps and elements that do not exist are zero, and provably so", () => {
    const encoding = encodeStep(makeStep({ extents: [3], immediates: [7], init: 0 }));
    const depths = { inputDepth: 0, constantsDepth: 0, stepDepth: 2, wordDepth: 1 };
    const model = modelOf(
      [encoding, Uint8Array.of(1, 2), new Uint8Array(0)],
      new Uint8Array(0),
      depths,
      1,
      12,
    );
    const memory = { input: Uint8Array.of(1), constants: model.constants, steps: [], depths };
    const trace = traceOf(model.record, memory.input, [executeStep(decodeStep(encoding), 0, memory)]);
    const value = (step: number, byteOffset: number) => {
      const proof = proveElement(model, memory.input, trace, step, byteOffset);
      return checkProof({ record: model.record, inputRoot: ZERO, traceRoot: ZERO, step, byteOffset, proof });
    };
    expect(value(0, 9)).to.deep.equal({ value: 7, size: 4 });
    expect(value(0, 12)).to.deep.equal({ value: 0, size: 4 });
    for (const step of [1, 2, 3]) expect(value(step, 0)).to.deep.equal({ value: 0, size: 4 });
  });

  it("error: a step, an input or a trace that is not the one of the dispute", () => {
    const cases = randomSteps(12);
    const stepCase = Array.from({ length: 200 }, () => cases.next().value).find(
      ({ memory, encoding, stepIndex, element }) => {
        const spaces = new Set<string>();
        evaluateElement(decodeStep(encoding), stepIndex, element, memory, (space) => spaces.add(space));
        return spaces.size === 3;
      },
    )!;
    const { encoding, depths, stepIndex, element } = stepCase;
    const { model, inputBytes, trace } = caseModel(stepCase);
    const byteOffset = element * elementSize(decodeStep(encoding), encoding.length, depths);
    const proof = proveElement(model, inputBytes, trace, stepIndex, byteOffset);
    const { record } = model;
    const { inputRoot, traceRoot } = trace;
    const right = { record, inputRoot, traceRoot, step: stepIndex, byteOffset, proof };
    for (const [change, tree] of [
      [{ record: { ...record, programRoot: ZERO } }, "program"],
      [{ record: { ...record, constantsRoot: ZERO } }, "const"],
      [{ inputRoot: ZERO }, "input"],
      [{ traceRoot: ZERO }, "step"],
    ] as const) {
      expectError("PROOF_ROOT_MISMATCH", () => checkProof({ ...right, ...change }), { tree });
    }
    expectError("PROOF_MALFORMED", () => checkProof({ ...right, proof: new Uint8Array(0) }));
  });

  it("error: a model that is not its record's", () => {
    const { model, inputBytes } = randomModel(createRandom(1));
    const other = { ...model, constants: Uint8Array.of(1) };
    const trace = traceOf(model.record, inputBytes, []);
    expectError("MODEL_ROOT_MISMATCH", () => proveElement(other, inputBytes, trace, 0, 0), {
      field: "constantsRoot",
    });
  });

  it("error: a step whose encoding no proof can carry", () => {
    const depths = { inputDepth: 0, constantsDepth: 0, stepDepth: 0, wordDepth: 0 };
    const model = modelOf([new Uint8Array(65_536)], new Uint8Array(0), depths, 1, 4);
    const trace = traceOf(model.record, Uint8Array.of(1), []);
    expectError("STEP_UNPROVABLE", () => proveElement(model, Uint8Array.of(1), trace, 0, 0), {
      bytes: 65_536,
    });
  });
});
