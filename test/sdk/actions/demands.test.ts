import { expect } from "chai";
import { acceptRequest } from "../../../sdk/src/actions/acceptRequest.ts";
import { claimRefund, parseClaimRefundReceipt } from "../../../sdk/src/actions/claimRefund.ts";
import { commitResult, parseCommitResultReceipt } from "../../../sdk/src/actions/commitResult.ts";
import {
  demandInput,
  parseDemandInputReceipt,
  simulateDemandInput,
} from "../../../sdk/src/actions/demandInput.ts";
import { getDefenders } from "../../../sdk/src/actions/getDefenders.ts";
import { getFinalityEta } from "../../../sdk/src/actions/getFinalityEta.ts";
import { getGame } from "../../../sdk/src/actions/getGame.ts";
import { getGames } from "../../../sdk/src/actions/getGames.ts";
import { getGameView } from "../../../sdk/src/actions/getGameView.ts";
import { getInput } from "../../../sdk/src/actions/getInput.ts";
import { getStatus } from "../../../sdk/src/actions/getStatus.ts";
import { parsePublishInputReceipt, publishInput } from "../../../sdk/src/actions/publishInput.ts";
import { parseRequestInferenceReceipt } from "../../../sdk/src/actions/requestInference.ts";
import { requestInferenceByRoot } from "../../../sdk/src/actions/requestInferenceByRoot.ts";
import { timeoutGame } from "../../../sdk/src/actions/timeoutGame.ts";
import { rootOfBytes } from "../../../sdk/src/core/tree.ts";
import { positionOf } from "../../../sdk/src/game/state.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { caught, caughtRevert } from "../../support/caught.ts";
import { createProtocol, FEE, type Protocol, testProfile } from "../../support/sdk.ts";
import { squaresInputs } from "../../support/squares.ts";

describe("sdk/actions: demands for inputs", () => {
  let protocol: Protocol;
  let input: Uint8Array;

  before(async () => {
    protocol = await createProtocol();
    input = packInputs(protocol.model, squaresInputs(5, 6, 7, 8));
  });

  /** A committed request of which the chain knows only the input's root. */
  async function commit() {
    const { deployment, requester, operator, model, profileId, mined } = protocol;
    const { modelId, record } = model;
    const inputRoot = rootOfBytes(input, record.inputDepth);
    const terms = { profileId, fee: FEE, deadline: await protocol.deadline() };
    const named = { modelId, inputRoot, inputUri: "https://example.org/input" };
    const asked = await mined(await requestInferenceByRoot(requester, { deployment, ...named, ...terms }));
    const { requestId } = parseRequestInferenceReceipt(asked, { deployment });
    await mined(await acceptRequest(operator, { deployment, requestId }));
    const { outputBytes: output } = await traceBytes(model, input);
    const committed = await mined(await commitResult(operator, { deployment, requestId, output }));
    return parseCommitResultReceipt(committed, { deployment });
  }

  it("default: a demanded input is published by a third party, who is repaid", async () => {
    const { deployment, client, challenger, stranger, mined, time } = protocol;
    const { requestId, windowEndsAt } = await commit();
    const { windowSeconds, clockSeconds } = testProfile;
    const eta = await getFinalityEta(client, { deployment, requestId });
    expect(eta.latest).to.equal(windowEndsAt + windowSeconds + 3 * clockSeconds);
    expect((await caught(getInput(client, { deployment, requestId }))).context).to.include({
      inputUri: "https://example.org/input",
    });

    const simulated = await simulateDemandInput(challenger, { deployment, requestId });
    const demanded = await mined(await demandInput(challenger, { deployment, requestId }));
    const { gameId, challenger: who } = parseDemandInputReceipt(demanded, { deployment });
    expect(gameId).to.equal(simulated);
    expect(who).to.equal(challenger.account.address);
    expect(await getGame(client, { deployment, gameId })).to.include({ phase: "demanded", turn: "operator" });
    expect((await caughtRevert(demandInput(stranger, { deployment, requestId }))).code).to.equal(
      "HUB_INPUT_DEMANDED",
    );
    const listed = await getGames(client, { deployment, requestId });
    expect(listed.map((game) => [game.gameId, game.phase])).to.deep.equal([[gameId, "demanded"]]);
    const wrong = publishInput(stranger, { deployment, gameId, input: new Uint8Array(input.length) });
    expect((await caughtRevert(wrong)).code).to.equal("HUB_INPUT_MISMATCH");

    const published = await mined(await publishInput(stranger, { deployment, gameId, input }));
    const receipt = parsePublishInputReceipt(published, { deployment });
    expect(receipt.requestId).to.equal(requestId);
    expect(receipt.windowEndsAt).to.equal((await time.latest()) + windowSeconds);
    expect(await getInput(client, { deployment, requestId })).to.deep.equal(input);
    const again = await getFinalityEta(client, { deployment, requestId });
    expect(again.latest).to.equal(receipt.windowEndsAt + 2 * clockSeconds);

    const movers = await getDefenders(client, { deployment, gameId });
    expect(movers).to.deep.equal([stranger.account.address]);
    const claimed = await mined(await claimRefund(stranger, { deployment, gameId, movers }));
    expect(parseClaimRefundReceipt(claimed, { deployment }).refunds).to.deep.equal([
      { mover: stranger.account.address, amount: testProfile.stepRefund },
    ]);
  });

  it("behavior: an operator that cannot give the input is slashed", async () => {
    const { deployment, client, challenger, stranger, mined, time } = protocol;
    const { requestId } = await commit();
    const demanded = await mined(await demandInput(challenger, { deployment, requestId }));
    const { gameId } = parseDemandInputReceipt(demanded, { deployment });
    await time.increase(testProfile.clockSeconds);
    const late = await caughtRevert(publishInput(stranger, { deployment, gameId, input }));
    expect(late.code).to.equal("GAME_CLOCK_USED_UP");
    const position = positionOf(await getGameView(client, { deployment, gameId }));
    await mined(await timeoutGame(stranger, { deployment, gameId, position }));
    expect(await getStatus(client, { deployment, requestId })).to.equal("slashed");
  });
});
