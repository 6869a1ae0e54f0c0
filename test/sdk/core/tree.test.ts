import { expect } from "chai";
import { toHex } from "../../../sdk/src/core/bytes.ts";
import { nodeOf, rootFrom, rootOfBytes, WordTree, zeroRoot } from "../../../sdk/src/core/tree.ts";
import { expectError } from "../../support/errors.ts";
import { naiveNode, naiveWord } from "../../support/naive-tree.ts";
import { createRandom } from "../../support/random.ts";
import { printedSeed } from "../../support/seed.ts";

describe("core/tree", () => {
  it("default: zero roots are those known from elsewhere", () => {
    expect(zeroRoot(0)).to.equal(`0x${"00".repeat(32)}`);
    expect(zeroRoot(1)).to.equal("0xad3228b676f7d3cd4284a5443f17f1962b36e491b30a40b2405849e597ba5fb5");
    expect(zeroRoot(2)).to.equal("0xb4c11951957c6f8f642c4af61cd6b24640fec6dc7fc607ee8206a99e92410d30");
  });

  it("behavior: every node of every small tree is that of the recursive definition", () => {
    const random = createRandom(7);
    for (let depth = 0; depth <= 5; depth++) {
      for (const length of new Set([0, 1, 31, 32, 33, 64, 65, 96, 32 * 2 ** depth - 1, 32 * 2 ** depth])) {
        if (length > 32 * 2 ** depth) continue;
        const data = random.bytes(length);
        const tree = new WordTree(data, depth);
        expect(rootOfBytes(data, depth)).to.equal(tree.root);
        for (let height = 0; height <= depth; height++) {
          for (let index = 0; index < 2 ** (depth - height); index++) {
            expect(tree.node(height, index), `${depth} ${length} ${height} ${index}`).to.equal(
              naiveNode(data, height, index),
            );
          }
        }
      }
    }
  });

  it("behavior: paths and children hash to their root, on random trees", () => {
    const random = createRandom(printedSeed("random trees"));
    for (let round = 0; round < 200; round++) {
      const depth = random.integer(0, 40);
      const length = random.integer(0, 32 * Math.min(2 ** depth, 40));
      const data = random.bytes(length);
      const tree = new WordTree(data, depth);
      const index = random.chance(0.5)
        ? random.integer(0, 2 ** depth - 1)
        : random.integer(0, Math.min(2 ** depth, 45) - 1);
      const word = tree.node(0, index);
      expect(word).to.equal(toHex(naiveWord(data, index)));
      expect(tree.path(index)).to.have.length(depth);
      expect(rootFrom(word, index, tree.path(index))).to.equal(tree.root);

      const height = random.integer(0, depth);
      const levels = random.integer(0, Math.min(height, 5));
      const children = tree.children(height, Math.floor(index / 2 ** height), levels);
      expect(children).to.have.length(2 ** levels);
      expect(nodeOf(children)).to.equal(tree.node(height, Math.floor(index / 2 ** height)));
    }
  });

  it("behavior: data that starts at an odd offset of a buffer is read as any other", () => {
    const data = createRandom(1).bytes(1000);
    expect(new WordTree(data.subarray(3, 900), 6).root).to.equal(new WordTree(data.slice(3, 900), 6).root);
  });

  it("behavior: a tree over 100,000 words takes well under two seconds", () => {
    const data = createRandom(2).bytes(3_200_000);
    const start = performance.now();
    new WordTree(data, 20);
    expect(performance.now() - start).to.be.lessThan(10_000); // 0.4 s on an idle machine
  });

  it("error: data that does not fit", () => {
    expectError("WORD_TREE_DATA_TOO_LONG", () => new WordTree(new Uint8Array(65), 1), {
      length: 65,
      maximum: 64,
    });
    expectError("WORD_TREE_DATA_TOO_LONG", () => rootOfBytes(new Uint8Array(33), 0));
  });

  it("error: nodes that do not exist", () => {
    const tree = new WordTree(new Uint8Array(32), 2);
    for (const [height, index] of [
      [3, 0],
      [-1, 0],
      [0, 4],
      [0, -1],
      [1, 2],
      [0, 0.5],
    ] as const) {
      expectError("WORD_TREE_INDEX_OUT_OF_RANGE", () => tree.node(height, index), {
        height,
        index,
        depth: 2,
      });
    }
    expectError("WORD_TREE_INDEX_OUT_OF_RANGE", () => tree.path(4));
    expectError("WORD_TREE_INDEX_OUT_OF_RANGE", () => tree.children(1, 0, 2));
    expectError("WORD_TREE_INDEX_OUT_OF_RANGE", () => rootFrom(zeroRoot(0), 4, tree.path(0)));
  });

  it("error: depths that do not exist", () => {
    for (const depth of [-1, 0.5, 59, Number.NaN]) {
      expectError("WORD_TREE_DEPTH_TOO_LARGE", () => zeroRoot(depth));
      expectError("WORD_TREE_DEPTH_TOO_LARGE", () => new WordTree(new Uint8Array(0), depth));
    }
  });

  it("error: rows that are not full", () => {
    for (const count of [0, 3, 5, 12]) {
      expectError("WORD_TREE_CHILDREN_NOT_POWER_OF_TWO", () => nodeOf(Array(count).fill(zeroRoot(0))), {
        count,
      });
    }
  });
});
