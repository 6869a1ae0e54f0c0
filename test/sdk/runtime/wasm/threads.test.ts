import { readFileSync } from "node:fs";
import { expect } from "chai";
import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import { equalBytes, toHex } from "../../../../sdk/src/core/bytes.ts";
import { HASH_BYTES } from "../../../../sdk/src/core/hash.ts";
import { rootOfBytes } from "../../../../sdk/src/core/tree.ts";
import { accelerateHashing } from "../../../../sdk/src/core/wasm/hasher.ts";
import type { MachineModel } from "../../../../sdk/src/machine/model.ts";
import { executeModel, executeWith } from "../../../../sdk/src/runtime/execute.ts";
import { packInputs, run, trace } from "../../../../sdk/src/runtime/index.ts";
import { crewOf } from "../../../../sdk/src/runtime/wasm/threads.ts";
import { makeInputs } from "../../../support/onnx-oracle.ts";
import { createRandom } from "../../../support/random.ts";
import { randomGraph } from "../../../support/random-graphs.ts";
import { printedSeed } from "../../../support/seed.ts";

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../fixtures/models/${name}`, import.meta.url)));

async function expectSameWith(threads: number, model: MachineModel, input: Uint8Array): Promise<void> {
  const expected = executeModel(model, input, { engine: "reference", keep: "all" });
  const crew = await crewOf(threads);
  expect(crew?.size).to.equal(threads - 1);
  accelerateHashing();
  const { wordDepth, stepCount } = model.record;
  const roots = new Uint8Array(HASH_BYTES * stepCount);
  const traced = executeWith(model, input, { engine: "wasm", keep: "all", roots }, crew);
  for (const [step, tensor] of expected.tensors.entries()) {
    expect(equalBytes(traced.tensors[step]!, tensor), `step ${step}`).to.equal(true);
    const root = roots.subarray(HASH_BYTES * step, HASH_BYTES * (step + 1));
    expect(toHex(root), `root of step ${step}`).to.equal(rootOfBytes(tensor, wordDepth));
  }
  // Again and again: whoever takes which part differs each time.
  for (let times = 0; times < 5; times++)
    expect(equalBytes(executeWith(model, input, { engine: "wasm" }, crew).output, expected.output)).to.equal(
      true,
    );
}

describe("threads", () => {
  for (const threads of [2, 3, 4]) {
    it(`default: ${threads} of them give the reference's bytes`, async () => {
      for (const [name, dims] of [
        ["digits.onnx", { N: 8 }],
        ["blazeface_front_128.onnx", {}],
      ] as const) {
        const model = compileOnnx(fixture(name), { dims });
        const input = packInputs(model, makeInputs(model, { random: createRandom(threads) }));
        await expectSameWith(threads, model, input);
      }
    });
  }

  it("behavior: random graphs", async () => {
    const seed = printedSeed("random graphs on threads");
    for (let i = 0; i < 30; i++) {
      const random = createRandom(seed + i);
      const model = compileOnnx(randomGraph(random, random.integer(2, 25)));
      await expectSameWith(3, model, packInputs(model, makeInputs(model, { random })));
    }
  });

  it("behavior: a trace has the same root with any number of threads, kept or computed again in windows", async () => {
    const model = compileOnnx(fixture("blazeface_front_128.onnx"));
    const inputs = makeInputs(model, { random: createRandom(2) });
    const { traceRoot, tree } = await trace(model, inputs);
    for (const threads of [2, 3, 4]) {
      for (const tensorBytes of [2 ** 30, 2 ** 20]) {
        const shared = await trace(model, inputs, { threads, tensorBytes });
        expect(shared.traceRoot).to.equal(traceRoot);
        expect(shared.tree.children(tree.stepDepth, 3, 4)).to.deep.equal(tree.children(tree.stepDepth, 3, 4));
      }
    }
  });

  it("behavior: named tensors and traces take threads as well", async () => {
    const model = compileOnnx(fixture("digits.onnx"), { dims: { N: 4 } });
    const inputs = makeInputs(model, { random: createRandom(1) });
    const expected = await trace(model, inputs, { engine: "reference" });
    expect((await trace(model, inputs, { threads: 2 })).traceRoot).to.equal(expected.traceRoot);
    expect(await run(model, inputs, { threads: 2 })).to.deep.equal(expected.outputs);
  });

  it("behavior: one thread needs no crew", async () => {
    expect(await crewOf(1)).to.equal(undefined);
  });
});
