import { type Dims, initialise, type Layer, parameter, spatialDims } from "./layers.ts";
import { matmul, rowMajor, transposed } from "./matmul.ts";
import type { Random } from "./random.ts";

export interface ConvParameters {
  readonly name: string;
  readonly channels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly pad: number;
  /** False for the first layer: nobody needs the gradient of the image, and `backward` returns zeros. */
  readonly isInputTrained: boolean;
}

/** Convolution with a bias, as one matrix product over the image's patches. */
export function conv(inputDims: Dims, parameters: ConvParameters, random: Random): Layer {
  const { name, channels, kernel, stride, pad, isInputTrained } = parameters;
  const [inputChannels, height, width] = spatialDims(inputDims);
  const outputHeight = Math.floor((height + 2 * pad - kernel) / stride) + 1;
  const outputWidth = Math.floor((width + 2 * pad - kernel) / stride) + 1;
  const positions = outputHeight * outputWidth;
  const patchSize = inputChannels * kernel * kernel;

  const weight = parameter(`${name}.weight`, [channels, inputChannels, kernel, kernel]);
  const bias = parameter(`${name}.bias`, [channels]);
  initialise(weight, patchSize, random);

  const output = new Float32Array(channels * positions);
  const inputGradient = new Float32Array(inputChannels * height * width);
  // Patches are stored one after another, so that both operands of the forward product are read contiguously.
  const patches = new Float32Array(positions * patchSize);
  const patchGradients = new Float32Array(positions * patchSize);
  const sources = patchSources();

  /** For each patch element the index of the input element it copies, or -1 in the padding. */
  function patchSources(): Int32Array {
    const result = new Int32Array(positions * patchSize);
    let index = 0;
    for (let oy = 0; oy < outputHeight; oy++) {
      for (let ox = 0; ox < outputWidth; ox++) {
        for (let c = 0; c < inputChannels; c++) {
          for (let ky = 0; ky < kernel; ky++) {
            for (let kx = 0; kx < kernel; kx++) {
              const y = oy * stride + ky - pad;
              const x = ox * stride + kx - pad;
              const isInside = y >= 0 && y < height && x >= 0 && x < width;
              result[index++] = isInside ? (c * height + y) * width + x : -1;
            }
          }
        }
      }
    }
    return result;
  }

  return {
    name,
    operator: "Conv",
    attributes: { kernel_shape: [kernel, kernel], pads: [pad, pad, pad, pad], strides: [stride, stride] },
    parameters: [weight, bias],
    outputDims: [channels, outputHeight, outputWidth],
    macs: channels * positions * patchSize,

    forward(input) {
      for (let i = 0; i < sources.length; i++) {
        const source = sources[i]!;
        patches[i] = source < 0 ? 0 : input[source]!;
      }
      for (let channel = 0; channel < channels; channel++) {
        output.fill(bias.value[channel]!, channel * positions, (channel + 1) * positions);
      }
      matmul({
        left: rowMajor(weight.value, patchSize),
        right: transposed(rowMajor(patches, patchSize)),
        out: output,
        rows: channels,
        columns: positions,
        depth: patchSize,
      });
      return output;
    },

    backward(outputGradient) {
      matmul({
        left: rowMajor(outputGradient, positions),
        right: rowMajor(patches, patchSize),
        out: weight.gradient,
        rows: channels,
        columns: patchSize,
        depth: positions,
      });
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let i = channel * positions; i < (channel + 1) * positions; i++) sum += outputGradient[i]!;
        bias.gradient[channel]! += sum;
      }
      if (!isInputTrained) return inputGradient;

      patchGradients.fill(0);
      matmul({
        left: transposed(rowMajor(outputGradient, positions)),
        right: rowMajor(weight.value, patchSize),
        out: patchGradients,
        rows: positions,
        columns: patchSize,
        depth: channels,
      });
      inputGradient.fill(0);
      for (let i = 0; i < sources.length; i++) {
        const source = sources[i]!;
        if (source >= 0) inputGradient[source]! += patchGradients[i]!;
      }
      return inputGradient;
    },
  };
}
