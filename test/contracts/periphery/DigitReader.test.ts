import { expect } from "chai";
import { concat, id, parseEther } from "ethers";
import { network } from "hardhat";
import {
  type Commitment,
  OUTPUT_LIE,
  openGame,
  playGame,
  playToLeaf,
  timeout,
  traceOf,
} from "../../support/protocol/games.ts";
import type { Lie } from "../../support/protocol/toy-model.ts";
import { createWorld, FEE, INPUT, Status, type World } from "../../support/protocol/world.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const BUDGET = parseEther("1000");

async function fixture() {
  const world = await createWorld(connection);
  const reader = await ethers.deployContract("DigitReader", [world.hub, world.modelId, world.profileId]);
  await world.token.transfer(world.stranger, BUDGET);
  await world.token.connect(world.stranger).approve(reader, ethers.MaxUint256);
  return { ...world, reader: reader.connect(world.stranger), asker: world.stranger };
}
const load = () => networkHelpers.loadFixture(fixture);
type Reader = Awaited<ReturnType<typeof fixture>>;

async function ask({ reader, time }: Reader): Promise<string> {
  const deadline = (await time.latest()) + 1000;
  const requestId = await reader.ask.staticCall(INPUT, FEE, deadline);
  await reader.ask(INPUT, FEE, deadline);
  return requestId;
}

/** The operator answers, truly or not. */
async function answered(world: Reader, lies: readonly Lie[] = []): Promise<Commitment> {
  const requestId = await ask(world);
  await world.hub.connect(world.operator).accept(requestId);
  const trace = traceOf(world, lies);
  await world.hub.connect(world.operator).commit(requestId, trace.output, trace.root, trace.outputProof);
  return { requestId, trace };
}

function scores(values: readonly number[]): string {
  return concat(
    values.map((value) => {
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setFloat32(0, value, true);
      return bytes;
    }),
  );
}

/** The first index with the highest value, and NaN below all. */
function argmax(values: readonly number[]): number {
  return values.reduce((best, value, i) => {
    const current = values[best] as number;
    return value > current || (Number.isNaN(current) && !Number.isNaN(value)) ? i : best;
  }, 0);
}

async function expectAskerHas(world: World, amount: bigint): Promise<void> {
  expect(await world.token.balanceOf(world.stranger)).to.equal(amount);
}

describe("DigitReader, an InferenceConsumer", () => {
  it("default: a digit is stored once its result is final, by anyone", async () => {
    const world = await load();
    const { reader, asker, time, profile } = world;
    const deadline = (await time.latest()) + 1000;
    const expected = await reader.ask.staticCall(INPUT, FEE, deadline);
    await expect(reader.ask(INPUT, FEE, deadline))
      .to.emit(reader, "DigitAsked")
      .withArgs(expected, asker.address);
    await expectAskerHas(world, BUDGET - FEE);

    const { requestId, trace } = await answered(world);
    await time.increase(profile.windowSeconds);
    const digit = await reader.highestScore(trace.output);
    await expect(reader.connect(world.third).read(requestId, trace.output))
      .to.emit(reader, "DigitRead")
      .withArgs(requestId, digit);
    expect(await reader.digitOf(requestId)).to.equal(digit);
  });

  it("error: nothing is read before finality, nor other bytes than the result's", async () => {
    const world = await load();
    const { reader, hub, time, profile } = world;
    const { requestId, trace } = await answered(world);
    await expect(reader.read(requestId, trace.output))
      .to.be.revertedWithCustomError(hub, "HubNotFinal")
      .withArgs(requestId, Status.Committed);
    await expect(reader.digitOf(requestId))
      .to.be.revertedWithCustomError(reader, "DigitUnknown")
      .withArgs(requestId);
    await time.increase(profile.windowSeconds);
    await expect(reader.read(requestId, traceOf(world, [OUTPUT_LIE]).output))
      .to.be.revertedWithCustomError(reader, "ConsumerOutputMismatch")
      .withArgs(requestId);
  });

  it("error: a digit is read once, and only if it was asked for here", async () => {
    const world = await load();
    const { reader, time, profile } = world;
    const { requestId, trace } = await answered(world);
    await time.increase(profile.windowSeconds);
    await reader.read(requestId, trace.output);
    await expect(reader.read(requestId, trace.output))
      .to.be.revertedWithCustomError(reader, "DigitKnown")
      .withArgs(requestId, await reader.digitOf(requestId));
    for (const call of [() => reader.read(id("other"), trace.output), () => reader.refund(id("other"))]) {
      await expect(call()).to.be.revertedWithCustomError(reader, "DigitNotAsked").withArgs(id("other"));
    }
  });

  it("default: the fee comes back when nobody answers", async () => {
    const world = await load();
    const requestId = await ask(world);
    await world.time.increase(1000);
    await expect(world.reader.refund(requestId))
      .to.be.revertedWithCustomError(world.reader, "ConsumerNotRepaid")
      .withArgs(requestId, Status.Requested);
    await world.hub.expire(requestId);
    await world.reader.refund(requestId);
    await expectAskerHas(world, BUDGET);
    await expect(world.reader.refund(requestId))
      .to.be.revertedWithCustomError(world.reader, "DigitNotAsked")
      .withArgs(requestId);
  });

  it("default: a forgetful operator's penalty comes with it", async () => {
    const world = await load();
    const requestId = await ask(world);
    await world.hub.connect(world.operator).accept(requestId);
    await world.time.increase(1000);
    await world.hub.expire(requestId);
    await world.reader.connect(world.third).refund(requestId);
    await expectAskerHas(world, BUDGET + world.profile.missedDeadlinePenalty);
    expect(await world.vault.balanceOf(world.reader)).to.equal(0n);
  });

  it("default: a convicted operator's compensation comes with it", async () => {
    const world = await load();
    const commitment = await answered(world, [OUTPUT_LIE]);
    await playGame(world, commitment, world.challenger);
    await world.reader.refund(commitment.requestId);
    await expectAskerHas(world, BUDGET + parseEther("70"));
    expect(await world.vault.balanceOf(world.reader)).to.equal(0n);
  });

  it("default: the fee of an undecided dispute comes back", async () => {
    const world = await load();
    const commitment = await answered(world);
    const match = await openGame(world, commitment, world.challenger, traceOf(world, [OUTPUT_LIE]));
    await playToLeaf(world, match);
    await world.time.increase(world.profile.windowSeconds);
    await timeout(world, match);
    await world.hub.settle(commitment.requestId);
    await world.reader.refund(commitment.requestId);
    await expectAskerHas(world, BUDGET);
    expect(await world.vault.balanceOf(world.reader)).to.equal(0n);
  });

  it("behavior: equal questions are different requests", async () => {
    const world = await load();
    expect(await ask(world)).not.to.equal(await ask(world));
  });

  const lists: [string, number[]][] = [
    ["positive scores", [0.1, 3, 2, 0, 0, 0, 0, 0, 0, 0]],
    ["the last one", [0, 0, 0, 0, 0, 0, 0, 0, 0, 1e-45]],
    ["negative scores", [-5, -4, -3, -2, -1, -2, -3, -4, -5, -6]],
    ["the first of equal ones", [1, 7, 2, 7, 7, 0, 0, 0, 0, 0]],
    ["both zeros", [-1, -0, 0, -0, -1, -1, -1, -1, -1, -1]],
    ["infinities", [-Infinity, 1e38, Infinity, 3e38, 0, 0, 0, 0, 0, 0]],
    ["a NaN among numbers", [Number.NaN, -Infinity, Number.NaN, -3, -2, -4, -9, -9, -9, -9]],
    ["nothing but NaN", Array(10).fill(Number.NaN)],
    ["mixed signs", [-1e-40, -1e38, 1e-41, 1e-40, -2, 1e-42, 0, -0, 1e-43, -1]],
  ];
  for (const [title, values] of lists) {
    it(`args: highestScore of ${title}`, async () => {
      const { reader } = await load();
      expect(await reader.highestScore(scores(values))).to.equal(BigInt(argmax(values)));
    });
  }

  it("error: fewer scores than there are classes", async () => {
    const { reader } = await load();
    const scoresLib = await connection.ethers.getContractAt("Scores", reader);
    for (const bytes of [0, 39]) {
      await expect(reader.highestScore(new Uint8Array(bytes)))
        .to.be.revertedWithCustomError(scoresLib, "ScoresTooFew")
        .withArgs(bytes, 40);
    }
  });
});
