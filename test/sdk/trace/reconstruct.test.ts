import { expect } from "chai";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { differsInOutputOnly, reconstructTrace } from "../../../sdk/src/trace/reconstruct.ts";
import { LIARS } from "../../actors/liar.ts";
import { createRandom } from "../../support/random.ts";
import { randomModel } from "../../support/random-models.ts";
import { printedSeed } from "../../support/seed.ts";

describe("trace/reconstruct", () => {
  it("default: the trace of an operator that lies about the output alone is known from the output", async () => {
    const random = createRandom(printedSeed("reconstructed traces"));
    let guessed = 0;
    for (let round = 0; round < 60; round++) {
      const { model, inputBytes } = randomModel(random);
      const { record } = model;
      const honest = await traceBytes(model, inputBytes);
      const lie = random.pick(LIARS).lie({ model, inputBytes, honest, random });
      const output = new Uint8Array(record.outputBytes);
      output.set((lie.words.tree.tensors[record.stepCount - 1] ?? output).subarray(0, output.length));
      const tree = reconstructTrace(record, honest.tree, { ...lie, output });
      if (tree === undefined) continue;
      guessed++;
      expect(differsInOutputOnly(record, honest.tree, lie)).to.equal(true);
      expect(tree.root).to.equal(lie.traceRoot);
    }
    expect(guessed).to.be.greaterThan(5);
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
