import { expect } from "chai";
import { type Hex, keccak256, pad, toHex, zeroHash } from "viem";
import { acceptRequest } from "../../../sdk/src/actions/acceptRequest.ts";
import {
  commitBatch,
  parseCommitBatchReceipt,
  simulateCommitBatch,
} from "../../../sdk/src/actions/commitBatch.ts";
import { expireRequest } from "../../../sdk/src/actions/expireRequest.ts";
import { getBatch } from "../../../sdk/src/actions/getBatch.ts";
import { getInput } from "../../../sdk/src/actions/getInput.ts";
import { getReadings } from "../../../sdk/src/actions/getReadings.ts";
import { getRequest } from "../../../sdk/src/actions/getRequest.ts";
import { getStatus } from "../../../sdk/src/actions/getStatus.ts";
import { linkResult, parseLinkResultReceipt } from "../../../sdk/src/actions/linkResult.ts";
import { makeBatch } from "../../../sdk/src/actions/makeBatch.ts";
import { publishBatch, simulatePublishBatch } from "../../../sdk/src/actions/publishBatch.ts";
import { parseReopenRequestReceipt, reopenRequest } from "../../../sdk/src/actions/reopenRequest.ts";
import { parseRequestInferenceReceipt, requestInference } from "../../../sdk/src/actions/requestInference.ts";
import { parseSettleBatchReceipt, settleBatch } from "../../../sdk/src/actions/settleBatch.ts";
import {
  parseShowResultReceipt,
  showResult,
  simulateShowResult,
} from "../../../sdk/src/actions/showResult.ts";
import { verifyResult } from "../../../sdk/src/actions/verifyResult.ts";
import { rootOfBytes } from "../../../sdk/src/core/tree.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { caught, caughtRevert } from "../../support/caught.ts";
import { createProtocol, FEE, type Protocol, testProfile } from "../../support/sdk.ts";
import { squaresInputs } from "../../support/squares.ts";

describe("sdk/actions: batches", () => {
  let protocol: Protocol;

  before(async () => {
    protocol = await createProtocol();
  });

  /** What the model says about some inputs. */
  async function resultsOf(requestIds: readonly Hex[], eager = false) {
    const { model } = protocol;
    return Promise.all(
      requestIds.map(async (requestId, i) => {
        const input = packInputs(model, squaresInputs(i, 1, 2, 3));
        const { outputRoot, traceRoot } = await traceBytes(model, input);
        const inputRoot = rootOfBytes(input, model.record.inputDepth);
        const bound = eager ? { traceRoot } : {};
        return { requestId, modelId: model.modelId, inputRoot, outputRoot, ...bound };
      }),
    );
  }

  const agreed = (count: number): Hex[] =>
    Array.from({ length: count }, () => toHex(crypto.getRandomValues(new Uint8Array(32))));

  async function ask(index: number, salt?: bigint) {
    const { deployment, requester, model, profileId, mined } = protocol;
    const terms = { profileId, fee: FEE, deadline: await protocol.deadline(), salt: salt ?? BigInt(index) };
    const inputs = squaresInputs(index, 1, 2, 3);
    const hash = await requestInference(requester, { deployment, model, inputs, ...terms });
    const { requestId } = parseRequestInferenceReceipt(await mined(hash), { deployment });
    return { requestId, terms };
  }

  it("default: results are committed to by one root, shown by their proofs, and settled at once", async () => {
    const { deployment, client, operator, stranger, profileId, mined, time } = protocol;
    const given = { deployment, profileId, operator: operator.account.address };
    for (const count of [1, 2, 3, 5, 8]) {
      const made = makeBatch({ ...given, results: await resultsOf(agreed(count), count === 3) });
      expect(await simulateCommitBatch(operator, { deployment, ...made.batch })).to.equal(made.batchId);
      const receipt = await mined(await commitBatch(operator, { deployment, ...made.batch }));
      const committed = parseCommitBatchReceipt(receipt, { deployment });
      expect(committed).to.deep.equal({ batchId: made.batchId, batch: made.batch });
      const finalAt = (await time.latest()) + testProfile.windowSeconds;
      const { batchId } = made;
      expect(await getBatch(client, { deployment, batchId })).to.deep.equal({
        ...{ batchId, status: "committed", finalAt },
      });
      for (let index = 0; index < count; index++) {
        const inclusion = made.inclusionOf(index);
        const resultId = made.resultIdOf(index);
        expect(await simulateShowResult(stranger, { deployment, inclusion })).to.equal(resultId);
        const shown = await mined(await showResult(stranger, { deployment, inclusion }));
        expect(parseShowResultReceipt(shown, { deployment })).to.deep.equal({
          ...{ ...made.results[index], resultId, batchId, index },
        });
        const again = await mined(await showResult(stranger, { deployment, inclusion }));
        expect(parseShowResultReceipt(again, { deployment })).to.equal(undefined);
        const [reading] = await getReadings(client, { deployment, requestIds: [resultId] });
        expect(reading).to.deep.include({
          ...{ requestId: resultId, batchId, status: "committed", isPublic: false },
          ...{ lock: testProfile.lock, outputRoot: made.results[index]?.outputRoot },
          finalAt,
        });
      }
      await time.increaseTo(finalAt);
      const ended = await mined(await settleBatch(stranger, { deployment, batch: made.batch }));
      expect(parseSettleBatchReceipt(ended, { deployment })).to.deep.equal({ batchId, status: "final" });
      expect(await getStatus(client, { deployment, requestId: made.resultIdOf(0) })).to.equal("final");
    }
  });

  it("default: a published batch answers requests, whose results anybody verifies", async () => {
    const { deployment, client, operator, stranger, model, profileId, mined, time } = protocol;
    const asked = [await ask(0), await ask(1), await ask(2)];
    const results = await resultsOf(asked.map(({ requestId }) => requestId));
    const address = operator.account.address;
    for (const { requestId } of asked) await mined(await acceptRequest(operator, { deployment, requestId }));
    const made = makeBatch({ deployment, profileId, operator: address, results, published: true });
    const call = { deployment, profileId, operator: address, modelId: model.modelId, results };
    expect(await simulatePublishBatch(operator, call)).to.equal(made.batchId);
    const receipt = await mined(await publishBatch(operator, call));
    const { batchId, batch } = parseCommitBatchReceipt(receipt, { deployment });
    const { finalAt } = await getBatch(client, { deployment, batchId });
    expect({ batchId, batch }).to.deep.equal({ batchId: made.batchId, batch: made.batch });
    for (const [index, { requestId }] of asked.entries()) {
      const linked = await mined(
        await linkResult(stranger, { deployment, inclusion: made.inclusionOf(index) }),
      );
      const { outputRoot } = made.results[index]!;
      expect(parseLinkResultReceipt(linked, { deployment })).to.deep.equal({
        ...{ requestId, batchId, index, outputRoot },
      });
      expect(await verifyResult(client, { deployment, requestId, model })).to.include({ isCorrect: true });
    }
    // A result that is shown beside its request has the request's input.
    const { blockNumber: fromBlock } = await mined(
      await showResult(stranger, { deployment, inclusion: made.inclusionOf(1) }),
    );
    // The request is older than the result, from whose event on others search.
    const shown = await getInput(client, { deployment, requestId: made.resultIdOf(1), fromBlock });
    expect(shown).to.deep.equal(await getInput(client, { deployment, requestId: asked[1]!.requestId }));
    await time.increaseTo(finalAt ?? 0);
    const readings = await getReadings(client, {
      deployment,
      requestIds: asked.map(({ requestId }) => requestId),
    });
    expect(readings.map(({ status }) => status)).to.deep.equal(["final", "final", "final"]);
    expect(await getReadings(client, { deployment, requestIds: [] })).to.deep.equal([]);
  });

  it("behavior: a request that nobody answered is given another deadline instead of a refund", async () => {
    const { deployment, client, requester, stranger, model, mined, time } = protocol;
    const { requestId, terms } = await ask(3, 77n);
    await time.increaseTo(terms.deadline);
    expect(await getStatus(client, { deployment, requestId })).to.equal("refunded");
    const deadline = await protocol.deadline();
    const call = { deployment, requestId, modelId: model.modelId, terms, deadline };
    const denied = await caughtRevert(reopenRequest(stranger, call));
    expect(denied.code).to.equal("HUB_REQUEST_MISMATCH");
    const receipt = await mined(await reopenRequest(requester, call));
    expect(parseReopenRequestReceipt(receipt, { deployment })).to.deep.equal({
      ...{ requestId, deadline, penalty: 0n },
    });
    expect(await getRequest(client, { deployment, requestId })).to.include({ status: "requested", deadline });
    await time.increaseTo(deadline);
    await mined(await expireRequest(stranger, { deployment, requestId }));
  });

  it("error: batches that say nothing or too much, before anything is sent", async () => {
    const { deployment, operator, profileId } = protocol;
    const given = { deployment, profileId, operator: operator.account.address };
    const results = await resultsOf(agreed(2), true);
    const other = { ...results[0]!, traceRoot: zeroHash, modelId: keccak256("0x00") };
    for (const [make, parameter] of [
      [() => makeBatch({ ...given, results: [] }), "results"],
      [() => makeBatch({ ...given, results, published: true }), "traceRoot"],
      [
        () =>
          makeBatch({ ...given, results: [{ ...results[0]!, traceRoot: zeroHash }, other], published: true }),
        "modelId",
      ],
      [() => makeBatch({ ...given, results }).inclusionOf(2), "index"],
      [() => makeBatch({ ...given, results }).resultIdOf(-1), "index"],
    ] as const) {
      const error = await caught((async () => make())());
      expect(error.code).to.equal("INVALID_PARAMETER");
      expect(error.context).to.include({ parameter });
    }
  });

  it("error: what is not in a batch, or in none", async () => {
    const { deployment, client, operator, stranger, profileId, mined } = protocol;
    const given = { deployment, profileId, operator: operator.account.address };
    const made = makeBatch({ ...given, results: await resultsOf(agreed(4)) });
    const inclusion = made.inclusionOf(2);
    const early = await caughtRevert(showResult(stranger, { deployment, inclusion }));
    expect(early.code).to.equal("HUB_BATCH_STATUS_MISMATCH");
    const { batchId } = made;
    expect(await getBatch(client, { deployment, batchId })).to.deep.equal({
      ...{ batchId, status: "none", finalAt: undefined },
    });
    await mined(await commitBatch(operator, { deployment, ...made.batch }));
    const wrong = { ...inclusion, result: { ...inclusion.result, outputRoot: pad("0x01") } };
    expect((await caughtRevert(showResult(stranger, { deployment, inclusion: wrong }))).code).to.equal(
      "HUB_BATCH_PROOF_MISMATCH",
    );
    expect((await caughtRevert(linkResult(stranger, { deployment, inclusion }))).code).to.equal(
      "HUB_STATUS_MISMATCH",
    );
    const soon = await caughtRevert(settleBatch(stranger, { deployment, batch: made.batch }));
    expect(soon.code).to.equal("HUB_WINDOW_OPEN");
  });
});
