import { expect } from "chai";
import { equalBytes, fromHex, toHex } from "../../../sdk/src/core/bytes.ts";
import { openWords, readOpening } from "../../../sdk/src/core/opening.ts";
import { WordTree } from "../../../sdk/src/core/tree.ts";
import { expectError } from "../../support/errors.ts";
import { createRandom, type Random } from "../../support/random.ts";
import { printedSeed } from "../../support/seed.ts";

function randomIndices(random: Random, depth: number): number[] {
  const count = random.integer(0, 12);
  const centre = random.integer(0, 2 ** depth - 1);
  const spread = random.pick([0, 2, 6, 40, 2 ** depth]);
  return Array.from({ length: count }, () =>
    Math.max(0, Math.min(2 ** depth - 1, centre + random.integer(-spread, spread))),
  );
}

describe("core/opening", () => {
  it("default: the layout is that of the specification", () => {
    // Words 1, 3 (2 fills the gap) and 6 of eight.
    const tree = new WordTree(
      Uint8Array.from({ length: 256 }, (_, i) => i),
      3,
    );
    const node = (height: number, index: number): string => tree.node(height, index).slice(2);
    expect(toHex(openWords(tree, [6, 1, 3, 3]))).to.equal(
      `0x0002${"0000000001"}${"000003"}${"0000000006"}${"000001"}` +
        [1, 2, 3, 6].map((word) => node(0, word)).join("") +
        [node(0, 0), node(0, 7), node(1, 2)].join(""),
    );
  });

  it("args: no words", () => {
    const tree = new WordTree(new Uint8Array(0), 5);
    expect(toHex(openWords(tree, []))).to.equal("0x0000");
    const opening = readOpening(fromHex("0x0000"), 0, 5);
    expect(opening?.root).to.equal(undefined);
    expect(opening?.words.size).to.equal(0);
    expect(opening?.end).to.equal(2);
  });

  it("args: a tree of depth 0", () => {
    const tree = new WordTree(Uint8Array.of(7), 0);
    const bytes = openWords(tree, [0]);
    expect(bytes).to.have.length(2 + 8 + 32);
    expect(toHex(readOpening(bytes, 0, 0)!.root!)).to.equal(tree.root);
  });

  it("behavior: openings at random sets of words give back the words and the root, and nothing shorter or longer does", () => {
    const random = createRandom(printedSeed("random openings"));
    for (let round = 0; round < 500; round++) {
      const depth = random.pick([0, 1, 2, 3, 5, 8, 20, 40]);
      const tree = new WordTree(random.bytes(random.integer(0, 32 * Math.min(2 ** depth, 60))), depth);
      const indices = randomIndices(random, depth);
      const bytes = openWords(tree, indices);
      const shift = random.integer(0, 5);
      const shifted = new Uint8Array(bytes.length + shift + 3);
      shifted.set(bytes, shift);
      const opening = readOpening(shifted, shift, depth)!;
      expect(opening.end).to.equal(shift + bytes.length);
      if (indices.length === 0) continue;
      expect(toHex(opening.root!)).to.equal(tree.root);
      for (const index of indices)
        expect(equalBytes(opening.words.get(index)!, tree.nodeBytes(0, index))).to.equal(true);
      expect(readOpening(bytes.subarray(0, bytes.length - 1), 0, depth)).to.equal(undefined);

      // Any change either makes it malformed or leads to another root.
      const changed = bytes.slice();
      const at = random.integer(2, bytes.length - 1);
      changed[at] = changed[at]! ^ (1 << random.integer(0, 7));
      const other = readOpening(changed, 0, depth);
      const shows =
        other?.root !== undefined && toHex(other.root) === tree.root && other.end === changed.length;
      const agrees =
        shows && [...other.words].every(([index, word]) => equalBytes(word, tree.nodeBytes(0, index)));
      expect(shows && !agrees).to.equal(false);
    }
  });

  it("error: malformed openings", () => {
    const tree = new WordTree(createRandom(3).bytes(256), 3);
    const malformed = (edit: (bytes: Uint8Array) => void): void => {
      const bytes = openWords(tree, [1, 4]);
      edit(bytes);
      expect(readOpening(bytes, 0, 3)).to.equal(undefined);
    };
    malformed((bytes) => bytes.set([9], 6)); // the first run starts behind the second
    malformed((bytes) => bytes.set([3], 9)); // the first run touches the second
    malformed((bytes) => bytes.set([0], 9)); // a run without words
    malformed((bytes) => bytes.set([8], 14)); // a run beyond the tree
    malformed((bytes) => bytes.set([5], 17)); // a run that leaves the tree
    malformed((bytes) => bytes.set([1], 2)); // a word number that only a careless cast would fit
    malformed((bytes) => bytes.set([255, 255])); // more runs than bytes
    expect(readOpening(new Uint8Array(1), 0, 3)).to.equal(undefined);
  });

  it("error: words that do not exist", () => {
    expectError("WORD_TREE_INDEX_OUT_OF_RANGE", () => openWords(new WordTree(new Uint8Array(0), 3), [8]));
  });
});
