import { inflateSync } from "node:zlib";

/** Three bytes for every pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** Reads a PNG file with a palette of at most 256 colours, 8 bits to a pixel, not interlaced. */
export function readPalettePng(file: Uint8Array): Picture {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const chunks = new Map<string, Uint8Array[]>();
  for (let offset = 8; offset < file.length; ) {
    const length = view.getUint32(offset);
    const type = new TextDecoder().decode(file.subarray(offset + 4, offset + 8));
    chunks.set(type, [...(chunks.get(type) ?? []), file.subarray(offset + 8, offset + 8 + length)]);
    offset += 12 + length;
  }
  const [header, palette] = [chunks.get("IHDR")?.[0], chunks.get("PLTE")?.[0]];
  if (header === undefined || palette === undefined || header[8] !== 8 || header[9] !== 3 || header[12] !== 0)
    throw new Error("Not a PNG file with a palette, 8 bits to a pixel.");
  const size = new DataView(header.buffer, header.byteOffset);
  const [width, height] = [size.getUint32(0), size.getUint32(4)];
  const rows = unfiltered(inflateSync(Buffer.concat(chunks.get("IDAT") ?? [])), width, height);
  const rgb = new Uint8Array(3 * width * height);
  for (const [i, colour] of rows.entries()) rgb.set(palette.subarray(3 * colour, 3 * colour + 3), 3 * i);
  return { width, height, rgb };
}

/** Undoes the filter that each row names in its first byte. */
function unfiltered(data: Uint8Array, width: number, height: number): Uint8Array {
  const result = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const filter = data[y * (width + 1)]!;
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const left = x > 0 ? result[at - 1]! : 0;
      const up = y > 0 ? result[at - width]! : 0;
      const corner = x > 0 && y > 0 ? result[at - width - 1]! : 0;
      const predicted = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter]!;
      result[at] = data[y * (width + 1) + 1 + x]! + predicted;
    }
  }
  return result;
}

/** Whichever of three neighbours is closest to left + up - corner. */
function nearest(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(estimate - value)) as [number, number, number];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** A part of a picture, scaled by bilinear interpolation, as the numbers (byte / 255 - mean) / deviation, channel by channel. */
export function cropped(
  { width, rgb }: Picture,
  [x, y, w, h]: readonly [x: number, y: number, width: number, height: number],
  [columns, rows]: readonly [columns: number, rows: number],
  { mean, deviation }: { readonly mean: readonly number[]; readonly deviation: readonly number[] },
): Float32Array {
  const result = new Float32Array(3 * rows * columns);
  const at = (row: number, column: number, channel: number): number =>
    rgb[3 * ((y + Math.min(row, h - 1)) * width + x + Math.min(column, w - 1)) + channel]!;
  for (let i = 0; i < result.length; i++) {
    const channel = Math.floor(i / (rows * columns));
    const u = Math.max(0, (((i % columns) + 0.5) * w) / columns - 0.5);
    const v = Math.max(0, (((Math.floor(i / columns) % rows) + 0.5) * h) / rows - 0.5);
    const [column, row] = [Math.floor(u), Math.floor(v)];
    const [right, down] = [u - column, v - row];
    const upper = at(row, column, channel) * (1 - right) + at(row, column + 1, channel) * right;
    const lower = at(row + 1, column, channel) * (1 - right) + at(row + 1, column + 1, channel) * right;
    result[i] = ((upper * (1 - down) + lower * down) / 255 - mean[channel]!) / deviation[channel]!;
  }
  return result;
}
