import { expect } from "chai";
import { network } from "hardhat";
import { stepCost } from "../../../sdk/src/machine/budget.ts";
import { evaluateElement } from "../../../sdk/src/machine/element.ts";
import { encodeStep } from "../../../sdk/src/machine/encode.ts";
import { Op } from "../../../sdk/src/machine/opcodes.ts";
import type { Operand, Step } from "../../../sdk/src/machine/types.ts";
import { isExecutable } from "../../../sdk/src/machine/validity.ts";
import { affine, guard, instruction, makeOperand, makeStep } from "../../support/builders.ts";
import { granted } from "../../support/gas.ts";
import { randomData } from "../../support/patterns.ts";
import { createRandom, type Random } from "../../support/random.ts";
import { refereeCall } from "../../support/referee-calls.ts";
import { printedSeed } from "../../support/seed.ts";

const ROUNDS = Number(process.env.ASSAY_STEPS ?? 150);

const { ethers } = await network.create();
const referee = await ethers.deployContract("Referee");
const target = await referee.getAddress();

const DEPTHS = { inputDepth: 6, constantsDepth: 7, stepDepth: 2, wordDepth: 6 };
const ROOM = { input: 512, const: 1024, step: 512 };

/** Floats that are ordinary and of about one size, but for some: here and there, or everywhere. */
function floats(random: Random, count: number): Uint8Array {
  const odd = random.pick([0, 0, 0.003, 0.05, 1]);
  const zero = random.pick([0, 0.4]);
  // Two such factors have products of any size, those included at which the general operations take over.
  const least = random.pick([110, random.integer(1, 220)]);
  const most = least + random.pick([1, 20, 34]);
  // Of factors with few bits the products lie halfway between two floats, often enough to tell how those are rounded.
  const grain = random.pick([0x807fffff, 0x807ff800]);
  const bytes = randomData(random, 4 * count);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < count; i++) {
    if (random.chance(odd)) continue;
    const pattern = (random.bits() & grain) | (random.integer(least, most) << 23);
    view.setUint32(4 * i, random.chance(zero) ? random.pick([0, 0x80000000]) : pattern >>> 0, true);
  }
  return bytes;
}

/** Mostly neighbours along a row that lies inside of its space; now and then cut by a guard or the space's end, or no neighbours. */
function factor(random: Random, row: number): Operand {
  const space = random.pick(["input", "const", "step"] as const);
  const room = ROOM[space];
  const base = random.chance(0.2) ? random.integer(-9, room) : random.integer(0, Math.max(room - 2 * row, 0));
  const guards = random.chance(0.25)
    ? [guard(random.integer(1, row + 9), random.integer(-9, 9), 0, 0, random.pick([0, 1, -1]))]
    : [];
  const address = affine(base, random.integer(0, 3), random.integer(0, row), random.chance(0.95) ? 1 : 2);
  const type = random.chance(0.95) ? "f32" : random.pick(["i32", "u8"] as const);
  return makeOperand(space, type, address, {
    step: random.integer(0, 1),
    guards,
    pad: guards.length === 0 ? 0 : random.pick([0, random.bits()]),
  });
}

function randomProduct(random: Random): Step {
  const row = random.pick([15, 16, 17, random.integer(18, 300)]);
  const body = [
    instruction(
      Op.f32Mul,
      ...random.pick([
        [0, 1],
        [1, 0],
        [0, 1],
        [0, 0],
      ] as const),
    ),
  ];
  const immediates = [random.pick([0, 0x80000000, 0x3f800000, 0x7f800000, 1, random.bits()])];
  const bodyOperands = [factor(random, row), factor(random, row)];
  return makeStep({
    ...{ type: "f32", fold: "f32.add", extents: [3], reduction: [random.integer(1, 3), row] },
    ...{ bodyOperands, immediates, body: random.chance(0.9) ? body : [...body, ...body] },
  });
}

describe("PackedFloats in steps", () => {
  it(`behavior: ${ROUNDS} random sums of products give what the reference gives, within their gas`, async () => {
    const random = createRandom(printedSeed("products of floats"));
    let proven = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const step = randomProduct(random);
      const steps = [floats(random, ROOM.step), floats(random, ROOM.step)];
      const input = floats(random, ROOM.input);
      const memory = { input, constants: floats(random, ROOM.const), steps, depths: DEPTHS };
      const encoding = encodeStep(step);
      if (!isExecutable(step, encoding.length, DEPTHS)) continue;
      const question = { encoding, memory, stepIndex: 2, element: random.integer(0, 2) };
      const { call } = refereeCall(question);
      const data = referee.interface.encodeFunctionData("execute", [...call]);
      const gasLimit = granted(stepCost(step, DEPTHS).gas);
      const title = `round ${round}, ${JSON.stringify(step)}`;
      const result = await ethers.provider.call({ to: target, data, gasLimit }).catch((error: unknown) => {
        throw new Error(title, { cause: error });
      });
      const [value] = referee.interface.decodeFunctionResult("execute", result);
      expect(Number(value), title).to.equal(evaluateElement(step, 2, question.element, memory));
      proven++;
    }
    expect(proven).to.be.greaterThan(ROUNDS / 2);
  });
});
