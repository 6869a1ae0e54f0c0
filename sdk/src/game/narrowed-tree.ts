/** The other side's tree, as far as a game has shown it. */

import { fromHex, type Hex } from "../core/bytes.ts";
import { checkNode, hashPair, type Tree } from "../core/tree.ts";
import { type GameView, rowHeight, rowOf, type Side, traceDepth } from "./state.ts";

/** A trace as a game needs it; `TraceTree` is one. */
export interface NarrowingTree extends Tree {
  /** Nodes from the top: level 0 is the root. */
  node(level: number, index: number): Hex;
  /** The nodes `levels` below a node, left to right: `2 ** levels` of them. */
  children(level: number, index: number, levels: number): Hex[];
  /** Siblings from a step's tensor to the root. */
  stepProof(step: number): Hex[];
}

/**
 * At the leaf of a game both traces agree on every word before the disputed one, but the court computes from the operator's. A challenger knows enough of it to
 * open any word before the disputed one: what lies left of the disputed word is in its own tree, and the nodes over and beside the disputed word
 * are in, or follow from, the rows that the moves have shown.
 */
export class NarrowedTree implements Tree {
  /** Levels from the root to the leaves. */
  readonly depth: number;
  readonly #own: Tree;
  readonly #leaf: number;
  /** By height: the node over the disputed word, and the one right of it where there is one that is its sibling. */
  readonly #shown: readonly ReadonlyMap<number, Uint8Array>[];

  private constructor(own: Tree, leaf: number, shown: readonly ReadonlyMap<number, Uint8Array>[]) {
    this.depth = own.depth;
    this.#own = own;
    this.#leaf = leaf;
    this.#shown = shown;
  }

  /**
   * @param own - the tree that agrees with the other one left of the disputed word
   * @param side - whose tree is wanted
   * @returns nothing if a row of that side is missing from the view
   */
  static of(view: GameView, own: Tree, side: Side): NarrowedTree | undefined {
    const depth = traceDepth(view.dossier.record);
    const { level: lowest, index: leaf } = view.game;
    const shown = Array.from({ length: depth + 1 }, () => new Map<number, Uint8Array>());
    for (let level = 0; level < lowest; level += rowHeight(level, depth)) {
      const index = Math.floor(leaf / 2 ** (lowest - level));
      const row = rowOf(view, side, level, index);
      if (row === undefined) return undefined;
      const height = rowHeight(level, depth);
      let nodes = row.nodes.map(fromHex);
      for (let up = 0; up <= height; up++) {
        const first = index * 2 ** (height - up);
        for (const [j, node] of nodes.entries()) shown[depth - level - height + up]?.set(first + j, node);
        nodes = nodes
          .filter((_, j) => j % 2 === 0)
          .map((left, j) => hashPair(left, nodes[2 * j + 1] ?? left));
      }
    }
    return new NarrowedTree(own, leaf, shown);
  }

  nodeBytes(height: number, index: number): Uint8Array {
    checkNode(this.depth, height, index);
    const isLeft = (index + 1) * 2 ** height <= this.#leaf;
    const shown = isLeft ? undefined : this.#shown[height]?.get(index);
    // What was never shown is not needed for any word left of the disputed one; the own tree's node only keeps this total.
    return shown ?? this.#own.nodeBytes(height, index);
  }
}
