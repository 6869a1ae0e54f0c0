import { matmul, rowMajor } from "./matmul.ts";
import type { OnnxAttributes } from "./onnx.ts";
import type { Random } from "./random.ts";

/** Extents of one image's tensor, without the batch: `[channels, height, width]` or `[features]`. */
export type Dims = readonly number[];

/** A trained tensor and the sum of its gradients over the images of the current batch. */
export interface Parameter {
  readonly name: string;
  readonly dims: Dims;
  readonly value: Float32Array;
  readonly gradient: Float32Array;
}

/**
 * One operator of the network, working on one image at a time. The arrays it returns are its own and are
 * overwritten by the next call.
 */
export interface Layer {
  readonly name: string;
  readonly operator: string;
  readonly attributes: OnnxAttributes;
  readonly parameters: readonly Parameter[];
  readonly outputDims: Dims;
  /** Multiply-adds of one forward pass. */
  readonly macs: number;
  forward(input: Float32Array): Float32Array;
  /** Takes the gradient of the output of the last `forward`, adds to the parameters' and returns the input's. */
  backward(outputGradient: Float32Array): Float32Array;
}

/** The greater of each element and zero. */
export function relu(inputDims: Dims, name: string): Layer {
  const output = new Float32Array(sizeOf(inputDims));
  const inputGradient = new Float32Array(output.length);
  return {
    name,
    operator: "Relu",
    attributes: {},
    parameters: [],
    outputDims: inputDims,
    macs: 0,
    forward(input) {
      for (let i = 0; i < output.length; i++) output[i] = input[i]! > 0 ? input[i]! : 0;
      return output;
    },
    backward(outputGradient) {
      for (let i = 0; i < output.length; i++) inputGradient[i] = output[i]! > 0 ? outputGradient[i]! : 0;
      return inputGradient;
    },
  };
}

/** The greatest element of each square window; windows do not overlap, and an incomplete last one is dropped. */
export function maxPool(inputDims: Dims, name: string, window: number): Layer {
  const [channels, height, width] = spatialDims(inputDims);
  const outputHeight = Math.floor(height / window);
  const outputWidth = Math.floor(width / window);
  const output = new Float32Array(channels * outputHeight * outputWidth);
  const winners = new Int32Array(output.length);
  const inputGradient = new Float32Array(sizeOf(inputDims));

  /** The index of the first greatest element of the window whose first element is `start`. */
  function winnerOf(input: Float32Array, start: number): number {
    let winner = start;
    for (let dy = 0; dy < window; dy++) {
      for (let dx = 0; dx < window; dx++) {
        const index = start + dy * width + dx;
        if (input[index]! > input[winner]!) winner = index;
      }
    }
    return winner;
  }

  return {
    name,
    operator: "MaxPool",
    attributes: { kernel_shape: [window, window], strides: [window, window] },
    parameters: [],
    outputDims: [channels, outputHeight, outputWidth],
    macs: 0,
    forward(input) {
      let index = 0;
      for (let c = 0; c < channels; c++) {
        for (let oy = 0; oy < outputHeight; oy++) {
          for (let ox = 0; ox < outputWidth; ox++) {
            const winner = winnerOf(input, (c * height + oy * window) * width + ox * window);
            winners[index] = winner;
            output[index++] = input[winner]!;
          }
        }
      }
      return output;
    },
    backward(outputGradient) {
      inputGradient.fill(0);
      for (let i = 0; i < winners.length; i++) inputGradient[winners[i]!] = outputGradient[i]!;
      return inputGradient;
    },
  };
}

/** One row of features per image; the elements stay where they are. */
export function flatten(inputDims: Dims, name: string): Layer {
  return {
    name,
    operator: "Flatten",
    attributes: { axis: 1 },
    parameters: [],
    outputDims: [sizeOf(inputDims)],
    macs: 0,
    forward: (input) => input,
    backward: (outputGradient) => outputGradient,
  };
}

/** A fully connected layer with a bias; each row of the weights belongs to one output. */
export function gemm(inputDims: Dims, name: string, features: number, random: Random): Layer {
  const inputs = sizeOf(inputDims);
  const weight = parameter(`${name}.weight`, [features, inputs]);
  const bias = parameter(`${name}.bias`, [features]);
  initialise(weight, inputs, random);
  const output = new Float32Array(features);
  const inputGradient = new Float32Array(inputs);
  const lastInput = new Float32Array(inputs);

  return {
    name,
    operator: "Gemm",
    attributes: { transB: 1 },
    parameters: [weight, bias],
    outputDims: [features],
    macs: features * inputs,
    forward(input) {
      lastInput.set(input);
      output.set(bias.value);
      const left = rowMajor(weight.value, inputs);
      matmul({ left, right: rowMajor(lastInput, 1), out: output, rows: features, columns: 1, depth: inputs });
      return output;
    },
    backward(outputGradient) {
      const left = rowMajor(outputGradient, 1);
      const right = rowMajor(lastInput, inputs);
      matmul({ left, right, out: weight.gradient, rows: features, columns: inputs, depth: 1 });
      for (let i = 0; i < features; i++) bias.gradient[i]! += outputGradient[i]!;

      inputGradient.fill(0);
      const weights = rowMajor(weight.value, inputs);
      const row = rowMajor(outputGradient, features);
      matmul({ left: row, right: weights, out: inputGradient, rows: 1, columns: inputs, depth: features });
      return inputGradient;
    },
  };
}

export function sizeOf(dims: Dims): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

/** Checks that `dims` are `[channels, height, width]`. */
export function spatialDims(dims: Dims): readonly [number, number, number] {
  const [channels, height, width] = dims;
  if (dims.length !== 3 || channels === undefined || height === undefined || width === undefined) {
    throw new Error(`Expected [channels, height, width], got [${dims}].`);
  }
  return [channels, height, width];
}

/** A tensor of zeros to be trained. */
export function parameter(name: string, dims: Dims): Parameter {
  return { name, dims, value: new Float32Array(sizeOf(dims)), gradient: new Float32Array(sizeOf(dims)) };
}

/** He's uniform initialisation: the variance of the outputs stays that of the inputs through a Relu. */
export function initialise(weight: Parameter, fanIn: number, random: Random): void {
  const bound = Math.sqrt(6 / fanIn);
  for (let i = 0; i < weight.value.length; i++) weight.value[i] = random.uniform(-bound, bound);
}
