import { expect } from "chai";
import { getBytes } from "ethers";
import { network } from "hardhat";
import { applyOp } from "../../../sdk/src/machine/scalar.ts";
import { randomPairs } from "../../support/patterns.ts";
import { printedSeed } from "../../support/seed.ts";
import { scalarVectors } from "../../support/vectors.ts";
import { OP_NAMES } from "../../support/wasm-oracle.ts";

// Long columns take more gas than a transaction has. No entry point of the protocol is called here.
const { ethers, networkHelpers } = await network.create({
  override: { blockGasLimit: 1_000_000_000n, hardfork: "prague" },
});

const RANDOM_PAIRS = 4096;

async function fixture() {
  return { tape: await ethers.deployContract("TapeHarness") };
}

type Operands = readonly [a: number, b: number, c: number];

function pack(patterns: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * patterns.length);
  const view = new DataView(bytes.buffer);
  for (const [i, pattern] of patterns.entries()) view.setUint32(4 * i, pattern);
  return bytes;
}

/** Results of one operation over many operands, by the library. */
async function run(op: number, operands: readonly Operands[]): Promise<readonly number[]> {
  const { tape } = await networkHelpers.loadFixture(fixture);
  const columns = [0, 1, 2].map((place) => pack(operands.map((list) => list[place] as number))) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const results = getBytes(await tape.run(op, ...columns, { gasLimit: 900_000_000n }));
  const view = new DataView(results.buffer, results.byteOffset);
  return operands.map((_, i) => view.getUint32(4 * i));
}

async function expectResults(
  op: number,
  cases: readonly { readonly operands: Operands; readonly result: number }[],
): Promise<void> {
  const results = await run(
    op,
    cases.map(({ operands }) => operands),
  );
  for (const [i, { operands, result }] of cases.entries()) {
    if (results[i] === result) continue;
    const hex = (value: number | undefined): string => `0x${value?.toString(16).padStart(8, "0")}`;
    expect.fail(`${hex(op)} of ${operands.map(hex).join(", ")} gave ${hex(results[i])}, not ${hex(result)}`);
  }
}

describe("Tape", () => {
  it("default: the committed vectors of every operation", async () => {
    const cases = new Map<number, { operands: Operands; result: number }[]>();
    for (const { op, a, b, c, result } of scalarVectors()) {
      const list = cases.get(op) ?? [];
      if (list.length === 0) cases.set(op, list);
      list.push({ operands: [a, b, c], result });
    }
    for (const [op, list] of cases) await expectResults(op, list);
    expect(cases.size).to.equal(OP_NAMES.length, "every operation has vectors");
  });

  it("behavior: new random operands of every code agree with the reference", async () => {
    const pairs = randomPairs(printedSeed("Tape"));
    const operands = Array.from({ length: RANDOM_PAIRS }, (): Operands => {
      const [a, b] = pairs.next().value;
      return [a, b, pairs.next().value[0]];
    });
    for (let op = 0; op < 256; op++) {
      // Codes without an operation need no more than to be seen.
      const list = op < 0x70 ? operands : operands.slice(0, 8);
      await expectResults(
        op,
        list.map((operands) => ({ operands, result: applyOp(op, ...operands) })),
      );
    }
  });

  it("behavior: a column may follow its own operand, which makes a fold", async () => {
    const { tape } = await networkHelpers.loadFixture(fixture);
    const values = pack([1, 2, 3, 4, 5, 6, 7, 8]);
    const sums = pack([101, 103, 106, 110, 115, 121, 128, 136]);
    expect(getBytes(await tape.fold(0x30, 100, values))).to.deep.equal(sums);
  });
});
