/** Affine forms over blocks of elements: SPEC.md section 4.1. */

import type { Affine } from "./types.ts";
import { magnitude } from "./validity.ts";

/** Elements that are computed together. */
export const BLOCK_LANES = 512;

/** The nest of a step without what does not matter to addresses: outer dimensions of one element are gone, neighbours are joined where all forms allow it. */
export interface Nest {
  /** Places of the outer dimensions that are left, outermost first; a joined one goes by its last place. */
  readonly places: readonly number[];
  readonly extents: readonly number[];
  readonly reduction: readonly number[];
}

/** An affine form over a block: its value at lane l is `values[l] + offset`. */
export interface FormLanes {
  readonly base: number;
  readonly outerStrides: readonly number[];
  /** What the offset grows by when reduction dimension j advances and the ones inside of it start over. */
  readonly advances: readonly number[];
  readonly values: Int32Array | Float64Array;
  least: number;
  most: number;
  offset: number;
}

/**
 * Makes room for a form.
 *
 * @param outerExtents - of the step, as encoded: the form's first strides belong to them
 * @param reach - how far an index may carry its values
 */
export function formLanes(affine: Affine, outerExtents: readonly number[], nest: Nest, reach = 0): FormLanes {
  const { base, strides } = affine;
  const size = magnitude(affine, [...outerExtents, ...nest.reduction]) + reach;
  const inner = strides.slice(outerExtents.length);
  const advances = inner.map((stride, j) => {
    let start = 0;
    for (let k = j + 1; k < inner.length; k++) start += (inner[k] ?? 0) * ((nest.reduction[k] ?? 1) - 1);
    return stride - start;
  });
  const values = size < 2 ** 31 ? new Int32Array(BLOCK_LANES) : new Float64Array(BLOCK_LANES);
  return {
    base,
    outerStrides: nest.places.map((j) => strides[j] ?? 0),
    advances,
    values,
    least: 0,
    most: 0,
    offset: 0,
  };
}

/** Computes a form's values for a block of elements, at the start of the reduction. */
export function fillForm(form: FormLanes, extents: readonly number[], first: number, count: number): void {
  const { values, outerStrides } = form;
  const inner = extents.length - 1;
  const width = extents[inner] ?? 1;
  const step = outerStrides[inner] ?? 0;
  form.offset = 0;
  form.least = Number.POSITIVE_INFINITY;
  form.most = Number.NEGATIVE_INFINITY;
  let lane = 0;
  while (lane < count) {
    // One run along the innermost dimension.
    let rest = first + lane;
    let value = form.base;
    for (let j = inner; j >= 0; j--) {
      const extent = extents[j] ?? 1;
      value += (outerStrides[j] ?? 0) * (rest % extent);
      rest = Math.floor(rest / extent);
    }
    const end = Math.min(lane + width - ((first + lane) % width), count);
    form.least = Math.min(form.least, value, value + step * (end - 1 - lane));
    form.most = Math.max(form.most, value, value + step * (end - 1 - lane));
    for (; lane < end; lane++) {
      values[lane] = value;
      value += step;
    }
  }
}
