import { expect } from "chai";
import type { TensorSlot } from "../../../sdk/src/machine/model.ts";
import { classesOf, type ImageDescription, imageTensor, textTensor } from "../../../sdk/src/runtime/media.ts";
import { TensorError } from "../../../sdk/src/runtime/tensors.ts";

const slot = (type: TensorSlot["type"], ...dims: number[]): TensorSlot => ({
  ...{ name: "given", type, dims, elementType: "f32", byteOffset: 0, byteLength: 0 },
});

/** Red, and half of a transparent blue. */
const pixels = { width: 2, height: 1, data: new Uint8ClampedArray([255, 0, 0, 255, 0, 0, 255, 51]) };

function codeOf(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    if (error instanceof TensorError) return error.code;
  }
  return "nothing was thrown";
}

describe("sdk/runtime: pictures, texts and classes", () => {
  const values = (description: ImageDescription, ...dims: number[]): number[] =>
    Array.from(imageTensor(slot("uint8", ...dims), description, pixels).data as Uint8Array);

  it("default: pixels become planes or rows, in any order of channels, drawn on white", () => {
    expect(values({ kind: "image", layout: "NCHW", channels: "rgb" }, 1, 3, 1, 2)).to.deep.equal([
      ...[255, 204],
      ...[0, 204],
      ...[0, 255],
    ]);
    expect(values({ kind: "image", layout: "HWC", channels: "bgr" }, 1, 2, 3)).to.deep.equal([
      ...[0, 0, 255],
      ...[255, 204, 204],
    ]);
    expect(values({ kind: "image", layout: "HW", channels: "gray", inverted: true }, 1, 2)).to.deep.equal([
      ...[179, 45],
    ]);
  });

  it("args: mean and deviation per channel", () => {
    const description = {
      kind: "image",
      layout: "CHW",
      channels: "rgb",
      mean: [1, 0, 0],
      std: [1, 1, 0.5],
    } as const;
    const { data } = imageTensor(slot("float32", 3, 1, 2), description, pixels);
    expect([...(data as Float32Array)].map((value) => Math.round(value * 1000) / 1000)).to.deep.equal([
      ...[0, -0.2],
      ...[0, 0.8],
      ...[0, 2],
    ]);
  });

  it("default: a text is its bytes, and padding", () => {
    const text = { kind: "text", encoding: "utf8-bytes", padding: 7 } as const;
    expect([...(textTensor(slot("int64", 1, 5), text, "aß").data as BigInt64Array)]).to.deep.equal([
      ...[97n, 195n, 159n, 7n, 7n],
    ]);
    for (const type of ["int32", "uint8", "float32"] as const)
      expect(Array.from(textTensor(slot(type, 3), text, "ab").data as Uint8Array)).to.deep.equal([97, 98, 7]);
  });

  it("default: classes, the best first", () => {
    const output = { type: "float32", dims: [1, 3], data: Float32Array.of(0.25, 0.5, 0.25) } as const;
    expect(classesOf({ kind: "classes", labels: ["a", "b", "c"] }, output)).to.deep.equal([
      { label: "b", score: 0.5 },
      { label: "a", score: 0.25 },
      { label: "c", score: 0.25 },
    ]);
  });

  it("error: what does not fit", () => {
    const image = { kind: "image", layout: "NCHW", channels: "rgb" } as const;
    for (const [type, dims] of [
      ["float32", [1, 3, 2, 1]],
      ["float32", [1, 1, 1, 2]],
      ["float32", [3, 1, 2]],
      ["int32", [1, 3, 1, 2]],
    ] as const)
      expect(codeOf(() => imageTensor(slot(type, ...dims), image, pixels))).to.equal("INPUT_DIMS");
    const short = { ...pixels, data: pixels.data.subarray(4) };
    expect(codeOf(() => imageTensor(slot("float32", 1, 3, 1, 2), image, short))).to.equal("INPUT_DIMS");
    const text = { kind: "text", encoding: "utf8-bytes" } as const;
    expect(codeOf(() => textTensor(slot("int32", 2), text, "abc"))).to.equal("INPUT_LENGTH");
    expect(codeOf(() => textTensor(slot("bool", 4), text, "abc"))).to.equal("INPUT_LENGTH");
  });
});
