import { expect } from "chai";
import { getBytes } from "ethers";
import { network } from "hardhat";
import { stepCost } from "../../../sdk/src/machine/budget.ts";
import { decodeStep } from "../../../sdk/src/machine/decode.ts";
import { evaluateElement } from "../../../sdk/src/machine/element.ts";
import { encodeStep } from "../../../sdk/src/machine/encode.ts";
import { Op } from "../../../sdk/src/machine/opcodes.ts";
import { isExecutable } from "../../../sdk/src/machine/validity.ts";
import { BUDGET } from "../../../sdk/src/machine/weights.ts";
import { affine, instruction, makeOperand, makeStep } from "../../support/builders.ts";
import { createRandom } from "../../support/random.ts";
import { randomSteps } from "../../support/random-steps.ts";
import { refereeCall, type StepQuestion } from "../../support/referee-calls.ts";
import { printedSeed } from "../../support/seed.ts";
import { worstSteps } from "../../support/worst-steps.ts";

const { ethers, networkHelpers } = await network.create();

/** No transaction may take more. */
const TRANSACTION_GAS = 16_777_216;
/** Bytes that code may have. */
const CODE_BYTES = 24_576;
const RANDOM_STEPS = 400;

async function fixture() {
  const [sender] = await ethers.getSigners();
  return { referee: await ethers.deployContract("Referee"), sender: sender! };
}

/** Gas of a whole transaction that does nothing but prove the element. */
async function gasOf(question: StepQuestion, { call } = refereeCall(question)): Promise<number> {
  const { referee, sender } = await networkHelpers.loadFixture(fixture);
  const transaction = await sender.sendTransaction({
    to: referee,
    data: referee.interface.encodeFunctionData("execute", [...call]),
    gasLimit: TRANSACTION_GAS,
  });
  const receipt = await transaction.wait();
  return Number(receipt?.gasUsed);
}

async function expectResult(question: StepQuestion, { call } = refereeCall(question)): Promise<void> {
  const { referee } = await networkHelpers.loadFixture(fixture);
  const { encoding, stepIndex, element, memory } = question;
  const [value] = await referee.execute(...call, { gasLimit: TRANSACTION_GAS });
  expect(Number(value)).to.equal(evaluateElement(decodeStep(encoding), stepIndex, element, memory));
}

/** A dot product of f32 as a matrix product or convolution has it: both factors contiguous. */
function dotProduct(length: number): StepQuestion {
  const random = createRandom(1);
  const values = (count: number): Uint8Array =>
    new Uint8Array(Float32Array.from({ length: count }, () => random.integer(-1000, 1000) / 512).buffer);
  const step = makeStep({
    ...{ type: "f32", fold: "f32.add", extents: [4], reduction: [length], immediates: [0] },
    bodyOperands: [
      makeOperand("step", "f32", affine(0, 0, 1), { step: 1 }),
      makeOperand("const", "f32", affine(0, length, 1)),
    ],
    body: [instruction(Op.f32Mul, 0, 1)],
  });
  const depths = { inputDepth: 10, constantsDepth: 16, stepDepth: 7, wordDepth: 12 };
  const memory = {
    input: values(8),
    constants: values(4 * length),
    steps: [values(8), values(length)],
    depths,
  };
  return { encoding: encodeStep(step), memory, stepIndex: 2, element: 2 };
}

describe("Referee: gas", () => {
  it("default: a dot product of 1,024 pairs is proven with less than a million gas", async () => {
    const question = dotProduct(1024);
    await expectResult(question);
    const gas = await gasOf(question);
    console.log(
      `      f32 dot product of 1,024 pairs: ${gas} gas in all, ${Math.round(gas / 1024)} per pair`,
    );
    expect(gas).to.be.lessThan(1_000_000);
  });

  it("behavior: attack 54 and 56: the dearest steps of every kind stay below what the budget says, and below the cap", async () => {
    let highest = 0;
    let closest = 0;
    for (const { title, step, question } of worstSteps()) {
      const bound = stepCost(step, question.memory.depths).gas;
      const call = refereeCall(question);
      const gas = await gasOf(question, call);
      expect(bound, title).to.be.at.most(BUDGET.gas);
      expect(gas, title).to.be.lessThan(0.95 * bound);
      highest = Math.max(highest, gas);
      closest = Math.max(closest, gas / bound);
      await expectResult(question, call);
    }
    console.log(`      dearest: ${highest} gas; closest to its bound: ${Math.round(100 * closest)} %`);
    expect(highest)
      .to.be.lessThan(TRANSACTION_GAS)
      .and.greaterThan(BUDGET.gas / 2);
    expect(closest).to.be.greaterThan(0.7, "the bound is no larger than it must be");
  });

  it("behavior: random steps stay below what the budget says", async () => {
    const cases = randomSteps(printedSeed("gas"));
    let executable = 0;
    for (let i = 0; i < RANDOM_STEPS; i++) {
      const question = cases.next().value;
      const step = decodeStep(question.encoding);
      if (!isExecutable(step, question.encoding.length, question.memory.depths)) continue;
      executable++;
      expect(await gasOf(question), `case ${i}`).to.be.lessThan(stepCost(step, question.memory.depths).gas);
    }
    expect(executable).to.be.greaterThan(RANDOM_STEPS / 4);
  });

  it("behavior: attack 55 and 62: what is no executable step costs little, however long it is", async () => {
    const memory = { input: new Uint8Array(1), constants: new Uint8Array(1), steps: [] };
    const depths = { inputDepth: 0, constantsDepth: 0, stepDepth: 0, wordDepth: 0 };
    const random = createRandom(2);
    // The longest encoding that has a proof, and lists of operands that go on to the end of the longest that is read.
    const longest = random.bytes(65_535);
    const crowded = new Uint8Array(4096);
    crowded.set([0, 1, 8, 8, 255, 255, 0, 0, 0, 0, 0, 0]);
    for (let offset = 12; offset < 76; offset += 4) crowded[offset + 3] = 1;
    for (const encoding of [longest, crowded, crowded.slice(0, 12)]) {
      const gas = await gasOf({ encoding, memory: { ...memory, depths }, stepIndex: 0, element: 0 });
      // Calldata is most of it: at most 40 gas per byte.
      expect(gas).to.be.lessThan(100_000 + 45 * encoding.length);
    }
  });

  it("behavior: the code fits the limit of a contract", async () => {
    const { referee } = await networkHelpers.loadFixture(fixture);
    expect(getBytes(await ethers.provider.getCode(referee)).length).to.be.lessThan(CODE_BYTES);
  });
});
