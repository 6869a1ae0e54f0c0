import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { root } from "../../scripts/check/check.ts";
import { DIGIT_COUNT, IMAGE_BYTES, IMAGE_SIDE, imageToInput, loadMnist } from "../../scripts/train/data.ts";
import { indexOfGreatest } from "../../scripts/train/scores.ts";
import { compileOnnx } from "../../sdk/src/compiler/index.ts";
import { executeModel } from "../../sdk/src/runtime/execute.ts";
import { packInputs, unpackOutputs } from "../../sdk/src/runtime/tensors.ts";

/** What the digit CNN has to reach on images that it was not trained on, and how near our outputs have to be to onnxruntime's. */
const LEAST_ACCURACY = 0.985;
const TOLERANCE = 1e-4;
const BATCH = 500;

describe("digit CNN on the 10,000 test images", () => {
  const bytes = readFileSync(join(root, "test/fixtures/models/digits.onnx"));
  const { count, images, labels } = loadMnist("test");
  let peer: Float32Array;

  before(async () => {
    peer = new Float32Array(count * DIGIT_COUNT);
    const session = await InferenceSession.create(bytes);
    for (let first = 0; first < count; first += BATCH) {
      const batch = images.subarray(first * IMAGE_BYTES, (first + BATCH) * IMAGE_BYTES);
      const image = new Tensor(
        "float32",
        Float32Array.from(batch, (pixel) => pixel / 255),
        [BATCH, 1, IMAGE_SIDE, IMAGE_SIDE],
      );
      const { probabilities } = await session.run({ image });
      peer.set(probabilities?.data as Float32Array, first * DIGIT_COUNT);
    }
  });

  const scoresOf = (index: number): Float32Array =>
    peer.subarray(index * DIGIT_COUNT, (index + 1) * DIGIT_COUNT);

  it("default: onnxruntime reads at least 98.5 % of them", () => {
    let correct = 0;
    for (let index = 0; index < count; index++)
      if (indexOfGreatest(scoresOf(index)) === labels[index]) correct++;
    expect(correct / count).to.be.at.least(LEAST_ACCURACY);
  });

  it("default: the machine reads every one as onnxruntime does, with outputs within 1e-4", () => {
    const model = compileOnnx(new Uint8Array(bytes), { dims: { N: 1 } });
    let largest = 0;
    const otherwise: number[] = [];
    for (let index = 0; index < count; index++) {
      const image = {
        type: "float32",
        dims: [1, 1, IMAGE_SIDE, IMAGE_SIDE],
        data: imageToInput(images, index),
      } as const;
      const { output } = executeModel(model, packInputs(model, { image }));
      const ours = unpackOutputs(model, output).probabilities?.data as Float32Array;
      const theirs = scoresOf(index);
      for (const [digit, score] of ours.entries())
        largest = Math.max(largest, Math.abs(score - (theirs[digit] ?? Number.NaN)));
      if (indexOfGreatest(ours) !== indexOfGreatest(theirs)) otherwise.push(index);
    }
    expect(otherwise).to.deep.equal([]);
    expect(largest).to.be.below(TOLERANCE);
  });
});
