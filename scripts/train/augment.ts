import { IMAGE_BYTES, IMAGE_SIDE } from "./data.ts";
import type { Random } from "./random.ts";

/** How far a training image may be moved, in pixels, in each direction. */
const MAX_SHIFT = 2;

/** How far each coefficient of the linear map may be from the identity: slant, turn and scale of up to about 15 %. */
const MAX_SKEW = 0.15;

const CENTRE = (IMAGE_SIDE - 1) / 2;

/**
 * Draws an image through a small random affine map, interpolating between pixels. Outside the image is paper.
 *
 * @param images - bytes of one or more images.
 * @param index - which image.
 * @param random - six numbers are taken.
 * @param out - receives `IMAGE_BYTES` values in 0..1.
 */
export function drawDistorted(images: Uint8Array, index: number, random: Random, out: Float32Array): void {
  const xx = 1 + random.uniform(-MAX_SKEW, MAX_SKEW);
  const yy = 1 + random.uniform(-MAX_SKEW, MAX_SKEW);
  const xy = random.uniform(-MAX_SKEW, MAX_SKEW);
  const yx = random.uniform(-MAX_SKEW, MAX_SKEW);
  const shiftX = random.uniform(-MAX_SHIFT, MAX_SHIFT);
  const shiftY = random.uniform(-MAX_SHIFT, MAX_SHIFT);
  const start = index * IMAGE_BYTES;

  function pixel(x: number, y: number): number {
    const isInside = x >= 0 && x < IMAGE_SIDE && y >= 0 && y < IMAGE_SIDE;
    return isInside ? images[start + y * IMAGE_SIDE + x]! : 0;
  }

  for (let row = 0; row < IMAGE_SIDE; row++) {
    for (let column = 0; column < IMAGE_SIDE; column++) {
      const fromX = CENTRE + shiftX + xx * (column - CENTRE) + xy * (row - CENTRE);
      const fromY = CENTRE + shiftY + yx * (column - CENTRE) + yy * (row - CENTRE);
      const x = Math.floor(fromX);
      const y = Math.floor(fromY);
      const right = fromX - x;
      const down = fromY - y;
      const above = pixel(x, y) * (1 - right) + pixel(x + 1, y) * right;
      const below = pixel(x, y + 1) * (1 - right) + pixel(x + 1, y + 1) * right;
      out[row * IMAGE_SIDE + column] = (above * (1 - down) + below * down) / 255;
    }
  }
}
