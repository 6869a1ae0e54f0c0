import { conv } from "./conv.ts";
import { DIGIT_COUNT, IMAGE_SIDE } from "./data.ts";
import { type Dims, flatten, gemm, type Layer, maxPool, relu } from "./layers.ts";
import type { Random } from "./random.ts";

/** One grey channel. */
export const INPUT_DIMS: Dims = [1, IMAGE_SIDE, IMAGE_SIDE];

export interface Network {
  readonly layers: readonly Layer[];
  /** The score of each digit for one image. The array is overwritten by the next call. */
  forward(input: Float32Array): Float32Array;
  /** Adds to the gradients of all parameters, given the gradient of the scores of the last `forward`. */
  backward(scoresGradient: Float32Array): void;
}

/**
 * The digit classifier, small enough that every element of every layer could be computed by the referee.
 *
 * | layer | output | terms summed per element |
 * |---|---|---|
 * | conv1, 5 x 5, stride 2, pad 2 | 8 x 14 x 14 | 25 |
 * | conv2, 3 x 3 | 12 x 12 x 12 | 72 |
 * | pool, 2 x 2 | 12 x 6 x 6 | 4 |
 * | scores | 10 | 432 |
 */
export function digitNetwork(random: Random): Network {
  const conv1 = conv(
    INPUT_DIMS,
    { name: "conv1", channels: 8, kernel: 5, stride: 2, pad: 2, isInputTrained: false },
    random,
  );
  const relu1 = relu(conv1.outputDims, "relu1");
  const conv2 = conv(
    relu1.outputDims,
    { name: "conv2", channels: 12, kernel: 3, stride: 1, pad: 0, isInputTrained: true },
    random,
  );
  const relu2 = relu(conv2.outputDims, "relu2");
  const pool = maxPool(relu2.outputDims, "pool", 2);
  const features = flatten(pool.outputDims, "features");
  const scores = gemm(features.outputDims, "scores", DIGIT_COUNT, random);
  const layers = [conv1, relu1, conv2, relu2, pool, features, scores];
  const backwardLayers = layers.toReversed();

  return {
    layers,
    forward: (input) => layers.reduce((tensor, layer) => layer.forward(tensor), input),
    backward(scoresGradient) {
      backwardLayers.reduce((gradient, layer) => layer.backward(gradient), scoresGradient);
    },
  };
}
