/** The tree over the tensors of all steps: SPEC.md section 2. */

import { type Hex, toHex } from "../core/bytes.ts";
import { HASH_BYTES } from "../core/hash.ts";
import { checkNode, childrenOf, pathOf, rootBytesOf, type Tree, WordTree } from "../core/tree.ts";
import type { Depths } from "../machine/types.ts";

/** Bytes of tensors whose trees are kept for further questions, unless told otherwise. */
const DEFAULT_CACHE_BYTES = 256 * 2 ** 20;

/**
 * The trace. It keeps the tensors; the trees over them are kept for as many as fit into a bound, and built again when asked for otherwise.
 *
 * Nodes are addressed from the top, as the game does: level 0 is the root, level `depth` are the words. Leaf `step · 2^wordDepth + word` is word `word` of the tensor
 * of step `step`.
 */
export class TraceTree implements Tree {
  readonly depth: number;
  readonly stepDepth: number;
  readonly wordDepth: number;
  readonly #tensors: readonly Uint8Array[];
  readonly #top: WordTree;
  /** Least recently used first. */
  readonly #trees = new Map<number, WordTree>();
  readonly #cacheBytes: number;
  #cachedBytes = 0;

  /**
   * @param tensors - by step; kept, not copied: must not change afterwards. Shorter ones are padded with zeros.
   * @param cacheBytes - bytes of tensors whose trees are kept
   */
  constructor(
    tensors: readonly Uint8Array[],
    depths: Pick<Depths, "stepDepth" | "wordDepth">,
    cacheBytes: number = DEFAULT_CACHE_BYTES,
  ) {
    this.stepDepth = depths.stepDepth;
    this.wordDepth = depths.wordDepth;
    this.depth = depths.stepDepth + depths.wordDepth;
    this.#tensors = tensors;
    this.#cacheBytes = cacheBytes;
    const roots = new Uint8Array(HASH_BYTES * tensors.length);
    for (const [step, tensor] of tensors.entries())
      roots.set(this.#firstRoot(step, tensor), HASH_BYTES * step);
    this.#top = new WordTree(roots, depths.stepDepth, depths.wordDepth);
  }

  get root(): Hex {
    return this.#top.root;
  }

  /** Tensors by step. */
  get tensors(): readonly Uint8Array[] {
    return this.#tensors;
  }

  /** The node at a level below the root. */
  node(level: number, index: number): Hex {
    return toHex(this.nodeBytes(this.depth - level, index));
  }

  /** The 2^levels nodes that lie `levels` below a node, from the left. */
  children(level: number, index: number, levels: number): Hex[] {
    checkNode(this.depth, this.depth - level, index);
    return childrenOf(this, this.depth - level, index, levels);
  }

  /** A leaf. */
  word(leaf: number): Hex {
    return this.node(this.depth, leaf);
  }

  /** A word of the tensor of a step. */
  wordOf(step: number, word: number): Hex {
    return this.word(step * 2 ** this.wordDepth + word);
  }

  /** Root of the tensor of a step. */
  stepRoot(step: number): Hex {
    return this.node(this.stepDepth, step);
  }

  /** The stepDepth siblings between the root of a step's tensor and the root of the trace, from the bottom upwards. */
  stepProof(step: number): Hex[] {
    checkNode(this.depth, this.wordDepth, step);
    return pathOf(this, this.wordDepth, step);
  }

  /** The node at a height above the words; not to be changed. */
  nodeBytes(height: number, index: number): Uint8Array {
    checkNode(this.depth, height, index);
    if (height >= this.wordDepth) return this.#top.nodeBytes(height - this.wordDepth, index);
    const nodesPerStep = 2 ** (this.wordDepth - height);
    const step = Math.floor(index / nodesPerStep);
    return this.#treeOf(step).nodeBytes(height, index - step * nodesPerStep);
  }

  #treeOf(step: number): WordTree {
    const known = this.#trees.get(step);
    if (known !== undefined) {
      this.#trees.delete(step);
      this.#trees.set(step, known);
      return known;
    }
    const tensor = this.#tensors[step] ?? new Uint8Array(0);
    const tree = new WordTree(tensor, this.wordDepth);
    this.#trees.set(step, tree);
    this.#cachedBytes += tensor.length;
    for (const oldest of this.#trees.keys()) {
      if (this.#cachedBytes <= this.#cacheBytes || oldest === step) break;
      this.#trees.delete(oldest);
      this.#cachedBytes -= this.#tensors[oldest]?.length ?? 0;
    }
    return tree;
  }

  #firstRoot(step: number, tensor: Uint8Array): Uint8Array {
    const isKept = this.#cachedBytes + tensor.length <= this.#cacheBytes;
    return isKept ? this.#treeOf(step).nodeBytes(this.wordDepth, 0) : rootBytesOf(tensor, this.wordDepth);
  }
}
