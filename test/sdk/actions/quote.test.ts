import { expect } from "chai";
import { zeroHash } from "viem";
import { acceptRequest } from "../../../sdk/src/actions/acceptRequest.ts";
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

  /** Asks, and has the operator accept. */
  async function accepted(fee: bigint): Promise<bigint> {
    const { deployment, requester, operator, mined } = protocol;
    const receipt = await mined(await requestInference(requester, await request(fee)));
    const { requestId } = parseRequestInferenceReceipt(receipt, { deployment });
    await mined(await acceptRequest(operator, { deployment, requestId }));
    return receipt.gasUsed;
  }

  it("default: what a request costs and buys, before and after others have asked", async () => {
    const { requester } = protocol;
    const first = await quoteInference(requester, await request(FEE));
    const { windowSeconds, clockSeconds, lock } = testProfile;
    expect(first).to.deep.include({ fee: FEE, recentFees: [], balance: BALANCE, shortfall: 0n, lock });
    expect(first).to.include({ windowSeconds, latestSeconds: windowSeconds + 2 * clockSeconds });
    expect(first.gasCost).to.equal(first.gas * first.gasPrice);
    expect(first.gasPrice > 0n).to.equal(true);

    const used = await accepted(FEE);
    // An estimate is what the transaction needs at most at once, before what it gets back.
    expect(first.gas >= used && first.gas < (used * 11n) / 10n).to.equal(true);
    await accepted(2n * FEE);
    const { recentFees, balance } = await quoteInference(requester, await request(FEE));
    expect(recentFees).to.deep.equal([FEE, 2n * FEE]);
    expect(balance).to.equal(BALANCE - 3n * FEE);
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
