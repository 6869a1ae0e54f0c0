import { expect } from "chai";
import { toHex } from "../../../sdk/src/core/bytes.ts";
import { hashOneByOne, hashPairs, hashUp, hashUpOneByOne, keccak } from "../../../sdk/src/core/hash.ts";
import { accelerateHashing } from "../../../sdk/src/core/wasm/hasher.ts";
import { createRandom } from "../../support/random.ts";
import { printedSeed } from "../../support/seed.ts";

describe("hashPairs", () => {
  before(accelerateHashing);

  it("default: rows of every length are the hashes of their pairs", () => {
    const random = createRandom(printedSeed("pairs"));
    for (const pairs of [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 1019, 1020, 1021, 1023, 1024, 1025, 2041]) {
      const source = random.bytes(64 * pairs + 5);
      const target = new Uint8Array(32 * pairs + 3).fill(7);
      hashPairs(source, 5, target, 3, pairs);
      expect([...target.subarray(0, 3)]).to.deep.equal([7, 7, 7]);
      for (let pair = 0; pair < pairs; pair++) {
        const expected = keccak(source.subarray(5 + 64 * pair, 69 + 64 * pair));
        expect(toHex(target.subarray(3 + 32 * pair, 35 + 32 * pair)), `${pair} of ${pairs}`).to.equal(
          toHex(expected),
        );
      }
    }
  });

  it("default: a node and its siblings to their root, on any number of levels", () => {
    const random = createRandom(printedSeed("levels"));
    for (let levels = 0; levels <= 58; levels++) {
      const [node, siblings] = [random.bytes(32), random.bytes(32 * levels)];
      const expected = node.slice();
      hashUpOneByOne(expected, siblings);
      hashUp(node, siblings);
      expect(toHex(node), `${levels} levels`).to.equal(toHex(expected));
    }
  });

  it("behavior: a row may replace itself", () => {
    const row = createRandom(4).bytes(64 * 3000);
    const expected = new Uint8Array(32 * 3000);
    hashOneByOne(row, 0, expected, 0, 3000);
    hashPairs(row, 0, row, 0, 3000);
    expect(toHex(row.subarray(0, 32 * 3000))).to.equal(toHex(expected));
  });
});
