import { drawDistorted } from "./augment.ts";
import { DIGIT_COUNT, IMAGE_BYTES, type Mnist } from "./data.ts";
import { digitNetwork, type Network } from "./network.ts";
import { momentumOptimiser } from "./optimiser.ts";
import { type Random, seededRandom } from "./random.ts";
import { crossEntropyGradient, indexOfGreatest } from "./scores.ts";

export interface TrainingParameters {
  readonly seed: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** The learning rate rises to this over the first epoch, then falls to zero in a straight line. */
  readonly peakLearningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
}

/** Compared with other settings on the last 10,000 training images, held out for that; never on the test images. */
export const DIGITS_TRAINING: TrainingParameters = {
  seed: 2026,
  epochs: 20,
  batchSize: 64,
  peakLearningRate: 0.05,
  momentum: 0.9,
  weightDecay: 1e-4,
};

export interface EpochReport {
  /** Counted from 1. */
  readonly epoch: number;
  /** The share of the epoch's distorted images that were classified correctly when they were drawn. */
  readonly accuracy: number;
}

/**
 * Trains the digit classifier. A pure function: the same images and parameters give the same weights, bit for bit.
 *
 * @param mnist - images to learn from.
 * @param parameters - the schedule.
 * @param onEpoch - called after each pass over the images.
 */
export function trainDigits(
  mnist: Mnist,
  parameters: TrainingParameters,
  onEpoch: (report: EpochReport) => void,
): Network {
  const { epochs, batchSize, momentum, weightDecay } = parameters;
  const random = seededRandom(parameters.seed);
  const network = digitNetwork(random);
  const optimiser = momentumOptimiser({
    parameters: network.layers.flatMap((layer) => layer.parameters),
    momentum,
    weightDecay,
  });
  const order = Uint32Array.from({ length: mnist.count }, (_, index) => index);

  for (let epoch = 1; epoch <= epochs; epoch++) {
    random.shuffle(order);
    let hits = 0;
    for (let start = 0; start < order.length; start += batchSize) {
      const batch = order.subarray(start, start + batchSize);
      hits += accumulateGradients(network, mnist, batch, random);
      const epochsDone = epoch - 1 + start / order.length;
      optimiser.step(learningRateAt(epochsDone, parameters), batch.length);
    }
    onEpoch({ epoch, accuracy: hits / order.length });
  }
  return network;
}

/** Adds the gradients of one batch of freshly distorted images; returns how many were classified correctly. */
function accumulateGradients(network: Network, mnist: Mnist, batch: Uint32Array, random: Random): number {
  const input = new Float32Array(IMAGE_BYTES);
  const scoresGradient = new Float32Array(DIGIT_COUNT);
  let hits = 0;
  for (const index of batch) {
    const label = mnist.labels[index]!;
    drawDistorted(mnist.images, index, random, input);
    const scores = network.forward(input);
    if (indexOfGreatest(scores) === label) hits++;
    crossEntropyGradient(scores, label, scoresGradient);
    network.backward(scoresGradient);
  }
  return hits;
}

function learningRateAt(epochsDone: number, parameters: TrainingParameters): number {
  const rising = epochsDone;
  const falling = (parameters.epochs - epochsDone) / (parameters.epochs - 1);
  return parameters.peakLearningRate * Math.min(rising, falling);
}
