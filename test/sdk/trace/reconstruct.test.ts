import { expect } from "chai";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { traceWith } from "../../../sdk/src/testing/lie.ts";
import { differsInOutputOnly, reconstructTrace } from "../../../sdk/src/trace/reconstruct.ts";
import { LIARS } from "../../actors/liar.ts";
import { createRandom } from "../../support/random.ts";
import { randomModel } from "../../support/random-models.ts";
import { printedSeed } from "../../support/seed.ts";

describe("trace/reconstruct", () => {
  it("default: the trace of an operator that lies about the output alone is known from the output", async () => {
    const random = createRandom(printedSeed("reconstructed traces"));
    for (let round = 0; round < 30; round++) {
      const { model, inputBytes } = randomModel(random);
      const { record } = model;
      const honest = await traceBytes(model, inputBytes);
      const output = honest.outputBytes.slice();
      output[random.integer(0, output.length - 1)]! ^= random.integer(1, 255);
      const lie = traceWith(model, inputBytes, (step, tensor) =>
        step === record.stepCount - 1 ? output : tensor,
      );
      expect(differsInOutputOnly(record, honest.tree, lie)).to.equal(true);
      const tree = reconstructTrace(record, honest.tree, { ...lie, output });
      expect(tree?.root).to.equal(lie.traceRoot);
    }
  });

  it("behavior: what is taken for an operator's trace is that trace, whatever the lie", async () => {
    const random = createRandom(printedSeed("traces taken for an operator's"));
    for (let round = 0; round < 30; round++) {
      const { model, inputBytes } = randomModel(random);
      const { record } = model;
      const honest = await traceBytes(model, inputBytes);
      const lie = random.pick(LIARS).lie({ model, inputBytes, honest, random });
      const output = new Uint8Array(record.outputBytes);
      output.set((lie.words.tree.tensors[record.stepCount - 1] ?? output).subarray(0, output.length));
      const tree = reconstructTrace(record, honest.tree, { ...lie, output });
      expect(tree?.root ?? lie.traceRoot).to.equal(lie.traceRoot);
    }
  });

  it("behavior: a trace that is wrong elsewhere, and an output that is not the committed one, are not guessed", async () => {
    const random = createRandom(7);
    const { model, inputBytes } = randomModel(random);
    const honest = await traceBytes(model, inputBytes);
    const lie = LIARS[0]!.lie({ model, inputBytes, honest, random });
    const { record } = model;
    const traceRoot = honest.inputRoot;
    expect(differsInOutputOnly(record, honest.tree, { ...lie, traceRoot })).to.equal(false);
    const other = honest.outputBytes;
    expect(reconstructTrace(record, honest.tree, { ...lie, output: other })).to.equal(undefined);
  });
});
