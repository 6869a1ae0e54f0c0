import { join } from "node:path";
import { expect } from "chai";
import { type ModelDirectory, writeModelDirectory } from "../../../sdk/src/node/model-directory.ts";
import { makeVector } from "../../../sdk/src/node/sample.ts";
import { caught } from "../../support/caught.ts";
import { Scene } from "../../support/node/scene.ts";
import { squaresModel } from "../../support/squares.ts";

describe("sdk/node: what a model's directory says that it gives", () => {
  let scene: Scene;

  before(async () => {
    scene = await Scene.create();
  });

  after(() => scene.close());

  const write = (vectors: ModelDirectory["vectors"] & object) =>
    writeModelDirectory(join(scene.folder, "models", "squares"), {
      ...{ name: "squares", model: squaresModel, stepInfos: [], vectors },
    });

  it("default: a daemon starts where every sample gives it", async () => {
    await write([0, 7].map((seed) => makeVector(squaresModel, seed)));
    await (await scene.operator()).stop();
    await (await scene.challenger()).stop();
  });

  it("error: no daemon starts where one gives anything else", async () => {
    const right = [0, 7].map((seed) => makeVector(squaresModel, seed));
    const claimed = `0x${"11".repeat(32)}` as const;
    await write(right.map((vector) => (vector.seed === 7 ? { ...vector, outputRoot: claimed } : vector)));
    for (const start of [() => scene.operator(), () => scene.challenger()]) {
      const error = await caught(start());
      expect(error.code).to.equal("MODEL_VECTOR_MISMATCH");
      expect(error.context).to.include({ seed: 7, expected: claimed, actual: right[1]?.outputRoot });
    }
  });
});
