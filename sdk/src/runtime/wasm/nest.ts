/** The loop nest of a group as its kernel walks it: which outputs stand side by side in a vector, which in the rows of a tile, which are loops around. */

import type { Affine, Operand } from "../../machine/types.ts";
import { type Group, rowMajor } from "./group.ts";

/** Lanes of a vector of 32-bit values. */
export const LANES = 4;

/** An affine form over the nest, in elements. */
export interface Form {
  readonly base: number;
  /** By dimension of the nest. */
  readonly outer: readonly number[];
  /** Offsets of the four lanes of a vector. */
  readonly lanes: readonly [number, number, number, number];
  /** From one vector of a row to the next. */
  readonly vector: number;
  /** By dimension of the stage's reduction; empty for outer operands. */
  readonly inner: readonly number[];
}

export interface Nest {
  /** Extents of the dimensions around the vectors, outermost first. */
  readonly extents: readonly number[];
  /** The dimension whose neighbours share a tile; -1 if there is none. */
  readonly tile: number;
  /** Elements along a row of vectors. */
  readonly width: number;
  /** By stage, without extents of one, neighbours joined where the stage's forms allow it. */
  readonly reductions: readonly (readonly number[])[];
  /** Where each element is stored. */
  readonly output: Form;
  /** Takes a form of an operand to the nest; the stage is -1 for outer operands. */
  readonly form: (affine: Affine, stage: number) => Form;
}

interface Dimension {
  readonly place: number;
  readonly extent: number;
  readonly factor: number;
}

export function makeNest(group: Group): Nest {
  const { extents, stages, start, end } = group;
  const rank = extents.length;
  const outerForms = [
    ...stages.flatMap(({ operands }) => operands),
    ...start.operands,
    ...end.operands,
  ].flatMap(formsOf);
  const dimensions = joined(extents, 0, outerForms);
  const last = dimensions.pop() ?? { place: -1, extent: 1, factor: 1 };
  const before = dimensions.at(-1);
  // Pairs fill half a vector; two of them fill one.
  const isPaired = last.extent === 2 && before !== undefined && before.extent % 2 === 0;
  if (isPaired) {
    dimensions.pop();
    if (before.extent > 2) dimensions.push({ place: before.place, extent: before.extent / 2, factor: 2 });
  }
  const inner = stages.map(({ operands, reduction }) =>
    joined(reduction, rank, operands.flatMap(formsOf)).map(({ place, extent }) => ({ place, extent })),
  );

  const form = ({ base, strides }: Affine, stage: number): Form => {
    const at = (place: number): number => strides[place] ?? 0;
    const s = at(last.place);
    const pair = isPaired ? at(before.place) : 2 * s;
    return {
      base,
      outer: dimensions.map(({ place, factor }) => at(place) * factor),
      lanes: [0, s, pair, pair + s],
      vector: LANES * s,
      inner: (inner[stage] ?? []).map(({ place }) => at(place)),
    };
  };
  const output = form({ base: 0, strides: extents.map((_, j) => rowMajor(extents, j)) }, -1);
  return {
    extents: dimensions.map(({ extent }) => extent),
    tile: chooseTile(group, dimensions, last.place),
    width: isPaired ? LANES : last.extent,
    reductions: inner.map((list) => list.map(({ extent }) => extent)),
    output,
    form,
  };
}

function formsOf({ address, guards }: Operand): Affine[] {
  return [address, ...guards.map(({ affine }) => affine)];
}

/** @param first - place of the first stride that belongs to the extents */
function joined(extents: readonly number[], first: number, forms: readonly Affine[]): Dimension[] {
  const dimensions: Dimension[] = [];
  for (const [j, extent] of extents.entries()) {
    if (extent === 1) continue;
    const place = first + j;
    const outer = dimensions.at(-1);
    const canJoin =
      outer !== undefined &&
      forms.every(({ strides }) => (strides[outer.place] ?? 0) === (strides[place] ?? 0) * extent);
    if (canJoin) dimensions[dimensions.length - 1] = { place, extent: outer.extent * extent, factor: 1 };
    else dimensions.push({ place, extent, factor: 1 });
  }
  return dimensions;
}

/** The dimension along which most of what is loaded in vectors stays the same, so that a tile of it loads each vector once. */
function chooseTile({ stages }: Group, dimensions: readonly Dimension[], lastPlace: number): number {
  if (stages.length === 0) return -1;
  const vectors = (stages[0]?.operands ?? []).filter(
    ({ address }) => (address.strides[lastPlace] ?? 0) !== 0,
  );
  let best = -1;
  let bestScore = -1;
  for (const [d, { place, extent }] of dimensions.entries()) {
    const score =
      vectors.filter((operand) => formsOf(operand).every(({ strides }) => (strides[place] ?? 0) === 0))
        .length + (extent >= LANES ? 0.5 : 0);
    if (score >= bestScore) {
      best = d;
      bestScore = score;
    }
  }
  return best;
}
