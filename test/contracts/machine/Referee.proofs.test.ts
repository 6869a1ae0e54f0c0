import { expect } from "chai";
import { network } from "hardhat";
import { concatBytes, fromHex, type Hex, uintBytes } from "../../../sdk/src/core/bytes.ts";
import { openWords } from "../../../sdk/src/core/opening.ts";
import { pathOf, WordTree, zeroRoot } from "../../../sdk/src/core/tree.ts";
import { encodeStep } from "../../../sdk/src/machine/encode.ts";
import { Op } from "../../../sdk/src/machine/opcodes.ts";
import { constantsRoot, programTree } from "../../../sdk/src/machine/record.ts";
import type { ModelRecord } from "../../../sdk/src/machine/types.ts";
import { TraceTree } from "../../../sdk/src/trace/tree.ts";
import { affine, instruction, makeOperand, makeStep, wordBytes } from "../../support/builders.ts";
import { createRandom } from "../../support/random.ts";

const { ethers, networkHelpers } = await network.create();

async function fixture() {
  return { referee: await ethers.deployContract("Referee") };
}

/** Adds up input[8 + j] · constants[16 + j] + trace of step 1, element 8 + j, over j = 0 .. 7: words 1, 2, and 1 of step 1. */
const STEP = makeStep({
  ...{ fold: "i32.add", extents: [2], reduction: [8] },
  bodyOperands: [
    makeOperand("input", "i32", affine(8, 0, 1)),
    makeOperand("const", "i32", affine(16, 0, 1)),
    makeOperand("step", "i32", affine(8, 0, 1), { step: 1 }),
  ],
  body: [instruction(Op.i32Mul, 0, 1), instruction(Op.i32Add, 3, 2)],
});
const STEP_NUMBER = 2;
const ENCODING = encodeStep(STEP);
const DEPTHS = { inputDepth: 2, constantsDepth: 3, stepDepth: 2, wordDepth: 1 };

const numbers = (first: number, count: number): Uint8Array =>
  wordBytes(...Array.from({ length: count }, (_, j) => first + j));
const INPUT = new WordTree(numbers(100, 32), DEPTHS.inputDepth);
const CONSTANTS = numbers(1000, 64);
const CONSTANTS_TREE = new WordTree(CONSTANTS, DEPTHS.constantsDepth);
const PROGRAM = programTree([Uint8Array.of(1), Uint8Array.of(2), ENCODING], DEPTHS.stepDepth);
const TRACE = new TraceTree([numbers(10, 16), numbers(50, 16)], DEPTHS);
/** Word 1 of the tensor of step 1. */
const TRACE_WORD = 3;

const RECORD: ModelRecord = {
  machineVersion: 1,
  programRoot: PROGRAM.root,
  constantsRoot: constantsRoot(CONSTANTS, DEPTHS.constantsDepth),
  ...DEPTHS,
  stepCount: 3,
  inputBytes: 128,
  outputBytes: 8,
};
const RESULT = Array.from({ length: 8 }, (_, j) => (108 + j) * (1016 + j) + 58 + j).reduce((a, b) => a + b);

interface Parts {
  readonly encoding: Uint8Array;
  readonly path: readonly Hex[];
  readonly input: Uint8Array;
  readonly constants: Uint8Array;
  readonly trace: Uint8Array;
  readonly rest: Uint8Array;
}

const HONEST: Parts = {
  encoding: ENCODING,
  path: pathOf(PROGRAM, 0, STEP_NUMBER),
  input: openWords(INPUT, [1]),
  constants: openWords(CONSTANTS_TREE, [2]),
  trace: openWords(TRACE, [TRACE_WORD]),
  rest: new Uint8Array(0),
};

/** A proof, honest but for some parts. */
function proofOf(parts: Partial<Parts> = {}): Uint8Array {
  const { encoding, path, input, constants, trace, rest } = { ...HONEST, ...parts };
  const length = uintBytes(encoding.length, 2);
  return concatBytes(length, encoding, ...path.map(fromHex), input, constants, trace, rest);
}

/** An opening of a tree with the runs, words and siblings that are given. */
function opening(
  runs: readonly (readonly [first: number, count: number])[],
  ...nodes: readonly Uint8Array[]
): Uint8Array {
  const heads = runs.flatMap(([first, count]) => [uintBytes(first, 5), uintBytes(count, 3)]);
  return concatBytes(uintBytes(runs.length, 2), ...heads, ...nodes);
}

const EMPTY = uintBytes(0, 2);
const node = (height: number, index: number): Uint8Array => INPUT.nodeBytes(height, index);

async function ask(proof: Uint8Array, step: number | bigint = STEP_NUMBER, byteOffset: number | bigint = 0) {
  const { referee } = await networkHelpers.loadFixture(fixture);
  return referee.execute(RECORD, INPUT.root, TRACE.root, step, byteOffset, proof);
}

async function expectError(proof: Uint8Array, error: string, ...args: unknown[]): Promise<void> {
  const { referee } = await networkHelpers.loadFixture(fixture);
  await expect(ask(proof))
    .to.be.revertedWithCustomError(referee, error)
    .withArgs(...args);
}

describe("Referee: proofs", () => {
  it("default: the element that contains the byte, and its size", async () => {
    for (const byteOffset of [0, 1, 3, 4, 7])
      expect([...(await ask(proofOf(), STEP_NUMBER, byteOffset))]).to.deep.equal([BigInt(RESULT), 4n]);
  });

  it("behavior: what lies beyond the last element is zero, and no words are needed for it", async () => {
    const nothing = proofOf({ input: EMPTY, constants: EMPTY, trace: EMPTY });
    for (const byteOffset of [8, 63, 2n ** 255n]) {
      expect([...(await ask(nothing, STEP_NUMBER, byteOffset))]).to.deep.equal([0n, 4n]);
      expect([...(await ask(proofOf(), STEP_NUMBER, byteOffset))]).to.deep.equal(
        [0n, 4n],
        "nor do they harm",
      );
    }
  });

  it("behavior: beyond the last step everything is zero, whatever the proof is", async () => {
    for (const proof of [proofOf(), new Uint8Array(0), Uint8Array.of(255, 255, 1)])
      for (const step of [3, 4, 2n ** 256n - 1n])
        expect([...(await ask(proof, step, 1))]).to.deep.equal([0n, 4n]);
  });

  it("behavior: more words than needed, in any runs, give the same", async () => {
    for (const words of [
      [0, 1],
      [1, 2],
      [0, 1, 3],
      [1, 3],
      [0, 1, 2, 3],
    ]) {
      const proof = proofOf({
        input: openWords(INPUT, words),
        constants: openWords(CONSTANTS_TREE, [0, 2, 6, 7]),
      });
      expect((await ask(proof))[0]).to.equal(RESULT);
    }
    const separate = opening(
      [
        [1, 1],
        [3, 1],
      ],
      node(0, 1),
      node(0, 3),
      node(0, 0),
      node(0, 2),
    );
    expect((await ask(proofOf({ input: separate })))[0]).to.equal(RESULT);
  });

  it("behavior: random sets of words of random trees are opened as the SDK opens them", async () => {
    const random = createRandom(7);
    for (let i = 0; i < 60; i++) {
      const words = new Set([TRACE_WORD]);
      const others = random.integer(0, 7);
      for (let j = 0; j < others; j++) words.add(random.integer(0, 7));
      const proof = proofOf({
        trace: openWords(TRACE, words),
        constants: openWords(CONSTANTS_TREE, [...words, 2]),
      });
      expect((await ask(proof))[0]).to.equal(RESULT);
    }
  });

  it("error: a proof that ends too early, at any byte", async () => {
    const proof = proofOf();
    const { referee } = await networkHelpers.loadFixture(fixture);
    for (let length = 0; length < proof.length; length++) {
      const call = ask(proof.slice(0, length));
      await expect(call, `${length} bytes`).to.be.revertedWithCustomError(referee, "ProofTruncated");
    }
    await expectError(new Uint8Array(0), "ProofTruncated", 0, 2, 0);
    await expectError(proof.slice(0, -1), "ProofTruncated", proof.length - 96, 96, proof.length - 1);
  });

  it("error: a proof that goes on", async () => {
    const proof = proofOf();
    await expectError(proofOf({ rest: Uint8Array.of(0) }), "ProofTooLong", proof.length, proof.length + 1);
  });

  it("error: the encoding of another step, or a wrong sibling", async () => {
    const { referee } = await networkHelpers.loadFixture(fixture);
    const [first, second] = HONEST.path as [Hex, Hex];
    const wrong: readonly Partial<Parts>[] = [
      { encoding: Uint8Array.of(1) },
      { encoding: new Uint8Array(0) },
      { encoding: concatBytes(ENCODING, Uint8Array.of(0)) },
      { path: [second, first] },
      { path: [zeroRoot(1), second] },
    ];
    for (const parts of wrong) {
      await expect(ask(proofOf(parts)))
        .to.be.revertedWithCustomError(referee, "RefereeProgramMismatch")
        .withArgs((actual: string) => actual !== PROGRAM.root, PROGRAM.root);
    }
    await expect(ask(proofOf(), 1)).to.be.revertedWithCustomError(referee, "RefereeProgramMismatch");
  });

  it("error: a run of no words", async () => {
    await expectError(proofOf({ input: opening([[1, 0]], node(0, 1)) }), "OpeningRunEmpty", 1);
  });

  it("error: runs that touch, overlap, repeat or descend", async () => {
    const words = [0, 1, 2, 3].map((i) => node(0, i));
    for (const [first, second] of [
      [
        [0, 1],
        [1, 1],
      ],
      [
        [0, 2],
        [2, 2],
      ],
      [
        [1, 2],
        [2, 1],
      ],
      [
        [1, 1],
        [1, 1],
      ],
      [
        [3, 1],
        [1, 1],
      ],
    ] as const) {
      const previousEnd = first[0] + first[1];
      const proof = proofOf({ input: opening([first, second], ...words) });
      await expectError(proof, "OpeningRunsNotAscending", second[0], previousEnd);
    }
  });

  it("error: attack 47: runs that leave the tree", async () => {
    for (const [first, count] of [
      [4, 1],
      [3, 2],
      [0, 5],
      [2 ** 40 - 1, 1],
      [2 ** 40 - 1, 2 ** 24 - 1],
    ] as const) {
      const proof = proofOf({ input: opening([[first, count]], ...Array(5).fill(node(0, 0))) });
      await expectError(proof, "OpeningRunOutOfRange", first + count, 2);
    }
  });

  it("error: a wrong word, a wrong sibling, or a word in the place of another", async () => {
    const { referee } = await networkHelpers.loadFixture(fixture);
    for (const part of ["input", "constants", "trace"] as const) {
      const honest = HONEST[part];
      for (let offset = 10; offset < honest.length; offset += 32) {
        const changed = honest.slice();
        changed[offset + 31]! ^= 1;
        await expect(ask(proofOf({ [part]: changed }))).to.be.revertedWithCustomError(
          referee,
          "OpeningRootMismatch",
        );
      }
    }
    const moved = opening([[0, 1]], ...[1, 0].map((i) => node(0, i)), node(1, 1));
    await expect(ask(proofOf({ input: moved }))).to.be.revertedWithCustomError(
      referee,
      "OpeningRootMismatch",
    );
    await expect(
      ask(
        proofOf({
          input: opening(
            [
              [0, 1],
              [2, 1],
            ],
            node(1, 0),
            node(1, 1),
            node(0, 0),
            node(0, 0),
          ),
        }),
      ),
    ).to.be.revertedWithCustomError(referee, "OpeningRootMismatch");
  });

  it("error: attack 43: a node in the place of a leaf", async () => {
    // The two nodes below the root hash to it, but a tree of this depth has leaves one level further down.
    const { referee } = await networkHelpers.loadFixture(fixture);
    const above = opening([[0, 1]], node(1, 0), node(1, 1));
    await expect(ask(proofOf({ input: above }))).to.be.revertedWithCustomError(
      referee,
      "OpeningRootMismatch",
    );
  });

  it("error: a word that the step needs and the proof does not show", async () => {
    await expectError(proofOf({ input: EMPTY }), "OperandWordMissing", 0, 1);
    await expectError(proofOf({ input: openWords(INPUT, [0, 3]) }), "OperandWordMissing", 0, 1);
    await expectError(proofOf({ constants: openWords(CONSTANTS_TREE, [1]) }), "OperandWordMissing", 1, 2);
    await expectError(proofOf({ constants: openWords(CONSTANTS_TREE, [3, 7]) }), "OperandWordMissing", 1, 2);
    await expectError(proofOf({ trace: openWords(TRACE, [1, 2]) }), "OperandWordMissing", 2, TRACE_WORD);
    await expectError(proofOf({ trace: EMPTY }), "OperandWordMissing", 2, TRACE_WORD);
  });
});
