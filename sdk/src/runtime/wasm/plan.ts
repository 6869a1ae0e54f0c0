/** Decides how the kernel of a group is made: the shape of its tiles, and which weights are laid out anew. */

import { count } from "../../machine/budget.ts";
import { ELEMENT_SIZE } from "../../machine/opcodes.ts";
import type { Operand } from "../../machine/types.ts";
import { type Access, analyse, type Source } from "./access.ts";
import type { Group } from "./group.ts";
import { LANES, makeNest, type Nest } from "./nest.ts";
import { type Packing, packingOf } from "./packing.ts";

export interface StageReader {
  readonly access: Access;
  readonly packing: Packing | undefined;
}

export interface KernelPlan {
  readonly group: Group;
  readonly nest: Nest;
  readonly start: readonly Access[];
  readonly end: readonly Access[];
  readonly stages: readonly (readonly StageReader[])[];
  /** Rows of a tile, and vectors in each of them. */
  readonly rows: number;
  readonly vectors: number;
  /** Tiles of rows that go through all vectors before the next ones do. */
  readonly rowBlock: number;
}

/** Bytes of what a block of rows reads that should stay in the nearest caches. */
const BLOCK_BYTES = 2 ** 17;

/** Parts that the outermost loop should have at least, so that threads can share them. */
const LEAST_UNITS = 16;

/** Tapes longer than this are not repeated for the rows and vectors of a tile. */
const LONG_TAPE = 64;

/**
 * @param sourceOf - what an operand of the step with this number reads
 * @param takePacked - whether there is room for so many bytes of packed weights
 * @returns `undefined` if no kernel can do what the group does
 */
export function planKernel(
  group: Group,
  sourceOf: (operand: Operand, step: number) => Source,
  takePacked: (bytes: number) => boolean,
): KernelPlan | undefined {
  const nest = makeNest(group);
  const { steps } = group;
  const by = (place: number) => (operand: Operand) => sourceOf(operand, steps.at(place) ?? 0);
  const start = analyse(group.start.operands, nest, -1, by(0));
  const end = group.end === group.start ? start : analyse(group.end.operands, nest, -1, by(-1));
  const accesses = group.stages.map(({ operands }, stage) => analyse(operands, nest, stage, by(stage)));
  if (start === undefined || end === undefined || accesses.includes(undefined)) return undefined;
  const { rows, vectors } = tileShape(group, nest);
  const stages = (accesses as Access[][]).map((list, stage) =>
    list.map((access) => {
      const packing = packingOf(access, nest, stage, vectors);
      const bytes = (packing?.elements ?? 0) * ELEMENT_SIZE[access.operand.type];
      return { access, packing: packing !== undefined && takePacked(bytes) ? packing : undefined };
    }),
  );
  return { group, nest, start, end, stages, rows, vectors, rowBlock: rowBlock(nest, rows) };
}

function tileShape(group: Group, nest: Nest): { rows: number; vectors: number } {
  const longest = Math.max(group.epilogue.length, ...group.stages.map(({ body }) => body.length));
  const inRow = Math.ceil(nest.width / LANES);
  if (longest > LONG_TAPE) return { rows: 1, vectors: 1 };
  const extent = nest.tile < 0 ? 1 : (nest.extents[nest.tile] ?? 1);
  if (extent === 1) return { rows: 1, vectors: evenly(inRow, group.stages.length > 0 ? 8 : 2) };
  const vectors = inRow <= 3 ? inRow : inRow % 3 === 0 && inRow % 2 !== 0 ? 3 : 2;
  const wanted = [8, 4, 3][vectors - 1] ?? 4;
  return { rows: Math.min(rowsFor(extent, wanted), extent), vectors };
}

/** As many vectors at a time as are allowed, the last time hardly fewer. */
function evenly(vectors: number, most: number): number {
  return Math.ceil(vectors / Math.ceil(vectors / most));
}

/** Rows near what is wanted that repeat the fewest at the end. */
function rowsFor(extent: number, wanted: number): number {
  let best = wanted;
  const computed = (rows: number): number => Math.ceil(extent / rows) * rows;
  for (const rows of wanted > 4 ? [wanted - 1, wanted - 2, wanted - 3] : [wanted + 1])
    if (computed(rows) < computed(best)) best = rows;
  return best;
}

function rowBlock({ extents, tile, reductions }: Nest, rows: number): number {
  const tiles = Math.ceil((tile < 0 ? 1 : (extents[tile] ?? 1)) / rows);
  const iterations = reductions.reduce((sum, reduction) => sum + count(reduction), 0);
  const fitting = Math.max(Math.floor(BLOCK_BYTES / (4 * rows * Math.max(iterations, 1))), 1);
  const isAlone = extents.length <= 1;
  return Math.min(fitting, isAlone ? Math.ceil(tiles / LEAST_UNITS) : tiles);
}
