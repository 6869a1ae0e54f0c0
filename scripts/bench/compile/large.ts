/** Generated models of about 30 MB, for measuring how long loading and compiling takes. */

import { nodeProto, onnxFile, valueProto } from "../../../test/support/onnx.ts";
import { createRandom } from "../../../test/support/random.ts";

function weights(name: string, dims: readonly number[], seed: number) {
  const count = dims.reduce((product, dim) => product * dim, 1);
  const random = createRandom(seed);
  const data = Float32Array.from({ length: count }, () => (random.bits() / 2 ** 32 - 0.5) / 16);
  const rawData = new Uint8Array(data.buffer);
  return { name, dims: dims.map(BigInt), dataType: 1, rawData };
}

/** Four fully connected layers of 1,376 units. */
export function largePerceptron(): Uint8Array {
  const width = 1376;
  const layers = [0, 1, 2, 3];
  return onnxFile({
    nodes: layers.flatMap((i) => [
      nodeProto("Gemm", [`x${i}`, `w${i}`, `b${i}`], [`h${i}`], { transB: 1 }),
      nodeProto("Relu", [`h${i}`], [`x${i + 1}`]),
    ]),
    inputs: [valueProto("x0", "float32", [1, width])],
    outputs: [["x4", "float32"]],
    initializers: layers.flatMap((i) => [
      weights(`w${i}`, [width, width], i),
      weights(`b${i}`, [width], 9 + i),
    ]),
  });
}

/** Thirteen convolutions of 3 x 3 over 256 channels. */
export function largeConvolutional(): Uint8Array {
  const channels = 256;
  const layers = Array.from({ length: 13 }, (_, i) => i);
  const attributes = { pads: [1, 1, 1, 1], kernel_shape: [3, 3] };
  return onnxFile({
    nodes: layers.flatMap((i) => [
      nodeProto("Conv", [`x${i}`, `w${i}`, `b${i}`], [`h${i}`], attributes),
      nodeProto("Relu", [`h${i}`], [`x${i + 1}`]),
    ]),
    inputs: [valueProto("x0", "float32", [1, channels, 16, 16])],
    outputs: [["x13", "float32"]],
    initializers: layers.flatMap((i) => [
      weights(`w${i}`, [channels, channels, 3, 3], i),
      weights(`b${i}`, [channels], 99 + i),
    ]),
  });
}
