import { expect } from "chai";
import {
  AbstractSigner,
  BrowserProvider,
  type Eip1193Provider,
  makeError,
  type Provider,
  type TransactionRequest,
  Wallet,
} from "ethers";
import { getAddress, zeroHash } from "viem";
import { fromEthers } from "../../../sdk/src/ethers/client.ts";
import { SignerDisconnectedError } from "../../../sdk/src/ethers/transport.ts";
import { caught, caughtRevert } from "../../support/caught.ts";
import { createProtocol, type Protocol } from "../../support/sdk.ts";

/** A wallet whose owner declines everything. */
class DecliningSigner extends AbstractSigner {
  readonly address: string;

  constructor(address: string, provider: Provider) {
    super(provider);
    this.address = address;
  }

  async getAddress(): Promise<string> {
    return this.address;
  }

  connect(provider: Provider): DecliningSigner {
    return new DecliningSigner(this.address, provider);
  }

  override async sendTransaction(transaction: TransactionRequest): Promise<never> {
    throw makeError("user rejected action", "ACTION_REJECTED", {
      action: "sendTransaction",
      reason: "rejected",
      info: { transaction },
    });
  }

  signTransaction(): Promise<string> {
    return this.sendTransaction({});
  }

  signMessage(): Promise<string> {
    return this.sendTransaction({});
  }

  signTypedData(): Promise<string> {
    return this.sendTransaction({});
  }
}

describe("sdk/ethers: errors", () => {
  let protocol: Protocol;
  let provider: BrowserProvider;

  before(async () => {
    protocol = await createProtocol();
    provider = new BrowserProvider(protocol.connection.provider as unknown as Eip1193Provider, undefined, {
      cacheTimeout: -1,
    });
  });

  it("error: a revert keeps its data through every kind of signer", async () => {
    const { deployment, operator } = protocol;
    const [rich] = protocol.signers;
    const wallet = new Wallet(Wallet.createRandom().privateKey, provider);
    await rich!.sendTransaction({ to: wallet.address, value: 10n ** 18n });
    for (const signer of [wallet, await provider.getSigner(operator.account.address)]) {
      const client = await fromEthers(signer, { deployment });
      const address = getAddress(await signer.getAddress());
      const { balance } = await client.getAccount({ address });
      const error = await caughtRevert(client.stake({ amount: balance + 1n }));
      expect(error.code).to.equal("VAULT_BALANCE_TOO_LOW");
      expect(error.context).to.include({ account: address, balance, amount: balance + 1n });
    }
  });

  it("error: a read that reverts", async () => {
    const client = await fromEthers(provider, { deployment: protocol.deployment });
    const error = await caughtRevert(client.getModel({ modelId: zeroHash }));
    expect(error.errorName).to.equal("RegistryModelUnknown");
    expect(error.context).to.include({ modelId: zeroHash });
  });

  it("error: a declined transaction, and a declined signature", async () => {
    const { deployment, requester } = protocol;
    const client = await fromEthers(new DecliningSigner(requester.account.address, provider), { deployment });
    expect((await caught(client.stake({ amount: 1n }))).code).to.equal("USER_REJECTED");
    expect((await caught(client.depositWithPermit({ amount: 1n }))).code).to.equal("USER_REJECTED");
  });

  it("error: a wallet that cannot pay for gas", async () => {
    const wallet = new Wallet(Wallet.createRandom().privateKey, provider);
    const client = await fromEthers(wallet, { deployment: protocol.deployment });
    const error = await caught(client.registerModel({ record: protocol.model.record }));
    expect(error.code).to.equal("INSUFFICIENT_FUNDS");
  });

  it("error: a node that does not answer", async () => {
    const silent = { request: () => new Promise<never>(() => undefined) };
    const client = await fromEthers(new BrowserProvider(silent), {
      deployment: protocol.deployment,
      timeout: 20,
    });
    const error = await caught(client.getModel({ modelId: zeroHash }));
    expect(error).to.include({ code: "NODE_UNREACHABLE", isTransient: true });
  });

  it("error: a wallet without a provider", async () => {
    const error = await caught(fromEthers(new Wallet(Wallet.createRandom().privateKey)));
    expect(error).to.be.instanceOf(SignerDisconnectedError);
  });

  it("error: another chain than the deployment's", async () => {
    const deployment = { ...protocol.deployment, chainId: 1 };
    const client = await fromEthers(await provider.getSigner(), { deployment });
    const error = await caught(client.stake({ amount: 1n }));
    expect(error.code).to.equal("WRONG_CHAIN");
    expect(error.context).to.include({ actual: 31337, expected: 1 });
  });
});
