import { expect } from "chai";
import { hexlify } from "ethers";
import { network } from "hardhat";
import { nodeOf, rootOfBytes, WordTree, zeroRoot } from "../../../sdk/src/core/tree.ts";
import { naiveNode } from "../../support/naive-tree.ts";
import { createRandom } from "../../support/random.ts";
import { printedSeed } from "../../support/seed.ts";

const { ethers, networkHelpers } = await network.create();

async function fixture() {
  return { trees: await ethers.deployContract("WordTreeHarness") };
}

const WORD = hexlify(new Uint8Array(32).fill(7));

describe("WordTree", () => {
  it("default: the worked example of the library's comment", async () => {
    const { trees } = await networkHelpers.loadFixture(fixture);
    const data = createRandom(1).bytes(70);
    const root = naiveNode(data, 2, 0);
    expect(await trees.rootOf(data, 2)).to.equal(root);
    const words = [0, 1, 2, 3].map((i) => naiveNode(data, 0, i));
    expect(await trees.rootFrom(words[2]!, 2, [words[3]!, naiveNode(data, 1, 0)])).to.equal(root);
    expect(await trees.nodeOf(words)).to.equal(root);
    expect(await trees.nodeOf(words.slice(0, 1))).to.equal(words[0], "a row of one node");
    expect(await trees.zeroRoot(1)).to.equal(naiveNode(new Uint8Array(0), 1, 0));
  });

  it("default: every length of data up to a whole tree", async () => {
    const { trees } = await networkHelpers.loadFixture(fixture);
    const data = createRandom(2).bytes(160);
    for (let length = 0; length <= data.length; length += length % 32 < 2 ? 1 : 5) {
      const part = data.slice(0, length);
      expect(await trees.rootOf(part, 3), `${length} bytes`).to.equal(naiveNode(part, 3, 0));
    }
  });

  it("behavior: words give the tree of their bytes", async () => {
    const { trees } = await networkHelpers.loadFixture(fixture);
    const data = createRandom(4).bytes(256);
    const words = Array.from({ length: 8 }, (_, i) => naiveNode(data, 0, i));
    for (let count = 0; count <= 8; count++) {
      const root = naiveNode(data.slice(0, 32 * count), 3, 0);
      expect(await trees.rootOfWords(words.slice(0, count), 3), `${count} words`).to.equal(root);
    }
  });

  it("behavior: random data and depths agree with the SDK", async () => {
    const { trees } = await networkHelpers.loadFixture(fixture);
    const random = createRandom(printedSeed("WordTree"));
    for (let i = 0; i < 40; i++) {
      const depth = random.integer(0, 12);
      const data = random.bytes(random.integer(0, Math.min(32 * 2 ** depth, 5000)));
      const tree = new WordTree(data, depth);
      expect(await trees.rootOf(data, depth)).to.equal(tree.root);
      const index = random.integer(0, 2 ** depth - 1);
      expect(await trees.rootFrom(tree.node(0, index), index, tree.path(index))).to.equal(tree.root);
      const levels = random.integer(0, Math.min(depth, 6));
      const children = tree.children(depth, 0, levels);
      expect(await trees.nodeOf(children)).to.equal(tree.root);
      expect(await trees.nodeOf(children)).to.equal(nodeOf(children));
    }
  });

  it("behavior: the deepest trees of all", async () => {
    const { trees } = await networkHelpers.loadFixture(fixture);
    expect(await trees.rootOf("0x", 58)).to.equal(zeroRoot(58));
    expect(await trees.rootOf("0x01", 58)).to.equal(rootOfBytes(Uint8Array.of(1), 58));
    for (const height of [0, 1, 40, 58]) expect(await trees.zeroRoot(height)).to.equal(zeroRoot(height));
    const tree = new WordTree(new Uint8Array(0), 40);
    const last = 2 ** 40 - 1;
    expect(await trees.rootFrom(tree.node(0, last), last, tree.path(last))).to.equal(zeroRoot(40));
  });

  it("behavior: attack 43: a node does not pass for a leaf, nor a leaf for another", async () => {
    const { trees } = await networkHelpers.loadFixture(fixture);
    const tree = new WordTree(createRandom(3).bytes(256), 3);
    // The node above words 2 and 3 is proven by two siblings; a verifier who demands three gets another root from any third.
    const path = tree.path(2).slice(1);
    expect(await trees.rootFrom(tree.node(1, 1), 1, path)).to.equal(
      tree.root,
      "what the number of siblings decides",
    );
    for (const extra of [tree.node(0, 2), tree.node(0, 3), zeroRoot(0), tree.root]) {
      for (const siblings of [
        [extra, ...path],
        [...path, extra],
      ]) {
        for (let index = 0; index < 8; index++)
          expect(await trees.rootFrom(tree.node(1, 1), index, siblings)).not.to.equal(tree.root);
      }
    }
    for (let index = 0; index < 8; index++) {
      if (index !== 2)
        expect(await trees.rootFrom(tree.node(0, 2), index, tree.path(2))).not.to.equal(tree.root);
    }
  });

  it("error: data that does not fit", async () => {
    const { trees } = await networkHelpers.loadFixture(fixture);
    const call = trees.rootOf(new Uint8Array(129), 2);
    await expect(call).to.be.revertedWithCustomError(trees, "WordTreeDataTooLong").withArgs(129, 128);
    await expect(trees.rootOfWords(Array(5).fill(WORD), 2))
      .to.be.revertedWithCustomError(trees, "WordTreeDataTooLong")
      .withArgs(160, 128);
    expect(await trees.rootOf(new Uint8Array(128), 2)).to.equal(zeroRoot(2));
  });

  it("error: an index that is not in the tree", async () => {
    const { trees } = await networkHelpers.loadFixture(fixture);
    for (const [index, siblings] of [
      [1n, 0],
      [4n, 2],
      [2n ** 255n, 2],
      [2n ** 40n, 40],
    ] as const) {
      await expect(trees.rootFrom(WORD, index, Array(siblings).fill(WORD)))
        .to.be.revertedWithCustomError(trees, "WordTreeIndexOutOfRange")
        .withArgs(index, siblings);
    }
    expect(await trees.rootFrom(WORD, 0, [])).to.equal(WORD, "a tree of one word");
  });

  it("error: children that are no full row", async () => {
    const { trees } = await networkHelpers.loadFixture(fixture);
    for (const count of [0, 3, 6, 15]) {
      await expect(trees.nodeOf(Array(count).fill(WORD)))
        .to.be.revertedWithCustomError(trees, "WordTreeChildrenNotPowerOfTwo")
        .withArgs(count);
    }
  });

  it("error: a tree that is too deep", async () => {
    const { trees } = await networkHelpers.loadFixture(fixture);
    for (const call of [
      () => trees.rootOf("0x", 59),
      () => trees.rootOfWords([], 59),
      () => trees.zeroRoot(59),
    ])
      await expect(call()).to.be.revertedWithCustomError(trees, "WordTreeDepthTooLarge").withArgs(59, 58);
  });

  it("behavior: gas of the root of 3,136 bytes stays below 20,000", async () => {
    const { trees } = await networkHelpers.loadFixture(fixture);
    const gas = await trees.gasOfRootOf(createRandom(4).bytes(3136), 7);
    expect(Number(gas)).to.be.lessThan(20_000).and.greaterThan(5_000);
  });
});
