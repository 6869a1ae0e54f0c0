import { expect } from "chai";
import type { ContractTransactionReceipt } from "ethers";
import { network } from "hardhat";
import {
  answer,
  commit,
  freshParameters,
  makeCommitment,
  makeRequest,
  OUTPUT_LIE,
  openGame,
  postTrace,
  reveal,
  step,
  traceOf,
} from "../../support/protocol/games.ts";
import { type ModelRecord, toyRecord } from "../../support/protocol/toy-model.ts";
import { createWorld, INPUT, Phase, type Sent, type World } from "../../support/protocol/world.ts";

/** A model of 2^24 words and ten numbers as its answer: every move but the last one descends four levels. */
const largeRecord: ModelRecord = { ...toyRecord, stepDepth: 8, wordDepth: 16, stepCount: 200 };
const lastStep = largeRecord.stepCount - 1;

const connection = await network.create();
const fixture = () => createWorld(connection, largeRecord);

async function gasOf(sent: Sent): Promise<number> {
  const receipt = (await (await sent).wait()) as ContractTransactionReceipt;
  return Number(receipt.gasUsed);
}

function expectAtMost(title: string, gas: number, limit: number): void {
  console.log(`      ${title}: ${gas.toLocaleString("en")} gas of ${limit.toLocaleString("en")}`);
  expect(gas, title).to.be.at.most(limit);
}

describe("gas of the moves", () => {
  let world: World;

  beforeEach(async () => {
    world = await connection.networkHelpers.loadFixture(fixture);
  });

  it("default: a request, and the settlement of its result", async () => {
    const { hub, requester } = world;
    // The first request under a profile has the hub keep what every commitment needs of it.
    await makeRequest(world);
    const parameters = await freshParameters(world);
    expectAtMost("request", await gasOf(hub.connect(requester).request(parameters, INPUT)), 240_000);
    const { requestId } = await makeCommitment(world);
    await world.time.increase(world.profile.windowSeconds);
    expectAtMost("settle", await gasOf(hub.settle(requestId)), 70_000);
  });

  for (const lazy of [false, true]) {
    it(`args: ${lazy ? "a lazy" : "an eager"} commitment`, async () => {
      const requestId = await makeRequest(world);
      const accepted = await gasOf(world.hub.connect(world.operator).accept(requestId));
      expectAtMost("accept", accepted, 110_000);
      const gas = await gasOf(commit(world, requestId, traceOf(world), lazy));
      expectAtMost(`commit, ${lazy ? "lazy" : "eager"}`, gas, 110_000);
    });
  }

  for (const lazy of [false, true]) {
    it(`args: a whole game against ${lazy ? "a lazy" : "an eager"} commitment`, async () => {
      const commitment = await makeCommitment(world, { lazy, lies: [{ ...OUTPUT_LIE, step: lastStep }] });
      const { game } = world;
      const openingHash = `0x${"5a".repeat(32)}`;
      const opened = await gasOf(game.connect(world.rival).open(commitment.requestId, openingHash));
      expectAtMost("open", opened, 140_000);

      const match = await openGame(world, commitment, world.challenger, traceOf(world));
      expectAtMost("reveal", await gasOf(reveal(world, match)), 160_000);
      if (lazy) expectAtMost("postTrace", await gasOf(postTrace(world, commitment)), 80_000);
      let answers = 0;
      for (; (await game.gameOf(match.gameId)).phase === Phase.Narrowing; answers++) {
        const gas = await gasOf(answer(world, match));
        expectAtMost(`answer ${answers + 1}`, gas, 110_000);
      }
      expect(answers).to.equal(6);
      expectAtMost("step, without the referee's work", await gasOf(step(world, match)), 220_000);
    });
  }
});
