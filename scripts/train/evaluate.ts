import { InferenceSession, Tensor } from "onnxruntime-node";
import { DIGIT_COUNT, IMAGE_BYTES, imageToInput, type Mnist } from "./data.ts";
import { INPUT_DIMS } from "./network.ts";
import { indexOfGreatest } from "./scores.ts";

/** Images in one call of the runtime. */
const BATCH_SIZE = 500;

/**
 * How many of the images an independent runtime, onnxruntime, classifies correctly with the model.
 *
 * @param model - bytes of the ONNX file.
 * @param mnist - images the model was not trained on.
 */
export async function countCorrect(model: Uint8Array, mnist: Mnist): Promise<number> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1 });
  let correct = 0;
  for (let start = 0; start < mnist.count; start += BATCH_SIZE) {
    const labels = mnist.labels.subarray(start, start + BATCH_SIZE);
    const batch = new Float32Array(labels.length * IMAGE_BYTES);
    for (let i = 0; i < labels.length; i++) {
      batch.set(imageToInput(mnist.images, start + i), i * IMAGE_BYTES);
    }
    const { probabilities } = await session.run({ image: new Tensor(batch, [labels.length, ...INPUT_DIMS]) });
    const data = probabilities?.data;
    if (!(data instanceof Float32Array)) throw new Error("The model has no float output `probabilities`.");
    for (let i = 0; i < labels.length; i++) {
      if (indexOfGreatest(data.subarray(DIGIT_COUNT * i, DIGIT_COUNT * (i + 1))) === labels[i]) correct++;
    }
  }
  return correct;
}
