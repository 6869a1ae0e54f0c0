import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type Address, createWalletClient, parseEther } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { getTransaction } from "viem/actions";
import { root } from "../../../scripts/check/check.ts";
import * as abis from "../../../sdk/src/abis/index.ts";
import { deposit, encodeDeposit } from "../../../sdk/src/actions/deposit.ts";
import { getAccount } from "../../../sdk/src/actions/getAccount.ts";
import { getStatus } from "../../../sdk/src/actions/getStatus.ts";
import * as actions from "../../../sdk/src/actions/index.ts";
import {
  encodeRegisterModel,
  parseRegisterModelReceipt,
  registerModel,
  simulateRegisterModel,
} from "../../../sdk/src/actions/registerModel.ts";
import { encodeStake, parseStakeReceipt, stake } from "../../../sdk/src/actions/stake.ts";
import { CONTRACT_NAMES } from "../../../sdk/src/addresses.ts";
import { challengerActions } from "../../../sdk/src/clients/challengerActions.ts";
import { operatorActions } from "../../../sdk/src/clients/operatorActions.ts";
import { publisherActions } from "../../../sdk/src/clients/publisherActions.ts";
import { requesterActions } from "../../../sdk/src/clients/requesterActions.ts";
import { caught, caughtRevert } from "../../support/caught.ts";
import { deploymentForTests } from "../../support/deployment.ts";
import { createProtocol, type Protocol, transportOf } from "../../support/sdk.ts";
import { makeSquaresModel } from "../../support/squares.ts";

const zeroes: Address = `0x${"00".repeat(31)}01`;

describe("sdk/actions: writes in general", () => {
  let protocol: Protocol;

  before(async () => {
    protocol = await createProtocol();
  });

  it("default: what is sent is what encode gives, with a limit above the estimate", async () => {
    const { deployment, client, publisher, mined } = protocol;
    const { record } = makeSquaresModel(3);
    const hash = await registerModel(publisher, { deployment, record });
    const { gasUsed } = await mined(hash);
    const { to, input, value, gas } = await getTransaction(client, { hash });
    const encoded = encodeRegisterModel({ deployment, record });
    expect({ to: to?.toLowerCase(), data: input, value }).to.deep.equal({
      ...encoded,
      to: encoded.to.toLowerCase(),
    });
    expect(encoded.to).to.equal(deployment.contracts.ModelRegistry);
    expect(Number(gas) / Number(gasUsed)).to.be.within(1.19, 1.5);
  });

  it("default: a local account signs by itself", async () => {
    const { deployment, client, connection, signers, mined } = protocol;
    const account = privateKeyToAccount(generatePrivateKey());
    await signers[0]!.sendTransaction({ to: account.address, value: parseEther("1") });
    const wallet = createWalletClient({ account, transport: transportOf(connection) });
    const { record, modelId } = makeSquaresModel(8);
    const receipt = await mined(await registerModel(wallet, { deployment, record }));
    expect(receipt.from).to.equal(account.address.toLowerCase());
    expect(parseRegisterModelReceipt(receipt, { deployment })?.modelId).to.equal(modelId);
    expect(await getAccount(client, { deployment, address: account.address })).to.include({ balance: 0n });
  });

  it("args: account, gas, fees and nonce", async () => {
    const { deployment, client, requester, stranger, mined } = protocol;
    const { address } = stranger.account;
    const options = {
      account: address,
      gas: 200_000n,
      maxFeePerGas: parseEther("0.00000002"),
      maxPriorityFeePerGas: 3n,
    };
    const hash = await stake(requester, { deployment, amount: 1n, ...options });
    expect(parseStakeReceipt(await mined(hash), { deployment }).operator).to.equal(address);
    const sent = await getTransaction(client, { hash });
    expect(sent).to.include({
      gas: options.gas,
      maxFeePerGas: options.maxFeePerGas,
      maxPriorityFeePerGas: 3n,
    });
    const nonce = sent.nonce + 1;
    const next = await stake(stranger, { deployment, amount: 1n, nonce });
    expect((await getTransaction(client, { hash: next })).nonce).to.equal(nonce);
  });

  it("behavior: every write comes with its simulation and its encoding, and is bound to a role", () => {
    const roles = [requesterActions, operatorActions, challengerActions, publisherActions];
    const bound = new Set(roles.flatMap((role) => Object.keys(role()(protocol.client))));
    const writes = Object.keys(actions).filter(
      (name) => `encode${name[0]?.toUpperCase()}${name.slice(1)}` in actions,
    );
    expect(writes.length).to.be.greaterThan(25);
    for (const name of writes) {
      const family = `${name[0]?.toUpperCase()}${name.slice(1)}`;
      expect(actions).to.have.property(`simulate${family}`);
      expect([...bound]).to.include.members([name, `simulate${family}`]);
    }
    for (const name of Object.keys(actions).filter((name) => name.startsWith("simulate"))) {
      expect(actions).to.have.property(name.replace("simulate", "encode"));
    }
  });

  it("behavior: every function that people may call has an action", () => {
    const folder = join(root, "sdk/src/actions");
    const sources = readdirSync(folder)
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(folder, file), "utf8"));
    // Only the protocol's own contracts may call these.
    const internal = new Set([
      ...[
        "InferenceHub.openGame",
        "InferenceHub.openDemand",
        "InferenceHub.publishInput",
        "InferenceHub.closeGame",
      ],
      ...["take", "give", "pay", "burn", "lock", "unlock", "slash"].map((name) => `StakeVault.${name}`),
    ]);
    const contracts = {
      InferenceHub: abis.inferenceHubAbi,
      DisputeGame: abis.disputeGameAbi,
      StakeVault: abis.stakeVaultAbi,
      ModelRegistry: abis.modelRegistryAbi,
      Profiles: abis.profilesAbi,
      ResultDelivery: abis.resultDeliveryAbi,
    };
    const missing = Object.entries(contracts).flatMap(([contract, abi]) =>
      abi
        .filter((item) => item.type === "function" && item.stateMutability === "nonpayable")
        .map((item) => ("name" in item ? item.name : ""))
        .filter((name) => !internal.has(`${contract}.${name}`))
        .filter(
          (name) => !sources.some((text) => text.includes(`"${contract}"`) && text.includes(`"${name}"`)),
        )
        .map((name) => `${contract}.${name}`),
    );
    expect(missing).to.deep.equal([]);
  });

  it("behavior: nothing is sent that would fail", async () => {
    const { deployment, client, stranger } = protocol;
    const address = stranger.account.address;
    const before = await client.getTransactionCount({ address });
    const amount = 2n ** 100n;
    for (const gas of [{}, { gas: 1_000_000n }]) {
      expect((await caughtRevert(stake(stranger, { deployment, amount, ...gas }))).code).to.equal(
        "VAULT_BALANCE_TOO_LOW",
      );
    }
    expect(await client.getTransactionCount({ address })).to.equal(before);
  });

  it("behavior: simulating needs no account", async () => {
    const { deployment, client } = protocol;
    const { record, modelId } = makeSquaresModel(9);
    expect(await simulateRegisterModel(client, { deployment, record })).to.equal(modelId);
  });

  it("error: no account", async () => {
    const { deployment, client } = protocol;
    expect((await caught(stake(client, { deployment, amount: 1n }))).code).to.equal("MISSING_ACCOUNT");
    expect((await caught(deposit(client, { deployment, amount: 1n }))).code).to.equal("MISSING_ACCOUNT");
  });

  it("error: another chain than the deployment's, as the client says or as the node says", async () => {
    const { connection, stranger, client } = protocol;
    const elsewhere = { ...protocol.deployment, chainId: 10 };
    const error = await caught(stake(stranger, { deployment: elsewhere, amount: 1n }));
    expect(error).to.include({ code: "WRONG_CHAIN", isTransient: false });
    expect(error.context).to.include({ actual: 31337, expected: 10 });
    const chain = {
      id: 5,
      name: "five",
      nativeCurrency: { name: "E", symbol: "E", decimals: 18 },
      rpcUrls: { default: { http: [] } },
    };
    const declared = createWalletClient({
      account: stranger.account,
      chain,
      transport: transportOf(connection),
    });
    const { deployment } = protocol;
    const early = await caught(getStatus(declared, { deployment, requestId: zeroes }));
    expect(early.context).to.include({ actual: 5, expected: 31337 });
    expect((await caught(getStatus(client, { requestId: zeroes }))).code).to.equal("UNSUPPORTED_CHAIN");
  });

  it("error: no contract at the address", async () => {
    const { stranger, client } = protocol;
    const deployment = deploymentForTests();
    for (const call of [
      () => stake(stranger, { deployment, amount: 1n }),
      () => actions.simulateStake(client, { deployment, amount: 1n }),
      () => getStatus(client, { deployment, requestId: zeroes }),
    ]) {
      const error = await caught(call());
      expect(error.code).to.equal("CONTRACT_NOT_DEPLOYED");
      expect(Object.values(deployment.contracts)).to.include(error.context.address);
    }
  });

  it("error: an account that cannot pay for gas", async () => {
    const { deployment, connection } = protocol;
    const account = privateKeyToAccount(generatePrivateKey());
    const wallet = createWalletClient({ account, transport: transportOf(connection) });
    const { record } = makeSquaresModel(10);
    expect((await caught(registerModel(wallet, { deployment, record }))).code).to.equal("INSUFFICIENT_FUNDS");
  });

  it("error: the receipt of something else", async () => {
    const { deployment, publisher, mined } = protocol;
    const receipt = await mined(
      await registerModel(publisher, { deployment, record: makeSquaresModel(3).record }),
    );
    let thrown: unknown;
    try {
      parseStakeReceipt(receipt, { deployment });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).to.include({ code: "RECEIPT_MISMATCH" });
  });

  it("error: encoding without a deployment", () => {
    expect(() => encodeStake({ amount: 1n } as never))
      .to.throw()
      .with.property("code", "MISSING_DEPLOYMENT");
    const deployment = deploymentForTests();
    const { to, value } = encodeDeposit({
      deployment,
      amount: 1n,
      beneficiary: deployment.contracts.Referee,
    });
    expect({ to, value }).to.deep.equal({ to: deployment.contracts.StakeVault, value: 0n });
    expect(CONTRACT_NAMES).to.include("StakeVault");
  });
});
