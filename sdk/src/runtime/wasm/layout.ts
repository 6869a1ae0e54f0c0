/** Places everything that a program touches in one linear memory. Tensors share room as soon as nobody reads them any more. */

/** Every region starts on a cache line. */
const ALIGNMENT = 64;

/** Vectors read up to this many bytes beyond the last element. */
const SLACK_BYTES = 64;

/** Stands for a whole program: regions that stay, then regions that come and go. */
export class Arena {
  #end = ALIGNMENT;
  #free: { readonly from: number; readonly to: number }[] = [];

  /** Bytes that the memory must have. */
  get bytes(): number {
    return this.#end + SLACK_BYTES;
  }

  /** The first gap that is large enough, or new room at the end. */
  allocate(bytes: number): number {
    const size = roundUp(Math.max(bytes, 1));
    const at = this.#free.findIndex(({ from, to }) => to - from >= size);
    const gap = this.#free[at];
    if (gap !== undefined) {
      if (gap.to - gap.from === size) this.#free.splice(at, 1);
      else this.#free[at] = { from: gap.from + size, to: gap.to };
      return gap.from;
    }
    const last = this.#free.at(-1);
    const from = last?.to === this.#end ? last.from : this.#end;
    if (last?.to === this.#end) this.#free.pop();
    this.#end = from + size;
    return from;
  }

  release(from: number, bytes: number): void {
    const to = from + roundUp(Math.max(bytes, 1));
    const at = this.#free.findIndex((gap) => gap.from > from);
    this.#free.splice(at < 0 ? this.#free.length : at, 0, { from, to });
    this.#free = this.#free.reduce<{ from: number; to: number }[]>((gaps, gap) => {
      const last = gaps.at(-1);
      if (last !== undefined && last.to === gap.from) last.to = gap.to;
      else gaps.push({ ...gap });
      return gaps;
    }, []);
  }
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

/** Half-open ranges of bytes, joined where they touch. */
export function joinRanges(ranges: readonly (readonly [from: number, to: number])[]): [number, number][] {
  const joined: [number, number][] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else if (to > from) joined.push([from, to]);
  }
  return joined;
}
