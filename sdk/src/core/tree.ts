/**
 * Merkle trees over words of 32 bytes: SPEC.md section 2. A tree of depth D has 2^D leaves, which are the words; a node is keccak256(left ‖ right).
 * Words that nobody wrote are zero. Nodes are named by (height, index): leaves have height 0, indices count from the left.
 */

import { fromHex, type Hex, HexMalformedError, toHex } from "./bytes.ts";
import { AssayError, type AssayErrorOptions } from "./errors.ts";
import { HASH_BYTES, hashPairs, hashUp } from "./hash.ts";

/** The deepest tree that is ever built; deeper than any model record allows. */
export const MAX_TREE_DEPTH = 58;

/** A tree whose nodes can be asked for. */
export interface Tree {
  /** Levels from the root to the leaves. */
  readonly depth: number;
  /** The node's 32 bytes; not to be changed. */
  nodeBytes(height: number, index: number): Uint8Array;
}

/** Roots of trees of zeros by height, of which `knownZeroRoots` were computed. */
const zeroRoots = new Uint8Array(HASH_BYTES * (MAX_TREE_DEPTH + 1));
let knownZeroRoots = 1;

/** Root of a tree of the given height whose words are all zero, as bytes that must not be changed. */
export function zeroRootBytes(height: number): Uint8Array {
  checkDepth(height);
  for (; knownZeroRoots <= height; knownZeroRoots++) {
    const below = wordAt(zeroRoots, HASH_BYTES * (knownZeroRoots - 1));
    zeroRoots.set(hashPair(below, below), HASH_BYTES * knownZeroRoots);
  }
  return wordAt(zeroRoots, HASH_BYTES * height);
}

/** Root of a tree of the given height whose words are all zero. */
export function zeroRoot(height: number): Hex {
  return toHex(zeroRootBytes(height));
}

/**
 * Root of the tree over some bytes, zero-padded to 2^depth words. Costs one hash per pair of words and one per level above the data.
 *
 * @example
 * rootOfBytes(new Uint8Array(0), 3) === zeroRoot(3)
 */
export function rootOfBytes(data: Uint8Array, depth: number): Hex {
  return toHex(rootBytesOf(data, depth));
}

/**
 * `rootOfBytes` as bytes.
 *
 * @param leafHeight - 0 for words; otherwise the data are roots of trees of this depth
 */
export function rootBytesOf(data: Uint8Array, depth: number, leafHeight = 0): Uint8Array {
  let count = checkData(data, depth);
  if (count === 0) return zeroRootBytes(leafHeight + depth);
  // The words and, if their number is odd, a zero word; each row of nodes then replaces the row below it from the left.
  const row = new Uint8Array(HASH_BYTES * (count + (count % 2)));
  row.set(data);
  let height = 0;
  for (; count > 1; height++) {
    if (count % 2 === 1) row.set(zeroRootBytes(leafHeight + height), HASH_BYTES * count);
    count = Math.ceil(count / 2);
    hashPairs(row, 0, row, 0, count);
  }
  const root = row.slice(0, HASH_BYTES);
  zeroRootBytes(leafHeight + depth);
  hashUp(root, zeroRoots.subarray(HASH_BYTES * (leafHeight + height), HASH_BYTES * (leafHeight + depth)));
  return root;
}

/** Root that follows from a node and its siblings, from the bottom upwards. */
export function rootFrom(
  node: Hex | Uint8Array,
  index: number,
  siblings: readonly (Hex | Uint8Array)[],
): Hex {
  if (!Number.isSafeInteger(index) || index < 0 || index >= 2 ** siblings.length) {
    throw new WordTreeIndexOutOfRangeError(0, index, siblings.length);
  }
  let value = asBytes(node);
  let position = index;
  for (const sibling of siblings) {
    value = position % 2 === 0 ? hashPair(value, asBytes(sibling)) : hashPair(asBytes(sibling), value);
    position = Math.floor(position / 2);
  }
  return toHex(value);
}

/** The node above a full row of its 2^k descendants. */
export function nodeOf(children: readonly Hex[]): Hex {
  const count = children.length;
  if (count === 0 || (count & (count - 1)) !== 0) throw new WordTreeChildrenNotPowerOfTwoError(count);
  let row = children.map(asBytes);
  while (row.length > 1)
    row = row.filter((_, j) => j % 2 === 0).map((left, j) => hashPair(left, row[2 * j + 1]!));
  return toHex(row[0]!);
}

/** keccak256(left ‖ right). */
export function hashPair(left: Uint8Array, right: Uint8Array): Uint8Array {
  const pair = new Uint8Array(2 * HASH_BYTES);
  pair.set(left);
  pair.set(right, HASH_BYTES);
  hashPairs(pair, 0, pair, 0, 1);
  return pair.slice(0, HASH_BYTES);
}

/** The 2^levels descendants of a node, from the left. */
export function childrenOf(tree: Tree, height: number, index: number, levels: number): Hex[] {
  if (!Number.isInteger(levels) || levels < 0 || levels > height)
    throw new WordTreeIndexOutOfRangeError(height - levels, index, tree.depth);
  const first = index * 2 ** levels;
  return Array.from({ length: 2 ** levels }, (_, j) => toHex(tree.nodeBytes(height - levels, first + j)));
}

/** Siblings on the way from a node to the root, from the bottom upwards. */
export function pathOf(tree: Tree, height: number, index: number): Hex[] {
  const siblings: Hex[] = [];
  let position = index;
  for (let h = height; h < tree.depth; h++) {
    siblings.push(toHex(tree.nodeBytes(h, position % 2 === 0 ? position + 1 : position - 1)));
    position = Math.floor(position / 2);
  }
  return siblings;
}

/** Throws unless the tree has a node of this name. */
export function checkNode(depth: number, height: number, index: number): void {
  const exists =
    Number.isInteger(height) &&
    height >= 0 &&
    height <= depth &&
    Number.isSafeInteger(index) &&
    index >= 0 &&
    index < 2 ** (depth - height);
  if (!exists) throw new WordTreeIndexOutOfRangeError(height, index, depth);
}

/** The whole tree over some bytes, kept in memory: about as many bytes again as the data has. */
export class WordTree implements Tree {
  readonly depth: number;
  /** Height that the leaves have in a larger tree of which this one is the top: what lies beyond them is `zeroRoot(leafHeight)`. */
  readonly leafHeight: number;
  /** Words that the data fills, the last one perhaps in part. */
  readonly wordCount: number;
  readonly #data: Uint8Array;
  /** The last word with its padding, when the data does not end with a whole word. */
  readonly #lastWord: Uint8Array | undefined;
  /** Nodes of heights 1 .. depth, row after row, each row as far as the data reaches. */
  readonly #nodes: Uint8Array;
  /** Offset in `#nodes` of the row of each height; height 0 has none. */
  readonly #rows: readonly number[];

  /**
   * @param data - kept, not copied: must not change afterwards
   * @param depth - depth of the tree
   * @param leafHeight - 0 for words; otherwise the data are roots of trees of this depth
   */
  constructor(data: Uint8Array, depth: number, leafHeight = 0) {
    const wordCount = checkData(data, depth);
    checkDepth(depth + leafHeight);
    this.depth = depth;
    this.leafHeight = leafHeight;
    this.wordCount = wordCount;
    this.#data = data;
    const rest = data.length % HASH_BYTES;
    if (rest > 0) {
      this.#lastWord = new Uint8Array(HASH_BYTES);
      this.#lastWord.set(data.subarray(data.length - rest));
    }
    const rows = [0];
    let length = 0;
    for (let height = 1; height <= depth; height++) {
      rows.push(length);
      length += HASH_BYTES * this.#nodeCount(height);
    }
    this.#rows = rows;
    this.#nodes = new Uint8Array(length);
    if (wordCount > 0) this.#build();
  }

  get root(): Hex {
    return this.node(this.depth, 0);
  }

  node(height: number, index: number): Hex {
    return toHex(this.nodeBytes(height, index));
  }

  nodeBytes(height: number, index: number): Uint8Array {
    checkNode(this.depth, height, index);
    if (index >= this.#nodeCount(height)) return zeroRootBytes(this.leafHeight + height);
    if (height > 0) return wordAt(this.#nodes, this.#rows[height]! + HASH_BYTES * index);
    if (index === this.wordCount - 1 && this.#lastWord !== undefined) return this.#lastWord;
    return wordAt(this.#data, HASH_BYTES * index);
  }

  /** Siblings of a word, from the bottom upwards. */
  path(index: number): Hex[] {
    checkNode(this.depth, 0, index);
    return pathOf(this, 0, index);
  }

  /** The 2^levels descendants of a node, from the left. */
  children(height: number, index: number, levels: number): Hex[] {
    checkNode(this.depth, height, index);
    return childrenOf(this, height, index, levels);
  }

  #nodeCount(height: number): number {
    return Math.ceil(this.wordCount / 2 ** height);
  }

  #build(): void {
    for (let height = 1; height <= this.depth; height++) {
      const row = this.#rows[height]!;
      const below = this.#nodeCount(height - 1);
      const wholePairs = Math.floor((height === 1 ? Math.floor(this.#data.length / HASH_BYTES) : below) / 2);
      const [source, offset] = height === 1 ? [this.#data, 0] : [this.#nodes, this.#rows[height - 1]!];
      hashPairs(source, offset, this.#nodes, row, wholePairs);
      // The last pair may be half outside of the data, or contain the padded word.
      if (wholePairs < this.#nodeCount(height)) {
        const left = this.nodeBytes(height - 1, 2 * wholePairs);
        const right = this.nodeBytes(height - 1, 2 * wholePairs + 1);
        this.#nodes.set(hashPair(left, right), row + HASH_BYTES * wholePairs);
      }
    }
  }
}

function wordAt(bytes: Uint8Array, offset: number): Uint8Array {
  return bytes.subarray(offset, offset + HASH_BYTES);
}

function asBytes(node: Hex | Uint8Array): Uint8Array {
  const bytes = typeof node === "string" ? fromHex(node) : node;
  if (bytes.length !== HASH_BYTES) throw new HexMalformedError(toHex(bytes));
  return bytes;
}

function checkDepth(depth: number): void {
  if (Number.isInteger(depth) && depth >= 0 && depth <= MAX_TREE_DEPTH) return;
  throw new WordTreeDepthTooLargeError(depth);
}

/** Words that the data fills. */
function checkData(data: Uint8Array, depth: number): number {
  checkDepth(depth);
  const maximum = HASH_BYTES * 2 ** depth;
  if (data.length > maximum) throw new WordTreeDataTooLongError(data.length, maximum);
  return Math.ceil(data.length / HASH_BYTES);
}

/** The data does not fit into a tree of this depth. */
export class WordTreeDataTooLongError extends AssayError {
  override readonly name = "WordTreeDataTooLongError";

  constructor(length: number, maximum: number, options: AssayErrorOptions = {}) {
    super("WORD_TREE_DATA_TOO_LONG", `${length} bytes do not fit into a tree with room for ${maximum}.`, {
      recovery: "Use the depth and the length that the model record states.",
      ...options,
      context: { length, maximum },
    });
  }
}

/** The tree has no such node. */
export class WordTreeIndexOutOfRangeError extends AssayError {
  override readonly name = "WordTreeIndexOutOfRangeError";

  constructor(height: number, index: number, depth: number, options: AssayErrorOptions = {}) {
    super(
      "WORD_TREE_INDEX_OUT_OF_RANGE",
      `A tree of depth ${depth} has no node ${index} at height ${height}.`,
      {
        recovery: "Heights are 0 .. depth, and height h has 2^(depth - h) nodes.",
        ...options,
        context: { height, index, depth },
      },
    );
  }
}

/** A full set of descendants has a power of two members. */
export class WordTreeChildrenNotPowerOfTwoError extends AssayError {
  override readonly name = "WordTreeChildrenNotPowerOfTwoError";

  constructor(count: number, options: AssayErrorOptions = {}) {
    super("WORD_TREE_CHILDREN_NOT_POWER_OF_TWO", `${count} nodes are not a full row below one node.`, {
      recovery: "Pass 1, 2, 4, 8, ... nodes.",
      ...options,
      context: { count },
    });
  }
}

/** No tree is that deep. */
export class WordTreeDepthTooLargeError extends AssayError {
  override readonly name = "WordTreeDepthTooLargeError";

  constructor(depth: number, options: AssayErrorOptions = {}) {
    super("WORD_TREE_DEPTH_TOO_LARGE", `A tree cannot have depth ${depth}.`, {
      recovery: `Depths are whole numbers in 0 .. ${MAX_TREE_DEPTH}.`,
      ...options,
      context: { depth, maximum: MAX_TREE_DEPTH },
    });
  }
}
