import { expect } from "chai";
import { type Hex, hashTypedData, parseGwei, recoverTypedDataAddress } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { localSigner, remoteSigner, type Signer } from "../../../sdk/src/node/signer.ts";
import { caught } from "../../support/caught.ts";
import { KEYS } from "../../support/node/scene.ts";
import { createStub, type Stub } from "../../support/node/stub.ts";

const account = privateKeyToAccount(KEYS.operator);
const stranger = privateKeyToAccount(KEYS.stranger);
const transaction = {
  ...{ type: "eip1559" as const, chainId: 31_337, nonce: 3, gas: 50_000n, value: 0n, data: "0xabcd" as Hex },
  ...{ to: stranger.address, maxFeePerGas: parseGwei("9"), maxPriorityFeePerGas: parseGwei("1") },
};
const typed = {
  domain: { name: "Assay", chainId: 31_337, verifyingContract: stranger.address },
  types: { Receipt: [{ name: "amount", type: "uint256" }] },
  primaryType: "Receipt",
  message: { amount: 2n ** 100n },
} as const;

describe("sdk/node: signer", () => {
  let stub: Stub;
  let remote: Signer;

  beforeEach(async () => {
    stub = await createStub(async (method, params) => {
      if (method !== "eth_signTransaction") return { error: { message: "not now" } };
      const { nonce, gas, to, data, chainId, maxFeePerGas, maxPriorityFeePerGas } = params[0] as Record<
        string,
        Hex
      >;
      const result = await account.signTransaction({
        ...{
          type: "eip1559",
          nonce: Number(nonce),
          gas: BigInt(gas!),
          chainId: Number(chainId),
          to: to!,
          data: data!,
        },
        ...{ maxFeePerGas: BigInt(maxFeePerGas!), maxPriorityFeePerGas: BigInt(maxPriorityFeePerGas!) },
      });
      return { result };
    });
    remote = remoteSigner({ url: stub.url, address: account.address, timeoutSeconds: 1 });
  });

  afterEach(() => stub.close());

  it("default: a signer behind HTTP gives the very transaction that the key would", async () => {
    expect(await remote.signTransaction(transaction)).to.equal(
      await localSigner(account).signTransaction(transaction),
    );
  });

  it("error: a transaction that is not the one that was asked for, or not from the account", async () => {
    const wrong: readonly (readonly [Hex, RegExp])[] = [
      [await account.signTransaction({ ...transaction, nonce: 4 }), /another transaction/],
      [await account.signTransaction({ ...transaction, to: account.address }), /another transaction/],
      [
        await account.signTransaction({ ...transaction, maxFeePerGas: parseGwei("10") }),
        /another transaction/,
      ],
      [await account.signTransaction({ ...transaction, chainId: 1 }), /another transaction/],
      [await stranger.signTransaction(transaction), /signs as/],
      ["0x02c0", /no signed transaction/],
      ["0x", /no signed transaction/],
    ];
    for (const [raw, problem] of wrong) {
      stub.answer = () => ({ result: raw });
      const error = await caught(remote.signTransaction(transaction));
      expect(error.code).to.equal("SIGNER_FAILED");
      expect(error.shortMessage).to.match(problem);
      expect(error.isTransient).to.equal(false);
    }
  });

  it("error: a signer that refuses, or is not there, which can pass", async () => {
    stub.answer = () => ({ error: { message: "account locked" } });
    expect((await caught(remote.signTransaction(transaction))).shortMessage).to.contain("account locked");
    stub.close();
    expect((await caught(remote.signTransaction(transaction))).isTransient).to.equal(true);
  });

  it("default: typed data is asked for as JSON, its domain spelled out", async () => {
    stub.answer = async (_method, params) => {
      const [address, data] = params as [Hex, typeof typed & { types: Record<string, unknown> }];
      expect(address).to.equal(account.address);
      expect(data.types.EIP712Domain).to.have.length(3);
      const { EIP712Domain: _, ...types } = data.types;
      const digest = hashTypedData({ ...data, types } as never);
      return { result: await account.sign({ hash: digest }) };
    };
    const signature = await remote.signTypedData(typed);
    expect(await recoverTypedDataAddress({ ...typed, signature })).to.equal(account.address);
  });

  it("behavior: secrets come back the same from the key, differ by purpose, and cannot be had from behind HTTP", async () => {
    const signer = localSigner(account);
    expect(await signer.secret("a")).to.equal(await localSigner(account).secret("a"));
    expect(await signer.secret("a")).to.not.equal(await signer.secret("b"));
    expect(await signer.secret("a")).to.not.equal(await localSigner(stranger).secret("a"));
    expect(await remote.secret("a")).to.equal(undefined);
  });
});
