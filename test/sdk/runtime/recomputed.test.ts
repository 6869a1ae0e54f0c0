import { readFileSync } from "node:fs";
import { expect } from "chai";
import { compileOnnx } from "../../../sdk/src/compiler/index.ts";
import { equalBytes } from "../../../sdk/src/core/bytes.ts";
import { ENGINES } from "../../../sdk/src/runtime/engines.ts";
import { executeModel } from "../../../sdk/src/runtime/execute.ts";
import { workload } from "../../../sdk/src/runtime/limits.ts";
import { RecomputedTensors } from "../../../sdk/src/runtime/recomputed.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { type TraceOptions, traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { proveElement } from "../../../sdk/src/trace/prove.ts";
import { reconstructTrace } from "../../../sdk/src/trace/reconstruct.ts";
import { traceOf } from "../../../sdk/src/trace/trace.ts";
import { makeInputs } from "../../support/onnx-oracle.ts";
import { createRandom, type Random } from "../../support/random.ts";
import { type ModelCase, randomModel } from "../../support/random-models.ts";
import { printedSeed } from "../../support/seed.ts";

/** Asks both for the same nodes, words and proofs, in any order. */
async function expectSameTrace(
  random: Random,
  { model, inputBytes }: ModelCase,
  options: TraceOptions,
  questions: number,
): Promise<void> {
  const kept = await traceBytes(model, inputBytes);
  const again = await traceBytes(model, inputBytes, { cacheBytes: random.integer(0, 300), ...options });
  expect(again.traceRoot).to.equal(kept.traceRoot);
  expect(again.outputRoot).to.equal(kept.outputRoot);
  expect(again.outputBytes).to.deep.equal(kept.outputBytes);
  const { stepCount, wordDepth } = model.record;
  for (let i = 0; i < questions; i++) {
    const level = random.integer(0, kept.tree.depth);
    const step = random.integer(0, stepCount - 1);
    const index = Math.floor((step * 2 ** wordDepth) / 2 ** (kept.tree.depth - level));
    expect(again.tree.node(level, index)).to.equal(kept.tree.node(level, index));
    expect(equalBytes(again.tree.tensor(step), kept.tree.tensor(step))).to.equal(true);
    const byte = random.integer(0, 32 * 2 ** wordDepth - 1);
    expect(proveElement(model, inputBytes, again, step, byte)).to.deep.equal(
      proveElement(model, inputBytes, kept, step, byte),
    );
  }
}

describe("traces larger than memory", () => {
  it("default: every node, tensor and proof is that of a trace that is kept", async () => {
    const seed = printedSeed("recomputed traces");
    for (let round = 0; round < 60; round++) {
      const random = createRandom(seed + round);
      const tensorBytes = random.pick([0, 32, 100, 400]);
      const options = { tensorBytes, engine: random.pick(ENGINES), threads: random.integer(1, 2) };
      await expectSameTrace(random, randomModel(random), options, 12);
    }
  });

  it("default: a real model's trace in a tenth of its room", async () => {
    const bytes = readFileSync(new URL("../../fixtures/models/blazeface_front_128.onnx", import.meta.url));
    const model = compileOnnx(new Uint8Array(bytes));
    const random = createRandom(printedSeed("a real model's trace"));
    const inputBytes = packInputs(model, makeInputs(model, { random }));
    const all = workload(model, "all").memoryBytes;
    const limits = { memoryBytes: Math.floor(all / 2) };
    await expectSameTrace(random, { model, inputBytes }, { tensorBytes: Math.floor(all / 10), limits }, 10);
  });

  it("behavior: neighbours come from one run, and no more stays than fits", () => {
    const { model, inputBytes } = { ...randomModel(createRandom(11)) };
    const { tensors } = executeModel(model, inputBytes, { keep: "all" });
    const total = tensors.reduce((sum, { length }) => sum + length, 0);
    const count = tensors.length;
    for (const [room, mostRuns] of [
      [total, 1],
      [0, 1 + count],
    ] as const) {
      let runs = 0;
      const source = new RecomputedTensors(count, room, (onStep) => {
        runs++;
        return executeModel(model, inputBytes, { onStep });
      });
      for (const [step, tensor] of tensors.entries())
        expect(source.tensor(step), `step ${step}`).to.deep.equal(tensor);
      expect(runs).to.be.within(1, mostRuns);
      expect(source.tensor(count)).to.have.length(0);
      expect(source.tensor(-1)).to.have.length(0);
    }
  });

  it("behavior: a lie about the output is guessed from a trace that is not kept", async () => {
    const { model, inputBytes } = randomModel(createRandom(12));
    const { record } = model;
    const truth = await traceBytes(model, inputBytes, { tensorBytes: 0 });
    const output = truth.outputBytes.map((byte) => byte ^ 1);
    const { traceRoot, outputRoot } = traceOf(record, inputBytes, [
      ...truth.tree.tensors.slice(0, -1),
      output,
    ]);
    const guessed = reconstructTrace(record, truth.tree, { traceRoot, outputRoot, output });
    expect(guessed?.root).to.equal(traceRoot);
    expect(guessed?.tensor(record.stepCount - 1)).to.deep.equal(output);
  });
});
