/**
 * Trains the digit classifier on MNIST and writes it as an ONNX file.
 *
 *     node scripts/train/main.ts [--out FILE]
 *
 * One thread, some minutes. Every run writes the same bytes.
 */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadMnist } from "./data.ts";
import { countCorrect } from "./evaluate.ts";
import { digitsToOnnx } from "./export.ts";
import { DIGITS_TRAINING, trainDigits } from "./train.ts";

const DEFAULT_OUT = fileURLToPath(new URL("../../test/fixtures/models/digits.onnx", import.meta.url));

const { values } = parseArgs({ options: { out: { type: "string", default: DEFAULT_OUT } } });

const start = performance.now();
const elapsed = () => `${Math.round((performance.now() - start) / 1000)} s`;
const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

const network = trainDigits(loadMnist("train"), DIGITS_TRAINING, ({ epoch, accuracy }) => {
  console.log(
    `epoch ${epoch} of ${DIGITS_TRAINING.epochs}: ${percent(accuracy)} of distorted images, ${elapsed()}`,
  );
});
const model = digitsToOnnx(network);
mkdirSync(dirname(values.out), { recursive: true });
writeFileSync(values.out, model);

const parameters = network.layers.flatMap((layer) => layer.parameters);
const weights = parameters.reduce((sum, { value }) => sum + value.length, 0);
const macs = network.layers.reduce((sum, layer) => sum + layer.macs, 0);
const test = loadMnist("test");
const correct = await countCorrect(model, test);

console.log(`written:      ${values.out}`);
console.log(`size:         ${model.length} bytes, ${weights} weights, ${macs} multiply-adds per image`);
console.log(`sha256:       ${createHash("sha256").update(model).digest("hex")}`);
console.log(
  `test images:  ${correct} of ${test.count} correct by onnxruntime (${percent(correct / test.count)})`,
);
