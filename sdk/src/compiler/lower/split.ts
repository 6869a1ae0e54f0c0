/** Cuts a reduction that is too long for the budget into steps that continue the same fold, so that no bit of the result changes. */

import type { Step } from "../../machine/types.ts";

/** A part of a reduction, in the order of the fold. */
export interface Chunk {
  /** Where it starts. */
  readonly starts: readonly number[];
  /** Its loops: the outermost ones fall away where only one iteration is left. */
  readonly loops: readonly { readonly dimension: number; readonly extent: number }[];
}

/**
 * Cuts row-major iterations into consecutive boxes.
 *
 * @param fits - whether a box that consists of `extent` iterations of a dimension and all of the inner ones is small enough
 * @returns `undefined` if not even a single iteration fits
 */
export function cut(
  reduction: readonly number[],
  fits: (dimension: number, extent: number) => boolean,
): readonly Chunk[] | undefined {
  if (reduction.length === 0) return [{ starts: [], loops: [] }];
  for (const [dimension, extent] of reduction.entries()) {
    const most = largest(extent, (length) => fits(dimension, length));
    if (most === 0) continue;
    // As few as possible, then as even as possible.
    const even = Math.ceil(extent / Math.ceil(extent / most));
    return boxes(reduction, dimension, fits(dimension, even) ? even : most);
  }
  return undefined;
}

/** The number of boxes that {@link cut} would give, without making them. */
export function cutCount(
  reduction: readonly number[],
  fits: (dimension: number, extent: number) => boolean,
): number {
  let outer = 1;
  for (const [dimension, extent] of reduction.entries()) {
    const most = largest(extent, (length) => fits(dimension, length));
    if (most > 0) return outer * Math.ceil(extent / most);
    outer *= extent;
  }
  return reduction.length === 0 ? 1 : Number.POSITIVE_INFINITY;
}

function boxes(reduction: readonly number[], dimension: number, length: number): Chunk[] {
  const inner = reduction.map((extent, j) => ({ dimension: j, extent })).slice(dimension + 1);
  const chunks: Chunk[] = [];
  const starts = reduction.map(() => 0);
  for (;;) {
    for (let start = 0; start < reduction[dimension]!; start += length) {
      const extent = Math.min(length, reduction[dimension]! - start);
      chunks.push({
        starts: starts.map((value, j) => (j === dimension ? start : value)),
        loops: [{ dimension, extent }, ...inner],
      });
    }
    let j = dimension - 1;
    for (; j >= 0; j--) {
      starts[j]!++;
      if (starts[j]! < reduction[j]!) break;
      starts[j] = 0;
    }
    if (j < 0) return chunks;
  }
}

/** The largest of 1 .. most that passes a monotone test; 0 if none does. */
function largest(most: number, passes: (value: number) => boolean): number {
  if (passes(most)) return most;
  let low = 0;
  let high = most;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (passes(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** The step that computes one chunk of the reduction of `whole`. */
export function chunkOf(whole: Step, { starts, loops }: Chunk): Step {
  const outer = whole.extents.length;
  const narrow = <T extends { readonly base: number; readonly strides: readonly number[] }>(affine: T) => ({
    base: starts.reduce((sum, start, j) => sum + start * affine.strides[outer + j]!, affine.base),
    strides: [
      ...affine.strides.slice(0, outer),
      ...loops.map(({ dimension }) => affine.strides[outer + dimension]!),
    ],
  });
  return {
    ...whole,
    reduction: loops.map(({ extent }) => extent),
    bodyOperands: whole.bodyOperands.map((operand) => ({
      ...operand,
      address: narrow(operand.address),
      guards: operand.guards.map(({ bound, affine }) => ({ bound, affine: narrow(affine) })),
    })),
  };
}
