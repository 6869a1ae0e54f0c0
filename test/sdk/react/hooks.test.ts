import { expect } from "chai";
import type { Hex } from "viem";
import { bindTrace } from "../../../sdk/src/actions/bindTrace.ts";
import { commitResult } from "../../../sdk/src/actions/commitResult.ts";
import { parseRequestInferenceReceipt, requestInference } from "../../../sdk/src/actions/requestInference.ts";
import { assayQueryKey } from "../../../sdk/src/react/key.ts";
import {
  useAccountFunds,
  useFinality,
  useListings,
  useModel,
  useProfile,
  useReadings,
  useRequest,
  useResult,
} from "../../../sdk/src/react/reads.ts";
import { useVerifyResult } from "../../../sdk/src/react/useVerifyResult.ts";
import { useDeposit, useRequestInference, useWithdraw } from "../../../sdk/src/react/writes.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { configOf, connectWallet, mountHook, openPage, type Wallet } from "../../support/react.ts";
import { createProtocol, FEE, type Protocol, testProfile } from "../../support/sdk.ts";
import { squaresInputs, squaresOutput } from "../../support/squares.ts";

const numbers = [1, 2, 3, 4] as const;
const inputs = squaresInputs(...numbers);

describe("sdk/react", () => {
  let protocol: Protocol;
  let page: ReturnType<typeof openPage>;

  before(async () => {
    protocol = await createProtocol();
    page = openPage();
  });

  after(() => page.close());

  const stageOf = (wallet?: Wallet) => ({
    root: page.root,
    config: configOf(protocol, protocol.requester.account.address, wallet),
  });

  async function terms() {
    const { deployment, profileId, operator } = protocol;
    const deadline = await protocol.deadline();
    return { deployment, profileId, fee: FEE, deadline, operator: operator.account.address };
  }

  async function ask(): Promise<Hex> {
    const { deployment, requester, model, mined } = protocol;
    const receipt = await mined(await requestInference(requester, { ...(await terms()), model, inputs }));
    return parseRequestInferenceReceipt(receipt, { deployment }).requestId;
  }

  async function answer(requestId: Hex): Promise<void> {
    const { deployment, operator, model, mined } = protocol;
    const run = await traceBytes(model, packInputs(model, inputs));
    await mined(await commitResult(operator, { deployment, requestId, ...bindTrace(model, run) }));
  }

  it("default: a request is made through the wallet, followed to its end, read and verified", async () => {
    const { deployment, model, time } = protocol;
    let sign = (): void => {};
    const signed = new Promise<void>((resolve) => {
      sign = resolve;
    });
    const stage = stageOf((method) => (method === "eth_sendTransaction" ? signed : undefined));
    await connectWallet(stage.config);
    const asking = mountHook(stage, () => useRequestInference({ deployment }), {});
    expect(asking.current()).to.include({ phase: "idle", isRejected: false, hash: undefined });
    const asked = await terms();
    asking.perform(({ mutate }) => mutate({ ...asked, model, inputs }));
    expect(await asking.until(({ phase }) => phase !== "idle")).to.include({
      phase: "signing",
      isPending: true,
    });
    sign();
    const { data } = await asking.until(({ isPending }) => !isPending);
    expect(asking.current().phase).to.equal("done");
    const requestId = data?.outcome.requestId as Hex;
    expect(data?.receipt.status).to.equal("success");
    expect(asking.current().hash).to.equal(data?.hash);
    asking.unmount();

    const following = mountHook(
      stageOf(),
      (id: Hex | undefined) => useFinality({ deployment, requestId: id }),
      undefined as Hex | undefined,
    );
    expect(following.current()).to.include({ data: undefined, fetchStatus: "idle" });
    following.rerender(requestId);
    await following.until(({ data: progress }) => progress?.request.status === "requested");
    await answer(requestId);
    const pending = await following.until(({ data: progress }) => progress?.request.status === "committed");
    expect(pending.data?.secondsLeft).to.be.within(1, testProfile.windowSeconds);
    following.unmount();

    // Another page, later: the id is all that it needs.
    await time.increase(testProfile.windowSeconds);
    const again = mountHook(stageOf(), () => useFinality({ deployment, requestId }), {});
    const { data: progress } = await again.until(({ data: last }) => last?.isOver === true);
    expect(progress?.request.status).to.equal("final");
    again.unmount();

    const reading = mountHook(stageOf(), () => useResult({ deployment, requestId, model }), {});
    const { data: result } = await reading.until(({ isPending }) => !isPending);
    expect([...(result?.outputs?.result?.data ?? [])]).to.deep.equal(squaresOutput(...numbers));
    reading.unmount();

    const verifying = mountHook(stageOf(), () => useVerifyResult({ deployment }), {});
    verifying.perform(({ mutate }) => mutate({ requestId, model }));
    const { data: check } = await verifying.until(({ isIdle, isPending }) => !isIdle && !isPending);
    expect(check?.isCorrect).to.equal(true);
    verifying.unmount();
  });

  it("default: what else can be read", async () => {
    const { deployment, model, profileId, requester } = protocol;
    const { address } = requester.account;
    const requestId = await ask();
    const hook = () => ({
      request: useRequest({ deployment, requestId }),
      readings: useReadings({ deployment, requestIds: [requestId] }),
      model: useModel({ deployment, modelId: model.modelId }),
      profile: useProfile({ deployment, profileId }),
      funds: useAccountFunds({ deployment, address }),
      listings: useListings({ deployment }),
    });
    const mounted = mountHook(stageOf(), hook, {});
    const done = await mounted.until((all) => Object.values(all).every(({ isPending }) => !isPending));
    expect(done.request.data?.status).to.equal("requested");
    expect(done.readings.data?.[0]).to.include({ requestId, status: "requested" });
    expect(done.model.data).to.deep.equal(model.record);
    expect(done.profile.data).to.deep.equal(testProfile);
    expect(done.funds.data?.balance).to.be.a("bigint");
    expect(done.listings.data).to.deep.equal([]);
    mounted.unmount();
  });

  it("behavior: what is shown is read anew after a transaction", async () => {
    const { deployment, requester } = protocol;
    const { address } = requester.account;
    const stage = stageOf();
    await connectWallet(stage.config);
    const hook = () => ({
      funds: useAccountFunds({ deployment, address }),
      withdraw: useWithdraw({ deployment }),
    });
    const mounted = mountHook(stage, hook, {});
    const { funds } = await mounted.until((all) => all.funds.data !== undefined);
    const { balance } = funds.data!;
    mounted.perform(({ withdraw }) => withdraw.mutate({ amount: 5n, to: address }));
    const after = await mounted.until((all) => all.funds.data?.balance !== balance);
    expect(after.funds.data?.balance).to.equal(balance - 5n);
    mounted.unmount();
  });

  it("behavior: a user who declines is told from a failure", async () => {
    const { deployment } = protocol;
    const stage = stageOf((method) => {
      if (method === "eth_sendTransaction")
        throw Object.assign(new Error("User rejected the request."), { code: 4001 });
    });
    await connectWallet(stage.config);
    const mounted = mountHook(stage, () => useWithdraw({ deployment }), {});
    mounted.perform(({ mutate }) => mutate({ amount: 1n }));
    const declined = await mounted.until(({ phase }) => phase === "failed");
    expect(declined).to.include({ isRejected: true, hash: undefined });
    expect(declined.error).to.include({ code: "USER_REJECTED", isTransient: false });
    mounted.unmount();
  });

  it("error: no wallet, too little money, a result that is not final", async () => {
    const { deployment } = protocol;
    const mounted = mountHook(stageOf(), () => useWithdraw({ deployment }), {});
    mounted.perform(({ mutate }) => mutate({ amount: 1n }));
    const alone = await mounted.until(({ phase }) => phase === "failed");
    expect(alone).to.include({ isRejected: false });
    expect(alone.error?.code).to.equal("MISSING_ACCOUNT");
    mounted.unmount();

    const stage = stageOf();
    await connectWallet(stage.config);
    const spending = mountHook(stage, () => useDeposit({ deployment }), {});
    spending.perform(({ mutate }) => mutate({ amount: 2n ** 200n }));
    const poor = await spending.until(({ phase }) => phase === "failed");
    expect(poor.isRejected).to.equal(false);
    expect(poor.error?.recovery).to.be.a("string");
    spending.unmount();

    const requestId = await ask();
    const reading = mountHook(
      stageOf(),
      () => useResult({ deployment, requestId, query: { retry: false } }),
      {},
    );
    const { error } = await reading.until(({ isPending }) => !isPending);
    expect(error?.code).to.equal("RESULT_NOT_FINAL");
    reading.unmount();
  });

  it("args: keys of queries are the same for the same question, and for no other", () => {
    const { deployment, model } = protocol;
    const key = (parameters: object) => JSON.stringify(assayQueryKey("getResult", 1, parameters));
    const same = key({ requestId: "0x01", deployment, model });
    expect(
      key({ model: { ...model, constants: new Uint8Array(9) }, deployment, requestId: "0x01" }),
    ).to.equal(key({ model, deployment, requestId: "0x01" }));
    expect(key({ requestId: "0x01", deployment, model: undefined })).not.to.equal(same);
    expect(key({ fromBlock: 1n })).not.to.equal(key({ fromBlock: 2n }));
    expect(key({ fromBlock: 1n })).not.to.equal(key({ fromBlock: "1" }));
    expect(key({ input: new Uint8Array([1]) })).not.to.equal(key({ input: new Uint8Array([2]) }));
    expect(key({ signal: new AbortController().signal })).to.equal(key({}));
  });
});
