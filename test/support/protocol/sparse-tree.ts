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

/** A tree; `words` holds the leaves by their index. Nodes are named by their level below the root, and their index. */
export class SparseTree {
  readonly depth: number;
  readonly words: ReadonlyMap<bigint, string>;
  readonly #nodes = new Map<string, string>();

  constructor(depth: number, words: ReadonlyMap<bigint, string>) {
    this.depth = depth;
    this.words = words;
    // Every node above a word is computed once, from the bottom upwards.
    let level = new Map(words);
    for (let height = 0; height <= depth; height++) {
      const above = new Map<bigint, string>();
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

  /** Siblings from a node up to the root. */
  path(level: number, index: bigint): string[] {
    const siblings: string[] = [];
    for (; level > 0; level--, index >>= 1n) siblings.push(this.node(level, index ^ 1n));
    return siblings;
  }
}
