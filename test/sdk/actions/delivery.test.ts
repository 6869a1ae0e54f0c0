import { expect } from "chai";
import { type Address, type Hex, zeroAddress } from "viem";
import { acceptRequest, parseAcceptRequestReceipt } from "../../../sdk/src/actions/acceptRequest.ts";
import { commitResult } from "../../../sdk/src/actions/commitResult.ts";
import {
  deliverResult,
  parseDeliverResultReceipt,
  simulateDeliverResult,
} from "../../../sdk/src/actions/deliverResult.ts";
import { getAccount } from "../../../sdk/src/actions/getAccount.ts";
import { getDelivery } from "../../../sdk/src/actions/getDelivery.ts";
import { getResult } from "../../../sdk/src/actions/getResult.ts";
import { getTicket } from "../../../sdk/src/actions/getTicket.ts";
import { parseRequestInferenceReceipt, requestInference } from "../../../sdk/src/actions/requestInference.ts";
import { parseRequestUnstakeReceipt, requestUnstake } from "../../../sdk/src/actions/requestUnstake.ts";
import { parseSetPayoutReceipt, setPayout } from "../../../sdk/src/actions/setPayout.ts";
import { parseSetSignerReceipt, setSigner } from "../../../sdk/src/actions/setSigner.ts";
import { settleRequest } from "../../../sdk/src/actions/settleRequest.ts";
import {
  parseSubscribeDeliveryReceipt,
  subscribeDelivery,
} from "../../../sdk/src/actions/subscribeDelivery.ts";
import {
  parseSweepBurnedReceipt,
  simulateSweepBurned,
  sweepBurned,
} from "../../../sdk/src/actions/sweepBurned.ts";
import { parseTransferStakeReceipt, transferStake } from "../../../sdk/src/actions/transferStake.ts";
import { waitForFinality } from "../../../sdk/src/actions/waitForFinality.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { caughtRevert } from "../../support/caught.ts";
import { Mood } from "../../support/protocol/consumers.ts";
import { createProtocol, FEE, type Protocol, testProfile } from "../../support/sdk.ts";
import { squaresInputs } from "../../support/squares.ts";

const inputs = squaresInputs(1, 2, 3, 4);
const GAS = 200_000;

describe("sdk/actions: delivery, and keys of operators", () => {
  let protocol: Protocol;

  before(async () => {
    protocol = await createProtocol();
  });

  async function ask(): Promise<Hex> {
    const { deployment, requester, model, profileId, mined } = protocol;
    const terms = { profileId, fee: FEE, deadline: await protocol.deadline() };
    const hash = await requestInference(requester, { deployment, model, inputs, ...terms });
    return parseRequestInferenceReceipt(await mined(hash), { deployment }).requestId;
  }

  async function answer(requestId: Hex): Promise<void> {
    const { deployment, client, operator, model, mined, time } = protocol;
    await mined(await acceptRequest(operator, { deployment, requestId }));
    const { outputBytes: output } = await traceBytes(model, packInputs(model, inputs));
    await mined(await commitResult(operator, { deployment, requestId, output }));
    await time.increase(testProfile.windowSeconds);
    await waitForFinality(client, { deployment, requestId });
  }

  it("default: a final result is brought to a contract, however often that takes", async () => {
    const { connection, deployment, client, requester, stranger, mined } = protocol;
    const { InferenceHub, ResultDelivery } = deployment.contracts;
    const contract = await connection.ethers.deployContract("HostileReceiver", [
      InferenceHub,
      ResultDelivery,
    ]);
    const receiver = (await contract.getAddress()) as Address;
    const requestId = await ask();
    const nothing = await getDelivery(client, { deployment, requestId });
    expect(nothing).to.deep.equal({
      ...{ requestId, status: "none", receiver: undefined, gasLimit: 0, attempts: 0 },
    });
    const call = { deployment, requestId, receiver, gasLimit: GAS };
    const denied = await caughtRevert(subscribeDelivery(stranger, call));
    expect(denied.code).to.equal("DELIVERY_CALLER_NOT_REQUESTER");
    const subscribed = await mined(await subscribeDelivery(requester, call));
    expect(parseSubscribeDeliveryReceipt(subscribed, { deployment })).to.deep.equal({
      ...{ requestId, receiver, gasLimit: GAS },
    });
    await answer(requestId);
    const { output } = await getResult(client, { deployment, requestId });
    const delivery = { deployment, requestId, output, gasLimit: GAS };

    await contract.feel(Mood.Revert);
    expect(await simulateDeliverResult(stranger, delivery)).to.equal(false);
    const failed = await mined(await deliverResult(stranger, delivery));
    const attempt = parseDeliverResultReceipt(failed, { deployment });
    expect(attempt).to.include({ requestId, receiver, isDelivered: false });
    expect(attempt.reason).to.match(/^0x[0-9a-f]{72}$/);
    expect((await getDelivery(client, { deployment, requestId })).status).to.equal("failed");

    await contract.feel(Mood.Accept);
    expect(await simulateDeliverResult(stranger, delivery)).to.equal(true);
    const done = await mined(await deliverResult(stranger, delivery));
    expect(parseDeliverResultReceipt(done, { deployment })).to.deep.equal({
      ...{ requestId, receiver, isDelivered: true, reason: undefined },
    });
    expect(await getDelivery(client, { deployment, requestId })).to.deep.equal({
      ...{ requestId, status: "delivered", receiver, gasLimit: GAS, attempts: 2 },
    });
    expect(await contract.received()).to.equal(1n);
    expect((await caughtRevert(deliverResult(stranger, delivery))).code).to.equal("DELIVERY_NOT_DUE");
  });

  it("default: an operator's signer answers for it, and its payout account is paid", async () => {
    const { deployment, client, operator, stranger, other, model, mined, time } = protocol;
    const owner = operator.account.address;
    const signer = stranger.account.address;
    const payout = other.account.address;
    const named = await mined(await setSigner(operator, { deployment, signer }));
    expect(parseSetSignerReceipt(named, { deployment })).to.deep.equal({ operator: owner, signer });
    const paid = await mined(await setPayout(operator, { deployment, payout }));
    expect(parseSetPayoutReceipt(paid, { deployment })).to.deep.equal({ operator: owner, payout });
    expect(await getAccount(client, { deployment, address: owner })).to.include({ signer, payout });
    expect(await getAccount(client, { deployment, address: signer })).to.include({
      ...{ signer: undefined, payout: signer },
    });

    const requestId = await ask();
    const foreign = await caughtRevert(acceptRequest(other, { deployment, requestId, operator: owner }));
    expect(foreign.code).to.equal("HUB_OPERATOR_MISMATCH");
    const accepted = await mined(await acceptRequest(stranger, { deployment, requestId, operator: owner }));
    expect(parseAcceptRequestReceipt(accepted, { deployment }).operator).to.equal(owner);
    const { outputBytes: output } = await traceBytes(model, packInputs(model, inputs));
    await mined(await commitResult(stranger, { deployment, requestId, output }));
    await time.increase(testProfile.windowSeconds);
    const { balance } = await getAccount(client, { deployment, address: payout });
    await mined(await settleRequest(stranger, { deployment, requestId }));
    const after = await getAccount(client, { deployment, address: payout });
    expect(after.balance - balance).to.equal(FEE);
    await mined(await setSigner(operator, { deployment, signer: zeroAddress }));
    await mined(await setPayout(operator, { deployment, payout: zeroAddress }));
    expect(await getAccount(client, { deployment, address: owner })).to.include({
      ...{ signer: undefined, payout: owner },
    });
  });

  it("default: stake changes its owner, or leaves by a ticket", async () => {
    const { deployment, client, operator, other, mined, time } = protocol;
    const from = operator.account.address;
    const to = other.account.address;
    const receipt = await mined(await transferStake(operator, { deployment, to, amount: 7n }));
    expect(parseTransferStakeReceipt(receipt, { deployment })).to.deep.equal({ from, to, amount: 7n });
    const asked = await mined(await requestUnstake(other, { deployment, amount: 7n }));
    const { ticketId, readyAt } = parseRequestUnstakeReceipt(asked, { deployment });
    expect(await getTicket(client, { deployment, ticketId })).to.deep.equal({
      ...{ operator: to, amount: 7n, readyAt },
    });
    expect(readyAt).to.be.greaterThan(await time.latest());
    expect(await getTicket(client, { deployment, ticketId: ticketId + 1n })).to.equal(undefined);
    expect(await simulateSweepBurned(other, { deployment })).to.equal(0n);
    const swept = await mined(await sweepBurned(other, { deployment }));
    expect(parseSweepBurnedReceipt(swept, { deployment })).to.deep.equal({ amount: 0n });
  });
});
