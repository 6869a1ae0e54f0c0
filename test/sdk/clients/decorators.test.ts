import { expect } from "chai";
import { createPublicClient, createWalletClient, zeroHash } from "viem";
import { challengerActions } from "../../../sdk/src/clients/challengerActions.ts";
import { operatorActions } from "../../../sdk/src/clients/operatorActions.ts";
import { publicActions } from "../../../sdk/src/clients/publicActions.ts";
import { publisherActions } from "../../../sdk/src/clients/publisherActions.ts";
import { requesterActions } from "../../../sdk/src/clients/requesterActions.ts";
import { caught } from "../../support/caught.ts";
import { createProtocol, type Protocol, transportOf } from "../../support/sdk.ts";

describe("sdk/clients", () => {
  let protocol: Protocol;

  before(async () => {
    protocol = await createProtocol();
  });

  it("default: actions are bound to the client and the deployment", async () => {
    const { deployment, connection, model, requester } = protocol;
    const reader = createPublicClient({ transport: transportOf(connection) }).extend(
      publicActions(deployment),
    );
    expect(await reader.getModel({ modelId: model.modelId })).to.deep.equal(model.record);
    expect(await reader.getStatus({ requestId: zeroHash })).to.equal("none");
    expect(await reader.getChainId()).to.equal(31337);

    const wallet = createWalletClient({ account: requester.account, transport: transportOf(connection) })
      .extend(publicActions(deployment))
      .extend(requesterActions(deployment))
      .extend(operatorActions(deployment))
      .extend(challengerActions(deployment))
      .extend(publisherActions(deployment));
    const hash = await wallet.stake({ amount: 5n });
    await protocol.mined(hash);
    expect((await wallet.getAccount({ address: requester.account.address })).stake).to.equal(5n);
    expect(await wallet.simulateRegisterModel({ record: model.record })).to.equal(model.modelId);
  });

  it("args: a call can name another deployment", async () => {
    const { deployment, connection, model } = protocol;
    const wrong = {
      ...deployment,
      contracts: { ...deployment.contracts, ModelRegistry: deployment.contracts.Referee },
    };
    const reader = createPublicClient({ transport: transportOf(connection) }).extend(publicActions(wrong));
    expect(await reader.getModel({ modelId: model.modelId, deployment })).to.deep.equal(model.record);
  });

  it("error: no deployment, and a chain without a bundled one", async () => {
    const { connection } = protocol;
    const reader = createPublicClient({ transport: transportOf(connection) }).extend(publicActions());
    const error = await caught(reader.getStatus({ requestId: zeroHash }));
    expect(error.code).to.equal("UNSUPPORTED_CHAIN");
    expect(error.context).to.deep.include({ chainId: 31337 });
  });
});
