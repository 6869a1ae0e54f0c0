import { expect } from "chai";
import { network } from "hardhat";
import { decodeStep } from "../../../sdk/src/machine/decode.ts";
import { evaluateElement } from "../../../sdk/src/machine/element.ts";
import {
  contradictionOf,
  makeCommitment,
  OUTPUT_LIE,
  openGame,
  playToLeaf,
  traceOf,
} from "../../support/protocol/games.ts";
import { positionOf } from "../../support/protocol/positions.ts";
import { createWorld, Outcome, Phase } from "../../support/protocol/world.ts";
import { createRandom } from "../../support/random.ts";
import { randomSteps } from "../../support/random-steps.ts";
import { refereeCall } from "../../support/referee-calls.ts";
import { printedSeed } from "../../support/seed.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const fixture = () => createWorld(connection);

/** What a transaction may have. */
const TRANSACTION_GAS = 16_777_216;
/** What a transaction costs before it does anything: less is refused by the chain itself, even if it has little data. */
const LEAST_GAS = 60_000;
const ROUNDS = 60;
const QUESTIONS = 30;

describe("the court and gas (I20)", () => {
  for (const [title, operatorLies, outcome] of [
    ["true", [], Outcome.OperatorWins],
    ["false", [OUTPUT_LIE], Outcome.ChallengerWins],
  ] as const) {
    for (const kind of ["step", "convict"] as const) {
      if (kind === "convict" && operatorLies.length === 0) continue;
      it(`behavior: attack 54: a ${kind} about a ${title} result with too little gas changes nothing, with enough it decides as it must`, async () => {
        const world = await networkHelpers.loadFixture(fixture);
        const { game, stranger } = world;
        const random = createRandom(printedSeed(`gas of a ${kind}`));
        const commitment = await makeCommitment(world, { lies: operatorLies });
        const challengersLies = operatorLies.length === 0 ? [OUTPUT_LIE] : [];
        const match = await openGame(world, commitment, world.challenger, traceOf(world, challengersLies));
        await playToLeaf(world, match);
        const { gameId, operatorTrace } = match;
        const position = await positionOf(world, gameId);
        const data =
          kind === "step"
            ? game.interface.encodeFunctionData("step", [gameId, position, operatorTrace.proof])
            : game.interface.encodeFunctionData("convict", [
                gameId,
                position,
                contradictionOf(operatorTrace, OUTPUT_LIE),
              ]);
        const transaction = { to: await game.getAddress(), data };
        const needed = Number(await stranger.estimateGas(transaction));
        const before = [await game.gameOf(gameId), await game.stateHash(gameId)];
        const counts = { refused: 0, decided: 0 };
        for (let round = 0; round < ROUNDS; round++) {
          const snapshot = await networkHelpers.takeSnapshot();
          // From nothing to a little more than enough, and often about where it begins to suffice.
          const least = random.chance(0.5) ? LEAST_GAS : Math.floor(0.97 * needed);
          const gasLimit = random.integer(least, Math.ceil(1.02 * needed));
          const isMined = await stranger.sendTransaction({ ...transaction, gasLimit }).then(
            () => true,
            () => false,
          );
          const after = await game.gameOf(gameId);
          if (isMined)
            expect([after.phase, after.outcome]).to.deep.equal([Phase.Ended, outcome], `${gasLimit} gas`);
          else expect([after, await game.stateHash(gameId)]).to.deep.equal(before, `${gasLimit} gas`);
          counts[isMined ? "decided" : "refused"]++;
          await snapshot.restore();
        }
        // Half of the amounts are far below what is needed, and a fifth of all above.
        expect(counts.refused).to.be.greaterThan(5);
        expect(counts.decided).to.be.greaterThan(0);
      });
    }
  }

  it("behavior: attack 54: the referee computes the element that the reference does, or nothing, with whatever gas", async () => {
    const referee = await ethers.deployContract("Referee");
    const seed = printedSeed("gas of the referee");
    const random = createRandom(seed);
    const cases = randomSteps(seed);
    const questions = Array.from({ length: QUESTIONS }, () => cases.next().value);
    const counts = { refused: 0, computed: 0 };
    for (const [i, question] of questions.entries()) {
      const { encoding, stepIndex, element, memory } = question;
      const expected = BigInt(evaluateElement(decodeStep(encoding), stepIndex, element, memory));
      const data = referee.interface.encodeFunctionData("execute", [...refereeCall(question).call]);
      const to = await referee.getAddress();
      const needed = Number(await ethers.provider.estimateGas({ to, data, gasLimit: TRANSACTION_GAS }));
      for (let round = 0; round < 6; round++) {
        const least = round % 2 === 0 ? LEAST_GAS : Math.floor(0.95 * needed);
        const gasLimit = Math.max(
          LEAST_GAS,
          random.integer(Math.min(least, needed), Math.ceil(1.03 * needed)),
        );
        const result = await ethers.provider.call({ to, data, gasLimit }).catch(() => undefined);
        counts[result === undefined ? "refused" : "computed"]++;
        if (result === undefined) continue;
        const [value] = referee.interface.decodeFunctionResult("execute", result);
        expect(value, `case ${i}, ${gasLimit} of ${needed} gas`).to.equal(expected);
      }
    }
    expect(counts.refused).to.be.greaterThan(QUESTIONS);
    expect(counts.computed).to.be.greaterThan(QUESTIONS / 4);
  });
});
