import type { Parameter } from "./layers.ts";

export interface OptimiserParameters {
  readonly parameters: readonly Parameter[];
  readonly momentum: number;
  /** How much of each weight is added to its gradient, so that weights which do nothing fade. */
  readonly weightDecay: number;
}

export interface Optimiser {
  /** Moves the parameters by the mean of the gradients summed over `batchSize` images, and clears those sums. */
  step(learningRate: number, batchSize: number): void;
}

/** Stochastic gradient descent with Nesterov's momentum. */
export function momentumOptimiser(options: OptimiserParameters): Optimiser {
  const { momentum, weightDecay } = options;
  const states = options.parameters.map(({ value, gradient }) => ({
    value,
    gradient,
    velocity: new Float32Array(value.length),
  }));
  return {
    step(learningRate, batchSize) {
      for (const { value, gradient, velocity } of states) {
        for (let i = 0; i < value.length; i++) {
          const slope = gradient[i]! / batchSize + weightDecay * value[i]!;
          velocity[i] = momentum * velocity[i]! + slope;
          value[i]! -= learningRate * (slope + momentum * velocity[i]!);
        }
        gradient.fill(0);
      }
    },
  };
}
