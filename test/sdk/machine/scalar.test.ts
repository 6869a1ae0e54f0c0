import { expect } from "chai";
import { laneLoop, registerFile } from "../../../sdk/src/machine/lanes.ts";
import { Op } from "../../../sdk/src/machine/opcodes.ts";
import { applyOp, OPERATIONS } from "../../../sdk/src/machine/scalar.ts";
import { BOUNDARY_PATTERNS, randomPairs } from "../../support/patterns.ts";
import { printedSeed } from "../../support/seed.ts";
import { arity, OP_NAMES, oracle } from "../../support/wasm-oracle.ts";

const RANDOM_PAIRS = 80_000;
const THIRD = [0, 1, 0x7fa00001];

function expectSame(name: (typeof OP_NAMES)[number], a: number, b: number, c: number): void {
  const actual = applyOp(Op[name], a, b, c);
  const expected = oracle(name, a, b, c);
  // A plain comparison first: millions of expectations would take minutes.
  if (actual !== expected)
    expect(actual.toString(16), `${name} ${a.toString(16)} ${b.toString(16)}`).to.equal(
      expected.toString(16),
    );
}

describe("applyOp", () => {
  for (const name of OP_NAMES) {
    it(`behavior: ${name} is WebAssembly's on all pairs of boundary values`, () => {
      for (const a of BOUNDARY_PATTERNS)
        for (const b of BOUNDARY_PATTERNS) for (const c of THIRD) expectSame(name, a, b, c);
    });
  }

  it("behavior: all operations are WebAssembly's on millions of random pairs", () => {
    const seed = printedSeed("pairs");
    for (const name of OP_NAMES) {
      let left = RANDOM_PAIRS;
      for (const [a, b] of randomPairs(seed)) {
        if (left-- === 0) break;
        expectSame(name, a, b, 7);
      }
    }
  });

  it("behavior: operations of one register run over every exponent", () => {
    const mantissas = [
      0, 1, 2, 3, 0x1fffff, 0x200000, 0x3fffff, 0x400000, 0x400001, 0x555555, 0x600000, 0x7ffffe, 0x7fffff,
    ];
    for (const name of OP_NAMES) {
      if (arity(name) > 1) continue;
      for (let high = 0; high < 512; high++)
        for (const low of mantissas) expectSame(name, ((high << 23) | low) >>> 0, 0, 0);
    }
  });

  it("behavior: shifts are exhaustive in their distance", () => {
    for (const name of ["i32Shl", "i32ShrS", "i32ShrU"] as const)
      for (let distance = 0; distance < 256; distance++)
        for (const a of BOUNDARY_PATTERNS) expectSame(name, a, distance, 0);
  });

  it("behavior: codes without operation give 0", () => {
    const known = new Set(OP_NAMES.map((name): number => Op[name]));
    expect(new Set(OPERATIONS.keys())).to.deep.equal(known);
    for (let op = 0; op < 256; op++) if (!known.has(op)) expect(applyOp(op, 1, 2, 3)).to.equal(0);
  });
});

describe("laneLoop", () => {
  it("behavior: every operation gives on lanes what it gives alone", () => {
    const count = 4000;
    const pairs = randomPairs(printedSeed("lanes"));
    const file = registerFile(4 * count);
    for (let l = 0; l < 2 * count; l += 2) file.integers.set(pairs.next().value, l);
    for (const [place, pattern] of BOUNDARY_PATTERNS.entries()) file.integers[place] = pattern;
    for (let l = 0; l < count; l++) file.integers[2 * count + l] = l % 3;
    for (let op = 0; op < 256; op++) {
      const inputs = file.integers.slice();
      for (const [a, b, c] of [
        [0, count, 2 * count],
        [2 * count, 0, count],
      ] as const) {
        laneLoop(op)(file, 3 * count, a, b, c, count);
        for (let l = 0; l < count; l++) {
          const expected = applyOp(op, inputs[a + l]! >>> 0, inputs[b + l]! >>> 0, inputs[c + l]! >>> 0);
          const actual = file.integers[3 * count + l]! >>> 0;
          if (actual !== expected) expect(actual, `${op} lane ${l}`).to.equal(expected);
        }
      }
    }
  });
});
