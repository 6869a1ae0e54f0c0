import { expect } from "chai";
import { nodeOf, rootFrom, zeroRoot } from "../../../sdk/src/core/tree.ts";
import { TraceTree } from "../../../sdk/src/trace/tree.ts";
import { expectError } from "../../support/errors.ts";
import { naiveNode } from "../../support/naive-tree.ts";
import { createRandom } from "../../support/random.ts";
import { printedSeed } from "../../support/seed.ts";

/** All leaves of a trace as one byte string: its definition. */
function leaves(tensors: readonly Uint8Array[], stepDepth: number, wordDepth: number): Uint8Array {
  const bytes = new Uint8Array(32 * 2 ** (stepDepth + wordDepth));
  for (const [step, tensor] of tensors.entries()) bytes.set(tensor, step * 32 * 2 ** wordDepth);
  return bytes;
}

describe("trace/tree", () => {
  it("default: every node is that of the tree over all leaves, whatever is kept in memory", () => {
    const random = createRandom(5);
    for (const [stepDepth, wordDepth] of [
      [0, 0],
      [0, 3],
      [3, 0],
      [1, 2],
      [3, 3],
    ] as const) {
      const tensors = Array.from({ length: random.integer(1, 2 ** stepDepth) }, () =>
        random.bytes(random.integer(0, 32 * 2 ** wordDepth)),
      );
      const all = leaves(tensors, stepDepth, wordDepth);
      for (const cacheBytes of [0, 70, 1e6]) {
        const tree = new TraceTree(tensors, { stepDepth, wordDepth }, cacheBytes);
        const depth = stepDepth + wordDepth;
        for (let level = 0; level <= depth; level++) {
          for (let index = 0; index < 2 ** level; index++) {
            expect(tree.node(level, index)).to.equal(naiveNode(all, depth - level, index));
          }
        }
        expect(tree.root).to.equal(tree.node(0, 0));
      }
    }
  });

  it("default: words and roots of steps, with their proofs", () => {
    const random = createRandom(6);
    const tensors = [random.bytes(256), random.bytes(40), random.bytes(100)];
    const tree = new TraceTree(tensors, { stepDepth: 4, wordDepth: 3 });
    expect(tree.wordOf(1, 0)).to.equal(naiveNode(tensors[1]!, 0, 0));
    expect(tree.word(2 * 8 + 3)).to.equal(naiveNode(tensors[2]!, 0, 3));
    expect(tree.wordOf(9, 2)).to.equal(zeroRoot(0));
    for (const step of [0, 1, 2, 3, 15]) {
      expect(tree.stepRoot(step)).to.equal(naiveNode(tensors[step] ?? new Uint8Array(0), 3, 0));
      expect(tree.stepProof(step)).to.have.length(4);
      expect(rootFrom(tree.stepRoot(step), step, tree.stepProof(step))).to.equal(tree.root);
    }
  });

  it("behavior: children hash to their node, in deep traces too", () => {
    const random = createRandom(printedSeed("deep traces"));
    for (let round = 0; round < 30; round++) {
      const [stepDepth, wordDepth] = [random.integer(0, 20), random.integer(0, 20)];
      const tensors = Array.from({ length: Math.min(2 ** stepDepth, 5) }, () =>
        random.bytes(random.integer(0, 32 * Math.min(2 ** wordDepth, 9))),
      );
      const tree = new TraceTree(tensors, { stepDepth, wordDepth }, random.integer(0, 600));
      const level = random.integer(0, tree.depth);
      const index = random.integer(0, Math.min(2 ** level - 1, 40));
      const levels = random.integer(0, Math.min(4, tree.depth - level));
      expect(nodeOf(tree.children(level, index, levels))).to.equal(tree.node(level, index));
    }
  });

  it("error: nodes that do not exist", () => {
    const tree = new TraceTree([], { stepDepth: 1, wordDepth: 2 });
    expectError("WORD_TREE_INDEX_OUT_OF_RANGE", () => tree.node(4, 0));
    expectError("WORD_TREE_INDEX_OUT_OF_RANGE", () => tree.node(-1, 0));
    expectError("WORD_TREE_INDEX_OUT_OF_RANGE", () => tree.word(8));
    expectError("WORD_TREE_INDEX_OUT_OF_RANGE", () => tree.children(1, 2, 1));
    expectError("WORD_TREE_INDEX_OUT_OF_RANGE", () => tree.children(2, 0, 2));
    expectError("WORD_TREE_INDEX_OUT_OF_RANGE", () => tree.stepRoot(2));
  });

  it("error: tensors that do not fit", () => {
    expectError(
      "WORD_TREE_DATA_TOO_LONG",
      () => new TraceTree([new Uint8Array(33)], { stepDepth: 0, wordDepth: 0 }),
    );
    const three = [new Uint8Array(0), new Uint8Array(0), new Uint8Array(0)];
    expectError("WORD_TREE_DATA_TOO_LONG", () => new TraceTree(three, { stepDepth: 1, wordDepth: 0 }));
  });
});
