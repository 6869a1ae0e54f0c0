/** Copies operands whose elements lie so far apart that opening them would cut a reduction into many steps. */

import { MAX_RANK } from "../../machine/encode.ts";
import { elementCount, rowMajorStrides } from "../host/tensor.ts";
import { Tape } from "../tape/tape.ts";
import type { LoopNest, LoopOperand } from "./loops.ts";
import { chunk, isUnprovable, type Provability } from "./steps.ts";

export interface Relayout {
  /** Writes the operand in the order in which the loops walk it. */
  readonly copy: LoopNest;
  /** The loops as they are once the copy is the tensor of a step. */
  withCopy(step: number): LoopNest;
}

/**
 * The copy that saves most, if it saves more elements than it writes.
 *
 * @returns `undefined` if every operand is best left where it is
 */
export function findRelayout(nest: LoopNest, limits: Provability): Relayout | undefined {
  const { fold } = nest;
  const now = stepsOf(nest, limits);
  if (fold === undefined || now === 1) return undefined;
  const elements = elementCount(nest.extents);
  let best: { readonly saved: number; readonly relayout: Relayout } | undefined;
  for (const [slot, operand] of fold.operands.entries()) {
    const relayout = relayoutOf(nest, slot, operand);
    if (relayout === undefined) continue;
    const then = stepsOf(relayout.withCopy(0), limits);
    const saved = (now - then) * elements - elementCount(relayout.copy.extents);
    if (saved > 0 && saved > (best?.saved ?? 0)) best = { saved, relayout };
  }
  return best?.relayout;
}

function stepsOf(nest: LoopNest, limits: Provability): number {
  const chunked = chunk(nest, limits);
  return isUnprovable(chunked) ? Number.MAX_SAFE_INTEGER : chunked.chunks.length;
}

function relayoutOf(nest: LoopNest, slot: number, operand: LoopOperand): Relayout | undefined {
  const { space, type, address, guards, index } = operand;
  if ((space !== "step" && space !== "input") || guards.length > 0 || index !== undefined) return undefined;
  const loops = [...nest.extents, ...nest.reduction].map((extent, j) => ({
    j,
    extent,
    stride: address.strides[j]!,
  }));
  const read = loops.filter(({ stride }) => stride !== 0);
  if (read.length > MAX_RANK || !isInjective(read)) return undefined;
  const extents = read.map(({ extent }) => extent);
  const strides = loops.map(() => 0);
  for (const [place, stride] of rowMajorStrides(extents).entries()) strides[read[place]!.j] = stride;

  const tape = new Tape();
  const source = { ...operand, address: { base: address.base, strides: read.map(({ stride }) => stride) } };
  const copy: LoopNest = {
    type,
    extents,
    reduction: [],
    outer: { tape, result: tape.operand(0), operands: [source] },
    fold: undefined,
    dims: [],
  };
  return {
    copy,
    withCopy: (step) => {
      const moved: LoopOperand = { ...operand, space: "step", step, address: { base: 0, strides } };
      const operands = nest.fold!.operands.map((other, j) => (j === slot ? moved : other));
      return { ...nest, fold: { ...nest.fold!, operands } };
    },
  };
}

/** Whether no element is read twice. */
function isInjective(loops: readonly { readonly extent: number; readonly stride: number }[]): boolean {
  let reach = 0;
  for (const { extent, stride } of [...loops].sort((a, b) => Math.abs(a.stride) - Math.abs(b.stride))) {
    if (Math.abs(stride) <= reach) return false;
    reach += Math.abs(stride) * (extent - 1);
  }
  return true;
}
