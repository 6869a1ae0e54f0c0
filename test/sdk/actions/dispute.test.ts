import { expect } from "chai";
import type { Hex } from "viem";
import { acceptRequest } from "../../../sdk/src/actions/acceptRequest.ts";
import { bindTrace } from "../../../sdk/src/actions/bindTrace.ts";
import { challengeResult } from "../../../sdk/src/actions/challengeResult.ts";
import { claimRefund, parseClaimRefundReceipt } from "../../../sdk/src/actions/claimRefund.ts";
import { claimReward, parseClaimRewardReceipt } from "../../../sdk/src/actions/claimReward.ts";
import { commitResult } from "../../../sdk/src/actions/commitResult.ts";
import { parseConvictGameReceipt } from "../../../sdk/src/actions/convictGame.ts";
import { getDefenders } from "../../../sdk/src/actions/getDefenders.ts";
import { getGame } from "../../../sdk/src/actions/getGame.ts";
import { getGameHistory } from "../../../sdk/src/actions/getGameHistory.ts";
import { getGames } from "../../../sdk/src/actions/getGames.ts";
import { getGameView } from "../../../sdk/src/actions/getGameView.ts";
import { getOpeningHash } from "../../../sdk/src/actions/getOpeningHash.ts";
import { requireSameTrace } from "../../../sdk/src/actions/internal/agreement.ts";
import { openGame, parseOpenGameReceipt } from "../../../sdk/src/actions/openGame.ts";
import { playGame } from "../../../sdk/src/actions/playGame.ts";
import { parseQuitGameReceipt, quitGame } from "../../../sdk/src/actions/quitGame.ts";
import { randomSalt } from "../../../sdk/src/actions/randomSalt.ts";
import { parseRequestInferenceReceipt, requestInference } from "../../../sdk/src/actions/requestInference.ts";
import {
  parseSweepBurnedReceipt,
  simulateSweepBurned,
  sweepBurned,
} from "../../../sdk/src/actions/sweepBurned.ts";
import { parseTimeoutGameReceipt, timeoutGame } from "../../../sdk/src/actions/timeoutGame.ts";
import { verifyResult } from "../../../sdk/src/actions/verifyResult.ts";
import { waitForFinality } from "../../../sdk/src/actions/waitForFinality.ts";
import { EnginesDisagreeError } from "../../../sdk/src/errors/protocol.ts";
import { positionOf, ZERO_HASH } from "../../../sdk/src/game/state.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { traceWith } from "../../../sdk/src/testing/lie.ts";
import type { Trace } from "../../../sdk/src/trace/trace.ts";
import { createProtocol, FEE, type Protocol, testProfile, type Wallet } from "../../support/sdk.ts";
import { squaresInputs } from "../../support/squares.ts";

const inputs = squaresInputs(1, 2, 3, 4);

function withFirstByteChanged(tensor: Uint8Array): Uint8Array {
  const [first = 0] = tensor;
  return Uint8Array.of(first ^ 1, ...tensor.subarray(1));
}

describe("sdk/actions: disputes, with viem and the referee", () => {
  let protocol: Protocol;
  let input: Uint8Array;
  let truth: Trace;
  let lie: Trace;

  before(async () => {
    protocol = await createProtocol();
    const { model } = protocol;
    input = packInputs(model, inputs);
    truth = await traceBytes(model, input);
    lie = traceWith(model, input, (step, tensor) => (step === 1 ? withFirstByteChanged(tensor) : tensor));
    expect(lie.outputRoot).not.to.equal(truth.outputRoot);
  });

  /** Requests, accepts and commits to a run. */
  async function commit(run: Trace, isEager = true): Promise<Hex> {
    const { deployment, model, profileId, requester, operator, mined } = protocol;
    const deadline = await protocol.deadline();
    const hash = await requestInference(requester, {
      deployment,
      model,
      inputs,
      profileId,
      fee: FEE,
      deadline,
    });
    const { requestId } = parseRequestInferenceReceipt(await mined(hash), { deployment });
    await mined(await acceptRequest(operator, { deployment, requestId }));
    const binding = isEager ? bindTrace(model, run) : { output: run.outputBytes };
    await mined(await commitResult(operator, { deployment, requestId, ...binding }));
    return requestId;
  }

  async function open(requestId: Hex, run: Trace, wallet: Wallet): Promise<{ gameId: Hex; salt: Hex }> {
    const { deployment, mined } = protocol;
    const salt = randomSalt();
    const opening = {
      deployment,
      requestId,
      challenger: wallet.account.address,
      traceRoot: run.traceRoot,
      salt,
    };
    const openingHash = await getOpeningHash(wallet, opening);
    const receipt = await mined(await openGame(wallet, { deployment, requestId, openingHash }));
    const { gameId } = parseOpenGameReceipt(receipt, { deployment });
    return { gameId, salt };
  }

  /** Lets both sides play in turn until neither has anything to do. */
  /** The position that a move of a game has to show. */
  async function at(gameId: Hex) {
    const { deployment, client } = protocol;
    return positionOf(await getGameView(client, { deployment, gameId }));
  }

  async function play(gameId: Hex, salt: Hex, operatorRun: Trace, challengerRun: Trace, defender: Wallet) {
    const { deployment, model, challenger, mined } = protocol;
    const kinds: string[] = [];
    for (let idle = 0; idle < 2; ) {
      const turns = [
        [challenger, "challenger", challengerRun],
        [defender, "operator", operatorRun],
      ] as const;
      for (const [wallet, side, trace] of turns) {
        const { move, hash } = await playGame(wallet, {
          deployment,
          gameId,
          side,
          model,
          input,
          trace,
          salt,
          alwaysNarrow: true,
        });
        idle = move === undefined ? idle + 1 : 0;
        if (move !== undefined) kinds.push(`${side} ${move.kind}`);
        if (hash !== undefined) await mined(hash);
      }
    }
    return kinds;
  }

  for (const isEager of [true, false]) {
    it(`default: a lying operator is convicted, ${isEager ? "eager" : "lazy"}`, async () => {
      const { deployment, client, model, challenger, operator, mined } = protocol;
      const requestId = await commit(lie, isEager);
      const verdict = await verifyResult(client, { deployment, requestId, model });
      expect(verdict).to.include({ isCorrect: false, status: "committed", computedRoot: truth.outputRoot });

      const { gameId, salt } = await open(requestId, truth, challenger);
      const kinds = await play(gameId, salt, lie, truth, operator);
      expect(kinds[0]).to.equal("challenger reveal");
      expect(kinds.at(-1)).to.equal("challenger step");
      expect(kinds.includes("operator postTrace")).to.equal(!isEager);

      const game = await getGame(client, { deployment, gameId });
      expect(game).to.include({
        phase: "ended",
        outcome: "challengerWins",
        canMove: false,
        canTimeout: false,
      });
      const request = await waitForFinality(client, { deployment, requestId });
      expect(request.status).to.equal("slashed");
      const reward = await mined(await claimReward(challenger, { deployment, gameId }));
      expect(parseClaimRewardReceipt(reward, { deployment })).to.include({
        gameId,
        challenger: challenger.account.address,
      });
      const burned = await simulateSweepBurned(challenger, { deployment });
      expect(burned > 0n).to.equal(true);
      const swept = await mined(await sweepBurned(challenger, { deployment }));
      expect(parseSweepBurnedReceipt(swept, { deployment })).to.deep.equal({ amount: burned });
      const history = await getGameHistory(client, { deployment, gameId });
      expect(history.map(({ kind }) => kind).filter((kind) => kind !== "answered")).to.deep.equal([
        ...["opened", "revealed", "stepped", "ended", "rewardClaimed"],
      ]);
      const stepped = history.find((event) => event.kind === "stepped");
      expect(stepped?.challengerValue).to.equal(stepped?.truth);
    });
  }

  it("default: a lying challenger loses, and who defended for the operator is repaid", async () => {
    const { deployment, client, stranger, challenger, mined } = protocol;
    const requestId = await commit(truth);
    const { gameId, salt } = await open(requestId, lie, challenger);
    const kinds = await play(gameId, salt, truth, lie, stranger);
    expect(kinds.at(-1)).to.equal("operator step");
    expect((await getGame(client, { deployment, gameId })).outcome).to.equal("operatorWins");
    const mover = stranger.account.address;
    const movers = await getDefenders(client, { deployment, gameId });
    const refund = await mined(await claimRefund(challenger, { deployment, gameId, movers }));
    const answers = kinds.filter((kind) => kind === "operator answer");
    expect(parseClaimRefundReceipt(refund, { deployment })).to.deep.equal({
      gameId,
      refunds: [
        ...answers.map(() => ({ mover, amount: testProfile.answerRefund })),
        { mover, amount: testProfile.stepRefund },
      ],
    });
  });

  it("default: a result is run twice and challenged, and a liar whose trace is guessed is convicted at once", async () => {
    const { deployment, client, model, challenger, operator, mined } = protocol;
    const last = model.record.stepCount - 1;
    const outputLie = traceWith(model, input, (step, tensor) =>
      step === last ? withFirstByteChanged(tensor) : tensor,
    );
    const requestId = await commit(outputLie);
    const challenge = await challengeResult(challenger, { deployment, requestId, model });
    const { gameId, salt, trace, hash } = challenge!;
    await mined(hash);
    expect(trace.traceRoot).to.equal(truth.traceRoot);
    const turn = { deployment, gameId, model, input, salt, side: "challenger" as const, trace };
    const { move, hash: convicted } = await playGame(challenger, turn);
    expect(move?.kind).to.equal("convict");
    const receipt = parseConvictGameReceipt(await mined(convicted as Hex), { deployment });
    expect(receipt).to.include({ gameId, mover: challenger.account.address });
    expect(receipt.claimed).not.to.equal(receipt.truth);
    expect((await getGame(client, { deployment, gameId })).outcome).to.equal("challengerWins");
    const kinds = (await getGameHistory(client, { deployment, gameId })).map(({ kind }) => kind);
    expect(kinds).to.deep.equal(["opened", "convicted", "ended"]);
    expect((await playGame(operator, { ...turn, side: "operator", trace: outputLie })).move).to.equal(
      undefined,
    );
  });

  it("behavior: attack 59: a liar whose trace cannot be guessed is convicted by whoever has it, else by narrowing", async () => {
    const { deployment, model, challenger } = protocol;
    const deep = traceWith(model, input, (_, tensor) => withFirstByteChanged(tensor));
    const requestId = await commit(deep);
    const { gameId, salt } = await open(requestId, truth, challenger);
    const turn = { deployment, gameId, model, input, salt, side: "challenger" as const, trace: truth };
    // Another tree than the committed one convicts nobody: the game goes on as if there were none.
    const other = await playGame(challenger, { ...turn, operatorTree: lie.tree });
    expect(other.move?.kind).to.equal("reveal");
    const { move } = await playGame(challenger, { ...turn, operatorTree: deep.tree });
    expect(move?.kind).to.equal("convict");
  });

  it("behavior: a right result is not challenged", async () => {
    const { deployment, model, challenger } = protocol;
    const requestId = await commit(truth);
    for (const engines of [["reference", "wasm"] as const, undefined]) {
      const options = engines === undefined ? { input } : { engines };
      expect(await challengeResult(challenger, { deployment, requestId, model, ...options })).to.equal(
        undefined,
      );
    }
  });

  it("error: nothing is staked on engines that disagree", () => {
    expect(() => requireSameTrace(truth, lie, ["wasm", "reference"], ZERO_HASH)).to.throw(
      EnginesDisagreeError,
    );
    requireSameTrace(truth, { traceRoot: truth.traceRoot }, ["wasm", "reference"], ZERO_HASH);
  });

  it("behavior: several games about one result, of which one convicts and the other is left", async () => {
    const { deployment, client, challenger, other, operator, mined } = protocol;
    const requestId = await commit(lie);
    const first = await open(requestId, truth, challenger);
    const second = await open(requestId, truth, other);
    await play(first.gameId, first.salt, lie, truth, operator);
    const games = await getGames(client, { deployment, requestId });
    expect(games.map(({ gameId, sequence, phase }) => ({ gameId, sequence, phase }))).to.deep.equal([
      { gameId: first.gameId, sequence: 0, phase: "ended" },
      { gameId: second.gameId, sequence: 1, phase: "opened" },
    ]);
    const left = await mined(
      await quitGame(other, { deployment, gameId: second.gameId, position: await at(second.gameId) }),
    );
    expect(parseQuitGameReceipt(left, { deployment })).to.include({ outcome: "left", requestId });
  });

  it("behavior: an opening that is never revealed times out", async () => {
    const { deployment, client, challenger, stranger, time, mined } = protocol;
    const requestId = await commit(truth);
    const { gameId } = await open(requestId, lie, challenger);
    const game = await getGame(client, { deployment, gameId });
    expect(game).to.include({ canMove: true, canTimeout: false, turn: "challenger", level: 0 });
    expect(game.challengerRemaining).to.equal(testProfile.clockSeconds);
    await time.increase(testProfile.clockSeconds);
    expect(await getGame(client, { deployment, gameId })).to.include({
      canTimeout: true,
      challengerRemaining: 0,
    });
    const ended = await mined(
      await timeoutGame(stranger, { deployment, gameId, position: await at(gameId) }),
    );
    expect(parseTimeoutGameReceipt(ended, { deployment }).outcome).to.equal("operatorWins");
  });

  it("behavior: the view holds the rows of both sides, read from the moves themselves", async () => {
    const { deployment, client, model, challenger, operator, mined } = protocol;
    const requestId = await commit(lie);
    const { gameId, salt } = await open(requestId, truth, challenger);
    const turn = { deployment, gameId, model, input, salt, alwaysNarrow: true };
    await mined((await playGame(challenger, { ...turn, side: "challenger", trace: truth })).hash as Hex);
    await mined((await playGame(operator, { ...turn, side: "operator", trace: lie })).hash as Hex);
    const { rows, court, clockSeconds, isSlashed } = await getGameView(client, { deployment, gameId });
    expect(rows.filter(({ level }) => level === 0).map(({ side }) => side)).to.have.members([
      "operator",
      "challenger",
    ]);
    expect(rows.find(({ level, side }) => level === 0 && side === "operator")?.nodes).to.deep.equal(
      lie.tree.children(0, 0, Math.min(4, lie.tree.depth)),
    );
    expect(court).to.deep.equal({ chainId: 31337, address: deployment.contracts.DisputeGame });
    expect({ clockSeconds, isSlashed }).to.deep.equal({
      clockSeconds: testProfile.clockSeconds,
      isSlashed: false,
    });
    const idle = await playGame(operator, { ...turn, side: "operator", trace: lie });
    expect([idle.move, idle.hash]).to.deep.equal([undefined, undefined]);
  });

  it("behavior: attack 52: a move that somebody else makes first is not sent twice", async () => {
    const { deployment, client, model, challenger, other } = protocol;
    const requestId = await commit(lie);
    const { gameId, salt } = await open(requestId, truth, challenger);
    const turn = {
      deployment,
      gameId,
      model,
      input,
      salt,
      trace: truth,
      side: "challenger" as const,
      alwaysNarrow: true,
    };
    const turns = await Promise.all([
      playGame(challenger, turn),
      playGame(other, { ...turn, fromBlock: 1n }),
    ]);
    expect(turns.map(({ move }) => move?.kind)).to.deep.equal(["reveal", "reveal"]);
    expect(turns.filter(({ hash }) => hash !== undefined).length).to.equal(1);
    expect((await getGame(client, { deployment, gameId })).phase).to.equal("narrowing");
  });
});
