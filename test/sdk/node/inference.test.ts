import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { rootOfBytes } from "../../../sdk/src/core/tree.ts";
import { createInference, type Inference } from "../../../sdk/src/node/inference.ts";
import { writeModelDirectory } from "../../../sdk/src/node/model-directory.ts";
import { ModelStore } from "../../../sdk/src/node/model-store.ts";
import { executeModel } from "../../../sdk/src/runtime/execute.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { caught } from "../../support/caught.ts";
import { makeSquaresModel, squaresInputs, squaresModel } from "../../support/squares.ts";

describe("sdk/node: inference", () => {
  let folder: string;
  let inference: Inference;
  let models: ModelStore;
  const { modelId, record } = squaresModel;
  const input = packInputs(squaresModel, squaresInputs(1, 2, 3, 4));
  const { output } = executeModel(squaresModel, input);
  const runs: (readonly [string, string | undefined])[] = [];

  async function open(limits: { runSeconds?: number; maxMemoryMb?: number } = {}): Promise<Inference> {
    return createInference({
      ...{ models, workers: 2, runSeconds: 60, maxMemoryMb: 256, ...limits },
      onRun: (kind, _seconds, error) => runs.push([kind, error?.code]),
    });
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "assay-inference-"));
    await writeModelDirectory(join(folder, "squares"), {
      name: "squares",
      model: squaresModel,
      stepInfos: [],
    });
    models = (await ModelStore.load({ directories: [folder], allow: [] })).store;
    inference = await open();
    runs.length = 0;
  });

  afterEach(async () => {
    await inference.close();
    rmSync(folder, { recursive: true });
  });

  it("default: gives the output and its root", async () => {
    const outputRoot = rootOfBytes(output, record.wordDepth);
    expect(await inference.run(modelId, input)).to.deep.equal({ output, outputRoot });
    expect(runs).to.deep.equal([["run", undefined]]);
  });

  it("default: gives the trace's root, with the proof that it ends in the output, in both engines", async () => {
    const trace = await traceBytes(squaresModel, input);
    for (const isSecondOpinion of [false, true]) {
      const answer = await inference.trace(modelId, input, isSecondOpinion);
      expect(answer).to.include({ traceRoot: trace.traceRoot, outputRoot: trace.outputRoot });
      expect(answer.outputProof).to.have.length(record.stepDepth);
    }
    expect(runs).to.deep.equal([
      ["trace", undefined],
      ["trace", undefined],
    ]);
  });

  it("error: a model that is not there, and one whose directory was given another", async () => {
    const other = makeSquaresModel(6);
    expect((await caught(inference.run(other.modelId, input))).code).to.equal("MODEL_MISSING");
    await writeModelDirectory(join(folder, "squares"), { name: "squares", model: other, stepInfos: [] });
    expect((await caught(inference.run(modelId, input))).code).to.equal("MODEL_REPLACED");
  });

  it("error: a run that takes too long loses its thread; the next one gets another", async () => {
    await inference.close();
    inference = await open({ runSeconds: 0.001 });
    const error = await caught(inference.run(modelId, input));
    expect(error.code).to.equal("INFERENCE_TIMEOUT");
    expect(runs).to.deep.equal([["run", "INFERENCE_TIMEOUT"]]);
    expect((await caught(inference.run(modelId, input))).code).to.equal("INFERENCE_TIMEOUT");
  });

  it("behavior: whatever the input is, there is a result, and the thread goes on", async () => {
    for (const hostile of [new Uint8Array(0), new Uint8Array(record.inputBytes).fill(255)])
      expect((await inference.run(modelId, hostile)).output).to.have.length(output.length);
    expect((await inference.run(modelId, input)).output).to.deep.equal(output);
  });

  it("error: what still runs when it is closed is rejected, and so is what waits", async () => {
    const answers = Array.from({ length: 6 }, () => inference.run(modelId, input));
    const codes = Promise.all(
      answers.map((answer) =>
        answer.then(
          () => "done",
          ({ code }) => code,
        ),
      ),
    );
    await inference.close();
    expect(new Set(await codes)).to.deep.equal(new Set(["INFERENCE_STOPPED"]));
  });

  it("behavior: only allowed models are taken, and one that is allowed has to be there", async () => {
    const other = makeSquaresModel(6);
    await writeModelDirectory(join(folder, "other"), { name: "other", model: other, stepInfos: [] });
    const { store } = await ModelStore.load({ directories: [folder], allow: [other.modelId] });
    expect(store.all.map(({ name }) => name)).to.deep.equal(["other"]);
    const missing = await caught(ModelStore.load({ directories: [folder], allow: [`0x${"00".repeat(32)}`] }));
    expect(missing.code).to.equal("MODEL_MISSING");
  });
});
