import { expect } from "chai";
import {
  concatBytes,
  equalBytes,
  fromHex,
  type Hex,
  isHex,
  readUint,
  toHex,
  uintBytes,
} from "../../../sdk/src/core/bytes.ts";
import { keccakHex, keccakText } from "../../../sdk/src/core/hash.ts";
import { expectError } from "../../support/errors.ts";

describe("core/bytes", () => {
  it("default: hexadecimal there and back", () => {
    expect(toHex(Uint8Array.of(0, 1, 0xab))).to.equal("0x0001ab");
    expect([...fromHex("0x0001Ab")]).to.deep.equal([0, 1, 0xab]);
    expect(fromHex("0x")).to.have.length(0);
    expect(isHex("0x0001", 2)).to.equal(true);
    expect(isHex("0x0001", 1)).to.equal(false);
  });

  it("default: integers of any length up to 2^53", () => {
    expect([...uintBytes(0x0102, 3)]).to.deep.equal([0, 1, 2]);
    expect(readUint(uintBytes(2 ** 40 - 1, 5), 0, 5)).to.equal(2 ** 40 - 1);
    expect(toHex(uintBytes(2 ** 32 - 1, 32))).to.equal(`0x${"00".repeat(28)}ffffffff`);
  });

  it("default: joining and comparing", () => {
    const joined = concatBytes(Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(2, 3));
    expect([...joined]).to.deep.equal([1, 2, 3]);
    expect(equalBytes(joined, Uint8Array.of(1, 2, 3))).to.equal(true);
    expect(equalBytes(joined, Uint8Array.of(1, 2))).to.equal(false);
    expect(equalBytes(joined, Uint8Array.of(1, 2, 4))).to.equal(false);
  });

  it("default: keccak256, not SHA-3", () => {
    const empty = "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470";
    expect(keccakHex(new Uint8Array(0))).to.equal(empty);
    expect(toHex(keccakText(""))).to.equal(empty);
  });

  it("error: what is not hexadecimal", () => {
    for (const text of ["", "00", "0x0", "0xzz", "0x00 "])
      expectError("HEX_MALFORMED", () => fromHex(text as Hex), { value: text });
  });
});
