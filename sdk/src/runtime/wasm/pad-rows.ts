/** Rows of memory that hold nothing but a pad, for vectors whose guards fail. */

import { ELEMENT_SIZE, type ElementType } from "../../machine/opcodes.ts";
import { padBytes } from "./access.ts";
import type { Arena } from "./layout.ts";
import type { PadRows } from "./load.ts";
import type { FixedBytes } from "./placement.ts";
import type { KernelPlan } from "./plan.ts";

/** A hostile model could ask for very many; steps that need more go to the reference. */
const MOST_ROWS = 16;

/** What a vector may read beyond the row. */
const MARGIN_BYTES = 64;

export class PadRowTable {
  readonly #patterns = new Set<number>([0]);

  /** Takes in the pads of a kernel; `false` if there are too many. */
  admit({ start, end, stages }: KernelPlan): boolean {
    const accesses = [...start, ...end, ...stages.flatMap((readers) => readers.map(({ access }) => access))];
    const wanted = accesses
      .filter(({ check, guards }) => check === "pointer" && guards.length > 0)
      .map(({ operand: { type, pad } }) => patternOf(type, pad));
    const all = new Set([...this.#patterns, ...wanted]);
    if (all.size > MOST_ROWS) return false;
    for (const pattern of all) this.#patterns.add(pattern);
    return true;
  }

  place(arena: Arena, bytes: number): { at: PadRows; fixed: FixedBytes[] } {
    const rows = new Map<number, number>();
    const fixed: FixedBytes[] = [];
    const length = bytes + MARGIN_BYTES;
    for (const pattern of this.#patterns) {
      const from = arena.allocate(length);
      rows.set(pattern, from);
      fixed.push({ from, make: () => new Uint8Array(new Uint32Array(length / 4).fill(pattern).buffer) });
    }
    return { at: (type, pad) => rows.get(patternOf(type, pad)) ?? 0, fixed };
  }
}

function patternOf(type: ElementType, pad: number): number {
  const bits = padBytes(type, pad) ?? 0;
  return (ELEMENT_SIZE[type] === 4 ? bits : bits * 0x01010101) >>> 0;
}
