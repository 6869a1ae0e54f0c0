import { expect } from "chai";
import { createClient, custom, zeroHash } from "viem";
import { acceptRequest } from "../../../sdk/src/actions/acceptRequest.ts";
import { getRequest } from "../../../sdk/src/actions/getRequest.ts";
import { iterateRequests } from "../../../sdk/src/actions/iterateRequests.ts";
import { quoteInference } from "../../../sdk/src/actions/quoteInference.ts";
import { parseRequestInferenceReceipt, requestInference } from "../../../sdk/src/actions/requestInference.ts";
import { caught } from "../../support/caught.ts";
import { BALANCE, createProtocol, FEE, type Protocol, testProfile } from "../../support/sdk.ts";
import { makeSquaresModel, squaresInputs } from "../../support/squares.ts";

const inputs = squaresInputs(4, 3, 2, 1);

describe("sdk/actions: a quote", () => {
  let protocol: Protocol;

  before(async () => {
    protocol = await createProtocol();
  });

  async function request(fee: bigint) {
    const { deployment, profileId, model, deadline } = protocol;
    return { deployment, profileId, model, inputs, fee, deadline: await deadline() };
  }

  /** Asks, and has the operator accept; returns the gas of asking. */
  async function accepted(terms: Awaited<ReturnType<typeof request>>): Promise<bigint> {
    const { deployment, requester, operator, mined } = protocol;
    const receipt = await mined(await requestInference(requester, terms));
    const { requestId } = parseRequestInferenceReceipt(receipt, { deployment });
    await mined(await acceptRequest(operator, { deployment, requestId }));
    return receipt.gasUsed;
  }

  it("default: what a request costs and buys, before and after others have asked", async () => {
    const { requester } = protocol;
    // The same bytes to the last one: a random salt has more zeros at one time than at another, and zeros are cheaper.
    const terms = { ...(await request(FEE)), salt: 1n };
    const first = await quoteInference(requester, terms);
    const { windowSeconds, clockSeconds, lock } = testProfile;
    expect(first).to.deep.include({ fee: FEE, recentFees: [], balance: BALANCE, shortfall: 0n, lock });
    expect(first).to.include({ windowSeconds, latestSeconds: windowSeconds + 2 * clockSeconds });
    expect(first.gasCost).to.equal(first.gas * first.gasPrice);
    expect(first.gasPrice > 0n).to.equal(true);

    const used = await accepted(terms);
    // An estimate is what the transaction needs at most at once, before what it gets back.
    expect(first.gas >= used && first.gas < (used * 11n) / 10n).to.equal(true);
    await accepted(await request(2n * FEE));
    const { recentFees, balance } = await quoteInference(requester, await request(FEE));
    expect(recentFees).to.deep.equal([FEE, 2n * FEE]);
    expect(balance).to.equal(BALANCE - 3n * FEE);
  });

  it("default: requests are found again, the latest first, as far back as somebody goes on", async () => {
    const { deployment, requester, client, mined, model } = protocol;
    const fees = [5n, 6n, 7n];
    for (const fee of fees) await mined(await requestInference(requester, await request(fee)));
    const asked: string[] = [];
    const counting = createClient({
      transport: custom({
        request: (call) => {
          if (call.method === "eth_getLogs") asked.push(call.method);
          return client.request(call);
        },
      }),
    });
    const mine = { deployment, requester: requester.account.address, blockRange: 1n };
    const found: bigint[] = [];
    for await (const made of iterateRequests(counting, mine)) {
      expect(made).to.include({ requester: mine.requester, modelId: model.modelId });
      expect((await getRequest(client, { deployment, requestId: made.requestId })).fee).to.equal(made.fee);
      found.push(made.fee);
      if (found.length === 2) break;
    }
    expect(found).to.deep.equal([7n, 6n]);
    // One question for each block, and none further back.
    expect(asked).to.have.length(2);

    const collect = async (parameters: object) => {
      const all: bigint[] = [];
      for await (const { fee } of iterateRequests(client, { deployment, ...parameters })) all.push(fee);
      return all;
    };
    expect((await collect({ modelId: model.modelId })).slice(0, 3)).to.deep.equal([7n, 6n, 5n]);
    expect(await collect({ modelId: zeroHash })).to.deep.equal([]);
    expect(await collect({ requester: deployment.contracts.StakeVault })).to.deep.equal([]);
    const error = await caught(collect({ signal: AbortSignal.abort() }));
    expect(error.code).to.equal("ABORTED");
  });

  it("behavior: a balance that is too low is a shortfall and no failure", async () => {
    const { requester, signers, deployment } = protocol;
    const fee = 10n * BALANCE;
    const poor = await quoteInference(requester, await request(fee));
    expect(poor.shortfall).to.equal(fee - poor.balance);
    const nobody = signers[10]?.address as `0x${string}`;
    const stranger = await quoteInference(requester, {
      ...(await request(FEE)),
      account: nobody,
      deployment,
    });
    expect(stranger).to.deep.include({ balance: 0n, shortfall: FEE });
    expect(stranger.gas > 50_000n).to.equal(true);
  });

  it("error: what the request itself would be refused with", async () => {
    const { requester, client } = protocol;
    const right = await request(FEE);
    const codes = [
      [{ ...right, profileId: zeroHash }, "PROFILE_UNKNOWN"],
      [{ ...right, model: makeSquaresModel(6) }, "REGISTRY_MODEL_UNKNOWN"],
      [{ ...right, deadline: 1 }, "HUB_DEADLINE_NOT_AHEAD"],
      [{ ...right, inputs: {} }, "INPUT_MISSING"],
    ] as const;
    for (const [asked, code] of codes)
      expect((await caught(quoteInference(requester, asked))).code).to.equal(code);
    expect((await caught(quoteInference(client, right))).code).to.equal("MISSING_ACCOUNT");
  });
});
