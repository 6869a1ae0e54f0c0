import { expect } from "chai";
import { network } from "hardhat";
import { stepCost } from "../../../sdk/src/machine/budget.ts";
import { evaluateElement } from "../../../sdk/src/machine/element.ts";
import { encodeStep } from "../../../sdk/src/machine/encode.ts";
import { Op } from "../../../sdk/src/machine/opcodes.ts";
import type { Step } from "../../../sdk/src/machine/types.ts";
import { isExecutable } from "../../../sdk/src/machine/validity.ts";
import { affine, instruction, makeOperand, makeStep } from "../../support/builders.ts";
import { byteMemory, byteProducts, DEVIATIONS, type Deviation } from "../../support/byte-products.ts";
import { granted } from "../../support/gas.ts";
import { createRandom } from "../../support/random.ts";
import { refereeCall } from "../../support/referee-calls.ts";
import { printedSeed } from "../../support/seed.ts";

const ROUNDS = Number(process.env.ASSAY_STEPS ?? 600);

const { ethers } = await network.create();
const referee = await ethers.deployContract("Referee");
const target = await referee.getAddress();

const LENGTH = 768;
/** Depths of trees as a network of some million weights has them. */
const LARGE = { inputDepth: 10, constantsDepth: 20, stepDepth: 7, wordDepth: 14 };

/** A product of a row of weights with a vector of the trace. */
function rowProduct(types: readonly ["i8" | "u8", "i8" | "u8"], fields: Partial<Step> = {}): Step {
  return makeStep({
    ...{ type: "i32", fold: "i32.add", extents: [8], reduction: [LENGTH], immediates: [0] },
    bodyOperands: [
      makeOperand("step", types[0], affine(0, 0, 1), { step: 1 }),
      makeOperand("const", types[1], affine(3, LENGTH, 1)),
    ],
    body: [instruction(Op.i32Mul, 0, 1)],
    ...fields,
  });
}

/** Gas of a whole transaction that proves an element of such a step, whose value is required to be the reference's. */
async function gasOf(step: Step): Promise<number> {
  const random = createRandom(1);
  const tensors = [random.bytes(8), random.bytes(LENGTH)];
  const memory = {
    input: random.bytes(8),
    constants: random.bytes(8 * LENGTH + 40),
    steps: tensors,
    depths: LARGE,
  };
  const question = { encoding: encodeStep(step), memory, stepIndex: 2, element: 5 };
  const { call } = refereeCall(question);
  const [value] = await referee.execute(...call);
  expect(Number(value)).to.equal(evaluateElement(step, 2, question.element, memory));
  const [sender] = await ethers.getSigners();
  const data = referee.interface.encodeFunctionData("execute", [...call]);
  const sent = await sender!.sendTransaction({ to: target, data, gasLimit: 2 ** 24 });
  return Number((await sent.wait())?.gasUsed);
}

describe("ByteProduct", () => {
  it(`default: a product of ${LENGTH} bytes of any signs is proven with little more gas than its proof takes`, async () => {
    for (const a of ["u8", "i8"] as const) {
      for (const b of ["u8", "i8"] as const) {
        const gas = await gasOf(rowProduct([a, b]));
        console.log(`      ${a}/${b} product of ${LENGTH}: ${gas} gas in all`);
        expect(gas).to.be.lessThan(155_000);
      }
    }
  });

  it("default: with zero points, as the compiler writes them", async () => {
    const { bodyOperands } = rowProduct(["u8", "i8"]);
    const zeros = [
      makeOperand("const", "u8", affine(7, 0, 0)),
      makeOperand("const", "i8", affine(40, 1, 0)), // one for every row
    ];
    const body = [instruction(Op.i32Sub, 0, 2), instruction(Op.i32Sub, 1, 3), instruction(Op.i32Mul, 5, 6)];
    const fields = { bodyOperands: [...bodyOperands, ...zeros], body };
    expect(await gasOf(rowProduct(["u8", "i8"], fields))).to.be.lessThan(185_000);
  });

  it("behavior: an instruction of the epilogue is no factor, though it stands behind the body's", async () => {
    // Register 4 would be the second instruction of the body, which has one: it reads as zero.
    const body = [instruction(Op.i32Mul, 0, 4)];
    const epilogue = [instruction(Op.i32Sub, 1, 2)];
    const step = rowProduct(["u8", "i8"], { body, epilogue });
    await gasOf(step);
  });

  it("behavior: a factor less itself, or less the other one, is no factor less a zero point", async () => {
    for (const zeros of [
      [0, 1],
      [1, 0],
      [0, 0],
      [1, 1],
    ] as const) {
      const [first, second] = [instruction(Op.i32Sub, 0, zeros[0]), instruction(Op.i32Sub, 1, zeros[1])];
      await gasOf(rowProduct(["u8", "i8"], { body: [first, instruction(Op.i32Mul, 3, 1)] }));
      await gasOf(rowProduct(["u8", "i8"], { body: [second, instruction(Op.i32Mul, 0, 3)] }));
    }
  });

  it(`behavior: ${ROUNDS.toLocaleString("en")} random sums of products of bytes give what the reference gives, within their gas`, async () => {
    const seed = printedSeed("byte products");
    const cases = byteProducts(seed);
    const random = createRandom(seed);
    const seen = new Map<Deviation, number>();
    for (let round = 0; round < ROUNDS; round++) {
      const { step, deviation } = cases.next().value;
      const memory = byteMemory(random);
      const encoding = encodeStep(step);
      if (!isExecutable(step, encoding.length, memory.depths)) continue;
      seen.set(deviation, (seen.get(deviation) ?? 0) + 1);
      const elements = step.extents.reduce((product, extent) => product * extent, 1);
      const question = { encoding, memory, stepIndex: 2, element: random.integer(0, elements - 1) };
      const { call } = refereeCall(question);
      const data = referee.interface.encodeFunctionData("execute", [...call]);
      const gasLimit = granted(stepCost(step, memory.depths).gas);
      const title = `round ${round}, deviation: ${deviation}, ${JSON.stringify(step)}`;
      const result = await ethers.provider.call({ to: target, data, gasLimit }).catch((error: unknown) => {
        throw new Error(title, { cause: error });
      });
      const [value] = referee.interface.decodeFunctionResult("execute", result);
      expect(Number(value), title).to.equal(evaluateElement(step, 2, question.element, memory));
    }
    expect(seen.get("none")).to.be.greaterThan(ROUNDS / 4);
    for (const deviation of DEVIATIONS) expect(seen.get(deviation), deviation).to.be.greaterThan(0);
  });
});
