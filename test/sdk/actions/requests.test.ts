import { expect } from "chai";
import { type Hex, pad, parseEventLogs, toHex } from "viem";
import { disputeGameAbi } from "../../../sdk/src/abis/generated/DisputeGame.ts";
import { acceptRequest } from "../../../sdk/src/actions/acceptRequest.ts";
import { commitResult } from "../../../sdk/src/actions/commitResult.ts";
import { expireRequest, parseExpireRequestReceipt } from "../../../sdk/src/actions/expireRequest.ts";
import { getAccount } from "../../../sdk/src/actions/getAccount.ts";
import { getFinalityEta } from "../../../sdk/src/actions/getFinalityEta.ts";
import type { FinalityProgress } from "../../../sdk/src/actions/getFinalityProgress.ts";
import { getGame } from "../../../sdk/src/actions/getGame.ts";
import { getGameHistory } from "../../../sdk/src/actions/getGameHistory.ts";
import { getInput } from "../../../sdk/src/actions/getInput.ts";
import { getRequest } from "../../../sdk/src/actions/getRequest.ts";
import { getResult } from "../../../sdk/src/actions/getResult.ts";
import { getStatus } from "../../../sdk/src/actions/getStatus.ts";
import { isFinal } from "../../../sdk/src/actions/isFinal.ts";
import { parseRequestInferenceReceipt, requestInference } from "../../../sdk/src/actions/requestInference.ts";
import { requestInferenceByRoot } from "../../../sdk/src/actions/requestInferenceByRoot.ts";
import { settleRequest } from "../../../sdk/src/actions/settleRequest.ts";
import { verifyResult } from "../../../sdk/src/actions/verifyResult.ts";
import { waitForFinality } from "../../../sdk/src/actions/waitForFinality.ts";
import { rootOfBytes } from "../../../sdk/src/core/tree.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { caught, caughtRevert } from "../../support/caught.ts";
import { createProtocol, FEE, type Protocol, testProfile } from "../../support/sdk.ts";
import { makeSquaresModel, squaresInputs } from "../../support/squares.ts";

const inputs = squaresInputs(4, 3, 2, 1);
const unknown: Hex = pad("0xdead");

describe("sdk/actions: requests", () => {
  let protocol: Protocol;
  let input: Uint8Array;

  before(async () => {
    protocol = await createProtocol();
    input = packInputs(protocol.model, inputs);
  });

  async function terms() {
    const { deployment, profileId } = protocol;
    return { deployment, profileId, fee: FEE, deadline: await protocol.deadline() };
  }

  async function request(): Promise<Hex> {
    const { deployment, requester, model, mined } = protocol;
    const receipt = await mined(await requestInference(requester, { ...(await terms()), model, inputs }));
    return parseRequestInferenceReceipt(receipt, { deployment }).requestId;
  }

  async function commit(): Promise<Hex> {
    const { deployment, operator, model, mined } = protocol;
    const requestId = await request();
    await mined(await acceptRequest(operator, { deployment, requestId }));
    const { outputBytes: output } = await traceBytes(model, input);
    await mined(await commitResult(operator, { deployment, requestId, output }));
    return requestId;
  }

  it("args: raw bytes, and an operator who need not accept", async () => {
    const { deployment, client, requester, operator, model, mined } = protocol;
    const raw = { modelId: model.modelId, input, operator: operator.account.address };
    const receipt = await mined(await requestInference(requester, { ...(await terms()), ...raw }));
    const { requestId } = parseRequestInferenceReceipt(receipt, { deployment });
    const before = await getRequest(client, { deployment, requestId });
    expect(before).to.include({ status: "requested", operator: raw.operator, outputRoot: undefined });
    const { outputBytes: output } = await traceBytes(model, input);
    await mined(await commitResult(operator, { deployment, requestId, output }));
    const after = await getRequest(client, { deployment, requestId });
    expect(after).to.include({ status: "committed", traceRoot: undefined });
    const past = await getRequest(client, { deployment, requestId, blockNumber: receipt.blockNumber });
    expect(past.status).to.equal("requested");
  });

  it("args: the root of an input that is not published", async () => {
    const { deployment, client, requester, operator, model, mined } = protocol;
    const inputRoot = rootOfBytes(input, model.record.inputDepth);
    const named = { modelId: model.modelId, inputRoot, inputUri: "https://example.org/input" };
    const receipt = await mined(await requestInferenceByRoot(requester, { ...(await terms()), ...named }));
    const { requestId } = parseRequestInferenceReceipt(receipt, { deployment });
    expect((await getRequest(client, { deployment, requestId })).inputPublished).to.equal(false);
    const missing = await caught(getInput(client, { deployment, requestId }));
    expect(missing).to.include({ code: "INPUT_NOT_PUBLISHED" });
    expect(missing.context).to.include({ inputUri: named.inputUri });

    await mined(await acceptRequest(operator, { deployment, requestId }));
    const { outputBytes: output } = await traceBytes(model, input);
    await mined(await commitResult(operator, { deployment, requestId, output }));
    expect(await verifyResult(client, { deployment, requestId, model, input })).to.include({
      isCorrect: true,
    });
    const wrong = await caught(
      verifyResult(client, { deployment, requestId, model, input: new Uint8Array(32) }),
    );
    expect(wrong).to.include({ code: "ROOT_MISMATCH" });

    // A challenger demands it, somebody publishes it, and everybody can read it.
    const { challenger, stranger } = protocol;
    const address = deployment.contracts.DisputeGame;
    const game = { address, abi: disputeGameAbi, chain: null } as const;
    const { logs } = await mined(
      await challenger.writeContract({ ...game, functionName: "demandInput", args: [requestId] }),
    );
    const [demand] = parseEventLogs({ abi: disputeGameAbi, eventName: "GameDemanded", logs });
    const gameId = demand?.args.gameId as Hex;
    await mined(
      await stranger.writeContract({ ...game, functionName: "publishInput", args: [gameId, toHex(input)] }),
    );
    expect(await getInput(client, { deployment, requestId })).to.deep.equal(input);
    expect(await verifyResult(client, { deployment, requestId, model })).to.include({ isCorrect: true });
  });

  it("behavior: a request that nobody answers is refunded", async () => {
    const { deployment, client, requester, stranger, time, mined } = protocol;
    const { address } = requester.account;
    const { balance } = await getAccount(client, { deployment, address });
    const requestId = await request();
    expect((await caughtRevert(expireRequest(stranger, { deployment, requestId }))).code).to.equal(
      "HUB_DEADLINE_NOT_PASSED",
    );
    await time.increaseTo((await getRequest(client, { deployment, requestId })).deadline);
    const receipt = await mined(await expireRequest(stranger, { deployment, requestId }));
    expect(parseExpireRequestReceipt(receipt, { deployment })).to.deep.equal({
      requestId,
      status: "refunded",
    });
    expect((await waitForFinality(client, { deployment, requestId })).status).to.equal("refunded");
    expect((await getAccount(client, { deployment, address })).balance).to.equal(balance);
    expect((await caught(getResult(client, { deployment, requestId }))).isTransient).to.equal(false);
  });

  it("behavior: a pending result is only given to who asks for it", async () => {
    const { deployment, client, model } = protocol;
    const requestId = await commit();
    const error = await caught(getResult(client, { deployment, requestId }));
    expect(error).to.include({ code: "RESULT_NOT_FINAL", isTransient: true });
    const result = await getResult(client, { deployment, requestId, model, allowPending: true });
    expect(result).to.include({ isFinal: false, status: "committed" });
    expect(result.output.length).to.equal(model.record.outputBytes);
  });

  it("behavior: waiting follows the chain's time, reports changes, and can be taken up again", async () => {
    const { deployment, client, time } = protocol;
    const requestId = await commit();
    const wait = { deployment, requestId, pollingInterval: 5 };
    const tired = await caught(waitForFinality(client, { ...wait, timeout: 30 }));
    expect(tired).to.include({ code: "FINALITY_TIMEOUT", isTransient: true });
    expect(tired.context).to.include({ status: "committed", openGames: 0 });

    const seen: FinalityProgress[] = [];
    const waiting = waitForFinality(client, {
      ...wait,
      timeout: 600_000,
      onStatus: (progress) => seen.push(progress),
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { windowEndsAt } = await getRequest(client, { deployment, requestId });
    await time.increaseTo((windowEndsAt ?? 0) - 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await isFinal(client, { deployment, requestId })).to.equal(false);
    await time.increaseTo(windowEndsAt ?? 0);
    expect((await waiting).status).to.equal("final");
    expect(seen.map(({ request: { status } }) => status)).to.deep.equal(["committed", "final"]);
    expect(seen[0]?.secondsLeft).to.be.greaterThan(0);
    expect(seen[1]?.secondsLeft).to.equal(0);
  });

  it("behavior: the end can be foreseen", async () => {
    const { deployment, client, time } = protocol;
    const requestId = await commit();
    const committedAt = await time.latest();
    const { windowSeconds, clockSeconds } = testProfile;
    expect(await getFinalityEta(client, { deployment, requestId })).to.deep.equal({
      earliest: committedAt + windowSeconds,
      latest: committedAt + windowSeconds + 2 * clockSeconds,
      now: committedAt,
      openGames: 0,
    });
    const open = getFinalityEta(client, { deployment, requestId: await request() });
    expect((await caught(open)).code).to.equal("RESULT_NOT_COMMITTED");
  });

  it("behavior: waiting ends at once when it is aborted", async () => {
    const { deployment, client } = protocol;
    const requestId = await commit();
    const controller = new AbortController();
    const waiting = waitForFinality(client, {
      ...{ deployment, requestId, pollingInterval: 60_000, signal: controller.signal },
    });
    setTimeout(() => controller.abort("enough"), 20);
    const error = await caught(waiting);
    expect(error).to.include({ code: "ABORTED", cause: "enough" });
    const again = waitForFinality(client, { deployment, requestId, signal: controller.signal });
    expect((await caught(again)).code).to.equal("ABORTED");
    const search = getInput(client, { deployment, requestId, signal: controller.signal });
    expect((await caught(search)).code).to.equal("ABORTED");
  });

  it("behavior: the same request cannot be made twice, so that a retry is safe", async () => {
    const { requester, model, mined } = protocol;
    const parameters = { ...(await terms()), model, inputs, salt: 42n };
    await mined(await requestInference(requester, parameters));
    expect((await caughtRevert(requestInference(requester, parameters))).code).to.equal("HUB_REQUEST_EXISTS");
  });

  it("error: ids that do not exist", async () => {
    const { deployment, client, operator, model } = protocol;
    const requestId = unknown;
    expect(await getStatus(client, { deployment, requestId })).to.equal("none");
    expect(await isFinal(client, { deployment, requestId })).to.equal(false);
    for (const call of [
      () => getRequest(client, { deployment, requestId }),
      () => getInput(client, { deployment, requestId }),
      () => getResult(client, { deployment, requestId }),
      () => verifyResult(client, { deployment, requestId, model }),
      () => waitForFinality(client, { deployment, requestId }),
    ]) {
      expect(await caught(call())).to.include({ code: "REQUEST_NOT_FOUND", isTransient: false });
    }
    expect((await caught(getGame(client, { deployment, gameId: unknown }))).code).to.equal("GAME_NOT_FOUND");
    expect(await getGameHistory(client, { deployment, gameId: unknown })).to.deep.equal([]);
    for (const call of [
      () => acceptRequest(operator, { deployment, requestId }),
      () => settleRequest(operator, { deployment, requestId }),
    ]) {
      const error = await caughtRevert(call());
      expect(error.code).to.equal("HUB_STATUS_MISMATCH");
      expect(error.context).to.include({ requestId, actual: "none" });
    }
  });

  it("error: attack 61: results that cannot be verified", async () => {
    const { deployment, client, model } = protocol;
    const open = await request();
    const early = await caught(verifyResult(client, { deployment, requestId: open, model }));
    expect(early).to.include({ code: "RESULT_NOT_COMMITTED", isTransient: true });
    const requestId = await commit();
    const other = await caught(verifyResult(client, { deployment, requestId, model: makeSquaresModel(4) }));
    expect(other.context).to.include({ what: "model", expected: model.modelId });
    const program = model.program.toReversed();
    const tampered = await caught(
      verifyResult(client, { deployment, requestId, model: { ...model, program } }),
    );
    expect(tampered.context).to.include({ what: "program" });
    const pruned = await caught(getInput(client, { deployment, requestId, toBlock: 1n }));
    expect(pruned).to.include({ code: "EVENT_NOT_FOUND" });
  });

  it("error: tensors that do not fit, before anything is sent", async () => {
    const { requester, model } = protocol;
    const wrong = { numbers: { type: "float32" as const, dims: [3], data: new Float32Array(3) } };
    const error = await caught(requestInference(requester, { ...(await terms()), model, inputs: wrong }));
    expect(error.code).to.equal("INPUT_DIMS");
  });
});
