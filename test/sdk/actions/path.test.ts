import { expect } from "chai";
import { zeroHash } from "viem";
import { acceptRequest, parseAcceptRequestReceipt } from "../../../sdk/src/actions/acceptRequest.ts";
import { bindTrace } from "../../../sdk/src/actions/bindTrace.ts";
import { commitResult, parseCommitResultReceipt } from "../../../sdk/src/actions/commitResult.ts";
import { getAccount } from "../../../sdk/src/actions/getAccount.ts";
import { getInput } from "../../../sdk/src/actions/getInput.ts";
import { getRequest } from "../../../sdk/src/actions/getRequest.ts";
import { getResult } from "../../../sdk/src/actions/getResult.ts";
import { getStatus } from "../../../sdk/src/actions/getStatus.ts";
import { isFinal } from "../../../sdk/src/actions/isFinal.ts";
import {
  parseRequestInferenceReceipt,
  requestInference,
  simulateRequestInference,
} from "../../../sdk/src/actions/requestInference.ts";
import { parseSettleRequestReceipt, settleRequest } from "../../../sdk/src/actions/settleRequest.ts";
import { verifyResult } from "../../../sdk/src/actions/verifyResult.ts";
import { waitForFinality } from "../../../sdk/src/actions/waitForFinality.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";

import { createProtocol, FEE, type Protocol, STAKE, testProfile } from "../../support/sdk.ts";
import { numbersOf, squaresInputs, squaresOutput } from "../../support/squares.ts";

describe("sdk/actions: a request from beginning to end, with viem", () => {
  let protocol: Protocol;

  before(async () => {
    protocol = await createProtocol();
  });

  for (const isEager of [true, false]) {
    it(`default: requests, accepts, commits, settles and reads, ${isEager ? "eagerly" : "lazily"}`, async () => {
      const { deployment, client, model, requester, operator, stranger, mined, profileId, time } = protocol;
      const numbers = isEager ? [1, 2, 3, 4] : [0.5, -1, 8, 1.5];
      const inputs = squaresInputs(...numbers);
      const terms = { deployment, profileId, fee: FEE, deadline: await protocol.deadline(), salt: 7n };
      const before = await getAccount(client, { deployment, address: operator.account.address });

      const predicted = await simulateRequestInference(requester, { ...terms, model, inputs });
      const requested = await mined(await requestInference(requester, { ...terms, model, inputs }));
      const { requestId, inputRoot } = parseRequestInferenceReceipt(requested, { deployment });
      expect(requestId).to.equal(predicted);
      expect(await getStatus(client, { deployment, requestId })).to.equal("requested");
      const input = await getInput(client, { deployment, requestId });
      expect(input).to.deep.equal(packInputs(model, inputs));

      const accepted = await mined(await acceptRequest(operator, { deployment, requestId }));
      expect(parseAcceptRequestReceipt(accepted, { deployment })).to.deep.equal({
        requestId,
        operator: operator.account.address,
        lock: testProfile.lock,
      });
      expect((await getAccount(client, { deployment, address: operator.account.address })).locked).to.equal(
        testProfile.lock,
      );

      const run = await traceBytes(model, input);
      expect(run.inputRoot).to.equal(inputRoot);
      const binding = isEager ? bindTrace(model, run) : { output: run.outputBytes };
      const committed = await mined(await commitResult(operator, { deployment, requestId, ...binding }));
      const commitment = parseCommitResultReceipt(committed, { deployment });
      expect(commitment.outputRoot).to.equal(run.outputRoot);
      expect(commitment.traceRoot).to.equal(isEager ? run.traceRoot : zeroHash);
      const verdict = await verifyResult(client, { deployment, requestId, model });
      expect(verdict).to.include({ isCorrect: true, status: "committed", computedRoot: run.outputRoot });
      expect(await isFinal(client, { deployment, requestId })).to.equal(false);

      await time.increaseTo(commitment.windowEndsAt);
      expect(await isFinal(client, { deployment, requestId })).to.equal(true);
      const final = await waitForFinality(client, { deployment, requestId });
      expect(final).to.include({ status: "final", isSettled: false });
      const settled = await mined(await settleRequest(stranger, { deployment, requestId }));
      expect(parseSettleRequestReceipt(settled, { deployment })).to.deep.equal({
        requestId,
        status: "final",
      });

      const result = await getResult(client, { deployment, requestId, model });
      expect(result).to.include({ isFinal: true, status: "final", operator: operator.account.address });
      expect(numbersOf(result.outputs)).to.deep.equal(squaresOutput(...numbers));
      const request = await getRequest(client, { deployment, requestId });
      expect(request).to.include({ isSettled: true, openGames: 0, fee: FEE, inputPublished: true });
      const after = await getAccount(client, { deployment, address: operator.account.address });
      expect(after).to.include({ stake: STAKE, locked: 0n, balance: before.balance + FEE });
    });
  }
});
