import { expect } from "chai";
import { network } from "hardhat";
import { stepCost } from "../../sdk/src/machine/budget.ts";
import { decodeStep } from "../../sdk/src/machine/decode.ts";
import { evaluateElement } from "../../sdk/src/machine/element.ts";
import { isExecutable } from "../../sdk/src/machine/validity.ts";
import { granted } from "../support/gas.ts";
import { createRandom } from "../support/random.ts";
import { randomSteps, type StepCaseKind } from "../support/random-steps.ts";
import { refereeCall, type StepQuestion } from "../support/referee-calls.ts";
import { printedSeed } from "../support/seed.ts";
import { stepVectors } from "../support/vectors.ts";

const ROUNDS = Number(process.env.ASSAY_STEPS ?? 2000);

/** Gas that a transaction may have. */
const TRANSACTION_GAS = 16_777_216;

const { ethers } = await network.create();
const referee = await ethers.deployContract("Referee");
const target = await referee.getAddress();
const { provider } = ethers;

interface Answer {
  readonly value: bigint;
  readonly size: bigint;
  /** What the size ought to be. */
  readonly expectedSize: bigint;
}

/** Asks the contract with the gas that the budget grants the step, or the most that a transaction can have. */
async function ask(question: StepQuestion, shift = 0): Promise<Answer> {
  const { call, size } = refereeCall(question);
  const [record, inputRoot, traceRoot, index, byteOffset, proof] = call;
  const offset = byteOffset + (shift % size);
  const data = referee.interface.encodeFunctionData("execute", [
    ...([record, inputRoot, traceRoot, index, offset, proof] as const),
  ]);
  const result = await provider.call({ to: target, data, gasLimit: granted(gasOf(question)) });
  const [value, answered] = referee.interface.decodeFunctionResult("execute", result);
  return { value, size: answered, expectedSize: BigInt(size) };
}

/** The gas of a whole transaction, its data included; invalid steps have no budget, but every one of them must fit. */
function gasOf({ encoding, memory }: StepQuestion): number {
  const step = decodeStep(encoding);
  if (!isExecutable(step, encoding.length, memory.depths)) return TRANSACTION_GAS;
  return Math.min(TRANSACTION_GAS, stepCost(step, memory.depths).gas);
}

describe("steps of the machine in Solidity", () => {
  it("default: every vector of a step, within the gas that the budget grants it", async () => {
    const vectors = stepVectors();
    expect(vectors.length).to.be.greaterThan(500);
    for (const vector of vectors) {
      // Some stand where the program tree has no place; the last place is as good for them, since they read no other step.
      const places = 2 ** vector.memory.depths.stepDepth;
      const { value, size, expectedSize } = await ask({
        ...vector,
        stepIndex: Math.min(vector.stepIndex, places - 1),
        memory: { ...vector.memory, steps: vector.memory.steps.slice(0, places) },
      });
      expect(value, vector.title).to.equal(BigInt(vector.result));
      expect(size, vector.title).to.equal(expectedSize);
    }
  });

  // I20: whatever bytes stand for a step, the referee gives a result, within the gas that the budget grants.
  it(`behavior: attack 53, 55 and 57: ${ROUNDS.toLocaleString("en")} random steps give what the reference gives, within their gas`, async () => {
    const seed = printedSeed("random steps");
    const cases = randomSteps(seed);
    const random = createRandom(seed);
    const kinds = new Map<StepCaseKind, number>();
    let valid = 0;
    let other = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const stepCase = cases.next().value;
      const { kind, encoding, memory, stepIndex, element } = stepCase;
      const step = decodeStep(encoding);
      const title = `round ${round}, ${kind}`;
      const { value, size, expectedSize } = await ask(stepCase, random.integer(0, 3)).catch((error) => {
        throw new Error(title, { cause: error });
      });
      expect(value, title).to.equal(BigInt(evaluateElement(step, stepIndex, element, memory)));
      expect(size, title).to.equal(expectedSize);
      if (isExecutable(step, encoding.length, memory.depths)) valid++;
      else expect([value, size], title).to.deep.equal([0n, 4n]);
      if (value !== 0n) other++;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    console.log(`      ${valid} valid steps, ${other} elements that are not zero`);
    // Chance alone does not leave out a kind, nor most of the steps that give something.
    expect(kinds.size).to.equal(7);
    expect(valid).to.be.within(0.6 * ROUNDS, 0.95 * ROUNDS);
    expect(other).to.be.greaterThan(0.2 * ROUNDS);
  });
});
