/** A binary tree of any depth over the few words that are not zero, written for clarity: the oracle of what games show. */

import { concat, keccak256, ZeroHash } from "ethers";

const zeroRoots: string[] = [ZeroHash];

function zeroRoot(height: number): string {
  for (let h = zeroRoots.length; h <= height; h++) {
    const below = zeroRoots[h - 1] as string;
    zeroRoots.push(keccak256(concat([below, below])));
  }
  return zeroRoots[height] as string;
}

/** The root that follows from a node and its siblings. */
export function rootFrom(node: string, index: bigint, siblings: readonly string[]): string {
  for (const sibling of siblings) {
    node = keccak256(concat(index % 2n === 0n ? [node, sibling] : [sibling, node]));
    index >>= 1n;
  }
  return node;
}

/** A node that is not the hash of anything: what lies above follows from it, what lies below has nothing to do with it. */
export type Orphan = { readonly level: number; readonly index: bigint; readonly node: string };

/** A tree; `words` holds the leaves by their index. Nodes are named by their level below the root, and their index. */
export class SparseTree {
  readonly depth: number;
  readonly words: ReadonlyMap<bigint, string>;
  readonly #nodes = new Map<string, string>();

  constructor(depth: number, words: ReadonlyMap<bigint, string>, orphan?: Orphan) {
    this.depth = depth;
    this.words = words;
    // Every node above a word is computed once, from the bottom upwards.
    let level = new Map(words);
    for (let height = 0; height <= depth; height++) {
      const above = new Map<bigint, string>();
      if (orphan?.level === depth - height) level.set(orphan.index, orphan.node);
      for (const [index, node] of level) this.#nodes.set(`${depth - height}/${index}`, node);
      for (const index of new Set([...level.keys()].map((key) => key >> 1n))) {
        const left = level.get(2n * index) ?? zeroRoot(height);
        const right = level.get(2n * index + 1n) ?? zeroRoot(height);
        above.set(index, keccak256(concat([left, right])));
      }
      level = above;
    }
  }

  get root(): string {
    return this.node(0, 0n);
  }

  node(level: number, index: bigint): string {
    return this.#nodes.get(`${level}/${index}`) ?? zeroRoot(this.depth - level);
  }

  /** The row min(4, depth - level) levels below a node; none below a leaf. */
  row(level: number, index: bigint): string[] {
    const height = Math.min(4, this.depth - level);
    if (height === 0) return [];
    return Array.from({ length: 2 ** height }, (_, i) =>
      this.node(level + height, (index << BigInt(height)) + BigInt(i)),
    );
  }

  /** Whether the row below a node hashes to it. Below an orphan no row does. */
  hasRow(level: number, index: bigint): boolean {
    let row = this.row(level, index);
    if (row.length === 0) return true;
    while (row.length > 1) {
      const below = row;
      row = below.flatMap((node, i) =>
        i % 2 === 0 ? [keccak256(concat([node, below[i + 1] as string]))] : [],
      );
    }
    return row[0] === this.node(level, index);
  }

  /** Siblings from a node up to the root. */
  path(level: number, index: bigint): string[] {
    const siblings: string[] = [];
    for (; level > 0; level--, index >>= 1n) siblings.push(this.node(level, index ^ 1n));
    return siblings;
  }
}
