import { expect } from "chai";
import { BrowserProvider, type Eip1193Provider, FallbackProvider, type Signer, Wallet } from "ethers";
import { bindTrace } from "../../../sdk/src/actions/bindTrace.ts";
import { parseCommitResultReceipt } from "../../../sdk/src/actions/commitResult.ts";
import { parseRegisterModelReceipt } from "../../../sdk/src/actions/registerModel.ts";
import { parseRequestInferenceReceipt } from "../../../sdk/src/actions/requestInference.ts";
import { type EthersClient, fromEthers } from "../../../sdk/src/ethers/client.ts";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { createProtocol, FEE, type Protocol } from "../../support/sdk.ts";
import { makeSquaresModel, numbersOf, squaresInputs, squaresOutput } from "../../support/squares.ts";

const numbers = [3, 0, -2, 0.5] as const;
const inputs = squaresInputs(...numbers);

describe("sdk/ethers: a request from beginning to end", () => {
  let protocol: Protocol;
  let provider: BrowserProvider;

  before(async () => {
    protocol = await createProtocol();
    provider = new BrowserProvider(protocol.connection.provider as unknown as Eip1193Provider, undefined, {
      cacheTimeout: -1,
    });
  });

  /** A wallet with its own key, and money. */
  async function freshWallet(): Promise<Wallet> {
    const wallet = new Wallet(Wallet.createRandom().privateKey, provider);
    const [rich] = protocol.signers;
    await rich!.sendTransaction({ to: wallet.address, value: 10n ** 18n });
    await protocol.token.transfer(wallet.address, 100n * FEE);
    return wallet;
  }

  function clientOf(signer: Signer): Promise<EthersClient> {
    return fromEthers(signer, { deployment: protocol.deployment, pollingInterval: 10 });
  }

  async function run(requesterSigner: Signer, model = makeSquaresModel()): Promise<void> {
    const { deployment, profileId, operator, time } = protocol;
    const mined = async (hash: string) => (await provider.waitForTransaction(hash))!;
    const requester = await clientOf(requesterSigner);
    const worker = await clientOf(await provider.getSigner(operator.account.address));
    const reader = await fromEthers(provider, { deployment });

    const registered = await mined(await requester.registerModel({ record: model.record }));
    const known = parseRegisterModelReceipt(registered, { deployment });
    expect(known?.modelId ?? model.modelId).to.equal(model.modelId);
    expect(await reader.getModel({ modelId: model.modelId })).to.deep.equal(model.record);

    await mined(await requester.depositWithPermit({ amount: FEE }));
    const deadline = await protocol.deadline();
    const requested = await mined(
      await requester.requestInference({ model, inputs, profileId, fee: FEE, deadline }),
    );
    const { requestId } = parseRequestInferenceReceipt(requested, { deployment });
    await mined(await worker.acceptRequest({ requestId }));
    const trace = await traceBytes(model, await worker.getInput({ requestId }));
    const committed = await mined(await worker.commitResult({ requestId, ...bindTrace(model, trace) }));
    const { windowEndsAt } = parseCommitResultReceipt(committed, { deployment });

    await time.increaseTo(windowEndsAt);
    expect((await reader.waitForFinality({ requestId })).status).to.equal("final");
    await mined(await requester.settleRequest({ requestId }));
    const { outputs } = await reader.getResult({ requestId, model });
    expect(numbersOf(outputs)).to.deep.equal(squaresOutput(...numbers));
    expect(await reader.verifyResult({ requestId, model })).to.include({ isCorrect: true });
  }

  it("default: with a wallet that holds its own key", async () => {
    await run(await freshWallet(), makeSquaresModel(6));
  });

  it("args: signer of a browser's provider", async () => {
    await run(await provider.getSigner(protocol.requester.account.address), makeSquaresModel(7));
  });

  it("args: signer of Hardhat", async () => {
    const [, signer] = protocol.signers;
    await run(signer!, makeSquaresModel(8));
  });

  it("args: provider that cannot pass requests on", async () => {
    const { deployment, mined, requester, profileId } = protocol;
    const fallback = new FallbackProvider([provider], undefined, { cacheTimeout: -1, quorum: 1 });
    const reader = await fromEthers(fallback, { deployment });
    const { address } = requester.account;
    expect(await reader.getAccount({ address })).to.deep.equal(
      await (await fromEthers(provider, { deployment })).getAccount({ address }),
    );

    const wallet = (await freshWallet()).connect(fallback);
    const client = await fromEthers(wallet, { deployment });
    await mined(await client.approveToken({ amount: FEE }));
    await mined(await client.deposit({ amount: FEE }));
    const deadline = await protocol.deadline();
    const terms = { model: protocol.model, inputs, profileId, fee: FEE, deadline };
    const receipt = await mined(await client.requestInference(terms));
    const { requestId } = parseRequestInferenceReceipt(receipt, { deployment });
    expect((await client.getRequest({ requestId })).requester).to.equal(wallet.address);
    expect((await reader.getInput({ requestId })).length).to.equal(protocol.model.record.inputBytes);
    expect(await reader.getGames({ requestId })).to.deep.equal([]);
  });
});
