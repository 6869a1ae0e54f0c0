import { expect } from "chai";
import { network } from "hardhat";
import { concatBytes, uintBytes } from "../../../sdk/src/core/bytes.ts";
import { openWords } from "../../../sdk/src/core/opening.ts";
import { WordTree, zeroRoot } from "../../../sdk/src/core/tree.ts";
import { evaluateElement } from "../../../sdk/src/machine/element.ts";
import { encodeStep } from "../../../sdk/src/machine/encode.ts";
import { Op } from "../../../sdk/src/machine/opcodes.ts";
import { constantsRoot, programRoot } from "../../../sdk/src/machine/record.ts";
import type { Step } from "../../../sdk/src/machine/types.ts";
import { affine, instruction, makeOperand, makeStep, wordBytes } from "../../support/builders.ts";
import { createRandom } from "../../support/random.ts";

const { ethers } = await network.create();
const referee = await ethers.deployContract("Referee");

const DEPTHS = { inputDepth: 4, constantsDepth: 4, stepDepth: 0, wordDepth: 1 };
/** Words that each operand reads, from number FIRST on. */
const COUNT = 9;
const FIRST = 3;

const random = createRandom(11);
/** Floats between 1 and 2, which as bytes and integers are any. */
const words = () =>
  wordBytes(...Array.from({ length: 8 * 16 }, () => 0x3f800000 | random.integer(0, 0x7fffff)));
const SPACES = {
  input: { number: 0, bytes: words() },
  const: { number: 1, bytes: words() },
} as const;
const TREES = {
  input: new WordTree(SPACES.input.bytes, DEPTHS.inputDepth),
  const: new WordTree(SPACES.const.bytes, DEPTHS.constantsDepth),
};
const ALL = Array.from({ length: COUNT }, (_, i) => FIRST + i);

/** Sums of products of neighbours in the input and in the constants, each kind computed by another part of the referee. */
const STEPS: Readonly<Record<string, Step>> = {
  bytes: sumOfProducts(["u8", "i8"], 32, { fold: "i32.add", body: [instruction(Op.i32Mul, 0, 1)] }),
  floats: sumOfProducts(["f32", "f32"], 8, {
    ...{ type: "f32", fold: "f32.add", body: [instruction(Op.f32Mul, 0, 1)] },
  }),
  integers: sumOfProducts(["i32", "i32"], 8, { fold: "i32.add", body: [instruction(Op.i32Mul, 0, 1)] }),
};

function sumOfProducts(
  [a, b]: readonly ["u8" | "f32" | "i32", "i8" | "f32" | "i32"],
  lanes: number,
  fields: Partial<Step>,
): Step {
  return makeStep({
    reduction: [COUNT * lanes],
    bodyOperands: [
      makeOperand("input", a, affine(FIRST * lanes, 0, 1)),
      makeOperand("const", b, affine(FIRST * lanes, 0, 1)),
    ],
    ...fields,
  });
}

/** Asks for the one element of a step, with a proof that shows some of the words. */
async function ask(step: Step, shown: Readonly<Record<keyof typeof TREES, readonly number[]>>) {
  const encoding = encodeStep(step);
  const proof = concatBytes(
    ...[uintBytes(encoding.length, 2), encoding],
    ...[openWords(TREES.input, shown.input), openWords(TREES.const, shown.const), uintBytes(0, 2)],
  );
  const record = {
    ...{ machineVersion: 1, ...DEPTHS, stepCount: 1, inputBytes: 512, outputBytes: 4 },
    programRoot: programRoot([encoding], DEPTHS.stepDepth),
    constantsRoot: constantsRoot(SPACES.const.bytes, DEPTHS.constantsDepth),
  };
  return referee.execute(record, TREES.input.root, zeroRoot(DEPTHS.wordDepth), 0, 0, proof);
}

describe("Referee: words that a proof leaves out", () => {
  for (const [kind, step] of Object.entries(STEPS)) {
    it(`default: with all words of the ${kind} shown, the value of the reference`, async () => {
      const memory = { input: SPACES.input.bytes, constants: SPACES.const.bytes, steps: [], depths: DEPTHS };
      const [value] = await ask(step, { input: ALL, const: ALL });
      expect(Number(value)).to.equal(evaluateElement(step, 0, 0, memory));
    });

    for (const space of ["input", "const"] as const) {
      it(`error: the first word of the ${kind} that the opening of the ${space === "input" ? "input" : "constants"} leaves out is named, and nothing read in its place`, async () => {
        for (const left of ALL) {
          // The SDK opens a single word between others all the same, since that is shorter.
          const hole = ALL.filter((word) => word !== left && word !== left + 1);
          const beginning = ALL.filter((word) => word < left);
          for (const shown of [hole, beginning]) {
            const call = ask(step, { input: ALL, const: ALL, [space]: shown });
            await expect(call, `shown: ${shown}`)
              .to.be.revertedWithCustomError(referee, "OperandWordMissing")
              .withArgs(SPACES[space].number, left);
          }
        }
      });
    }
  }
});
