/** Where a trace contradicts itself: what convicts an operator without any narrowing. */

import { fromHex } from "../core/bytes.ts";
import { pathOf, type Tree } from "../core/tree.ts";
import { checkProof } from "../trace/check.ts";
import type { Contradiction } from "./moves.ts";
import type { NarrowingTree } from "./narrowed-tree.ts";
import type { Dossier } from "./state.ts";
import { byteOf, type DisputedByte, elementAt, firstDifferentByte } from "./verdict.ts";

/**
 * The first word in which an operator's trace differs from the right one. All words before it are right, so the referee computes from the operator's own words
 * what it does not have there.
 *
 * @param operator - the operator's tree; used only if it is the one that the commitment is bound to
 * @param truth - the right tree
 * @param prove - builds the referee's proof about an element that opens a tree
 * @returns nothing if the commitment is bound to another tree, or to the right one
 */
export function findContradiction(
  dossier: Dossier,
  operator: NarrowingTree,
  truth: Pick<NarrowingTree, "node" | "depth">,
  prove: (disputed: DisputedByte, tree: Tree) => Uint8Array,
): Contradiction | undefined {
  const { record, inputRoot, traceRoot } = dossier;
  if (operator.node(0, 0).toLowerCase() !== traceRoot.toLowerCase()) return undefined;
  const index = firstDifferentLeaf(operator, truth);
  if (index === undefined) return undefined;
  const word = operator.node(operator.depth, index);
  const place = firstDifferentByte(fromHex(word), fromHex(truth.node(truth.depth, index)));
  const byte = byteOf(dossier, index, place);
  const proof = prove(byte, operator);
  const { value, size } = checkProof({ record, inputRoot, traceRoot, ...byte, proof });
  if (elementAt(fromHex(word), place, size) === value) return undefined;
  return { index, place, word, siblings: pathOf(operator, 0, index), proof };
}

/** The first leaf in which two trees of the same depth differ; nothing if they are the same. */
export function firstDifferentLeaf(
  a: Pick<NarrowingTree, "node" | "depth">,
  b: Pick<NarrowingTree, "node">,
): number | undefined {
  if (a.node(0, 0) === b.node(0, 0)) return undefined;
  let index = 0;
  for (let level = 1; level <= a.depth; level++) {
    index = 2 * index + (a.node(level, 2 * index) === b.node(level, 2 * index) ? 1 : 0);
  }
  return index;
}
