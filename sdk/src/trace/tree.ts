/** The tree over the tensors of all steps: SPEC.md section 2. */

import { type Hex, toHex } from "../core/bytes.ts";
import { HASH_BYTES } from "../core/hash.ts";
import { checkNode, childrenOf, pathOf, rootBytesOf, type Tree, WordTree } from "../core/tree.ts";
import type { Depths } from "../machine/types.ts";
import { sourceOf, type TensorSource, withTensor } from "./source.ts";

/** Bytes of tensors whose trees are kept for further questions, unless told otherwise. */
const DEFAULT_CACHE_BYTES = 256 * 2 ** 20;

/**
 * The trace. It keeps the roots of all tensors; the trees over them are kept for as many as fit into a bound, and built again when asked for otherwise.
 *
 * Nodes are addressed from the top, as the game does: level 0 is the root, level `depth` are the words. Leaf `step · 2^wordDepth + word` is word `word` of the tensor
 * of step `step`.
 */
export class TraceTree implements Tree {
  /** Levels from the root to the words: `stepDepth + wordDepth`. */
  readonly depth: number;
  /** Levels from the root to the tensors of steps. */
  readonly stepDepth: number;
  /** Levels from a tensor's root to its words. */
  readonly wordDepth: number;
  readonly #source: TensorSource;
  /** Of the tensors, by step. */
  readonly #roots: Uint8Array;
  readonly #top: WordTree;
  /** Least recently used first. */
  readonly #trees = new Map<number, WordTree>();
  readonly #cacheBytes: number;
  #cachedBytes = 0;

  /**
   * @param tensors - by step; kept, not copied: must not change afterwards. Shorter ones are padded with zeros.
   * @param cacheBytes - bytes of tensors whose trees are kept
   * @param roots - the roots of all tensors, one after the other, if they are known
   */
  constructor(
    tensors: readonly Uint8Array[] | TensorSource,
    depths: Pick<Depths, "stepDepth" | "wordDepth">,
    cacheBytes: number = DEFAULT_CACHE_BYTES,
    roots?: Uint8Array,
  ) {
    this.stepDepth = depths.stepDepth;
    this.wordDepth = depths.wordDepth;
    this.depth = depths.stepDepth + depths.wordDepth;
    this.#source = "tensor" in tensors ? tensors : sourceOf(tensors);
    this.#cacheBytes = cacheBytes;
    this.#roots = roots ?? this.#computeRoots();
    this.#top = new WordTree(this.#roots, depths.stepDepth, depths.wordDepth);
  }

  /** The trace's root. */
  get root(): Hex {
    return this.#top.root;
  }

  /** Tensors by step, all of them in memory at once. */
  get tensors(): readonly Uint8Array[] {
    return Array.from({ length: this.#source.length }, (_, step) => this.#source.tensor(step));
  }

  /** What a step wrote; nothing for zeros. Not to be changed. */
  tensor(step: number): Uint8Array {
    return step < this.#source.length ? this.#source.tensor(step) : NOTHING;
  }

  /** The trace of a run that differs in the tensor of one step. No other tensor is hashed for it. */
  withTensor(step: number, tensor: Uint8Array): TraceTree {
    const source = withTensor(this.#source, step, tensor);
    const roots = new Uint8Array(HASH_BYTES * source.length);
    roots.set(this.#roots);
    for (let added = this.#source.length; added < step; added++)
      roots.set(rootBytesOf(NOTHING, this.wordDepth), HASH_BYTES * added);
    roots.set(rootBytesOf(tensor, this.wordDepth), HASH_BYTES * step);
    return new TraceTree(source, this, this.#cacheBytes, roots);
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
    const tree = new WordTree(this.tensor(step), this.wordDepth);
    this.#trees.set(step, tree);
    this.#cachedBytes += tree.wordCount * HASH_BYTES;
    for (const [oldest, { wordCount }] of this.#trees) {
      if (this.#cachedBytes <= this.#cacheBytes || oldest === step) break;
      this.#trees.delete(oldest);
      this.#cachedBytes -= wordCount * HASH_BYTES;
    }
    return tree;
  }

  #computeRoots(): Uint8Array {
    const roots = new Uint8Array(HASH_BYTES * this.#source.length);
    for (let step = 0; step < this.#source.length; step++) {
      const tensor = this.#source.tensor(step);
      const isKept = this.#cachedBytes + tensor.length <= this.#cacheBytes;
      const root = isKept
        ? this.#treeOf(step).nodeBytes(this.wordDepth, 0)
        : rootBytesOf(tensor, this.wordDepth);
      roots.set(root, HASH_BYTES * step);
    }
    return roots;
  }
}

const NOTHING = new Uint8Array(0);
