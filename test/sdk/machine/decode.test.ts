import { expect } from "chai";
import { toHex } from "../../../sdk/src/core/bytes.ts";
import { decodeStep } from "../../../sdk/src/machine/decode.ts";
import { encodeStep } from "../../../sdk/src/machine/encode.ts";
import { createRandom } from "../../support/random.ts";
import { randomSteps } from "../../support/random-steps.ts";
import { printedSeed } from "../../support/seed.ts";

describe("decodeStep", () => {
  it("behavior: what decodes encodes to the same bytes", () => {
    let decoded = 0;
    let refused = 0;
    for (const { encoding } of take(randomSteps(printedSeed("round trip")), 5000)) {
      const step = decodeStep(encoding);
      if (step === undefined) refused++;
      else {
        decoded++;
        expect(toHex(encodeStep(step))).to.equal(toHex(encoding));
      }
    }
    expect(decoded).to.be.greaterThan(3000);
    expect(refused).to.be.greaterThan(100);
  });

  it("behavior: every encoding cut off anywhere is refused", () => {
    for (const { encoding, kind } of take(randomSteps(1), 60)) {
      if (kind !== "sound") continue;
      for (let length = 0; length < encoding.length; length++)
        expect(decodeStep(encoding.subarray(0, length))).to.equal(undefined);
    }
  });

  it("behavior: no bytes make it throw", () => {
    const random = createRandom(printedSeed("any bytes"));
    for (let times = 0; times < 20_000; times++) {
      const bytes = random.bytes(random.integer(0, 60));
      // Plausible counts, so that many get past the header.
      for (let at = 0; at < Math.min(8, bytes.length); at++)
        if (random.chance(0.8)) bytes[at] = bytes[at]! & 3;
      decodeStep(bytes);
    }
    expect(decodeStep(new Uint8Array(4097))).to.equal(undefined);
    expect(decodeStep(new Uint8Array(4096).fill(0xff))).to.equal(undefined);
  });

  it("behavior: reads bytes that lie within others", () => {
    const encoding = Uint8Array.of(0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 7);
    const within = Uint8Array.of(9, ...encoding, 9).subarray(1, -1);
    expect(decodeStep(within)).to.deep.equal(decodeStep(encoding));
    expect(decodeStep(within)?.extents).to.deep.equal([2]);
  });
});

function* take<T>(items: Iterable<T>, count: number): Iterable<T> {
  let left = count;
  for (const item of items) {
    if (left-- === 0) return;
    yield item;
  }
}
