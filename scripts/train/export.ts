import { INPUT_DIMS, type Network } from "./network.ts";
import { encodeOnnx, type OnnxNode } from "./onnx.ts";

const INPUT_NAME = "image";
const OUTPUT_NAME = "probabilities";

/** The batch dimension, bound by whoever runs the model. */
const BATCH = "N";

/** The trained network as an ONNX file, with a Softmax at its end. */
export function digitsToOnnx(network: Network): Uint8Array {
  const last = network.layers.at(-1);
  if (last === undefined) throw new Error("The network has no layers.");
  const nodes: OnnxNode[] = [];
  let tensor = INPUT_NAME;
  for (const layer of network.layers) {
    const constants = layer.parameters.map((parameter) => parameter.name);
    const { name, operator, attributes } = layer;
    nodes.push({ name, operator, attributes, inputs: [tensor, ...constants], outputs: [name] });
    tensor = layer.name;
  }
  nodes.push({
    name: OUTPUT_NAME,
    operator: "Softmax",
    attributes: { axis: 1 },
    inputs: [tensor],
    outputs: [OUTPUT_NAME],
  });
  return encodeOnnx({
    name: "digits",
    documentation:
      "Handwritten digits 0 to 9. Pixels are 0 (paper) to 1 (ink). MIT licence; trained on MNIST.",
    producer: "assay scripts/train",
    inputs: [{ name: INPUT_NAME, dims: [BATCH, ...INPUT_DIMS] }],
    outputs: [{ name: OUTPUT_NAME, dims: [BATCH, ...last.outputDims] }],
    constants: network.layers.flatMap((layer) => layer.parameters),
    nodes,
  });
}
