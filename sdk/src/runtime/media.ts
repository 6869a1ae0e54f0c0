/** Between what people have, pictures and texts, and the tensors that a model takes and gives, as its publisher has described them. */

import type { Tensor, TensorSlot } from "../machine/model.ts";
import { elementCount, TensorError } from "./tensors.ts";

/** A picture, as a publisher says that its model takes it: `(value / 255 - mean) / std`, each channel with its own. */
export interface ImageDescription {
  /** What tells the descriptions apart. */
  readonly kind: "image";
  /** Order of the dimensions. A leading N is 1. */
  readonly layout: "NCHW" | "NHWC" | "CHW" | "HWC" | "HW";
  /** How the channels come out of red, green and blue; `gray` is their luma of ITU-R BT.601. */
  readonly channels: "rgb" | "bgr" | "gray";
  /** Per channel. Default 0. */
  readonly mean?: readonly number[];
  /** Per channel. Default 1. */
  readonly std?: readonly number[];
  /** Whether dark and light change places first. Default `false`. */
  readonly inverted?: boolean;
}

/** A text, as a publisher says that its model takes it: one number per byte of UTF-8. */
export interface TextDescription {
  /** What tells the descriptions apart. */
  readonly kind: "text";
  /** How text becomes numbers: its bytes in UTF-8. */
  readonly encoding: "utf8-bytes";
  /** Number that fills the tensor up behind a shorter text. Default 0. */
  readonly padding?: number;
}

/** What an input stands for. */
export type InputDescription = ImageDescription | TextDescription;

/** What an output stands for: a score per class, in order of the labels. */
export interface ClassesDescription {
  /** What tells the descriptions apart. */
  readonly kind: "classes";
  /** Names of the classes, in the order of the elements. */
  readonly labels: readonly string[];
}

/** Pixels as a canvas gives them: 4 bytes each, red, green, blue and alpha, row by row. */
export interface Pixels {
  /** Pixels in a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Red, green, blue and alpha of each pixel, from 0 to 255, row by row. */
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** A class and its score. */
export interface ScoredClass {
  /** Name of the class. */
  readonly label: string;
  /** Element of the output that stands for it. */
  readonly score: number;
}

/**
 * A picture as the tensor of an input. The picture must have the size that the model takes: how it is resized would change the answer, so that is the caller's.
 * Transparent pixels count as they are drawn on white.
 *
 * @param slot - the input; its type is float32 or uint8, and the latter takes the bytes as they are
 * @throws {TensorError} `INPUT_DIMS` if the picture or the description does not fit the input
 *
 * @example
 * const { data, width, height } = context.getImageData(0, 0, 28, 28);
 * const image = imageTensor(model.inputs[0], description, { data, width, height });
 */
export function imageTensor(slot: TensorSlot, description: ImageDescription, pixels: Pixels): Tensor {
  const { layout, channels, mean = [], std = [], inverted = false } = description;
  const depth = channels === "gray" ? 1 : 3;
  const sizes: Readonly<Record<string, number>> = { N: 1, C: depth, H: pixels.height, W: pixels.width };
  const dims = [...layout].map((name) => sizes[name] ?? 0);
  const isFit =
    dims.length === slot.dims.length &&
    dims.every((dim, i) => dim === slot.dims[i]) &&
    pixels.data.length === 4 * pixels.width * pixels.height &&
    (depth === 1 || layout.includes("C")) &&
    (slot.type === "float32" || slot.type === "uint8");
  if (!isFit) {
    const actual = `${pixels.width} by ${pixels.height} pixels of ${pixels.data.length} bytes as ${layout}, ${channels}`;
    throw new TensorError(
      "INPUT_DIMS",
      `The input "${slot.name}" is ${slot.type}[${slot.dims}]; the picture is ${actual}.`,
      { name: slot.name, actual, expected: slot.dims },
    );
  }
  const area = pixels.width * pixels.height;
  const isPlanar = layout.indexOf("C") < layout.indexOf("H");
  const values = slot.type === "uint8" ? new Uint8Array(area * depth) : new Float32Array(area * depth);
  for (let pixel = 0; pixel < area; pixel++) {
    const colour = colourAt(pixels.data, pixel, channels);
    for (let channel = 0; channel < depth; channel++) {
      const raw = colour[channel] ?? 0;
      const value = inverted ? 255 - raw : raw;
      const at = isPlanar ? channel * area + pixel : pixel * depth + channel;
      values[at] =
        slot.type === "uint8"
          ? Math.round(value)
          : (value / 255 - (mean[channel] ?? 0)) / (std[channel] ?? 1);
    }
  }
  return { type: slot.type, dims: slot.dims, data: values } as Tensor;
}

function colourAt(
  data: Pixels["data"],
  pixel: number,
  channels: ImageDescription["channels"],
): readonly number[] {
  const alpha = (data[4 * pixel + 3] ?? 0) / 255;
  const [red = 0, green = 0, blue = 0] = [0, 1, 2].map(
    (channel) => 255 - alpha * (255 - (data[4 * pixel + channel] ?? 0)),
  );
  if (channels === "gray") return [0.299 * red + 0.587 * green + 0.114 * blue];
  return channels === "rgb" ? [red, green, blue] : [blue, green, red];
}

/**
 * A text as the tensor of an input.
 *
 * @throws {TensorError} `INPUT_LENGTH` if the text has more bytes than the input has room for, or the input is of a type that holds no bytes
 */
export function textTensor(slot: TensorSlot, { padding = 0 }: TextDescription, text: string): Tensor {
  const bytes = new TextEncoder().encode(text);
  const room = elementCount(slot.dims);
  const isWide = slot.type === "int64";
  const isFit = isWide || slot.type === "int32" || slot.type === "uint8" || slot.type === "float32";
  if (bytes.length > room || !isFit) {
    throw new TensorError(
      "INPUT_LENGTH",
      `The input "${slot.name}" is ${slot.type}[${slot.dims}]; the text has ${bytes.length} bytes.`,
      { name: slot.name, actual: bytes.length, expected: room },
    );
  }
  const numbers = Array.from({ length: room }, (_, i) => bytes[i] ?? padding);
  const { dims } = slot;
  if (slot.type === "int64") return { type: "int64", dims, data: BigInt64Array.from(numbers, BigInt) };
  if (slot.type === "int32") return { type: "int32", dims, data: Int32Array.from(numbers) };
  if (slot.type === "uint8") return { type: "uint8", dims, data: Uint8Array.from(numbers) };
  return { type: "float32", dims, data: Float32Array.from(numbers) };
}

/** The classes of an output, the best first; of equal scores the first one of the labels. */
export function classesOf({ labels }: ClassesDescription, output: Tensor): readonly ScoredClass[] {
  const scores = Array.from(output.data as ArrayLike<number | bigint>, Number);
  return scores
    .map((score, i) => ({ label: labels[i] ?? String(i), score }))
    .sort((a, b) => b.score - a.score);
}
